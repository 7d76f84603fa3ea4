// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace fairlead::kinds::cron {

/// A length of time as Go writes it: "1h30m", "1.5h", "-2m", "100ms", "0". None for all else, and for what does not fit into 292 years.
/// What is finer than the nanosecond is dropped as Go drops it. Thread: any.
/// Source: time.ParseDuration of Go.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parseGoDuration(std::string_view text);

} // namespace fairlead::kinds::cron
