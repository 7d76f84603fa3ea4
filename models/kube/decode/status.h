// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace fairlead::kube {

class Json;

/// An answer with a status of 400 or above as an Error that tells what to do: a `kind: Status` body gives its message,
/// reason, causes and retryAfterSeconds; anything else (HTML of a proxy, plain text) is quoted in its first 200 bytes.
/// Thread: any. The remedy fits the code: 401 sign in, 403 what right is missing, 404, 410, 429 when, 500 and 503.
[[nodiscard]] Error errorOfAnswer(
    int http, std::string_view contentType, std::string_view body, std::string_view server, std::optional<std::chrono::milliseconds> retryAfter);

/// A Status that came inside a watch (`type: ERROR`).
[[nodiscard]] Error errorOfStatus(const Json &status, std::string_view server);

} // namespace fairlead::kube
