// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/keyorder.h"

#include "kube/yaml/text.h"

#include <cstdint>

namespace fairlead::yaml {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Outside ASCII nearly all that is in a key is a letter.
bool isLetter(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xAA;
}

struct Number {
    std::uint64_t value = 0;
    std::size_t digits = 0;
};

Number numberAt(std::string_view text, std::size_t at, std::uint64_t before)
{
    Number number{before, 0};
    while (at < text.size() && isDigit(text[at])) {
        number.value = number.value * 10 + static_cast<std::uint64_t>(text[at] - '0');
        ++number.digits;
        ++at;
    }
    return number;
}

// A zero inside a number counts as a digit of it only behind one that is no zero: 10 against 1a, but not 00 against 0a.
bool followsNonZeroDigit(std::string_view text, std::size_t at)
{
    while (at > 0 && isDigit(text[at - 1])) {
        if (text[--at] != '0')
            return true;
    }
    return false;
}

} // namespace

bool keyLess(std::string_view a, std::string_view b)
{
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i])
        ++i;
    // Not in the middle of a character.
    while (i > 0 && i < a.size() && i < b.size() && (a[i] & 0xC0) == 0x80)
        --i;
    if (i == a.size() || i == b.size())
        return a.size() < b.size();
    const char32_t ca = codePointAt(a, i).value;
    const char32_t cb = codePointAt(b, i).value;
    if (isLetter(ca) || isLetter(cb))
        return isLetter(ca) && isLetter(cb) ? ca < cb : isLetter(cb);
    const std::uint64_t before = (ca == '0' || cb == '0') && followsNonZeroDigit(a, i) ? 1 : 0;
    const Number na = numberAt(a, i, before);
    const Number nb = numberAt(b, i, before);
    if (na.value != nb.value)
        return na.value < nb.value;
    if (na.digits != nb.digits)
        return na.digits < nb.digits;
    return ca < cb;
}

} // namespace fairlead::yaml
