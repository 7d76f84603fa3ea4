// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/backoff.h"

#include <algorithm>
#include <map>

namespace fairlead::jobs {

using namespace std::chrono;

namespace {

constexpr seconds first(10);
constexpr seconds longest(minutes(10));

/// Pods that should be there, by what is left to be done.
std::int64_t wanted(const Run &run)
{
    if (!run.completions)
        return run.succeeded > 0 ? run.active : run.parallelism;
    const std::int64_t left = *run.completions - run.succeeded - (run.backOff.perIndex ? run.failedIndexes.size() : 0);
    return std::clamp<std::int64_t>(left, 0, run.parallelism);
}

void byFailuresInARow(Run &run)
{
    std::optional<Moment> lastSuccess;
    for (const Attempt &each : run.attempts) {
        if (each.state == Attempt::State::Succeeded && (!lastSuccess || each.end > lastSuccess))
            lastSuccess = each.end;
    }
    std::int64_t failures = 0;
    std::optional<Moment> lastFailure;
    for (const Attempt &each : run.attempts) {
        if (each.state != Attempt::State::Failed || !each.end || (lastSuccess && *each.end <= *lastSuccess))
            continue;
        ++failures;
        lastFailure = std::max(lastFailure, each.end);
    }
    if (lastFailure)
        run.backOff.nextRetry = *lastFailure + backOffAfter(failures);
}

void byIndex(Run &run)
{
    std::map<std::int64_t, const Attempt *> last;
    for (const Attempt &each : run.attempts) {
        if (each.index && !run.completedIndexes.has(*each.index) && !run.failedIndexes.has(*each.index))
            last[*each.index] = &each; // by creation: the newest stays
    }
    for (const auto &[index, attempt] : last) {
        if (attempt->state != Attempt::State::Failed || !attempt->end)
            continue;
        const Moment at = *attempt->end + backOffAfter(attempt->failuresBefore + 1);
        if (!run.backOff.nextRetry || at < *run.backOff.nextRetry) {
            run.backOff.nextRetry = at;
            run.backOff.retryIndex = index;
        }
    }
}

} // namespace

seconds backOffAfter(std::int64_t failures)
{
    if (failures <= 0)
        return seconds(0);
    seconds wait = first;
    for (std::int64_t i = 1; i < failures && wait < longest; ++i)
        wait *= 2;
    return std::min(wait, longest);
}

void setNextRetry(Run &run)
{
    run.backOff.nextRetry.reset();
    run.backOff.retryIndex.reset();
    if (run.hasEnded() || run.state == RunState::Suspended || run.state == RunState::Ending || run.active >= wanted(run))
        return;
    if (run.backOff.perIndex)
        byIndex(run);
    else
        byFailuresInARow(run);
}

} // namespace fairlead::jobs
