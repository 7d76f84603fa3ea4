// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/findings/families.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

using kube::Json;
using Entry = Inventory::Entry;

constexpr KindKey pods{"", "pods"};
constexpr KindKey services{"", "services"};
constexpr KindKey slices{"discovery.k8s.io", "endpointslices"};
constexpr KindKey ingresses{"networking.k8s.io", "ingresses"};
constexpr KindKey deployments{"apps", "deployments"};
constexpr KindKey statefulSets{"apps", "statefulsets"};

Labels labelsOf(const Json &map)
{
    Labels out;
    for (const auto &[key, value] : map.map())
        out.emplace_back(key, std::string(value.text()));
    return out;
}

std::string text(const Labels &labels)
{
    std::string out;
    for (const auto &[key, value] : labels)
        out += (out.empty() ? "" : ",") + key + "=" + value;
    return out;
}

// Whether the service's pods are those of a workload that was scaled to zero on purpose.
bool isSwitchedOff(const Entry &service, const Labels &wanted, const Inventory &inventory)
{
    for (const KindKey kind : {deployments, statefulSets}) {
        for (const Entry &each : inventory.all(kind)) {
            if (each.row->space() != service.row->space() || each.facts().raw("replicas") != "0")
                continue;
            const Json labels = each.facts().json("templateLabels");
            if (std::all_of(wanted.begin(), wanted.end(), [&](const auto &pair) { return labels[pair.first].text() == pair.second; }))
                return true;
        }
    }
    return false;
}

void serviceWithoutEndpoints(const Entry &service, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = service.facts();
    const Labels wanted = labelsOf(facts.json("selector"));
    // Without a selector somebody else keeps its endpoints; an external name has none.
    if (wanted.empty() || facts.text("type") == "ExternalName" || !service.row->deleted().empty())
        return;

    bool ready = false;
    std::vector<std::string> served; // names of ports behind which somebody listens
    for (const Entry *slice : inventory.slicesOf(service.row->space(), service.row->name())) {
        const Json endpoints = slice->facts().json("endpoints");
        const bool any = std::any_of(endpoints.list().begin(), endpoints.list().end(), [](const Json &endpoint) {
            const Json &said = endpoint["conditions"]["ready"];
            return said.type() != Json::Type::Boolean || said.boolean(); // not said counts as ready
        });
        ready = ready || any;
        const Json ports = slice->facts().json("ports");
        for (const Json &port : ports.list()) {
            if (any)
                served.emplace_back(port["name"].text());
        }
    }

    Finding finding{.id = "service-no-endpoints", .object = Inventory::nameOf(service)};
    if (ready) {
        const Json ports = facts.json("ports");
        for (const Json &port : ports.list()) {
            if (std::find(served.begin(), served.end(), port["name"].text()) != served.end())
                continue;
            const std::string target(port["targetPort"].text());
            finding.reason = "Port " + std::string(port["name"].text().empty() ? port["port"].text() : port["name"].text()) +
                             " leads nowhere: no ready pod has a port named " + target;
            finding.evidence.push_back("selector " + text(wanted) + ", targetPort " + target);
            into.push_back(finding);
            return;
        }
        return;
    }

    std::int64_t matching = 0;
    bool areDone = false; // those of a job that has come to its end: nobody waits for an answer
    for (const Entry &pod : inventory.all(pods)) {
        const std::string phase = pod.facts().text("phase");
        areDone = areDone || (phase == "Succeeded" && pod.row->space() == service.row->space() && selects(wanted, *pod.row));
        if (pod.row->space() == service.row->space() && phase != "Succeeded" && phase != "Failed" && selects(wanted, *pod.row)) {
            ++matching;
            finding.evidence.push_back("pod " + std::string(pod.row->name()) + ": not ready");
        }
    }
    if (matching == 0 && (areDone || isSwitchedOff(service, wanted, inventory)))
        return;
    if (matching == 0)
        finding.reason = "Nobody answers: no pod has the labels that it selects, " + text(wanted);
    else
        finding.reason = "Nobody answers: " + (matching == 1 ? std::string("the one pod that it selects is not ready")
                                                             : "none of the " + std::to_string(matching) + " pods that it selects is ready");
    finding.evidence.insert(finding.evidence.begin(), "selector " + text(wanted));
    into.push_back(std::move(finding));
}

void ofBackend(const Entry &ingress, const Json &backend, const std::string &where, const Inventory &inventory, std::vector<Finding> &into)
{
    const Json &wanted = backend["service"];
    const std::string_view name = wanted["name"].text();
    if (name.empty())
        return; // another resource, or none
    Finding finding{.id = "ingress-backend", .object = Inventory::nameOf(ingress)};
    finding.evidence.push_back("backend of " + where + ": service " + std::string(name));
    const Entry *const service = inventory.find(services, ingress.row->space(), name);
    if (!service) {
        finding.reason = "It leads to a service that does not exist, " + std::string(name);
        into.push_back(std::move(finding));
        return;
    }
    const Json &port = wanted["port"];
    const bool byName = !port["name"].text().empty();
    const std::string asked(byName ? port["name"].text() : port["number"].text());
    const Json ports = service->facts().json("ports");
    const bool offered =
        std::any_of(ports.list().begin(), ports.list().end(), [&](const Json &each) { return each[byName ? "name" : "port"].text() == asked; });
    if (offered || asked.empty() || service->facts().text("type") == "ExternalName")
        return;
    finding.reason = "It leads to port " + asked + " of the service " + std::string(name) + ", which has no such port";
    finding.evidence.back() += ", port " + asked;
    into.push_back(std::move(finding));
}

void ingressBackend(const Entry &ingress, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = ingress.facts();
    if (!ingress.row->deleted().empty())
        return;
    ofBackend(ingress, facts.json("defaultBackend"), "all else", inventory, into);
    const Json rules = facts.json("rules");
    for (const Json &rule : rules.list()) {
        const std::string host(rule["host"].text().empty() ? "*" : rule["host"].text());
        for (const Json &path : rule["http"]["paths"].list())
            ofBackend(ingress, path["backend"], host + std::string(path["path"].text()), inventory, into);
    }
}

constexpr KindKey forServices[] = {pods, slices, deployments, statefulSets};
constexpr KindKey forIngresses[] = {services};

constexpr FindingRule rules[] = {
    {"service-no-endpoints", services, forServices, serviceWithoutEndpoints},
    {"ingress-backend", ingresses, forIngresses, ingressBackend},
};

} // namespace

std::span<const FindingRule> networkRules()
{
    return rules;
}

} // namespace fairlead::kinds
