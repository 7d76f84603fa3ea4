// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/gotomodel.h"
#include "ui/widgets/page.h"

namespace fairlead::ui {

/// Where a line of the go-to list leads; a namespace leads nowhere, it is chosen.
[[nodiscard]] Destination destinationOf(const items::GoToModel::Target &target, bool newTab);

} // namespace fairlead::ui
