// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/interference.h"

#include <string>

namespace fairlead::app {

// What `fairlead jobs beside` prints. Thread: any; no state.

/// One table of nodes, one of what is shared; each only where it has lines. Of many users the first few are named.
[[nodiscard]] std::string interferenceTable(const jobs::Interference &interference);
/// {unlimited: [{node, servicePods, pods: [{namespace, name, owner, missing}]}], shared: [{kind, namespace, name, key, database, jobs, services,
/// startsPerHour: [{at, count}]}]}: workloads are {kind, namespace, name}, services also {mixed}; `missing` are "cpu", "memory"; a `key` of null is
/// the whole of it.
[[nodiscard]] std::string interferenceJson(const jobs::Interference &interference);

} // namespace fairlead::app
