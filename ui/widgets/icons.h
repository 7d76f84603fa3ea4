// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace fairlead::ui {

/// Our own icons: paths on a 16 grid, drawn with one pen in any colour of the tokens.
enum class Icon {
    Fairlead,
    Wheel, ///< clusters
    File,
    Terminal,
    Folder,
    Read, ///< read again
    Info,
};

/// Drawn in the middle of `rect`, 16 px per 16 grid units unless `rect` is another size.
void drawIcon(QPainter &painter, const QRectF &rect, Icon icon, const QColor &colour, qreal stroke = 1.3);

} // namespace fairlead::ui
