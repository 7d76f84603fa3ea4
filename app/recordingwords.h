// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/redactions.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::app {

// What is said of recordings, while they are made and afterwards. Thread: any; no state.

/// "512 B", "1.2 KiB", "34 MiB".
[[nodiscard]] std::string sizeText(std::uint64_t bytes);
/// "1 row", "2 rows".
[[nodiscard]] std::string countText(std::uint64_t count, std::string_view one, std::string_view more);
/// "34 values of secrets, 2 tokens"; "nothing".
[[nodiscard]] std::string redactionsText(const recording::Redactions &redactions);

} // namespace fairlead::app
