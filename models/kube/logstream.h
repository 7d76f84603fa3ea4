// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::kube {

class Client;

/// What is asked of a pod's `log`. Names as in the API's PodLogOptions.
struct LogRequest {
    std::string space;
    std::string pod;
    std::string container;
    bool previous = false;
    bool follow = false;
    std::optional<std::chrono::seconds> since;
    std::string sinceTime; ///< RFC 3339; not together with since
    std::optional<std::int64_t> tail;
};

/// One request for a log, always with time stamps: bytes from the network thread, read by pool tasks one at a time and in order, on a
/// connection that logs have to themselves.
///
/// Thread: the GUI thread, or the only thread of a command. Owner: who listens; destroying it cancels the request at once, also from
/// inside a callback of the GUI thread. `read` may still run on the pool then: what it touches is its own or shared.
/// Bound: 32 MiB of bytes that were not read yet; beyond, the oldest whole lines of them are dropped and counted. Nothing is paused: a
/// reader that is slow costs lines, never a watch.
class LogStream {
public:
    struct Listener {
        /// On the pool. `skipped`: lines that were dropped before these bytes.
        std::function<void(std::string_view bytes, std::uint64_t skipped)> read;
        std::function<void()> opened;            ///< the server answers with a log
        std::function<void()> came;              ///< something was read; many in a row cost one call
        std::function<void()> alive;             ///< silent, but its connection was asked and answered
        std::function<void(Result<void>)> ended; ///< last; a value: the server ended it. Errors: as Client's
    };

    LogStream(Client &client, const LogRequest &request, Listener listener);
    ~LogStream();
    LogStream(const LogStream &) = delete;
    LogStream &operator=(const LogStream &) = delete;

private:
    Client &m_client;
    Listener m_listener;
    Dispatcher::Number m_number = 0;
    std::uint64_t m_ticket = 0;
};

} // namespace fairlead::kube
