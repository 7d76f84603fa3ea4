// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logblock.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace fairlead::logs {

/// The time stamp that kubelet puts before each line with `timestamps=true`, and the blank after it: RFC 3339 with up to nine digits of
/// a second. Length 0: there is none. Thread: any.
struct Stamp {
    LineTime time = 0;
    std::size_t length = 0; ///< blank included
};
[[nodiscard]] Stamp stampOf(std::string_view line);

/// In UTC to the second, as sinceTime wants it: "2026-11-24T14:38:13Z". (The API server cuts fractions off on the way to the node.)
[[nodiscard]] std::string sinceText(LineTime time);

/// "2026-11-24T14:38:13.054331200Z", as `kubectl logs --timestamps` prints it for a node in UTC.
[[nodiscard]] std::string stampText(LineTime time);

} // namespace fairlead::logs
