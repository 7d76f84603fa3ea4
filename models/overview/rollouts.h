// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/material/material.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fairlead::overview {

/// A deployment's template became another one.
struct Rollout {
    std::string space;
    std::string name; ///< the deployment's
    std::int64_t revision = 0;
    kinds::Moment at;
};

/// Of the replica sets that are there, the oldest first; at most `mostRollouts`, the last ones. A deployment's first replica set rolls nothing
/// out. Not told: a roll-back, whose replica set is older than it; and whatever the revision history limit has swept away.
/// Thread: any. Source: the annotation deployment.kubernetes.io/revision, as k8s.io/kubernetes pkg/controller/deployment/util sets it.
inline constexpr std::size_t mostRollouts = 50;
[[nodiscard]] std::vector<Rollout> rolloutsOf(const kinds::Material &material);

} // namespace fairlead::overview
