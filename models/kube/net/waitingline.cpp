// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/waitingline.h"

#include "kube/net/transfer.h"

#include <algorithm>
#include <numeric>

namespace fairlead::net {

WaitingLine::WaitingLine(const Limits &limits)
    : m_limits(limits)
{
}

WaitingLine::~WaitingLine() = default;

void WaitingLine::add(std::unique_ptr<Transfer> transfer)
{
    Line &line = lineOf(transfer->traffic());
    line.push_back(std::move(transfer));
}

bool WaitingLine::hasRoom(Traffic traffic) const
{
    if (running() >= m_limits.streams)
        return false;
    switch (traffic) {
    case Traffic::Interactive:
        return true;
    case Traffic::Watch:
        return runningOf(traffic) < m_limits.watches;
    case Traffic::Bulk:
        return runningOf(traffic) < m_limits.bulk;
    case Traffic::Log:
        return runningOf(traffic) < m_limits.logs;
    }
    return false;
}

std::unique_ptr<Transfer> WaitingLine::next()
{
    for (const Traffic traffic : {Traffic::Interactive, Traffic::Watch, Traffic::Bulk, Traffic::Log}) {
        Line &line = lineOf(traffic);
        if (line.empty() || !hasRoom(traffic))
            continue;
        auto first = std::move(line.front());
        line.pop_front();
        ++m_running.at(static_cast<std::size_t>(traffic));
        return first;
    }
    return nullptr;
}

void WaitingLine::left(Traffic traffic)
{
    --m_running.at(static_cast<std::size_t>(traffic));
}

std::unique_ptr<Transfer> WaitingLine::take(Ticket ticket)
{
    for (Line &line : m_lines) {
        const auto found = std::find_if(line.begin(), line.end(), [ticket](const auto &transfer) { return transfer->ticket() == ticket; });
        if (found == line.end())
            continue;
        auto out = std::move(*found);
        line.erase(found);
        return out;
    }
    return nullptr;
}

std::vector<std::unique_ptr<Transfer>> WaitingLine::expired(Time now)
{
    std::vector<std::unique_ptr<Transfer>> out;
    for (Line &line : m_lines) {
        for (auto &transfer : line) {
            if (transfer->deadline() && *transfer->deadline() <= now)
                out.push_back(std::move(transfer));
        }
        std::erase(line, nullptr);
    }
    return out;
}

std::vector<std::unique_ptr<Transfer>> WaitingLine::takeAll()
{
    std::vector<std::unique_ptr<Transfer>> out;
    for (Line &line : m_lines) {
        std::move(line.begin(), line.end(), std::back_inserter(out));
        line.clear();
    }
    return out;
}

std::optional<WaitingLine::Time> WaitingLine::nextDeadline() const
{
    std::optional<Time> out;
    for (const Line &line : m_lines) {
        for (const auto &transfer : line) {
            const auto deadline = transfer->deadline();
            if (deadline && (!out || *deadline < *out))
                out = deadline;
        }
    }
    return out;
}

int WaitingLine::running() const
{
    return std::accumulate(m_running.begin(), m_running.end(), 0);
}

} // namespace fairlead::net
