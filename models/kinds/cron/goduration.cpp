// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cron/goduration.h"

#include <cstdint>

namespace fairlead::kinds::cron {

namespace {

constexpr std::uint64_t limit = std::uint64_t(1) << 63;

struct Unit {
    std::string_view name;
    std::uint64_t nanoseconds;
};

constexpr Unit units[] = {{"ns", 1}, {"us", 1'000}, {"\u00B5s", 1'000}, {"\u03BCs", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000},
    {"m", 60'000'000'000}, {"h", 3'600'000'000'000}};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// None where it is too large.
std::optional<std::uint64_t> whole(std::string_view &text)
{
    std::uint64_t value = 0;
    for (; !text.empty() && isDigit(text[0]); text.remove_prefix(1)) {
        if (value > limit / 10)
            return std::nullopt;
        value = value * 10 + static_cast<std::uint64_t>(text[0] - '0');
        if (value > limit)
            return std::nullopt;
    }
    return value;
}

struct Fraction {
    std::uint64_t value = 0;
    double scale = 1;
};

// Digits beyond what fits are dropped.
Fraction fraction(std::string_view &text)
{
    Fraction out;
    bool full = false;
    for (; !text.empty() && isDigit(text[0]); text.remove_prefix(1)) {
        if (full || out.value > (limit - 1) / 10) {
            full = true;
            continue;
        }
        const std::uint64_t next = out.value * 10 + static_cast<std::uint64_t>(text[0] - '0');
        if (next > limit) {
            full = true;
            continue;
        }
        out.value = next;
        out.scale *= 10;
    }
    return out;
}

std::optional<std::uint64_t> takeUnit(std::string_view &text)
{
    std::size_t size = 0;
    while (size < text.size() && text[size] != '.' && !isDigit(text[size]))
        ++size;
    for (const Unit &unit : units) {
        if (unit.name == text.substr(0, size)) {
            text.remove_prefix(size);
            return unit.nanoseconds;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<std::chrono::nanoseconds> parseGoDuration(std::string_view text)
{
    bool negative = false;
    if (text.starts_with('-') || text.starts_with('+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    if (text == "0")
        return std::chrono::nanoseconds(0);
    if (text.empty())
        return std::nullopt;
    std::uint64_t total = 0;
    while (!text.empty()) {
        const std::size_t before = text.size();
        const auto count = whole(text);
        if (!count)
            return std::nullopt;
        bool digits = text.size() < before;
        Fraction part;
        if (text.starts_with('.')) {
            text.remove_prefix(1);
            const std::size_t behindPoint = text.size();
            part = fraction(text);
            digits = digits || text.size() < behindPoint;
        }
        const auto unit = takeUnit(text);
        if (!digits || !unit || *count > limit / *unit)
            return std::nullopt;
        std::uint64_t value = *count * *unit;
        if (part.value > 0)
            value += static_cast<std::uint64_t>(static_cast<double>(part.value) * (static_cast<double>(*unit) / part.scale));
        if (value > limit)
            return std::nullopt;
        total += value;
        if (total > limit)
            return std::nullopt;
    }
    if (negative)
        return std::chrono::nanoseconds(static_cast<std::int64_t>(0 - total)); // 2^63, too, which has no opposite
    if (total == limit)
        return std::nullopt;
    return std::chrono::nanoseconds(static_cast<std::int64_t>(total));
}

} // namespace fairlead::kinds::cron
