// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QList>
#include <QPainter>
#include <QRawFont>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr QChar ellipsis(0x2026);

struct Run {
    QGlyphRun glyphs;
    QList<qreal> ends; // where each character ends
    bool exact = false;
    [[nodiscard]] qreal width() const { return ends.isEmpty() ? 0 : ends.last(); }
};

/// `exact` stays false where the font has no glyph for a character, or the text is no plain sequence of characters.
Run exactRun(const QString &text, const QFont &font)
{
    Run run;
    const QRawFont raw = QRawFont::fromFont(font);
    const QList<quint32> glyphs = raw.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0))
        return run;
    const QList<QPointF> advances = raw.advancesForGlyphIndexes(glyphs);
    qreal digit = 0;
    const QList<QPointF> digits = raw.advancesForGlyphIndexes(raw.glyphIndexesForString(QStringLiteral("0123456789")));
    for (const QPointF &advance : digits)
        digit = std::max(digit, advance.x());
    QList<QPointF> positions;
    positions.reserve(glyphs.size());
    run.ends.reserve(glyphs.size());
    qreal x = 0;
    for (qsizetype i = 0; i < glyphs.size(); ++i) {
        const qreal own = advances[i].x();
        const qreal cell = text[i] >= u'0' && text[i] <= u'9' ? digit : own;
        positions.append({x + (cell - own) / 2, 0});
        x += cell + font.letterSpacing();
        run.ends.append(x);
    }
    run.glyphs.setRawFont(raw);
    run.glyphs.setGlyphIndexes(glyphs);
    run.glyphs.setPositions(positions);
    run.exact = true;
    return run;
}

/// Nobody sees more characters than pixels.
QString visiblePart(const QString &text, qreal width, Cut cut)
{
    const auto most = qsizetype(std::max(width, 0.0)) + 2;
    if (text.size() <= most)
        return text;
    return cut == Cut::End ? text.left(most) : text.right(most);
}

} // namespace

qreal textWidth(const QString &text, const QFont &font, Shaping shaping)
{
    if (shaping == Shaping::Exact) {
        if (const Run run = exactRun(text, font); run.exact)
            return run.width();
    }
    return QFontMetricsF(font).horizontalAdvance(text);
}

QString elided(const QString &text, const QFont &font, qreal width, Shaping shaping, Cut cut)
{
    // Half a pixel of slack: a column that was fitted to its text must not cut it by rounding.
    const qreal room = width + 0.5;
    const QString part = visiblePart(text, room, cut);
    const bool whole = part.size() == text.size();
    if (shaping == Shaping::Exact) {
        const Run run = exactRun(part, font);
        if (run.exact) {
            if (whole && run.width() <= room)
                return text;
            const qreal left = room - textWidth(QString(ellipsis), font, Shaping::Exact);
            if (cut == Cut::End) {
                const auto fits = std::upper_bound(run.ends.cbegin(), run.ends.cend(), left) - run.ends.cbegin();
                return part.left(fits) + ellipsis;
            }
            const auto gone = std::lower_bound(run.ends.cbegin(), run.ends.cend(), run.width() - left) - run.ends.cbegin();
            return ellipsis + part.mid(gone + 1);
        }
    }
    const QFontMetricsF metrics(font);
    if (whole && metrics.horizontalAdvance(text) <= room)
        return text;
    return cut == Cut::End ? metrics.elidedText(whole ? part : part + ellipsis, Qt::ElideRight, room)
                           : metrics.elidedText(whole ? part : ellipsis + part, Qt::ElideLeft, room);
}

qreal drawText(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text, const QFont &font, const QColor &colour,
    Shaping shaping, Cut cut)
{
    if (text.isEmpty() || rect.width() < 1)
        return 0;
    const QFontMetricsF metrics(font);
    const QString shown = elided(text, font, rect.width(), shaping, cut);
    const qreal base = std::round(rect.top() + (rect.height() + metrics.capHeight()) / 2);
    painter.setPen(colour);
    const auto left = [&](qreal width) {
        if (alignment & Qt::AlignRight)
            return rect.right() - width;
        if (alignment & Qt::AlignHCenter)
            return rect.left() + (rect.width() - width) / 2;
        return rect.left();
    };
    if (shaping == Shaping::Exact) {
        if (const Run run = exactRun(shown, font); run.exact) {
            painter.drawGlyphRun(QPointF(left(run.width()), base), run.glyphs);
            return run.width();
        }
    }
    const qreal width = metrics.horizontalAdvance(shown);
    painter.setFont(font);
    painter.drawText(QPointF(left(width), base), shown);
    return width;
}

QString toolTipText(const QString &text)
{
    constexpr qsizetype most = 1000; // more is no tip
    constexpr int unbroken = 60;     // a name without blanks may be broken here, or the tip leaves the screen
    const QString part = text.size() > most ? text.left(most) + ellipsis : text;
    QString broken;
    int since = 0;
    for (const QChar character : part) {
        broken += character;
        since = character.isSpace() ? 0 : since + 1;
        if (since >= unbroken && !character.isHighSurrogate()) {
            broken += QChar(0x200B);
            since = 0;
        }
    }
    return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(broken.toHtmlEscaped());
}

} // namespace fairlead::ui
