// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/objectworld.h"

#include "kinds/age.h"
#include "kinds/kinds.h"
#include "support/offerfixture.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>

namespace fairlead::test {

namespace {

bool suits(const net::Request &request, const ObjectWorld::Object &object)
{
    const std::string fields = ScriptedTransport::queryValue(request, "fieldSelector");
    const std::string labels = ScriptedTransport::queryValue(request, "labelSelector");
    for (const auto &[start, text] : {std::pair<std::string, std::string>("metadata.name=", object.name), {"involvedObject.uid=", {}}}) {
        if (!fields.starts_with(start))
            continue;
        const std::string value = fields.substr(start.size());
        if (text.empty() ? object.json.find("\"uid\":\"" + value + "\",\"of\"") == std::string::npos : value != text)
            return false;
    }
    for (std::size_t at = 0; at < labels.size();) {
        const std::size_t end = std::min(labels.find(',', at), labels.size());
        const std::string pair = labels.substr(at, end - at);
        const std::size_t equals = pair.find('=');
        if (object.json.find("\"" + pair.substr(0, equals) + "\":\"" + pair.substr(equals + 1) + "\"") == std::string::npos)
            return false;
        at = end + 1;
    }
    return true;
}

} // namespace

ObjectWorld::ObjectWorld(const char *now)
    : m_server(ScriptedTransport::Mode::Pumped)
    , m_now(now)
{
    m_server.on(net::Verb::Get, "/api", dated(answer(fixture("discovery/aggregated-v2/api.json"))));
    m_groups = fixture("discovery/aggregated-v2/apis.json");
    m_server.on(
        net::Verb::Get, "/apis", [](const net::Request &) { return true; }, [this](const net::Request &) { return dated(answer(m_groups)); });
    contexts::OpenCluster cluster;
    cluster.facts.name = "staging-eu";
    cluster.space = "payments";
    cluster.session = std::make_shared<kube::Session>(m_server, m_dispatcher, m_pool, "https://api.staging-eu.example.com:6443",
        [](const kube::GroupVersionResource &resource) { return kinds::kindOf(resource.group, resource.resource).projection(); });
    m_cluster = std::make_shared<const contexts::OpenCluster>(std::move(cluster));
}

void ObjectWorld::offerMetrics(std::function<Answer(const net::Request &)> answers)
{
    const std::string items = "\"items\":[";
    m_groups.insert(m_groups.find(items) + items.size(), R"({"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","resources":[
        {"resource":"nodes","responseKind":{"kind":"NodeMetrics"},"scope":"Cluster","verbs":["get","list"]},
        {"resource":"pods","responseKind":{"kind":"PodMetrics"},"scope":"Namespaced","verbs":["get","list"]}],"freshness":"Current"}]},)");
    const std::string root = "/apis/metrics.k8s.io/v1beta1/";
    for (const std::string &path : {root + "pods", root + "nodes", root + "namespaces/payments/pods", root + "namespaces/team-a/pods"})
        m_server.on(
            net::Verb::List, path, [](const net::Request &) { return true; }, answers);
    for (const std::string &path : {root + "namespaces/payments/pods/payments-api-7d9f6c5b84-x2k4q", root + "nodes/worker-3"})
        m_server.on(
            net::Verb::Get, path, [](const net::Request &) { return true; }, answers);
}

std::string ObjectWorld::podMetrics(
    const std::string &space, const std::string &name, const std::string &cpu, const std::string &memory, const std::string &at)
{
    return R"({"kind":"PodMetrics","metadata":{"name":")" + name + R"(","namespace":")" + space + R"("},"timestamp":")" + at +
           R"(","window":"15s","containers":[{"name":"main","usage":{"cpu":")" + cpu + R"(","memory":")" + memory + R"("}}]})";
}

Answer ObjectWorld::podMetricsList(const std::vector<std::string> &entries)
{
    std::string items;
    for (const std::string &each : entries)
        items += (items.empty() ? "" : ",") + each;
    return answer(R"({"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[)" + items + "]}");
}

Answer ObjectWorld::dated(Answer answer) const
{
    answer.head.date = kinds::parseTime(m_now);
    return answer;
}

ObjectWorld::~ObjectWorld()
{
    settle();
}

void ObjectWorld::settle()
{
    for (int quiet = 0; quiet < 3;) {
        const int calls = m_server.deliver();
        m_pool.waitForDone();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        quiet = calls == 0 ? quiet + 1 : 0;
    }
}

std::string ObjectWorld::table(const Collection &collection, const std::vector<const Object *> &objects) const
{
    std::string columns;
    for (const std::string &name : collection.columns)
        columns += (columns.empty() ? "" : ",") + std::string(R"({"name":")") + name + R"(","type":"string","format":")" +
                   (name == "Name" ? "name" : "") + R"(","description":"","priority":)" + (collection.wide.contains(name) ? "1}" : "0}");
    std::string rows;
    for (const Object *object : objects) {
        std::string cells;
        for (const std::string &cell : object->cells)
            cells += (cells.empty() ? "\"" : ",\"") + cell + "\"";
        rows += (rows.empty() ? "" : ",") + std::string(R"({"cells":[)") + cells + R"(],"object":)" + object->json + "}";
    }
    return R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" + std::to_string(collection.version) +
           R"("},"columnDefinitions":[)" + columns + R"(],"rows":[)" + rows + "]}";
}

void ObjectWorld::addCollection(const std::string &path, const std::vector<std::string> &columns, const std::set<std::string> &wide)
{
    m_collections[path].columns = columns;
    m_collections[path].wide = wide;
    m_server.on(net::Verb::List, path, {}, [this, path](const net::Request &request) { return list(path, request); });
    m_server.on(net::Verb::Watch, path, {}, [this, path](const net::Request &request) {
        const Collection &collection = m_collections[path];
        return collection.status == 0 ? dated(answer({})).thenHold() : list(path, request);
    });
}

Answer ObjectWorld::list(const std::string &path, const net::Request &request)
{
    const Collection &collection = m_collections[path];
    if (collection.status != 0)
        return dated(refusal(collection.status, collection.reason, collection.message));
    std::vector<const Object *> found;
    for (const Object &object : collection.objects) {
        if (suits(request, object))
            found.push_back(&object);
    }
    return dated(answer(table(collection, found)));
}

Answer ObjectWorld::get(const std::string &path, const std::string &name, const net::Request &request)
{
    const Collection &collection = m_collections[path];
    if (collection.refusesObjects)
        return dated(refusal(collection.status, collection.reason, collection.message));
    const auto found =
        std::find_if(collection.objects.begin(), collection.objects.end(), [&name](const Object &object) { return object.name == name; });
    if (found == collection.objects.end())
        return dated(refusal(404, "NotFound", "there is no " + name));
    if (request.accept.find("as=Table") != std::string::npos)
        return dated(answer(table(collection, {&*found})));
    const auto whole = collection.whole.find(name);
    return dated(answer(whole == collection.whole.end() ? found->json : whole->second));
}

void ObjectWorld::addObject(const std::string &collection, const Object &object)
{
    m_collections[collection].objects.push_back(object);
    m_server.on(net::Verb::Get, collection + "/" + object.name, {},
        [this, collection, name = object.name](const net::Request &request) { return get(collection, name, request); });
}

void ObjectWorld::push(const std::string &collection, const std::string &type, const Object &object)
{
    const std::string text = R"({"type":")" + type + R"(","object":)" + table(m_collections[collection], {&object}) + "}\n";
    m_server.push(text, collection);
}

void ObjectWorld::change(const std::string &collection, const Object &changed)
{
    // As a server does: every change has its version.
    Object object = changed;
    const std::string key = R"("resourceVersion":")";
    const std::size_t at = object.json.find(key) + key.size();
    object.json.replace(at, object.json.find('"', at) - at, std::to_string(1000 + ++m_collections[collection].version));
    auto &objects = m_collections[collection].objects;
    const auto found = std::find_if(objects.begin(), objects.end(), [&object](const Object &each) { return each.name == object.name; });
    if (found == objects.end()) {
        addObject(collection, object);
        push(collection, "ADDED", object);
        return;
    }
    *found = object;
    push(collection, "MODIFIED", object);
}

void ObjectWorld::remove(const std::string &collection, const std::string &name)
{
    auto &objects = m_collections[collection].objects;
    const auto found = std::find_if(objects.begin(), objects.end(), [&name](const Object &each) { return each.name == name; });
    if (found == objects.end())
        return;
    const Object gone = *found;
    objects.erase(found);
    push(collection, "DELETED", gone);
}

void ObjectWorld::refuse(const std::string &collection, int status, const std::string &reason, const std::string &message)
{
    Collection &refused = m_collections[collection];
    refused.status = status;
    refused.reason = reason;
    refused.message = message;
}

void ObjectWorld::refuseObjects(const std::string &collection)
{
    m_collections[collection].refusesObjects = true;
}

void ObjectWorld::setWhole(const std::string &collection, const std::string &name, const std::string &json)
{
    m_collections[collection].whole[name] = json;
}

kube::Resource ObjectWorld::pods()
{
    return {.id = {"", "v1", "pods"}, .kind = "Pod", .singular = "pod", .verbs = {"get", "list", "watch"}, .namespaced = true, .preferred = true};
}

namespace {

std::string meta(const std::string &name, const std::string &space, const std::string &created, const std::string &more = {})
{
    return R"("metadata":{"name":")" + name + (space.empty() ? std::string() : R"(","namespace":")" + space) + R"(","uid":"u-)" + name +
           R"(","resourceVersion":"90","creationTimestamp":")" + created + "\"" + (more.empty() ? "" : ",") + more + "}";
}

std::string owner(const std::string &apiVersion, const std::string &kind, const std::string &name)
{
    return R"("ownerReferences":[{"apiVersion":")" + apiVersion + R"(","kind":")" + kind + R"(","name":")" + name + R"(","uid":"u-)" + name +
           R"(","controller":true,"blockOwnerDeletion":true}])";
}

std::string eventJson(const std::string &name, const std::string &about, const std::string &type, const std::string &reason,
    const std::string &message, int count, const std::string &last)
{
    return R"({"kind":"Event","apiVersion":"v1","metadata":{"name":")" + name + R"(","namespace":"payments","uid":"e-)" + name +
           R"(","resourceVersion":"91","creationTimestamp":"2026-11-24T10:28:00Z"},"involvedObject":{"kind":"Pod","uid":"u-)" + about +
           R"(","of":true},"type":")" + type + R"(","reason":")" + reason + R"(","message":")" + message + R"(","count":)" + std::to_string(count) +
           R"(,"firstTimestamp":"2026-11-24T10:28:10Z","lastTimestamp":")" + last + R"("})";
}

} // namespace

ObjectWorld::Object ObjectWorld::crashingPod(const std::string &name)
{
    Object pod;
    pod.name = name;
    pod.uid = "u-" + name;
    pod.cells = {name, "1/2", "CrashLoopBackOff", "14 (2m ago)", "4h12m", "10.42.7.118", "worker-3"};
    pod.json =
        R"({"kind":"Pod","apiVersion":"v1",)" +
        meta(name, "payments", "2026-11-24T10:28:00Z",
            R"("generateName":"payments-api-7d9f6c5b84-","labels":{"app.kubernetes.io/name":"payments-api","pod-template-hash":"7d9f6c5b84","team":"payments"},)"
            R"("annotations":{"prometheus.io/scrape":"true","prometheus.io/port":"9102"},)" +
                owner("apps/v1", "ReplicaSet", "payments-api-7d9f6c5b84")) +
        R"(,"spec":{"nodeName":"worker-3","serviceAccountName":"payments-api","restartPolicy":"Always","priority":0,
"volumes":[{"name":"config","configMap":{"name":"payments-api-env"}}],
"initContainers":[{"name":"migrate","image":"registry.example.com/payments/migrate:2.41.0"}],
"containers":[{"name":"api","image":"registry.example.com/payments/api:2.41.0","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],
"env":[{"name":"DATABASE_URL","valueFrom":{"secretKeyRef":{"name":"payments-db","key":"url"}}}],
"resources":{"requests":{"cpu":"100m","memory":"128Mi"},"limits":{"memory":"256Mi"}},
"readinessProbe":{"httpGet":{"path":"/healthz","port":8080},"periodSeconds":10}},
{"name":"envoy","image":"registry.example.com/mesh/envoy:1.31.2","resources":{"requests":{"cpu":"50m","memory":"64Mi"},"limits":{"memory":"128Mi"}}}]},
"status":{"phase":"Running","hostIP":"192.0.2.13","podIP":"10.42.7.118","podIPs":[{"ip":"10.42.7.118"}],"qosClass":"Burstable","startTime":"2026-11-24T10:28:01Z",
"conditions":[
{"type":"Initialized","status":"True","lastTransitionTime":"2026-11-24T10:28:05Z"},
{"type":"Ready","status":"False","reason":"ContainersNotReady","message":"containers with unready status: [api]","lastTransitionTime":"2026-11-24T14:37:41Z"},
{"type":"ContainersReady","status":"False","reason":"ContainersNotReady","message":"containers with unready status: [api]","lastTransitionTime":"2026-11-24T14:37:41Z"},
{"type":"PodScheduled","status":"True","lastTransitionTime":"2026-11-24T10:28:00Z"}],
"initContainerStatuses":[{"name":"migrate","ready":true,"restartCount":0,"image":"migrate","state":{"terminated":{"exitCode":0,"reason":"Completed","startedAt":"2026-11-24T10:28:02Z","finishedAt":"2026-11-24T10:28:05Z"}}}],
"containerStatuses":[
{"name":"api","ready":false,"started":false,"restartCount":14,"image":"api","state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 5m0s restarting failed container=api pod=)" +
        name +
        R"("}},"lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","startedAt":"2026-11-24T14:36:00Z","finishedAt":"2026-11-24T14:37:41Z"}}},
{"name":"envoy","ready":true,"started":true,"restartCount":0,"image":"envoy","state":{"running":{"startedAt":"2026-11-24T10:28:06Z"}}}]}})";
    return pod;
}

void ObjectWorld::addPayments()
{
    const std::string core = "/api/v1/namespaces/payments/";
    addCollection(core + "pods", {"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node"});
    addObject(core + "pods", crashingPod());
    addCollection("/apis/apps/v1/namespaces/payments/replicasets", {"Name", "Desired", "Current", "Ready", "Age"});
    addObject("/apis/apps/v1/namespaces/payments/replicasets",
        {"payments-api-7d9f6c5b84", {"payments-api-7d9f6c5b84", "3", "3", "2", "4h12m"},
            R"({"kind":"ReplicaSet","apiVersion":"apps/v1",)" +
                meta("payments-api-7d9f6c5b84", "payments", "2026-11-24T10:28:00Z", owner("apps/v1", "Deployment", "payments-api")) + "}"});
    addCollection("/apis/apps/v1/namespaces/payments/deployments", {"Name", "Ready", "Up-to-date", "Available", "Age"});
    addObject("/apis/apps/v1/namespaces/payments/deployments",
        {"payments-api", {"payments-api", "2/3", "3", "2", "63d"},
            R"({"kind":"Deployment","apiVersion":"apps/v1",)" + meta("payments-api", "payments", "2026-09-22T10:28:00Z") + "}"});
    addCollection("/api/v1/nodes", {"Name", "Status", "Roles", "Age", "Version"});
    addObject("/api/v1/nodes", {"worker-3", {"worker-3", "Ready", "<none>", "63d", "v1.34.4"},
                                   R"({"kind":"Node","apiVersion":"v1",)" + meta("worker-3", {}, "2026-09-22T10:28:00Z") + "}"});
    addCollection(core + "configmaps", {"Name", "Data", "Age"});
    addObject(
        core + "configmaps", {"payments-api-env", {"payments-api-env", "4", "4h12m"},
                                 R"({"kind":"ConfigMap","apiVersion":"v1",)" + meta("payments-api-env", "payments", "2026-11-24T10:28:00Z") + "}"});
    addCollection(core + "serviceaccounts", {"Name", "Secrets", "Age"});
    addObject(core + "serviceaccounts",
        {"payments-api", {"payments-api", "0", "63d"},
            R"({"kind":"ServiceAccount","apiVersion":"v1",)" + meta("payments-api", "payments", "2026-09-22T10:28:00Z") + "}"});
    // The secret is not there: it is said.
    m_server.on(net::Verb::Get, core + "secrets/payments-db", dated(refusal(404, "NotFound", "secrets \\\"payments-db\\\" not found")));
    addCollection(core + "events", {"Last Seen", "Type", "Reason", "Object", "Subobject", "Source", "Message", "First Seen", "Count", "Name"});
    struct Event {
        const char *type, *reason, *message, *last;
        int count;
    };
    const Event events[] = {
        {"Warning", "BackOff", "Back-off restarting failed container api in pod payments-api-7d9f6c5b84-x2k4q_payments", "2026-11-24T14:39:48Z", 61},
        {"Warning", "Unhealthy", "Readiness probe failed: Get http://10.42.7.118:8080/healthz: connection refused", "2026-11-24T14:37:40Z", 14},
        {"Normal", "Pulled", "Container image registry.example.com/payments/api:2.41.0 already present on machine", "2026-11-24T14:36:00Z", 14},
        {"Normal", "Created", "Created container api", "2026-11-24T14:36:00Z", 14},
        {"Normal", "Scheduled", "Successfully assigned payments/payments-api-7d9f6c5b84-x2k4q to worker-3", "2026-11-24T10:28:00Z", 1},
        {"Normal", "Pulled", "Successfully pulled image registry.example.com/mesh/envoy:1.31.2 in 1.204s", "2026-11-24T10:28:04Z", 1},
        {"Normal", "Started", "Started container envoy", "2026-11-24T10:28:06Z", 1},
    };
    int number = 0;
    for (const Event &each : events) {
        const std::string name = "event-" + std::to_string(++number);
        addObject(
            core + "events", {name,
                                 {"x", each.type, each.reason, "pod/payments-api-7d9f6c5b84-x2k4q", "", "kubelet, worker-3", each.message, "4h",
                                     std::to_string(each.count), name},
                                 eventJson(name, "payments-api-7d9f6c5b84-x2k4q", each.type, each.reason, each.message, each.count, each.last)});
    }
}

void ObjectWorld::addReport()
{
    const std::string jobs = "/apis/batch/v1/namespaces/data/jobs";
    addCollection(jobs, {"Name", "Status", "Completions", "Duration", "Age"});
    addObject(jobs,
        {"daily-report-29381640", {"daily-report-29381640", "Failed", "0/1", "37m", "37m"},
            R"({"kind":"Job","apiVersion":"batch/v1",)" +
                meta("daily-report-29381640", "data", "2026-11-24T14:03:00Z",
                    R"("labels":{"app":"daily-report","team":"data"},"annotations":{"batch.kubernetes.io/cronjob-scheduled-timestamp":"2026-11-24T14:03:00Z"},)" +
                        owner("batch/v1", "CronJob", "daily-report")) +
                R"(,"spec":{"backoffLimit":3,"completions":1,"parallelism":1,"completionMode":"NonIndexed","activeDeadlineSeconds":1800,"ttlSecondsAfterFinished":86400,
"selector":{"matchLabels":{"batch.kubernetes.io/controller-uid":"c-1"}},
"template":{"spec":{"serviceAccountName":"report-runner","containers":[{"name":"report","image":"registry.example.com/report:3.7.1",
"envFrom":[{"configMapRef":{"name":"report-settings"}}]}]}}},
"status":{"startTime":"2026-11-24T14:03:00Z","failed":4,"conditions":[
{"type":"FailureTarget","status":"True","reason":"BackoffLimitExceeded","message":"Job has reached the specified backoff limit","lastTransitionTime":"2026-11-24T14:16:03Z"},
{"type":"Failed","status":"True","reason":"BackoffLimitExceeded","message":"Job has reached the specified backoff limit","lastTransitionTime":"2026-11-24T14:16:04Z"}]}})"});
    addCollection("/apis/batch/v1/namespaces/data/cronjobs", {"Name", "Schedule", "Timezone", "Suspend", "Active", "Last Schedule", "Age"});
    addObject("/apis/batch/v1/namespaces/data/cronjobs",
        {"daily-report", {"daily-report", "3 14 * * *", "<none>", "False", "0", "37m", "21d"},
            R"({"kind":"CronJob","apiVersion":"batch/v1",)" + meta("daily-report", "data", "2026-11-03T10:28:00Z") + "}"});
    addCollection("/api/v1/namespaces/data/pods", {"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node"});
    for (const char *tail : {"7hq2d", "d9wkx", "mz4tr", "x8b5n"}) {
        const std::string name = std::string("daily-report-29381640-") + tail;
        addObject("/api/v1/namespaces/data/pods",
            {name, {name, "0/1", "Error", "0", "30m", "10.42.7.9", "batch-1"},
                R"({"kind":"Pod","apiVersion":"v1",)" +
                    meta(name, "data", "2026-11-24T14:04:00Z",
                        R"("labels":{"batch.kubernetes.io/controller-uid":"c-1"},)" + owner("batch/v1", "Job", "daily-report-29381640")) +
                    "}"});
    }
    addCollection("/api/v1/namespaces/data/configmaps", {"Name", "Data", "Age"});
    addObject("/api/v1/namespaces/data/configmaps",
        {"report-settings", {"report-settings", "2", "2d3h"},
            R"({"kind":"ConfigMap","apiVersion":"v1",)" + meta("report-settings", "data", "2026-11-22T11:28:00Z") + "}"});
    addCollection("/api/v1/namespaces/data/serviceaccounts", {"Name", "Secrets", "Age"});
    addObject("/api/v1/namespaces/data/serviceaccounts",
        {"report-runner", {"report-runner", "0", "63d"},
            R"({"kind":"ServiceAccount","apiVersion":"v1",)" + meta("report-runner", "data", "2026-09-22T10:28:00Z") + "}"});
    addCollection(
        "/api/v1/namespaces/data/events", {"Last Seen", "Type", "Reason", "Object", "Subobject", "Source", "Message", "First Seen", "Count", "Name"});
    struct Event {
        const char *type, *reason, *message, *last;
    };
    const Event events[] = {{"Warning", "BackoffLimitExceeded", "Job has reached the specified backoff limit", "2026-11-24T14:16:04Z"},
        {"Normal", "SuccessfulCreate", "Created pod: daily-report-29381640-x8b5n", "2026-11-24T14:13:00Z"},
        {"Normal", "SuccessfulCreate", "Created pod: daily-report-29381640-mz4tr", "2026-11-24T14:09:00Z"},
        {"Normal", "SuccessfulCreate", "Created pod: daily-report-29381640-d9wkx", "2026-11-24T14:07:00Z"},
        {"Normal", "SuccessfulCreate", "Created pod: daily-report-29381640-7hq2d", "2026-11-24T14:03:00Z"}};
    int number = 0;
    for (const Event &each : events) {
        const std::string name = "job-event-" + std::to_string(++number);
        addObject("/api/v1/namespaces/data/events",
            {name, {"x", each.type, each.reason, "job/daily-report-29381640", "", "job-controller", each.message, "37m", "1", name},
                eventJson(name, "daily-report-29381640", each.type, each.reason, each.message, 1, each.last)});
    }
}

} // namespace fairlead::test
