// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/sidebardelegate.h"

#include "items/sidebarmodel.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"
#include "ui/window/reachshape.h"

#include <QPainter>

#include <cmath>

namespace fairlead::ui {

using Model = items::SideBarModel;

namespace {

constexpr int captionRow = 22;
constexpr int gapOver = 7;    // a caption that is not the first: hairline and air
constexpr int countRoom = 40; // the counts stand in a column of their own

Model::Type typeOf(const QModelIndex &index)
{
    return Model::Type(index.data(Model::TypeRole).toInt());
}

} // namespace

SideBarDelegate::SideBarDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize SideBarDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    switch (typeOf(index)) {
    case Model::Type::Section:
        return {0, captionRow + (index.row() > 0 ? gapOver : measure::inside)};
    case Model::Type::Context:
    case Model::Type::Nothing:
        return {0, m_theme.rows().sideContext};
    case Model::Type::Kind:
    case Model::Type::More:
        break;
    }
    return {0, m_theme.rows().sideKind};
}

void SideBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QRectF rect = option.rect;
    const auto type = typeOf(index);
    const bool opened = index.data(Model::OpenedRole).toBool();
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    if (opened && type == Model::Type::Kind) {
        painter->fillRect(rect, t.select);
        painter->fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), t.accent);
    } else if (opened) {
        painter->fillRect(rect, mix(t.raised, t.text, 0.07));
    } else {
        painter->fillRect(rect, t.raised);
        if ((option.state & QStyle::State_MouseOver) && type != Model::Type::Section && type != Model::Type::Nothing)
            painter->fillRect(rect, mix(t.raised, t.text, 0.04));
    }
    switch (type) {
    case Model::Type::Section:
        paintSection(*painter, rect, index, option.state & QStyle::State_Open);
        break;
    case Model::Type::Context:
        paintContext(*painter, rect, index);
        break;
    case Model::Type::Kind:
        paintKind(*painter, rect, index);
        break;
    case Model::Type::Nothing:
        drawText(*painter, rect.adjusted(measure::margin, 0, -measure::margin, 0), Qt::AlignLeft, index.data().toString(),
            m_theme.font(FontRole::Body), t.muted);
        break;
    case Model::Type::More: {
        const QRectF mark(rect.left() + measure::margin - 1, rect.top(), measure::icon, rect.height());
        drawIcon(*painter, mark, option.state & QStyle::State_Open ? Icon::Down : Icon::Right, t.muted, 1.4);
        drawText(*painter, rect.adjusted(measure::margin + 22, 0, -measure::margin, 0), Qt::AlignLeft, index.data().toString(),
            m_theme.font(FontRole::Body), t.muted);
        break;
    }
    }
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        paintFocusRing(*painter, t, rect.adjusted(2, type == Model::Type::Section && index.row() > 0 ? gapOver + 1 : 1, -2, -1));
    painter->restore();
}

void SideBarDelegate::paintSection(QPainter &painter, const QRectF &rect, const QModelIndex &index, bool open) const
{
    const Tokens &t = m_theme.tokens();
    if (index.row() > 0)
        drawRule(painter, QRectF(rect.left() + measure::margin, rect.top() + 3, rect.width() - 2 * measure::margin, 1), t.line);
    const QRectF line(rect.left() + measure::margin, rect.bottom() - captionRow, rect.width() - 2 * measure::margin, captionRow);
    drawText(painter, line, Qt::AlignLeft, index.data().toString().toUpper(), m_theme.font(FontRole::Caption), t.muted);
    if (!open)
        drawIcon(painter, QRectF(line.right() - 14, line.top(), 14, line.height()), Icon::Right, t.muted, 1.4);
}

void SideBarDelegate::paintContext(QPainter &painter, QRectF rect, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QColor colour = m_theme.contextColour(index.data(Model::IdentityRole).toInt());
    const QRectF bar(rect.left() + measure::margin, rect.top() + 5, 4, rect.height() - 10);
    if (index.data(Model::ProductionRole).toBool())
        drawHatch(painter, bar, colour, mix(colour, t.raised, 0.65), 4);
    else
        painter.fillRect(bar, colour);
    const Shape shape =
        shapeOf(contexts::Standing(index.data(Model::StandingRole).toInt()), contexts::Reach::State(index.data(Model::ReachRole).toInt()));
    if (index.data(Model::RecordingRole).toBool())
        drawIcon(painter, QRectF(bar.left() + 8, rect.top(), measure::icon, rect.height()), Icon::Tape, t.muted);
    else if (shape != Shape::None)
        drawShape(painter, QRectF(bar.left() + 10, rect.top(), measure::shape, rect.height()), shape, shapeColour(t, shape));
    rect.setLeft(bar.left() + 28);
    const bool opened = index.data(Model::OpenedRole).toBool();
    drawText(painter, rect.adjusted(0, 0, -measure::margin, 0), Qt::AlignLeft, index.data().toString(),
        m_theme.font(opened ? FontRole::Medium : FontRole::Body), t.text, Shaping::Exact);
}

void SideBarDelegate::paintKind(QPainter &painter, QRectF rect, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const bool opened = index.data(Model::OpenedRole).toBool();
    const QRectF mark(rect.left() + measure::margin - 1, rect.top(), measure::icon, rect.height());
    const QByteArray icon = index.data(Model::IconNameRole).toString().toUtf8();
    drawIcon(painter, mark, iconNamed({icon.constData(), std::size_t(icon.size())}), opened ? t.text : t.muted);
    rect.setLeft(rect.left() + measure::margin + 22);
    rect.setRight(rect.right() - measure::margin);
    qreal end = rect.right();
    const QFont small = m_theme.font(FontRole::Small);
    if (const QVariant count = index.data(Model::CountRole); count.isValid()) {
        const QString text = grouped(count.toLongLong());
        drawText(painter, rect, Qt::AlignRight, text, small, t.muted, Shaping::Exact);
        end = rect.right() - std::ceil(textWidth(text, small, Shaping::Exact)) - 6;
    }
    if (const QVariant health = index.data(Model::HealthRole); health.isValid()) {
        const Shape shape = shapeOf(kinds::Health(health.toInt()));
        const QFont font = m_theme.font(FontRole::SmallMedium);
        const QString text = grouped(index.data(Model::ProblemsRole).toLongLong());
        const qreal width = std::ceil(textWidth(text, font, Shaping::Exact));
        const qreal right = std::min(end, rect.right() - countRoom);
        drawText(painter, QRectF(right - width, rect.top(), width, rect.height()), Qt::AlignRight, text, font, shapeColour(t, shape), Shaping::Exact);
        drawShape(painter, QRectF(right - width - 14, rect.top(), 10, rect.height()), shape, shapeColour(t, shape), 0.9);
        end = right - width - 18;
    }
    const qreal width = end - rect.left();
    const QString group = index.data(Model::GroupRole).toString();
    const qreal drawn = drawText(painter, QRectF(rect.left(), rect.top(), width, rect.height()), Qt::AlignLeft, index.data().toString(),
        m_theme.font(opened ? FontRole::Medium : FontRole::Body), t.text, Shaping::Exact);
    if (!group.isEmpty() && width - drawn > 30)
        drawText(painter, QRectF(rect.left() + drawn + 6, rect.top(), width - drawn - 6, rect.height()), Qt::AlignLeft, group, small, t.muted,
            Shaping::Exact);
}

} // namespace fairlead::ui
