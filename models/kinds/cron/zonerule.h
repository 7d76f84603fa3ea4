// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fairlead::kinds::cron {

/// What holds after the last change-over that a zone file lists: "CET-1CEST,M3.5.0,M10.5.0/3". A value. Thread: any.
/// Source: tzset and its helpers of Go's time/zoneinfo.go; RFC 9636, section 3.3.
class ZoneRule {
public:
    /// None for what Go does not read; then the zone's last change-over holds for ever.
    [[nodiscard]] static std::optional<ZoneRule> parse(std::string_view text);

    /// East of UTC.
    [[nodiscard]] std::chrono::seconds offset(std::chrono::sys_seconds at) const;

private:
    struct Day {
        enum class Kind : std::uint8_t { WithoutLeapDay, OfYear, WeekOfMonth };
        Kind kind = Kind::WithoutLeapDay;
        int day = 0;
        int week = 0;
        int month = 1;
        std::chrono::seconds time{0};
    };

    static std::optional<Day> takeDay(std::string_view &text);
    static std::chrono::seconds sinceNewYear(const Day &day, std::chrono::year year);

    std::chrono::seconds m_standard{0};
    std::chrono::seconds m_summer{0};
    bool m_changes = false;
    Day m_begin;
    Day m_end;
};

} // namespace fairlead::kinds::cron
