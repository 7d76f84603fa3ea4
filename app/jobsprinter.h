// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "jobs/forecast.h"
#include "jobs/jobtimeline.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::app {

// What `fairlead jobs` prints: tables for people, ages counted to `now`; JSON for programs, times RFC 3339 in UTC, what is not known null.
// Thread: any; no state.

/// Cron jobs, and jobs that stand alone, one line each.
[[nodiscard]] std::string lanesTable(std::span<const jobs::Lane *const> lanes, Moment now);
[[nodiscard]] std::string lanesJson(std::span<const jobs::Lane *const> lanes, Moment now);

struct RunOfLane {
    const jobs::Lane *lane = nullptr;
    const jobs::Run *run = nullptr;
};
/// Runs, one line each.
[[nodiscard]] std::string runsTable(std::span<const RunOfLane> runs, Moment now);
[[nodiscard]] std::string runsJson(std::span<const RunOfLane> runs, Moment now);
/// One run: what there is to say of it, then its tries.
[[nodiscard]] std::string runText(const RunOfLane &run, Moment now);
[[nodiscard]] std::string runJson(const RunOfLane &run, Moment now);

[[nodiscard]] std::string forecastTable(const jobs::Forecast &forecast, std::span<const jobs::Planned> planned);
/// {runs: [{cronJob, namespace, at}], perMinute: [{at, count}]}: every time that comes due.
[[nodiscard]] std::string forecastJson(const jobs::Forecast &forecast, std::span<const jobs::Planned> planned);
/// A calendar, one event for each run that is not skipped; as long as such runs usually are. Source: RFC 5545.
[[nodiscard]] std::string forecastCalendar(const jobs::Forecast &forecast, std::span<const jobs::Planned> planned, Moment now);

} // namespace fairlead::app
