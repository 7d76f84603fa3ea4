// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "kube/client.h"
#include "kube/store.h"
#include "support/fakeclock.h"
#include "support/scriptedtransport.h"
#include "support/told.h"

#include <QObject>
#include <QThreadPool>

namespace fairlead::test {

/// The real client, decoder and store above a scripted transport, driven by hand: nothing happens but in settle().
/// Thread: the test's own.
class EngineBench {
public:
    EngineBench();

    [[nodiscard]] kube::Store *makeStore(const kube::Source &source, const kube::Projection &projection = {});
    /// Delivers until nothing is left to do: bytes, pool tasks, posted events.
    void settle();
    /// Moves time, settling after each timer, or each 10 ms where they stand closer.
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
