// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/cronplan.h"

#include <algorithm>

namespace fairlead::jobs {

using namespace std::chrono;
using kinds::cron::Schedule;

namespace {

std::int64_t countOf(const kinds::Facts &facts, std::string_view fact, std::int64_t otherwise)
{
    return std::max<std::int64_t>(0, facts.integer(fact, otherwise));
}

} // namespace

std::string_view name(CronPlan::Policy policy)
{
    constexpr std::string_view words[] = {"Allow", "Forbid", "Replace"};
    return words[static_cast<std::size_t>(policy)];
}

std::vector<sys_seconds> CronPlan::due(Moment after, Moment until, std::size_t most) const
{
    std::vector<sys_seconds> times;
    if (!schedule)
        return times;
    Moment from = after;
    if (scheduleText.find("@every") != std::string::npos) {
        // A length of time has no place of its own in the day: it goes on from where it began.
        from = lastScheduled ? *lastScheduled : created.value_or(after);
        const auto first = schedule->next(from, zone);
        const auto second = first ? schedule->next(*first, zone) : std::nullopt;
        if (first && second && after >= *first) {
            const seconds every = *second - *first;
            from = *first + every * ((floor<seconds>(after) - *first) / every);
        }
    }
    for (auto at = schedule->next(from, zone); at && *at <= until && times.size() < most; at = schedule->next(*at, zone)) {
        if (*at > after)
            times.push_back(*at);
    }
    return times;
}

std::optional<sys_seconds> CronPlan::following(sys_seconds due) const
{
    return schedule ? schedule->next(due, zone) : std::nullopt;
}

std::optional<sys_seconds> CronPlan::next(Moment now) const
{
    if (!runs())
        return std::nullopt;
    const std::vector<sys_seconds> times = due(now, Moment::max(), 1);
    return times.empty() ? std::nullopt : std::optional(times.front());
}

std::string CronPlan::words() const
{
    return scheduleText + (zoneName.empty() ? "" : " in " + zoneName);
}

CronPlan cronPlanOf(const kinds::Facts &cronJob, const kinds::cron::ReadZoneFile &zones)
{
    CronPlan plan;
    plan.space = cronJob.row().space();
    plan.name = cronJob.row().name();
    plan.uid = cronJob.row().uid();
    plan.created = kinds::parseTime(cronJob.row().created());
    plan.deleting = !cronJob.row().deleted().empty();
    plan.scheduleText = cronJob.text("schedule");
    plan.zoneName = cronJob.text("timeZone");
    plan.suspended = cronJob.flag("suspend");
    const std::string policy = cronJob.text("concurrencyPolicy");
    plan.policy = policy == "Forbid" ? CronPlan::Policy::Forbid : policy == "Replace" ? CronPlan::Policy::Replace : CronPlan::Policy::Allow;
    if (!cronJob.raw("startingDeadlineSeconds").empty())
        plan.startingDeadline = seconds(countOf(cronJob, "startingDeadlineSeconds", 0));
    plan.lastScheduled = kinds::parseTime(cronJob.text("lastScheduleTime"));
    plan.lastSucceeded = kinds::parseTime(cronJob.text("lastSuccessfulTime"));
    plan.active = static_cast<std::int64_t>(cronJob.json("active").list().size());
    plan.keepsSucceeded = countOf(cronJob, "successfulJobsHistoryLimit", plan.keepsSucceeded);
    plan.keepsFailed = countOf(cronJob, "failedJobsHistoryLimit", plan.keepsFailed);

    if (auto schedule = Schedule::parse(plan.scheduleText))
        plan.schedule = *schedule;
    else
        plan.problem = "Its schedule cannot be read: " + schedule.error().message;
    if (!plan.zoneName.empty()) {
        if (auto zone = kinds::cron::zoneNamed(plan.zoneName, zones))
            plan.zone = std::move(*zone);
        else if (plan.problem.empty())
            plan.problem = "Its time zone is not known here: " + zone.error().message;
    }
    if (plan.problem.empty() && !plan.schedule->next(plan.created.value_or(Moment()), plan.zone))
        plan.problem = "Its schedule never comes due";
    return plan;
}

} // namespace fairlead::jobs
