// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace fairlead::kinds::cron {

/// One of the five fields of a schedule: what it is called, what it may hold.
struct Field {
    std::string_view name; ///< as people say it: "day of month"
    unsigned min = 0;
    unsigned max = 0;
    std::span<const std::string_view> words; ///< of the values from `firstWord` on: "jan"
    unsigned firstWord = 0;
};

inline constexpr std::string_view monthWords[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
inline constexpr std::string_view dayWords[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

inline constexpr Field fields[] = {
    {.name = "minute", .min = 0, .max = 59},
    {.name = "hour", .min = 0, .max = 23},
    {.name = "day of month", .min = 1, .max = 31},
    {.name = "month", .min = 1, .max = 12, .words = monthWords, .firstWord = 1},
    {.name = "day of week", .min = 0, .max = 6, .words = dayWords, .firstWord = 0},
};

/// Set beside the values where a field holds "*" or "?", or one of them with a step of 1: such a day field restricts nothing, and then both
/// day fields must fit; else one of them is enough.
inline constexpr std::uint64_t anyBit = std::uint64_t(1) << 63;

/// The values of a field as bits, by the library's rules, odd ones included: "5/10" goes on to the field's end, "*-3" is "*", "+5" is 5, and
/// a field of commas alone is taken and holds nothing.
/// Error: Code::Invalid, whose message names the field. Thread: any.
/// Source: getField of github.com/robfig/cron/v3 parser.go, as Kubernetes vendors it.
[[nodiscard]] Result<std::uint64_t> parseField(const Field &field, std::string_view text);

} // namespace fairlead::kinds::cron
