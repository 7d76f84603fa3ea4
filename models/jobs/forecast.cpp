// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/forecast.h"

#include <algorithm>
#include <utility>

namespace fairlead::jobs {

using namespace std::chrono;
using Outcome = ComingRun::Outcome;

namespace {

constexpr std::size_t hotFrom = 3;

void forbid(std::vector<ComingRun> &runs, const Planned &planned)
{
    const seconds usual = *planned.usual;
    std::optional<Moment> busyUntil;
    for (const Moment since : planned.running)
        busyUntil = std::max(busyUntil, std::optional<Moment>(since + usual));
    ComingRun *waiting = nullptr;
    // The last one that passed meanwhile starts as soon as the one before it has ended.
    const auto startWaiting = [&] {
        ComingRun &run = *std::exchange(waiting, nullptr);
        if (planned.plan->startingDeadline && *busyUntil > run.at + *planned.plan->startingDeadline)
            return;
        run.outcome = Outcome::Late;
        run.start = *busyUntil;
        run.end = run.start + usual;
        busyUntil = run.end;
    };
    for (ComingRun &run : runs) {
        while (waiting && *busyUntil < run.at)
            startWaiting();
        if (busyUntil && run.at < *busyUntil) {
            run.outcome = Outcome::Skipped;
            run.end.reset();
            waiting = &run;
            continue;
        }
        waiting = nullptr;
        busyUntil = run.end;
    }
    if (waiting)
        startWaiting();
}

void replace(std::vector<ComingRun> &runs, const Planned &planned)
{
    const auto goesOn = [&](Moment since, sys_seconds at) { return since + *planned.usual > at; };
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const bool overlaps =
            i > 0 ? goesOn(runs[i - 1].at, runs[i].at)
                  : std::any_of(planned.running.begin(), planned.running.end(), [&](Moment since) { return goesOn(since, runs[i].at); });
        if (!overlaps)
            continue;
        runs[i].outcome = Outcome::Replaces;
        if (i > 0) {
            runs[i - 1].killed = true;
            runs[i - 1].end = runs[i].at;
        }
    }
}

void keepFirst(Forecast &out, std::size_t most)
{
    std::stable_sort(out.runs.begin(), out.runs.end(), [](const ComingRun &a, const ComingRun &b) { return a.at < b.at; });
    out.cut = out.cut || out.runs.size() > most;
    out.runs.resize(std::min(out.runs.size(), most));
}

void markHot(std::vector<Minute> &all)
{
    if (all.empty())
        return;
    std::vector<std::size_t> counts;
    for (const Minute &each : all)
        counts.push_back(each.count);
    const auto middle = counts.begin() + std::ptrdiff_t(counts.size() / 2);
    std::nth_element(counts.begin(), middle, counts.end());
    for (Minute &each : all)
        each.hot = each.count >= hotFrom && each.count >= 2 * *middle;
}

} // namespace

Forecast forecast(std::span<const Planned> planned, Moment from, Moment until, std::size_t most)
{
    Forecast out;
    for (std::size_t i = 0; i < planned.size(); ++i) {
        const Planned &each = planned[i];
        if (!each.plan->runs())
            continue;
        std::vector<ComingRun> runs;
        // One more shows that there would be more.
        for (const sys_seconds at : each.plan->due(from, until, most + 1)) {
            runs.push_back({.planned = i, .at = at, .start = at, .end = {}});
            if (each.usual)
                runs.back().end = at + *each.usual;
        }
        if (each.usual && each.plan->policy == CronPlan::Policy::Forbid)
            forbid(runs, each);
        else if (each.usual && each.plan->policy == CronPlan::Policy::Replace)
            replace(runs, each);
        out.runs.insert(out.runs.end(), runs.begin(), runs.end());
        // What comes first is kept, of whichever it is.
        if (out.runs.size() > 2 * most)
            keepFirst(out, most);
    }
    keepFirst(out, most);
    for (const ComingRun &each : out.runs) {
        const sys_seconds minute = floor<minutes>(each.at);
        if (out.perMinute.empty() || out.perMinute.back().at != minute)
            out.perMinute.push_back({.at = minute});
        ++out.perMinute.back().count;
    }
    markHot(out.perMinute);
    return out;
}

} // namespace fairlead::jobs
