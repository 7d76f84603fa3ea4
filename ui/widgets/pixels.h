// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRectF>

class QPainter;

namespace fairlead::ui {

/// Device pixels a logical pixel, as the painter draws now: the screen's ratio times the painter's own scale.
[[nodiscard]] qreal deviceScale(const QPainter &painter);

/// The nearest place where a device pixel begins. Rounding logical pixels would do at 100 % and 200 %, but at 150 % every second
/// logical pixel begins inside of a device pixel.
[[nodiscard]] QPointF onPixels(const QPainter &painter, const QPointF &point);

/// Each edge on the nearest device pixel; at least one pixel wide and high where it was at all.
[[nodiscard]] QRectF onPixels(const QPainter &painter, const QRectF &rect);

/// Of a hairline: whole device pixels, one logical pixel or the next less.
[[nodiscard]] qreal hairline(const QPainter &painter);

} // namespace fairlead::ui
