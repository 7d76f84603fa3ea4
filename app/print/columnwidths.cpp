// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/columnwidths.h"

#include <algorithm>

namespace fairlead::app {

static constexpr std::size_t leastWidth = 6;
static constexpr std::size_t padding = 3;

void ColumnWidths::measure(std::size_t column, std::size_t runes)
{
    if (m_widths.size() <= column)
        m_widths.resize(column + 1, leastWidth);
    m_widths[column] = std::max(m_widths[column], runes + padding);
}

void ColumnWidths::pad(std::string &out, std::size_t column, std::size_t runes) const
{
    if (column < m_widths.size() && m_widths[column] > runes)
        out.append(m_widths[column] - runes, ' ');
}

} // namespace fairlead::app
