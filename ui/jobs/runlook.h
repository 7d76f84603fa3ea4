// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/forecast.h"
#include "jobs/jobtimeline.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/tokens.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace fairlead::ui {

/// How a run's state is drawn: the same shapes and colours as everywhere.
[[nodiscard]] Shape shapeOf(jobs::RunState state);
[[nodiscard]] Shape shapeOf(const jobs::Attempt &attempt);
[[nodiscard]] QColor colourOf(const Tokens &tokens, jobs::RunState state);

/// It has begun, or is about to, and is not over.
[[nodiscard]] bool goesOn(const jobs::Run &run);
/// Of the runs that have ended the last one failed.
[[nodiscard]] bool lastFailed(const jobs::Lane &lane);

/// "4m12s", as everywhere.
[[nodiscard]] QString lengthWords(std::chrono::seconds length);
/// "23:10:04", with the day where it is not today's; in the desktop's zone.
[[nodiscard]] QString localTime(jobs::Moment at, jobs::Moment now);
/// "in 5m", "now" for what has come.
[[nodiscard]] QString untilWords(jobs::Moment at, jobs::Moment now);
/// "every 5 min", "hourly at :05", "daily at 03:30", else the schedule as it is written; with its zone. Of a lane that is no cron job "by hand".
[[nodiscard]] QString scheduleWords(const jobs::Lane &lane);
/// "in 5m", "tomorrow 03:30", "suspended", "never". Foreign text is shown literally by who paints it.
[[nodiscard]] QString nextWords(const jobs::Lane &lane, jobs::Moment now);

/// One thing that is known of a run.
struct RunFact {
    QString label;
    QString value;
};
[[nodiscard]] QList<RunFact> runFacts(const jobs::Lane &lane, const jobs::Run &run, jobs::Moment now);
/// The same in lines, with its name and state in the first one: for a screen reader.
[[nodiscard]] QStringList runLines(const jobs::Lane &lane, const jobs::Run &run, jobs::Moment now);
/// What is known of a time that comes due: "Due 15:00:00, in 5m", "is skipped: the run before it goes on (Forbid)".
[[nodiscard]] QStringList comingLines(const jobs::Lane &lane, const jobs::ComingRun &run, jobs::Moment now);

} // namespace fairlead::ui
