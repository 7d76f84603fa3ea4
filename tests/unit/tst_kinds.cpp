// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/kinds.h"
#include "kinds/problem.h"
#include "kinds/selector.h"
#include "support/paths.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <set>

using namespace fairlead;
using namespace fairlead::kinds;
using namespace fairlead::test;

namespace {

std::string fixtureText(const std::string &name)
{
    QFile file(QString::fromStdString(sourcePath("tests/fixtures/kinds/") + name + ".json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

kube::TablePage decoded(const std::string &text, kube::Detail detail, const kube::Projection &projection = {})
{
    auto page = kube::decodeTable(text, detail, projection);
    if (!page)
        qFatal("%s", page.error().text().c_str());
    return std::move(*page);
}

const Kind &kindOfFixture(const std::string &name)
{
    const std::size_t dot = name.find('.');
    return kindOf(dot == std::string::npos ? std::string_view() : std::string_view(name).substr(dot + 1), name.substr(0, dot));
}

std::string word(std::optional<Health> health)
{
    return health ? std::string(name(*health)) : "none";
}

// A Table of one row, for states that a cluster is in for a moment only.
kube::TablePage row(const std::vector<std::pair<std::string, std::string>> &cells, const std::string &metadata = R"("name":"x","uid":"u")")
{
    std::string columns;
    std::string values;
    for (const auto &[column, value] : cells) {
        columns += (columns.empty() ? "" : ",");
        columns += R"({"name":")" + column + R"(","type":"string"})";
        values += (values.empty() ? "\"" : ",\"") + value + "\"";
    }
    return decoded(R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[)" + columns + R"(],"rows":[{"cells":[)" +
                       values + R"(],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{)" + metadata + "}}}]}",
        kube::Detail::Meta);
}

std::string cellsHealth(std::string_view group, std::string_view resource, const std::vector<std::pair<std::string, std::string>> &cells)
{
    const kube::TablePage page = row(cells);
    return word(kindOf(group, resource).health(page.columns, page.rows[0]));
}

std::string split(const std::string &metadata)
{
    const kube::TablePage page = row({{"Name", "x"}}, metadata);
    const NameParts parts = splitName(kindOf("", "pods"), page.rows[0]);
    return std::string(parts.stem) + "|" + std::string(parts.tail);
}

std::string owned(const std::string &name, const std::string &kind, const std::string &owner, const std::string &labels = "")
{
    return split(R"("name":")" + name + R"(","uid":"u","labels":{)" + labels + R"(},"ownerReferences":[{"apiVersion":"v1","kind":")" + kind +
                 R"(","name":")" + owner + R"(","uid":"o","controller":true}])");
}

} // namespace

class KindsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTableIsWhole()
    {
        std::set<std::string> seen;
        Group last = Group::Workloads;
        for (const Kind *kind : allKinds()) {
            const std::string what = std::string(kind->id.resource) + "." + std::string(kind->id.group);
            QVERIFY2(seen.insert(what).second, what.c_str());
            QVERIFY2(kind->group >= last, what.c_str());
            last = kind->group;
            QVERIFY2(!kind->title.empty() && !kind->icon.empty() && !kind->id.kind.empty(), what.c_str());
            QCOMPARE(&kindOf(kind->id.group, kind->id.resource), kind);
            QCOMPARE(kindNamed(kind->id.group, kind->id.kind), kind);
            for (const KindKey &each : kind->owns)
                QVERIFY2(!kindOf(each.group, each.resource).title.empty(), what.c_str());
            for (const Link &each : kind->uses)
                QVERIFY2(
                    each.path.starts_with('/') && (each.by == Link::By::Reference || !kindOf(each.target.group, each.target.resource).title.empty()),
                    what.c_str());
            for (const DurationColumn &each : kind->durations) {
                const auto has = [&](const Fact &fact) { return fact.name == each.fact; };
                QVERIFY2(each.fact.empty() || std::any_of(kind->facts.begin(), kind->facts.end(), has), what.c_str());
            }
            for (const std::string_view each : kind->words)
                QVERIFY2(!each.empty(), what.c_str());
            QVERIFY2(kind->title != "Events" || kind->hasHealth(), what.c_str());
        }
        QVERIFY(allKinds().size() > 55);
    }

    // Each column that the registry speaks of is one that the server has.
    void columnsAreTheServers()
    {
        for (const QString &file : QDir(QString::fromStdString(sourcePath("tests/fixtures/kinds"))).entryList({QStringLiteral("*.json")})) {
            const std::string fixture = file.chopped(5).toStdString();
            const Kind &kind = kindOfFixture(fixture);
            const bool custom = fixture.find(".example.com") != std::string::npos;
            QVERIFY2(custom == kind.title.empty(), fixture.c_str());
            const kube::TablePage page = decoded(fixtureText(fixture), kube::Detail::Meta);
            const auto has = [&page](std::string_view name) {
                return std::any_of(page.columns.begin(), page.columns.end(), [name](const kube::Column &each) { return each.name == name; });
            };
            for (const DurationColumn &each : kind.durations) {
                QVERIFY2(has(each.column) || each.column == "Age", (fixture + " " + std::string(each.column)).c_str());
            }
            for (const SortColumn &each : kind.sorts)
                QVERIFY2(has(each.column), (fixture + " " + std::string(each.column)).c_str());
        }
    }

    // What the row says, then what the facts say where that is more; each object of the scenario by name.
    void healthOfTheScenario_data()
    {
        QTest::addColumn<QByteArray>("fixture");
        QTest::addColumn<QByteArray>("expected");
        const std::pair<const char *, const char *> cases[] = {
            {"pods", "web-b68cdd68d-9l79l=healthy with-sidecar-69bc9f8657-mdxhv=healthy cache-0=healthy import-done-lbqpf=idle one-shot=idle "
                     "crash-loop-9b5ff78cd-5q782=failed import-failed-mc9tf=failed init-failing=failed missing-secret-key=failed never-pulled=failed "
                     "no-such-image-6f4b9f9b96-c4jfg=failed no-such-program=failed out-of-memory-5f8984598d-tqfmq=failed unhealthy=failed "
                     "half-broken=failed failed=failed hostile-image=failed init-waiting=progressing missing-config=progressing "
                     "too-big-5d69ff88cb-45h9q=degraded wants-a-gpu-node=degraded db-0=degraded unready-5cff5b476c-p5j4k=degraded"},
            {"deployments.apps",
                "web=healthy api=healthy front=healthy idle=idle crash-loop=failed no-such-image=failed out-of-memory=failed too-big=failed "
                "unready=failed over-quota=degraded rollout-slow=progressing rollout-stuck=progressing/degraded paused=failed/degraded"},
            {"replicasets.apps", "web-b68cdd68d=healthy idle-755bb7756f=idle crash-loop-9b5ff78cd=failed over-quota-79db5ffb7b=degraded"},
            {"replicationcontrollers", "veteran=healthy"},
            {"statefulsets.apps", "cache=healthy db=failed"},
            {"daemonsets.apps", "node-agent=healthy gpu-agent=idle"},
            {"jobs.batch",
                "import-done=healthy parallel=healthy import-failed=failed import-too-slow=failed shards=failed import-running=progressing "
                "import-suspended=idle every-minute-failing-29925772=failed"},
            {"cronjobs.batch", "every-minute=healthy nightly=healthy paused=idle every-minute-failing=healthy/degraded"},
            {"services", "web=none elsewhere=none public=progressing kubernetes=none"},
            {"ingresses.networking.k8s.io", "web=progressing dangling=progressing"},
            {"endpointslices.discovery.k8s.io", "web-v2x6p=healthy nobody-4g4nt=degraded unready-2rhfx=healthy/degraded by-hand-1=healthy"},
            {"endpoints", "web=healthy nobody=degraded unready=degraded"},
            {"persistentvolumeclaims", "archive=healthy scratch=progressing nowhere=progressing"},
            {"persistentvolumes", "archive=healthy spare=idle"},
            {"volumeattachments.storage.k8s.io", "spare-on-no-node=progressing"},
            {"nodes", "kinds-a-node1=healthy"},
            {"namespaces", "team-a=healthy"},
            {"horizontalpodautoscalers.autoscaling", "web=degraded no-target=degraded"},
            {"poddisruptionbudgets.policy", "web=healthy cache=degraded"},
            {"resourcequotas", "best-effort=degraded team-b=healthy"},
            {"customresourcedefinitions.apiextensions.k8s.io", "orders.shop.example.com=none/healthy"},
            {"apiservices.apiregistration.k8s.io", "v1.apps=healthy"},
            {"certificatesigningrequests.certificates.k8s.io", "newcomer=progressing"},
            {"componentstatuses", "etcd-0=healthy scheduler=failed"},
            {"flowschemas.flowcontrol.apiserver.k8s.io", "exempt=healthy"},
            {"resourceclaims.resource.k8s.io", "shared-gpu=progressing"},
            {"orders.shop.example.com", "books=unknown"},
        };
        for (const auto &[fixture, expected] : cases)
            QTest::addRow("%s", fixture) << QByteArray(fixture) << QByteArray(expected);
    }

    void healthOfTheScenario()
    {
        QFETCH(QByteArray, fixture);
        QFETCH(QByteArray, expected);
        const Kind &kind = kindOfFixture(fixture.toStdString());
        const std::string text = fixtureText(fixture.toStdString());
        const kube::TablePage cells = decoded(text, kube::Detail::Meta);
        const kube::TablePage facts = decoded(text, kube::Detail::Facts, kind.projection());
        QVERIFY(kind.hasHealth());
        for (const QByteArray &each : expected.split(' ')) {
            const std::string object = each.left(each.indexOf('=')).toStdString();
            const QByteArrayList words = each.mid(each.indexOf('=') + 1).split('/');
            bool found = false;
            for (std::size_t i = 0; i < cells.rows.size(); ++i) {
                if (cells.rows[i].name() != object)
                    continue;
                found = true;
                QCOMPARE(object + ": " + word(kind.health(cells.columns, cells.rows[i])), object + ": " + words.first().toStdString());
                QCOMPARE(object + ", facts: " + word(kind.health(facts.columns, facts.rows[i])), object + ", facts: " + words.last().toStdString());
            }
            QVERIFY2(found, object.c_str());
        }
    }

    // The kinds that have none draw no shape; every other row of the scenario gets a verdict without the registry's silence.
    void someKindsHaveNoHealth()
    {
        for (const char *fixture :
            {"configmaps", "secrets", "roles.rbac.authorization.k8s.io", "serviceaccounts", "limitranges", "leases.coordination.k8s.io",
                "storageclasses.storage.k8s.io", "priorityclasses.scheduling.k8s.io", "ingressclasses.networking.k8s.io"}) {
            const Kind &kind = kindOfFixture(fixture);
            QVERIFY2(!kind.hasHealth(), fixture);
            const kube::TablePage page = decoded(fixtureText(fixture), kube::Detail::Meta);
            QVERIFY(!page.rows.empty());
            QCOMPARE(word(kind.health(page.columns, page.rows[0])), std::string("none"));
        }
    }

    void eventsAreNormalOrWarnings()
    {
        for (const char *fixture : {"events", "events.events.k8s.io"}) {
            const Kind &kind = kindOfFixture(fixture);
            const kube::TablePage page = decoded(fixtureText(fixture), kube::Detail::Meta);
            std::set<std::string> words;
            for (const kube::Row &each : page.rows)
                words.insert(std::string(Cells(page.columns, each).text("Type")) + " " + std::string(kind.word(*kind.health(page.columns, each))));
            QCOMPARE(words, (std::set<std::string>{"Normal Normal", "Warning Warning"}));
        }
    }

    void passingStates()
    {
        const auto pod = [](const char *ready, const char *status, const char *node = "n1") {
            return cellsHealth("", "pods", {{"Name", "x"}, {"Ready", ready}, {"Status", status}, {"Restarts", "0"}, {"Node", node}});
        };
        QCOMPARE(pod("1/1", "Terminating"), std::string("progressing"));
        QCOMPARE(pod("0/1", "Pending"), std::string("progressing"));
        QCOMPARE(pod("0/1", "Pending", "<none>"), std::string("degraded"));
        QCOMPARE(pod("0/1", "SchedulingGated", "<none>"), std::string("degraded"));
        QCOMPARE(pod("0/1", "PodInitializing"), std::string("progressing"));
        QCOMPARE(pod("0/1", "ContainerCreating"), std::string("progressing"));
        QCOMPARE(pod("0/2", "Init:1/2"), std::string("progressing"));
        QCOMPARE(pod("1/2", "NotReady"), std::string("degraded"));
        QCOMPARE(pod("1/2", "Running"), std::string("degraded"));
        QCOMPARE(pod("0/1", "Unknown"), std::string("unknown"));
        QCOMPARE(pod("0/1", "ContainerStatusUnknown"), std::string("unknown"));
        for (const char *bad : {"CrashLoopBackOff", "Error", "OOMKilled", "ImagePullBackOff", "ErrImagePull", "ErrImageNeverPull", "InvalidImageName",
                 "CreateContainerConfigError", "CreateContainerError", "RunContainerError", "StartError", "Evicted", "DeadlineExceeded",
                 "ContainerCannotRun", "ExitCode:3", "Signal:9", "Init:Error", "Init:ExitCode:1", "Init:Signal:15", "Init:ImagePullBackOff",
                 "Init:OOMKilled", "OutOfcpu", "UnexpectedAdmissionError", "PostStartHookError", "Failed"})
            QCOMPARE(std::string(bad) + " " + pod("0/1", bad), std::string(bad) + " failed");

        const auto job = [](const char *status) { return cellsHealth("batch", "jobs", {{"Status", status}, {"Completions", "0/1"}}); };
        QCOMPARE(job("FailureTarget"), std::string("failed"));
        QCOMPARE(job("SuccessCriteriaMet"), std::string("progressing"));
        QCOMPARE(job("Terminating"), std::string("progressing"));
        QCOMPARE(cellsHealth("batch", "jobs", {{"Completions", "1/1"}}), std::string("healthy"));
        QCOMPARE(cellsHealth("batch", "jobs", {{"Completions", "0/1"}}), std::string("unknown"));

        const auto node = [](const char *status) { return cellsHealth("", "nodes", {{"Status", status}}); };
        QCOMPARE(node("NotReady"), std::string("failed"));
        QCOMPARE(node("NotReady,SchedulingDisabled"), std::string("failed"));
        QCOMPARE(node("Ready,SchedulingDisabled"), std::string("degraded"));
        QCOMPARE(node("Unknown"), std::string("unknown"));
        QCOMPARE(cellsHealth("", "namespaces", {{"Status", "Terminating"}}), std::string("progressing"));
        QCOMPARE(cellsHealth("", "persistentvolumeclaims", {{"Status", "Lost"}}), std::string("failed"));
        QCOMPARE(cellsHealth("", "persistentvolumes", {{"Status", "Released"}}), std::string("idle"));
        QCOMPARE(cellsHealth("", "persistentvolumes", {{"Status", "Failed"}}), std::string("failed"));
        QCOMPARE(cellsHealth("apiregistration.k8s.io", "apiservices", {{"Available", "False (MissingEndpoints)"}}), std::string("failed"));
        QCOMPARE(cellsHealth("autoscaling", "horizontalpodautoscalers", {{"Targets", "cpu: 5%/80%"}}), std::string("healthy"));
        QCOMPARE(cellsHealth("networking.k8s.io", "ingresses", {{"Address", "192.0.2.1"}}), std::string("healthy"));
        QCOMPARE(cellsHealth("", "services", {{"Type", "LoadBalancer"}, {"External-IP", "192.0.2.1"}}), std::string("healthy"));
        QCOMPARE(cellsHealth("certificates.k8s.io", "certificatesigningrequests", {{"Condition", "Approved,Issued"}}), std::string("healthy"));
        QCOMPARE(cellsHealth("certificates.k8s.io", "certificatesigningrequests", {{"Condition", "Denied"}}), std::string("idle"));
        QCOMPARE(cellsHealth("", "resourcequotas", {{"Request", "cpu: 500m/1, memory: 512Mi/1Gi"}, {"Limit", "cpu: 2/2"}}), std::string("degraded"));
        QCOMPARE(cellsHealth("", "resourcequotas", {{"Request", "cpu: 500m/1, pods: 0/0"}, {"Limit", ""}}), std::string("healthy"));
    }

    void kindsOfOthersGoByTheirConditions()
    {
        const auto thing = [](const char *column, const char *value) {
            return cellsHealth("stable.example.com", "things", {{"Name", "x"}, {column, value}});
        };
        QCOMPARE(thing("Ready", "True"), std::string("healthy"));
        QCOMPARE(thing("READY", "False"), std::string("degraded"));
        QCOMPARE(thing("Available", "Unknown"), std::string("progressing"));
        QCOMPARE(thing("Synced", "True"), std::string("healthy"));
        QCOMPARE(thing("Ready", "1/1"), std::string("unknown"));
        QCOMPARE(thing("Phase", "Done"), std::string("unknown"));

        const auto byFacts = [](const std::string &conditions) {
            const Kind &kind = kindOf("stable.example.com", "things");
            const kube::TablePage page =
                decoded(R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name","type":"string"}],
                "rows":[{"cells":["x"],"object":{"metadata":{"name":"x","uid":"u"},"status":{"conditions":[)" +
                            conditions + "]}}}]}",
                    kube::Detail::Facts, kind.projection());
            return word(kind.health(page.columns, page.rows[0]));
        };
        QCOMPARE(byFacts(R"({"type":"Ready","status":"True"})"), std::string("healthy"));
        QCOMPARE(byFacts(R"({"type":"Other","status":"True"},{"type":"Available","status":"False"})"), std::string("degraded"));
        QCOMPARE(byFacts(R"({"type":"Ready","status":"False"},{"type":"Issuing","status":"True"})"), std::string("progressing"));
        QCOMPARE(byFacts(R"({"type":"Ready","status":"True"},{"type":"Stalled","status":"True"})"), std::string("failed"));
        QCOMPARE(byFacts(""), std::string("unknown"));
    }

    void titlesAndGroups()
    {
        const auto resource = [](const char *group, const char *plural, const char *kind) {
            kube::Resource made;
            made.id = {group, "v1", plural};
            made.kind = kind;
            return made;
        };
        QCOMPARE(titleOf(resource("", "persistentvolumeclaims", "PersistentVolumeClaim")), std::string("Volume claims"));
        QCOMPARE(titleOf(resource("cert-manager.io", "certificaterequests", "CertificateRequest")), std::string("Certificate requests"));
        QCOMPARE(titleOf(resource("gateway.networking.k8s.io", "httproutes", "HTTPRoute")), std::string("HTTP routes"));
        QCOMPARE(titleOf(resource("shop.example.com", "orders", "Order")), std::string("Orders"));
        QCOMPARE(titleOf(resource("x.example.com", "clusterpolicies", "ClusterPolicy")), std::string("Cluster policies"));
        QCOMPARE(titleOf(resource("x.example.com", "oddities", "Thing")), std::string("Oddities"));
        QCOMPARE(titleOf(resource("x.example.com", "bare", "")), std::string("bare"));
        QCOMPARE(groupOf(resource("shop.example.com", "orders", "Order")), Group::Custom);
        QCOMPARE(groupOf(resource("gateway.networking.k8s.io", "httproutes", "HTTPRoute")), Group::Network);
        QCOMPARE(groupOf(resource("new.k8s.io", "novelties", "Novelty")), Group::Cluster);
        QCOMPARE(groupOf(resource("batch", "cronjobs", "CronJob")), Group::Workloads);
        QCOMPARE(title(Group::ConfigAndStorage), std::string_view("Config and storage"));
    }

    void namesAreCutWhereAControllerMadeThemUp()
    {
        const std::string hash = R"("pod-template-hash":"7d9f6c5b84")";
        QCOMPARE(owned("web-7d9f6c5b84-x2k4q", "ReplicaSet", "web-7d9f6c5b84", hash), std::string("web|-7d9f6c5b84-x2k4q"));
        QCOMPARE(owned("orphan-fjscf", "ReplicaSet", "orphan"), std::string("orphan|-fjscf"));
        QCOMPARE(owned("web-7d9f6c5b84", "Deployment", "web", hash), std::string("web|-7d9f6c5b84"));
        QCOMPARE(owned("web-other", "Deployment", "web", hash), std::string("web-other|"));
        QCOMPARE(owned("nightly-29381640", "CronJob", "nightly"), std::string("nightly|-29381640"));
        QCOMPARE(owned("nightly-by-hand", "CronJob", "nightly"), std::string("nightly-by-hand|"));
        QCOMPARE(owned("nightly-29381640-x2k4q", "Job", "nightly-29381640"), std::string("nightly|-29381640-x2k4q"));
        QCOMPARE(owned("import-x2k4q", "Job", "import"), std::string("import|-x2k4q"));
        QCOMPARE(owned("shards-2-qq5pl", "Job", "shards"), std::string("shards-2|-qq5pl"));
        QCOMPARE(owned("cache-0", "StatefulSet", "cache", R"("controller-revision-hash":"cache-696b9c5bf5")"), std::string("cache-0|"));
        QCOMPARE(
            owned("cache-696b9c5bf5", "StatefulSet", "cache", R"("controller.kubernetes.io/hash":"696b9c5bf5")"), std::string("cache|-696b9c5bf5"));
        QCOMPARE(owned("node-agent-bhh27", "DaemonSet", "node-agent"), std::string("node-agent|-bhh27"));
        // Looks random, but has vowels: people wrote it.
        QCOMPARE(owned("web-audio", "Thing", "web"), std::string("web-audio|"));
        QCOMPARE(owned("other-x2k4q", "Thing", "web"), std::string("other-x2k4q|"));
        QCOMPARE(split(R"("name":"web-7d9f6c5b84-x2k4q","uid":"u")"), std::string("web-7d9f6c5b84-x2k4q|"));
        // Cut to make room for the random part.
        const std::string longName(60, 'w');
        QCOMPARE(owned(longName.substr(0, 58) + "x2k4q", "ReplicaSet", longName), longName.substr(0, 58) + "|x2k4q");
        const NameParts event = splitEventName("web-7d9f6c5b84-x2k4q.17c5f2a4b3e0d1aa");
        QCOMPARE(std::string(event.stem) + "|" + std::string(event.tail), std::string("web-7d9f6c5b84-x2k4q|.17c5f2a4b3e0d1aa"));
        QCOMPARE(std::string(splitEventName("a.b").tail), std::string());
    }

    // Of the scenario's own names, by the rows of the real server.
    void namesOfTheScenario()
    {
        const kube::TablePage pods = decoded(fixtureText("pods"), kube::Detail::Meta);
        std::set<std::string> stems;
        for (const kube::Row &each : pods.rows) {
            const NameParts parts = splitName(kindOf("", "pods"), each);
            QCOMPARE(std::string(parts.stem) + std::string(parts.tail), std::string(each.name()));
            stems.emplace(parts.stem);
        }
        for (const char *stem :
            {"web", "api", "every-minute", "import-done", "shards-0", "cache-0", "cache-1", "node-agent", "one-shot", "veteran", "with-sidecar"})
            QVERIFY2(stems.count(stem) != 0, stem);
        const kube::TablePage slices = decoded(fixtureText("endpointslices.discovery.k8s.io"), kube::Detail::Meta);
        const Kind &slice = kindOf("discovery.k8s.io", "endpointslices");
        QCOMPARE(std::string(splitName(slice, slices.rows[0]).tail), std::string("-fwsqn"));
    }

    void whatIsWrongIsSaid()
    {
        const auto first = [](const std::string &fixture, const std::string &name) {
            const kube::TablePage page = decoded(fixtureText(fixture), kube::Detail::Whole);
            for (const kube::Row &each : page.rows) {
                if (each.name() != name)
                    continue;
                auto object = kube::Json::parse(each.body());
                if (!object)
                    qFatal("%s", object.error().text().c_str());
                const auto problems = problemsOf(*object);
                return problems.empty() ? std::string("nothing") : problems.front().text();
            }
            return std::string("absent");
        };
        const auto begins = [](const std::string &text, const char *start) { return text.starts_with(start) ? std::string(start) : text; };
        for (const char *well : {"web-b68cdd68d-9l79l", "one-shot", "import-done-lbqpf", "cache-0", "with-sidecar-69bc9f8657-mdxhv"})
            QCOMPARE(first("pods", well), std::string("nothing"));
        const std::pair<const char *, const char *> pods[] = {
            {"crash-loop-9b5ff78cd-5q782", "Container app: CrashLoopBackOff: last ended with Error, exit code 2; back-off"},
            {"out-of-memory-5f8984598d-tqfmq", "Container app: CrashLoopBackOff: last ended with OOMKilled, exit code 137; back-off"},
            {"import-failed-mc9tf", "Container import: Error, exit code 3"},
            {"init-failing", "Init container "},
            {"no-such-image-6f4b9f9b96-c4jfg", "Container app: ImagePullBackOff: Back-off pulling image"},
            {"too-big-5d69ff88cb-45h9q", "Condition PodScheduled: Unschedulable: 0/1 nodes are available"},
            {"unready-5cff5b476c-p5j4k", "Condition Ready: ContainersNotReady: containers with unready status: ["},
        };
        for (const auto &[name, text] : pods)
            QCOMPARE(begins(first("pods", name), text), std::string(text));
        QCOMPARE(first("deployments.apps", "web"), std::string("nothing"));
        QCOMPARE(begins(first("deployments.apps", "crash-loop"), "Condition Available: MinimumReplicasUnavailable: "),
            std::string("Condition Available: MinimumReplicasUnavailable: "));
        QCOMPARE(begins(first("jobs.batch", "import-failed"), "Condition Fail"), std::string("Condition Fail"));
        QCOMPARE(first("jobs.batch", "import-done"), std::string("nothing"));
        QCOMPARE(first("nodes", "kinds-a-node1"), std::string("nothing"));
        QCOMPARE(begins(first("horizontalpodautoscalers.autoscaling", "web"), "Condition ScalingActive: FailedGetResourceMetric: "),
            std::string("Condition ScalingActive: FailedGetResourceMetric: "));
        QCOMPARE(first("configmaps", "kube-root-ca.crt"), std::string("nothing"));
    }

    // Three are wanted; made at ten.
    void aDeadDeploymentRollsNothingOut_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("available"); // when that condition was last another
        QTest::addColumn<QByteArray>("expected");
        const QByteArray all = "'observedGeneration':2,'replicas':3,'updatedReplicas':3,'unavailableReplicas':3";
        const QByteArray late = "2026-11-24T14:35:00Z";
        QTest::newRow("dead") << all << late << QByteArray("failed");
        QTest::newRow("dead beside those of before")
            << QByteArray("'observedGeneration':2,'replicas':4,'updatedReplicas':3,'unavailableReplicas':4") << late << QByteArray("failed");
        QTest::newRow("newly made") << all << QByteArray("2026-11-24T10:00:59Z") << QByteArray("progressing");
        QTest::newRow("just made") << all << QByteArray() << QByteArray("progressing");
        QTest::newRow("one is ready") << QByteArray("'observedGeneration':2,'replicas':3,'updatedReplicas':3,'readyReplicas':1") << late
                                      << QByteArray("progressing");
        QTest::newRow("not all are new") << QByteArray("'observedGeneration':2,'replicas':3,'updatedReplicas':2,'unavailableReplicas':3") << late
                                         << QByteArray("progressing");
        QTest::newRow("said of what it was") << QByteArray("'observedGeneration':1,'replicas':3,'updatedReplicas':3,'unavailableReplicas':3") << late
                                             << QByteArray("progressing");
    }
    void aDeadDeploymentRollsNothingOut()
    {
        QFETCH(const QByteArray, status);
        QFETCH(const QByteArray, available);
        QFETCH(const QByteArray, expected);
        const QByteArray condition =
            available.isEmpty() ? QByteArray() : ",{'type':'Available','status':'False','lastTransitionTime':'" + available + "'}";
        const QByteArray table = "{'kind':'Table','apiVersion':'meta.k8s.io/v1','metadata':{},'columnDefinitions':[{'name':'Name','type':'string'}],"
                                 "'rows':[{'cells':['x'],'object':{'kind':'Deployment','apiVersion':'apps/v1',"
                                 "'metadata':{'name':'x','uid':'u','generation':2,'creationTimestamp':'2026-11-24T10:00:00Z'},"
                                 "'spec':{'replicas':3},'status':{" +
                                 status + ",'conditions':[{'type':'Progressing','status':'True','reason':'ReplicaSetUpdated'}" + condition + "]}}}]}";
        const Kind &kind = kindOf("apps", "deployments");
        const kube::TablePage page = decoded(QByteArray(table).replace('\'', '"').toStdString(), kube::Detail::Facts, kind.projection());
        QCOMPARE(word(kind.health(page.columns, page.rows[0])), expected.toStdString());
    }

    void aServicesPodsAreFoundByItsCell()
    {
        const kube::TablePage services = decoded(fixtureText("services"), kube::Detail::Meta);
        const kube::TablePage pods = decoded(fixtureText("pods"), kube::Detail::Meta);
        const auto selected = [&](std::string_view service) {
            std::string stems;
            for (const kube::Row &each : services.rows) {
                const auto labels = each.name() == service ? parseSelector(Cells(services.columns, each).text("Selector")) : std::nullopt;
                for (const kube::Row &pod : pods.rows) {
                    if (labels && pod.space() == each.space() && selects(*labels, pod))
                        stems += std::string(splitName(pod).stem) + " ";
                }
            }
            return stems;
        };
        QCOMPARE(selected("web"), std::string("web web "));
        QCOMPARE(selected("public"), std::string("front "));
        QCOMPARE(selected("nobody"), std::string());
        QCOMPARE(selected("by-hand"), std::string());
        QCOMPARE(parseSelector("app=web,tier="), (Labels{{"app", "web"}, {"tier", ""}}));
        for (const char *text : {"", "<none>", "app in (a,b)", "app", "!app", "=x", "app!=web"})
            QVERIFY2(!parseSelector(text), text);
        QVERIFY(!selects({}, pods.rows[0]));
    }

    void lengthsOfTimeGoOn()
    {
        const Moment noon = *parseTime("2026-11-24T12:00:00Z");
        const auto later = [noon](const char *fixture, const char *object, const char *column, bool withFacts = false) {
            const Kind &kind = kindOfFixture(fixture);
            const kube::TablePage page = decoded(fixtureText(fixture), withFacts ? kube::Detail::Facts : kube::Detail::Meta, kind.projection());
            for (const kube::Row &each : page.rows) {
                if (each.name() == object)
                    return kind.textNow(page.columns, *Cells(page.columns, each).column(column), each, noon, noon + std::chrono::minutes(10));
            }
            return std::string("absent");
        };
        QCOMPARE(later("pods", "crash-loop-9b5ff78cd-5q782", "Restarts"), std::string("7 (11m ago)"));
        QCOMPARE(later("pods", "cache-0", "Restarts"), std::string("0"));
        QCOMPARE(later("pods", "cache-0", "Ready"), std::string("1/1"));
        QCOMPARE(later("cronjobs.batch", "every-minute", "Last Schedule"), std::string("10m"));
        QCOMPARE(later("cronjobs.batch", "nightly", "Last Schedule"), std::string("<none>"));
        QCOMPARE(later("jobs.batch", "import-done", "Duration"), std::string("9s"));
        QCOMPARE(later("jobs.batch", "import-running", "Duration"), std::string("22m"));
        QCOMPARE(later("jobs.batch", "import-suspended", "Duration"), std::string(""));
        QCOMPARE(later("certificatesigningrequests.certificates.k8s.io", "newcomer", "RequestedDuration"), std::string("24h"));
        QCOMPARE(later("orders.shop.example.com", "books", "Due"), std::string("<invalid>"));
        // By the moments themselves, where they are held.
        const auto at = [](const char *fixture, const char *object, const char *column, const char *now) {
            const Kind &kind = kindOfFixture(fixture);
            const kube::TablePage page = decoded(fixtureText(fixture), kube::Detail::Facts, kind.projection());
            for (const kube::Row &each : page.rows) {
                if (each.name() == object)
                    return kind.textNow(page.columns, *Cells(page.columns, each).column(column), each, Moment(), *parseTime(now));
            }
            return std::string("absent");
        };
        QCOMPARE(at("pods", "cache-0", "Age", "2036-11-24T18:40:02Z"), std::string("10y"));
        QCOMPARE(at("cronjobs.batch", "every-minute", "Last Schedule", "2026-11-24T18:55:00Z").back(), 'm');
        QCOMPARE(at("jobs.batch", "import-running", "Duration", "2036-11-24T18:40:02Z").back(), 'y');
    }

    void referencesOfObjects()
    {
        const auto of = [](const std::string &fixture, const std::string &name) {
            const kube::TablePage page = decoded(fixtureText(fixture), kube::Detail::Whole);
            std::vector<std::string> texts;
            for (const kube::Row &each : page.rows) {
                if (each.name() != name)
                    continue;
                auto object = kube::Json::parse(each.body());
                if (!object)
                    qFatal("%s", object.error().text().c_str());
                for (const Reference &found : references(kindOfFixture(fixture), *object)) {
                    std::string text = found.resource + "/" + found.name;
                    for (const auto &[key, value] : found.labels)
                        text += key + "=" + value;
                    texts.push_back(text);
                }
            }
            return texts;
        };
        using Texts = std::vector<std::string>;
        QCOMPARE(of("deployments.apps", "web"), (Texts{"secrets/web-credentials", "configmaps/web-config", "priorityclasses/important"}));
        QCOMPARE(of("pods", "archive"), (Texts{"persistentvolumeclaims/archive", "serviceaccounts/default", "nodes/kinds-a-node1"}));
        QCOMPARE(of("services", "web"), (Texts{"pods/app=web"}));
        QCOMPARE(of("ingresses.networking.k8s.io", "web"), (Texts{"services/web", "services/api", "secrets/web-tls", "ingressclasses/edge"}));
        QCOMPARE(of("horizontalpodautoscalers.autoscaling", "web"), (Texts{"deployments/web"}));
        QCOMPARE(of("persistentvolumeclaims", "archive"), (Texts{"persistentvolumes/archive", "storageclasses/manual"}));
        QCOMPARE(of("rolebindings.rbac.authorization.k8s.io", "deployer"), (Texts{"roles/deployer", "serviceaccounts/deployer"}));
        QCOMPARE(of("poddisruptionbudgets.policy", "web"), (Texts{"pods/app=web"}));
        QVERIFY(of("cronjobs.batch", "every-minute").empty());
    }
};

QTEST_GUILESS_MAIN(KindsTest)
#include "tst_kinds.moc"
