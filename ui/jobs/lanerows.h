// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/forecast.h"
#include "jobs/jobtimeline.h"

#include <QString>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fairlead::ui {

/// One row of a timeline: a lane, or the heading of those below it.
struct TimelineRow {
    const jobs::Lane *lane = nullptr; ///< null: a heading
    std::string group;
    // Of a heading.
    QString heading;
    QString note; ///< "4 cron jobs"
    bool folded = false;
    // Of a lane; of a folded heading those of its lanes.
    std::vector<const jobs::Run *> runs; ///< by place in time; those without one are left out
    std::vector<jobs::Moment> latest;    ///< of each, the last end of those up to it
    std::vector<jobs::ComingRun> coming; ///< by time
    std::vector<jobs::Stretch> unknown;
    QString schedule;
    QString next;
    bool overlaps = false; ///< of its next times one is late, skipped, kills or is killed
};

/// Which rows a timeline has, from above to below. Works on pointers into the timeline: good until that changes next.
///
/// By node, a lane stands on each node that a pod of its runs was on, and once more where none is known: what comes is shown there.
/// Thread: GUI. Costs: build() grows with the runs, look() with the cron jobs and what comes due in the piece of time.
class LaneRows {
public:
    enum class Grouping : std::uint8_t { Space, Owner, Node };
    using Wanted = std::function<bool(const jobs::Lane &lane)>;

    void setGrouping(Grouping grouping);
    [[nodiscard]] Grouping grouping() const { return m_grouping; }
    void setWanted(Wanted wanted) { m_wanted = std::move(wanted); }
    void fold(const std::string &group, bool folded);
    [[nodiscard]] bool isFolded(const std::string &group) const { return m_folded.count(group) > 0; }

    /// Null: no rows.
    void build(const jobs::JobTimeline *timeline, jobs::Moment now);
    /// What comes and what nobody knows, from `from` to `until`, as it is to be seen `span` at once.
    void look(const jobs::JobTimeline *timeline, jobs::Moment from, jobs::Moment until, std::chrono::milliseconds span, jobs::Moment now);
    /// The words of the next time.
    void tell(jobs::Moment now);

    [[nodiscard]] const std::vector<TimelineRow> &rows() const { return m_rows; }
    /// Minutes in which runs of wanted lanes, folded ones too, come due.
    [[nodiscard]] const std::vector<jobs::Minute> &minutes() const { return m_minutes; }
    /// Until when it was worked out what comes; none: as far as it was asked for.
    [[nodiscard]] std::optional<jobs::Moment> knownUntil() const { return m_knownUntil; }
    /// Wanted ones, each once, folded or not; and what comes of each.
    [[nodiscard]] const std::vector<const jobs::Lane *> &lanes() const { return m_lanes; }
    [[nodiscard]] const std::vector<jobs::ComingRun> &coming(std::size_t lane) const { return m_coming[lane]; }

private:
    struct Place {
        std::string group;
        QString heading;
        std::size_t lane = 0;
        std::vector<const jobs::Run *> runs;
        bool coming = true;
    };
    /// Which row shows what comes of which lane.
    struct Shown {
        std::size_t row = 0;
        std::size_t lane = 0;
    };
    [[nodiscard]] std::vector<Place> places() const;
    void addPlace(std::vector<Place> &out, std::size_t lane) const;

    Grouping m_grouping = Grouping::Space;
    Wanted m_wanted;
    std::set<std::string> m_folded;
    std::vector<TimelineRow> m_rows;
    std::vector<jobs::Minute> m_minutes;
    std::optional<jobs::Moment> m_knownUntil;
    std::vector<const jobs::Lane *> m_lanes;
    std::vector<std::vector<jobs::ComingRun>> m_coming; ///< by lane
    std::vector<Shown> m_shown;
};

/// A lane of which one of the next three times is late, skipped, kills another run or is killed by one.
[[nodiscard]] bool overlapsSoon(const jobs::Lane &lane, jobs::Moment now);

} // namespace fairlead::ui
