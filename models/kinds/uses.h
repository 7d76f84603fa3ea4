// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kinds.h"

#include <string>
#include <vector>

/// What objects use, and who uses them: of facts, by the links of their kinds. Thread: any.
namespace fairlead::kinds {

/// Another object that an object names.
struct Use {
    Reference target;
    std::string how; ///< "env, volume"; what the links say, each once

    bool operator==(const Use &) const = default;
};

/// What an object names by links that say how, each target once, in the links' order. Of its own pod's spec, and of the pods that it makes:
/// what is scaled to zero or waits for its next run uses it all the same. Empty where the row holds no facts. Same as references() of the
/// whole object but for links that say nothing of how, and selections.
[[nodiscard]] std::vector<Use> usesOf(const Kind &kind, const kube::Row &row);

/// The kinds whose objects may use objects of this one. Empty: nobody is asked.
[[nodiscard]] std::vector<KindKey> userKinds(const KindKey &target);

/// The facts of podSpecFacts() of a row: of a pod, or of the pods that it makes. Empty ones where it holds none. `kind` and `row` outlive it.
[[nodiscard]] Facts podFactsOf(const Kind &kind, const kube::Row &row);

} // namespace fairlead::kinds
