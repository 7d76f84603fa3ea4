// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

namespace fairlead::items {

/// Calls `tell(first, last)` for each run of neighbours among rising rows.
template<typename Tell>
void forEachRange(const std::vector<int> &rows, Tell tell)
{
    for (std::size_t begin = 0; begin < rows.size();) {
        std::size_t end = begin + 1;
        while (end < rows.size() && rows[end] == rows[end - 1] + 1)
            ++end;
        tell(rows[begin], rows[end - 1]);
        begin = end;
    }
}

} // namespace fairlead::items
