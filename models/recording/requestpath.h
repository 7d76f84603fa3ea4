// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/source.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// "/apis/apps/v1/namespaces/team-a/deployments/web/scale", taken apart. Thread: any; no state.
struct RequestPath {
    kube::GroupVersionResource resource;
    std::string space;
    std::string name;
    std::string subresource;

    /// None for all that is no path of a resource.
    [[nodiscard]] static std::optional<RequestPath> parse(std::string_view path);
};

} // namespace fairlead::recording
