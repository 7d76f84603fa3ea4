// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logblock.h"

#include <utility>

namespace fairlead::logs {

LogBlockPtr blockOf(LogRow::Kind kind, LineTime time, std::string words)
{
    auto block = std::make_shared<LogBlock>();
    // Names of containers and reasons come from the cluster: the same rules as for lines.
    AnsiText clean;
    clean.feed(words, block->text, 0, block->spans);
    clean.endLine(block->text, 0, block->spans);
    block->spans.clear();
    block->rows.push_back({.time = time, .length = static_cast<std::uint32_t>(block->text.size()), .kind = kind});
    return block;
}

} // namespace fairlead::logs
