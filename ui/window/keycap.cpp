// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/keycap.h"

#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <cmath>

namespace fairlead::ui {

qreal drawKeyCap(QPainter &painter, const Theme &theme, const QRectF &rect, Qt::Alignment alignment, const QString &keys, KeyCap look)
{
    const Tokens &t = theme.tokens();
    QFont font = theme.font(FontRole::Small);
    font.setPointSizeF(7.5);
    const bool filled = look == KeyCap::Filled;
    if (filled)
        font.setWeight(QFont::DemiBold);
    const qreal width = std::ceil(textWidth(keys, font)) + 10;
    constexpr qreal height = 15;
    const qreal left = alignment & Qt::AlignRight ? rect.right() - width : rect.left();
    const QRectF box(std::round(left), std::round(rect.top() + (rect.height() - height) / 2), width, height);
    drawBox(painter, box, filled ? t.accentFill : t.surface, filled ? QColor() : t.edge, 1, 2);
    drawText(painter, box, Qt::AlignHCenter, keys, font, filled ? t.onFill : t.muted);
    return width;
}

} // namespace fairlead::ui
