// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/transfer.h"

#include "base/platform/socket.h"
#include "kube/net/failures.h"
#include "kube/net/requestrules.h"

#include <algorithm>
#include <utility>

namespace fairlead::net {
namespace {

// Not copied: the text lives in the transfer's Material.
curl_blob blobOf(const std::string &text)
{
    return {.data = const_cast<char *>(text.data()), .len = text.size(), .flags = CURL_BLOB_NOCOPY};
}

bool append(curl_slist *&list, const std::string &header)
{
    curl_slist *longer = curl_slist_append(list, header.c_str());
    if (!longer)
        return false;
    list = longer;
    return true;
}

} // namespace

Transfer::Transfer(Ticket ticket, Request request, Sink sink, Time startedAt)
    : m_ticket(ticket)
    , m_request(std::move(request))
    , m_sink(std::move(sink))
    , m_startedAt(startedAt)
    , m_sentAt(startedAt)
    , m_quietSince(startedAt)
{
}

Transfer::~Transfer()
{
    curl_easy_cleanup(m_handle);
    curl_slist_free_all(m_headers);
}

Traffic Transfer::traffic() const
{
    return m_request.verb == Verb::Watch ? Traffic::Watch : m_request.traffic;
}

std::optional<Transfer::Time> Transfer::deadline() const
{
    if (m_request.deadline.count() <= 0)
        return std::nullopt;
    return m_startedAt + m_request.deadline;
}

template<typename Value>
void Transfer::set(CURLoption option, Value value)
{
    const CURLcode result = curl_easy_setopt(m_handle, option, value);
    if (result != CURLE_OK && m_optionFailed == CURLE_OK)
        m_optionFailed = result;
}

Result<void> Transfer::prepare(const Endpoint &endpoint, const Limits &limits, std::shared_ptr<const Material> material, TransferHost &host, Time now)
{
    if (auto may = allowed(m_request); !may)
        return may;
    if (!endpoint.isAddress())
        return failure(notAnAddress(endpoint));
    m_material = std::move(material);
    m_sentAt = m_quietSince = now;
    m_handle = curl_easy_init();
    if (!m_handle)
        return failure({.code = Code::Internal, .message = "out of memory"});

    set(CURLOPT_URL, url(endpoint, m_request).c_str());
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PRIVATE, this);
    set(CURLOPT_ERRORBUFFER, m_words.data());
    set(CURLOPT_USERAGENT, endpoint.userAgent.c_str());
    if (m_request.verb == Verb::Review) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_request.body.size()));
        set(CURLOPT_POSTFIELDS, m_request.body.c_str());
    } else {
        set(CURLOPT_HTTPGET, 1L);
    }
    // Nothing of the surroundings decides where a request goes or as whom.
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_FOLLOWLOCATION, 0L);

    set(CURLOPT_HEADERFUNCTION, &Transfer::onHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::onData);
    set(CURLOPT_WRITEDATA, this);

    setConnection(limits, host);
    setTrust(endpoint);
    setTimes(limits, now);
    if (auto headers = setHeaders(endpoint); !headers)
        return headers;
    if (m_optionFailed != CURLE_OK)
        return failure({.code = Code::Internal,
            .message = std::string("libcurl does not take an option: ") + curl_easy_strerror(m_optionFailed),
            .server = endpoint.address()});
    return {};
}

Result<void> Transfer::setHeaders(const Endpoint &endpoint)
{
    bool fine = append(m_headers, "Accept: " + m_request.accept);
    if (m_request.verb == Verb::Review)
        fine = fine && append(m_headers, "Content-Type: application/json") && append(m_headers, "Expect:");
    if (endpoint.secure() && !m_material->token.empty())
        fine = fine && append(m_headers, "Authorization: Bearer " + m_material->token);
    set(CURLOPT_HTTPHEADER, m_headers);
    if (!fine)
        return failure({.code = Code::Internal, .message = "out of memory"});
    return {};
}

void Transfer::setConnection(const Limits &limits, TransferHost &host)
{
    m_host = &host;
    m_keepAlive = limits.keepAlive;
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_PIPEWAIT, 1L);
    set(CURLOPT_NOSIGNAL, 1L);
    // Without it the worker waits for the resolver's thread when a request is cancelled: many seconds where no name server answers.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_SOCKOPTFUNCTION, &Transfer::onSocket);
    set(CURLOPT_SOCKOPTDATA, this);
    set(CURLOPT_CLOSESOCKETFUNCTION, &Transfer::onClose);
    set(CURLOPT_CLOSESOCKETDATA, m_host); // called after this transfer's end
}

void Transfer::setTrust(const Endpoint &endpoint)
{
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    // Always: without it libcurl takes strlen(nullptr) when a key asks for a passphrase.
    set(CURLOPT_KEYPASSWD, "");
    if (!endpoint.secure())
        return;
    if (!m_material->authority.empty()) {
        // Both paths off: the system's authorities would be trusted beside the one that is named.
        set(CURLOPT_CAINFO, static_cast<const char *>(nullptr));
        set(CURLOPT_CAPATH, static_cast<const char *>(nullptr));
        curl_blob authority = blobOf(m_material->authority);
        set(CURLOPT_CAINFO_BLOB, &authority);
    }
    if (!m_material->certificate.empty()) {
        curl_blob certificate = blobOf(m_material->certificate);
        curl_blob key = blobOf(m_material->key);
        set(CURLOPT_SSLCERTTYPE, "PEM");
        set(CURLOPT_SSLKEYTYPE, "PEM");
        set(CURLOPT_SSLCERT_BLOB, &certificate);
        set(CURLOPT_SSLKEY_BLOB, &key);
    }
}

void Transfer::setTimes(const Limits &limits, Time now)
{
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
    if (const auto until = deadline()) {
        // 0 would be none.
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(*until - now);
        set(CURLOPT_TIMEOUT_MS, std::max(1L, static_cast<long>(left.count())));
    }
    if (m_request.verb == Verb::List) {
        set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.listStall.count()));
    }
}

Result<void> Transfer::outcome(CURLcode result, const Endpoint &endpoint, const Limits &limits) const
{
    if (result == CURLE_OK && m_head.complete())
        return {};
    Outcome outcome;
    outcome.result = result == CURLE_OK ? CURLE_GOT_NOTHING : result;
    outcome.words = m_words.data();
    outcome.answered = m_head.complete();
    outcome.silent = m_silent;
    outcome.deadline = m_request.deadline;
    curl_easy_getinfo(m_handle, CURLINFO_SSL_VERIFYRESULT, &outcome.verification);
    curl_easy_getinfo(m_handle, CURLINFO_OS_ERRNO, &outcome.osError);
    outcome.connected = connected();
    return failure(failureOf(outcome, endpoint, limits));
}

bool Transfer::connected() const
{
    curl_off_t sent = 0; // set once the request could be written: connected, TLS and all
    curl_easy_getinfo(m_handle, CURLINFO_PRETRANSFER_TIME_T, &sent);
    return sent > 0;
}

void Transfer::end(Result<void> result)
{
    // Taken out first: whatever it holds may go when it returns.
    const auto end = std::exchange(m_sink.end, nullptr);
    if (end)
        end(std::move(result));
}

int Transfer::localPort() const
{
    long port = 0;
    if (m_handle)
        curl_easy_getinfo(m_handle, CURLINFO_LOCAL_PORT, &port);
    return static_cast<int>(port);
}

void Transfer::byteCame()
{
    m_quietSince = std::chrono::steady_clock::now();
    m_host->bytesCame(localPort(), m_quietSince);
}

void Transfer::alive(Time now)
{
    m_quietSince = now;
    if (m_sink.alive)
        m_sink.alive();
}

std::size_t Transfer::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    transfer->byteCame();
    if (transfer->m_head.line({data, size * count}) && transfer->m_sink.head)
        transfer->m_sink.head(transfer->m_head.head());
    return size * count;
}

std::size_t Transfer::onData(char *data, std::size_t size, std::size_t count, void *self)
{
    auto *transfer = static_cast<Transfer *>(self);
    transfer->byteCame();
    if (transfer->m_sink.data)
        transfer->m_sink.data({data, size * count});
    return size * count;
}

int Transfer::onSocket(void *self, curl_socket_t socket, curlsocktype)
{
    const auto *transfer = static_cast<Transfer *>(self);
    platform::keepAlive(socket, transfer->m_keepAlive);
    transfer->m_host->socketOpened(socket);
    return CURL_SOCKOPT_OK;
}

int Transfer::onClose(void *host, curl_socket_t socket)
{
    return static_cast<TransferHost *>(host)->socketClosed(socket) ? 0 : 1;
}

} // namespace fairlead::net
