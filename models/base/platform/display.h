// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace fairlead::platform {

/// Does an X server answer where DISPLAY points: ":0", ":1.0", "unix:0"? A host's name is believed, not tried.
/// Asks by connecting to the local socket and hanging up. Thread: any; blocks no longer than a local connect.
[[nodiscard]] bool xAnswers(const std::string &display);

/// Does a Wayland compositor answer? `display` is WAYLAND_DISPLAY, a name within `runtimeFolder` (XDG_RUNTIME_DIR) or a path.
[[nodiscard]] bool waylandAnswers(const std::string &display, const std::string &runtimeFolder);

} // namespace fairlead::platform
