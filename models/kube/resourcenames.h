// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/discovery.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kube {

/// Resolves what people type for a kind exactly as kubectl 1.34 does: plural, singular, kind in any case, short name (in
/// its own case only), group- and version-qualified ("deployments.v1.apps", "deploy.apps", also the beginning of a
/// group), several with commas, categories ("all"). A category gives its resources in kubectl's order; other names give
/// one resource each, in the order typed; none comes twice.
///
/// Like kubectl it takes the kinds of lists ("podlist") for resources that no server has ("podlists"): the server's 404
/// is then the answer.
/// Thread: any; no state. Error: Code::NotFound in kubectl's words (`the server doesn't have a resource type "x"`).
/// Source: k8s.io/client-go/restmapper and k8s.io/cli-runtime/pkg/resource as of 1.34; proven against kubectl by a live test.
[[nodiscard]] Result<std::vector<Resource>> resolveResources(const Offer &offer, std::string_view typed);

/// Where a short name stands for several kinds: kubectl's words for those that it is not taken for, each once.
[[nodiscard]] std::vector<std::string> ambiguities(const Offer &offer, std::string_view typed);

/// One name, as the TYPE of TYPE/NAME, and of "TYPE,TYPE NAME": categories are not looked for, and a comma is no separator.
[[nodiscard]] Result<Resource> resolveResource(const Offer &offer, std::string_view typed);

} // namespace fairlead::kube
