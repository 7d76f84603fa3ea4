// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreenode.h"

namespace fairlead::items {

class OwnerTreeSteps;

/// The rows of an object's parts: containers, which stand before all that it owns, and behind it one row above the config maps, secrets,
/// claims and the account that a workload uses. Of what the object's facts say; made where somebody looks at its rows.
/// Thread: GUI.
namespace parts {

/// Whether the object's facts tell of any.
[[nodiscard]] bool areThere(const OwnerTreeNode &node);
/// Their rows, where nobody has asked for them before. Nobody needs to be told: nobody knows that there were none.
void make(OwnerTreeNode &node);
/// After the object has changed. `live`: its rows can be come to, and `steps` are told.
void update(OwnerTreeNode &node, bool live, OwnerTreeSteps &steps);

} // namespace parts
} // namespace fairlead::items
