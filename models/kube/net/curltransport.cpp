// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/curltransport.h"

#include "kube/net/failures.h"
#include "kube/net/worker.h"

#include <algorithm>
#include <thread>
#include <utility>

#include <curl/curl.h>

namespace fairlead::net {
namespace {

// A ticket's low bits tell its connection: cancel needs no map of what runs.
constexpr unsigned laneBits = 8;
constexpr Ticket laneMask = (Ticket{1} << laneBits) - 1;
constexpr std::size_t logLane = 1u << (laneBits - 1); // the upper half of the lanes

} // namespace

CurlTransport::CurlTransport(Endpoint endpoint, Limits limits)
    : m_endpoint(std::move(endpoint))
    , m_limits(limits)
{
    curl_global_init(CURL_GLOBAL_DEFAULT); // counted, and safe from any thread in this libcurl
    m_workers.push_back(std::make_unique<Worker>(m_endpoint, m_limits));
}

CurlTransport::~CurlTransport()
{
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::unique_ptr<Worker>> logs;
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
        workers.swap(m_workers);
        logs.swap(m_logs);
    }
    workers.clear(); // without the lock: the sinks that end here may call start() and cancel()
    logs.clear();
    // Nobody else is left to start anything.
    if (!m_late.empty())
        std::thread([this] { endLate(); }).join();
    curl_global_cleanup();
}

// A sink may start another in its end; that one is ended too.
void CurlTransport::endLate()
{
    for (;;) {
        std::vector<Sink> late;
        {
            const std::lock_guard lock(m_mutex);
            late.swap(m_late);
        }
        if (late.empty())
            return;
        for (const Sink &sink : late) {
            if (sink.end)
                sink.end(failure(cancelledError()));
        }
    }
}

// Watches fill one connection after the other, logs their own; all else takes the first, where room is kept for it.
Worker &CurlTransport::workerFor(const Request &request, std::size_t &lane)
{
    lane = 0;
    if (request.verb == Verb::Watch || request.traffic == Traffic::Watch)
        return roomIn(m_workers, m_limits.watches, lane);
    if (request.traffic != Traffic::Log)
        return *m_workers.front();
    Worker &worker = roomIn(m_logs, m_limits.logs, lane);
    lane += logLane;
    return worker;
}

Worker &CurlTransport::roomIn(std::vector<std::unique_ptr<Worker>> &workers, int most, std::size_t &lane)
{
    const auto lanes = std::min<std::size_t>(static_cast<std::size_t>(std::max(1, m_limits.connections)), logLane - 1);
    for (lane = 0;; ++lane) {
        if (lane == workers.size())
            workers.push_back(std::make_unique<Worker>(m_endpoint, m_limits));
        if (workers[lane]->lasting() < most || lane + 1 >= lanes)
            return *workers[lane];
    }
}

Ticket CurlTransport::start(Request request, Sink sink)
{
    const std::lock_guard lock(m_mutex);
    if (m_closing) {
        m_late.push_back(std::move(sink));
        return ++m_last << laneBits;
    }
    std::size_t lane = 0;
    Worker &worker = workerFor(request, lane);
    const Ticket ticket = (++m_last << laneBits) | lane;
    worker.start(ticket, std::move(request), std::move(sink));
    return ticket;
}

void CurlTransport::cancel(Ticket ticket)
{
    if (ticket == 0)
        return;
    const std::lock_guard lock(m_mutex);
    const auto lane = static_cast<std::size_t>(ticket & laneMask);
    const auto &workers = lane < logLane ? m_workers : m_logs;
    if (lane % logLane < workers.size())
        workers[lane % logLane]->cancel(ticket);
}

Capabilities CurlTransport::can() const
{
    return {.readOnly = true, .whyReadOnly = "Changes to a cluster are not built yet.", .replay = false};
}

int CurlTransport::connections() const
{
    const std::lock_guard lock(m_mutex);
    int sum = 0;
    for (const auto *workers : {&m_workers, &m_logs}) {
        for (const auto &worker : *workers)
            sum += worker->connections();
    }
    return sum;
}

} // namespace fairlead::net
