// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/logstream.h"

#include "kube/client.h"
#include "kube/decode/status.h"
#include "kube/source.h"

#include <QThreadPool>

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

namespace fairlead::kube {
namespace {

constexpr std::size_t longestRefusal = 1u << 20;
constexpr std::size_t longestBacklog = 32u << 20;

net::Request requestOf(const LogRequest &wish)
{
    net::Request request;
    request.verb = net::Verb::Get;
    request.path = objectPath({"", "v1", "pods"}, wish.space, wish.pod);
    request.subresource = "log";
    request.accept = "application/json, */*"; // a log is text, a refusal JSON
    request.deadline = std::chrono::milliseconds(0);
    request.traffic = net::Traffic::Log;
    auto &query = request.query;
    query.emplace_back("container", wish.container);
    query.emplace_back("timestamps", "true");
    if (wish.follow)
        query.emplace_back("follow", "true");
    if (wish.previous)
        query.emplace_back("previous", "true");
    if (wish.since)
        query.emplace_back("sinceSeconds", std::to_string(wish.since->count()));
    else if (!wish.sinceTime.empty())
        query.emplace_back("sinceTime", wish.sinceTime);
    if (wish.tail)
        query.emplace_back("tailLines", std::to_string(*wish.tail));
    return request;
}

// Shared by the network thread, which fills it, and the pool task of the moment, which empties it. What it posts finds nobody home
// once the stream is gone.
struct Pipe : std::enable_shared_from_this<Pipe> {
    Pipe(Dispatcher &messages, QThreadPool &tasks, Dispatcher::Number receiver, std::string address)
        : dispatcher(messages)
        , pool(tasks)
        , number(receiver)
        , server(std::move(address))
    {
    }

    Dispatcher &dispatcher;
    QThreadPool &pool;
    const Dispatcher::Number number;
    const std::string server;
    std::function<void(std::string_view, std::uint64_t)> read; // on the pool
    std::function<void()> toCame;                              // what to do on the GUI thread
    std::function<void(Result<void>)> toEnd;

    std::mutex mutex;
    net::Head head;                  // guarded
    std::string bytes;               // guarded
    std::uint64_t skipped = 0;       // guarded: lines dropped before `bytes`
    std::optional<Result<void>> end; // guarded
    bool running = false;            // guarded: a pool task is on its way or at work
    bool told = false;               // guarded: a message that something came is under way

    void wake() // with the mutex held
    {
        if (std::exchange(running, true))
            return;
        pool.start([self = shared_from_this()] { self->work(); });
    }

    void work()
    {
        for (;;) {
            std::string chunk;
            std::uint64_t lost = 0;
            std::optional<Result<void>> ended;
            bool refused = false;
            {
                const std::lock_guard lock(mutex);
                refused = head.status >= 400;
                if (!refused || end) { // a refusal is read when it is whole
                    chunk.swap(bytes);
                    lost = std::exchange(skipped, 0);
                }
                ended.swap(end);
                if (chunk.empty() && !ended) {
                    running = false;
                    return;
                }
            }
            if (!refused && !chunk.empty()) {
                read(chunk, lost);
                tell();
            }
            if (ended && refused && *ended)
                ended = failure(errorOfAnswer(head.status, head.contentType, chunk, server, head.retryAfter));
            if (ended)
                dispatcher.post(number, [deliver = toEnd, result = std::move(*ended)] { deliver(result); });
        }
    }

    void tell()
    {
        const std::lock_guard lock(mutex);
        if (std::exchange(told, true))
            return;
        dispatcher.post(number, [self = shared_from_this()] {
            {
                const std::lock_guard again(self->mutex);
                self->told = false;
            }
            self->toCame();
        });
    }

    void add(std::string_view chunk)
    {
        const std::lock_guard lock(mutex);
        const bool refused = head.status >= 400;
        if (refused && bytes.size() + chunk.size() > longestRefusal)
            return;
        if (bytes.size() + chunk.size() > longestBacklog) {
            // The newest half stays, from the beginning of a line.
            const std::size_t cut = bytes.find('\n', bytes.size() / 2);
            const std::size_t gone = cut == std::string::npos ? bytes.size() : cut + 1;
            skipped += static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(gone), '\n'));
            bytes.erase(0, gone);
        }
        bytes.append(chunk);
        if (!refused)
            wake();
    }
};

} // namespace

LogStream::LogStream(Client &client, const LogRequest &request, Listener listener)
    : m_client(client)
    , m_listener(std::move(listener))
    , m_number(client.dispatcher().open())
{
    auto pipe = std::make_shared<Pipe>(client.dispatcher(), client.pool(), m_number, client.server());
    // A callback may destroy this stream: each runs on a copy.
    pipe->read = m_listener.read;
    pipe->toCame = [this] {
        const auto deliver = m_listener.came;
        deliver();
    };
    pipe->toEnd = [this](Result<void> result) {
        const auto deliver = m_listener.ended;
        deliver(std::move(result));
    };
    net::Sink sink;
    sink.head = [this, pipe](const net::Head &head) {
        {
            const std::lock_guard lock(pipe->mutex);
            pipe->head = head;
        }
        if (head.status < 400)
            pipe->dispatcher.post(pipe->number, [this] {
                const auto deliver = m_listener.opened;
                deliver();
            });
    };
    sink.data = [pipe](std::string_view chunk) { pipe->add(chunk); };
    sink.alive = [this, pipe] {
        pipe->dispatcher.post(pipe->number, [this] {
            const auto deliver = m_listener.alive;
            deliver();
        });
    };
    sink.end = [pipe](Result<void> end) {
        const std::lock_guard lock(pipe->mutex);
        pipe->end = std::move(end);
        pipe->wake();
    };
    m_ticket = client.transport().start(requestOf(request), std::move(sink));
}

LogStream::~LogStream()
{
    m_client.dispatcher().close(m_number);
    m_client.transport().cancel(m_ticket);
}

} // namespace fairlead::kube
