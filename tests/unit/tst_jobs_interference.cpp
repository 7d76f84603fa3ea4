// SPDX-License-Identifier: GPL-3.0-or-later
// Where jobs may disturb services: pods without limits, what both use, and when.
#include "jobs/interference.h"

#include "base/platform/zonefile.h"
#include "support/jobsworld.h"
#include "support/materialworld.h"

#include <QElapsedTimer>
#include <QStringList>
#include <QTest>

using namespace fairlead;
using namespace fairlead::jobs;
using test::MaterialWorld;

namespace {

const std::string bothLimits = "`resources`:{`limits`:{`cpu`:`1`,`memory`:`64Mi`}}";

std::string ownedBy(const std::string &kind, const std::string &name, const std::string &uid)
{
    return "`ownerReferences`:[{`apiVersion`:`v1`,`kind`:`" + kind + "`,`name`:`" + name + "`,`uid`:`" + uid + "`,`controller`:true}]";
}

std::string made(
    const std::string &kind, const std::string &space, const std::string &name, const std::string &rest, const std::string &metadata = "`labels`:{}")
{
    return "{`kind`:`" + kind + "`,`apiVersion`:`v1`,`metadata`:{`name`:`" + name + "`,`namespace`:`" + space + "`,`uid`:`u-" + name +
           "`,`creationTimestamp`:`2025-01-01T00:00:00Z`," + metadata + "}," + rest + "}";
}

std::string pod(const std::string &name, const std::string &owner, const std::string &node, const std::string &container,
    const std::string &phase = "Running", const std::string &space = "team-a")
{
    return made("Pod", space, name,
        "`spec`:{`restartPolicy`:`" + std::string(owner.find("`Job`") == std::string::npos ? "Always" : "Never") + "`,`nodeName`:`" + node +
            "`,`containers`:[{" + container + "}]},`status`:{`phase`:`" + phase + "`}",
        owner.empty() ? "`labels`:{}" : owner);
}

std::string cronJob(const std::string &name, const std::string &container, const std::string &schedule = "0 3 * * *", const std::string &more = "",
    const std::string &space = "team-a")
{
    return made("CronJob", space, name,
        "`spec`:{`schedule`:`" + schedule + "`" + more + ",`jobTemplate`:{`spec`:{`template`:{`spec`:{`restartPolicy`:`Never`,`containers`:[{" +
            container + "}]}}}}}");
}

std::string job(const std::string &name, const std::string &container, const std::string &owner = "`labels`:{}", const std::string &status = "")
{
    return made("Job", "team-a", name,
        "`spec`:{`template`:{`spec`:{`restartPolicy`:`Never`,`containers`:[{" + container + "}]}}},`status`:{" + status + "}", owner);
}

std::string deployment(const std::string &name, const std::string &container, const std::string &more = "", const std::string &space = "team-a",
    const std::string &kind = "Deployment", const std::string &metadata = "`labels`:{}")
{
    return made(kind, space, name,
        "`spec`:{`template`:{`metadata`:{`labels`:{`app`:`" + name + "`}},`spec`:{`restartPolicy`:`Always`,`containers`:[{" + container + "}]" +
            more + "}}}",
        metadata);
}

std::string service(const std::string &name, const std::string &space = "team-a", const std::string &app = "other")
{
    return made("Service", space, name, "`spec`:{`selector`:{`app`:`" + app + "`}}");
}

std::string fromKey(const std::string &kind, const std::string &name, const std::string &key)
{
    return "{`name`:`A`,`valueFrom`:{`" + kind + "KeyRef`:{`name`:`" + name + "`,`key`:`" + key + "`}}}";
}

std::string env(const std::string &entries)
{
    return "`env`:[" + entries + "]";
}

std::string value(const std::string &name, const std::string &text)
{
    return env("{`name`:`" + name + "`,`value`:`" + text + "`}");
}

QString nameOf(const Workload &workload)
{
    return QString::fromStdString(workload.kind + " " + workload.space + "/" + workload.name + (workload.mixed ? " (mixed)" : ""));
}

Interference found(const MaterialWorld &world)
{
    return interferenceOf(world.material(), platform::readZoneFile);
}

// "node-1, 2 service pods: team-a/x of Job team-a/y without cpu memory"
QStringList nodeLines(const Interference &interference)
{
    QStringList lines;
    for (const CrowdedNode &node : interference.nodes) {
        for (const UnlimitedPod &each : node.pods)
            lines << QStringLiteral("%1, %2 service pods: %3/%4 of %5 without%6%7")
                         .arg(QString::fromStdString(node.node))
                         .arg(node.servicePods)
                         .arg(QString::fromStdString(each.space), QString::fromStdString(each.name), nameOf(each.owner),
                             QLatin1String(each.missing.cpu ? " cpu" : ""), QLatin1String(each.missing.memory ? " memory" : ""));
    }
    return lines;
}

// "Secret team-a/db url: CronJob team-a/x; Deployment team-a/y"
QStringList sharedLines(const Interference &interference)
{
    QStringList lines;
    for (const SharedTarget &target : interference.shared) {
        QStringList names[2];
        for (const Workload &each : target.jobs)
            names[0] << nameOf(each);
        for (const Workload &each : target.services)
            names[1] << nameOf(each);
        lines << QString::fromStdString(target.kind + " " + target.space + "/" + target.name + (target.key.empty() ? "" : " " + target.key)) +
                     QStringLiteral(": ") + names[0].join(QStringLiteral(", ")) + QStringLiteral("; ") + names[1].join(QStringLiteral(", "));
    }
    return lines;
}

QStringList sharedLines(const MaterialWorld &world)
{
    return sharedLines(found(world));
}

} // namespace

class InterferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void podsWithoutLimits()
    {
        MaterialWorld world;
        const std::string ofImport = ownedBy("Job", "import-1", "u-import-1");
        const std::string ofWeb = ownedBy("ReplicaSet", "web-1", "gone");
        world.add("cronjobs.batch", {cronJob("import", "")});
        world.add("jobs.batch", {job("import-1", "", ownedBy("CronJob", "import", "u-import"))});
        world.add("pods", {
                              pod("import-1-b", ofImport, "node-10", "`name`:`a`"),
                              pod("import-1-a", ofImport, "node-10", "`resources`:{`limits`:{`memory`:`1Gi`}}"),
                              pod("import-1-c", ofImport, "node-10", bothLimits), pod("import-1-d", ofImport, "node-10", "`name`:`a`", "Succeeded"),
                              pod("import-1-e", ofImport, "", "`name`:`a`", "Pending"), pod("web-1-a", ofWeb, "node-10", "`name`:`a`"),
                              pod("web-1-b", ofWeb, "node-10", "`name`:`a`"), pod("web-1-c", ofWeb, "node-10", "`name`:`a`", "Failed"),
                              pod("alone", ownedBy("Job", "of-nobody", "x"), "node-2", "`name`:`a`", "Pending", "team-b"),
                              pod("web-1-d", ofWeb, "node-2", "`name`:`a`"), pod("import-1-f", ofImport, "node-3", "`name`:`a`"), // nobody beside it
                              pod("web-1-e", ofWeb, "node-4", "`name`:`a`"), pod("import-1-g", ofImport, "node-4", bothLimits),   // limited
                          });
        QCOMPARE(
            nodeLines(found(world)), (QStringList{QStringLiteral("node-2, 1 service pods: team-b/alone of Job team-b/of-nobody without cpu memory"),
                                         QStringLiteral("node-10, 2 service pods: team-a/import-1-a of CronJob team-a/import without cpu"),
                                         QStringLiteral("node-10, 2 service pods: team-a/import-1-b of CronJob team-a/import without cpu memory")}));
    }

    void sharedSecretsAndConfigMaps()
    {
        MaterialWorld world;
        world.add("cronjobs.batch", {cronJob("import", env(fromKey("secret", "orders-db", "url") + "," + fromKey("secret", "orders-db", "jobs-only") +
                                                           "," + fromKey("configMap", "flags", "a") + "," + fromKey("secret", "mine", "k")))});
        world.add("jobs.batch", {job("by-hand", "`envFrom`:[{`configMapRef`:{`name`:`settings`}},{`configMapRef`:{`name`:`kube-root-ca.crt`}}]")});
        world.add("deployments.apps", {deployment("web",
                                           env(fromKey("secret", "orders-db", "url") + "," + fromKey("configMap", "settings", "level") + "," +
                                               fromKey("configMap", "flags", "b")),
                                           ",`imagePullSecrets`:[{`name`:`mine`}],`volumes`:[{`configMap`:{`name`:`kube-root-ca.crt`}}]"),
                                          deployment("other", env(fromKey("secret", "orders-db", "url")), "", "team-b")});
        world.add(
            "statefulsets.apps", {deployment("cart", "`name`:`a`", ",`volumes`:[{`secret`:{`secretName`:`orders-db`}}]", "team-a", "StatefulSet")});
        const Interference interference = found(world);
        // The stateful set takes the whole secret, so each key of it, and the job the whole config map. No key that the job takes alone but by that;
        // not the other namespace's secret of the same name; nothing by image pulls or the cluster's CA.
        QCOMPARE(sharedLines(interference),
            (QStringList{QStringLiteral("Secret team-a/orders-db url: CronJob team-a/import; StatefulSet team-a/cart, Deployment team-a/web"),
                QStringLiteral("Secret team-a/orders-db jobs-only: CronJob team-a/import; StatefulSet team-a/cart"),
                QStringLiteral("ConfigMap team-a/settings level: Job team-a/by-hand; Deployment team-a/web")}));
        QVERIFY(interference.shared[0].database);
        QVERIFY(!interference.shared[2].database);
    }

    // What all take as a whole is told once, and by key only where that adds somebody.
    void theWholeOfIt()
    {
        const std::string whole = "`envFrom`:[{`secretRef`:{`name`:`login`}}]";
        MaterialWorld world;
        world.add("cronjobs.batch",
            {cronJob("a", whole + "," + env(fromKey("secret", "login", "user"))), cronJob("b", env(fromKey("secret", "login", "pw")))});
        world.add("deployments.apps", {deployment("web", whole)});
        QCOMPARE(sharedLines(world), (QStringList{QStringLiteral("Secret team-a/login pw: CronJob team-a/a, CronJob team-a/b; Deployment team-a/web"),
                                         QStringLiteral("Secret team-a/login: CronJob team-a/a; Deployment team-a/web")}));
    }

    void initContainersTakeKeysToo()
    {
        MaterialWorld world;
        world.add("cronjobs.batch", {cronJob("a", env(fromKey("secret", "login", "pw")))});
        world.add("deployments.apps", {deployment("web", "`name`:`a`", ",`initContainers`:[{" + env(fromKey("secret", "login", "pw")) + "}]"),
                                          deployment("api", "`name`:`a`", ",`initContainers`:[{" + env(fromKey("secret", "login", "user")) + "}]")});
        QCOMPARE(sharedLines(world), QStringList{QStringLiteral("Secret team-a/login pw: CronJob team-a/a; Deployment team-a/web")});
    }

    void sharedServices()
    {
        MaterialWorld world;
        world.add("services",
            {service("orders-db", "data", "db"), service("web"), service("cache"), service("kubernetes", "default"), service("db", "team-a", "db")});
        world.add("cronjobs.batch", {cronJob("import", value("URL", "postgres://x@orders-db.data:5432/x") +
                                                           ",`command`:[`curl`,`http://web/done`,`https://kubernetes.default.svc`]"),
                                        cronJob("cached", value("REDIS_HOST", "cache")), cronJob("db-check", value("DB", "db:5432"))});
        world.add("deployments.apps",
            {deployment("api", value("DB_HOST", "orders-db.data.svc.cluster.local") + ",`args`:[`--upstream`,`web`,`https://kubernetes.default.svc`]",
                 "", "team-b"),
                deployment("front", "`command`:[`sh`,`-c`,`serve --proxy=http://web:80`]"), deployment("cache-user", value("MODE", "cache"))});
        // The database itself knows its own name.
        world.add("statefulsets.apps", {deployment("db", value("PEERS", "db-0.db:5432"), "", "team-a", "StatefulSet")});
        QCOMPARE(sharedLines(world), (QStringList{QStringLiteral("Service data/orders-db: CronJob team-a/import; Deployment team-b/api"),
                                         QStringLiteral("Service team-a/web: CronJob team-a/import; Deployment team-a/front")}));
    }

    // In a choice of namespaces only full names tell of the others' services.
    void servicesOfOtherNamespaces()
    {
        const auto lines = [](const char *host) {
            MaterialWorld world;
            world.setScope(kube::Scope::of({"team-a"}));
            world.add("services", {service("web")});
            world.add("cronjobs.batch", {cronJob("import", value("URL", std::string("http://") + host))});
            world.add("deployments.apps", {deployment("api", value("URL", std::string("http://") + host))});
            return sharedLines(world).join(u'|');
        };
        QCOMPARE(lines("orders-db.data.svc"), QStringLiteral("Service data/orders-db: CronJob team-a/import; Deployment team-a/api"));
        QCOMPARE(lines("orders-db.data"), QString());
        QCOMPARE(lines("nobody.team-a.svc"), QString());
        QCOMPARE(lines("web"), QStringLiteral("Service team-a/web: CronJob team-a/import; Deployment team-a/api"));
    }

    void foldedIntoTheTopmostOwner()
    {
        const std::string uses = env(fromKey("secret", "db", "url"));
        const std::string done = "`conditions`:[{`type`:`Complete`,`status`:`True`}]";
        MaterialWorld world;
        world.add("cronjobs.batch", {cronJob("import", "`name`:`a`")}); // uses it no longer, its runs did
        world.add("jobs.batch",
            {job("import-1", uses, ownedBy("CronJob", "import", "u-import")), job("ended", uses, "`labels`:{}", done), job("going", uses),
                job("orphan", uses, ownedBy("CronJob", "gone", "u-gone"), done), job("step", uses, ownedBy("Workflow", "flow", "u-flow"))});
        world.add("deployments.apps", {deployment("web", "`name`:`a`")});
        world.add("replicasets.apps", {deployment("web-1", uses, "", "team-a", "ReplicaSet", ownedBy("Deployment", "web", "u-web")),
                                          deployment("alone", uses, "", "team-a", "ReplicaSet")});
        world.add("pods",
            {pod("going-a", ownedBy("Job", "going", "u-going"), "n", uses), pod("bare", "", "n", uses), pod("bare-ended", "", "n", uses, "Failed")});
        // Of a pod no keys are known: it takes the whole.
        QCOMPARE(sharedLines(world),
            (QStringList{QStringLiteral("Secret team-a/db url: Workflow team-a/flow, Job team-a/going; ReplicaSet team-a/alone, Pod team-a/bare")}));
    }

    void startsByHour()
    {
        const std::string uses = env(fromKey("secret", "db", "url"));
        MaterialWorld world("2026-01-01T00:30:00Z");
        world.add("cronjobs.batch",
            {cronJob("often", uses, "*/5 * * * *"), cronJob("nightly", uses, "0 3 * * *"), cronJob("at-the-last-second", uses, "59 3 * * *"),
                cronJob("passed", uses, "0 0 * * *"), cronJob("abroad", uses, "30 8 * * *", ",`timeZone`:`Asia/Kathmandu`"),
                cronJob("paused", uses, "0 3 * * *", ",`suspend`:true"), cronJob("broken", uses, "every day"), cronJob("every", uses, "@every 6h")});
        world.add("jobs.batch", {job("by-hand", uses)});
        world.add("deployments.apps", {deployment("web", uses)});
        const Interference interference = found(world);
        QCOMPARE(interference.firstHour, std::chrono::sys_seconds(std::chrono::floor<std::chrono::hours>(test::at("2026-01-01T00:30:00Z"))));
        QCOMPARE(interference.shared.size(), std::size_t(1));
        const SharedTarget &target = interference.shared[0];
        QCOMPARE(target.jobs.size(), std::size_t(9));
        std::array<std::size_t, 24> expected{};
        expected.fill(1);
        expected[0] = 3; // often, passed, every
        expected[2] = 2; // abroad: 08:30 there
        expected[3] = 3;
        for (const std::size_t hour : {6U, 12U, 18U})
            expected[hour] = 2;
        QVERIFY2(target.startsPerHour == expected, qPrintable([&] {
            QStringList all;
            for (const std::size_t each : target.startsPerHour)
                all << QString::number(each);
            return all.join(u' ');
        }()));
        QCOMPARE(target.peak(), std::optional<std::size_t>(0));
        QVERIFY(!SharedTarget().peak());
    }

    void databasesFirstThenByUsers()
    {
        const auto uses = [](const std::vector<std::string> &names) {
            std::string entries;
            for (const std::string &name : names)
                entries += (entries.empty() ? "" : ",") + fromKey("secret", name, "k");
            return env(entries);
        };
        MaterialWorld world;
        world.add("cronjobs.batch", {cronJob("a", uses({"few", "many", "users-db", "orders-db"})), cronJob("b", uses({"many", "orders-db"}))});
        world.add("deployments.apps", {deployment("web", uses({"few", "many", "users-db", "orders-db"}))});
        QStringList order;
        for (const SharedTarget &each : found(world).shared)
            order << QString::fromStdString(each.name);
        QCOMPARE(order.join(u' '), QStringLiteral("orders-db users-db many few"));
    }

    void mixedOnesAreServices()
    {
        const std::string uses = env(fromKey("secret", "db", "url"));
        MaterialWorld world;
        world.add("cronjobs.batch", {cronJob("import", uses)});
        world.add("deployments.apps",
            {deployment("worker", uses + ",`ports`:[{`containerPort`:80}],`command`:[`sh`,`-c`,`while true; do tidy; sleep 600; done`]")});
        world.add("pods", {pod("worker-1", ownedBy("ReplicaSet", "w", "x"), "n", "`ports`:[{`containerPort`:80}],`command`:[`crond`]"),
                              pod("run", ownedBy("Job", "r", "y"), "n", "`name`:`a`")});
        QCOMPARE(sharedLines(world), QStringList{QStringLiteral("Secret team-a/db url: CronJob team-a/import; Deployment team-a/worker (mixed)")});
        QCOMPARE(nodeLines(found(world)), QStringList{QStringLiteral("n, 1 service pods: team-a/run of Job team-a/r without cpu memory")});
    }

    void whatMayNotBeRead()
    {
        const std::string uses = env(fromKey("secret", "db", "url") + ",{`name`:`URL`,`value`:`http://web`}");
        const std::string done = "`conditions`:[{`type`:`Complete`,`status`:`True`}]";
        const auto without = [&](const std::string &refused) {
            MaterialWorld world;
            const auto add = [&](const std::string &resource, const std::vector<std::string> &objects) {
                if (resource == refused)
                    world.refuse(resource);
                else
                    world.add(resource, objects);
            };
            add("services", {service("web")});
            add("cronjobs.batch", {cronJob("import", uses)});
            add("jobs.batch", {job("import-1", uses, ownedBy("CronJob", "import", "u-import"), done)});
            add("deployments.apps", {deployment("web", uses)});
            add("pods", {pod("web-1", ownedBy("ReplicaSet", "w", "x"), "n", "`name`:`a`"),
                            pod("run", ownedBy("Job", "import-1", "u-import-1"), "n", "`name`:`a`")});
            return found(world);
        };
        const QString secret = QStringLiteral("Secret team-a/db url: CronJob team-a/import; Deployment team-a/web");
        const QString host = QStringLiteral("Service team-a/web: CronJob team-a/import; Deployment team-a/web");
        const QString pods = QStringLiteral("n, 1 service pods: team-a/run of CronJob team-a/import without cpu memory");
        Interference all = without("");
        QVERIFY(all.errors.empty());
        QCOMPARE(sharedLines(all), (QStringList{secret, host}));
        QCOMPARE(nodeLines(all), QStringList{pods});
        all = without("pods");
        QCOMPARE(all.errors.size(), std::size_t(1));
        QCOMPARE(all.errors[0].message, std::string("pods is forbidden"));
        QCOMPARE(sharedLines(all), (QStringList{secret, host}));
        QCOMPARE(nodeLines(all), QStringList());
        all = without("services");
        QCOMPARE(sharedLines(all), QStringList{secret});
        all = without("deployments.apps");
        QCOMPARE(sharedLines(all), QStringList());
        // Its runs tell of the cron job, those that have ended too; when it starts nobody knows.
        all = without("cronjobs.batch");
        QCOMPARE(sharedLines(all), (QStringList{secret, host}));
        QVERIFY(!all.shared[0].peak());
        QCOMPARE(nodeLines(all), QStringList{pods});
        QCOMPARE(without("jobs.batch").errors.size(), std::size_t(1));
        QCOMPARE(
            nodeLines(without("jobs.batch")), QStringList{QStringLiteral("n, 1 service pods: team-a/run of Job team-a/import-1 without cpu memory")});
    }

    void oddInput()
    {
        MaterialWorld world;
        world.add("services", {"{`metadata`:{`name`:`web`}}", "{`metadata`:{}}", "{}", service("x\\u0000y")});
        world.add("cronjobs.batch",
            {"{`metadata`:{`name`:`no-spec`}}", "{`metadata`:{`name`:`null`},`spec`:null}", "{`spec`:{`schedule`:7,`jobTemplate`:[]}}", "{}",
                cronJob("odd", "`env`:{`a`:1},`envFrom`:7,`command`:`sh`,`args`:[null,{},[`web`]]"),
                cronJob("odder",
                    "`env`:[null,7,[],{`value`:{}},{`valueFrom`:7},{`valueFrom`:{`secretKeyRef`:[]}},{`valueFrom`:{`secretKeyRef`:{`name`:7,`key`:{}}}}]"),
                cronJob("same", env(fromKey("secret", "\\u001b[31m", "\\u0000") + ",{`name`:`HOST`,`value`:`web`}"), "* * * * *", "", "")});
        world.add(
            "deployments.apps", {"{}", "{`metadata`:{`name`:`x`,`ownerReferences`:7},`spec`:{`template`:{`spec`:{`containers`:null}}}}",
                                    deployment("same", env(fromKey("secret", "\\u001b[31m", "\\u0000") + ",{`name`:`HOST`,`value`:`web`}"), "", ""),
                                    deployment("circle", "`name`:`a`", "", "team-a", "Deployment", ownedBy("Deployment", "circle", "u-circle"))});
        world.add("pods",
            {"{}", "{`metadata`:{`name`:`x`},`spec`:{`nodeName`:`n`},`status`:7}", "{`metadata`:{`name`:`y`},`spec`:{`nodeName`:7,`containers`:{}}}",
                pod("z", ownedBy("Job", "", ""), "\\u202en", "`resources`:7")});
        const Interference interference = found(world);
        QCOMPARE(nodeLines(interference), QStringList());
        // Without a namespace all the same, with whatever bytes.
        QCOMPARE(sharedLines(interference).size(), 2);
        QCOMPARE(interference.shared[0].users() + interference.shared[1].users(), std::size_t(4));
        QCOMPARE(nodeLines(found(MaterialWorld())), QStringList());
    }

    void tenThousandVariables()
    {
        std::string entries;
        for (int i = 0; i < 10'000; ++i)
            entries += std::string(i == 0 ? "" : ",") + fromKey("secret", "login", "k" + std::to_string(i)) +
                       ",{`name`:`URL`,`value`:`http://web:" + std::to_string(1000 + i) + "`}";
        MaterialWorld world;
        world.add("services", {service("web")});
        world.add("cronjobs.batch", {cronJob("import", env(entries), "* * * * *")});
        world.add("deployments.apps", {deployment("web", env(entries))});
        QElapsedTimer timer;
        timer.start();
        const Interference interference = found(world);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(interference.shared.size(), std::size_t(10'001));
        QCOMPARE(interference.shared.back().startsPerHour[23], std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(InterferenceTest)
#include "tst_jobs_interference.moc"
