// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/ansitext.h"
#include "ui/widgets/theme.h"

#include <QColor>
#include <QFont>
#include <QRawFont>

#include <array>

namespace fairlead::ui {

/// The fixed font in its four cuts, and what a log's ink looks like in a theme. One width for every character: x is column times advance.
class LogFonts {
public:
    explicit LogFonts(const Theme &theme);

    static constexpr int rowHeight = 17;

    [[nodiscard]] qreal advance() const { return m_advance; }
    [[nodiscard]] qreal base() const { return m_base; } ///< of the base line, from a row's top
    [[nodiscard]] const QFont &font(const logs::Ink &ink) const { return m_fonts.at(cut(ink)); }
    [[nodiscard]] const QRawFont &raw(const logs::Ink &ink) const { return m_raws.at(cut(ink)); }
    [[nodiscard]] QColor ground() const;
    [[nodiscard]] QColor front(const logs::Ink &ink) const;
    /// Invalid: none.
    [[nodiscard]] QColor back(const logs::Ink &ink) const;
    [[nodiscard]] const Theme &theme() const { return m_theme; }

private:
    [[nodiscard]] static std::size_t cut(const logs::Ink &ink);
    [[nodiscard]] QColor colour(std::uint8_t number) const;

    const Theme &m_theme;
    std::array<QFont, 4> m_fonts;
    std::array<QRawFont, 4> m_raws;
    qreal m_advance = 0;
    qreal m_base = 0;
};

} // namespace fairlead::ui
