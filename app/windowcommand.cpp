// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowcommand.h"

#include "contexts/readcontexts.h"
#include "ui/window/run.h"

#include <optional>

namespace fairlead::app {

int runWindow(const Arguments &arguments)
{
    const auto given = [](const std::string &text) { return text.empty() ? std::nullopt : std::optional<std::string>(text); };
    ui::WindowOptions options;
    options.contexts = contexts::readContexts(kube::processSurroundings(), given(arguments.kubeconfig), given(arguments.context));
    options.page = arguments.page;
    options.look = arguments.theme == "light"  ? ui::WindowOptions::Look::Light
                   : arguments.theme == "dark" ? ui::WindowOptions::Look::Dark
                                               : ui::WindowOptions::Look::System;
    options.width = arguments.width;
    options.height = arguments.height;
    options.screenshot = arguments.screenshot;
    options.scale = arguments.scale;
    return ui::runWindow(options);
}

} // namespace fairlead::app
