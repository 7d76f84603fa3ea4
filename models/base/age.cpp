// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/age.h"

#include <charconv>
#include <cstdint>

namespace fairlead {

namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t year = 365 * day;

std::string both(std::int64_t first, char firstUnit, std::int64_t second, char secondUnit)
{
    std::string text = std::to_string(first) + firstUnit;
    if (second != 0)
        text += std::to_string(second) + secondUnit;
    return text;
}

// Exactly `size` digits at the front of `text`, which they leave.
std::optional<int> digits(std::string_view &text, std::size_t size)
{
    if (text.size() < size)
        return std::nullopt;
    int value = 0;
    for (const char c : text.substr(0, size)) {
        if (c < '0' || c > '9')
            return std::nullopt;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(size);
    return value;
}

bool take(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

// "Z" or "+02:00", to the text's end.
std::optional<std::chrono::minutes> zone(std::string_view text)
{
    if (text == "Z" || text == "z")
        return std::chrono::minutes(0);
    const bool west = text.starts_with('-');
    if (!west && !text.starts_with('+'))
        return std::nullopt;
    text.remove_prefix(1);
    const auto hours = digits(text, 2);
    const bool colon = take(text, ':');
    const auto minutes = digits(text, 2);
    if (!hours || !colon || !minutes || !text.empty() || *hours > 23 || *minutes > 59)
        return std::nullopt;
    const std::chrono::minutes offset(*hours * 60 + *minutes);
    return west ? -offset : offset;
}

} // namespace

std::string formatAge(std::chrono::seconds age)
{
    const std::int64_t s = age.count();
    if (s < -1)
        return "<invalid>";
    if (s < 0)
        return "0s";
    if (s < 2 * minute)
        return both(s, 's', 0, 0);
    if (s < 10 * minute)
        return both(s / minute, 'm', s % minute, 's');
    if (s < 3 * hour)
        return both(s / minute, 'm', 0, 0);
    if (s < 8 * hour)
        return both(s / hour, 'h', s / minute % 60, 'm');
    if (s < 48 * hour)
        return both(s / hour, 'h', 0, 0);
    if (s < 8 * day)
        return both(s / day, 'd', s / hour % 24, 'h');
    if (s < 2 * year)
        return both(s / day, 'd', 0, 0);
    if (s < 8 * year)
        return both(s / year, 'y', s / day % 365, 'd');
    return both(s / year, 'y', 0, 0);
}

std::string formatAge(Moment since, Moment now)
{
    // Towards zero, as Go converts.
    return formatAge(std::chrono::duration_cast<std::chrono::seconds>(now - since));
}

std::string_view widestAge(std::string_view text)
{
    // "729d" becomes "2y", which needs a year to become "2y364d".
    return text.find('y') == std::string_view::npos ? "7h59m" : "7y364d";
}

std::optional<std::chrono::seconds> parseAge(std::string_view text)
{
    if (text == "<invalid>")
        return std::chrono::seconds(-2);
    constexpr std::string_view units = "ydhms";
    constexpr std::int64_t lengths[] = {year, day, hour, minute, 1};
    std::int64_t total = 0;
    std::size_t next = 0; // the largest unit that may still come
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        std::int64_t count = 0;
        if (text[0] < '0' || text[0] > '9')
            return std::nullopt;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        // Ten million years: far from where the sum would overflow.
        if (error != std::errc() || count > 10'000'000'000)
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        const std::size_t unit = text.empty() ? std::string_view::npos : units.find(text[0]);
        if (unit == std::string_view::npos || unit < next || (unit == 0 && count > 10'000'000))
            return std::nullopt;
        text.remove_prefix(1);
        next = unit + 1;
        total += count * lengths[unit];
    }
    return std::chrono::seconds(total);
}

std::optional<Moment> parseTime(std::string_view text)
{
    using namespace std::chrono;
    const auto y = digits(text, 4);
    const bool afterYear = take(text, '-');
    const auto mo = digits(text, 2);
    const bool afterMonth = take(text, '-');
    const auto d = digits(text, 2);
    const bool afterDay = take(text, 'T') || take(text, 't');
    const auto h = digits(text, 2);
    const bool afterHour = take(text, ':');
    const auto mi = digits(text, 2);
    const bool afterMinute = take(text, ':');
    const auto s = digits(text, 2);
    if (!y || !mo || !d || !h || !mi || !s || !afterYear || !afterMonth || !afterDay || !afterHour || !afterMinute)
        return std::nullopt;
    int thousandths = 0;
    if (take(text, '.')) {
        int place = 100;
        std::size_t read = 0;
        for (; read < text.size() && text[read] >= '0' && text[read] <= '9'; ++read, place /= 10)
            thousandths += (text[read] - '0') * place;
        if (read == 0)
            return std::nullopt;
        text.remove_prefix(read);
    }
    const auto offset = zone(text);
    const year_month_day date{std::chrono::year(*y), month(static_cast<unsigned>(*mo)), std::chrono::day(static_cast<unsigned>(*d))};
    // 60 is a leap second.
    if (!offset || !date.ok() || *h > 23 || *mi > 59 || *s > 60)
        return std::nullopt;
    return Moment(sys_days(date)) + hours(*h) + minutes(*mi) + seconds(*s) + milliseconds(thousandths) - *offset;
}

} // namespace fairlead
