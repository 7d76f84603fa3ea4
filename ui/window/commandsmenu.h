// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/window/shortcuts.h"

#include <functional>

namespace fairlead::ui {

class DropButton;

/// Adds to its menu what has keys and may be looked for with the pointer too; the keys stand beside it.
void addCommands(DropButton &button, const std::function<void(Command)> &run);

} // namespace fairlead::ui
