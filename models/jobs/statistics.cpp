// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/statistics.h"

#include <algorithm>

namespace fairlead::jobs {

using namespace std::chrono;

namespace {

constexpr std::size_t fewest = 4; // below it a median says little of what is usual

seconds atRank(const std::vector<seconds> &sorted, std::size_t percent)
{
    const std::size_t rank = (sorted.size() * percent + 99) / 100;
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

} // namespace

std::optional<Durations> durationsOf(std::vector<seconds> lengths)
{
    if (lengths.empty())
        return std::nullopt;
    std::sort(lengths.begin(), lengths.end());
    const std::size_t middle = lengths.size() / 2;
    return Durations{.count = lengths.size(),
        .shortest = lengths.front(),
        .lowerQuartile = atRank(lengths, 25),
        .median = lengths.size() % 2 == 1 ? lengths[middle] : (lengths[middle - 1] + lengths[middle]) / 2,
        .upperQuartile = atRank(lengths, 75),
        .longest = lengths.back()};
}

std::optional<Durations> durationsOf(std::span<const Run> runs)
{
    std::vector<seconds> lengths;
    for (const Run &each : runs) {
        if (const auto length = each.length(); length && each.state == RunState::Succeeded)
            lengths.push_back(*length);
    }
    return durationsOf(std::move(lengths));
}

std::optional<double> Outcomes::successRate() const
{
    if (succeeded + failed == 0)
        return std::nullopt;
    return static_cast<double>(succeeded) / static_cast<double>(succeeded + failed);
}

Outcomes outcomesOf(std::span<const Run> runs)
{
    Outcomes outcomes;
    for (const Run &each : runs) {
        outcomes.succeeded += each.state == RunState::Succeeded ? 1 : 0;
        outcomes.failed += each.state == RunState::Failed ? 1 : 0;
        outcomes.killed += each.state == RunState::Killed ? 1 : 0;
    }
    return outcomes;
}

std::optional<std::string> outlierWords(seconds length, const Durations &usual)
{
    if (usual.count < fewest || usual.median <= seconds(0) || length < 2 * usual.median)
        return std::nullopt;
    const seconds fence = usual.upperQuartile + (usual.upperQuartile - usual.lowerQuartile) * 3 / 2;
    if (length <= fence)
        return std::nullopt;
    const auto tenths = (length.count() * 10 + usual.median.count() / 2) / usual.median.count();
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " × its median";
}

std::optional<Estimate> estimateEnd(const Run &run, const std::optional<Durations> &earlier, Moment now)
{
    if (run.hasEnded() || !run.start || run.state == RunState::Suspended || run.state == RunState::Waiting)
        return std::nullopt;
    Estimate estimate;
    std::vector<seconds> tries;
    for (const Attempt &each : run.attempts) {
        if (const auto length = each.length(); length && each.state == Attempt::State::Succeeded)
            tries.push_back(*length);
    }
    const auto own = durationsOf(std::move(tries));
    const std::int64_t left = run.completions.value_or(0) - run.succeeded;
    if (own && left > 0) {
        const std::int64_t atOnce = std::max<std::int64_t>(1, run.parallelism);
        const std::int64_t rounds = (left + atOnce - 1) / atOnce;
        // The pods of the first round are under way.
        const auto after = [&](seconds length) { return now + length * std::max<std::int64_t>(rounds - 1, 0); };
        estimate = {
            after(own->lowerQuartile) + own->lowerQuartile / 2, after(own->median) + own->median / 2, after(own->upperQuartile) + own->upperQuartile};
    } else if (earlier && *run.start + earlier->longest >= now) {
        estimate = {*run.start + earlier->lowerQuartile, *run.start + earlier->median, *run.start + earlier->upperQuartile};
        if (estimate.likely < now)
            estimate.likely = estimate.late = *run.start + earlier->longest;
    } else {
        return std::nullopt;
    }
    estimate.early = std::max(estimate.early, now);
    estimate.likely = std::max(estimate.likely, estimate.early);
    estimate.late = std::max(estimate.late, estimate.likely);
    return estimate;
}

} // namespace fairlead::jobs
