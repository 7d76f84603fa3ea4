// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosecommand.h"

#include "app/failurewords.h"
#include "app/print/jsonwriter.h"
#include "app/print/linestable.h"
#include "app/print/terminaltext.h"
#include "kinds/findings/rules.h"
#include "kinds/kinds.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::app {

using namespace std::chrono;

namespace {

// Of one namespace nothing is said about what has none; but a claim's class is looked up.
bool isWanted(const kube::Resource &resource, bool allNamespaces)
{
    return allNamespaces || resource.namespaced || resource.id.resource == "storageclasses";
}

} // namespace

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
    , m_session(session)
    , m_zones(std::move(zones))
    , m_output(output)
    , m_messages(messages)
    , m_listing(session)
{
    connect(&m_listing, &Listing::finished, this, &DiagnoseCommand::judge);
}

void DiagnoseCommand::start()
{
    m_session.discovery().load().then(this, [this](Result<kube::OfferPtr> offer) {
        if (offer)
            takeOffer(*offer);
        else
            fail(offer.error());
    });
}

void DiagnoseCommand::takeOffer(const kube::OfferPtr &offer)
{
    const kube::Scope scope = m_arguments.allNamespaces ? kube::Scope::all() : kube::Scope::of({m_space});
    for (const kinds::KindKey &key : kinds::diagnosedKinds()) {
        const auto found = std::find_if(offer->resources.begin(), offer->resources.end(), [&](const kube::Resource &resource) {
            return resource.preferred && resource.id.group == key.group && resource.id.resource == key.resource && resource.can("list");
        });
        // What a server does not offer has no objects that could be broken.
        if (found != offer->resources.end() && isWanted(*found, m_arguments.allNamespaces))
            m_listing.add(*found, scope, kube::Detail::Facts);
    }
    if (m_listing.parts().empty())
        fail({.code = Code::NotKubernetes, .message = "the server offers none of the kinds that can be judged"});
    else
        m_listing.start();
}

void DiagnoseCommand::judge()
{
    const std::vector<Error> errors = m_listing.errors();
    bool any = false;
    const Moment now = floor<milliseconds>(m_session.clock().now());
    kinds::Inventory inventory(now, m_zones);
    for (const Listing::Part &part : m_listing.parts()) {
        if (!part.answered)
            continue;
        any = any || part.resource.namespaced || m_arguments.allNamespaces; // classes alone are nothing to judge
        std::vector<const kube::Row *> rows;
        rows.reserve(part.items.size());
        for (const kube::ItemPtr &item : part.items)
            rows.push_back(&item->meta());
        inventory.add(*part.kind, part.columns, rows);
    }
    if (!any) {
        fail(errors.front());
        return;
    }
    // Once each: who may not list pods may not list them for any rule.
    for (const Error &error : errors)
        m_messages.write(failureLines(error));

    std::vector<kinds::Finding> findings = kinds::diagnose(inventory);
    if (!m_arguments.allNamespaces)
        findings.erase(std::remove_if(findings.begin(), findings.end(), [this](const kinds::Finding &each) { return each.object.space != m_space; }),
            findings.end());
    if (m_arguments.format == Format::Json)
        m_output.write(findingsJson(findings));
    else if (!findings.empty())
        m_output.write(findingsTable(findings, now));
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
