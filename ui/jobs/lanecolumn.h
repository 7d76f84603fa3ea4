// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/lanerows.h"
#include "ui/jobs/timelinecanvas.h"
#include "ui/widgets/theme.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace fairlead::ui {

/// Paints what stands at the left of a timeline: of each lane its name, its last ten outcomes, its schedule and its next time; above them what
/// the columns mean. Mostly text, so it is painted only where it has changed. Thread: GUI. A paint long.
class LaneColumn {
public:
    /// `stale`: without a word from the server nothing has a colour.
    LaneColumn(QPainter &painter, const Theme &theme, bool stale)
        : m_painter(painter)
        , m_theme(theme)
        , m_tokens(timelineTokens(theme, stale))
    {
    }

    /// `counts`: "20 cron jobs, 2 jobs"; `zone`: of the axis; `load`: of the strip.
    void paintCorner(const QRectF &rect, const QString &counts, const QString &zone, const QString &load);
    void paintLane(const QRectF &rect, const TimelineRow &row, bool current, bool focused);

private:
    void paintOutcomes(const QRectF &rect, const jobs::Lane &lane);

    QPainter &m_painter;
    const Theme &m_theme;
    const Tokens m_tokens;
};

} // namespace fairlead::ui
