// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/treeworld.h"

#include "kinds/kinds.h"
#include "support/offerfixture.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <set>

namespace fairlead::test {

namespace {

constexpr std::array kindNames = {"Pod", "ReplicaSet", "Deployment", "Job", "CronJob", "Service", "Node", "EndpointSlice", "Ingress"};

// As controllers do it, with what leads to circles besides. Others are met once and known from then on, which a new tree does not know.
bool mayOwn(const std::string &owner, const std::string &kind)
{
    if (kind == "Pod")
        return owner == "ReplicaSet" || owner == "Job" || owner == "Node";
    if (kind == "ReplicaSet")
        return owner == "Deployment" || owner == "ReplicaSet";
    if (kind == "EndpointSlice")
        return owner == "Service";
    return (kind == "Job" && owner == "CronJob") || (kind == "Deployment" && owner == "Deployment");
}

} // namespace

items::OwnerTreeSources::StoreOf storesOf(EngineBench &bench)
{
    auto stores = std::make_shared<std::map<kube::Source, std::shared_ptr<kube::Store>>>();
    return [&bench, stores](const kube::Source &source) {
        auto &store = (*stores)[source];
        if (!store)
            store = {bench.makeStore(source, kinds::kindOf(source.resource.group, source.resource.resource).projection()), [](kube::Store *) {}};
        return store;
    };
}

void serveRecorded(EngineBench &bench)
{
    static const kube::Offer offer = standardOffer();
    const auto recorded = kinds::parseTime("2026-11-24T18:52:20Z");
    bench.clock.advance(std::chrono::duration_cast<Clock::Duration>(Clock::TimePoint(recorded->time_since_epoch()) - bench.clock.now()));
    for (const kube::Resource &resource : offer.resources) {
        const std::string text = resource.preferred ? fixture("kinds/" + resource.qualifiedName() + ".json") : std::string();
        if (text.empty())
            continue;
        bench.server.on(net::Verb::List, kube::collectionPath(resource.id), answer(text));
        bench.server.on(net::Verb::Watch, kube::collectionPath(resource.id), held());
    }
}

TreeWorld::TreeWorld() = default;

TreeObject &TreeWorld::add(TreeObject object)
{
    const std::string uid = object.uid;
    return objects.insert_or_assign(uid, std::move(object)).first->second;
}

void TreeWorld::serve(ScriptedTransport &server, const std::vector<std::string> &refused) const
{
    static const kube::Offer offer = standardOffer();
    for (const kube::Resource &resource : offer.resources) {
        if (!resource.preferred)
            continue;
        const std::string path = kube::collectionPath(resource.id);
        if (std::find(refused.begin(), refused.end(), resource.kind) != refused.end()) {
            server.on(net::Verb::List, path, refusal(403, "Forbidden", "you may not list " + resource.id.resource));
            continue;
        }
        // As things are when it is asked: some kinds are asked for late.
        server.on(
            net::Verb::List, path, [](const net::Request &) { return true; },
            [this, kind = resource.kind](const net::Request &) {
                std::string rows;
                for (const auto &[uid, object] : objects) {
                    if (object.kind == kind)
                        rows += (rows.empty() ? "" : ",") + object.row();
                }
                return answer(treeTable(kind, rows, std::to_string(m_version)));
            });
        server.on(net::Verb::Watch, path, held());
    }
}

void TreeWorld::tell(ScriptedTransport &server, const std::string &type, const TreeObject &object)
{
    server.push(R"({"type":")" + type + R"(","object":)" + treeTable(object.kind, object.row(), {}) + "}\n",
        kube::collectionPath(resourceOfKind(object.kind).id));
}

TreeObject TreeWorld::made(unsigned number)
{
    // Half of them are pods.
    const char *kind = number % 2 == 0 ? "Pod" : kindNames[1 + (number / 2) % (kindNames.size() - 1)];
    TreeObject object;
    object.kind = kind;
    object.uid = "u" + std::to_string(number);
    object.name = std::string(kind) + std::to_string(number);
    std::transform(object.name.begin(), object.name.end(), object.name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
    object.space = number % 3 == 0 ? "team-b" : "team-a";
    return object;
}

void TreeWorld::vary(TreeObject &object, std::mt19937 &random, unsigned names)
{
    const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
    constexpr std::array podStates = {"Running", "CrashLoopBackOff", "Pending", "Completed", "Unready"};
    constexpr std::array jobStates = {"Running", "Complete", "Failed"};
    constexpr std::array apps = {"a", "b", "c"};
    object.state = object.kind == "Job" ? jobStates[below(3)] : podStates[below(5)];
    object.wanted = int(below(3));
    object.ready = object.wanted == 0 ? 0 : int(below(unsigned(object.wanted) + 1));
    object.restarts = int(below(4));
    object.labels = {{"app", apps[below(3)]}};
    object.annotations = {{"deployment.kubernetes.io/revision", std::to_string(below(4))}};
    if (object.kind == "Service")
        object.selector = below(4) == 0 ? std::map<std::string, std::string>{} : std::map<std::string, std::string>{{"app", apps[below(3)]}};
    if (below(4) == 0)
        object.labels["app.kubernetes.io/part-of"] = apps[below(3)];
    object.node = "node-" + std::to_string(below(3));
    const auto some = [&](unsigned most, const auto &one) {
        std::vector<std::string> all;
        for (unsigned n = below(most + 1); n-- > 0;)
            all.push_back(one());
        return all;
    };
    object.secrets = some(1, [&] { return std::string("secret-") + apps[below(3)]; });
    object.configMaps = some(1, [&] { return std::string("config-") + apps[below(3)]; });
    if (object.kind == "EndpointSlice") {
        object.endpoints = some(6, [&] { return below(8) == 0 ? std::string() : made(2 * below(names / 2)).uid; });
        if (below(2) == 0)
            object.labels["kubernetes.io/service-name"] = made(10 + 16 * below(1 + names / 16)).name; // those are services
    }
    if (object.kind == "Ingress")
        object.backends = some(3, [&] { return made(below(names)).name; });
    if (below(2) == 0) {
        object.owners.clear();
        for (unsigned n = below(4); n-- > 0;) {
            const TreeObject owner = made(below(names));
            if (mayOwn(owner.kind, object.kind))
                object.ownedBy(owner);
        }
    }
}

void TreeWorld::shake(EngineBench &bench, std::mt19937 &random, int changes)
{
    const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int i = 0; i < changes; ++i) {
        const unsigned number = below(names);
        TreeObject object = made(number);
        const auto found = objects.find(object.uid);
        if (found != objects.end() && below(3) == 0) {
            found->second.version = std::to_string(++m_version);
            tell(bench, "DELETED", found->second);
            objects.erase(found);
            continue;
        }
        const bool isNew = found == objects.end();
        if (!isNew)
            object = found->second;
        vary(object, random, names);
        object.version = std::to_string(++m_version);
        tell(bench, isNew ? "ADDED" : "MODIFIED", add(object));
    }
}

} // namespace fairlead::test
