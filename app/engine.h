// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "kube/net/endpoint.h"
#include "kube/net/transport.h"
#include "kube/session.h"
#include "recording/replaytransport.h"

#include <QThreadPool>

#include <memory>
#include <string>

namespace fairlead::app {

/// One open cluster, or a recording in its place, with all that its session stands on: the threads of the transport, the pool, the way back
/// from both.
///
/// Thread: the GUI thread, or the only thread of a command. The destructor returns when no thread of it runs any more, and
/// takes things down in the order that makes this safe: session, transport, pool, dispatcher.
class Engine {
public:
    explicit Engine(net::Endpoint endpoint);
    /// `name` is what errors call it.
    Engine(recording::Reader reader, Moment at, std::string name);
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    [[nodiscard]] kube::Session &session() { return *m_session; }
    /// Null where there is a server.
    [[nodiscard]] recording::ReplayTransport *replay() { return m_replay; }

private:
    void begin(std::string server);

    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::Transport> m_transport;
    recording::ReplayTransport *m_replay = nullptr;
    std::unique_ptr<kube::Session> m_session;
};

} // namespace fairlead::app
