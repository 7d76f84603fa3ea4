// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"
#include "kinds/cron/schedule.h"
#include "kinds/facts.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::jobs {

using kinds::Moment;

/// What a cron job is going to do, as its controller reads it. A value; texts are the cluster's.
/// Not promised: that a controller that runs with another time zone than UTC is known; a cron job without spec.timeZone follows it.
struct CronPlan {
    enum class Policy : std::uint8_t { Allow, Forbid, Replace };

    std::string space;
    std::string name;
    std::string uid;
    std::string scheduleText;
    std::string zoneName; ///< empty: the controller's own
    std::optional<kinds::cron::Schedule> schedule;
    kinds::cron::Zone zone;
    std::string problem; ///< why it never runs, as a sentence: its schedule or its zone cannot be read
    Policy policy = Policy::Allow;
    bool suspended = false;
    bool deleting = false; ///< nothing of it is started any more
    std::optional<std::chrono::seconds> startingDeadline;
    std::optional<Moment> created;
    std::optional<Moment> lastScheduled;
    std::optional<Moment> lastSucceeded;
    std::int64_t active = 0;
    std::int64_t keepsSucceeded = 3; ///< how many ended runs it leaves in the cluster
    std::int64_t keepsFailed = 1;

    /// Neither suspended, nor going, nor unreadable.
    [[nodiscard]] bool runs() const { return schedule && problem.empty() && !suspended && !deleting; }
    /// Times that come due after `after`, up to `until` included, whether it runs or not; at most `most`. "@every" counts from the last run, or
    /// from the cron job's creation. Source: mostRecentScheduleTime of k8s.io/kubernetes pkg/controller/cronjob/utils.go.
    [[nodiscard]] std::vector<std::chrono::sys_seconds> due(Moment after, Moment until, std::size_t most) const;
    /// The one after one of those.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> following(std::chrono::sys_seconds due) const;
    /// The next one that it starts; none: it does not run, or its schedule never comes due again.
    [[nodiscard]] std::optional<std::chrono::sys_seconds> next(Moment now) const;
    /// "30 3 * * 1-5 in Europe/Vienna".
    [[nodiscard]] std::string words() const;
};

/// "Allow", "Forbid", "Replace".
[[nodiscard]] std::string_view name(CronPlan::Policy policy);

/// Of a cron job's facts. Thread: any.
[[nodiscard]] CronPlan cronPlanOf(const kinds::Facts &cronJob, const kinds::cron::ReadZoneFile &zones);

} // namespace fairlead::jobs
