// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/lanerows.h"
#include "ui/jobs/loadstrip.h"
#include "ui/jobs/runpath.h"
#include "ui/jobs/timelinecanvas.h"

#include <QRect>

#include <optional>
#include <vector>

namespace fairlead::ui {

/// A whole frame of a timeline, part by part: what lies in time, what stands at its left, and what spans both. Only rows that lie in the frame are
/// looked at. No state but what it is made with. Thread: GUI. A paint long.
class TimelineFrame {
public:
    struct Look {
        const LaneRows &rows;
        const std::vector<int> &tops; ///< of each row, and of what would come after the last
        const LoadStrip &strip;
        TimeScale scale;
        jobs::Moment now;
        std::optional<jobs::Moment> stale; ///< since when there is no word from the server
        const Choice &choice;
        bool focused = false;
    };

    /// `look` and what it refers to outlive this.
    TimelineFrame(QPainter &painter, const Theme &theme, const Look &look, TextLines &lines);

    /// Height of axis and strip.
    [[nodiscard]] static int top() { return timeline::axis + timeline::strip; }

    // `all`: the frame; `scrolled`: by how much rows are moved up.
    void paintTime(const QRect &all, int scrolled);
    void paintColumn(const QRect &all, int scrolled);
    void paintHeadings(const QRect &all, int scrolled);
    void paintNow(const QRect &all);

private:
    template<typename Paint>
    void eachRow(const QRect &all, int scrolled, Paint paint);
    [[nodiscard]] bool isCurrent(const TimelineRow &row) const;

    QPainter &m_painter;
    const Theme &m_theme;
    const Look m_look;
    TimelineCanvas m_canvas;
};

} // namespace fairlead::ui
