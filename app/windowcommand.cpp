// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowcommand.h"

#include "app/engines.h"
#include "app/failurewords.h"
#include "ui/window/run.h"

#include <memory>
#include <optional>

namespace fairlead::app {

int runWindow(const Arguments &arguments)
{
    const auto given = [](const std::string &text) { return text.empty() ? std::nullopt : std::optional<std::string>(text); };
    ui::WindowOptions options;
    options.destination.page = arguments.page;
    options.destination.context = arguments.context;
    options.destination.kind = arguments.kind;
    options.destination.name = arguments.name;
    options.destination.select = arguments.select;
    options.destination.view = arguments.view;
    options.destination.tab = arguments.tab;
    if (arguments.allNamespaces)
        options.destination.scope = kube::Scope::all();
    else if (!arguments.space.empty())
        options.destination.scope = kube::Scope::of({arguments.space});
    options.destination.space = arguments.space;
    options.look = arguments.theme == "light"  ? ui::WindowOptions::Look::Light
                   : arguments.theme == "dark" ? ui::WindowOptions::Look::Dark
                                               : ui::WindowOptions::Look::System;
    options.width = arguments.width;
    options.height = arguments.height;
    options.screenshot = arguments.screenshot;
    options.scale = arguments.scale;
    options.narrowed = !arguments.kubeconfig.empty();
    if (arguments.isOfRecording())
        options.destination.context = Engines::nameOf(arguments.recording);
    options.clusters = [kubeconfig = given(arguments.kubeconfig), context = given(options.destination.context), arguments] {
        auto engines = std::make_unique<Engines>(kubeconfig, context);
        if (arguments.demo && arguments.at.empty() && arguments.screenshot.empty())
            (void)engines->addRecording({});
        else if (arguments.isOfRecording())
            engines->addRecording(arguments.recording, arguments.at, RecordingName::Start::Still);
        return engines;
    };
    options.exitCode = [](const Error &error) { return static_cast<int>(exitCodeOf(error)); };
    return ui::runWindow(options);
}

} // namespace fairlead::app
