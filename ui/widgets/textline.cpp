// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/textline.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QRawFont>
#include <QTextOption>

#include <algorithm>

namespace fairlead::ui {

TextLine::TextLine(const QString &text, const QFont &font, Shaping shaping)
    : m_font(font)
{
    if (text.isEmpty())
        return;
    if (shaping == Shaping::Exact)
        makeExact(text, font);
    if (m_exact)
        return;
    m_ends.clear();
    const QFontMetricsF metrics(font);
    m_ascent = metrics.ascent();
    m_width = metrics.horizontalAdvance(text);
    m_shaped.setTextFormat(Qt::PlainText); // a cell's text is never HTML
    QTextOption oneLine;
    oneLine.setWrapMode(QTextOption::NoWrap);
    m_shaped.setTextOption(oneLine);
    m_shaped.setText(text);
    m_shaped.prepare({}, font);
}

void TextLine::makeExact(const QString &text, const QFont &font)
{
    const QRawFont raw = QRawFont::fromFont(font);
    const QList<quint32> glyphs = raw.glyphIndexesForString(text);
    if (glyphs.size() != text.size() || glyphs.contains(0))
        return;
    const QList<QPointF> advances = raw.advancesForGlyphIndexes(glyphs);
    qreal digit = 0;
    const QList<QPointF> digits = raw.advancesForGlyphIndexes(raw.glyphIndexesForString(QStringLiteral("0123456789")));
    for (const QPointF &advance : digits)
        digit = std::max(digit, advance.x());
    QList<QPointF> positions;
    positions.reserve(glyphs.size());
    m_ends.reserve(glyphs.size());
    qreal x = 0;
    for (qsizetype i = 0; i < glyphs.size(); ++i) {
        const qreal own = advances[i].x();
        const qreal cell = text[i] >= u'0' && text[i] <= u'9' ? digit : own;
        positions.append({x + (cell - own) / 2, 0});
        x += cell + font.letterSpacing();
        m_ends.append(x);
    }
    m_glyphs.setRawFont(raw);
    m_glyphs.setGlyphIndexes(glyphs);
    m_glyphs.setPositions(positions);
    m_width = x;
    m_exact = true;
}

void TextLine::draw(QPainter &painter, const QPointF &base, const QColor &colour) const
{
    if (m_width <= 0)
        return;
    painter.setPen(colour);
    if (m_exact) {
        painter.drawGlyphRun(base, m_glyphs);
        return;
    }
    painter.setFont(m_font);
    painter.drawStaticText(base - QPointF(0, m_ascent), m_shaped);
}

} // namespace fairlead::ui
