// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diagnosecommand.h"

#include "app/failurewords.h"
#include "app/print/jsonprinter.h"
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
    std::string out = "[";
    const auto member = [&out](int depth, std::string_view key, std::string_view value) {
        out.append(static_cast<std::size_t>(depth) * 4, ' ');
        appendJsonString(out, key);
        out += ": ";
        appendJsonString(out, value);
    };
    for (const kinds::Finding &each : findings) {
        out += out.size() == 1 ? "\n    {\n" : ",\n    {\n";
        member(2, "id", each.id);
        out += ",\n";
        member(2, "severity", kinds::name(each.severity));
        out += ",\n        \"object\": {\n";
        member(3, "apiVersion", each.object.apiVersion);
        out += ",\n";
        member(3, "kind", each.object.kind);
        out += ",\n";
        member(3, "namespace", each.object.space);
        out += ",\n";
        member(3, "name", each.object.name);
        out += "\n        },\n";
        member(2, "reason", each.reason);
        out += ",\n";
        if (each.since)
            member(2, "since", kinds::cron::Zone().text(floor<seconds>(*each.since)));
        else
            out += "        \"since\": null";
        out += ",\n        \"evidence\": [";
        for (std::size_t i = 0; i < each.evidence.size(); ++i) {
            out += i == 0 ? "\n            " : ",\n            ";
            appendJsonString(out, each.evidence[i]);
        }
        out += each.evidence.empty() ? "]\n    }" : "\n        ]\n    }";
    }
    out += findings.empty() ? "]\n" : "\n]\n";
    return out;
}

DiagnoseCommand::DiagnoseCommand(
    const Arguments &arguments, std::string space, kube::Session &session, kinds::cron::ReadZoneFile zones, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_space(std::move(space))
    , m_session(session)
    , m_zones(std::move(zones))
    , m_output(output)
    , m_messages(messages)
{
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
    for (const kinds::KindKey &key : kinds::diagnosedKinds()) {
        const auto found = std::find_if(offer->resources.begin(), offer->resources.end(), [&](const kube::Resource &resource) {
            return resource.preferred && resource.id.group == key.group && resource.id.resource == key.resource && resource.can("list");
        });
        // What a server does not offer has no objects that could be broken.
        if (found != offer->resources.end() && isWanted(*found, m_arguments.allNamespaces))
            m_parts.push_back({.resource = *found, .kind = &kinds::kindOf(key.group, key.resource)});
    }
    m_waiting = m_parts.size();
    if (m_parts.empty()) {
        fail({.code = Code::NotKubernetes, .message = "the server offers none of the kinds that can be judged"});
        return;
    }
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        Part &part = m_parts[i];
        const bool narrow = part.resource.namespaced && !m_arguments.allNamespaces;
        part.store =
            m_session.store({.resource = part.resource.id, .scope = narrow ? kube::Scope::of({m_space}) : kube::Scope::all(), .selector = {}});
        part.subscription = part.store->subscribe(
            kube::Detail::Facts, this, [](const kube::ChangeSet &) {}, [this, i](const kube::State &state) { takeState(i, state); });
    }
}

void DiagnoseCommand::takeState(std::size_t index, const kube::State &state)
{
    Part &part = m_parts[index];
    const bool complete = state.phase == kube::Phase::Live;
    if (!part.store || (!complete && !state.why))
        return;
    if (complete) {
        const kube::Snapshot snapshot = part.store->snapshot();
        part.answered = state.refused.empty();
        part.columns = snapshot.columns();
        part.items = snapshot.sorted();
        for (const auto &[space, why] : state.refused)
            part.errors.push_back(why);
    } else {
        part.errors.push_back(kube::withWayOut(*state.why, part.resource));
    }
    part.subscription.end();
    part.store.reset();
    if (--m_waiting == 0)
        judge();
}

void DiagnoseCommand::judge()
{
    std::vector<Error> errors;
    bool any = false;
    const Moment now = floor<milliseconds>(m_session.clock().now());
    kinds::Inventory inventory(now, m_zones);
    for (const Part &part : m_parts) {
        errors.insert(errors.end(), part.errors.begin(), part.errors.end());
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
