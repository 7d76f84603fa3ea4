// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/kubeconfig/configfile.h"

#include <string>
#include <vector>

namespace fairlead::kube {

/// The few names that look most like `name`, with commas, for a sentence that begins "There is: "; "…" where there are more.
[[nodiscard]] std::string nearestNames(const std::string &name, const std::vector<NamedItem> &items);

} // namespace fairlead::kube
