// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sidebar.h"

#include "kinds/commonkinds.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/treeview.h"
#include "ui/window/sidebardelegate.h"

#include <QGuiApplication>
#include <QHBoxLayout>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScopedValueRollback>

namespace fairlead::ui {

using items::SideBarModel;

namespace {

const QString foldedKey = QStringLiteral("sidebar/open"); // by key of the row: false where it is folded

SideBarModel::Type typeOf(const QModelIndex &index)
{
    return SideBarModel::Type(index.data(SideBarModel::TypeRole).toInt());
}

} // namespace

SideBar::SideBar(const Theme &theme, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_view(new TreeView(theme, TreeView::Look::SideBar))
{
    setFixedWidth(wide);
    m_view->setUniformRowHeights(false);
    m_view->setProperty("rowsOfOwnHeight", true);
    m_view->setItemDelegate(new SideBarDelegate(theme, m_view));
    m_view->setModel(&m_model);
    m_view->setAccessibleName(tr("Clusters and kinds"));
    m_view->viewport()->installEventFilter(this);
    m_view->installEventFilter(this);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 1, 0);
    row->addWidget(m_view);
    connect(&m_model, &QAbstractItemModel::rowsInserted, this, &SideBar::unfold);
    connect(m_view, &QTreeView::expanded, this, [this](const QModelIndex &index) { remember(index, true); });
    connect(m_view, &QTreeView::collapsed, this, [this](const QModelIndex &index) { remember(index, false); });
    connect(m_view, &QTreeView::clicked, this,
        [this](const QModelIndex &index) { choose(index, QGuiApplication::keyboardModifiers().testFlag(Qt::ControlModifier)); });
}

void SideBar::setOpenedKind(const std::string &qualifiedName)
{
    m_model.setOpenedKind(qualifiedName);
    const QModelIndex index = m_model.kindIndex(qualifiedName);
    if (!index.isValid() || m_view->currentIndex() == index)
        return;
    const QScopedValueRollback rollback(m_unfolding, true);
    m_view->setCurrentIndex(index);
    m_view->scrollTo(index);
}

void SideBar::setCounts(const items::KindCounts *counts)
{
    for (const kinds::KindKey &key : kinds::commonKinds()) {
        const std::string name = key.group.empty() ? std::string(key.resource) : std::string(key.resource) + '.' + std::string(key.group);
        m_model.setCount(name, counts != nullptr ? counts->count(name) : std::nullopt);
        m_model.setProblems(name, counts != nullptr ? counts->problems(name) : std::nullopt);
    }
}

void SideBar::choose(const QModelIndex &index, bool newTab)
{
    if (!index.isValid())
        return;
    const std::string key = index.data(SideBarModel::KeyRole).toString().toStdString();
    switch (typeOf(index)) {
    case SideBarModel::Type::Section:
    case SideBarModel::Type::More:
        m_view->setExpanded(index, !m_view->isExpanded(index));
        break;
    case SideBarModel::Type::Context:
        Q_EMIT contextChosen(key);
        break;
    case SideBarModel::Type::Kind:
        Q_EMIT kindChosen(key, newTab);
        break;
    case SideBarModel::Type::Nothing:
        break;
    }
}

void SideBar::unfold(const QModelIndex &parent, int first, int last)
{
    const QScopedValueRollback rollback(m_unfolding, true);
    const QJsonObject folded = m_settings.value(foldedKey).toObject();
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_model.index(row, 0, parent);
        const auto type = typeOf(index);
        if (type == SideBarModel::Type::Section || type == SideBarModel::Type::More) {
            const QString key = index.data(SideBarModel::KeyRole).toString();
            m_view->setExpanded(index, folded.value(key).toBool(index.data(SideBarModel::OpenAtFirstRole).toBool()));
        }
    }
}

void SideBar::remember(const QModelIndex &index, bool open)
{
    if (m_unfolding)
        return;
    QJsonObject folded = m_settings.value(foldedKey).toObject();
    folded.insert(index.data(SideBarModel::KeyRole).toString(), open);
    m_settings.set(foldedKey, folded);
}

bool SideBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            choose(m_view->currentIndex(), key->modifiers().testFlag(Qt::ControlModifier));
            return true;
        }
    }
    if (watched == m_view->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_view->indexAt(mouse->position().toPoint());
        if (mouse->button() == Qt::MiddleButton && typeOf(index) == SideBarModel::Type::Kind) {
            choose(index, true);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SideBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.raised);
    drawRule(painter, QRectF(width() - 1, 0, 1, height()), t.line, Qt::Vertical);
}

} // namespace fairlead::ui
