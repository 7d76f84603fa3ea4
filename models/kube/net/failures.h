// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/net/endpoint.h"
#include "kube/net/limits.h"

#include <chrono>
#include <string_view>

namespace fairlead::net {

/// How a request ended below HTTP, as libcurl tells it.
struct Outcome {
    int result = 0;                        ///< CURLcode
    long verification = 0;                 ///< X509_V_* of the server's certificate (CURLINFO_SSL_VERIFYRESULT), 0 is fine
    long osError = 0;                      ///< errno of the connect, 0 is none
    std::string_view words;                ///< libcurl's error buffer: English, from libcurl and OpenSSL
    bool connected = false;                ///< TCP and TLS stood
    bool answered = false;                 ///< a head had come
    bool silent = false;                   ///< we hung up, because the connection was silent and did not answer when asked
    std::chrono::milliseconds deadline{0}; ///< the request's own
};

/// The same in words for people: what, where, and what to do. Pure; no secret gets in, since libcurl's words hold none and
/// are passed through redacted() all the same.
/// Codes: Unreachable (no connection), Untrusted (either side's certificate or the TLS version), Unauthorized (the server refused
/// our certificate), BadInput (a file of ours), Timeout, Interrupted (connected, then cut), NotKubernetes (no TLS, no HTTP), Internal.
[[nodiscard]] Error failureOf(const Outcome &outcome, const Endpoint &endpoint, const Limits &limits);

/// Endpoint::isAddress says no.
[[nodiscard]] Error notAnAddress(const Endpoint &endpoint);

/// The request was cancelled, or its transport is closing.
[[nodiscard]] Error cancelledError();

/// The request's deadline passed before it could be sent.
[[nodiscard]] Error waitedTooLong(const Endpoint &endpoint, std::chrono::milliseconds deadline);

} // namespace fairlead::net
