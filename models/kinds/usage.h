// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/facts.h"
#include "kinds/kind.h"
#include "kinds/podresources.h"

#include <cstdint>
#include <string_view>

namespace fairlead::kinds {

/// A kind of whose objects metrics.k8s.io says what they use. Constant, lives as long as the program.
struct UsageKind {
    /// What is set against what is used.
    enum class Whole : std::uint8_t {
        Limits,      ///< the pod's: of what it may use
        Allocatable, ///< the node's: of what there is
    };
    KindKey kind;
    std::string_view resource; ///< of metrics.k8s.io/v1beta1
    bool namespaced = false;
    std::string_view before; ///< the server's column in front of which the two stand
    Whole whole = Whole::Limits;
    bool cpuBar = false; ///< a bar for CPU too: where both wholes are always known
};

/// Null: of this kind nothing is known. Thread: any.
[[nodiscard]] const UsageKind *usageKindOf(std::string_view group, std::string_view resource);

/// What an object may use at most, and what it asks for; 0: nobody has said. Of a node only what there is. Thread: any.
struct UsageBounds {
    Amounts most;
    Amounts asked;

    bool operator==(const UsageBounds &) const = default;
};
[[nodiscard]] UsageBounds usageBoundsOf(const UsageKind &kind, const Facts &object);

} // namespace fairlead::kinds
