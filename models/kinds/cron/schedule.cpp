// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cron/schedule.h"

#include "kinds/cron/field.h"
#include "kinds/cron/goduration.h"

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

namespace fairlead::kinds::cron {

using namespace std::chrono;

namespace {

enum At : std::size_t { Minute, Hour, DayOfMonth, Month, DayOfWeek };

struct Nickname {
    std::string_view name;
    std::string_view fields;
};

constexpr Nickname nicknames[] = {{"@yearly", "0 0 1 1 *"}, {"@annually", "0 0 1 1 *"}, {"@monthly", "0 0 1 * *"}, {"@weekly", "0 0 * * 0"},
    {"@daily", "0 0 * * *"}, {"@midnight", "0 0 * * *"}, {"@hourly", "0 * * * *"}};

// Go's unicode.IsSpace, in UTF-8.
constexpr std::string_view blanks[] = {" ", "\t", "\n", "\v", "\f", "\r", "\u0085", "\u00A0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003",
    "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200A", "\u2028", "\u2029", "\u202F", "\u205F", "\u3000"};

std::size_t blankAt(std::string_view text)
{
    for (const std::string_view blank : blanks) {
        if (text.starts_with(blank))
            return blank.size();
    }
    return 0;
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t blank = at < text.size() ? blankAt(text.substr(at)) : 1;
        if (blank > 0 && at > begin)
            out.push_back(text.substr(begin, at - begin));
        at += std::max<std::size_t>(blank, 1);
        if (blank > 0)
            begin = at;
    }
    return out;
}

tl::unexpected<Error> refuse(std::string why, std::string remedy)
{
    return failure({.code = Code::Invalid, .message = "schedule: " + std::move(why), .remedy = std::move(remedy)});
}

// The controller's own arithmetic of months: the 31st of a month of 30 days is the 1st of the next.
local_days dayOf(year_month month, days sinceFirst)
{
    return local_days(month / 1) + sinceFirst;
}

constexpr int lastYear = 9999; // RFC 3339 writes no other

} // namespace

Result<Schedule> Schedule::parse(std::string_view text)
{
    if (text.empty())
        return refuse("it is empty", "It has five fields: minute, hour, day of month, month, day of week.");
    // Wherever it stands: the API server looks no closer.
    if (text.find("TZ") != std::string_view::npos)
        return refuse("cannot use TZ or CRON_TZ in schedule, use timeZone field instead", "On the command line that is --zone.");

    Schedule schedule;
    if (text.starts_with('@')) {
        constexpr std::string_view every = "@every ";
        if (text.starts_with(every)) {
            const auto length = parseGoDuration(text.substr(every.size()));
            if (!length)
                return refuse("@every \"" + std::string(text.substr(every.size())) + "\" is no length of time",
                    "It is written as 90s, 15m, 1h30m: h, m and s are the units, days have none.");
            // No less than a second, and whole ones.
            schedule.m_every = std::max(seconds(1), duration_cast<seconds>(*length));
            return schedule;
        }
        const auto *const known =
            std::find_if(std::begin(nicknames), std::end(nicknames), [text](const Nickname &nickname) { return nickname.name == text; });
        if (known == std::end(nicknames))
            return refuse("there is no \"" + std::string(text) + "\"",
                "There are @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly and @every LENGTH.");
        text = known->fields;
    }

    const std::vector<std::string_view> parts = words(text);
    if (parts.size() != schedule.m_fields.size())
        return refuse("it has " + std::to_string(parts.size()) + (parts.size() == 1 ? " field" : " fields") + " where five are due",
            "They are minute, hour, day of month, month, day of week; there are no seconds and no years.");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const Result<std::uint64_t> bits = parseField(fields[i], parts[i]);
        if (!bits)
            return failure(bits.error());
        schedule.m_fields[i] = *bits;
    }
    return schedule;
}

bool Schedule::hasDay(local_days day) const
{
    const bool ofMonth = has(DayOfMonth, static_cast<unsigned>(year_month_day(day).day()));
    const bool ofWeek = has(DayOfWeek, weekday(day).c_encoding());
    const bool any = ((m_fields[DayOfMonth] | m_fields[DayOfWeek]) & anyBit) != 0;
    return any ? ofMonth && ofWeek : ofMonth || ofWeek;
}

std::optional<sys_seconds> Schedule::next(Moment after, const Zone &zone) const
{
    const auto last = sys_seconds(sys_days(year(lastYear) / December / 31)) + days(1);
    const auto from = floor<seconds>(after);
    if (from >= last)
        return std::nullopt;
    // A field of commas alone has no value: the library looks through five years of minutes, and finds none.
    constexpr std::uint64_t values = ~anyBit;
    if (m_every.count() == 0 && ((m_fields[Minute] & values) == 0 || (m_fields[Hour] & values) == 0 || (m_fields[Month] & values) == 0))
        return std::nullopt;
    // A length is some three hundred years at most, so that the sum fits.
    const std::optional<sys_seconds> found = m_every.count() > 0 ? from + m_every : nextOfFields(from + seconds(1), zone);
    return found && *found < last ? found : std::nullopt;
}

// To the next of the hour's minutes that it has, else to the hour's end.
minutes Schedule::toNextMinute(unsigned minute) const
{
    const std::uint64_t later = (m_fields[Minute] & ((std::uint64_t(1) << 60U) - 1)) >> (minute + 1);
    return minutes(later != 0 ? std::countr_zero(later) + 1 : 60 - static_cast<int>(minute));
}

// Step by step what the library does, from month to minute, since its steps decide which of two equal wall times is met, and which that
// does not exist is met all the same.
std::optional<sys_seconds> Schedule::nextOfFields(sys_seconds from, const Zone &zone) const
{
    sys_seconds t = from;
    WallTime wall = zone.wall(t);
    const auto go = [&](sys_seconds to) {
        t = to;
        wall = zone.wall(t);
    };
    const auto date = [&] { return year_month_day(floor<days>(wall)); };
    const auto timeOfDay = [&] { return wall - floor<days>(wall); };
    const auto hour = [&] { return static_cast<unsigned>(floor<hours>(timeOfDay()).count()); };
    const auto minute = [&] { return static_cast<unsigned>(floor<minutes>(timeOfDay()).count() % 60); };
    const auto second = [&] { return timeOfDay().count() % 60; };

    // The first step to another value starts that field and the finer ones from their beginnings; later ones are there already.
    bool stepped = false;
    const year limit = date().year() + years(5);
    while (date().year() <= limit) {
        bool again = false;
        while (!again && !has(Month, static_cast<unsigned>(date().month()))) {
            if (!stepped)
                go(zone.at(local_days(date().year() / date().month() / 1)));
            stepped = true;
            const year_month following = date().year() / date().month() + months(1);
            go(zone.at(dayOf(following, days(static_cast<unsigned>(date().day()) - 1)) + timeOfDay()));
            again = date().month() == January;
        }
        while (!again && !hasDay(floor<days>(wall))) {
            if (!stepped)
                go(zone.at(floor<days>(wall)));
            stepped = true;
            const sys_seconds before = t;
            go(zone.at(floor<days>(wall) + days(1) + timeOfDay()));
            // Where midnight is left out, the day begins an hour late or is met an hour early.
            if (hour() > 12)
                go(t + hours(24 - hour()));
            else if (hour() != 0)
                go(t - hours(hour()));
            if (t <= before)
                return std::nullopt;
            again = date().day() == day(1);
        }
        while (!again && !has(Hour, hour())) {
            if (!stepped)
                go(zone.at(floor<days>(wall) + floor<hours>(timeOfDay())));
            stepped = true;
            go(t + hours(1));
            again = hour() == 0;
        }
        while (!again && !has(Minute, minute())) {
            if (!stepped)
                go(floor<minutes>(t));
            stepped = true;
            // Many of the library's steps at once, where they all show the next minute.
            const minutes step = toNextMinute(minute());
            go(t + (zone.isEven(t, t + step) ? step : minutes(1)));
            again = minute() == 0;
        }
        // Minutes that do not begin on UTC's: the offsets of long ago.
        while (!again && second() != 0) {
            stepped = true;
            go(t + seconds(1));
            again = second() == 0;
        }
        if (!again)
            return t;
    }
    return std::nullopt;
}

} // namespace fairlead::kinds::cron
