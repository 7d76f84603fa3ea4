// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"

namespace fairlead::ui {

class Appearance;
class DropButton;

inline constexpr const char *looksKey = "window/theme"; ///< of the settings: int(Appearance::Choice)

/// Adds to the button's menu how the program may look, and remembers what is chosen.
void addLooks(DropButton &button, Appearance &appearance, Settings &settings);

} // namespace fairlead::ui
