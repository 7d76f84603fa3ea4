// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/transport.h"
#include "recording/replay.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <variant>

namespace fairlead::recording {

/// A recording in a cluster's place. Read-only by construction: it holds a file that it reads, and nothing else.
///
/// Thread: all of it from any; sinks are called on the transport's own thread. Owner: app/, which destroys it after whoever listens.
/// Promise: requests and moves are taken in the order in which they were made. Answers carry the recording's moment as their date, so that a
/// session's clock follows. While nothing moves, open requests are told alive every 10 s: a recording that stands still is not silent.
/// Not promised: that a read of a slow disk is cut short by cancel().
class ReplayTransport : public net::Transport {
public:
    static constexpr std::chrono::seconds aliveEvery{10};

    ReplayTransport(Reader reader, Moment at, std::chrono::milliseconds alive = aliveEvery);
    /// Every request that is still open ends with Code::Cancelled first.
    ~ReplayTransport() override;

    [[nodiscard]] net::Ticket start(net::Request request, net::Sink sink) override;
    void cancel(net::Ticket ticket) override;
    [[nodiscard]] net::Capabilities can() const override;

    /// To another moment of the recording; beyond its ends, to its end. Never blocks.
    void moveTo(Moment moment);
    [[nodiscard]] Moment now() const { return m_now; } ///< where the last move that was made led to
    [[nodiscard]] Moment first() const { return m_first; }
    [[nodiscard]] Moment last() const { return m_last; }

private:
    struct Start {
        net::Ticket ticket = 0;
        net::Request request;
        net::Sink sink;
    };
    struct Cancel {
        net::Ticket ticket = 0;
    };
    using Job = std::variant<Start, Cancel, Moment>;

    void run(const std::stop_token &stop);
    void work(Job job);
    void begin(Start start);
    void move(Moment to);
    void end(net::Ticket ticket, Result<void> result);

    Replay m_replay;                          // the thread's
    std::map<net::Ticket, net::Sink> m_sinks; // the thread's: of what is open
    const std::chrono::milliseconds m_alive;
    const Moment m_first;
    const Moment m_last;
    std::atomic<Moment> m_now;
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Job> m_jobs;            // guarded
    std::set<net::Ticket> m_cancelled; // guarded: before they were begun
    net::Ticket m_ticket = 0;          // guarded
    std::jthread m_thread;             // last: it uses all the others
};

} // namespace fairlead::recording
