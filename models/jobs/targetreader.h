// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/findings/inventory.h"
#include "kube/source.h"

#include <compare>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fairlead::jobs {

/// A secret, a config map or a service that a pod's spec names.
struct Target {
    std::string kind;
    std::string space;
    std::string name;
    std::string key; ///< of a secret or config map; empty: the whole of it

    auto operator<=>(const Target &) const = default;
};

/// What workloads use, of their facts; the rules stand at interferenceOf(). The inventory outlives it. Thread: any.
class TargetReader {
public:
    /// `scope`: what the inventory is of.
    TargetReader(const kinds::Inventory &inventory, kube::Scope scope);

    /// Of an object that is, or makes, pods: each once.
    [[nodiscard]] std::set<Target> targetsOf(const kinds::Inventory::Entry &entry) const;

private:
    using Entry = kinds::Inventory::Entry;
    void addHosts(const Entry &entry, const std::vector<std::string> &hosts, std::set<Target> &into) const;

    const kube::Scope m_scope;
    bool m_hasServices = false;
    std::map<std::pair<std::string, std::string>, const Entry *> m_services; ///< by namespace and name
};

} // namespace fairlead::jobs
