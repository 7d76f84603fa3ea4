// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/treeobject.h"

#include "support/offerfixture.h"

#include <QtGlobal>

#include <algorithm>

namespace fairlead::test {

namespace {

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
    if (kind == "EndpointSlice")
        return {"Name", "AddressType", "Ports", "Endpoints", "Age"};
    if (kind == "Ingress")
        return {"Name", "Class", "Hosts", "Address", "Ports", "Age"};
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

// What a pod's spec says of what it uses, members of it.
std::string usesOf(const TreeObject &object)
{
    std::string env;
    for (const std::string &each : object.secrets)
        env += std::string(env.empty() ? "" : ",") + R"({"name":"A","value":"1"},{"valueFrom":{"secretKeyRef":{"name":)" + quoted(each) + "}}}";
    std::string volumes;
    for (const std::string &each : object.configMaps)
        volumes += std::string(volumes.empty() ? "" : ",") + R"({"configMap":{"name":)" + quoted(each) + "}}";
    return R"("containers":[{"name":"app","env":[)" + env + R"(]}],"volumes":[)" + volumes + "]";
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
        return R"("spec":{"nodeName":)" + quoted(object.node) + "," + usesOf(object) +
               R"(},"status":{"phase":"Running","conditions":[{"type":"Ready","status":")" + std::string(condition) +
               R"("}],"containerStatuses":[{)" + container + R"(,"started":true,"ready":)" + isReady + R"(,"state":)" + state + before + "}]}";
    }
    if (object.kind == "Deployment")
        return R"("spec":{"replicas":)" + wanted + R"(,"template":{"metadata":{"labels":)" + map(object.templateLabels) + R"(},"spec":{)" +
               usesOf(object) + R"(}}},"status":{"observedGeneration":1,"replicas":)" + wanted + R"(,"updatedReplicas":)" + wanted +
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
    if (object.kind == "EndpointSlice") {
        std::string endpoints;
        for (const std::string &each : object.endpoints)
            endpoints += std::string(endpoints.empty() ? "" : ",") + R"({"conditions":{"ready":true})" +
                         (each.empty() ? std::string() : R"(,"targetRef":{"kind":"Pod","uid":)" + quoted(each) + "}") + "}";
        return R"("endpoints":[)" + endpoints + R"(],"ports":[{"port":8080}])";
    }
    if (object.kind == "Ingress") {
        std::string paths;
        for (const std::string &each : object.backends)
            paths += std::string(paths.empty() ? "" : ",") + R"({"backend":{"service":{"name":)" + quoted(each) + "}}}";
        return R"("spec":{"rules":[{"host":"web.example.com","http":{"paths":[)" + paths + R"(]}}]},"status":{"loadBalancer":{}})";
    }
    return R"("status":{"conditions":[{"type":"Ready","status":"True"}]})";
}

std::vector<std::string> cellsOf(const TreeObject &object)
{
    const std::string of = std::to_string(object.ready) + "/" + std::to_string(object.wanted);
    const std::string wanted = std::to_string(object.wanted);
    if (object.kind == "Pod")
        return {object.name, object.state == "Running" ? "1/1" : "0/1", object.state == "Unready" ? "Running" : object.state,
            object.restartsText.empty() ? std::to_string(object.restarts) : object.restartsText, "5m"};
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
    if (object.kind == "EndpointSlice")
        return {object.name, "IPv4", "8080", "10.0.0.1", "5m"};
    if (object.kind == "Ingress")
        return {object.name, "edge", "web.example.com", "", "80", "5m"};
    return {object.name, "Ready", "5m"};
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

std::string treeTable(const std::string &kind, const std::string &rows, const std::string &version)
{
    return table(rows, version, columnsText(kind));
}

} // namespace fairlead::test
