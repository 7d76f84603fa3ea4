// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/gotolist.h"
#include "ui/window/listkeys.h"

#include "ui/widgets/chip.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"
#include "ui/window/gotodelegate.h"
#include "ui/window/keycap.h"

#include <QHBoxLayout>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

using items::GoToModel;

namespace {

constexpr int scopesRow = 36;
constexpr int footRow = 28;
constexpr int nothingRow = 40;
constexpr int page = 10; // rows
constexpr std::array<std::optional<GoToModel::Type>, GoToModel::types + 1> order = {
    std::nullopt, GoToModel::Type::Object, GoToModel::Type::Kind, GoToModel::Type::Namespace, GoToModel::Type::Context};

} // namespace

GoToList::GoToList(const Theme &theme, GoToModel &model, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(model)
    , m_nothing(new PlainLabel(theme, FontRole::Body, &Tokens::muted, Shaping::Prose, this))
    , m_list(new QListView(this))
{
    setAccessibleName(tr("Where to go"));
    const std::array<QString, GoToModel::types + 1> names = {tr("All"), tr("Objects"), tr("Kinds"), tr("Namespaces"), tr("Contexts")};
    auto *scopes = new QWidget(this);
    scopes->setObjectName(QStringLiteral("scopes"));
    scopes->setFixedHeight(scopesRow - 1);
    auto *row = new QHBoxLayout(scopes);
    row->setContentsMargins(measure::between, 0, measure::margin, 0);
    row->setSpacing(6);
    for (std::size_t i = 0; i < order.size(); ++i) {
        m_scopes[i] = new Chip(theme, Shape::None, names[i]);
        m_scopes[i]->setCheckable(true);
        m_scopes[i]->setFocusPolicy(Qt::NoFocus); // the cursor stays in the field; Tab does it for the keyboard
        connect(m_scopes[i], &QAbstractButton::clicked, this, [this, i] {
            m_model.setOnly(order[i]);
            countAnew();
        });
        row->addWidget(m_scopes[i]);
    }
    row->addStretch(1);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setItemDelegate(new GoToDelegate(theme, m_list));
    m_list->setModel(&model);
    m_list->setAccessibleName(tr("Where to go"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->installEventFilter(this);
    m_nothing->setLine(tr("Nothing of that name is known here."));
    connect(&model, &QAbstractItemModel::modelReset, this, &GoToList::countAnew);
    countAnew();
}

void GoToList::countAnew()
{
    for (std::size_t i = 0; i < order.size(); ++i) {
        m_scopes[i]->setCount(m_model.count(order[i]));
        m_scopes[i]->setChecked(order[i] == m_model.only());
        // What nothing is of is no choice; the one that is chosen stays, so that it can be seen why there is nothing.
        m_scopes[i]->setVisible(i == 0 || m_model.count(order[i]) > 0 || m_scopes[i]->isChecked());
    }
    const bool any = m_model.rowCount() > 0;
    m_list->setVisible(any);
    m_nothing->setVisible(!any);
    if (any)
        m_list->setCurrentIndex(m_model.index(0));
    fit(width(), m_most);
}

void GoToList::fit(int width, int most)
{
    m_most = most;
    const int frame = 2;
    const int room = most - scopesRow - footRow - frame;
    const int rows = std::clamp(room / GoToDelegate::row, 1, 16);
    const int body = m_model.rowCount() > 0 ? std::min(m_model.rowCount(), rows) * GoToDelegate::row : nothingRow;
    resize(width, scopesRow + body + footRow + frame);
    QWidget *const scopes = findChild<QWidget *>(QStringLiteral("scopes"), Qt::FindDirectChildrenOnly);
    scopes->setGeometry(1, 1, width - 2, scopesRow - 1);
    m_list->setGeometry(1, 1 + scopesRow, width - 2, body);
    m_nothing->setGeometry(measure::margin, 1 + scopesRow, width - 2 * measure::margin, body);
    update();
}

bool GoToList::moveByKey(int key)
{
    return ui::moveByKey(*m_list, key, page);
}

QModelIndex GoToList::current() const
{
    return m_list->currentIndex();
}

void GoToList::nextScope(int by)
{
    const auto many = std::ptrdiff_t(order.size());
    auto at = std::find(order.begin(), order.end(), m_model.only()) - order.begin();
    do
        at = (at + by + many) % many;
    while (at != 0 && m_model.count(order[std::size_t(at)]) == 0); // past those that nothing is of
    m_model.setOnly(order[std::size_t(at)]);
    countAnew();
}

bool GoToList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QModelIndex index = m_list->indexAt(mouse->position().toPoint());
        if (index.isValid() && (mouse->button() == Qt::LeftButton || mouse->button() == Qt::MiddleButton)) {
            Q_EMIT chosen(index, mouse->button() == Qt::MiddleButton || mouse->modifiers().testFlag(Qt::ControlModifier));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void GoToList::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface);
    drawRule(painter, QRectF(1, scopesRow, width() - 2, 1), t.line);
    const QFont small = m_theme.font(FontRole::Small);
    drawText(painter, QRectF(0, 1, width() - measure::margin, scopesRow - 1), Qt::AlignRight, tr("Tab  next scope"), small, t.muted);
    const QRectF foot(1, height() - footRow - 1, width() - 2, footRow);
    painter.fillRect(foot, t.raised);
    drawRule(painter, foot, t.line);
    qreal x = measure::margin;
    const std::pair<QString, QString> keys[] = {
        {tr("Enter"), tr("open")}, {tr("Ctrl+Enter"), tr("in a new tab")}, {tr("Up Down"), tr("choose")}, {tr("Esc"), tr("close")}};
    for (const auto &[key, meaning] : keys) {
        x += drawKeyCap(painter, m_theme, QRectF(x, foot.top(), width(), foot.height()), Qt::AlignLeft, key, KeyCap::Plain) + 6;
        x += drawText(painter, QRectF(x, foot.top(), width(), foot.height()), Qt::AlignLeft, meaning, small, t.muted) + measure::margin;
    }
    drawBox(painter, rect(), {}, t.edge, 1, 0);
}

} // namespace fairlead::ui
