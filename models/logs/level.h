// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logblock.h"

#include <string_view>

namespace fairlead::logs {

/// A level as it stands in a line.
struct LevelWord {
    Level level = Level::None;
    std::size_t begin = 0;
    std::size_t length = 0;
};

/// Looks for the word with which loggers tell how much a line matters: in capitals by itself ("WARN", "[ERROR]"), as a field
/// ("level=info", "\"level\":\"error\"", "severity: warning"), or klog's first letter ("E1124 14:38:11.902"). Only at the beginning of
/// the line: an ERROR in the middle of a sentence is a sentence. Thread: any.
[[nodiscard]] LevelWord levelOf(std::string_view line);

} // namespace fairlead::logs
