// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/sortkey.h"

#include "kinds/naturalorder.h"
#include "kinds/quantity.h"

#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace fairlead::kinds {

namespace {

using Value = std::pair<double, double>;
using Found = std::optional<Value>;

double secondsOf(Moment moment)
{
    return std::chrono::duration<double>(moment.time_since_epoch()).count();
}

std::string_view trimmed(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

// Quantities hold all numbers but those with an exponent and a sign elsewhere; "1e+300" is one too.
std::optional<double> number(std::string_view text)
{
    return parseQuantity(text);
}

Found numberOrPercent(std::string_view text)
{
    if (text.ends_with('%'))
        text.remove_suffix(1);
    const auto value = number(text);
    return value ? Found({*value, 0}) : std::nullopt;
}

Found ratio(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    std::string_view whole = text.substr(slash + 1);
    whole = whole.substr(0, whole.find(' ')); // jobs without a count of completions: "0/1 of 3"
    const auto part = number(text.substr(0, slash));
    const auto of = number(whole);
    if (!part || !of)
        return std::nullopt;
    return Value{*of == 0 ? 1 + *part : *part / *of, *of};
}

Found restarts(std::string_view text, Moment receivedAt)
{
    const std::size_t bracket = text.find(" (");
    const auto count = number(text.substr(0, bracket));
    if (!count)
        return std::nullopt;
    constexpr double longAgo = std::numeric_limits<double>::lowest();
    if (bracket == std::string_view::npos)
        return Value{*count, longAgo};
    std::string_view inside = text.substr(bracket + 2);
    inside = inside.substr(0, inside.find(' '));
    const auto age = parseAge(inside);
    return Value{*count, age ? secondsOf(receivedAt - *age) : longAgo};
}

// "cpu: 5%/80%, memory: …", "5%/80%", "memory: 10Mi/64Mi + 1 more..."; the first metric counts.
Found utilization(std::string_view text)
{
    const std::size_t colon = text.find(": ");
    if (colon != std::string_view::npos)
        text.remove_prefix(colon + 2);
    text = text.substr(0, text.find_first_of(", "));
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return numberOrPercent(text);
    std::string_view target = text.substr(slash + 1);
    const auto now = numberOrPercent(text.substr(0, slash));
    const auto wanted = numberOrPercent(target);
    if (!now || !wanted || wanted->first == 0)
        return std::nullopt;
    return Value{now->first / wanted->first, now->first};
}

// Dotted quad to its 32 bits.
std::optional<double> ipv4(std::string_view text)
{
    double value = 0;
    for (int part = 0; part < 4; ++part) {
        unsigned octet = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), octet);
        if (error != std::errc() || octet > 255)
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        value = value * 256 + octet;
        if (part < 3) {
            if (!text.starts_with('.'))
                return std::nullopt;
            text.remove_prefix(1);
        }
    }
    return text.empty() ? std::optional(value) : std::nullopt;
}

// Groups on one side of "::"; false if it is no such list.
bool groups(std::string_view text, std::array<unsigned, 8> &into, std::size_t &count)
{
    while (!text.empty()) {
        const std::size_t colon = text.find(':');
        const std::string_view group = text.substr(0, colon);
        unsigned value = 0;
        const auto [end, error] = std::from_chars(group.data(), group.data() + group.size(), value, 16);
        if (count == 8 || group.size() > 4 || error != std::errc() || end != group.data() + group.size())
            return false;
        into[count++] = value;
        if (colon == std::string_view::npos)
            return true;
        text.remove_prefix(colon + 1);
        if (text.empty())
            return false;
    }
    return true;
}

// Upper and lower half of its 128 bits; a double keeps the order, not the last bits, which the cell's text then decides.
Found ipv6(std::string_view text)
{
    std::array<unsigned, 8> front{};
    std::array<unsigned, 8> back{};
    std::size_t before = 0;
    std::size_t behind = 0;
    const std::size_t gap = text.find("::");
    if (text.find(':') == std::string_view::npos || !groups(text.substr(0, gap), front, before))
        return std::nullopt;
    if (gap == std::string_view::npos ? before != 8 : !groups(text.substr(gap + 2), back, behind) || before + behind > 7)
        return std::nullopt;
    for (std::size_t i = 0; i < behind; ++i)
        front[8 - behind + i] = back[i];
    Value halves{0, 0};
    for (std::size_t i = 0; i < 8; ++i) {
        double &half = i < 4 ? halves.first : halves.second;
        half = half * 65536 + front[i];
    }
    halves.first += 4294967296.0; // behind all of IPv4
    return halves;
}

// "10.244.0.3:80,10.244.0.4:80 + 2 more...", "10.96.0.0/16", "2001:db8::1", "[2001:db8::1]:80"
Found address(std::string_view text)
{
    text = trimmed(text.substr(0, text.find_first_of(", ")));
    double tail = 0; // port or prefix length
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        tail = number(text.substr(slash + 1)).value_or(0);
        text = text.substr(0, slash);
    }
    if (text.starts_with('[') && text.find(']') != std::string_view::npos)
        return ipv6(text.substr(1, text.find(']') - 1));
    if (text.find(':') != text.rfind(':'))
        return ipv6(text);
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        tail = number(text.substr(colon + 1)).value_or(0);
        text = text.substr(0, colon);
    }
    const auto value = ipv4(text);
    return value ? Found({*value, tail}) : std::nullopt;
}

// As text, but that "v1.35.0-rc.1" comes before "v1.35.0", and that before "v1.35.0.1" and "v1.35.0+build".
SortKey version(std::string_view text)
{
    const std::size_t end = text.find_first_not_of("v0123456789.");
    std::string ordered(text.substr(0, end));
    std::string_view rest = end == std::string_view::npos ? std::string_view() : text.substr(end);
    const bool early = rest.starts_with("-rc") || rest.starts_with("-alpha") || rest.starts_with("-beta");
    ordered += early ? '\x01' : '\x02';
    ordered += rest;
    return {.rank = SortKey::Rank::Value, .first = 0, .second = 0, .text = std::move(ordered)};
}

Found moment(std::string_view text, Moment receivedAt)
{
    const auto age = parseAge(text);
    // The later, the smaller: ages, not times.
    return age ? Found({-secondsOf(receivedAt - *age), 0}) : std::nullopt;
}

Found valueOf(SortType type, std::string_view text, Moment receivedAt)
{
    switch (type) {
    case SortType::Text:
    case SortType::Version:
        break;
    case SortType::Number:
    case SortType::Quantity:
        return numberOrPercent(text);
    case SortType::Created:
    case SortType::Since:
        return moment(text, receivedAt);
    case SortType::Length:
        if (const auto length = parseAge(text))
            return Value{static_cast<double>(length->count()), 0};
        break;
    case SortType::Date:
        if (const auto time = parseTime(text))
            return Value{secondsOf(*time), 0};
        return moment(text, receivedAt);
    case SortType::Ratio:
        return ratio(text);
    case SortType::Restarts:
        return restarts(text, receivedAt);
    case SortType::Utilization:
        return utilization(text);
    case SortType::Address:
        return address(text);
    case SortType::Boolean:
        if (text == "true" || text == "True")
            return Value{1, 0};
        if (text == "false" || text == "False")
            return Value{0, 0};
        break;
    }
    return std::nullopt;
}

} // namespace

std::strong_ordering SortKey::operator<=>(const SortKey &other) const
{
    if (const auto order = rank <=> other.rank; order != 0)
        return order;
    if (first != other.first)
        return first < other.first ? std::strong_ordering::less : std::strong_ordering::greater;
    if (second != other.second)
        return second < other.second ? std::strong_ordering::less : std::strong_ordering::greater;
    return naturalOrder(text, other.text);
}

SortKey sortKey(SortType type, std::string_view cell, Moment receivedAt)
{
    if (cell.empty())
        return {};
    // In an unused field stands a word in brackets, whatever the column holds.
    const bool bracketed = cell.starts_with('<') && cell.ends_with('>') && cell != "<invalid>";
    if (!bracketed && type == SortType::Version)
        return version(cell);
    if (!bracketed && type == SortType::Text)
        return {.rank = SortKey::Rank::Value, .first = 0, .second = 0, .text = std::string(cell)};
    if (const auto value = valueOf(type, cell, receivedAt)) {
        SortKey key{.rank = SortKey::Rank::Value, .first = value->first, .second = value->second, .text = {}};
        if (type == SortType::Address)
            key.text = cell;
        return key;
    }
    return {.rank = SortKey::Rank::Word, .first = 0, .second = 0, .text = std::string(cell)};
}

SortKey sortKey(SortType type, const kube::Row &row, std::size_t column, Moment receivedAt)
{
    if (type == SortType::Created) {
        if (const auto created = parseTime(row.created()))
            return {.rank = SortKey::Rank::Value, .first = -secondsOf(*created), .second = 0, .text = {}};
    }
    return sortKey(type, row.cell(column), receivedAt);
}

} // namespace fairlead::kinds
