// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace fairlead::contexts {

/// When a bearer token ends, as it says itself: `exp` of a JSON web token (RFC 7519 4.1.4). None for any other token. The
/// signature is for the server to judge. Thread: any.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> tokenEnd(std::string_view token);

} // namespace fairlead::contexts
