// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/net/credentials.h"
#include "kube/net/endpoint.h"
#include "kube/net/headreader.h"
#include "kube/net/limits.h"
#include "kube/net/transport.h"

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <curl/curl.h>

namespace fairlead::net {

/// What a worker needs to hear of its transfers while libcurl runs them.
class TransferHost {
public:
    virtual void bytesCame(int localPort, std::chrono::steady_clock::time_point when) = 0;
    virtual void socketOpened(int socket) = 0;
    virtual bool socketClosed(int socket) = 0; ///< closes it too

protected:
    ~TransferHost() = default;
};

/// One request on its way: the libcurl handle with every option set, and the sink at its end.
///
/// Thread: the worker's. The host outlives it, and outlives the connection it opened (libcurl closes sockets late).
class Transfer {
public:
    using Time = std::chrono::steady_clock::time_point;

    Transfer(Ticket ticket, Request request, Sink sink, Time startedAt);
    ~Transfer();
    Transfer(const Transfer &) = delete;
    Transfer &operator=(const Transfer &) = delete;

    /// Makes the handle: after that it may be added to the multi handle. Errors: Invalid (allowed()), BadInput, Internal.
    [[nodiscard]] Result<void> prepare(
        const Endpoint &endpoint, const Limits &limits, std::shared_ptr<const Material> material, TransferHost &host, Time now);

    /// How libcurl's word for the end reads to people. Only after prepare().
    [[nodiscard]] Result<void> outcome(CURLcode result, const Endpoint &endpoint, const Limits &limits) const;

    /// Calls the sink's end; once.
    void end(Result<void> result);
    /// Tells the sink; from now on it counts as quiet anew.
    void alive(Time now);

    [[nodiscard]] Ticket ticket() const { return m_ticket; }
    [[nodiscard]] CURL *handle() const { return m_handle; }
    [[nodiscard]] Traffic traffic() const;
    [[nodiscard]] std::optional<Time> deadline() const;
    [[nodiscard]] std::chrono::milliseconds wholeDeadline() const { return m_request.deadline; }
    [[nodiscard]] Time sentAt() const { return m_sentAt; }
    [[nodiscard]] bool answered() const { return m_head.complete(); }
    /// It has, or had, a connection of its own or a share of one.
    [[nodiscard]] bool connected() const;
    /// Our end's port of the connection it rides, which names it; 0 without one.
    [[nodiscard]] int localPort() const;
    /// When its last byte came, or its sink was told `alive`; else when it was sent.
    [[nodiscard]] Time quietSince() const { return m_quietSince; }
    /// Whether an end from now on is our own hanging up on a silent connection.
    void silent(bool is) { m_silent = is; }

private:
    [[nodiscard]] Result<void> setHeaders(const Endpoint &endpoint);
    void setConnection(const Limits &limits, TransferHost &host);
    void setTrust(const Endpoint &endpoint);
    void setTimes(const Limits &limits, Time now);
    void byteCame();
    template<typename Value>
    void set(CURLoption option, Value value);

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onData(char *data, std::size_t size, std::size_t count, void *self);
    static int onSocket(void *host, curl_socket_t socket, curlsocktype purpose);
    static int onClose(void *host, curl_socket_t socket);

    const Ticket m_ticket;
    const Request m_request;
    Sink m_sink;
    const Time m_startedAt;
    Time m_sentAt;
    Time m_quietSince;
    HeadReader m_head;
    bool m_silent = false;
    CURLcode m_optionFailed = CURLE_OK;
    std::shared_ptr<const Material> m_material; // libcurl reads from it for as long as the handle lives
    platform::KeepAlive m_keepAlive;
    TransferHost *m_host = nullptr;
    CURL *m_handle = nullptr;
    curl_slist *m_headers = nullptr;
    std::array<char, CURL_ERROR_SIZE> m_words{};
};

} // namespace fairlead::net
