// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cron/schedule.h"
#include "kinds/findings/families.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

using namespace std::chrono;
using kube::Json;
using Entry = Inventory::Entry;

constexpr KindKey jobs{"batch", "jobs"};
constexpr KindKey cronJobs{"batch", "cronjobs"};

std::string whyFailed(const Facts &job, const Json &failed)
{
    const std::string_view reason = failed["reason"].text();
    if (reason == "BackoffLimitExceeded") {
        const std::int64_t tries = job.integer("failed");
        return "It gave up after " + counted(tries, "failed try", "failed tries");
    }
    if (reason == "DeadlineExceeded")
        return "It was stopped at its deadline of " + formatAge(seconds(job.integer("activeDeadlineSeconds")));
    if (reason == "FailedIndexes" || reason == "MaxFailedIndexesExceeded")
        return "Some of its indexes failed: " + job.text("failedIndexes");
    if (reason == "PodFailurePolicy")
        return "It was given up by its pod failure policy";
    return reason.empty() ? "It failed" : "It failed (" + std::string(reason) + ")";
}

// A run of a cron job is judged by the last one that ended: what failed before that and went well since is mended.
bool isMended(const Entry &job, const std::optional<Moment> &ended, const Inventory &inventory)
{
    const Entry *const owner = inventory.controllerOf(job);
    if (!owner)
        return false;
    if (const auto succeeded = parseTime(owner->facts().text("lastSuccessfulTime")); succeeded && ended && *succeeded > *ended)
        return true;
    for (const Entry &other : inventory.all(jobs)) {
        if (other.row != job.row && inventory.controllerOf(other) == owner) {
            const Json complete = conditionOf(other.facts(), "Complete");
            const auto at = parseTime(complete["lastTransitionTime"].text());
            if (complete["status"].text() == "True" && at && ended && *at > *ended)
                return true;
        }
    }
    return false;
}

void jobFailed(const Entry &job, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = job.facts();
    const Json failed = conditionOf(facts, "Failed");
    if (failed["status"].text() != "True" || !job.row->deleted().empty())
        return;
    const auto since = parseTime(failed["lastTransitionTime"].text());
    if (isMended(job, since, inventory))
        return;
    Finding finding{.id = "job-failed", .object = inventory.topOwnerOf(job), .reason = whyFailed(facts, failed), .since = since};
    const bool own = finding.object.name == job.row->name() && finding.object.kind == "Job";
    if (!own)
        finding.reason = "Its last run failed: " + finding.reason;
    finding.evidence.push_back((own ? "" : "job " + std::string(job.row->name()) + ": ") + said(failed["reason"].text(), failed["message"].text()));
    into.push_back(std::move(finding));
}

// It should run, and has no pod that does, for minutes. (Pods that are in trouble are found themselves.)
void jobStalled(const Entry &job, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = job.facts();
    for (const char *const type : {"Complete", "Failed", "FailureTarget", "SuccessCriteriaMet", "Suspended"}) {
        if (facts.condition(type).holds())
            return;
    }
    const auto created = parseTime(job.row->created());
    if (facts.flag("suspend") || !job.row->deleted().empty() || facts.integer("active") > 0 || facts.raw("parallelism") == "0" ||
        !isOlder(created, inventory.now(), minutes(5)))
        return;
    Finding finding{.id = "job-stalled", .object = inventory.topOwnerOf(job), .reason = "It has not ended, and no pod of it runs", .since = created};
    finding.evidence.push_back(
        "active 0, succeeded " + std::to_string(facts.integer("succeeded")) + " of " + std::to_string(facts.integer("completions", 1)));
    for (const Inventory::Event &each : inventory.eventsOf(job)) {
        if (each.warning) {
            finding.evidence.push_back(said(each.reason, each.message));
            break;
        }
    }
    into.push_back(std::move(finding));
}

// The controller is late by moments; two minutes are a run that was not made.
constexpr seconds lateness = minutes(2);
// From here on it says "too many missed" itself.
constexpr int mostMissed = 100;

void cronMissed(const Entry &cronJob, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = cronJob.facts();
    if (facts.flag("suspend") || !cronJob.row->deleted().empty())
        return;
    const auto schedule = cron::Schedule::parse(facts.text("schedule"));
    const std::string zoneName = facts.text("timeZone");
    const auto zone = zoneName.empty() ? Result<cron::Zone>(cron::Zone()) : cron::zoneNamed(zoneName, inventory.zones());
    const auto last = parseTime(facts.text("lastScheduleTime"));
    const auto earliest = last ? last : parseTime(cronJob.row->created());
    if (!schedule || !zone || !earliest)
        return; // from the time when other schedules were taken, or of a zone that this machine does not know
    const std::string written = "schedule " + facts.text("schedule") + (zoneName.empty() ? "" : " in " + zoneName);
    const auto due = schedule->next(*earliest, *zone);
    if (!due) {
        into.push_back({.id = "cron-never",
            .severity = Finding::Severity::Risk,
            .object = Inventory::nameOf(cronJob),
            .reason = "Its schedule never comes due",
            .evidence = {written}});
        return;
    }
    if (*due + lateness > inventory.now())
        return;
    // One that may not overlap waits for the run before it: that is its policy, not a fault.
    const bool running = !facts.raw("active").empty() && facts.raw("active") != "[]";
    if (running && facts.text("concurrencyPolicy") == "Forbid")
        return;
    int missed = 0;
    for (std::optional<sys_seconds> at = due; at && *at + lateness <= inventory.now() && missed < mostMissed; at = schedule->next(*at, *zone))
        ++missed;
    Finding finding{.id = "cron-missed",
        .object = Inventory::nameOf(cronJob),
        .reason =
            (missed == mostMissed ? "At least " : "") + counted(missed, "run that was due was not started", "runs that were due were not started"),
        .since = *due};
    finding.evidence = {written, "first missed " + zone->text(*due), last ? "last started " + facts.text("lastScheduleTime") : "never started"};
    for (const Inventory::Event &each : inventory.eventsOf(cronJob)) {
        if (each.warning) {
            finding.evidence.push_back(said(each.reason, each.message));
            break;
        }
    }
    into.push_back(std::move(finding));
}

constexpr FindingRule rules[] = {
    {"job-failed", jobs, {}, jobFailed},
    {"job-stalled", jobs, {}, jobStalled},
    {"cron-missed", cronJobs, {}, cronMissed},
};

} // namespace

std::span<const FindingRule> jobRules()
{
    return rules;
}

} // namespace fairlead::kinds
