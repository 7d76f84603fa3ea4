// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosecommand.h"

#include "app/failurewords.h"
#include "app/print/jsonwriter.h"
#include "app/print/linestable.h"
#include "app/print/terminaltext.h"
#include "kinds/findings/rules.h"
#include "kube/source.h"
#include "overview/findings.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::app {

using namespace std::chrono;

DiagnoseExit diagnoseExitOf(const Error &error)
{
    switch (exitCodeOf(error)) {
    case WrongUsage:
        return DiagnoseUsage;
    case Unreachable:
        return DiagnoseUnreachable;
    case Forbidden:
        return NothingRead;
    default:
        return error.code == Code::Unauthorized ? NothingRead : DiagnoseFailed;
    }
}

std::string findingsTable(const std::vector<kinds::Finding> &findings, Moment now)
{
    std::vector<std::vector<std::string>> lines = {{"SEVERITY", "NAMESPACE", "OBJECT", "SINCE", "REASON"}};
    for (const kinds::Finding &each : findings)
        lines.push_back({std::string(kinds::name(each.severity)), each.object.space, each.object.kind + "/" + each.object.name,
            each.since ? formatAge(*each.since, now) : std::string("<unknown>"), each.reason});
    return linesTable(lines);
}

std::string findingsJson(const std::vector<kinds::Finding> &findings)
{
    JsonWriter out;
    out.beginList();
    for (const kinds::Finding &each : findings) {
        out.beginMap();
        out.member("id", each.id);
        out.member("severity", kinds::name(each.severity));
        out.key("object");
        out.beginMap();
        out.member("apiVersion", each.object.apiVersion);
        out.member("kind", each.object.kind);
        out.member("namespace", each.object.space);
        out.member("name", each.object.name);
        out.endMap();
        out.member("reason", each.reason);
        out.member("since", each.since);
        out.key("evidence");
        out.beginList();
        for (const std::string &text : each.evidence)
            out.text(text);
        out.endList();
        out.endMap();
    }
    out.endList();
    return out.take();
}

DiagnoseCommand::DiagnoseCommand(
    const Arguments &arguments, std::string space, kube::Session &session, kinds::cron::ReadZoneFile zones, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_space(std::move(space))
    , m_zones(std::move(zones))
    , m_output(output)
    , m_messages(messages)
    , m_collector(
          session, kinds::diagnosedKinds(), arguments.allNamespaces ? kube::Scope::all() : kube::Scope::of({m_space}), kinds::Collector::Follow::Once)
{
    connect(&m_collector, &kinds::Collector::settled, this, &DiagnoseCommand::judge);
    connect(&m_collector, &kinds::Collector::failed, this, &DiagnoseCommand::fail);
}

void DiagnoseCommand::start()
{
    m_collector.start();
}

void DiagnoseCommand::judge()
{
    const kinds::Material material = m_collector.material();
    std::vector<Error> errors;
    for (const kinds::Material::Part &part : material.parts)
        errors.insert(errors.end(), part.errors.begin(), part.errors.end());
    if (!material.isReadable()) {
        fail(errors.front());
        return;
    }
    // Once each: who may not list pods may not list them for any rule.
    for (const Error &error : errors)
        m_messages.write(failureLines(error));

    const std::vector<kinds::Finding> findings = overview::findingsOf(material, m_zones);
    if (m_arguments.format == Format::Json)
        m_output.write(findingsJson(findings));
    else if (!findings.empty())
        m_output.write(findingsTable(findings, material.now));
    else
        m_messages.write(visible("Nothing is broken" + (m_arguments.allNamespaces ? std::string() : " in the namespace " + m_space) +
                                 (errors.empty() ? ".\n" : ", as far as it could be read.\n")));
    if (const auto written = m_output.flush(); !written) {
        fail(written.error());
        return;
    }
    (void)m_messages.flush();
    const bool found =
        std::any_of(findings.begin(), findings.end(), [](const kinds::Finding &each) { return each.severity != kinds::Finding::Severity::Unknown; });
    Q_EMIT finished(found ? SomethingFound : NothingFound);
}

void DiagnoseCommand::fail(const Error &error)
{
    m_messages.write(failureLines(error));
    (void)m_messages.flush();
    Q_EMIT finished(diagnoseExitOf(error));
}

} // namespace fairlead::app
