// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreenode.h"

#include <functional>
#include <optional>
#include <vector>

/// What places of a tree by owner say of all below them. What is below has been counted before. Thread: GUI.
namespace fairlead::items::counts {

/// Whether a pod's place is one of a pod that takes traffic; kept with it.
[[nodiscard]] bool takesTraffic(const OwnerTreeNode &node);
/// Of who shows pods: how those below it do, each once, and the endpoints that are no pods. `columns`: of its store.
void ofPods(OwnerTreeNode &node, const std::vector<kube::Column> &columns);
/// Of a group: how all in it do. `health`: of a place.
void ofGroup(OwnerTreeNode &node, const std::function<std::optional<kinds::Health>(const OwnerTreeNode &)> &health);

} // namespace fairlead::items::counts
