// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <string>
#include <string_view>

namespace fairlead::net {

/// A PEM text by value or by file; data wins where both are given, as in kubectl. Both empty: none.
struct Pem {
    std::string data; ///< the text itself, already decoded from base64
    std::string file; ///< absolute; read when first needed, and again when it changed
    Place place;      ///< where a kubeconfig says so: errors about this text carry it

    [[nodiscard]] bool empty() const { return data.empty() && file.empty(); }
};

/// Everything needed to reach one cluster. What a transport cannot do (exec plugins, proxies, "skip verification") has no
/// field here: who reads a kubeconfig refuses it in words instead of dropping it.
struct Endpoint {
    std::string server; ///< "https://host:6443", may end in a path ("https://host/k8s/clusters/c-1"); http is taken too
    Place place;        ///< where the server is named

    Pem authority;   ///< none: the system's authorities. If given, nobody else is trusted
    Pem certificate; ///< the client's, and its key: both or neither
    Pem key;         ///< not encrypted

    std::string token;     ///< bearer token; the file's is taken instead where it can be read, as in client-go
    std::string tokenFile; ///< read again when it changed, and every minute
    Place tokenPlace;

    std::string userAgent = "fairlead/" FAIRLEAD_VERSION " (linux)"; ///< never curl's: the server pretty-prints for it

    /// Over plain http no credentials are sent: as in client-go, and a token would be there for all to read.
    [[nodiscard]] bool secure() const;

    /// It is http(s), a host and at most a port and a path: what could be asked at all.
    [[nodiscard]] bool isAddress() const;

    /// The server's address for people: without user and password, without the ending slash.
    [[nodiscard]] std::string address() const;
};

} // namespace fairlead::net
