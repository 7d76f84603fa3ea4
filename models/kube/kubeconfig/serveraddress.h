// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace fairlead::kube {

/// A server's address in its parts.
struct ServerAddress {
    bool secure = false; ///< https
    bool schemeGiven = true;
    bool user = false; ///< user or password stand in it
    std::string host;  ///< lower case, without the brackets of an IPv6 address
    int port = 0;      ///< as written, or the scheme's
    std::string path;  ///< "" or "/x/y", without an ending slash

    /// Scheme, host, port and path as Endpoint wants them.
    [[nodiscard]] std::string text() const;
};

/// As kubectl reads it: without a scheme it is http, and then a path is an error.
/// Error: BadInput without a place; the message does not quote the address, which may hold a password.
[[nodiscard]] Result<ServerAddress> parseServer(std::string_view text);

} // namespace fairlead::kube
