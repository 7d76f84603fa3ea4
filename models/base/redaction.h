// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace fairlead {

/// The text with what must not be seen replaced by "[redacted]": bearer tokens and other Authorization values, JSON web
/// tokens, PEM private keys, values of fields named token, password, client-key-data and the like, user:password in URLs.
///
/// Thread: any; no state. Every log line and every Error that quotes bytes of a request or a file passes through it.
/// Not promised: to find a secret that looks like ordinary text.
[[nodiscard]] std::string redacted(std::string_view text);

} // namespace fairlead
