// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/quantity.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace fairlead::kinds {

namespace {

constexpr std::pair<std::string_view, double> suffixes[] = {
    {"", 1},
    {"n", 1e-9},
    {"u", 1e-6},
    {"m", 1e-3},
    {"k", 1e3},
    {"M", 1e6},
    {"G", 1e9},
    {"T", 1e12},
    {"P", 1e15},
    {"E", 1e18},
    {"Ki", 1024.0},
    {"Mi", 1048576.0},
    {"Gi", 1073741824.0},
    {"Ti", 1099511627776.0},
    {"Pi", 1125899906842624.0},
    {"Ei", 1152921504606846976.0},
};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// "e3", "E-2"; an exponent of more digits is no quantity of anything.
std::optional<double> exponent(std::string_view text)
{
    if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E'))
        return std::nullopt;
    text.remove_prefix(text[1] == '+' ? 2 : 1);
    int power = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), power);
    if (error != std::errc() || end != text.data() + text.size() || power < -300 || power > 300)
        return std::nullopt;
    return std::pow(10.0, power);
}

} // namespace

std::optional<double> parseQuantity(std::string_view text)
{
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    std::size_t length = 0;
    int digits = 0;
    int points = 0;
    for (; length < text.size() && (isDigit(text[length]) || text[length] == '.'); ++length)
        text[length] == '.' ? ++points : ++digits;
    if (digits == 0 || points > 1)
        return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + length, value, std::chars_format::fixed);
    if (error != std::errc() || end != text.data() + length)
        return std::nullopt;
    const std::string_view rest = text.substr(length);
    std::optional<double> factor = exponent(rest);
    for (const auto &[suffix, each] : suffixes) {
        if (rest == suffix)
            factor = each;
    }
    if (!factor)
        return std::nullopt;
    value *= *factor;
    if (!std::isfinite(value))
        return std::nullopt;
    return negative ? -value : value;
}

} // namespace fairlead::kinds
