// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cron/zonerule.h"

#include <algorithm>
#include <utility>

namespace fairlead::kinds::cron {

using namespace std::chrono;

namespace {

bool take(std::string_view &text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

std::optional<int> takeNumber(std::string_view &text, int min, int max)
{
    int value = 0;
    std::size_t size = 0;
    for (; size < text.size() && text[size] >= '0' && text[size] <= '9'; ++size) {
        value = value * 10 + (text[size] - '0');
        if (value > max)
            return std::nullopt;
    }
    if (size == 0 || value < min)
        return std::nullopt;
    text.remove_prefix(size);
    return value;
}

// "CET", "<+0330>": of no use here, but it has to be passed.
bool takeName(std::string_view &text)
{
    if (take(text, '<')) {
        const std::size_t end = text.find('>');
        if (end == std::string_view::npos)
            return false;
        text.remove_prefix(end + 1);
        return true;
    }
    const std::size_t size = std::min(text.find_first_of("0123456789,-+"), text.size());
    text.remove_prefix(size);
    return size >= 3;
}

// "-1", "3:30", "+10:30:15"; a week either way, as the tables of some zones need.
std::optional<seconds> takeSpan(std::string_view &text)
{
    const bool negative = !take(text, '+') && take(text, '-');
    const auto hour = takeNumber(text, 0, 24 * 7);
    if (!hour)
        return std::nullopt;
    seconds span = hours(*hour);
    for (const seconds unit : {seconds(60), seconds(1)}) {
        if (!take(text, ':'))
            break;
        const auto count = takeNumber(text, 0, 59);
        if (!count)
            return std::nullopt;
        span += *count * unit;
    }
    return negative ? -span : span;
}

} // namespace

std::optional<ZoneRule::Day> ZoneRule::takeDay(std::string_view &text)
{
    Day out;
    std::optional<int> day;
    if (take(text, 'M')) {
        out.kind = Day::Kind::WeekOfMonth;
        const auto month = takeNumber(text, 1, 12);
        const bool afterMonth = month && take(text, '.');
        const auto week = afterMonth ? takeNumber(text, 1, 5) : std::nullopt;
        const bool afterWeek = week && take(text, '.');
        day = afterWeek ? takeNumber(text, 0, 6) : std::nullopt;
        if (day) {
            out.month = *month;
            out.week = *week;
        }
    } else if (take(text, 'J')) {
        out.kind = Day::Kind::WithoutLeapDay;
        day = takeNumber(text, 1, 365);
    } else {
        out.kind = Day::Kind::OfYear;
        day = takeNumber(text, 0, 365);
    }
    if (!day)
        return std::nullopt;
    out.day = *day;
    out.time = hours(2);
    if (take(text, '/')) {
        const auto time = takeSpan(text);
        if (!time)
            return std::nullopt;
        out.time = *time;
    }
    return out;
}

std::optional<ZoneRule> ZoneRule::parse(std::string_view text)
{
    // The numbers are added to local time to get UTC; ours the other way round.
    ZoneRule rule;
    if (!takeName(text))
        return std::nullopt;
    const auto standard = takeSpan(text);
    if (!standard)
        return std::nullopt;
    rule.m_standard = -*standard;
    if (text.empty() || text[0] == ',')
        return rule;
    if (!takeName(text))
        return std::nullopt;
    rule.m_summer = rule.m_standard + hours(1);
    if (!text.empty() && text[0] != ',') {
        const auto summer = takeSpan(text);
        if (!summer)
            return std::nullopt;
        rule.m_summer = -*summer;
    }
    if (text.empty())
        text = ",M3.2.0,M11.1.0";
    if (!take(text, ',') && !take(text, ';'))
        return std::nullopt;
    const auto begin = takeDay(text);
    const bool between = begin && take(text, ',');
    const auto end = between ? takeDay(text) : std::nullopt;
    if (!end || !text.empty())
        return std::nullopt;
    rule.m_begin = *begin;
    rule.m_end = *end;
    rule.m_changes = true;
    return rule;
}

// In the time of the wall clock before the change.
seconds ZoneRule::sinceNewYear(const Day &day, std::chrono::year year)
{
    const sys_days newYear = year / January / 1;
    days since{0};
    switch (day.kind) {
    case Day::Kind::WithoutLeapDay:
        since = days(day.day - 1 + (year.is_leap() && day.day >= 60 ? 1 : 0));
        break;
    case Day::Kind::OfYear:
        since = days(day.day);
        break;
    case Day::Kind::WeekOfMonth: {
        const year_month ofYear = year / month(static_cast<unsigned>(day.month));
        const weekday which(static_cast<unsigned>(day.day));
        const sys_days last = ofYear / which[std::chrono::last];
        // The fifth is the last one, even where the month has but four.
        const sys_days counted = sys_days(ofYear / which[1]) + weeks(day.week - 1);
        since = std::min(counted, last) - newYear;
        break;
    }
    }
    return since + day.time;
}

seconds ZoneRule::offset(sys_seconds at) const
{
    if (!m_changes)
        return m_standard;
    const std::chrono::year year = year_month_day(floor<days>(at)).year();
    const seconds now = at - sys_seconds(sys_days(year / January / 1));
    seconds begin = sinceNewYear(m_begin, year) - m_standard;
    seconds end = sinceNewYear(m_end, year) - m_summer;
    seconds outside = m_standard;
    seconds inside = m_summer;
    // South of the equator summer goes over the turn of the year.
    if (end < begin) {
        std::swap(begin, end);
        std::swap(outside, inside);
    }
    return now < begin || now >= end ? outside : inside;
}

} // namespace fairlead::kinds::cron
