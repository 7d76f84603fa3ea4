// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/linetime.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace fairlead::logs {
namespace {

constexpr LineTime second = 1'000'000'000;

// `count` digits at `at`; -1: they are not.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    if (at + count > text.size())
        return -1;
    int value = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string written(LineTime time, bool fraction)
{
    const LineTime seconds = time / second - (time % second < 0 ? 1 : 0);
    const auto whole = static_cast<std::time_t>(seconds);
    std::tm parts{};
    gmtime_r(&whole, &parts);
    std::array<char, 40> out{};
    const std::size_t length = std::strftime(out.data(), out.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::string text(out.data(), length);
    if (fraction) {
        std::array<char, 16> rest{};
        std::snprintf(rest.data(), rest.size(), ".%09d", static_cast<int>(time - seconds * second));
        text += rest.data();
    }
    return text + "Z";
}

} // namespace

Stamp stampOf(std::string_view line)
{
    using namespace std::chrono;
    if (line.size() < 20 || line[4] != '-' || line[7] != '-' || line[10] != 'T' || line[13] != ':' || line[16] != ':')
        return {};
    const int y = digits(line, 0, 4);
    const int mo = digits(line, 5, 2);
    const int d = digits(line, 8, 2);
    const int h = digits(line, 11, 2);
    const int mi = digits(line, 14, 2);
    const int s = digits(line, 17, 2);
    if (y < 1970 || y > 2250 || mo < 0 || d < 0 || h < 0 || h > 23 || mi < 0 || mi > 59 || s < 0 || s > 60)
        return {};
    const year_month_day day{year(y), month(static_cast<unsigned>(mo)), std::chrono::day(static_cast<unsigned>(d))};
    if (!day.ok())
        return {};
    std::size_t at = 19;
    LineTime fraction = 0;
    if (line[at] == '.') {
        LineTime unit = second;
        for (++at; at < line.size() && line[at] >= '0' && line[at] <= '9' && unit > 1; ++at) {
            unit /= 10;
            fraction += unit * (line[at] - '0');
        }
    }
    if (at >= line.size())
        return {};
    LineTime offset = 0; // minutes
    if (line[at] == 'Z') {
        ++at;
    } else if (line[at] == '+' || line[at] == '-') {
        const int hours = digits(line, at + 1, 2);
        const int minutes = digits(line, at + 4, 2);
        if (hours < 0 || minutes < 0 || line[at + 3] != ':')
            return {};
        offset = (hours * 60 + minutes) * (line[at] == '-' ? -1 : 1);
        at += 6;
    } else {
        return {};
    }
    // A line without text may have lost its blank.
    if (at < line.size() && line[at] != ' ')
        return {};
    const LineTime days = sys_days(day).time_since_epoch().count();
    const LineTime seconds = ((days * 24 + h) * 60 + mi - offset) * 60 + s;
    return {seconds * second + fraction, at < line.size() ? at + 1 : at};
}

std::string sinceText(LineTime time)
{
    return written(time, false);
}

std::string stampText(LineTime time)
{
    return written(time, true);
}

} // namespace fairlead::logs
