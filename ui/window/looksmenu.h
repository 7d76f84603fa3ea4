// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/settings.h"
#include "ui/widgets/density.h"

namespace fairlead::ui {

class Appearance;
class DropButton;

inline constexpr const char *looksKey = "window/theme"; ///< of the settings: int(Appearance::Choice)
inline constexpr const char *rowsKey = "window/rows";   ///< likewise: int(Density)

/// Adds to the button's menu how the program may look and how close rows may stand, and remembers what is chosen.
void addLooks(DropButton &button, Appearance &appearance, Settings &settings);
/// What was chosen last; usual where nothing was, or nothing that is known.
[[nodiscard]] Density rememberedDensity(const Settings &settings);

} // namespace fairlead::ui
