// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logblock.h"

#include <algorithm>

namespace fairlead::logs {

LogBlockPtr blockOf(LogRow::Kind kind, std::string_view before, LineTime time, std::string_view after)
{
    auto block = std::make_shared<LogBlock>();
    // Names of containers and reasons come from the cluster: the same rules as for lines.
    const auto add = [&block](std::string_view words) {
        AnsiText clean;
        clean.feed(words, block->text, 0, block->spans);
        clean.endLine(block->text, 0, block->spans);
    };
    add(before);
    const std::size_t place = std::min<std::size_t>(block->text.size(), 255);
    add(after);
    block->spans.clear();
    block->rows.push_back(
        {.time = time, .length = static_cast<std::uint32_t>(block->text.size()), .kind = kind, .word = static_cast<std::uint8_t>(place)});
    return block;
}

} // namespace fairlead::logs
