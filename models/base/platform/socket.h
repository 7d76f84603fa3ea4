// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>

namespace fairlead::platform {

/// How soon the kernel itself gives a peer up that no longer acknowledges.
struct KeepAlive {
    std::chrono::seconds idle{10};
    std::chrono::seconds interval{5};
    int probes = 3;
    std::chrono::milliseconds unacknowledged{20'000}; ///< TCP_USER_TIMEOUT: written, and never acknowledged
};

/// Best effort: a kernel that knows an option not at all leaves it out. Thread: any.
void keepAlive(int socket, const KeepAlive &how);

/// Ends both directions now, without giving the number free: whoever reads from it sees the end. Thread: any.
void hangUp(int socket);

/// The port at our end, which tells one connection to a server from the next; 0 where it has none yet. Thread: any.
[[nodiscard]] int localPort(int socket);

/// How long ago the peer's kernel last acknowledged anything, keepalive's questions included: it tells of this connection though
/// no byte comes on it. None where the kernel does not say. Thread: any.
[[nodiscard]] std::optional<std::chrono::milliseconds> sinceAcknowledged(int socket);

/// Gives the number free. True: done.
bool closeSocket(int socket);

} // namespace fairlead::platform
