// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/ownertreedelegate.h"

#include "items/ownertreemodel.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"
#include "ui/widgets/textline.h"

#include <QAbstractItemView>
#include <QPainter>

#include <array>
#include <cmath>

namespace fairlead::ui {

using items::OwnerTreeCells;
using items::TableModel;
using kinds::Health;

namespace {

constexpr int shapeRoom = measure::shape + 7;
constexpr int iconRoom = measure::icon + 6;
constexpr int nameLeft = 8; // behind the chevron
constexpr int asideGap = 8;
constexpr int countGap = 10;    // between one shape's count and the next shape
constexpr int figureGap = 4;    // between a shape and its count
constexpr qreal leastName = 60; // what a name keeps beside its small words

constexpr std::array worstFirst = {Health::Failed, Health::Degraded, Health::Progressing, Health::Unknown, Health::Healthy, Health::Idle};

RowRoles roles()
{
    RowRoles made;
    made.health = TableModel::HealthRole;
    made.speaksOfHealth = TableModel::SpeaksOfHealthRole;
    made.stem = TableModel::StemRole;
    made.number = TableModel::NumberRole;
    made.longest = TableModel::LongestRole;
    made.quiet = OwnerTreeCells::QuietRole;
    made.shape = [](int health) { return shapeOf(Health(health)); };
    made.calmWords << QStringLiteral("Healthy");
    return made;
}

} // namespace

OwnerTreeDelegate::OwnerTreeDelegate(const Theme &theme, QObject *parent)
    : RowDelegate(theme, roles(), parent)
    , m_top(theme.font(FontRole::Medium))
    , m_small(theme.font(FontRole::Small))
{
}

void OwnerTreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.column() != OwnerTreeCells::Name && index.column() != OwnerTreeCells::Below) {
        RowDelegate::paint(painter, option, index);
        return;
    }
    // The view marks the current cell; here it is the row that is current.
    QStyleOptionViewItem row = option;
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    if (view != nullptr && view->currentIndex().siblingAtColumn(index.column()) == index)
        row.state |= QStyle::State_HasFocus;
    paintGround(*painter, row, index);
    QMargins outer = padding(option, index.column());
    if (index.column() == OwnerTreeCells::Name)
        outer.setLeft(nameLeft);
    const QRectF inner = QRectF(option.rect.marginsRemoved(outer)).adjusted(0, 0, 0, -1);
    if (inner.width() < 1)
        return;
    if (index.column() == OwnerTreeCells::Name)
        paintName(*painter, inner, index);
    else
        paintBelow(*painter, inner, index);
}

void OwnerTreeDelegate::paintName(QPainter &painter, QRectF inner, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const Shape shape = shapeOf(index);
    drawShape(painter, QRectF(inner.left(), inner.top(), measure::shape, inner.height()), shape, isStale() ? t.muted : shapeColour(t, shape));
    inner.setLeft(inner.left() + shapeRoom);
    const Icon icon = iconNamed(index.data(OwnerTreeCells::IconNameRole).toString().toStdString());
    drawIcon(painter, QRectF(inner.left(), inner.top(), measure::icon, inner.height()), icon, t.muted);
    inner.setLeft(inner.left() + iconRoom);

    const QString aside = index.data(OwnerTreeCells::AsideRole).toString();
    const QString text = index.data().toString();
    const int stem = index.data(TableModel::StemRole).toInt();
    const bool top = !index.parent().isValid();
    const bool quiet = isStale() || index.data(OwnerTreeCells::QuietRole).toBool();
    const QColor ink = quiet ? t.muted : t.text;
    const qreal base = baseLine(painter, inner, m_top);
    qreal width = 0;
    if (top) {
        width = drawText(painter, inner, Qt::AlignLeft, text, m_top, ink, Shaping::Exact);
    } else {
        const Cell &line = cell(text, stem, inner.width());
        line.first.draw(painter, {inner.left(), base}, ink);
        if (line.tail.width() > 0)
            line.tail.draw(painter, {inner.left() + line.first.width(), base}, t.muted);
        width = line.width();
    }
    const qreal left = std::round(inner.left() + width) + asideGap;
    if (aside.isEmpty() || inner.right() - left < leastName / 2)
        return;
    const QColor words = !isStale() && index.data(OwnerTreeCells::OddRole).toBool() ? t.warn : t.muted;
    drawText(painter, QRectF(left, inner.top(), inner.right() - left, inner.height()), Qt::AlignLeft, aside, m_small, words, Shaping::Exact);
}

void OwnerTreeDelegate::paintBelow(QPainter &painter, QRectF inner, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QVariantList counts = index.data(OwnerTreeCells::BelowRole).toList();
    if (counts.isEmpty())
        return;
    for (const Health health : worstFirst) {
        const int count = counts.value(int(health)).toInt();
        if (count == 0)
            continue;
        const Shape shape = ui::shapeOf(health);
        const QColor colour = isStale() ? t.muted : shapeColour(t, shape);
        const bool calm = shape == Shape::Ok || shape == Shape::Progress || shape == Shape::Unknown;
        const Cell &figure = cell(grouped(count), 0, inner.width());
        const qreal needed = measure::shape + figureGap + figure.width();
        if (inner.width() < needed)
            break;
        drawShape(painter, QRectF(inner.left() - 1, inner.top(), measure::shape, inner.height()), shape, colour);
        const QColor ink = isStale() || shape == Shape::Idle ? t.muted : calm ? t.text : colour;
        figure.first.draw(painter, {inner.left() + measure::shape + figureGap, baseLine(painter, inner, m_top)}, ink);
        inner.setLeft(std::round(inner.left() + needed + countGap));
    }
}

qreal OwnerTreeDelegate::belowWidth(const QModelIndex &index) const
{
    qreal width = 0;
    const QVariantList counts = index.data(OwnerTreeCells::BelowRole).toList();
    for (const QVariant &each : counts) {
        if (each.toInt() > 0)
            width += (width > 0 ? countGap : 0) + measure::shape + figureGap + cell(grouped(each.toInt()), 0, 1000).width();
    }
    return width;
}

QSize OwnerTreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QMargins outer = padding(option, index.column());
    if (index.column() == OwnerTreeCells::Below)
        return {int(std::ceil(belowWidth(index))) + outer.left() + outer.right(), m_theme.rows().table};
    if (index.column() != OwnerTreeCells::Name)
        return RowDelegate::sizeHint(option, index);
    const QString aside = index.data(OwnerTreeCells::AsideRole).toString();
    qreal width = nameLeft + shapeRoom + iconRoom + textWidth(index.data().toString(), m_top, Shaping::Exact) + outer.right();
    if (!aside.isEmpty())
        width += asideGap + textWidth(aside, m_small, Shaping::Exact);
    return {int(std::ceil(width)), m_theme.rows().table};
}

} // namespace fairlead::ui
