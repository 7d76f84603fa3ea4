// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/run.h"

#include "jobs/annotations.h"
#include "jobs/backoff.h"
#include "jobs/policyrule.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace fairlead::jobs {

using namespace std::chrono;
using kube::Json;

namespace {

// The API server gives this limit to those that count by index.
constexpr std::int64_t unbounded = std::numeric_limits<std::int32_t>::max();

struct Conditions {
    explicit Conditions(const kinds::Facts &job)
        : all(job.json("conditions"))
    {
    }
    /// Null where it does not hold.
    [[nodiscard]] const Json *holding(std::string_view type) const
    {
        for (const Json &each : all.list()) {
            if (each["type"].text() == type && each["status"].text() == "True")
                return &each;
        }
        return nullptr;
    }
    Json all;
};

std::optional<std::int64_t> countOf(const kinds::Facts &job, std::string_view fact)
{
    if (job.raw(fact).empty() || job.raw(fact) == "null")
        return std::nullopt;
    return std::max<std::int64_t>(0, job.integer(fact));
}

IndexSet indexesOf(const kinds::Facts &job, std::string_view fact, Run &run)
{
    auto set = IndexSet::parse(job.text(fact));
    if (!set)
        run.oddity = "Its " + std::string(fact) + " cannot be read: " + job.text(fact);
    return set.value_or(IndexSet());
}

void readOwner(const kube::Row &row, Run &run)
{
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        const kube::Owner owner = row.owner(i);
        if (!owner.controller)
            continue;
        run.owner = std::string(owner.kind) + " " + std::string(owner.name);
        if (owner.kind != "CronJob" || !owner.apiVersion.starts_with("batch/"))
            continue;
        run.cronJob = owner.name;
        run.cronJobUid = owner.uid;
    }
    run.byHand = annotationOf(row, instantiateAnnotation) == "manual";
    run.scheduled = kinds::parseTime(annotationOf(row, scheduledAnnotation));
    if (!run.scheduled && !run.cronJob.empty() && !run.byHand)
        run.scheduled = scheduledOfName(run.name, run.cronJob);
}

void readState(const kinds::Facts &job, const Conditions &conditions, Run &run)
{
    const auto say = [&run](const Json &condition) {
        run.reason = condition["reason"].text();
        run.message = condition["message"].text();
    };
    if (const Json *const complete = conditions.holding("Complete")) {
        run.state = RunState::Succeeded;
        run.end = kinds::parseTime(job.text("completionTime"));
        if (!run.end)
            run.end = kinds::parseTime((*complete)["lastTransitionTime"].text());
        say(*complete);
    } else if (const Json *const failed = conditions.holding("Failed")) {
        run.state = RunState::Failed;
        run.end = kinds::parseTime((*failed)["lastTransitionTime"].text());
        say(*failed);
    } else if (const Json *const target = conditions.holding("FailureTarget")) {
        run.state = RunState::Ending;
        say(*target);
    } else if (const Json *const met = conditions.holding("SuccessCriteriaMet")) {
        run.state = RunState::Ending;
        say(*met);
    } else if (job.flag("suspend")) {
        run.state = RunState::Suspended;
    } else if (!run.start) {
        run.state = RunState::Waiting;
    } else if (run.active > 0) {
        run.state = RunState::Running;
    } else {
        run.state = run.failed > 0 ? RunState::Retrying : RunState::Waiting;
    }
}

void readTimes(const kinds::Facts &job, Run &run)
{
    if (const auto limit = countOf(job, "activeDeadlineSeconds"); limit && run.start && !run.hasEnded() && run.state != RunState::Suspended)
        run.deadline = *run.start + seconds(*limit);
    if (const auto kept = countOf(job, "ttlSecondsAfterFinished"); kept && run.end)
        run.removal = *run.end + seconds(*kept);
    if (run.start && run.end && *run.end < *run.start)
        run.oddity = "By its own times it ended before it started";
    else if (run.state == RunState::Succeeded && !run.start)
        run.oddity = "It has ended, and does not say when it started";
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many)
{
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

} // namespace

std::string_view name(RunState state)
{
    constexpr std::string_view words[] = {"succeeded", "failed", "running", "retrying", "waiting", "suspended", "ending", "killed", "unknown"};
    return words[static_cast<std::size_t>(state)];
}

std::optional<std::int64_t> BackOff::left() const
{
    if (!limit)
        return std::nullopt;
    return std::max<std::int64_t>(0, *limit - used);
}

std::optional<seconds> Run::length() const
{
    if (!hasEnded() || !start || !end || *end < *start)
        return std::nullopt;
    return floor<seconds>(*end - *start);
}

std::optional<Moment> Run::place() const
{
    return start ? start : scheduled ? scheduled : created;
}

std::optional<double> Run::progress() const
{
    if (!completions || *completions == 0)
        return std::nullopt;
    return std::min(1.0, static_cast<double>(succeeded) / static_cast<double>(*completions));
}

std::string Run::words() const
{
    std::string text(jobs::name(state));
    if (state == RunState::Failed || state == RunState::Waiting || state == RunState::Ending) {
        if (!reason.empty())
            text += ", " + reason;
    }
    if (!hasEnded() && completions.value_or(1) > 1)
        text += ", " + std::to_string(succeeded) + " of " + std::to_string(*completions);
    if (failed > 0)
        text += (state == RunState::Failed && !reason.empty() ? " after " : ", ") + counted(failed, "failed try", "failed tries");
    return text;
}

std::optional<Moment> scheduledOfName(std::string_view job, std::string_view cronJob)
{
    if (job.size() <= cronJob.size() + 1 || !job.starts_with(cronJob) || job[cronJob.size()] != '-')
        return std::nullopt;
    const std::string_view digits = job.substr(cronJob.size() + 1);
    std::int64_t minute = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), minute);
    // Ten digits of minutes are beyond the year 9999, and beyond what a controller has ever written.
    if (error != std::errc() || end != digits.data() + digits.size() || minute < 0 || digits.size() > 9)
        return std::nullopt;
    return Moment(minutes(minute));
}

Run runOf(const kinds::Facts &job)
{
    const kube::Row &row = job.row();
    Run run;
    run.space = row.space();
    run.name = row.name();
    run.uid = row.uid();
    run.created = kinds::parseTime(row.created());
    readOwner(row, run);
    run.start = kinds::parseTime(job.text("startTime"));
    run.completions = countOf(job, "completions");
    run.parallelism = countOf(job, "parallelism").value_or(1);
    run.succeeded = countOf(job, "succeeded").value_or(0);
    run.failed = countOf(job, "failed").value_or(0);
    run.active = countOf(job, "active").value_or(0);
    run.ready = countOf(job, "ready").value_or(0);
    run.terminating = countOf(job, "terminating").value_or(0);
    run.indexed = job.text("completionMode") == "Indexed";
    if (run.indexed) {
        run.completedIndexes = indexesOf(job, "completedIndexes", run);
        run.failedIndexes = indexesOf(job, "failedIndexes", run);
    }
    run.backOff.limit = countOf(job, "backoffLimit");
    if (run.backOff.limit == unbounded)
        run.backOff.limit.reset();
    run.backOff.perIndex = countOf(job, "backoffLimitPerIndex");
    run.backOff.used = run.failed;
    const Conditions conditions(job);
    readState(job, conditions, run);
    readTimes(job, run);
    run.rule = ruleThatFired(conditions.all, job.json("podFailurePolicy"), job.json("successPolicy"));
    return run;
}

void setAttempts(Run &run, std::vector<Attempt> attempts)
{
    std::sort(attempts.begin(), attempts.end(),
        [](const Attempt &a, const Attempt &b) { return a.created != b.created ? a.created < b.created : a.pod < b.pod; });
    run.attempts = std::move(attempts);
    run.backOff.used = run.failed;
    const Attempt *stuck = nullptr;
    bool started = run.succeeded > 0 || run.ready > 0;
    for (const Attempt &each : run.attempts) {
        if (!each.hasEnded())
            run.backOff.used += each.restarts;
        started = started || each.start;
        if (each.state == Attempt::State::Waiting && (!stuck || stuck->reason.empty()))
            stuck = &each;
    }
    if (run.state == RunState::Running && !started && stuck) {
        run.state = RunState::Waiting;
        run.reason = stuck->reason;
    }
    setNextRetry(run);
}

} // namespace fairlead::jobs
