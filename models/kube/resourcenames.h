// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/discovery.h"

#include <string_view>
#include <vector>

namespace fairlead::kube {

/// Resolves what people type for a kind exactly as kubectl 1.34 does: plural, singular, kind in any case, short name,
/// group- and version-qualified ("deployments.v1.apps", "deploy.apps"), several with commas, categories ("all").
/// A category gives its resources in kubectl's order; other names give one resource each, in the order typed.
/// Thread: any; no state. Error: Code::NotFound in kubectl's words ("the server doesn't have a resource type "x"").
[[nodiscard]] Result<std::vector<Resource>> resolveResources(const Offer &offer, std::string_view typed);

} // namespace fairlead::kube
