// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead {

using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// A length of time in the server's own words: "45s", "6m2s", "3h", "5d4h", "2y100d", "<invalid>" for what lies in the future by
/// two seconds or more, so that what we advance while it is shown reads as if the server had sent it. Thread: any.
/// Source: HumanDuration of k8s.io/apimachinery/pkg/util/duration.
[[nodiscard]] std::string formatAge(std::chrono::seconds age);
/// From a moment to now.
[[nodiscard]] std::string formatAge(Moment since, Moment now);

/// The way back, and of every other text of units in falling order ("1h0m5s"). "<invalid>" is -2 s: all that it says is "later than now".
/// None for "<unknown>", "<none>", "" and all that is not a length of time. formatAge(parseAge(t)) is t for all t from formatAge.
[[nodiscard]] std::optional<std::chrono::seconds> parseAge(std::string_view text);

/// What is at least as wide, where all digits are of one width, as this length of time and all that it grows into before a year is over.
[[nodiscard]] std::string_view widestAge(std::string_view text);

/// RFC 3339 as Kubernetes writes times, with or without fraction ("2026-11-24T18:40:01Z", "…01.123456Z", "…01+02:00").
/// What is finer than a millisecond is dropped. None for all else.
[[nodiscard]] std::optional<Moment> parseTime(std::string_view text);

} // namespace fairlead
