// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/client.h"

#include "kube/decode/status.h"

#include <utility>

namespace fairlead::kube {

namespace {

// Filled on the network thread, then read by one pool task.
struct Gathered {
    Answer answer;
    bool tooLarge = false;
};

Result<Answer> judged(Gathered &gathered, Result<void> end, const std::string &server, std::size_t limit)
{
    if (!end)
        return failure(std::move(end.error()));
    const net::Head &head = gathered.answer.head;
    if (head.status >= 400)
        return failure(errorOfAnswer(head.status, head.contentType, gathered.answer.body, server, head.retryAfter));
    if (gathered.tooLarge)
        return failure({.code = Code::Unsupported,
            .message = "the answer of " + server + " is larger than " + std::to_string(limit >> 20) + " MiB",
            .remedy = "Ask for less: one namespace, a selector, or one object.",
            .server = server});
    return std::move(gathered.answer);
}

} // namespace

Client::Client(net::Transport &transport, Dispatcher &dispatcher, QThreadPool &pool, std::string server, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_dispatcher(dispatcher)
    , m_pool(pool)
    , m_server(std::move(server))
{
}

Client::~Client()
{
    m_going.request_stop();
    for (const auto &[number, pending] : m_pending) {
        m_dispatcher.close(number);
        m_transport.cancel(pending.ticket);
    }
}

Reply<Answer> Client::send(net::Request request)
{
    return ask<Answer>(std::move(request), [](Answer &&answer) -> Result<Answer> { return std::move(answer); });
}

Dispatcher::Number Client::sendDecoded(net::Request request, Decode decode, Finish finish)
{
    const auto number = m_dispatcher.open();
    auto gathered = std::make_shared<Gathered>();
    net::Sink sink;
    // The pool and the dispatcher outlive the transport, but `this` may be gone: it is touched on the GUI thread only.
    sink.head = [this, number, gathered, &dispatcher = m_dispatcher](const net::Head &head) {
        gathered->answer.head = head;
        if (head.date)
            dispatcher.post(number, [this, date = *head.date, arrived = std::chrono::system_clock::now()] {
                Q_EMIT dateSeen(date + (std::chrono::system_clock::now() - arrived)); // it may have waited for its turn
            });
        for (const std::string &text : head.warnings)
            dispatcher.post(number, [this, text] { Q_EMIT warned(text); });
    };
    sink.data = [gathered](std::string_view chunk) {
        std::string &body = gathered->answer.body;
        const bool refused = gathered->answer.head.status >= 400;
        if (body.size() + chunk.size() > (refused ? refusalLimit : bodyLimit))
            gathered->tooLarge = true; // of a refusal the beginning is enough
        else
            body.append(chunk);
    };
    sink.end = [this, number, gathered, decode = std::move(decode), server = m_server, going = going(), &pool = m_pool, &dispatcher = m_dispatcher](
                   Result<void> end) {
        if (going.stop_requested())
            return;
        pool.start([this, number, gathered, decode, server, end = std::move(end), &dispatcher]() mutable {
            Box box = decode(judged(*gathered, std::move(end), server, bodyLimit));
            gathered.reset();
            dispatcher.post(number, [this, number, box = std::move(box)] { finished(number, box); });
        });
    };
    const net::Ticket ticket = m_transport.start(std::move(request), std::move(sink));
    m_pending.emplace(number, Pending{ticket, std::move(finish)});
    return number;
}

void Client::finished(Dispatcher::Number number, Box box)
{
    const auto it = m_pending.find(number);
    if (it == m_pending.end())
        return;
    const Finish finish = std::move(it->second.finish);
    m_pending.erase(it);
    m_dispatcher.close(number);
    finish(std::move(box));
}

void Client::drop(Dispatcher::Number number)
{
    const auto it = m_pending.find(number);
    if (it == m_pending.end())
        return;
    const net::Ticket ticket = it->second.ticket;
    m_pending.erase(it);
    m_dispatcher.close(number);
    m_transport.cancel(ticket);
}

} // namespace fairlead::kube
