// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/contextdelegate.h"

#include "items/contextmodel.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

using contexts::Standing;
using items::ContextModel;

namespace {

constexpr int barWidth = 4;
constexpr int barRoom = barWidth + 6;
constexpr int shapeRoom = measure::between + measure::shape;
constexpr int tagHeight = 16;
constexpr int tagPadding = 5;

Shape standingShape(const QModelIndex &index)
{
    switch (Standing(index.data(ContextModel::StandingRole).toInt())) {
    case Standing::NotYet:
        return Shape::Warn;
    case Standing::Broken:
        return Shape::Bad;
    case Standing::Usable:
        break;
    }
    return Shape::None;
}

/// What is painted; the cell's own text stays whole for who reads it.
QString painted(const QModelIndex &index)
{
    const QString text = index.data().toString();
    if (text.isEmpty())
        return QStringLiteral("–");
    // All servers speak https: naming it would push their names out of narrow columns. Plain http stays to be seen.
    const QLatin1String usual("https://");
    return index.column() == ContextModel::Server && text.startsWith(usual) ? text.mid(usual.size()) : text;
}

/// Left and right of the cell's contents; the outer ones stand under the page's title.
QMargins padding(const QModelIndex &index)
{
    return {index.column() == 0 ? measure::margin : measure::between, 0,
        index.column() == ContextModel::Columns - 1 ? measure::margin : measure::between, 0};
}

QStringList tags(const QModelIndex &index)
{
    QStringList tags;
    const bool current = index.data(ContextModel::CurrentRole).toBool();
    const bool opened = index.data(ContextModel::OpenedRole).toBool();
    if (current)
        tags << ContextDelegate::tr("current");
    // Where the window is about the current context, saying so twice would help nobody.
    if (opened && !current)
        tags << ContextDelegate::tr("this window");
    return tags;
}

} // namespace

ContextDelegate::ContextDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

void ContextDelegate::paintGround(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QRect &rect = option.rect;
    const auto *view = qobject_cast<const TableView *>(option.widget);
    const bool selected = option.state & QStyle::State_Selected;
    const bool active = view == nullptr || (view->hasFocus() && view->isActiveWindow());
    QColor ground = t.surface;
    if (selected)
        ground = active ? t.select : t.selectOff;
    else if (view != nullptr && view->hoveredRow() == index.row())
        ground = t.hover;
    painter.fillRect(rect, ground);
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.lineSoft);
    if (selected && active && index.column() == 0)
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), t.accent);
}

void ContextDelegate::paintName(QPainter &painter, QRectF rect, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QColor own = m_theme.contextColour(index.data(ContextModel::IdentityRole).toInt());
    const QRectF bar(rect.left(), rect.top() + 5, barWidth, rect.height() - 10);
    if (index.data(ContextModel::ProductionRole).toBool())
        drawHatch(painter, bar, own, mix(own, t.surface, 0.65), 4);
    else
        painter.fillRect(bar, own);
    rect.setLeft(rect.left() + barRoom);

    const Shape shape = standingShape(index);
    const QFont small = m_theme.font(FontRole::Small);
    const QStringList labels = tags(index);
    qreal tagsWidth = shape == Shape::None ? 0 : shapeRoom;
    for (const QString &label : labels)
        tagsWidth += measure::between + std::ceil(textWidth(label, small)) + 2 * tagPadding;

    const QFont font = m_theme.font(FontRole::Medium);
    const QRectF nameRect = rect.adjusted(0, 0, -tagsWidth, 0);
    const qreal end = drawText(painter, nameRect, Qt::AlignLeft, index.data().toString(), font, t.text, Shaping::Exact);
    qreal left = std::round(rect.left() + end) + measure::between;
    if (shape != Shape::None) {
        // Behind the name, so that names stand in one line under each other.
        drawShape(painter, QRectF(left - 2, rect.top(), measure::shape, rect.height()), shape, shapeColour(t, shape));
        left += shapeRoom;
    }
    for (const QString &label : labels) {
        const QRectF tag(
            left, std::floor(rect.top() + (rect.height() - tagHeight) / 2), std::ceil(textWidth(label, small)) + 2 * tagPadding, tagHeight);
        drawBox(painter, tag, {}, t.edge);
        drawText(painter, tag.adjusted(tagPadding, 0, 0, 0), Qt::AlignLeft, label, small, t.muted);
        left = tag.right() + measure::between;
    }
}

void ContextDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintGround(*painter, option, index);
    const QRectF inner = QRectF(option.rect.marginsRemoved(padding(index))).adjusted(0, 0, 0, -1);
    const Tokens &t = m_theme.tokens();
    if (index.column() == ContextModel::Name) {
        paintName(*painter, inner, index);
    } else {
        const QString text = painted(index);
        const bool quiet =
            index.data(ContextModel::ImpliedRole).toBool() || index.column() == ContextModel::PlaceColumn || index.data().toString().isEmpty();
        drawText(*painter, inner, Qt::AlignLeft, text, m_theme.font(FontRole::Body), quiet ? t.muted : t.text, Shaping::Exact,
            index.column() == ContextModel::PlaceColumn ? Cut::Beginning : Cut::End);
    }
    painter->restore();
}

QSize ContextDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool name = index.column() == ContextModel::Name;
    qreal width = textWidth(painted(index), m_theme.font(name ? FontRole::Medium : FontRole::Body), Shaping::Exact);
    if (name) {
        width += barRoom;
        if (standingShape(index) != Shape::None)
            width += shapeRoom;
        const QFont small = m_theme.font(FontRole::Small);
        const QStringList labels = tags(index);
        for (const QString &label : labels)
            width += measure::between + std::ceil(textWidth(label, small)) + 2 * tagPadding;
    }
    const QMargins outer = padding(index);
    return {int(std::ceil(width)) + outer.left() + outer.right(), measure::row};
}

} // namespace fairlead::ui
