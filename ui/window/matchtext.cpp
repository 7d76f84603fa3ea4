// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/matchtext.h"

#include "ui/widgets/text.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace fairlead::ui {

qreal drawMatch(QPainter &painter, const Theme &theme, const QRectF &rect, const QString &text, QPoint match, const QColor &ink, int stem)
{
    const Tokens &t = theme.tokens();
    const QFont body = theme.font(FontRole::Body);
    const QFont bold = theme.font(FontRole::Bold);
    const int whole = int(text.size());
    const int begin = match.y() > 0 ? std::clamp(match.x(), 0, whole) : whole;
    const int end = std::clamp(begin + match.y(), begin, whole);
    const int made = stem < 0 ? whole : std::min(stem, whole);
    // Cut wherever something begins or ends.
    std::array cuts{0, begin, end, made, whole};
    std::sort(cuts.begin(), cuts.end());
    qreal x = rect.left();
    for (std::size_t i = 0; i + 1 < cuts.size() && x < rect.right(); ++i) {
        const QString part = text.mid(cuts[i], cuts[i + 1] - cuts[i]);
        if (part.isEmpty())
            continue;
        const bool matched = cuts[i] >= begin && cuts[i] < end;
        const QFont &font = matched ? bold : body;
        const qreal width = std::min(std::ceil(textWidth(part, font, Shaping::Exact)), rect.right() - x);
        const QRectF place(x, rect.top(), width, rect.height());
        if (matched)
            painter.fillRect(QRectF(x, rect.top() + 4, width, rect.height() - 8), mix(t.surface, t.warn, t.scheme == Scheme::Dark ? 0.42 : 0.26));
        drawText(painter, place, Qt::AlignLeft, part, font, matched ? t.text : cuts[i] >= made ? t.muted : ink, Shaping::Exact);
        x += width;
    }
    return x - rect.left();
}

} // namespace fairlead::ui
