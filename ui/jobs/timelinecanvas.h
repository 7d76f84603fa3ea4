// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/runpath.h"
#include "ui/jobs/textlines.h"
#include "ui/jobs/timescale.h"
#include "ui/widgets/theme.h"

#include <QRectF>

#include <optional>
#include <string>

class QPainter;

namespace fairlead::ui {

namespace timeline {
// Logical pixels.
inline constexpr int laneColumn = 220;
inline constexpr int axis = 42;
inline constexpr int strip = 36;
inline constexpr int lane = 34;
inline constexpr int heading = 20;
inline constexpr int bar = 16;
inline constexpr int least = 3; ///< a run is never narrower
} // namespace timeline

/// The theme's; without a word from the server no state has its colour.
[[nodiscard]] Tokens timelineTokens(const Theme &theme, bool stale);

/// Paints the parts of a timeline; no state but what it is made with, all in pixels of the widget that is painted.
/// Costs grow with the runs that lie in the piece of time, never with all there are. Thread: GUI. A paint long.
class TimelineCanvas {
public:
    /// `stale`: since when there is no word from the server; what goes on is known up to then, and nothing has a colour. None: there is.
    TimelineCanvas(
        QPainter &painter, const Theme &theme, const TimeScale &scale, jobs::Moment now, TextLines &lines, std::optional<jobs::Moment> stale = {});

    /// Sunken future, ticks, and hatched what was not worked out. `area`: right of the lane column, below the strip.
    void paintGround(const QRectF &area, std::optional<jobs::Moment> knownUntil);
    void paintAxis(const QRectF &rect);
    /// `chosen`: of this lane; null: it is not the current one.
    void paintLane(const QRectF &rect, const TimelineRow &row, const ChosenRun *chosen);
    void paintHeading(const QRectF &rect, const TimelineRow &row, bool current);
    /// Over the lanes; in the strip it is the strip's own.
    void paintNow(const QRectF &area);

    /// Where a run's bar is in a lane's rect; null: it has no place in time. `known`: up to when it is known that it goes on.
    [[nodiscard]] static QRectF barOf(const QRectF &lane, const TimeScale &scale, jobs::Moment known, const jobs::Run &run);
    /// Where a time that comes due is drawn.
    [[nodiscard]] static QRectF barOf(const QRectF &lane, const TimeScale &scale, const jobs::ComingRun &run);

private:
    [[nodiscard]] bool isFree(const QRectF &lane, const TimelineRow &row, const QRectF &place) const;
    void paintRuns(const QRectF &rect, const TimelineRow &row, const std::string &chosen);
    void paintRun(const QRectF &bar, const jobs::Run &run, const jobs::Lane &lane);
    void paintPhases(const QRectF &bar, const jobs::Run &run, const QColor &colour);
    void paintEstimate(const QRectF &bar, const jobs::Run &run, const jobs::Lane &lane, const QColor &colour);
    void paintWords(const QRectF &bar, const jobs::Run &run);
    void paintComing(const QRectF &lane, const jobs::ComingRun &run);
    void paintBadge(const QRectF &rect, const QString &text, const QColor &fill, const QColor &ink);

    QPainter &m_painter;
    const Theme &m_theme;
    const Tokens m_tokens; ///< as the state asks for
    const TimeScale &m_scale;
    const jobs::Moment m_now;
    const std::optional<jobs::Moment> m_stale;
    TextLines &m_lines;
};

} // namespace fairlead::ui
