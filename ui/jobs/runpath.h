// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/lanerows.h"

#include <chrono>
#include <optional>
#include <string>

namespace fairlead::ui {

/// What of a lane is chosen.
struct ChosenRun {
    std::string uid;                                ///< of a run
    std::optional<std::chrono::sys_seconds> coming; ///< a time that comes due
};

/// Which row is the current one, and what of it. Kept by names, while rows come and go.
struct Choice {
    std::string group; ///< a lane may stand in several
    std::string lane;  ///< uid; empty while the group is not: its heading, where that is folded
    ChosenRun run;
};

// The way through a timeline by keyboard. True: the choice has changed. Thread: any.

[[nodiscard]] bool isChosen(const TimelineRow &row, const Choice &choice);
/// Null: none.
[[nodiscard]] const TimelineRow *rowOf(const LaneRows &rows, const Choice &choice);
/// To the lane or folded heading so many further on, to its last run; from nothing to the first.
[[nodiscard]] bool stepLane(const LaneRows &rows, Choice &choice, int lanes);
/// Runs by time, and behind the last one what comes due after `now`.
[[nodiscard]] bool stepRun(const LaneRows &rows, Choice &choice, int runs, jobs::Moment now);
/// To the lane's first or last run.
[[nodiscard]] bool stepToEnd(const LaneRows &rows, Choice &choice, bool first);

} // namespace fairlead::ui
