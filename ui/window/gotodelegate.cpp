// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/gotodelegate.h"

#include "items/gotomodel.h"
#include "ui/widgets/healthshape.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"
#include "ui/window/keycap.h"
#include "ui/window/matchtext.h"

#include <QPainter>
#include <QPoint>

#include <cmath>

namespace fairlead::ui {

using Model = items::GoToModel;

namespace {

constexpr int nameLeft = 55;
constexpr int wordLeft = 275;
constexpr int placeLeft = 365;
constexpr int keysRoom = 52;

} // namespace

GoToDelegate::GoToDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize GoToDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, row};
}

void GoToDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = m_theme.tokens();
    const QRectF rect = option.rect;
    const bool current = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(rect, current ? t.select : option.state & QStyle::State_MouseOver ? t.hover : t.surface);
    if (current)
        painter->fillRect(QRectF(rect.left(), rect.top(), 2, rect.height()), t.accent);
    else
        drawRule(*painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), t.lineSoft);
    const auto at = [&](qreal left, qreal width) { return QRectF(rect.left() + left, rect.top(), width, rect.height()); };
    qreal icon = 10;
    if (const QVariant identity = index.data(Model::IdentityRole); identity.isValid()) {
        const QColor colour = m_theme.contextColour(identity.toInt());
        const QRectF bar(rect.left() + icon + 2, rect.top() + 6, 4, rect.height() - 12);
        if (index.data(Model::ProductionRole).toBool())
            drawHatch(*painter, bar, colour, mix(colour, t.surface, 0.65), 4);
        else
            painter->fillRect(bar, colour);
        icon += 10;
    }
    const QByteArray name = index.data(Model::IconNameRole).toString().toUtf8();
    drawIcon(*painter, at(icon, measure::icon), iconNamed({name.constData(), std::size_t(name.size())}), t.muted);
    Shape shape = Shape::None;
    if (const QVariant health = index.data(Model::HealthRole); health.isValid()) {
        shape = shapeOf(kinds::Health(health.toInt()));
        drawShape(*painter, at(36, measure::shape), shape, shapeColour(t, shape));
    }
    const QFont small = m_theme.font(FontRole::Small);
    const qreal end = rect.width() - measure::margin;
    const QVariant stem = index.data(Model::StemRole);
    drawMatch(*painter, m_theme, at(nameLeft, wordLeft - nameLeft - measure::between), index.data().toString(),
        index.data(Model::MatchRole).toPoint(), t.text, stem.isValid() ? stem.toInt() : -1);
    drawText(*painter, at(wordLeft, placeLeft - wordLeft - measure::between), Qt::AlignLeft, index.data(Model::KindWordRole).toString(), small,
        t.muted, Shaping::Exact);
    const QString note = index.data(Model::NoteRole).toString();
    const qreal noteRoom = note.isEmpty() ? 0 : std::min(std::ceil(textWidth(note, small, Shaping::Exact)), 150.0);
    drawText(*painter, at(placeLeft, end - keysRoom - noteRoom - measure::margin - placeLeft), Qt::AlignLeft, index.data(Model::PlaceRole).toString(),
        small, t.text, Shaping::Exact);
    if (!note.isEmpty()) {
        const bool quiet = shape == Shape::None || shape == Shape::Ok || shape == Shape::Idle;
        drawText(*painter, at(end - keysRoom - noteRoom - 4, noteRoom), Qt::AlignRight, note, small, quiet ? t.muted : shapeColour(t, shape),
            Shaping::Exact);
    }
    if (current)
        drawKeyCap(*painter, m_theme, at(0, end), Qt::AlignRight, tr("Enter"), KeyCap::Filled);
    else if (index.row() > 0 && index.row() < 9)
        drawKeyCap(*painter, m_theme, at(0, end), Qt::AlignRight, tr("Alt+%1").arg(index.row() + 1), KeyCap::Plain);
    painter->restore();
}

} // namespace fairlead::ui
