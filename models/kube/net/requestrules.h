// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/net/endpoint.h"
#include "kube/net/transport.h"

#include <string>

namespace fairlead::net {

/// Whether this request may leave the machine at all. GET for Get, List and Watch; POST for a Review, to the three
/// SelfSubject resources only; no subresource that opens a way into a cluster (exec, attach, portforward, proxy: they are
/// GETs too); no path that a byte in it could turn into another request.
/// Error: Invalid, with nothing sent.
[[nodiscard]] Result<void> allowed(const Request &request);

/// Server, path, subresource and query as one URL; query keys and values escaped. The request is an allowed one.
[[nodiscard]] std::string url(const Endpoint &endpoint, const Request &request);

/// "pods of namespace default" is for others to say: here a request is named by verb and path, without its query.
[[nodiscard]] std::string describe(const Request &request);

} // namespace fairlead::net
