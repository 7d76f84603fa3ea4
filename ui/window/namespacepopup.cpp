// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/namespacepopup.h"
#include "ui/window/listkeys.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/shapes.h"
#include "ui/window/namespacedelegate.h"

#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int popupWidth = 300;
constexpr int rowsInSight = 14;

} // namespace

NamespacePopup::NamespacePopup(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_field(new SearchField(theme, tr("Filter or type a namespace")))
    , m_list(new QListView)
    , m_note(new PlainLabel(theme, FontRole::Small, &Tokens::muted))
    , m_keys(new PlainLabel(theme, FontRole::Small, &Tokens::muted))
{
    setAccessibleName(tr("Namespaces"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setItemDelegate(new NamespaceDelegate(theme, m_list));
    m_list->setModel(&m_choice);
    m_list->setAccessibleName(tr("Namespaces"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_note->setWordWrap(true);
    m_note->hide();
    m_keys->setLine(tr("Enter: this one. Space or a click on the box: several."));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, measure::between, 1, measure::between);
    column->setSpacing(measure::between);
    const auto inset = [&](QWidget *widget) {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(measure::margin - 1, 0, measure::margin - 1, 0);
        row->addWidget(widget);
        column->addLayout(row);
    };
    inset(m_field);
    inset(m_note);
    column->addWidget(m_list, 1);
    inset(m_keys);
    setFocusProxy(m_field);
    m_field->installEventFilter(this);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_choice.setFilter(text.trimmed());
        takeBest();
    });
    connect(&m_choice, &QAbstractItemModel::rowsInserted, this, [this] {
        if (!m_list->currentIndex().isValid())
            takeBest();
    });
}

QSize NamespacePopup::sizeHint() const
{
    const int rows = std::clamp(m_choice.rowCount(), 4, rowsInSight);
    const int note = m_note->isHidden() ? 0 : m_note->heightForWidth(popupWidth - 2 * measure::margin) + measure::between;
    return {popupWidth, rows * measure::row + note + measure::control + m_keys->sizeHint().height() + 4 * measure::between};
}

void NamespacePopup::setNote(const QString &note)
{
    m_note->setLine(note);
    m_note->setVisible(!note.isEmpty());
}

void NamespacePopup::takeBest()
{
    if (const int row = m_choice.bestRow(); row >= 0)
        m_list->setCurrentIndex(m_choice.index(row));
}

void NamespacePopup::chooseOnly(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    m_choice.chooseOnly(index);
    close();
}

bool NamespacePopup::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && (watched == m_field || watched == m_list)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (key->modifiers().testFlag(Qt::ControlModifier))
                m_choice.toggle(m_list->currentIndex());
            else
                chooseOnly(m_list->currentIndex());
            return true;
        case Qt::Key_Space:
            // No namespace's name has a blank: in the field, too, it means the row.
            m_choice.toggle(m_list->currentIndex());
            return true;
        default:
            if (moveByKey(*m_list, key->key(), rowsInSight))
                return true;
            break;
        }
    }
    if (watched == m_list->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_list->indexAt(mouse->position().toPoint());
        if (mouse->button() == Qt::LeftButton && index.isValid()) {
            const bool box = mouse->position().x() < NamespaceDelegate::boxRoom || mouse->modifiers().testFlag(Qt::ControlModifier);
            if (box && index.data(items::NamespaceChoice::TypeRole).toInt() == int(items::NamespaceChoice::Type::Name))
                m_choice.toggle(index);
            else
                chooseOnly(index);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void NamespacePopup::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_field->clear();
    takeBest();
}

void NamespacePopup::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface);
    drawBox(painter, rect(), t.surface, t.edge, 1, 0);
}

} // namespace fairlead::ui
