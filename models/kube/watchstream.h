// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "base/result.h"
#include "kube/decode/watchlines.h"
#include "kube/net/transport.h"

#include <functional>
#include <vector>

namespace fairlead::kube {

class Client;

/// One watch request: bytes from the network thread, decoded by pool tasks one at a time and in order, delivered on the
/// GUI thread in batches.
///
/// Thread: the GUI thread. Owner: who listens; destroying it cancels the request at once, also from inside a callback.
/// Not promised: a callback per event; how events are gathered depends on how fast they come.
class WatchStream {
public:
    struct Listener {
        std::function<void()> opened; ///< the server accepted the watch
        std::function<void(std::vector<WatchEvent>)> events;
        std::function<void()> alive;             ///< silent, but its connection was asked and answered
        std::function<void(Result<void>)> ended; ///< last; a value: the server ended it, as it does when its time is over
    };

    WatchStream(Client &client, net::Request request, Detail detail, Projection projection, Listener listener);
    ~WatchStream();
    WatchStream(const WatchStream &) = delete;
    WatchStream &operator=(const WatchStream &) = delete;

private:
    Client &m_client;
    Listener m_listener;
    Dispatcher::Number m_number = 0;
    net::Ticket m_ticket = 0;
};

} // namespace fairlead::kube
