// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/usage.h"

#include <algorithm>
#include <array>
#include <memory>

namespace fairlead::kinds {

namespace {

constexpr std::array usageKinds = {
    UsageKind{.kind = {"", "pods"}, .resource = "pods", .namespaced = true, .before = "Age", .whole = UsageKind::Whole::Limits},
    UsageKind{.kind = {"", "nodes"}, .resource = "nodes", .before = "Age", .whole = UsageKind::Whole::Allocatable, .cpuBar = true},
};

} // namespace

const UsageKind *usageKindOf(std::string_view group, std::string_view resource)
{
    const auto found = std::find_if(usageKinds.begin(), usageKinds.end(), [&](const UsageKind &each) {
        return each.kind == KindKey{group, resource};
    });
    return found == usageKinds.end() ? nullptr : std::to_address(found);
}

UsageBounds usageBoundsOf(const UsageKind &kind, const Facts &object)
{
    if (kind.whole == UsageKind::Whole::Allocatable)
        return {.most = amountsOf(object.json("allocatable")), .asked = {}};
    const PodResources resources = podResourcesOf(object);
    return {.most = resources.limits, .asked = resources.requests};
}

} // namespace fairlead::kinds
