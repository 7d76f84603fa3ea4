// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "kube/client.h"
#include "kube/store.h"
#include "support/fakeclock.h"
#include "support/scriptedtransport.h"

#include <QObject>
#include <QThreadPool>

#include <map>
#include <string>
#include <vector>

namespace fairlead::test {

/// What a subscriber was told, in order; and the model that follows from it.
struct Told {
    std::vector<kube::ChangeSet> sets;
    std::vector<kube::State> states;
    std::map<kube::RowId, kube::ItemPtr> model; ///< after all sets, applied as ChangeSet says
    std::vector<std::string> faults;            ///< breaches of the contract seen while applying

    void take(const kube::ChangeSet &set);
    [[nodiscard]] std::vector<std::string> added() const; ///< names, over all sets
    [[nodiscard]] std::vector<std::string> changed() const;
    [[nodiscard]] std::vector<std::string> removed() const;
    [[nodiscard]] kube::Phase phase() const { return states.empty() ? kube::Phase::Loading : states.back().phase; }
    /// "namespace/name@version" of the model, sorted.
    [[nodiscard]] std::vector<std::string> rows() const;
};

/// The real client, decoder and store above a scripted transport, driven by hand: nothing happens but in settle().
/// Thread: the test's own.
class EngineBench {
public:
    EngineBench();

    [[nodiscard]] kube::Store *makeStore(const kube::Source &source, const kube::Projection &projection = {});
    /// Delivers until nothing is left to do: bytes, pool tasks, posted events.
    void settle();
    /// Moves time, settling at each timer's step of 10 ms.
    void advance(Clock::Duration duration);
    [[nodiscard]] kube::Subscription listen(kube::Store &store, Told &told, kube::Detail detail = kube::Detail::Meta);

    FakeClock clock;
    Dispatcher dispatcher;
    QThreadPool pool;
    ScriptedTransport server;
    kube::Client client;
    QObject context;
};

/// Pods in all namespaces.
[[nodiscard]] kube::Source podsSource();

} // namespace fairlead::test
