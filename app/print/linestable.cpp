// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/linestable.h"

#include "app/print/columnwidths.h"
#include "app/print/terminaltext.h"

namespace fairlead::app {

std::string linesTable(const std::vector<std::vector<std::string>> &lines)
{
    ColumnWidths widths;
    std::vector<std::vector<std::string>> shown(lines.size());
    for (std::size_t row = 0; row < lines.size(); ++row) {
        for (std::size_t i = 0; i < lines[row].size(); ++i) {
            appendCell(shown[row].emplace_back(), lines[row][i]);
            if (i + 1 < lines[row].size())
                widths.measure(i, runeCount(shown[row].back()));
        }
    }
    std::string out;
    for (const std::vector<std::string> &line : shown) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            out += line[i];
            if (i + 1 < line.size())
                widths.pad(out, i, runeCount(line[i]));
        }
        out += '\n';
    }
    return out;
}

} // namespace fairlead::app
