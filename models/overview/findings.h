// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/cron/zone.h"
#include "kinds/findings/finding.h"
#include "kinds/material/material.h"

#include <vector>

namespace fairlead::overview {

/// All that is broken, the worst first, folded by owner; in a choice of namespaces only what lies in it. Thread: any.
[[nodiscard]] std::vector<kinds::Finding> findingsOf(const kinds::Material &material, const kinds::cron::ReadZoneFile &zones);

} // namespace fairlead::overview
