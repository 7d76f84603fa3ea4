// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cron/zone.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace fairlead::kinds::cron {

using namespace std::chrono;

namespace {

// Numbers of a zone file, the large end first. Reading past the end gives zeros, and `ended` says so.
class Bytes {
public:
    explicit Bytes(std::string_view bytes)
        : m_left(bytes)
    {
    }

    std::string_view take(std::uint64_t size)
    {
        if (size > m_left.size()) {
            m_ended = true;
            m_left = {};
            return {};
        }
        const std::string_view out = m_left.substr(0, size);
        m_left.remove_prefix(size);
        return out;
    }
    std::int64_t number(std::size_t size)
    {
        std::uint64_t value = 0;
        for (const char c : take(size))
            value = value << 8U | static_cast<unsigned char>(c);
        return size == 4 ? static_cast<std::int32_t>(value) : static_cast<std::int64_t>(value);
    }
    unsigned char byte()
    {
        const std::string_view one = take(1);
        return one.empty() ? 0 : static_cast<unsigned char>(one[0]);
    }
    [[nodiscard]] std::string_view rest() const { return m_left; }
    [[nodiscard]] bool ended() const { return m_ended; }

private:
    std::string_view m_left;
    bool m_ended = false;
};

struct Counts {
    std::uint64_t utcMarks, standardMarks, leaps, changes, types, letters;
};

Counts counts(Bytes &bytes)
{
    const auto next = [&bytes] { return static_cast<std::uint64_t>(static_cast<std::uint32_t>(bytes.number(4))); };
    Counts out{};
    for (std::uint64_t *each : {&out.utcMarks, &out.standardMarks, &out.leaps, &out.changes, &out.types, &out.letters})
        *each = next();
    return out;
}

struct Type {
    seconds offset{0};
    bool summer = false;
};

// What holds ahead of the first change, by the reference implementation's rules: the first type if no change leads to it, else a type that is
// no summer time, the nearest before the first change's where that is one.
std::size_t firstType(const std::vector<Type> &types, std::string_view typeOfChange)
{
    if (typeOfChange.find('\0') == std::string_view::npos)
        return 0;
    const auto standard = [&types](std::size_t at) { return !types[at].summer; };
    if (!typeOfChange.empty()) {
        const auto first = static_cast<unsigned char>(typeOfChange[0]);
        for (std::size_t at = types[first].summer ? first : 0; at-- > 0;) {
            if (standard(at))
                return at;
        }
    }
    for (std::size_t at = 0; at < types.size(); ++at) {
        if (standard(at))
            return at;
    }
    return 0;
}

} // namespace

std::optional<Zone> Zone::read(std::string_view text)
{
    Bytes bytes(text);
    const std::string_view head = bytes.take(20);
    if (!head.starts_with("TZif") || (head[4] != 0 && (head[4] < '2' || head[4] > '4')))
        return std::nullopt;
    const std::size_t wordSize = head[4] == 0 ? 4 : 8;
    Counts count = counts(bytes);
    if (wordSize == 8) { // the same once more in 64 bits, behind what old programs read
        bytes.take(count.changes * 5 + count.types * 6 + count.letters + count.leaps * 8 + count.standardMarks + count.utcMarks + 20);
        count = counts(bytes);
    }
    if (bytes.ended() || count.changes * (wordSize + 1) + count.types * 6 > text.size() || count.types == 0)
        return std::nullopt;

    Zone zone;
    Bytes times(bytes.take(count.changes * wordSize));
    const std::string_view typeOfChange = bytes.take(count.changes);
    std::vector<Type> types;
    for (std::uint64_t i = 0; i < count.types; ++i) {
        Type type;
        type.offset = seconds(bytes.number(4));
        type.summer = bytes.byte() != 0;
        // Beyond RFC 9636's bounds for an offset a file is no zone, but an attempt to let a search run for years.
        if (bytes.byte() >= count.letters || abs(type.offset) > hours(26))
            return std::nullopt;
        types.push_back(type);
    }
    bytes.take(count.letters + count.leaps * (wordSize + 4) + count.standardMarks + count.utcMarks);
    if (bytes.ended())
        return std::nullopt;
    for (const char each : typeOfChange) {
        const auto type = static_cast<unsigned char>(each);
        const sys_seconds when{seconds(times.number(wordSize))};
        if (type >= types.size())
            return std::nullopt;
        zone.m_changes.push_back({when, types[type].offset});
    }
    zone.m_before = types[firstType(types, typeOfChange)].offset;
    std::string_view rule = bytes.rest();
    if (rule.size() > 2 && rule.front() == '\n' && rule.back() == '\n')
        zone.m_rule = ZoneRule::parse(rule.substr(1, rule.size() - 2));
    return zone;
}

std::size_t Zone::changesBefore(sys_seconds at) const
{
    const auto after =
        std::upper_bound(m_changes.begin(), m_changes.end(), at, [](sys_seconds moment, const Change &change) { return moment < change.when; });
    return static_cast<std::size_t>(after - m_changes.begin());
}

seconds Zone::offset(sys_seconds at, std::size_t changes) const
{
    if (changes == m_changes.size() && m_rule)
        return m_rule->offset(at);
    return changes == 0 ? m_before : m_changes[changes - 1].offset;
}

seconds Zone::offset(sys_seconds at) const
{
    return offset(at, changesBefore(at));
}

bool Zone::isEven(sys_seconds from, sys_seconds until) const
{
    const std::size_t changes = changesBefore(from);
    return changes == changesBefore(until) && offset(from, changes) == offset(until, changes);
}

WallTime Zone::wall(sys_seconds at) const
{
    return WallTime(at.time_since_epoch() + offset(at));
}

sys_seconds Zone::at(WallTime wall) const
{
    // As if it were UTC, which is hardly ever more than a day off; then once more from where that leads to.
    const sys_seconds asUtc(wall.time_since_epoch());
    const seconds near = offset(asUtc);
    return near.count() == 0 ? asUtc : asUtc - offset(asUtc - near);
}

std::string Zone::text(sys_seconds at) const
{
    seconds east = offset(at);
    if (east.count() % 60 != 0)
        east = seconds(0);
    const sys_seconds shown = at + east;
    const year_month_day date(floor<days>(shown));
    const hh_mm_ss time(shown - floor<days>(shown));
    std::array<char, 64> out{};
    int size = std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
        static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    std::string text(out.data(), static_cast<std::size_t>(size));
    if (east.count() == 0)
        return text + 'Z';
    const auto minutesEast = static_cast<int>(std::abs(east.count()) / 60);
    size = std::snprintf(out.data(), out.size(), "%c%02d:%02d", east.count() < 0 ? '-' : '+', minutesEast / 60, minutesEast % 60);
    return text + std::string(out.data(), static_cast<std::size_t>(size));
}

Result<Zone> zoneNamed(const std::string &name, const ReadZoneFile &read)
{
    const auto refuse = [&name](const std::string &why) {
        return failure({.code = Code::Invalid,
            .message = "time zone \"" + name + "\": " + why,
            .remedy = "Zones are named as in the IANA time zone database: UTC, Europe/Berlin, America/New_York."});
    };
    if (name.empty())
        return refuse("the name is empty");
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (lower == "local")
        return refuse("it must be an explicit time zone, whatever the machine's own is");
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("._+-").find(c) != std::string_view::npos;
    };
    for (std::string_view rest = name;;) {
        const std::string_view part = rest.substr(0, rest.find('/'));
        if (part.empty() || part.size() > 14 || part == "." || part == ".." || part[0] == '-' || !std::all_of(part.begin(), part.end(), allowed))
            return refuse("there is no zone of this name");
        if (part.size() == rest.size())
            break;
        rest.remove_prefix(part.size() + 1);
    }
    // Not from the files, as in Go; then it is there on a machine without them.
    if (name == "UTC")
        return Zone();
    // Go refuses two dots even where they stand inside a part.
    const auto bytes = name.find("..") == std::string::npos ? read(name) : std::nullopt;
    if (!bytes)
        return refuse("there is no zone of this name");
    auto zone = Zone::read(*bytes);
    if (!zone)
        return refuse("its file holds no zone");
    return std::move(*zone);
}

} // namespace fairlead::kinds::cron
