// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tokens.h"

#include <QRectF>

class QPainter;

namespace fairlead::ui {

/// A state as it is drawn: each has its own shape, so that it can be read in grey.
enum class Shape {
    None,
    Ok,       ///< filled circle
    Progress, ///< arc
    Warn,     ///< triangle
    Bad,      ///< cross
    Idle,     ///< bar
    Unknown,  ///< ring
};

[[nodiscard]] QColor shapeColour(const Tokens &tokens, Shape shape);

/// Drawn in the middle of `rect`, on whole device pixels, 8 to 11 px large times `size`.
void drawShape(QPainter &painter, const QRectF &rect, Shape shape, const QColor &colour, qreal size = 1);

/// Diagonal stripes of `ground` on `colour`: production.
void drawHatch(QPainter &painter, const QRectF &rect, const QColor &colour, const QColor &ground, qreal step);

/// A control's outline and ground with the house's 3 px corners, on whole pixels; an invalid colour is not drawn.
void drawBox(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &outline, qreal width = 1, qreal corner = 3);

/// A line one hairline thick along the top of `rect`, or along its left.
void drawRule(QPainter &painter, const QRectF &rect, const QColor &colour, Qt::Orientation orientation = Qt::Horizontal);

} // namespace fairlead::ui
