// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "contexts/clusters.h"
#include "contexts/reach.h"

#include <QObject>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::contexts {

/// Asks every context's server whether it lets us in, how long that takes and what version it is.
///
/// Promise: at most `parallel` servers are asked at once, those that answered last time first, so that dead ones hold up nobody
/// but each other; a check ends within `deadline`, whatever the server does; while anyone watches each is asked again every `interval`.
/// One check is GET /version, twice: the first makes the connection, the second one's time is the round trip. Through the context's own
/// session: an open cluster is asked on its connection, another is open for that long only. No program is run: contexts that
/// need one (Standing::NotYet) are not asked, nor are broken ones. Recordings are asked (for their version) by check() alone.
/// Thread: GUI. `clusters` and `clock` outlive it.
class Reachability : public QObject {
    Q_OBJECT

public:
    static constexpr int parallel = 6;
    static constexpr std::chrono::milliseconds deadline{8'000};
    static constexpr std::chrono::milliseconds interval{60'000};

    Reachability(Clusters &clusters, Clock &clock, QObject *parent = nullptr);

    /// Those that there are now. New ones, and those that lead elsewhere than before, are asked; what is known of the others stays.
    void setContexts(const std::vector<ContextFacts> &contexts);
    /// Someone looks from now on, until endWatch(): each call of the one needs one of the other. The first to look has those asked
    /// whose last check is older than the interval.
    void beginWatch();
    void endWatch();

    void check(const std::string &context);
    void checkAll();

    /// Of a context that is not known: NotAsked.
    [[nodiscard]] Reach reach(const std::string &context) const;
    /// Whether every check that was wanted has ended.
    [[nodiscard]] bool isSettled() const { return m_wanted == 0; }

Q_SIGNALS:
    void changed(const std::string &context);
    void settled();

private:
    struct Known {
        ContextFacts facts;
        Reach reach;
        bool waiting = false; ///< for its turn
        bool asked = false;
        Reply<OpenClusterPtr> opening; ///< these two for cancelling only
        Reply<std::string> asking;
    };

    void want(const std::string &context);
    void next();
    void ask(Known &known);
    void askVersion(Known &known, const OpenClusterPtr &cluster);
    void measure(Known &known, const OpenClusterPtr &cluster, const std::string &version);
    void succeed(Known &known, const std::string &version, std::optional<std::chrono::milliseconds> roundTrip);
    void fail(Known &known, Error error);
    void end(Known &known, Reach::State state);
    void drop(Known &known);
    void planRound();

    Clusters &m_clusters;
    Clock &m_clock;
    std::map<std::string, std::unique_ptr<Known>> m_known; ///< a Known lives as long as its context does: its answers refer to it
    std::deque<std::string> m_waiting;                     ///< may name contexts that have gone
    std::deque<std::string> m_waitingFailed;               ///< after those
    int m_asked = 0;
    int m_wanted = 0; ///< asked or waiting
    int m_watchers = 0;
    Clock::Timer m_round = 0;
};

} // namespace fairlead::contexts
