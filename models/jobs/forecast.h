// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/cronplan.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace fairlead::jobs {

/// A cron job, and what is known of its runs. The plan outlives it.
struct Planned {
    const CronPlan *plan = nullptr;
    std::optional<std::chrono::seconds> usual; ///< how long a run takes; none: nothing is said of overlaps
    std::vector<Moment> running;               ///< since when its runs that go on do
};

/// A time that comes due, and what is likely to become of it.
struct ComingRun {
    enum class Outcome : std::uint8_t {
        Starts,
        Late,     ///< Forbid: only when the run before it has ended
        Skipped,  ///< Forbid: the run before it goes on for too long
        Replaces, ///< Replace: the run before it is killed
    };
    std::size_t planned = 0; ///< which of those that were given
    std::chrono::sys_seconds at;
    Outcome outcome = Outcome::Starts;
    Moment start; ///< not of Skipped
    std::optional<Moment> end;
    bool killed = false; ///< Replace: by the next one, before its end
};

struct Minute {
    std::chrono::sys_seconds at; ///< its first second
    std::size_t count = 0;       ///< of times that come due in it
    bool hot = false;            ///< at least three, and at least twice as many as in the middle one of all such minutes
};

struct Forecast {
    std::vector<ComingRun> runs;   ///< by time, then in the order in which they were given
    std::vector<Minute> perMinute; ///< only those with any
    bool cut = false;              ///< there would be more than `mostRuns`
};

inline constexpr std::size_t mostRuns = 200'000;

/// What comes due after `from`, up to `until` included, of all that run. When is certain, as far as nobody changes anything; what becomes of
/// an overlap is told from how long runs usually take. Of Forbid, the last of the times that passed meanwhile is started once the run before it
/// has ended, if its starting deadline lets it; the others are skipped. Pure. Thread: any.
/// Source: syncCronJob of k8s.io/kubernetes pkg/controller/cronjob/cronjob_controllerv2.go.
[[nodiscard]] Forecast forecast(std::span<const Planned> planned, Moment from, Moment until, std::size_t most = mostRuns);

} // namespace fairlead::jobs
