// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/icons.h"

#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <string>

namespace fairlead::ui {

namespace {

/// M x y, L x y, H x, V y, C x1 y1 x2 y2 x y, Z as in SVG, absolute only; O cx cy r is a circle, R x y w h r a rounded rectangle.
const char *path(Icon icon)
{
    switch (icon) {
    case Icon::Fairlead:
        return "M 2.5 13.5 V 8 C 2.5 1.5 13.5 1.5 13.5 8 V 13.5 M 5.5 13.5 V 8.5 C 5.5 5.2 10.5 5.2 10.5 8.5 V 13.5 M 1.5 13.5 H 6.5 M 9.5 13.5 H 14.5";
    case Icon::Wheel:
        return "O 8 8 4.5 O 8 8 1.3 M 8 1.5 V 6.5 M 8 9.5 V 14.5 M 1.5 8 H 6.5 M 9.5 8 H 14.5";
    case Icon::File:
        return "M 4 2.5 H 9.5 L 12.5 5.5 V 13.5 H 4 Z M 9.5 2.5 V 5.5 H 12.5";
    case Icon::Terminal:
        return "M 2.5 4.5 L 6.5 8 L 2.5 11.5 M 8 12 H 13.5";
    case Icon::Folder:
        return "M 2.5 12.5 V 3.5 H 6.5 L 8 5.5 H 13.5 V 12.5 Z";
    case Icon::Read:
        return "M 12.5 8 C 12.5 14 3.5 14 3.5 8 C 3.5 3 9.5 2.2 11.8 5.2 M 12.2 2.5 V 5.5 H 9.2";
    case Icon::Info:
        return "O 8 8 5.5 M 8 7.5 V 11 M 8 5 V 5.3";
    }
    return "";
}

QPainterPath parsed(const char *text)
{
    QPainterPath path;
    std::istringstream in(text);
    double x = 0;
    double y = 0;
    std::array<double, 4> more{};
    for (char step = 0; in >> step;) {
        switch (step) {
        case 'M':
            in >> x >> y;
            path.moveTo(x, y);
            break;
        case 'L':
            in >> x >> y;
            path.lineTo(x, y);
            break;
        case 'H':
            in >> x;
            path.lineTo(x, y);
            break;
        case 'V':
            in >> y;
            path.lineTo(x, y);
            break;
        case 'C':
            in >> more[0] >> more[1] >> more[2] >> more[3] >> x >> y;
            path.cubicTo(more[0], more[1], more[2], more[3], x, y);
            break;
        case 'Z':
            path.closeSubpath();
            break;
        case 'O':
            in >> more[0] >> more[1] >> more[2];
            path.addEllipse(QPointF(more[0], more[1]), more[2], more[2]);
            break;
        case 'R': {
            double corner = 0;
            in >> more[0] >> more[1] >> more[2] >> more[3] >> corner;
            path.addRoundedRect(QRectF(more[0], more[1], more[2], more[3]), corner, corner);
            break;
        }
        default:
            break;
        }
    }
    return path;
}

} // namespace

void drawIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &colour, qreal stroke)
{
    const qreal scale = std::min(rect.width(), rect.height()) / 16;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // On whole pixels, or the strokes at .5 of the grid blur.
    painter.translate(std::round(rect.center().x() - 8 * scale), std::round(rect.center().y() - 8 * scale));
    painter.scale(scale, scale);
    painter.setPen(QPen(colour, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(parsed(path(icon)));
    painter.restore();
}

} // namespace fairlead::ui
