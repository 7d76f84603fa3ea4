// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "contexts/clusters.h"
#include "ui/widgets/destination.h"

#include <functional>
#include <memory>
#include <string>

namespace fairlead::ui {

/// What the command line wants of the window.
struct WindowOptions {
    enum class Look { System, Light, Dark };

    Destination destination;  ///< --page, --context, --kind, --namespace, --name, --select; empty: as it was left
    Look look = Look::System; ///< --theme
    int width = 1280;         ///< --size, logical pixels
    int height = 800;
    std::string screenshot; ///< --screenshot: a picture instead of a window
    double scale = 1;       ///< --scale, 0.5 to 4: device pixels for a logical one, of the picture only

    bool narrowed = false; ///< by --kubeconfig: files that were opened in earlier windows are left out

    std::function<std::unique_ptr<contexts::Clusters>()> clusters; ///< made once the application is there
    int (*exitCode)(const Error &error) = nullptr;                 ///< of a picture whose page failed
};

/// Opens the window and returns when it is closed; or writes the picture once the page is complete, and returns. Makes its own
/// QApplication: there must be none yet.
///
/// A picture needs no display, no home folder and no environment. A window without a display that
/// answers is refused with a sentence instead of Qt's abort, unless QT_QPA_PLATFORM says what to do.
/// Returns an exit code: 0; 2 a wrong option; else it said why on stderr: 1, or for a failed page (which is written all the same)
/// what `exitCode` says.
[[nodiscard]] int runWindow(const WindowOptions &options);

} // namespace fairlead::ui
