// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <string_view>

namespace fairlead::kinds {

/// The order in which people expect texts: ASCII letters of either case beside each other, runs of digits by their value ("pod-9"
/// before "pod-10"). A strict order over bytes: equal only if the bytes are. No allocation. Thread: any.
[[nodiscard]] std::strong_ordering naturalOrder(std::string_view a, std::string_view b);

} // namespace fairlead::kinds
