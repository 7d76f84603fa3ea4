// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/limits.h"
#include "kube/net/transport.h"

#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace fairlead::net {

class Transfer;

/// Requests that wait for room on their connection, and the count of those that have it. Who waits for a person goes first,
/// then watches (they cost nothing to start), then bulk; first come, first served within a class. Bulk and watches are
/// bounded each by itself, so that there is always room for someone who waits.
///
/// Thread: one, the worker's. Owns what waits; what runs belongs to the worker.
class WaitingLine {
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit WaitingLine(const Limits &limits);
    ~WaitingLine();

    void add(std::unique_ptr<Transfer> transfer);

    /// The next that may run, counted as running from now on; null where none may.
    [[nodiscard]] std::unique_ptr<Transfer> next();
    /// One that ran has ended.
    void left(Traffic traffic);

    /// Takes the one with this ticket out of the line; null where it does not wait here.
    [[nodiscard]] std::unique_ptr<Transfer> take(Ticket ticket);
    /// Takes those out whose deadline has passed.
    [[nodiscard]] std::vector<std::unique_ptr<Transfer>> expired(Time now);
    [[nodiscard]] std::vector<std::unique_ptr<Transfer>> takeAll();
    [[nodiscard]] std::optional<Time> nextDeadline() const;

    [[nodiscard]] int running() const;

private:
    using Line = std::deque<std::unique_ptr<Transfer>>;
    [[nodiscard]] bool hasRoom(Traffic traffic) const;
    Line &lineOf(Traffic traffic) { return m_lines.at(static_cast<std::size_t>(traffic)); }
    [[nodiscard]] int runningOf(Traffic traffic) const { return m_running.at(static_cast<std::size_t>(traffic)); }

    const Limits m_limits;
    std::array<Line, 4> m_lines;
    std::array<int, 4> m_running{};
};

} // namespace fairlead::net
