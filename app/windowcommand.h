// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"

namespace fairlead::app {

/// Opens the window on what the kubeconfigs say, or writes its picture; returns the exit code. The only file of app/ that
/// knows ui/: a build without FAIRLEAD_UI leaves it out. There must be no QCoreApplication yet.
[[nodiscard]] int runWindow(const Arguments &arguments);

} // namespace fairlead::app
