// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/families.h"

namespace fairlead::kinds {

namespace {

using enum Health;

// The API server's word of 1.30 and later, made of the job's conditions.
std::optional<Health> jobOfCells(const Cells &cells)
{
    const std::string_view status = cells.text("Status");
    if (status == "Complete")
        return Healthy;
    if (status == "Failed" || status == "FailureTarget")
        return Failed;
    if (status == "Suspended")
        return Idle;
    if (status == "Running" || status == "SuccessCriteriaMet" || status == "Terminating")
        return Progressing;
    // Older servers have no such column.
    const auto done = cells.ratio("Completions");
    return done && done->second > 0 && done->first >= done->second ? Healthy : Unknown;
}

std::optional<Health> jobOfFacts(const Facts &facts)
{
    if (facts.condition("Complete").holds())
        return Healthy;
    if (facts.condition("Failed").holds() || facts.condition("FailureTarget").holds())
        return Failed;
    return facts.flag("suspend") ? Idle : Progressing;
}

// SUSPEND is all that the row tells of how it goes.
std::optional<Health> cronJobOfCells(const Cells &cells)
{
    return cells.text("Suspend") == "True" || cells.text("Suspend") == "true" ? Idle : Healthy;
}

// The controller keeps two times; runs that still go on have not failed.
std::optional<Health> cronJobOfFacts(const Facts &facts)
{
    if (facts.flag("suspend"))
        return Idle;
    if (!facts.raw("active").empty() && facts.raw("active") != "[]")
        return Healthy;
    const auto started = parseTime(facts.text("lastScheduleTime"));
    const auto succeeded = parseTime(facts.text("lastSuccessfulTime"));
    if (started && (!succeeded || *succeeded < *started))
        return Degraded;
    return Healthy;
}

constexpr Fact jobFacts[] = {
    {"conditions", "/status/conditions"},
    {"suspend", "/spec/suspend"},
    {"startTime", "/status/startTime"},
    {"completionTime", "/status/completionTime"},
    {"active", "/status/active"},
    {"succeeded", "/status/succeeded"},
    {"failed", "/status/failed"},
    {"completions", "/spec/completions"},
    {"failedIndexes", "/status/failedIndexes"},
    {"activeDeadlineSeconds", "/spec/activeDeadlineSeconds"},
    {"parallelism", "/spec/parallelism"},
    {"ready", "/status/ready"},
    {"terminating", "/status/terminating"},
    {"completionMode", "/spec/completionMode"},
    {"completedIndexes", "/status/completedIndexes"},
    {"backoffLimit", "/spec/backoffLimit"},
    {"backoffLimitPerIndex", "/spec/backoffLimitPerIndex"},
    {"ttlSecondsAfterFinished", "/spec/ttlSecondsAfterFinished"},
    {"podFailurePolicy", "/spec/podFailurePolicy"},
    {"successPolicy", "/spec/successPolicy"},
};

constexpr Fact cronJobFacts[] = {
    {"schedule", "/spec/schedule"},
    {"timeZone", "/spec/timeZone"},
    {"suspend", "/spec/suspend"},
    {"concurrencyPolicy", "/spec/concurrencyPolicy"},
    {"active", "/status/active"},
    {"lastScheduleTime", "/status/lastScheduleTime"},
    {"lastSuccessfulTime", "/status/lastSuccessfulTime"},
    {"startingDeadlineSeconds", "/spec/startingDeadlineSeconds"},
    {"successfulJobsHistoryLimit", "/spec/successfulJobsHistoryLimit"},
    {"failedJobsHistoryLimit", "/spec/failedJobsHistoryLimit"},
};

constexpr DurationColumn jobDurations[] = {
    {.column = "Duration", .grows = DurationColumn::Grows::UntilDone, .fact = "startTime"},
    {.column = "Age"},
};

constexpr DurationColumn cronJobDurations[] = {
    {.column = "Last Schedule", .grows = DurationColumn::Grows::Always, .fact = "lastScheduleTime"},
    {.column = "Age"},
};

constexpr SortColumn jobSorts[] = {{"Completions", SortType::Ratio}};

constexpr KindKey pods[] = {{"", "pods"}};
constexpr KindKey jobs[] = {{"batch", "jobs"}};

constexpr Kind kinds[] = {
    {
        .id = {"batch", "jobs", "Job"},
        .group = Group::Workloads,
        .title = "Jobs",
        .icon = "job",
        .facts = jobFacts,
        .durations = jobDurations,
        .sorts = jobSorts,
        .healthOfCells = jobOfCells,
        .healthOfFacts = jobOfFacts,
        .words = {"Complete", "Running", "Waiting", "Failed", "Suspended", "Unknown"},
        .owns = pods,
        .podSpec = "/spec/template/spec",
    },
    {
        .id = {"batch", "cronjobs", "CronJob"},
        .group = Group::Workloads,
        .title = "Cron jobs",
        .icon = "cronjob",
        .facts = cronJobFacts,
        .durations = cronJobDurations,
        .healthOfCells = cronJobOfCells,
        .healthOfFacts = cronJobOfFacts,
        .words = {"Scheduled", "Running", "Last run failed", "Failed", "Suspended", "Unknown"},
        .owns = jobs,
        .podSpec = "/spec/jobTemplate/spec/template/spec",
    },
};

} // namespace

std::span<const Kind> jobKinds()
{
    return kinds;
}

} // namespace fairlead::kinds
