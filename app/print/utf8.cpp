// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/utf8.h"

namespace fairlead::app {

Rune runeAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const Rune broken{.value = first, .size = 1, .valid = false};
    if (first < 0x80)
        return {.value = first, .size = 1, .valid = true};

    std::size_t size = 0;
    char32_t value = 0;
    char32_t least = 0;
    if ((first & 0xE0) == 0xC0) {
        size = 2, value = first & 0x1F, least = 0x80;
    } else if ((first & 0xF0) == 0xE0) {
        size = 3, value = first & 0x0F, least = 0x800;
    } else if ((first & 0xF8) == 0xF0) {
        size = 4, value = first & 0x07, least = 0x10000;
    } else {
        return broken;
    }
    if (text.size() - at < size)
        return broken;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return broken;
        value = value << 6 | (byte(at + i) & 0x3F);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return broken;
    return {.value = value, .size = size, .valid = true};
}

} // namespace fairlead::app
