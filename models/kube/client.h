// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/dispatcher.h"
#include "base/reply.h"
#include "kube/net/transport.h"

#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <unordered_map>

namespace fairlead::kube {

/// A whole answer with a status below 400.
struct Answer {
    net::Head head;
    std::string body;
};

/// Requests over a transport as Replies on the GUI thread. Bodies are gathered on the network thread and decoded on the
/// pool; nothing is decoded on the GUI thread.
///
/// Thread: the GUI thread, or the only thread of a command. Owner: the session; everything handed in outlives it.
/// Errors: those of the transport, and every status of 400 and above (decode/status.h). A body above `bodyLimit` bytes
/// is Code::Unsupported: lists come in pages.
class Client : public QObject {
    Q_OBJECT

public:
    Client(net::Transport &transport, Dispatcher &dispatcher, QThreadPool &pool, std::string server, QObject *parent = nullptr);
    ~Client() override;

    [[nodiscard]] Reply<Answer> send(net::Request request);

    /// As send(), and `decode` runs on the pool; it must not touch anything but its argument and what it owns.
    template<typename T>
    [[nodiscard]] Reply<T> ask(net::Request request, std::function<Result<T>(Answer &&)> decode);

    [[nodiscard]] net::Transport &transport() const { return m_transport; }
    [[nodiscard]] Dispatcher &dispatcher() const { return m_dispatcher; }
    [[nodiscard]] QThreadPool &pool() const { return m_pool; }
    /// Set when the client goes: what is decoded for it then is of use to nobody, and its pool is waited for.
    [[nodiscard]] std::stop_token going() const { return m_going.get_token(); }
    [[nodiscard]] const std::string &server() const { return m_server; } ///< its address, for texts

Q_SIGNALS:
    /// An answer told the server's time.
    void dateSeen(std::chrono::system_clock::time_point date);
    /// An answer brought a `Warning` header: a deprecated API, a field that will be ignored. Foreign text; each time anew.
    void warned(const std::string &text);

private:
    // What crosses from the pool to the GUI thread is a box; the asker's own things never leave the GUI thread.
    using Box = std::shared_ptr<void>;
    using Decode = std::function<Box(Result<Answer> &&)>; // on the pool
    using Finish = std::function<void(Box)>;              // on the GUI thread
    struct Pending {
        net::Ticket ticket = 0;
        Finish finish;
    };
    Dispatcher::Number sendDecoded(net::Request request, Decode decode, Finish finish);
    void drop(Dispatcher::Number number);
    void finished(Dispatcher::Number number, Box box);

    static constexpr std::size_t bodyLimit = 512u << 20;
    static constexpr std::size_t refusalLimit = 1u << 20;

    net::Transport &m_transport;
    Dispatcher &m_dispatcher;
    QThreadPool &m_pool;
    std::string m_server;
    std::unordered_map<Dispatcher::Number, Pending> m_pending;
    std::stop_source m_going;
};

template<typename T>
Reply<T> Client::ask(net::Request request, std::function<Result<T>(Answer &&)> decode)
{
    const Promise<T> promise;
    auto reply = promise.reply();
    const auto number = sendDecoded(
        std::move(request),
        [decode = std::move(decode), server = m_server](Result<Answer> &&answer) -> Box {
            if (!answer)
                return std::make_shared<Result<T>>(failure(std::move(answer.error())));
            auto decoded = std::make_shared<Result<T>>(decode(std::move(*answer)));
            if (!*decoded && decoded->error().server.empty())
                decoded->error().server = server; // decoders see bytes, and not whose
            return decoded;
        },
        [promise](Box box) { promise.give(std::move(*std::static_pointer_cast<Result<T>>(box))); });
    promise.onCancel([self = QPointer(this), number] {
        if (self)
            self->drop(number);
    });
    return reply;
}

} // namespace fairlead::kube
