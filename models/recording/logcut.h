// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "kube/net/transport.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// What of a log was asked for. Names as in the API's PodLogOptions. Thread: any; no state.
struct LogCut {
    bool hasTimes = true; ///< each line begins with its time and a blank, as it is recorded
    std::optional<Moment> since;
    std::optional<std::uint64_t> tail;  ///< lines
    std::optional<std::uint64_t> limit; ///< bytes

    /// `now`: what sinceSeconds counts back from.
    [[nodiscard]] static LogCut of(const net::Request &request, Moment now);
    [[nodiscard]] std::string apply(std::string_view lines) const;
};

} // namespace fairlead::recording
