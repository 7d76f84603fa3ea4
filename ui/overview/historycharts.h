// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "overview/history.h"
#include "overview/rollouts.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>

namespace fairlead::ui {

class ChartCard;
class RestartsChart;
class WarningsChart;

/// The two charts of what happened, warnings by reason and restarts, or their table twins, over one of several spans back from now.
///
/// Thread: GUI. Whoever lays the two cards out owns them.
class HistoryCharts {
    Q_DECLARE_TR_FUNCTIONS(fairlead::ui::HistoryCharts)

public:
    explicit HistoryCharts(const Theme &theme);

    [[nodiscard]] ChartCard *warnings() const { return m_warningsCard; }
    [[nodiscard]] ChartCard *restarts() const { return m_restartsCard; }
    /// For a switch: an hour, six, a day.
    [[nodiscard]] static QList<SegmentedSwitch::Part> ranges();
    [[nodiscard]] int range() const { return m_range; }
    /// Out of bounds: the nearest. Shows nothing by itself, as the two below.
    void setRange(int range);
    void setTwin(bool twin);
    void setStale(bool stale);
    /// With what was rolled out meanwhile.
    void show(const overview::History &history, const std::vector<overview::Rollout> &rollouts, Moment now);

private:
    void showWarnings(const overview::History &history, Moment now);
    void showRestarts(const overview::History &history, const std::vector<overview::Rollout> &rollouts, Moment now);

    WarningsChart *m_warnings;
    RestartsChart *m_restarts;
    ChartCard *m_warningsCard;
    ChartCard *m_restartsCard;
    int m_range = 0;
    bool m_twin = false;
};

} // namespace fairlead::ui
