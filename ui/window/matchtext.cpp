// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/matchtext.h"

#include "ui/widgets/text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

qreal drawMatch(QPainter &painter, const Theme &theme, const QRectF &rect, const QString &text, QPoint match, const QColor &ink)
{
    const QFont body = theme.font(FontRole::Body);
    if (match.y() <= 0 || match.x() >= text.size())
        return drawText(painter, rect, Qt::AlignLeft, text, body, ink, Shaping::Exact);
    const Tokens &t = theme.tokens();
    const QFont bold = theme.font(FontRole::Bold);
    const QString parts[] = {text.left(match.x()), text.mid(match.x(), match.y()), text.mid(match.x() + match.y())};
    qreal x = rect.left();
    for (int i = 0; i < 3 && x < rect.right(); ++i) {
        if (parts[i].isEmpty())
            continue;
        const QFont &font = i == 1 ? bold : body;
        const qreal width = std::min(std::ceil(textWidth(parts[i], font, Shaping::Exact)), rect.right() - x);
        const QRectF place(x, rect.top(), width, rect.height());
        if (i == 1)
            painter.fillRect(QRectF(x, rect.top() + 4, width, rect.height() - 8), mix(t.surface, t.warn, t.scheme == Scheme::Dark ? 0.42 : 0.26));
        drawText(painter, place, Qt::AlignLeft, parts[i], font, i == 1 ? t.text : ink, Shaping::Exact);
        x += width;
    }
    return x - rect.left();
}

} // namespace fairlead::ui
