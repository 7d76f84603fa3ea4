// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logblock.h"
#include "logs/podcontainers.h"

#include <algorithm>
#include <optional>
#include <string>

namespace fairlead::logs {

/// Which run of a container is being read, and which comes after it, as far as the pod's status tells.
///
/// The node knows of a run before the status does, and a status may pass over runs: what is read is told by the times of its lines too, and
/// a run that was passed over is still to be had as `previous`.
/// Thread: any one. Ids and times are foreign.
class RunTrack {
public:
    enum class Where {
        Current,  ///< the log that the server gives
        Previous, ///< the log that it gives as `previous`
        Gone,     ///< the node has let go of it, or the status does not say
    };
    struct Run {
        std::string id;
        int number = 0; ///< of restarts before it
        std::optional<Moment> startedAt;
        Where where = Where::Current;
        int unseen = 0; ///< runs between the last one and this one of which nothing is left
    };

    /// A log is asked for, and which run it is of is not known.
    void clear();
    /// The log of this run is asked for.
    void begin(const Run &run);
    /// A line of it has come.
    void saw(LineTime time) { m_newest = std::max(m_newest, time); }
    /// What the status says now.
    void learn(const Container &known, bool previous = false);
    /// The node has said that the run is over, and gives another.
    void pass();

    /// Empty: not known.
    [[nodiscard]] const std::string &id() const { return m_id; }
    /// How it ended; none: it goes on, or nobody has said.
    [[nodiscard]] const std::optional<Ending> &ending() const { return m_ending; }
    [[nodiscard]] bool isOver(const Container &known) const;
    [[nodiscard]] Where where(const Container &known) const;
    /// The next one, of a run that is over; none: no other has begun.
    [[nodiscard]] std::optional<Run> next(const Container &known) const;

private:
    std::string m_id;
    std::string m_past; // is over, so that its id says nothing of what is read now
    int m_number = -1;
    LineTime m_newest = 0;
    std::optional<Ending> m_ending;
};

} // namespace fairlead::logs
