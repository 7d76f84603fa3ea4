// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"
#include "kube/changeset.h"
#include "overview/countseries.h"
#include "overview/valueseries.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

namespace fairlead::overview {

/// What happened while the program looked, from the stores' change sets: warnings in steps of five minutes by reason, restarts of containers a
/// minute, and how a few figures went, a value a minute.
///
/// Promise: of what the first list brings, only what its objects date is counted: an event when it was first and last seen, a container's
/// last start after an end. A change counts by how far a count has grown. Nothing counts twice, whoever tells it again. At most `mostReasons`
/// series; further reasons count together.
/// Thread: any, one at a time.
class History {
public:
    static constexpr std::size_t mostReasons = 24;
    static constexpr std::chrono::seconds warningStep{300};
    static constexpr std::chrono::seconds restartStep{60};
    static constexpr std::chrono::seconds restartLongStep{300}; ///< 500 minutes are no day
    enum Figure { Pods, Workloads, Jobs, Nodes, Cpu, Memory, Figures };

    /// Of pods and events; of other kinds nothing is kept. `now`: the cluster's clock.
    void take(const kinds::Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now);
    void put(Figure figure, Moment now, double value) { m_figures[figure].put(now, value); }
    /// Nobody looked for a while, and now somebody does: what came between counts as on a first list.
    void resume();

    [[nodiscard]] const std::map<std::string, CountSeries> &warnings() const { return m_warnings; } ///< by reason; "" are further ones
    [[nodiscard]] const CountSeries &restarts() const { return m_restarts; }
    [[nodiscard]] const CountSeries &restartsLong() const { return m_restartsLong; }
    [[nodiscard]] const ValueSeries &figure(Figure which) const { return m_figures[which]; }
    /// From then on nothing was missed; none: no list has come yet.
    [[nodiscard]] std::optional<Moment> warningsSince() const { return m_warningsSince; }
    [[nodiscard]] std::optional<Moment> restartsSince() const { return m_restartsSince; }

private:
    void takeEvents(const kinds::Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now);
    void takePods(const kinds::Kind &kind, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes, Moment now);
    void warn(const std::string &reason, Moment at, std::int64_t count);
    void restart(Moment at, std::int64_t count);

    using Uid = std::size_t; // hashed: rows have other ids when nobody held their store between
    std::map<std::string, CountSeries> m_warnings;
    CountSeries m_restarts{restartStep};
    CountSeries m_restartsLong{restartLongStep};
    std::array<ValueSeries, Figures> m_figures{ValueSeries(restartStep), ValueSeries(restartStep), ValueSeries(restartStep), ValueSeries(restartStep),
        ValueSeries(restartStep), ValueSeries(restartStep)};
    struct Count {
        std::int64_t count = 0;
        int look = 0; // the last one in which it was there
    };
    using Counts = std::unordered_map<Uid, Count>;
    /// How far its count has grown; all of it, and `isNew`, if it was not known.
    struct Growth {
        std::int64_t by = 0;
        bool isNew = false;
    };
    Growth grow(Counts &counts, const kube::Item &item, std::int64_t count) const;

    Counts m_eventCounts;
    Counts m_podRestarts;
    int m_look = 0;      // how often it was resumed
    Moment m_podsSeen{}; // till then all restarts are counted
    std::optional<Moment> m_warningsSince;
    std::optional<Moment> m_restartsSince;
};

} // namespace fairlead::overview
