// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "contexts/contextlist.h"

#include <string>

namespace fairlead::ui {

/// What the command line wants of the window.
struct WindowOptions {
    enum class Look { System, Light, Dark };

    contexts::ContextList contexts; ///< what the kubeconfigs say, already read
    std::string page;               ///< "" or "clusters"; others are not there yet
    Look look = Look::System;       ///< --theme
    int width = 1280;               ///< --size, logical pixels
    int height = 800;
    std::string screenshot; ///< --screenshot: a picture instead of a window
    double scale = 1;       ///< --scale, 0.5 to 4: device pixels for a logical one, of the picture only
};

/// Opens the window and returns when it is closed; or writes the picture and returns at once. Makes its own QApplication:
/// there must be none yet.
///
/// A picture needs no display, no home folder and no environment. A window without a display that
/// answers is refused with a sentence instead of Qt's abort, unless QT_QPA_PLATFORM says what to do.
/// Returns an exit code: 0; 1 failed, and said why on stderr (a failed page is written all the same); 2 a wrong option.
[[nodiscard]] int runWindow(const WindowOptions &options);

} // namespace fairlead::ui
