// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/net/credentials.h"
#include "kube/net/endpoint.h"
#include "kube/net/limits.h"
#include "kube/net/transfer.h"
#include "kube/net/transport.h"
#include "kube/net/waitingline.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include <curl/curl.h>

namespace fairlead::net {

/// One connection to one server, and the thread that runs it: a libcurl multi handle with HTTP/2 streams, a line of those
/// that wait for room, and the watch over silence. (Without HTTP/2 each request makes a connection; the bounds stay.)
///
/// Thread: start, cancel, lasting and connections from any; sinks are called on the worker's own. The destructor ends
/// every request with Code::Cancelled on that thread, and joins it.
class Worker final : private TransferHost {
public:
    Worker(const Endpoint &endpoint, const Limits &limits);
    ~Worker();
    Worker(const Worker &) = delete;
    Worker &operator=(const Worker &) = delete;

    void start(Ticket ticket, Request request, Sink sink);
    void cancel(Ticket ticket);

    /// Watches and logs that were started and have not ended, waiting ones included.
    [[nodiscard]] int lasting() const { return m_lasting; }
    /// Sockets opened so far.
    [[nodiscard]] int connections() const { return m_connections; }

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Command {
        Ticket ticket = 0;
        std::unique_ptr<Transfer> transfer; ///< null: cancel
    };
    struct Socket {
        int number = -1;
        Time openedAt;
        int port = 0;              ///< our end's, which libcurl names of a transfer; 0: not known yet
        Time lastWord;             ///< byte of any stream on it
        Time askedAt;              ///< the server, because this one was silent
        std::optional<Time> since; ///< its oldest running stream was sent; as of seatStreams()
        [[nodiscard]] Time silentSince() const;
    };

    void bytesCame(int localPort, Time when) override;
    void socketOpened(int socket) override;
    bool socketClosed(int socket) override;

    void post(Command command);
    void run(const std::stop_token &stop);
    void takeCommands();
    void stopTransfer(Ticket ticket);
    void admit();
    void expireWaiting();
    void expireRunning();
    void perform();
    void finished(CURL *handle, CURLcode result);
    void failUnconnected(const Error &why);
    [[nodiscard]] Socket *socketOf(const Transfer &transfer);
    [[nodiscard]] Socket *socketAt(int port);
    void seatStreams();
    void watchSilence();
    void tellAlive(Time now);
    [[nodiscard]] bool isAcknowledged(const Socket &socket) const;
    [[nodiscard]] Time nextLook();
    void startProbe();
    void probeEnded();
    void hangUp();
    [[nodiscard]] int sleepTime() const;
    void end(std::unique_ptr<Transfer> transfer, Result<void> result);
    void endAll();

    const Endpoint m_endpoint;
    const Limits m_limits;
    Credentials m_credentials;

    std::mutex m_mutex;
    std::vector<Command> m_commands; // under m_mutex; all below it is the thread's alone

    WaitingLine m_waiting;
    std::unordered_map<Ticket, std::unique_ptr<Transfer>> m_running;
    std::unique_ptr<Transfer> m_probe;
    std::vector<Socket> m_sockets;
    Time m_probeStarted;
    Time m_lastStir;           // the socket had something
    Time m_nextLook;           // at who is silent
    int m_unansweredPort = 0;  // the connection that the probe rode
    bool m_unanswered = false; // the probe ended without an answer
    bool m_answered = false;   // or with one

    std::atomic<int> m_lasting = 0;
    std::atomic<int> m_connections = 0;
    CURLM *m_multi = nullptr;
    std::jthread m_thread;
};

} // namespace fairlead::net
