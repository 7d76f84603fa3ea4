// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/contextscommand.h"

#include "app/print/columnwidths.h"
#include "app/print/jsonprinter.h"
#include "app/print/terminaltext.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::app {
namespace {

using Line = std::array<std::string, 7>;

Line lineOf(const kube::ContextInfo &context)
{
    const std::string place = context.place.file + (context.place.line > 0 ? ':' + std::to_string(context.place.line) : std::string());
    Line line;
    std::size_t at = 0;
    for (const std::string &text :
        {std::string(context.current ? "*" : ""), context.name, context.cluster, context.server, context.namespaceName, context.user, place})
        appendCell(line[at++], text);
    return line;
}

void printTable(const std::vector<kube::ContextInfo> &contexts, std::string &out)
{
    std::vector<Line> lines = {{"CURRENT", "NAME", "CLUSTER", "SERVER", "NAMESPACE", "USER", "FILE"}};
    for (const kube::ContextInfo &context : contexts)
        lines.push_back(lineOf(context));
    ColumnWidths widths;
    for (const Line &line : lines) {
        for (std::size_t i = 0; i + 1 < line.size(); ++i)
            widths.measure(i, runeCount(line[i]));
    }
    for (const Line &line : lines) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            out += line[i];
            if (i + 1 < line.size())
                widths.pad(out, i, runeCount(line[i]));
        }
        out += '\n';
    }
}

void printJson(const std::vector<kube::ContextInfo> &contexts, std::string &out)
{
    out += '[';
    bool first = true;
    for (const kube::ContextInfo &context : contexts) {
        out += first ? "\n    {" : ",\n    {";
        first = false;
        const auto member = [&out](std::string_view key) {
            out += "\n        \"";
            out += key;
            out += "\": ";
        };
        const auto text = [&](std::string_view key, const std::string &value) {
            member(key);
            appendJsonString(out, value);
            out += ',';
        };
        text("name", context.name);
        text("cluster", context.cluster);
        text("server", context.server);
        text("user", context.user);
        text("namespace", context.namespaceName);
        member("current");
        out += context.current ? "true," : "false,";
        text("file", context.place.file);
        member("line");
        out += std::to_string(context.place.line) + "\n    }";
    }
    out += first ? "]\n" : "\n]\n";
}

} // namespace

void sayWarnings(const std::vector<Error> &warnings, Output &messages)
{
    for (const Error &warning : warnings)
        messages.write(visible("warning: " + warning.text()) + '\n');
}

ExitCode runContexts(const Arguments &arguments, const kube::Surroundings &surroundings, Output &output, Output &messages)
{
    const auto kubeconfig =
        kube::Kubeconfig::load(surroundings, arguments.kubeconfig.empty() ? std::nullopt : std::optional<std::string>(arguments.kubeconfig));
    if (!kubeconfig) {
        messages.write(failureLines(kubeconfig.error()));
        return exitCodeOf(kubeconfig.error());
    }
    const std::vector<kube::ContextInfo> contexts = kubeconfig->contexts();
    if (arguments.format == Format::Json)
        printJson(contexts, output.buffer());
    else
        printTable(contexts, output.buffer());
    std::vector<Error> errors = kubeconfig->problems();
    if (auto written = output.flush(); !written)
        errors.push_back(std::move(written.error()));

    sayWarnings(kubeconfig->warnings(), messages);
    for (const Error &error : errors)
        messages.write(failureLines(error));
    for (const kube::ContextInfo &context : contexts) {
        if (context.problem)
            messages.write("context " + visible(context.name) + ": " + failureLines(*context.problem));
    }
    return exitCodeOf(errors);
}

} // namespace fairlead::app
