// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/lanerows.h"
#include "ui/jobs/timescale.h"
#include "ui/widgets/theme.h"

#include <QRectF>

#include <optional>
#include <vector>

class QPainter;

namespace fairlead::ui {

/// How many runs go on at once, in each piece of three pixels of a scale; what comes is told from how long runs usually take. A value. Thread: GUI.
class LoadStrip {
public:
    LoadStrip() = default;
    /// Costs grow with all runs of the wanted lanes.
    LoadStrip(const LaneRows &rows, const TimeScale &scale, jobs::Moment now);

    /// "now 19, peak 31 at 00:00" of what is seen.
    [[nodiscard]] QString words() const;
    [[nodiscard]] int now() const { return m_nowLevel; }
    [[nodiscard]] int peak() const { return m_peak; }
    /// The minute in which most runs start, of those that are hot and seen; none: no minute is.
    [[nodiscard]] const std::optional<jobs::Minute> &hottest() const { return m_hottest; }

    /// Stale: without colour.
    void paint(QPainter &painter, const Theme &theme, const QRectF &rect, bool stale) const;

private:
    TimeScale m_scale;
    jobs::Moment m_now;
    std::vector<int> m_levels; ///< of each piece the highest
    std::vector<jobs::Minute> m_hot;
    std::optional<jobs::Minute> m_hottest;
    int m_nowLevel = 0;
    int m_peak = 0;
    jobs::Moment m_peakAt;
};

} // namespace fairlead::ui
