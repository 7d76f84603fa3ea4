// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/changeset.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace fairlead::test {

/// What a subscriber was told, in order; and the model that follows from it.
struct Told {
    std::vector<kube::ChangeSet> sets;
    std::vector<kube::State> states;
    std::map<kube::RowId, kube::ItemPtr> model; ///< after all sets, applied as ChangeSet says
    std::set<std::string> names;                ///< of the model's rows, with their namespaces
    std::vector<std::string> faults;            ///< breaches of the contract seen while applying

    void take(const kube::ChangeSet &set);
    [[nodiscard]] std::vector<std::string> added() const; ///< names, over all sets
    [[nodiscard]] std::vector<std::string> changed() const;
    [[nodiscard]] std::vector<std::string> removed() const;
    [[nodiscard]] kube::Phase phase() const { return states.empty() ? kube::Phase::Loading : states.back().phase; }
    /// "namespace/name@version" of the model, sorted.
    [[nodiscard]] std::vector<std::string> rows() const;
};

} // namespace fairlead::test
