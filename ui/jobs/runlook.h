// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobtimeline.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/tokens.h"

#include <QString>
#include <QStringList>

namespace fairlead::ui {

/// How a run's state is drawn: the same shapes and colours as everywhere.
[[nodiscard]] Shape shapeOf(jobs::RunState state);
[[nodiscard]] QColor colourOf(const Tokens &tokens, jobs::RunState state);

/// "23:10:04", with the day where it is not today's; in the desktop's zone.
[[nodiscard]] QString localTime(jobs::Moment at, jobs::Moment now);
/// "in 5m", "suspended", "never"; of a lane that is no cron job "by hand". Foreign text is shown literally by who paints it.
[[nodiscard]] QString nextWords(const jobs::Lane &lane, jobs::Moment now);
/// What there is to say of a run, a line each: for the hover card, and for a screen reader joined.
[[nodiscard]] QStringList runLines(const jobs::Lane &lane, const jobs::Run &run, jobs::Moment now);

} // namespace fairlead::ui
