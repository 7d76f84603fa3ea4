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

constexpr std::array kindNames = {"Pod", "ReplicaSet", "Deployment", "Job", "CronJob", "Service", "Node"};

std::string quoted(const std::string &text)
{
    return "\"" + text + "\"";
}

std::string map(const std::map<std::string, std::string> &pairs)
{
    std::string text;
    for (const auto &[key, value] : pairs)
        text += (text.empty() ? "" : ",") + quoted(key) + ":" + quoted(value);
    return "{" + text + "}";
}

std::vector<std::string> columnsOf(const std::string &kind)
{
    if (kind == "Pod")
        return {"Name", "Ready", "Status", "Restarts", "Age"};
    if (kind == "Deployment")
        return {"Name", "Ready", "Up-to-date", "Available", "Age"};
    if (kind == "ReplicaSet")
        return {"Name", "Desired", "Current", "Ready", "Age"};
    if (kind == "Job")
        return {"Name", "Status", "Completions", "Duration", "Age"};
    if (kind == "CronJob")
        return {"Name", "Schedule", "Suspend", "Active", "Last Schedule", "Age"};
    if (kind == "Service")
        return {"Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age", "Selector"};
    return {"Name", "Status", "Age"};
}

std::string columnsText(const std::string &kind)
{
    std::string text;
    for (const std::string &name : columnsOf(kind))
        text += std::string(text.empty() ? "[" : ",") + R"({"name":")" + name + R"(","type":"string","format":")" + (name == "Name" ? "name" : "") +
                R"("})";
    return text + "]";
}

std::string table(const std::string &rows, const std::string &version, const std::string &columns)
{
    return R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" + version + R"("},"columnDefinitions":)" + columns +
           R"(,"rows":[)" + rows + "]}";
}

// spec and status as the kinds' facts look for them.
std::string partsOf(const TreeObject &object)
{
    const std::string wanted = std::to_string(object.wanted);
    const std::string ready = std::to_string(object.ready);
    if (object.kind == "Pod") {
        if (object.state == "Pending")
            return R"("spec":{},"status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable"}]})";
        const std::string container = R"("name":"app","image":"docker.io/library/myapp:1.0","restartCount":)" + std::to_string(object.restarts);
        if (object.state == "Completed")
            return R"("status":{"phase":"Succeeded","containerStatuses":[{)" + container +
                   R"(,"ready":false,"state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]})";
        const bool crashing = object.state == "CrashLoopBackOff";
        const std::string state = crashing ? R"({"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting"}})"
                                           : R"({"running":{"startedAt":"2024-12-18T00:00:00Z"}})";
        const std::string before = crashing ? R"(,"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled"}})" : "";
        const char *isReady = object.state == "Running" ? "true" : "false";
        const char *condition = object.state == "Running" ? "True" : "False";
        return R"("spec":{"nodeName":"node-1"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":")" + std::string(condition) +
               R"("}],"containerStatuses":[{)" + container + R"(,"started":true,"ready":)" + isReady + R"(,"state":)" + state + before + "}]}";
    }
    if (object.kind == "Deployment")
        return R"("spec":{"replicas":)" + wanted + R"(},"status":{"observedGeneration":1,"replicas":)" + wanted + R"(,"updatedReplicas":)" + wanted +
               R"(,"readyReplicas":)" + ready + R"(,"conditions":[{"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable"}]})";
    if (object.kind == "ReplicaSet")
        return R"("spec":{"replicas":)" + wanted + R"(},"status":{"readyReplicas":)" + ready + "}";
    if (object.kind == "Job") {
        const std::string type =
            object.state == "Running"
                ? ""
                : R"({"type":")" + object.state + R"(","status":"True","lastTransitionTime":"2024-12-18T00:06:31Z","reason":"BackoffLimitExceeded"})";
        return R"("status":{"startTime":"2024-12-18T00:00:00Z","completionTime":"2024-12-18T00:04:12Z","conditions":[)" + type + "]}";
    }
    if (object.kind == "CronJob")
        return R"("spec":{"schedule":"0 * * * *"},"status":{"lastScheduleTime":"2024-12-18T00:00:00Z","lastSuccessfulTime":"2024-12-18T00:01:00Z"})";
    if (object.kind == "Service")
        return R"("spec":{"type":"ClusterIP","clusterIP":"10.0.0.1","ports":[{"port":80}],"selector":)" + map(object.selector) + "}";
    return R"("status":{"conditions":[{"type":"Ready","status":"True"}]})";
}

std::vector<std::string> cellsOf(const TreeObject &object)
{
    const std::string of = std::to_string(object.ready) + "/" + std::to_string(object.wanted);
    const std::string wanted = std::to_string(object.wanted);
    if (object.kind == "Pod")
        return {object.name, object.state == "Running" ? "1/1" : "0/1", object.state == "Unready" ? "Running" : object.state,
            std::to_string(object.restarts), "5m"};
    if (object.kind == "Deployment")
        return {object.name, of, wanted, std::to_string(object.ready), "5m"};
    if (object.kind == "ReplicaSet")
        return {object.name, wanted, wanted, std::to_string(object.ready), "5m"};
    if (object.kind == "Job")
        return {object.name, object.state, object.state == "Complete" ? "1/1" : "0/1", "4m12s", "5m"};
    if (object.kind == "CronJob")
        return {object.name, "0 * * * *", "False", "0", "46s", "5m"};
    if (object.kind == "Service")
        return {object.name, "ClusterIP", "10.0.0.1", "<none>", "80/TCP", "5m", "app=x"};
    return {object.name, "Ready", "5m"};
}

// As controllers do it, with what leads to circles besides. Others are met once and known from then on, which a new tree does not know.
bool mayOwn(const std::string &owner, const std::string &kind)
{
    if (kind == "Pod")
        return owner == "ReplicaSet" || owner == "Job" || owner == "Node";
    if (kind == "ReplicaSet")
        return owner == "Deployment" || owner == "ReplicaSet";
    return (kind == "Job" && owner == "CronJob") || (kind == "Deployment" && owner == "Deployment");
}

} // namespace

TreeObject &TreeObject::ownedBy(const TreeObject &owner)
{
    owners.push_back({owner.kind, owner.name, owner.uid});
    return *this;
}

std::string TreeObject::row() const
{
    std::string cells;
    for (const std::string &each : cellsOf(*this))
        cells += (cells.empty() ? "" : ",") + quoted(each);
    const kube::Resource resource = resourceOfKind(kind);
    const std::string apiVersion = (resource.id.group.empty() ? "" : resource.id.group + "/") + resource.id.version;
    std::string references;
    for (const Owner &each : owners) {
        const kube::Resource of = resourceOfKind(each.kind);
        references += (references.empty() ? "" : ",") + std::string(R"({"apiVersion":")") + (of.id.group.empty() ? "" : of.id.group + "/") +
                      of.id.version + R"(","kind":")" + each.kind + R"(","name":")" + each.name + R"(","uid":")" + each.uid + R"(","controller":)" +
                      (&each == &owners.front() ? "true" : "false") + "}";
    }
    const std::string place = resource.namespaced ? R"(,"namespace":")" + space + "\"" : "";
    return R"({"cells":[)" + cells + R"(],"object":{"kind":")" + kind + R"(","apiVersion":")" + apiVersion + R"(","metadata":{"name":")" + name +
           "\"" + place + R"(,"uid":")" + uid + R"(","generation":1,"resourceVersion":")" + version + R"(","creationTimestamp":")" + created +
           R"(","labels":)" + map(labels) + R"(,"annotations":)" + map(annotations) + R"(,"ownerReferences":[)" + references + "]}," +
           partsOf(*this) + "}}";
}

kube::Resource resourceOfKind(const std::string &kind)
{
    static const kube::Offer offer = standardOffer();
    const auto found = std::find_if(
        offer.resources.begin(), offer.resources.end(), [&kind](const kube::Resource &each) { return each.kind == kind && each.preferred; });
    if (found == offer.resources.end())
        qFatal("no kind %s", kind.c_str());
    return *found;
}

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

void TreeWorld::serve(EngineBench &bench, const std::vector<std::string> &refused) const
{
    static const kube::Offer offer = standardOffer();
    for (const kube::Resource &resource : offer.resources) {
        if (!resource.preferred)
            continue;
        const std::string path = kube::collectionPath(resource.id);
        if (std::find(refused.begin(), refused.end(), resource.kind) != refused.end()) {
            bench.server.on(net::Verb::List, path, refusal(403, "Forbidden", "you may not list " + resource.id.resource));
            continue;
        }
        // As things are when it is asked: some kinds are asked for late.
        bench.server.on(
            net::Verb::List, path, [](const net::Request &) { return true; },
            [this, kind = resource.kind](const net::Request &) {
                std::string rows;
                for (const auto &[uid, object] : objects) {
                    if (object.kind == kind)
                        rows += (rows.empty() ? "" : ",") + object.row();
                }
                return answer(table(rows, std::to_string(m_version), columnsText(kind)));
            });
        bench.server.on(net::Verb::Watch, path, held());
    }
}

void TreeWorld::tell(EngineBench &bench, const std::string &type, const TreeObject &object)
{
    bench.server.push(R"({"type":")" + type + R"(","object":)" + table(object.row(), {}, columnsText(object.kind)) + "}\n",
        kube::collectionPath(resourceOfKind(object.kind).id));
}

TreeObject TreeWorld::made(unsigned number)
{
    // Half of them are pods.
    const char *kind = number % 2 == 0 ? "Pod" : kindNames[1 + (number / 2) % 6];
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
