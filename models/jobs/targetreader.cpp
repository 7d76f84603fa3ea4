// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/targetreader.h"

#include "jobs/servicehost.h"
#include "kinds/uses.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace fairlead::jobs {

namespace {

using kinds::Facts;
using kube::Json;
using Entry = kinds::Inventory::Entry;

constexpr kinds::KindKey services{"", "services"};
constexpr std::string_view secret = "Secret";
constexpr std::string_view configMap = "ConfigMap";
constexpr std::string_view clusterCa = "kube-root-ca.crt"; // in every namespace, for every pod

void add(std::set<Target> &into, const Entry &entry, std::string_view kind, const Json &name, const Json &key)
{
    if (name.text().empty() || name.text() == clusterCa)
        return;
    into.insert(
        {.kind = std::string(kind), .space = std::string(entry.row->space()), .name = std::string(name.text()), .key = std::string(key.text())});
}

// By the environment of what makes pods: with keys.
void addEnvironment(const Entry &entry, const Facts &pods, std::set<Target> &into)
{
    static const Json whole{};
    for (const std::string_view fact : {"environment", "initEnvironment"}) {
        const Json variables = pods.json(fact);
        for (const Json &each : variables.list()) {
            const Json &from = each["valueFrom"];
            add(into, entry, secret, from["secretKeyRef"]["name"], from["secretKeyRef"]["key"]);
            add(into, entry, configMap, from["configMapKeyRef"]["name"], from["configMapKeyRef"]["key"]);
        }
    }
    for (const std::string_view fact : {"environmentFrom", "initEnvironmentFrom"}) {
        const Json sources = pods.json(fact);
        for (const Json &each : sources.list()) {
            add(into, entry, secret, each["secretRef"]["name"], whole);
            add(into, entry, configMap, each["configMapRef"]["name"], whole);
        }
    }
}

// By links, which know no keys: volumes; of pods, whose environment nobody holds, that as well.
void addLinks(const Entry &entry, bool withEnvironment, std::set<Target> &into)
{
    for (const kinds::Use &use : kinds::usesOf(*entry.kind, *entry.row)) {
        const bool volume = use.how.find("volume") != std::string::npos;
        const bool environment = use.how.find("env") != std::string::npos;
        if ((use.target.kind != secret && use.target.kind != configMap) || use.target.name == clusterCa)
            continue;
        if (volume || (withEnvironment && environment))
            into.insert({.kind = use.target.kind, .space = use.target.space, .name = use.target.name, .key = {}});
    }
}

std::vector<std::string> hostsOf(const Facts &pods)
{
    std::vector<std::string> hosts;
    const auto take = [&hosts](std::vector<std::string> more) {
        hosts.insert(hosts.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    for (const std::string_view fact : {"environment", "initEnvironment"}) {
        const Json variables = pods.json(fact);
        for (const Json &each : variables.list())
            take(hostsIn(each["value"].text(), each["name"].text()));
    }
    for (const std::string_view fact : {"commands", "arguments"}) {
        const Json containers = pods.json(fact);
        for (const Json &container : containers.list()) {
            std::vector<std::string_view> words;
            for (const Json &word : container.list())
                words.push_back(word.text());
            take(hostsIn(words));
        }
    }
    return hosts;
}

// Whether the service sends to the pods of this workload: then the name is its own.
bool isBehind(const Entry &service, const Entry &entry)
{
    const Json selector = service.facts().json("selector");
    if (selector.map().empty() || service.row->space() != entry.row->space())
        return false;
    const Json made = entry.facts().json("templateLabels");
    return std::all_of(selector.map().begin(), selector.map().end(), [&](const auto &label) {
        const std::string_view value = entry.kind->hasLogs() ? entry.row->labelValue(label.first) : made[label.first].text();
        return value == label.second.text() && !value.empty();
    });
}

} // namespace

TargetReader::TargetReader(const kinds::Inventory &inventory, kube::Scope scope)
    : m_scope(std::move(scope))
    , m_hasServices(inventory.has(services))
{
    for (const Entry &entry : inventory.all(services))
        m_services.emplace(std::pair(std::string(entry.row->space()), std::string(entry.row->name())), &entry);
}

std::set<Target> TargetReader::targetsOf(const Entry &entry) const
{
    std::set<Target> targets;
    const Facts pods = kinds::podFactsOf(*entry.kind, *entry.row);
    addEnvironment(entry, pods, targets);
    addLinks(entry, entry.kind->hasLogs(), targets);
    if (m_hasServices)
        addHosts(entry, hostsOf(pods), targets);
    return targets;
}

void TargetReader::addHosts(const Entry &entry, const std::vector<std::string> &hosts, std::set<Target> &into) const
{
    const std::string own(entry.row->space());
    for (const std::string &host : hosts) {
        for (const ServiceHost &each : servicesOf(host)) {
            const std::string &space = each.space.empty() ? own : each.space;
            const auto found = m_services.find({space, each.name});
            const bool elsewhere = each.certain && !m_scope.isAll() && m_scope.namespaces.count(space) == 0;
            if (found == m_services.end() && !elsewhere)
                continue;
            const bool apiServer = space == "default" && each.name == "kubernetes";
            if (!apiServer && (elsewhere || !isBehind(*found->second, entry)))
                into.insert({.kind = "Service", .space = space, .name = each.name, .key = {}});
            break;
        }
    }
}

} // namespace fairlead::jobs
