// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/findingdelegate.h"

#include "items/findingmodel.h"
#include "ui/widgets/words.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/pixels.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QAbstractItemView>
#include <QPainter>

#include <utility>

namespace fairlead::ui {

using items::FindingModel;

namespace {

constexpr int rowHigh = 38;
constexpr int arrowRoom = 30;
constexpr int mostSince = 60;

RowRoles roles()
{
    RowRoles made;
    made.health = FindingModel::SeverityRole;
    made.shape = [](int severity) {
        constexpr Shape shapes[] = {Shape::Bad, Shape::Warn, Shape::Unknown};
        return severity >= 0 && severity < 3 ? shapes[severity] : Shape::None;
    };
    return made;
}

} // namespace

FindingDelegate::FindingDelegate(
    const Theme &theme, std::function<int(const QModelIndex &)> detailHeight, std::function<bool(const QModelIndex &)> isOpen, QObject *parent)
    : RowDelegate(theme, roles(), parent)
    , m_detailHeight(std::move(detailHeight))
    , m_isOpen(std::move(isOpen))
{
}

QSize FindingDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {FindingDelegate::reasonLeft + 100, index.data(FindingModel::DetailRole).toBool() ? m_detailHeight(index) : rowHigh};
}

void FindingDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const bool open = m_isOpen(index);
    const bool detail = index.data(FindingModel::DetailRole).toBool();
    QStyleOptionViewItem row = option;
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    // The two belong together: what is chosen is both.
    if (detail && view != nullptr && view->selectionModel()->isSelected(index.parent()))
        row.state |= QStyle::State_Selected;
    if (view != nullptr && view->hasFocus())
        row.state |= QStyle::State_Active;
    if (!detail && view != nullptr && view->currentIndex() == index)
        row.state |= QStyle::State_HasFocus;
    paintGround(*painter, row, index);
    if (open && !detail) { // no line between the two: that of the ground is painted over
        const bool selected = row.state & QStyle::State_Selected;
        const QColor ground = !selected ? t.surface : row.state & QStyle::State_Active ? t.select : t.selectOff;
        painter->fillRect(QRectF(option.rect.left() + 2, option.rect.bottom() - 1, option.rect.width() - 2, 2), ground);
    }
    if (detail)
        return;

    const QRectF all(option.rect);
    const bool stale = isStale();
    const Shape shape = shapeOf(index);
    const QRectF first(all.left(), all.top() + 3, all.width(), 18);
    const QRectF second(all.left(), all.top() + 19, all.width(), 15);
    drawShape(*painter, QRectF(all.left() + 14, first.top(), measure::shape, first.height()), shape, stale ? t.muted : shapeColour(t, shape));
    const QColor ink = stale ? t.muted : t.text;
    const QFont body = m_theme.font(FontRole::Body);
    const QFont small = m_theme.font(FontRole::Small);
    const qreal nameWide = reasonLeft - textLeft - measure::between;
    drawText(*painter, QRectF(all.left() + textLeft, first.top(), nameWide, first.height()), Qt::AlignLeft,
        index.data(FindingModel::NameRole).toString(), m_theme.font(FontRole::Medium), ink, Shaping::Exact);
    drawText(*painter, QRectF(all.left() + textLeft, second.top(), nameWide, second.height()), Qt::AlignLeft,
        index.data(FindingModel::WhereRole).toString(), small, t.muted, Shaping::Exact);
    const qreal right = all.right() - arrowRoom;
    const QVariant since = index.data(FindingModel::SinceRole);
    qreal sinceWide = 0;
    if (since.isValid()) {
        const Moment at{std::chrono::milliseconds(since.toLongLong())};
        sinceWide = drawText(*painter, QRectF(right - mostSince, first.top(), mostSince, first.height()), Qt::AlignRight, ageText(at, m_now), body,
            ink, Shaping::Exact);
    }
    const qreal reasonWide = right - sinceWide - 2 * measure::between - (all.left() + reasonLeft);
    if (reasonWide > 20) {
        drawText(*painter, QRectF(all.left() + reasonLeft, first.top(), reasonWide, first.height()), Qt::AlignLeft,
            index.data(FindingModel::ReasonRole).toString(), body, ink);
        const QStringList evidence = index.data(FindingModel::EvidenceRole).toStringList();
        if (!evidence.isEmpty() && !open)
            drawText(*painter, QRectF(all.left() + reasonLeft, second.top(), reasonWide + sinceWide, second.height()), Qt::AlignLeft,
                evidence.front(), small, t.muted, Shaping::Exact);
    }
    drawIcon(*painter, QRectF(all.right() - arrowRoom + 8, all.top(), measure::icon, all.height()), open ? Icon::Down : Icon::Right, t.muted, 1.4);
}

} // namespace fairlead::ui
