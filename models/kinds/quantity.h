// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace fairlead::kinds {

/// A Kubernetes quantity as a number for sorting and bars: "250m" is 0.25, "1Gi" 1073741824, "1e3" 1000, "5E" 5e18. As exact as
/// a double is. None for everything else ("", "inf", "1 Gi"). Thread: any.
/// Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
[[nodiscard]] std::optional<double> parseQuantity(std::string_view text);

} // namespace fairlead::kinds
