// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "kube/resource.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kube {

/// The group is empty for the core group.
struct GroupVersion {
    std::string group;
    std::string version;

    [[nodiscard]] std::string text() const; ///< "apps/v1", "v1"
    [[nodiscard]] std::string path() const; ///< "/apis/apps/v1", "/api/v1"; parts are percent-escaped
    auto operator<=>(const GroupVersion &) const = default;
};

/// What GET /api or GET /apis answered, in either of its forms.
struct DiscoveryDoc {
    bool aggregated = false;
    /// In the server's order, in each group the preferred version first. Stale versions of an aggregated document are
    /// not among them, so that the first is the preferred one in kubectl's sense too.
    std::vector<GroupVersion> versions;
    std::vector<Resource> resources; ///< of all versions, in their order; only where aggregated
    std::vector<Error> broken;       ///< versions whose own server could not be asked (stale); only where aggregated
};

/// What to ask for in Accept: the aggregated form, newest first, then the old one.
inline constexpr std::string_view acceptDiscovery = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
                                                    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

/// Reads an APIGroupDiscoveryList (apidiscovery.k8s.io v2 and v2beta1), an APIGroupList or an APIVersions (v1).
/// Thread: any; no state. `preferred` is not set: it is a question of all documents (markPreferred).
/// Errors: NotKubernetes if it is anything else, Interrupted if it was cut.
/// Source: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api
[[nodiscard]] Result<DiscoveryDoc> decodeDiscovery(std::string_view json);

/// Reads the APIResourceList of one group version; subresources are left out.
[[nodiscard]] Result<std::vector<Resource>> decodeResourceList(std::string_view json, const GroupVersion &version);

/// Of each group's resource marks the first: its preferred version, or the first that has it where that one has not.
void markPreferred(std::vector<Resource> &resources);

} // namespace fairlead::kube
