// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/row.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::kinds {

using Labels = std::vector<std::pair<std::string, std::string>>;

/// The labels of a Selector column's cell ("app=web,tier=front"), as services and workloads print them: enough to find a service's
/// pods without facts. None where the cell asks for more than equal labels ("app in (a,b)"), or for nothing ("<none>").
[[nodiscard]] std::optional<Labels> parseSelector(std::string_view cell);

/// Whether a row has all of these labels. A selector without labels selects nothing, as a service's does.
[[nodiscard]] bool selects(const Labels &labels, const kube::Row &row);

} // namespace fairlead::kinds
