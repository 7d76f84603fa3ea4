// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/health.h"
#include "kinds/material/material.h"
#include "kinds/podresources.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::overview {

/// How many objects do how well. Where they could not be listed nothing is known, which is not zero.
struct Census {
    bool offered = false; ///< the server has such objects
    bool known = false;
    std::optional<Error> why; ///< not known
    std::int64_t total = 0;
    std::array<std::int64_t, kinds::healthCount> healths{}; ///< in Health's order; an object that says nothing is Unknown

    [[nodiscard]] std::int64_t of(kinds::Health health) const { return healths[static_cast<std::size_t>(health)]; }
    bool operator==(const Census &other) const { return known == other.known && total == other.total && healths == other.healths; }
};

/// What a namespace's pods ask for.
struct SpaceUse {
    std::string space;
    kinds::PodResources resources;
    std::int64_t pods = 0;

    bool operator==(const SpaceUse &) const = default;
};

/// What a node has, and what its pods ask for. Only of all namespaces is the latter known.
struct NodeUse {
    std::string name;
    std::string zone; ///< may be empty
    kinds::Health health = kinds::Health::Unknown;
    kinds::Amounts allocatable;
    kinds::Amounts requested;
    std::int64_t pods = 0;
    std::int64_t mostPods = 0;
    bool cordoned = false;
    std::vector<std::string> pressures; ///< types of conditions that hold: "MemoryPressure"
};

/// What the six tiles, the namespaces' bars and the table of nodes say. Units: cores, bytes.
struct Figures {
    Census pods;
    Census workloads; ///< deployments, stateful sets, daemon sets; known if each of these kinds is
    Census jobs;
    Census nodes;
    std::map<std::string, Census> byKind; ///< of each kind with health that was read, by resource ("deployments.apps")
    std::map<std::string, std::int64_t> phases;
    kinds::PodResources asked;     ///< by pods that a node has and that have not ended; known with `pods`
    kinds::Amounts allocatable;    ///< of all nodes; known with `nodes`
    std::vector<SpaceUse> spaces;  ///< the one that asks for most CPU first
    std::vector<NodeUse> nodeUses; ///< by name as people count: node-2 before node-10
    std::int64_t services = 0;
    std::int64_t cronJobs = 0;
};

/// Pure. Thread: any.
[[nodiscard]] Figures figuresOf(const kinds::Material &material);

/// The kinds that count as workloads.
[[nodiscard]] const std::vector<kinds::KindKey> &workloadKinds();

} // namespace fairlead::overview
