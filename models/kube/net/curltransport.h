// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/net/endpoint.h"
#include "kube/net/limits.h"
#include "kube/net/transport.h"

#include <memory>
#include <mutex>
#include <vector>

namespace fairlead::net {

class Worker;

/// The way to a real cluster: TLS, HTTP/2 and one connection by libcurl, on a thread of its own. More than `limits.watches`
/// watches get a further connection with a further thread, so that no watch waits for another's end. Logs never ride with watches:
/// they have connections of their own, made when the first one is asked for, so that a large one delays nothing else.
///
/// Thread: any. Owner: the session. Sinks are called on a thread of the transport; one request's calls always on the same.
/// The destructor ends every request with Code::Cancelled on those threads and returns when they are gone: never destroy
/// a transport from inside a sink. What a sink starts meanwhile never leaves: it ends with Code::Cancelled too, on one more
/// thread of the transport's, before the destructor returns (who starts again at every such end keeps it from returning).
///
/// Errors in a sink's end: Unreachable, Untrusted, Unauthorized (TLS refused our certificate), Timeout, Interrupted, NotKubernetes,
/// BadInput (credentials), Invalid (a request that may not leave), Cancelled; with the server's address, words for people
/// and a remedy. A silent connection (Limits) ends its streams with Timeout.
///
/// Not promised: to retry. (libcurl itself sends a GET once more if an idle connection turns out to be dead.)
class CurlTransport final : public Transport {
public:
    explicit CurlTransport(Endpoint endpoint, Limits limits = {});
    ~CurlTransport() override;
    CurlTransport(const CurlTransport &) = delete;
    CurlTransport &operator=(const CurlTransport &) = delete;

    [[nodiscard]] Ticket start(Request request, Sink sink) override;
    void cancel(Ticket ticket) override;
    [[nodiscard]] Capabilities can() const override;

    /// Sockets opened so far: what a test counts to know that a connection survived.
    [[nodiscard]] int connections() const;

private:
    Worker &workerFor(const Request &request, std::size_t &lane);
    Worker &roomIn(std::vector<std::unique_ptr<Worker>> &workers, int most, std::size_t &lane);
    void endLate();

    const Endpoint m_endpoint;
    const Limits m_limits;
    Ticket m_last = 0; // under m_mutex, as the workers are
    mutable std::mutex m_mutex;
    std::vector<std::unique_ptr<Worker>> m_workers; // under m_mutex; grows until it closes, empty from then on
    std::vector<std::unique_ptr<Worker>> m_logs;    // under m_mutex; the same, for logs alone
    bool m_closing = false;                         // under m_mutex
    std::vector<Sink> m_late;                       // under m_mutex: started while it closes
};

} // namespace fairlead::net
