// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace fairlead::app {

/// One code point of a text, or one byte that is not UTF-8.
struct Rune {
    char32_t value = 0; ///< the byte itself where `valid` is not set
    std::size_t size = 1;
    bool valid = true;
};

/// The rune that begins at `at`, which must lie inside the text. Overlong forms, surrogates and values above U+10FFFF are
/// not valid (RFC 3629).
[[nodiscard]] Rune runeAt(std::string_view text, std::size_t at);

} // namespace fairlead::app
