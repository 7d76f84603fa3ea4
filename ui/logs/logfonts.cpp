// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logfonts.h"

#include <QFontMetricsF>

#include <cmath>

namespace fairlead::ui {

LogFonts::LogFonts(const Theme &theme)
    : m_theme(theme)
{
    for (std::size_t i = 0; i < m_fonts.size(); ++i) {
        QFont font = theme.font(FontRole::Fixed);
        font.setBold((i & 1) != 0);
        font.setItalic((i & 2) != 0);
        font.setKerning(false);
        m_fonts.at(i) = font;
        m_raws.at(i) = QRawFont::fromFont(font);
    }
    const QFontMetricsF metrics(m_fonts[0]);
    m_advance = metrics.horizontalAdvance(QLatin1Char('0'));
    m_base = std::round((rowHeight + metrics.capHeight()) / 2);
}

// A well is darker than the page where the page is dark; in light a white page reads best.
QColor LogFonts::ground() const
{
    return m_theme.scheme() == Scheme::Dark ? m_theme.tokens().sunken : m_theme.tokens().surface;
}

std::size_t LogFonts::cut(const logs::Ink &ink)
{
    return ((ink.flags & logs::Ink::Bold) != 0 ? 1u : 0u) + ((ink.flags & logs::Ink::Italic) != 0 ? 2u : 0u);
}

// The eight colours of a terminal are states here, so that red means in a log what it means everywhere.
QColor LogFonts::colour(std::uint8_t number) const
{
    const Tokens &t = m_theme.tokens();
    switch (number) {
    case 1: // black: as grey as text may be
    case 9:
        return t.muted;
    case 2:
    case 10:
        return t.bad;
    case 3:
    case 11:
        return t.ok;
    case 4:
    case 12:
        return t.warn;
    case 5:
    case 13:
        return t.accent;
    case 6:
    case 14:
        return t.unknown;
    case 7:
    case 15:
        return m_theme.contextColour(1); // cyan is no state
    default:
        return t.text;
    }
}

QColor LogFonts::front(const logs::Ink &ink) const
{
    const Tokens &t = m_theme.tokens();
    if ((ink.flags & (logs::Ink::Escaped | logs::Ink::Dim)) != 0)
        return t.muted;
    // On a tint of its own, text stays text: a colour on its own tint is hard to read.
    if (ink.back != 0 || (ink.flags & logs::Ink::Inverse) != 0)
        return t.text;
    return colour(ink.front);
}

QColor LogFonts::back(const logs::Ink &ink) const
{
    const bool dark = m_theme.scheme() == Scheme::Dark;
    const bool inverse = (ink.flags & logs::Ink::Inverse) != 0;
    const std::uint8_t number = inverse ? ink.front : ink.back;
    if (number == 0)
        return inverse ? mix(ground(), m_theme.tokens().text, dark ? 0.28 : 0.16) : QColor();
    return mix(ground(), colour(number), dark ? 0.34 : 0.18);
}

} // namespace fairlead::ui
