// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/lanerows.h"

#include "ui/jobs/runlook.h"
#include "ui/widgets/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::ComingRun;
using jobs::Lane;
using jobs::Moment;
using jobs::Run;

namespace {

constexpr std::size_t mostComing = 10'000;
constexpr milliseconds hatchedUpTo = hours(24 * 2); // beyond it stretches of single runs are narrower than their hatch
constexpr std::size_t soon = 3;

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::LaneRows", text);
}

jobs::Planned plannedOf(const Lane &lane)
{
    jobs::Planned planned{.plan = &*lane.plan, .usual = {}, .running = {}};
    if (lane.durations)
        planned.usual = lane.durations->median;
    for (const Run &run : lane.runs) {
        if (!run.hasEnded() && run.start)
            planned.running.push_back(*run.start);
    }
    return planned;
}

bool isUsual(const ComingRun &run)
{
    return run.outcome == ComingRun::Outcome::Starts && !run.killed;
}

QString countWords(std::size_t cron, std::size_t single)
{
    const QString crons = cron == 1 ? tr("1 cron job") : tr("%1 cron jobs").arg(grouped(qsizetype(cron)));
    const QString singles = single == 1 ? tr("1 job") : tr("%1 jobs").arg(grouped(qsizetype(single)));
    return single == 0 ? crons : cron == 0 ? singles : crons + QStringLiteral(", ") + singles;
}

void addRuns(TimelineRow &row, const std::vector<const Run *> &runs)
{
    for (const Run *const each : runs) {
        const auto place = each->place();
        if (place)
            row.runs.push_back(each);
    }
}

// Sorted, and how far each reaches: what the painter finds its first run by.
void finish(TimelineRow &row)
{
    if (row.folded)
        std::stable_sort(row.runs.begin(), row.runs.end(), [](const Run *a, const Run *b) { return *a->place() < *b->place(); });
    row.latest.reserve(row.runs.size());
    Moment latest = Moment::min();
    for (const Run *const each : row.runs) {
        latest = std::max(latest, each->hasEnded() ? std::max(each->end.value_or(*each->place()), *each->place()) : Moment::max());
        row.latest.push_back(latest);
    }
}

} // namespace

bool overlapsSoon(const Lane &lane, Moment now)
{
    if (!lane.plan || !lane.plan->runs() || lane.plan->policy == jobs::CronPlan::Policy::Allow || !lane.durations)
        return false;
    const auto due = lane.plan->due(now, now + hours(24 * 30), soon);
    if (due.empty())
        return false;
    const jobs::Planned planned = plannedOf(lane);
    const jobs::Forecast coming = jobs::forecast({&planned, 1}, now, due.back(), soon);
    return std::any_of(coming.runs.begin(), coming.runs.end(), [](const ComingRun &run) { return !isUsual(run); });
}

void LaneRows::setGrouping(Grouping grouping)
{
    if (m_grouping == grouping)
        return;
    m_grouping = grouping;
    m_folded.clear();
}

void LaneRows::fold(const std::string &group, bool folded)
{
    if (folded)
        m_folded.insert(group);
    else
        m_folded.erase(group);
}

void LaneRows::addPlace(std::vector<Place> &out, std::size_t number) const
{
    const Lane &lane = *m_lanes[number];
    std::vector<const Run *> all;
    for (const Run &each : lane.runs)
        all.push_back(&each);
    if (m_grouping == Grouping::Space) {
        out.push_back({lane.space, QString::fromStdString(lane.space), number, std::move(all)});
        return;
    }
    if (m_grouping == Grouping::Owner) {
        const std::string owner = lane.cron || lane.runs.empty() ? std::string() : lane.runs.front().owner;
        if (lane.cron)
            out.push_back({"1", tr("Cron jobs"), number, std::move(all)});
        else if (owner.empty())
            out.push_back({"3", tr("Jobs that nobody owns"), number, std::move(all)});
        else
            out.push_back({"2" + owner, QString::fromStdString(owner), number, std::move(all)});
        return;
    }
    // On each node the runs that had a pod there; the empty name stands for those of which none is known.
    std::map<std::string, std::vector<const Run *>> byNode;
    for (const Run *const run : all) {
        std::set<std::string> nodes;
        for (const jobs::Attempt &each : run->attempts)
            nodes.insert(each.node);
        if (nodes.size() > 1)
            nodes.erase(std::string());
        if (nodes.empty())
            nodes.insert(std::string());
        for (const std::string &node : nodes)
            byNode[node].push_back(run);
    }
    if (byNode.empty() || (lane.plan && lane.plan->runs()))
        (void)byNode[std::string()];
    for (auto &[node, runs] : byNode) {
        // Last in the order, whatever nodes are called.
        if (node.empty())
            out.push_back({"2", tr("No node is known"), number, std::move(runs)});
        else
            out.push_back({"1" + node, QString::fromStdString(node), number, std::move(runs), false});
    }
}

std::vector<LaneRows::Place> LaneRows::places() const
{
    std::vector<Place> out;
    for (std::size_t i = 0; i < m_lanes.size(); ++i)
        addPlace(out, i);
    std::stable_sort(out.begin(), out.end(), [](const Place &a, const Place &b) { return a.group < b.group; });
    return out;
}

void LaneRows::build(const jobs::JobTimeline *timeline, Moment now)
{
    m_rows.clear();
    m_minutes.clear();
    m_lanes.clear();
    m_coming.clear();
    m_shown.clear();
    if (!timeline)
        return;
    for (const auto &[key, lane] : timeline->lanes()) {
        if (!m_wanted || m_wanted(lane))
            m_lanes.push_back(&lane);
    }
    m_coming.resize(m_lanes.size());
    std::size_t heading = 0;
    std::size_t cron = 0;
    std::size_t single = 0;
    const auto endGroup = [&] {
        if (m_rows.empty())
            return;
        m_rows[heading].note = countWords(cron, single);
        if (m_rows[heading].folded)
            finish(m_rows[heading]);
        cron = single = 0;
    };
    for (const Place &place : places()) {
        if (m_rows.empty() || m_rows[heading].group != place.group) {
            endGroup();
            heading = m_rows.size();
            TimelineRow &row = m_rows.emplace_back();
            row.group = place.group;
            row.heading = place.heading;
            row.folded = isFolded(place.group);
        }
        const Lane &lane = *m_lanes[place.lane];
        ++(lane.cron ? cron : single);
        if (!m_rows[heading].folded) {
            TimelineRow &row = m_rows.emplace_back();
            row.group = place.group;
            row.lane = &lane;
            row.schedule = scheduleWords(lane);
            row.overlaps = overlapsSoon(lane, now);
        }
        TimelineRow &row = m_rows.back();
        addRuns(row, place.runs);
        if (row.lane)
            finish(row);
        if (place.coming)
            m_shown.push_back({m_rows.size() - 1, place.lane});
    }
    endGroup();
    tell(now);
}

void LaneRows::tell(Moment now)
{
    for (TimelineRow &row : m_rows) {
        if (row.lane)
            row.next = nextWords(*row.lane, now);
    }
}

void LaneRows::look(const jobs::JobTimeline *timeline, Moment from, Moment until, milliseconds span, Moment now)
{
    m_minutes.clear();
    m_knownUntil.reset();
    for (TimelineRow &row : m_rows) {
        row.coming.clear();
        row.unknown.clear();
        const auto since = timeline ? timeline->watchedSince() : std::nullopt;
        if (row.lane && row.lane->plan && since && span <= hatchedUpTo)
            row.unknown = jobs::unknownStretches(*row.lane, from, until, *since);
    }
    std::vector<jobs::Planned> planned;
    std::vector<std::size_t> laneOf;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        m_coming[i].clear();
        if (!m_lanes[i]->plan)
            continue;
        planned.push_back(plannedOf(*m_lanes[i]));
        laneOf.push_back(i);
    }
    if (until <= now)
        return;
    jobs::Forecast coming = jobs::forecast(planned, now, until, mostComing);
    for (const ComingRun &each : coming.runs)
        m_coming[laneOf[each.planned]].push_back(each);
    for (const Shown &each : m_shown) {
        auto &to = m_rows[each.row].coming;
        to.insert(to.end(), m_coming[each.lane].begin(), m_coming[each.lane].end());
    }
    if (coming.cut && !coming.runs.empty())
        m_knownUntil = Moment(coming.runs.back().at);
    m_minutes = std::move(coming.perMinute);
}

} // namespace fairlead::ui
