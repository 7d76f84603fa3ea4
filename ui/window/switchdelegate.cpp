// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/switchdelegate.h"

#include "items/contextmodel.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"
#include "ui/window/matchtext.h"
#include "ui/window/reachshape.h"

#include <QPainter>

#include <cmath>

namespace fairlead::ui {

using items::ContextModel;

namespace {

constexpr int nameLeft = 45;

} // namespace

SwitchDelegate::SwitchDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize SwitchDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, m_theme.rows().twoLines};
}

void SwitchDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QRectF rect = option.rect;
    const bool current = option.state & QStyle::State_Selected;
    const QColor ground = current ? t.select : option.state & QStyle::State_MouseOver ? t.hover : t.surface;
    painter->save();
    painter->fillRect(rect, ground);
    if (current)
        painter->fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), t.accent);
    const QColor colour = m_theme.contextColour(index.data(ContextModel::IdentityRole).toInt());
    const QRectF bar(rect.left() + measure::margin, rect.top() + 7, 4, rect.height() - 14);
    if (index.data(ContextModel::ProductionRole).toBool())
        drawHatch(*painter, bar, colour, mix(colour, ground, 0.65), 4);
    else
        painter->fillRect(bar, colour);
    const QRectF first(rect.left() + nameLeft, rect.top() + 4, rect.width() - nameLeft - measure::margin, 18);
    const Shape shape = shapeOf(
        contexts::Standing(index.data(ContextModel::StandingRole).toInt()), contexts::Reach::State(index.data(ContextModel::StateRole).toInt()));
    if (shape != Shape::None)
        drawShape(*painter, QRectF(bar.right() + 10, first.top(), measure::shape, first.height()), shape, shapeColour(t, shape));
    const QFont small = m_theme.font(FontRole::Small);
    const QString note =
        index.data(ContextModel::OpenedRole).toBool() ? tr("this window") : index.siblingAtColumn(ContextModel::Reachable).data().toString();
    const qreal room = std::min(std::ceil(textWidth(note, small, Shaping::Exact)), 110.0);
    drawText(*painter, QRectF(first.right() - room, first.top(), room, first.height()), Qt::AlignRight, note, small, t.muted, Shaping::Exact);
    const QString name = index.data().toString();
    const auto at = m_text.isEmpty() ? -1 : name.indexOf(m_text, 0, Qt::CaseInsensitive);
    drawMatch(
        *painter, m_theme, first.adjusted(0, 0, -room - measure::between, 0), name, at < 0 ? QPoint() : QPoint(int(at), int(m_text.size())), t.text);
    QString server = index.data(ContextModel::ServerRole).toString();
    if (server.startsWith(QLatin1String("https://"))) // as all are; plain http stays to be seen
        server = server.mid(8);
    drawText(*painter, QRectF(first.left(), rect.top() + 21, first.width(), 16), Qt::AlignLeft, server, small, t.muted, Shaping::Exact);
    painter->restore();
}

} // namespace fairlead::ui
