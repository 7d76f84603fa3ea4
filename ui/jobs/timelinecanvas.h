// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/forecast.h"
#include "jobs/jobtimeline.h"
#include "ui/jobs/timescale.h"
#include "ui/widgets/theme.h"

#include <QRectF>

#include <string>
#include <vector>

class QPainter;

namespace fairlead::ui {

/// What a timeline is painted from: rows from above to below, and what comes. Lanes outlive a paint.
struct TimelineRow {
    const jobs::Lane *lane = nullptr; ///< null: a heading
    QString heading;
    QString note;
    std::vector<jobs::ComingRun> coming;
    std::vector<jobs::Stretch> unknown;
    QString next;
};

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

/// Paints the parts of a timeline; no state but what it is made with, all in pixels of the widget that is painted.
/// Thread: GUI. A paint long.
class TimelineCanvas {
public:
    TimelineCanvas(QPainter &painter, const Theme &theme, const TimeScale &scale, jobs::Moment now)
        : m_painter(painter)
        , m_theme(theme)
        , m_scale(scale)
        , m_now(now)
    {
    }

    /// Sunken future, ticks. `area`: right of the lane column, below the axis.
    void paintGround(const QRectF &area);
    void paintAxis(const QRectF &rect);
    /// How many run at once; minutes in which many start are in the colour of a warning.
    void paintStrip(const QRectF &rect, const std::vector<TimelineRow> &rows, const std::vector<jobs::Minute> &minutes);
    void paintLane(const QRectF &rect, const TimelineRow &row, const std::string &chosen, bool current);
    void paintHeading(const QRectF &rect, const TimelineRow &row);
    void paintLaneColumn(const QRectF &rect, const TimelineRow &row, bool current);
    void paintNow(const QRectF &area);

    /// Where a run's bar is in a lane's rect.
    [[nodiscard]] QRectF barOf(const QRectF &lane, const jobs::Run &run) const;

private:
    void paintRun(const QRectF &bar, const jobs::Run &run, const jobs::Lane &lane);
    void paintComing(const QRectF &lane, const jobs::ComingRun &run);
    void paintOutcomes(const QRectF &rect, const jobs::Lane &lane);

    QPainter &m_painter;
    const Theme &m_theme;
    const TimeScale &m_scale;
    const jobs::Moment m_now;
};

} // namespace fairlead::ui
