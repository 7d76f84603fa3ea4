// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collected.h"

#include <utility>

namespace fairlead::test {

Collected::Collected()
    : m_shared(std::make_shared<Shared>())
{
}

net::Sink Collected::sink() const
{
    const auto note = [shared = m_shared](const auto &what) {
        {
            const std::lock_guard lock(shared->mutex);
            shared->seen.disorder |= shared->seen.ends > 0;
            shared->seen.thread = std::this_thread::get_id();
            what(shared->seen);
        }
        shared->changed.notify_all();
    };
    net::Sink sink;
    sink.head = [note](const net::Head &head) {
        note([&](Seen &seen) {
            seen.disorder |= seen.heads > 0;
            seen.head = head;
            ++seen.heads;
        });
    };
    sink.data = [note](std::string_view data) {
        note([&](Seen &seen) {
            seen.disorder |= !seen.head;
            seen.body += data;
            ++seen.chunks;
        });
    };
    sink.alive = [note] { note([](Seen &seen) { ++seen.alive; }); };
    sink.end = [note](Result<void> result) {
        note([&](Seen &seen) {
            seen.result = std::move(result);
            ++seen.ends;
        });
    };
    return sink;
}

Collected::Seen Collected::seen() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->seen;
}

bool Collected::waitFor(const std::function<bool(const Seen &)> &condition, std::chrono::milliseconds limit) const
{
    std::unique_lock lock(m_shared->mutex);
    return m_shared->changed.wait_for(lock, limit, [&] { return condition(m_shared->seen); });
}

bool Collected::waitForEnd(std::chrono::milliseconds limit) const
{
    return waitFor([](const Seen &seen) { return seen.ends > 0; }, limit);
}

std::optional<Error> Collected::error() const
{
    const std::lock_guard lock(m_shared->mutex);
    if (!m_shared->seen.result || *m_shared->seen.result)
        return std::nullopt;
    return m_shared->seen.result->error();
}

Collected::Seen fetch(net::Transport &transport, net::Request request)
{
    const Collected collected;
    const net::Ticket ticket = transport.start(std::move(request), collected.sink());
    if (!collected.waitForEnd(std::chrono::seconds(40))) {
        transport.cancel(ticket);
        collected.waitForEnd();
    }
    return collected.seen();
}

} // namespace fairlead::test
