// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pixels.h"

#include <QPainter>
#include <QTransform>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

/// Turned and sheared painters have no pixels to stand on.
bool isStraight(const QTransform &transform)
{
    return transform.type() <= QTransform::TxScale && transform.m11() > 0 && transform.m22() > 0;
}

} // namespace

qreal deviceScale(const QPainter &painter)
{
    const QTransform transform = painter.deviceTransform();
    return isStraight(transform) ? transform.m11() : 1;
}

QPointF onPixels(const QPainter &painter, const QPointF &point)
{
    const QTransform transform = painter.deviceTransform();
    if (!isStraight(transform))
        return point;
    const auto snap = [](qreal value, qreal scale, qreal offset) { return (std::round(value * scale + offset) - offset) / scale; };
    return {snap(point.x(), transform.m11(), transform.dx()), snap(point.y(), transform.m22(), transform.dy())};
}

QRectF onPixels(const QPainter &painter, const QRectF &rect)
{
    QRectF snapped(onPixels(painter, rect.topLeft()), onPixels(painter, rect.bottomRight()));
    const qreal least = 1 / deviceScale(painter);
    if (rect.width() > 0)
        snapped.setWidth(std::max(snapped.width(), least));
    if (rect.height() > 0)
        snapped.setHeight(std::max(snapped.height(), least));
    return snapped;
}

qreal hairline(const QPainter &painter)
{
    const qreal scale = deviceScale(painter);
    return std::max(1.0, std::floor(scale)) / scale;
}

} // namespace fairlead::ui
