// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "kube/changeset.h"
#include "kube/decode/table.h"
#include "kube/decode/watchlines.h"
#include "kube/source.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace fairlead::kube {

class Client;
class ListWatch;

/// Keeps one Source current at one Detail: one ListWatch for all namespaces, or one for each of a set, a few of which read
/// their first list at a time. It holds no rows: they go to the store, which finds the differences.
///
/// Thread: the GUI thread. Owner: a Store; it may be destroyed inside its callbacks.
class Reflector : public QObject {
    Q_OBJECT

public:
    /// A part of the source that is listed and watched by itself; counts from 0.
    using Lane = std::size_t;

    struct Listener {
        std::function<void(Lane lane, TablePage page, Cause cause, bool first, bool last)> page;
        std::function<void(Lane lane, std::vector<WatchEvent> events)> events;
        std::function<void()> state;
    };

    static constexpr int parallelLists = 6;

    /// `quietSince`: as ListWatch::Request has it.
    Reflector(Client &client, Clock &clock, const Source &source, Detail detail, const Projection &projection, Cause cause,
        Clock::Duration quietSince, Listener listener);
    ~Reflector() override;

    void start();
    void retry();

    /// The lanes' states in one: the worst of those that are allowed; refused names the rest.
    [[nodiscard]] State state() const;
    /// Up to where everything is known: the lane of that namespace, or the oldest of all that are allowed; empty before every
    /// one of them was read to its end.
    [[nodiscard]] std::string version(const std::string &space) const;
    [[nodiscard]] int listRequests() const;
    /// The last word, of whichever lane, by the steady clock.
    [[nodiscard]] Clock::Duration quietSince() const;
    /// Its first list is complete, or has failed: nobody needs to wait for it any longer.
    [[nodiscard]] bool hasStarted(Lane lane) const;

private:
    void startMore();
    void laneChanged();

    const Listener m_listener;
    std::vector<std::string> m_spaces; // of each lane; empty for all
    std::vector<std::unique_ptr<ListWatch>> m_lanes;
    std::size_t m_started = 0;
};

} // namespace fairlead::kube
