// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "kube/net/curltransport.h"
#include "kube/net/endpoint.h"
#include "kube/session.h"

#include <QThreadPool>

#include <memory>

namespace fairlead::app {

/// One open cluster with all that its session stands on: the network's threads, the pool, the way back from both.
///
/// Thread: the GUI thread, or the only thread of a command. The destructor returns when no thread of it runs any more, and
/// takes things down in the order that makes this safe: session, network, pool, dispatcher.
class Engine {
public:
    explicit Engine(net::Endpoint endpoint);
    ~Engine();
    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    [[nodiscard]] kube::Session &session() { return *m_session; }

private:
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<kube::Session> m_session;
};

} // namespace fairlead::app
