// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kube {

/// One resource that the server offers in one version, as discovery tells it. Subresources are not among them.
struct Resource {
    GroupVersionResource id;
    std::string kind;
    std::string singular;
    std::vector<std::string> shortNames;
    std::vector<std::string> categories;
    std::vector<std::string> verbs;
    bool namespaced = false;
    bool preferred = false; ///< its version is the one the server prefers for this resource

    [[nodiscard]] bool can(std::string_view verb) const;
    /// "deployments.apps", "pods": unique among preferred versions.
    [[nodiscard]] std::string qualifiedName() const;
    bool operator==(const Resource &) const = default;
};

/// What helps who may not list or watch a kind everywhere: to choose a namespace, where it has them, which the server's words do
/// not tell. Any other error as it is.
[[nodiscard]] Error withWayOut(Error error, const Resource &resource);

} // namespace fairlead::kube
