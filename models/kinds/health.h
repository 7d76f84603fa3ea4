// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fairlead::kinds {

/// How an object does, in six words that mean the same for every kind; each kind has its own word for each (Kind::words).
/// Facts only: shapes and colours are ui's.
enum class Health : std::uint8_t {
    Healthy,     ///< does what it is for
    Progressing, ///< on its way, nothing is known to stand in it
    Degraded,    ///< does less than it should, or waits for something
    Failed,      ///< does not do what it is for
    Idle,        ///< has nothing to do: finished, switched off, scaled to nothing
    Unknown,     ///< should be known, and is not
};

inline constexpr std::size_t healthCount = 6;

/// As it stands in JSON: "healthy", "progressing", …
[[nodiscard]] std::string_view name(Health health);

/// Higher is worse, in the order of worse().
[[nodiscard]] int severity(Health health);
/// The one that a summary of both shows: failed, degraded, progressing, unknown, healthy, idle.
[[nodiscard]] Health worse(Health a, Health b);

} // namespace fairlead::kinds
