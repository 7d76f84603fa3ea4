// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/runtrack.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::logs {
namespace {

// The status cuts an end to its second, and a busy node stamps the last lines a little after it.
constexpr LineTime endsWithin = 2'000'000'000;

LineTime lineTime(Moment time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

} // namespace

void RunTrack::clear()
{
    *this = {};
}

void RunTrack::begin(const Run &run)
{
    clear();
    m_id = run.id;
    m_number = run.number;
}

void RunTrack::pass()
{
    const std::string id = std::exchange(m_id, {});
    clear();
    m_past = id;
}

void RunTrack::learn(const Container &known, bool previous)
{
    if (m_id.empty()) {
        const std::string &id = previous ? (known.before ? known.before->id : m_id) : known.currentRun();
        if (!id.empty() && id != m_past)
            m_id = id;
    }
    if (!m_id.empty() && known.currentRun() == m_id)
        m_number = known.restarts;
    else if (!m_id.empty() && known.before && known.before->id == m_id)
        m_number = known.restarts - 1;
    const auto take = [this](const std::optional<Ending> &ending) {
        if (ending && ending->id == m_id)
            m_ending = ending;
    };
    take(previous ? known.before : known.ending);
    if (!m_id.empty())
        take(known.before);
    // Lines from after its end: the node had begun the next run already when it was asked.
    if (m_ending && m_ending->finishedAt && m_newest >= lineTime(*m_ending->finishedAt) + endsWithin) {
        const LineTime newest = m_newest;
        pass();
        m_newest = newest;
        if (const std::string &id = known.currentRun(); !id.empty() && id != m_past)
            learn(known, previous);
    }
}

bool RunTrack::isOver(const Container &known) const
{
    return m_ending || (!m_id.empty() && !known.currentRun().empty() && known.currentRun() != m_id);
}

RunTrack::Where RunTrack::where(const Container &known) const
{
    if (known.currentRun() == m_id)
        return Where::Current;
    return known.before && known.before->id == m_id ? Where::Previous : Where::Gone;
}

std::optional<RunTrack::Run> RunTrack::next(const Container &known) const
{
    const std::string &current = known.currentRun();
    if (current.empty() || current == m_id)
        return std::nullopt;
    const auto unseen = [this](int number) { return m_number < 0 ? 0 : std::max(0, number - m_number - 1); };
    const std::optional<Ending> &before = known.before;
    if (before && !before->id.empty() && before->id != current && before->id != m_id && known.restarts - 1 > m_number && m_number >= 0)
        return Run{before->id, known.restarts - 1, before->startedAt, Where::Previous, unseen(known.restarts - 1)};
    const std::optional<Moment> started = known.stage == Container::Stage::Running ? known.startedAt : known.ending->startedAt;
    return Run{current, known.restarts, started, Where::Current, unseen(known.restarts)};
}

} // namespace fairlead::logs
