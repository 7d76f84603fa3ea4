// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text.h"

#include "ui/widgets/pixels.h"
#include "ui/widgets/textline.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr QChar ellipsis(0x2026);

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
        if (const TextLine line(text, font, Shaping::Exact); line.isExact())
            return line.width();
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
        const TextLine line(part, font, Shaping::Exact);
        if (line.isExact()) {
            if (whole && line.width() <= room)
                return text;
            const qreal left = room - textWidth(QString(ellipsis), font, Shaping::Exact);
            if (cut == Cut::End) {
                const auto fits = std::upper_bound(line.ends().cbegin(), line.ends().cend(), left) - line.ends().cbegin();
                return part.left(fits) + ellipsis;
            }
            const auto gone = std::lower_bound(line.ends().cbegin(), line.ends().cend(), line.width() - left) - line.ends().cbegin();
            return ellipsis + part.mid(gone + 1);
        }
    }
    const QFontMetricsF metrics(font);
    if (whole && metrics.horizontalAdvance(text) <= room)
        return text;
    return cut == Cut::End ? metrics.elidedText(whole ? part : part + ellipsis, Qt::ElideRight, room)
                           : metrics.elidedText(whole ? part : ellipsis + part, Qt::ElideLeft, room);
}

QString elidedName(const QString &text, qsizetype stem, const QFont &font, qreal width, qsizetype *stemShown)
{
    constexpr qsizetype leastStem = 3; // fewer letters say nothing
    const auto whole = [&](const QString &shown, qsizetype letters) {
        if (stemShown != nullptr)
            *stemShown = std::min(letters, shown.size());
        return shown;
    };
    const qreal room = width + 0.5;
    // What is far too long is cut before it is measured: a name may be foreign, and a megabyte.
    const TextLine line(visiblePart(text, room * 4, Cut::End), font, Shaping::Exact);
    // A stem and a tail are drawn each for itself: what Qt has to shape is drawn whole.
    if (stem <= 0 || stem >= text.size() || !line.isExact())
        return whole(elided(text, font, width, Shaping::Exact), text.size());
    if (line.ends().size() != text.size())
        return whole(elided(text, font, width, Shaping::Exact), stem);
    if (line.width() <= room)
        return whole(text, stem);
    const qsizetype suffix = std::max(text.lastIndexOf(QLatin1Char('-')), stem); // the last part stays: by it people tell pods apart
    const auto end = [&line](qsizetype letters) { return letters == 0 ? 0 : line.ends()[letters - 1]; };
    const qreal left = room - textWidth(QString(ellipsis), font, Shaping::Exact) - (line.width() - end(suffix));
    const auto fits = std::min<qsizetype>(std::upper_bound(line.ends().cbegin(), line.ends().cend(), left) - line.ends().cbegin(), suffix);
    if (fits >= std::min(stem, leastStem))
        return whole(text.left(fits) + ellipsis + text.mid(suffix), std::min(fits, stem));
    return whole(elided(text, font, width, Shaping::Exact), stem);
}

qreal baseLine(const QPainter &painter, const QRectF &rect, const QFont &font)
{
    return onPixels(painter, QPointF(0, rect.top() + (rect.height() + QFontMetricsF(font).capHeight()) / 2)).y();
}

qreal drawText(QPainter &painter, const QRectF &rect, Qt::Alignment alignment, const QString &text, const QFont &font, const QColor &colour,
    Shaping shaping, Cut cut)
{
    if (text.isEmpty() || rect.width() < 1)
        return 0;
    const QString shown = elided(text, font, rect.width(), shaping, cut);
    const qreal base = baseLine(painter, rect, font);
    painter.setPen(colour);
    const auto left = [&](qreal width) {
        if (alignment & Qt::AlignRight)
            return rect.right() - width;
        if (alignment & Qt::AlignHCenter)
            return rect.left() + (rect.width() - width) / 2;
        return rect.left();
    };
    if (shaping == Shaping::Exact) {
        if (const TextLine line(shown, font, Shaping::Exact); line.isExact()) {
            line.draw(painter, QPointF(left(line.width()), base), colour);
            return line.width();
        }
    }
    const qreal width = QFontMetricsF(font).horizontalAdvance(shown);
    painter.setFont(font);
    painter.drawText(QPointF(left(width), base), shown);
    return width;
}

QString grouped(qsizetype count)
{
    QString text = QString::number(count);
    for (qsizetype at = text.size() - 3; at > (count < 0 ? 1 : 0); at -= 3)
        text.insert(at, QLatin1Char(','));
    return text;
}

QString itemText(const QString &text)
{
    return QString(text).replace(QLatin1Char('&'), QStringLiteral("&&"));
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
