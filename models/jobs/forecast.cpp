// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/forecast.h"

#include <algorithm>
#include <functional>
#include <queue>
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

// The times of all, by time, one by one.
class DueTimes {
public:
    DueTimes(std::span<const Planned> planned, Moment from, Moment until)
        : m_planned(planned)
        , m_until(until)
    {
        for (std::size_t i = 0; i < planned.size(); ++i) {
            if (!planned[i].plan->runs())
                continue;
            const auto first = planned[i].plan->due(from, until, 1);
            if (!first.empty())
                m_next.emplace(first.front(), i);
        }
    }

    [[nodiscard]] bool ended() const { return m_next.empty(); }
    std::pair<sys_seconds, std::size_t> take()
    {
        const auto first = m_next.top();
        m_next.pop();
        const auto following = m_planned[first.second].plan->following(first.first);
        if (following && *following <= m_until)
            m_next.emplace(*following, first.second);
        return first;
    }

private:
    using Due = std::pair<sys_seconds, std::size_t>;
    std::span<const Planned> m_planned;
    Moment m_until;
    std::priority_queue<Due, std::vector<Due>, std::greater<>> m_next; ///< one of each
};

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
    std::vector<std::vector<ComingRun>> runs(planned.size());
    std::vector<std::size_t> wanted(planned.size()); // how many of each there are
    const auto add = [&](const std::pair<sys_seconds, std::size_t> &due) {
        const auto &[at, i] = due;
        runs[i].push_back({.planned = i, .at = at, .start = at, .end = {}});
        if (planned[i].usual)
            runs[i].back().end = at + *planned[i].usual;
    };
    DueTimes due(planned, from, until);
    for (std::size_t count = 0; count < most && !due.ended(); ++count) {
        const auto next = due.take();
        add(next);
        ++wanted[next.second];
    }
    out.cut = !due.ended();
    for (std::size_t i = 0; i < planned.size(); ++i) {
        const Planned &each = planned[i];
        if (!each.usual || runs[i].empty() || each.plan->policy == CronPlan::Policy::Allow)
            continue;
        // What becomes of the last one hangs on the next one after it.
        if (const auto next = out.cut ? each.plan->following(runs[i].back().at) : std::nullopt; next && *next <= until)
            add({*next, i});
        if (each.plan->policy == CronPlan::Policy::Forbid)
            forbid(runs[i], each);
        else
            replace(runs[i], each);
    }
    for (std::size_t i = 0; i < planned.size(); ++i)
        out.runs.insert(out.runs.end(), runs[i].begin(), runs[i].begin() + std::ptrdiff_t(wanted[i]));
    std::stable_sort(out.runs.begin(), out.runs.end(), [](const ComingRun &a, const ComingRun &b) { return a.at < b.at; });
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
