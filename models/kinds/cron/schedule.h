// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "base/result.h"
#include "kinds/cron/zone.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fairlead::kinds::cron {

/// A cron job's spec.schedule, exactly as the controller reads it, its oddities included. A value. Thread: any.
/// Source: github.com/robfig/cron/v3 (parser.go, spec.go, constantdelay.go), as Kubernetes vendors it; tests/live/tst_cron_oracle compares.
class Schedule {
public:
    /// Five fields between blanks, "@hourly" and its like, "@every 1h30m". Refused as the API server refuses it: also with "TZ=" or "CRON_TZ="
    /// in it, which a new cron job may not have. An object from the time when it could is not read.
    /// Error: Code::Invalid; the message names the field, the remedy says what it may hold.
    [[nodiscard]] static Result<Schedule> parse(std::string_view text);

    /// The first time after `after`, on the second. None: the library finds none within its five years (February 30th), or the time would be
    /// beyond the year 9999, or the library would never return: where a zone left out a whole day, as Pacific/Apia did on 2011-12-30.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> next(Moment after, const Zone &zone) const;

private:
    std::optional<std::chrono::sys_seconds> nextOfFields(std::chrono::sys_seconds from, const Zone &zone) const;
    [[nodiscard]] bool hasDay(std::chrono::local_days day) const;
    [[nodiscard]] std::chrono::minutes toNextMinute(unsigned minute) const;
    [[nodiscard]] bool has(std::size_t field, unsigned value) const { return (m_fields[field] >> value & 1U) != 0; }

    std::array<std::uint64_t, 5> m_fields{}; ///< bits of values; minute, hour, day of month, month, day of week
    std::chrono::seconds m_every{0};         ///< above zero: instead of the fields
};

} // namespace fairlead::kinds::cron
