// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/replaytransport.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::recording {
namespace {

constexpr std::size_t piece = 1u << 20;

Error cancelled()
{
    return {.code = Code::Cancelled, .message = "the request was cancelled"};
}

void give(const net::Sink &sink, std::string_view bytes)
{
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        if (sink.data)
            sink.data(bytes.substr(0, piece));
    }
}

} // namespace

ReplayTransport::ReplayTransport(Reader reader, Moment at, std::chrono::milliseconds alive)
    : m_replay(std::move(reader), at)
    , m_alive(alive)
    , m_first(m_replay.first())
    , m_last(m_replay.last())
    , m_now(m_replay.now())
    , m_thread([this](const std::stop_token &stop) { run(stop); })
{
}

ReplayTransport::~ReplayTransport()
{
    m_thread.request_stop();
    m_thread.join();
}

net::Ticket ReplayTransport::start(net::Request request, net::Sink sink)
{
    net::Ticket ticket = 0;
    {
        const std::lock_guard lock(m_mutex);
        ticket = ++m_ticket;
        m_jobs.emplace_back(Start{ticket, std::move(request), std::move(sink)});
    }
    m_changed.notify_all();
    return ticket;
}

void ReplayTransport::cancel(net::Ticket ticket)
{
    {
        const std::lock_guard lock(m_mutex);
        const bool isWaiting = std::any_of(m_jobs.begin(), m_jobs.end(), [ticket](const Job &job) {
            const auto *start = std::get_if<Start>(&job);
            return start && start->ticket == ticket;
        });
        if (isWaiting)
            m_cancelled.insert(ticket);
        else
            m_jobs.emplace_front(Cancel{ticket});
    }
    m_changed.notify_all();
}

net::Capabilities ReplayTransport::can() const
{
    return {.readOnly = true, .whyReadOnly = "this is a recording", .replay = true};
}

void ReplayTransport::moveTo(Moment moment)
{
    {
        const std::lock_guard lock(m_mutex);
        // Of moves that nobody could see between, the last one counts.
        if (!m_jobs.empty() && std::holds_alternative<Moment>(m_jobs.back()))
            m_jobs.back() = moment;
        else
            m_jobs.emplace_back(moment);
    }
    m_changed.notify_all();
}

void ReplayTransport::run(const std::stop_token &stop)
{
    using Clock = std::chrono::steady_clock;
    Clock::time_point nextAlive = Clock::now() + m_alive;
    while (!stop.stop_requested()) {
        std::optional<Job> job;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait_until(lock, stop, nextAlive, [this] { return !m_jobs.empty(); });
            if (!m_jobs.empty() && !stop.stop_requested()) {
                job = std::move(m_jobs.front());
                m_jobs.pop_front();
            }
        }
        if (job)
            work(std::move(*job));
        if (Clock::now() < nextAlive)
            continue;
        nextAlive = Clock::now() + m_alive;
        for (const auto &[ticket, sink] : m_sinks) {
            if (sink.alive)
                sink.alive();
        }
    }
    // A sink that is ended may still start another one.
    for (bool more = true; more;) {
        {
            const std::lock_guard lock(m_mutex);
            for (Job &job : m_jobs) {
                if (auto *start = std::get_if<Start>(&job))
                    m_sinks.emplace(start->ticket, std::move(start->sink));
            }
            m_jobs.clear();
        }
        more = !m_sinks.empty();
        while (!m_sinks.empty())
            end(m_sinks.begin()->first, failure(cancelled()));
    }
}

void ReplayTransport::work(Job job)
{
    if (auto *start = std::get_if<Start>(&job))
        begin(std::move(*start));
    else if (const auto *cancel = std::get_if<Cancel>(&job))
        end(cancel->ticket, failure(cancelled()));
    else
        move(std::get<Moment>(job));
}

void ReplayTransport::begin(Start start)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_cancelled.erase(start.ticket) > 0)
            start.request.path.clear();
    }
    const net::Sink sink = m_sinks.emplace(start.ticket, std::move(start.sink)).first->second;
    if (start.request.path.empty())
        return end(start.ticket, failure(cancelled()));
    const Replay::Answer answer = m_replay.answer(start.request, start.ticket);
    if (sink.head)
        sink.head({.status = answer.status, .contentType = answer.contentType, .date = m_replay.now(), .warnings = answer.warnings});
    give(sink, answer.body);
    if (!answer.isOpen)
        end(start.ticket, {});
}

void ReplayTransport::move(Moment to)
{
    const std::vector<Replay::Chunk> chunks = m_replay.advance(to);
    m_now = m_replay.now();
    for (const Replay::Chunk &chunk : chunks) {
        const auto open = m_sinks.find(chunk.ticket);
        if (open == m_sinks.end())
            continue;
        give(net::Sink(open->second), chunk.bytes);
        if (chunk.isLast)
            end(chunk.ticket, {});
    }
}

void ReplayTransport::end(net::Ticket ticket, Result<void> result)
{
    m_replay.close(ticket);
    const auto open = m_sinks.find(ticket);
    if (open == m_sinks.end())
        return;
    const net::Sink sink = std::move(open->second);
    m_sinks.erase(open);
    if (sink.end)
        sink.end(std::move(result));
}

} // namespace fairlead::recording
