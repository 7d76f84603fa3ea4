// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/windowworld.h"

#include "support/contextworld.h"

#include <QCoreApplication>
#include <QEvent>

#include <utility>

namespace fairlead::test {

using contexts::ContextList;
using contexts::OpenClusterPtr;

namespace {

ObjectWorld::Object object(const std::string &space, const std::string &name, const std::vector<std::string> &cells)
{
    ObjectWorld::Object made;
    made.name = name;
    made.uid = "u-" + space + "-" + name;
    made.cells = {name};
    made.cells.insert(made.cells.end(), cells.begin(), cells.end());
    made.json = R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":")" + name +
                (space.empty() ? std::string() : R"(","namespace":")" + space) + R"(","uid":")" + made.uid +
                R"(","resourceVersion":"90","creationTimestamp":"2026-11-24T10:28:00Z"}})";
    return made;
}

} // namespace

WindowWorld::WindowWorld()
    : list(someContexts())
{
}

WindowWorld::~WindowWorld()
{
    m_clusters.clear();
}

Reply<ContextList> WindowWorld::read()
{
    return answered<ContextList>(list);
}

Reply<ContextList> WindowWorld::look(const std::string &file)
{
    const auto found = files.find(file);
    if (found != files.end())
        return answered<ContextList>(found->second);
    ContextList missing;
    missing.failure = Error{.code = Code::NotFound, .message = "there is no such kubeconfig file", .place = {.file = file}};
    return answered<ContextList>(std::move(missing));
}

void WindowWorld::fill(ObjectWorld &world)
{
    world.addPayments();
    struct Rows {
        const char *path;
        std::vector<std::string> columns;
        std::vector<ObjectWorld::Object> objects;
    };
    const std::string tail = "payments-api-7d9f6c5b84-x2k4q";
    const Rows all[] = {
        {"/api/v1/pods", {"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node"},
            {object("payments", tail, {"1/2", "CrashLoopBackOff", "14 (2m ago)", "4h12m", "10.42.7.118", "worker-3"}),
                object("payments", "payments-worker-5c7d8f9b6-q8zpt", {"1/1", "Running", "0", "3d4h", "10.42.7.119", "worker-3"}),
                object("search", "search-indexer-0", {"1/1", "Running", "0", "51m", "10.42.11.20", "worker-7"}),
                object("batch", "catalog-sync-29381640-7hq2d", {"0/1", "Completed", "0", "18m", "10.42.21.9", "batch-1"})}},
        {"/apis/apps/v1/deployments", {"Name", "Ready", "Up-to-date", "Available", "Age"},
            {object("payments", "payments-api", {"2/3", "3", "2", "63d"}), object("payments", "payments-worker", {"2/2", "2", "2", "63d"})}},
        {"/api/v1/services", {"Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age"},
            {object("payments", "payments", {"ClusterIP", "10.43.7.1", "<none>", "80/TCP", "63d"})}},
        {"/apis/batch/v1/cronjobs", {"Name", "Schedule", "Timezone", "Suspend", "Active", "Last Schedule", "Age"},
            {object("batch", "payout-run", {"0 15 * * *", "<none>", "False", "0", "23h", "63d"})}},
        {"/api/v1/configmaps", {"Name", "Data", "Age"}, {object("payments", "payments-api-env", {"4", "4h12m"})}},
        {"/api/v1/secrets", {"Name", "Type", "Data", "Age"}, {object("payments", "payments-db", {"Opaque", "4", "63d"})}},
        {"/apis/networking.k8s.io/v1/ingresses", {"Name", "Class", "Hosts", "Address", "Ports", "Age"},
            {object("payments", "payments-public", {"nginx", "pay.example.com", "203.0.113.7", "80, 443", "63d"})}},
        {"/apis/rbac.authorization.k8s.io/v1/rolebindings", {"Name", "Role", "Age"}, {object("payments", "dev-payments", {"Role/edit", "63d"})}},
        {"/api/v1/nodes", {"Name", "Status", "Roles", "Age", "Version"}, {object("", "worker-3", {"Ready", "<none>", "63d", "v1.34.4"})}},
    };
    for (const Rows &rows : all) {
        world.addCollection(rows.path, rows.columns);
        for (const ObjectWorld::Object &each : rows.objects)
            world.addObject(rows.path, each);
    }
    world.addCollection("/api/v1/namespaces", {"Name", "Status", "Age"});
    for (const char *name :
        {"auth", "batch", "catalog", "checkout", "default", "kube-system", "observability", "payments", "payouts", "search", "team-a"})
        world.addObject("/api/v1/namespaces", object("", name, {"Active", "63d"}));
}

ObjectWorld &WindowWorld::server(const std::string &context)
{
    auto &made = m_servers[context];
    if (made)
        return *made;
    made = std::make_unique<ObjectWorld>();
    made->server().on(net::Verb::Get, "/version", {}, [this](const net::Request &) {
        clock.advance(std::chrono::milliseconds(12));
        return answer(R"({"major":"1","minor":"34","gitVersion":"v1.34.4"})");
    });
    if (context == "staging-eu") {
        fill(*made);
    } else {
        made->addCollection("/api/v1/pods", {"Name", "Ready", "Status", "Restarts", "Age", "IP", "Node"});
        made->addObject("/api/v1/pods", object("default", "pod-of-" + context, {"1/1", "Running", "0", "51m", "10.42.0.2", "node-1"}));
    }
    return *made;
}

Reply<OpenClusterPtr> WindowWorld::open(const std::string &context)
{
    if (const auto refused = refusals.find(context); refused != refusals.end())
        return answered<OpenClusterPtr>(failure(refused->second));
    OpenClusterPtr &opened = m_clusters[context];
    if (!opened) {
        contexts::OpenCluster cluster = *server(context).cluster();
        for (const contexts::ContextFacts &facts : list.contexts) {
            if (facts.name == context)
                cluster.facts = facts;
        }
        cluster.facts.nameSpace.clear(); // all namespaces at first
        opened = std::make_shared<const contexts::OpenCluster>(std::move(cluster));
    }
    return answered<OpenClusterPtr>(opened);
}

int WindowWorld::lists(const std::string &context, const std::string &path)
{
    int found = 0;
    for (const net::Request &request : server(context).server().requests()) {
        // Counting asks for one row.
        if (request.verb == net::Verb::List && request.path == path && ScriptedTransport::queryValue(request, "limit") != "1")
            ++found;
    }
    return found;
}

void WindowWorld::restart()
{
    m_clusters.clear();
    m_servers.clear();
}

void WindowWorld::settle()
{
    // An answer of one may make another be asked.
    for (int round = 0; round < 3; ++round) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        for (const auto &[name, server] : m_servers)
            server->settle();
    }
}

} // namespace fairlead::test
