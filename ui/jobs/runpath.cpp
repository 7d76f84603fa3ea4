// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runpath.h"

#include <algorithm>
#include <vector>

namespace fairlead::ui {

using jobs::ComingRun;
using jobs::Moment;
using jobs::Run;

bool isChosen(const TimelineRow &row, const Choice &choice)
{
    return row.group == choice.group && (row.lane ? row.lane->uid == choice.lane : row.folded && choice.lane.empty());
}

const TimelineRow *rowOf(const LaneRows &rows, const Choice &choice)
{
    const auto found = std::find_if(rows.rows().begin(), rows.rows().end(), [&](const TimelineRow &row) { return isChosen(row, choice); });
    return found == rows.rows().end() ? nullptr : &*found;
}

bool stepLane(const LaneRows &rows, Choice &choice, int lanes)
{
    std::vector<const TimelineRow *> stops;
    for (const TimelineRow &row : rows.rows()) {
        if (row.lane || row.folded)
            stops.push_back(&row);
    }
    if (stops.empty())
        return false;
    const TimelineRow *const current = rowOf(rows, choice);
    const auto found = std::find(stops.begin(), stops.end(), current);
    const auto at = found == stops.end() ? 0 : std::clamp<std::ptrdiff_t>(found - stops.begin() + lanes, 0, std::ptrdiff_t(stops.size()) - 1);
    const TimelineRow &row = *stops[std::size_t(at)];
    if (&row == current)
        return false;
    choice = {.group = row.group, .lane = row.lane ? row.lane->uid : std::string(), .run = {}};
    if (row.lane && !row.runs.empty())
        choice.run.uid = row.runs.back()->uid;
    return true;
}

bool stepRun(const LaneRows &rows, Choice &choice, int runs, Moment now)
{
    const TimelineRow *const row = rowOf(rows, choice);
    if (!row || !row->lane)
        return false;
    std::vector<const ComingRun *> coming;
    for (const ComingRun &each : row->coming) {
        if (Moment(each.at) > now)
            coming.push_back(&each);
    }
    const auto past = std::ptrdiff_t(row->runs.size());
    const auto all = past + std::ptrdiff_t(coming.size());
    if (all == 0)
        return false;
    std::ptrdiff_t at = past - 1;
    if (choice.run.coming) {
        const auto found = std::find_if(coming.begin(), coming.end(), [&](const ComingRun *each) { return each->at >= *choice.run.coming; });
        at = past + (found - coming.begin()) + runs;
    } else if (!choice.run.uid.empty()) {
        const auto found = std::find_if(row->runs.begin(), row->runs.end(), [&](const Run *each) { return each->uid == choice.run.uid; });
        at = found - row->runs.begin() + runs;
    } else if (runs > 0) {
        at = past;
    }
    at = std::clamp<std::ptrdiff_t>(at, 0, all - 1);
    choice.run = {};
    if (at < past)
        choice.run.uid = row->runs[std::size_t(at)]->uid;
    else
        choice.run.coming = coming[std::size_t(at - past)]->at;
    return true;
}

bool stepToEnd(const LaneRows &rows, Choice &choice, bool first)
{
    const TimelineRow *const row = rowOf(rows, choice);
    if (!row || !row->lane || row->runs.empty())
        return false;
    choice.run = {.uid = (first ? row->runs.front() : row->runs.back())->uid, .coming = {}};
    return true;
}

} // namespace fairlead::ui
