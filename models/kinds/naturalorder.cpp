// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/naturalorder.h"

namespace fairlead::kinds {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

unsigned char folded(char c)
{
    return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

// The digits from `at` on without leading zeros; `at` then stands behind them.
std::string_view number(std::string_view text, std::size_t &at)
{
    while (at + 1 < text.size() && text[at] == '0' && isDigit(text[at + 1]))
        ++at;
    const std::size_t begin = at;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return text.substr(begin, at - begin);
}

} // namespace

std::strong_ordering naturalOrder(std::string_view a, std::string_view b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const std::string_view x = number(a, i);
            const std::string_view y = number(b, j);
            if (x.size() != y.size())
                return x.size() <=> y.size();
            if (const auto order = x <=> y; order != 0)
                return order;
        } else {
            if (const auto order = folded(a[i]) <=> folded(b[j]); order != 0)
                return order;
            ++i;
            ++j;
        }
    }
    if (const auto order = (a.size() - i) <=> (b.size() - j); order != 0)
        return order;
    return a <=> b; // differ in case or in leading zeros, if at all
}

} // namespace fairlead::kinds
