// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/watchstream.h"

#include "kube/client.h"
#include "kube/decode/status.h"

#include <QThreadPool>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace fairlead::kube {
namespace {

constexpr std::size_t longestRefusal = 1u << 20;
constexpr std::size_t longestBacklog = 128u << 20;

// Shared by the network thread, which fills it, and the pool task of the moment, which empties it. What it posts finds
// nobody home once the stream is gone.
struct Pipe : std::enable_shared_from_this<Pipe> {
    Pipe(Dispatcher &messages, QThreadPool &tasks, Dispatcher::Number receiver, std::string address, Detail detail, Projection projection,
        std::stop_token going)
        : dispatcher(messages)
        , pool(tasks)
        , number(receiver)
        , server(std::move(address))
        , lines(detail, std::move(projection), std::move(going))
    {
    }

    Dispatcher &dispatcher;
    QThreadPool &pool;
    const Dispatcher::Number number;
    const std::string server;
    std::function<void(std::vector<WatchEvent>)> toEvents; // what to do on the GUI thread
    std::function<void(Result<void>)> toEnd;

    std::mutex mutex;
    net::Head head;                  // guarded
    std::string bytes;               // guarded
    std::optional<Result<void>> end; // guarded
    bool running = false;            // guarded: a pool task is on its way or at work
    WatchLines lines;                // the task's
    bool over = false;               // the task's

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
            std::optional<Result<void>> ended;
            int status = 0;
            {
                const std::lock_guard lock(mutex);
                if (head.status < 400 || end)
                    chunk.swap(bytes);
                ended.swap(end);
                status = head.status;
                if (chunk.empty() && !ended) {
                    running = false;
                    return;
                }
            }
            if (over)
                continue;
            if (status >= 400) {
                if (*ended) // refused: the body says why
                    finish(failure(errorOfAnswer(status, head.contentType, chunk, server, head.retryAfter)));
                else
                    finish(std::move(*ended));
                continue;
            }
            if (!chunk.empty())
                decode(chunk);
            if (ended && !over)
                finish(std::move(*ended));
        }
    }

    void decode(std::string_view chunk)
    {
        WatchLines::Batch batch = lines.feed(chunk);
        if (!batch.events.empty()) {
            auto box = std::make_shared<std::vector<WatchEvent>>(std::move(batch.events));
            dispatcher.post(number, [deliver = toEvents, box] { deliver(std::move(*box)); });
        }
        if (batch.broken)
            finish(failure(std::move(*batch.broken)));
    }

    void finish(Result<void> result)
    {
        over = true;
        if (result && lines.isPartial())
            result = failure({.code = Code::Interrupted, .message = "the watch was cut in the middle of a line", .remedy = {}, .server = server});
        dispatcher.post(number, [deliver = toEnd, result = std::move(result)] { deliver(result); });
    }
};

} // namespace

WatchStream::WatchStream(Client &client, net::Request request, Detail detail, Projection projection, Listener listener)
    : m_client(client)
    , m_listener(std::move(listener))
    , m_number(client.dispatcher().open())
{
    auto pipe = std::make_shared<Pipe>(client.dispatcher(), client.pool(), m_number, client.server(), detail, std::move(projection), client.going());
    // A callback may destroy this stream: each runs on a copy.
    pipe->toEvents = [this](std::vector<WatchEvent> events) {
        const auto deliver = m_listener.events;
        deliver(std::move(events));
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
    sink.data = [pipe](std::string_view chunk) {
        const std::lock_guard lock(pipe->mutex);
        const bool refused = pipe->head.status >= 400;
        if (pipe->bytes.size() + chunk.size() > (refused ? longestRefusal : longestBacklog)) {
            // More than the pool can take in, or no refusal: what is lost is read again from the last version.
            if (!refused && !pipe->end)
                pipe->end = failure({.code = Code::Interrupted, .message = "the watch came faster than it could be read", .server = pipe->server});
        } else if (!pipe->end) {
            pipe->bytes.append(chunk);
        }
        if (!refused)
            pipe->wake();
    };
    sink.alive = [this, pipe] {
        pipe->dispatcher.post(pipe->number, [this] {
            const auto deliver = m_listener.alive;
            deliver();
        });
    };
    sink.end = [pipe](Result<void> end) {
        const std::lock_guard lock(pipe->mutex);
        if (!pipe->end)
            pipe->end = std::move(end);
        pipe->wake();
    };
    m_ticket = client.transport().start(std::move(request), std::move(sink));
}

WatchStream::~WatchStream()
{
    m_client.dispatcher().close(m_number);
    m_client.transport().cancel(m_ticket);
}

} // namespace fairlead::kube
