// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/transport.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace fairlead::test {

/// What came to one sink, for a test that may wait: the answer so far, and a lock round it.
/// Thread: any. It may die before the request ends: the sink keeps what it needs.
class Collected {
public:
    struct Seen {
        std::optional<net::Head> head;
        int heads = 0;
        std::string body;
        int chunks = 0;
        int alive = 0;
        std::optional<Result<void>> result;
        int ends = 0;
        bool disorder = false; ///< data before the head, or anything after the end
        std::thread::id thread;
    };

    Collected();

    [[nodiscard]] net::Sink sink() const;
    [[nodiscard]] Seen seen() const;

    /// False: not within `limit`. Never a sleep: woken by each call of the sink.
    bool waitFor(const std::function<bool(const Seen &)> &condition, std::chrono::milliseconds limit = std::chrono::seconds(20)) const;
    bool waitForEnd(std::chrono::milliseconds limit = std::chrono::seconds(20)) const;

    /// Code of the end; nothing where it was a good one or has not come.
    [[nodiscard]] std::optional<Error> error() const;

private:
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        Seen seen;
    };
    std::shared_ptr<Shared> m_shared;
};

/// Starts it and waits for the end.
[[nodiscard]] Collected::Seen fetch(net::Transport &transport, net::Request request);

} // namespace fairlead::test
