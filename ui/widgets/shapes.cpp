// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shapes.h"

#include "ui/widgets/pixels.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

namespace fairlead::ui {

QColor shapeColour(const Tokens &tokens, Shape shape)
{
    switch (shape) {
    case Shape::Ok:
        return tokens.ok;
    case Shape::Progress:
        return tokens.progress;
    case Shape::Warn:
        return tokens.warn;
    case Shape::Bad:
        return tokens.bad;
    case Shape::Idle:
        return tokens.idle;
    case Shape::Unknown:
        return tokens.unknown;
    case Shape::None:
        break;
    }
    return tokens.muted;
}

void drawShape(QPainter &painter, const QRectF &rect, Shape shape, const QColor &colour, qreal size)
{
    if (shape == Shape::None)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(onPixels(painter, rect.center()));
    painter.scale(size, size);
    painter.setBrush(Qt::NoBrush);
    switch (shape) {
    case Shape::Ok:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(QRectF(-4, -4, 8, 8));
        break;
    case Shape::Progress:
        painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::FlatCap));
        painter.drawArc(QRectF(-4, -4, 8, 8), 150 * 16, -250 * 16);
        break;
    case Shape::Warn: {
        QPainterPath triangle;
        triangle.moveTo(0, -5);
        triangle.lineTo(5.5, 4.5);
        triangle.lineTo(-5.5, 4.5);
        triangle.closeSubpath();
        painter.fillPath(triangle, colour);
        break;
    }
    case Shape::Bad:
        painter.setPen(QPen(colour, 2.2, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(-4, -4), QPointF(4, 4));
        painter.drawLine(QPointF(4, -4), QPointF(-4, 4));
        break;
    case Shape::Idle:
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.fillRect(QRectF(-4, -1, 8, 2), colour);
        break;
    case Shape::Unknown:
        painter.setPen(QPen(colour, 1.6));
        painter.drawEllipse(QRectF(-3.7, -3.7, 7.4, 7.4));
        break;
    case Shape::None:
        break;
    }
    painter.restore();
}

void drawHatch(QPainter &painter, const QRectF &rect, const QColor &colour, const QColor &ground, qreal step)
{
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip); // setClipRect alone would replace an outer clip
    painter.fillRect(rect, colour);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ground, step * 0.42, Qt::SolidLine, Qt::FlatCap));
    for (qreal x = rect.left() - rect.height() - step; x < rect.right() + step; x += step)
        painter.drawLine(QPointF(x, rect.bottom() + 1), QPointF(x + rect.height() + 2, rect.top() - 1));
    painter.restore();
}

void drawBox(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &outline, qreal width, qreal corner)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal line = width == 1 ? hairline(painter) : width;
    painter.setPen(outline.isValid() ? QPen(outline, line) : QPen(Qt::NoPen));
    const qreal half = outline.isValid() ? line / 2 : 0;
    painter.drawRoundedRect(onPixels(painter, rect).adjusted(half, half, -half, -half), corner, corner);
    painter.restore();
}

void drawRule(QPainter &painter, const QRectF &rect, const QColor &colour, Qt::Orientation orientation)
{
    const qreal line = hairline(painter);
    const QPointF start = onPixels(painter, rect.topLeft());
    painter.fillRect(QRectF(start, orientation == Qt::Horizontal ? QSizeF(rect.width(), line) : QSizeF(line, rect.height())), colour);
}

} // namespace fairlead::ui
