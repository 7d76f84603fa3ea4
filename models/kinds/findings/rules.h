// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/findings/finding.h"
#include "kinds/findings/inventory.h"
#include "kinds/kind.h"

#include <span>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// What can be wrong with objects of one kind, as data. Constant. Thread: any.
struct FindingRule {
    std::string_view id;
    KindKey about;                  ///< whose objects it judges
    std::span<const KindKey> reads; ///< what else it has to know; it says nothing where that was not listed
    /// A pure function: appends what it finds of `entry`, each with this rule's id.
    void (*judge)(const Inventory::Entry &entry, const Inventory &inventory, std::vector<Finding> &into) = nullptr;
};

/// The registry.
[[nodiscard]] const std::vector<FindingRule> &findingRules();
/// The kinds that rules look at, each once: what has to be listed at Detail::Facts to diagnose a cluster.
[[nodiscard]] std::vector<KindKey> diagnosedKinds();
/// All that the rules find. Repeats of one object are folded into one finding with the evidence of all; broken first, then risks, each by what
/// has lasted longest, then by name.
[[nodiscard]] std::vector<Finding> diagnose(const Inventory &inventory);

} // namespace fairlead::kinds
