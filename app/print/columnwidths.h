// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fairlead::app {

/// The widths of a table's columns as kubectl lays them out: at least 6 places, 3 of them free, the last column of a line
/// never padded. Widths only grow, so that the lines of a watch stay under their headers.
///
/// Thread: any. Source: Go's text/tabwriter with minwidth 6, padding 3, remembered widths (k8s.io/cli-runtime
/// pkg/printers/tabwriter.go).
class ColumnWidths {
public:
    void measure(std::size_t column, std::size_t runes);
    /// Blanks from the end of a cell of `runes` code points to the next column.
    void pad(std::string &out, std::size_t column, std::size_t runes) const;

private:
    std::vector<std::size_t> m_widths;
};

} // namespace fairlead::app
