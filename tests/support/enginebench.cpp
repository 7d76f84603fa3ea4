// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/enginebench.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace fairlead::test {

EngineBench::EngineBench()
    : server(ScriptedTransport::Mode::Pumped)
    , client(server, dispatcher, pool, "https://test.example:6443")
{
}

kube::Store *EngineBench::makeStore(const kube::Source &source, const kube::Projection &projection)
{
    return new kube::Store(client, clock, source, projection, &context);
}

void EngineBench::settle()
{
    // One thing may take several turns (pool, dispatcher, a later turn of the loop) before the server is asked again.
    constexpr int enough = 6;
    for (int quiet = 0; quiet < enough;) {
        const int calls = server.deliver();
        pool.waitForDone();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        quiet = calls == 0 ? quiet + 1 : 0;
    }
}

void EngineBench::advance(Clock::Duration duration)
{
    using namespace std::chrono_literals;
    settle();
    // At most to the next timer: where none is due, there is nothing to settle.
    for (Clock::Duration left = duration; left > Clock::Duration(0);) {
        const Clock::Duration step = std::min(left, std::max<Clock::Duration>(10ms, clock.untilNext().value_or(left)));
        clock.advance(step);
        left -= step;
        settle();
    }
}

kube::Subscription EngineBench::listen(kube::Store &store, Told &told, kube::Detail detail)
{
    return store.subscribe(
        detail, &context, [&told](const kube::ChangeSet &set) { told.take(set); },
        [&told](const kube::State &state) { told.states.push_back(state); });
}

kube::Source podsSource()
{
    return {.resource = {"", "v1", "pods"}, .scope = kube::Scope::all(), .selector = {}};
}

} // namespace fairlead::test
