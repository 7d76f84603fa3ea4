// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// The object that has to be mended. `space` is empty for what has no namespace.
struct FoundObject {
    std::string apiVersion;
    std::string kind;
    std::string space;
    std::string name;

    auto operator<=>(const FoundObject &) const = default;
};

/// One thing that is broken in a cluster, or is going to be. Texts hold what the cluster sent: plain, never to be interpreted.
struct Finding {
    enum class Severity : std::uint8_t {
        Broken,  ///< something does not do its work now
        Risk,    ///< it does, and that will not last, or will not grow
        Unknown, ///< nobody knows: whoever would tell has gone silent
    };

    std::string_view id; ///< the rule's: "crash-loop"
    Severity severity = Severity::Broken;
    FoundObject object;
    std::string reason;                ///< one sentence for people, without a full stop
    std::optional<Moment> since;       ///< where the cluster tells
    FoundObject seenAt;                ///< the first object that it was found of: a pod of the deployment that has to be mended
    std::vector<std::string> evidence; ///< what it is concluded from: conditions, events, exit codes; of several pods each with its name

    bool operator==(const Finding &) const = default;
};

/// "broken", "risk", "unknown", as in JSON.
[[nodiscard]] std::string_view name(Finding::Severity severity);

} // namespace fairlead::kinds
