// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/attempt.h"

#include "jobs/annotations.h"

#include <algorithm>
#include <charconv>

namespace fairlead::jobs {

using kube::Json;
using std::chrono::floor;
using std::chrono::seconds;

namespace {

// Go's Atoi takes a sign; a negative count is none.
std::int64_t countOf(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0 ? number : 0;
}

void readContainers(const Json &statuses, Attempt &into, bool &allEnded)
{
    for (const Json &each : statuses.list()) {
        into.restarts += each["restartCount"].integer();
        const Json &ended = each["state"]["terminated"];
        const Json &running = each["state"]["running"];
        const bool hasEnded = ended.type() == Json::Type::Map;
        const bool runs = running.type() == Json::Type::Map;
        if (const auto start = kinds::parseTime((hasEnded ? ended : running)["startedAt"].text()); start && (!into.start || *start < *into.start))
            into.start = start;
        const auto end = kinds::parseTime(ended["finishedAt"].text());
        allEnded = allEnded && hasEnded && end;
        if (end && (!into.end || *end > *into.end))
            into.end = end;
        if (!hasEnded && !runs && into.reason.empty())
            into.reason = each["state"]["waiting"]["reason"].text();
        // The one that failed is to blame; of one that runs again, how it ended before.
        const Json &exit = hasEnded ? ended : each["lastState"]["terminated"];
        if (exit.type() != Json::Type::Map)
            continue;
        const std::int64_t code = exit["exitCode"].integer();
        if (!into.exitCode || (*into.exitCode == 0 && code != 0)) {
            into.exitCode = code;
            into.container = each["name"].text();
            if (const std::string_view reason = exit["reason"].text(); hasEnded && !reason.empty())
                into.reason = reason;
        }
    }
}

} // namespace

std::optional<seconds> Attempt::length() const
{
    if (!start || !end || *end < *start)
        return std::nullopt;
    return floor<seconds>(*end - *start);
}

std::string_view name(Attempt::State state)
{
    constexpr std::string_view words[] = {"waiting", "running", "succeeded", "failed", "gone", "unknown"};
    return words[static_cast<std::size_t>(state)];
}

Attempt attemptOf(const kinds::Facts &pod)
{
    const kube::Row &row = pod.row();
    Attempt attempt;
    attempt.pod = row.name();
    attempt.uid = row.uid();
    attempt.created = kinds::parseTime(row.created());
    attempt.node = pod.text("nodeName");
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        const kube::Owner owner = row.owner(i);
        if (owner.controller && owner.kind == "Job" && owner.apiVersion.starts_with("batch/"))
            attempt.jobUid = owner.uid;
    }
    if (const std::string_view index = annotationOf(row, completionIndexAnnotation); !index.empty())
        attempt.index = countOf(index);
    attempt.failuresBefore = countOf(annotationOf(row, failureCountAnnotation)) + countOf(annotationOf(row, ignoredFailureCountAnnotation));

    bool allEnded = true;
    const Json containers = pod.json("containerStatuses");
    readContainers(containers, attempt, allEnded);
    // A pod that never got past its init containers failed by one of them.
    if (!attempt.exitCode || attempt.exitCode == 0) {
        Attempt init;
        bool unused = true;
        readContainers(pod.json("initContainerStatuses"), init, unused);
        if (init.exitCode.value_or(0) != 0) {
            attempt.exitCode = init.exitCode;
            attempt.container = init.container;
            attempt.reason = init.reason;
        }
        if (init.start && (!attempt.start || *init.start < *attempt.start))
            attempt.start = init.start;
        attempt.restarts += init.restarts;
    }

    const std::string phase = pod.text("phase");
    attempt.state = phase == "Succeeded" ? Attempt::State::Succeeded
                    : phase == "Failed"  ? Attempt::State::Failed
                    : phase == "Running" ? Attempt::State::Running
                    : phase == "Pending" ? Attempt::State::Waiting
                                         : Attempt::State::Unknown;
    if (!attempt.hasEnded()) {
        attempt.end.reset();
        return attempt;
    }
    if (containers.list().empty() || !allEnded) {
        attempt.end.reset();
        const Json conditions = pod.json("conditions");
        for (const Json &each : conditions.list()) {
            if (each["type"].text() == "Ready" && each["status"].text() == "False")
                attempt.end = kinds::parseTime(each["lastTransitionTime"].text());
        }
        if (!attempt.end)
            attempt.end = kinds::parseTime(row.deleted());
        if (!attempt.end)
            attempt.end = attempt.created;
    }
    if (attempt.state == Attempt::State::Failed) {
        if (const std::string why = pod.text("reason"); !why.empty())
            attempt.reason = why;
        else if (const kinds::Condition disrupted = pod.condition("DisruptionTarget"); disrupted.holds())
            attempt.reason = disrupted.reason;
    }
    return attempt;
}

} // namespace fairlead::jobs
