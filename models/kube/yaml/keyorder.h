// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace fairlead::yaml {

/// Whether key `a` stands before key `b` in a map that kubectl prints: letters by code point, other characters before
/// letters, numbers within by value ("item2" before "item10"). Not a strict order for all keys: sort with a stable merge sort.
[[nodiscard]] bool keyLess(std::string_view a, std::string_view b);

} // namespace fairlead::yaml
