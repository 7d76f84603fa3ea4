// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/findings/help.h"
#include "kinds/findings/rules.h"
#include "support/findingsworld.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::kinds;
using test::FindingsWorld;

namespace {

std::string said(const std::string &uid, const std::string &type, const std::string &reason, const std::string &message, const std::string &last)
{
    return "{`cells`:[`" + type + "`,`" + reason + "`,`" + message + "`],`object`:{`apiVersion`:`v1`,`kind`:`Event`,`metadata`:{`name`:`" + reason +
           uid + "`,`namespace`:`a`},`involvedObject`:{`uid`:`" + uid + "`},`lastTimestamp`:`" + last + "`}}";
}

// A pod with one container whose status this is, without a controller.
std::string pod(const std::string &phase, const std::string &status, const std::string &conditions = "", const std::string &more = "")
{
    return "{`apiVersion`:`v1`,`kind`:`Pod`,`metadata`:{`name`:`p`,`namespace`:`a`,`uid`:`u1`,`creationTimestamp`:`2026-01-01T00:00:00Z`" + more +
           "},`status`:{`phase`:`" + phase + "`,`conditions`:[" + conditions + "],`containerStatuses`:[{`name`:`app`,`image`:`app:1`," + status +
           "}]}}";
}

const std::string ready(const std::string &status)
{
    return "{`type`:`Ready`,`status`:`" + status + "`,`reason`:`ContainersNotReady`,`lastTransitionTime`:`2026-01-01T00:10:00Z`}";
}

} // namespace

// Each rule by itself: what it finds, and above all what it leaves alone.
class FindingsRulesTest : public QObject {
    Q_OBJECT

    // The lines about one pod at 01:00.
    static QStringList ofPod(const std::string &object, const std::vector<std::string> &events = {}, const char *now = "2026-01-01T01:00:00Z")
    {
        FindingsWorld world(now);
        world.addObjects("pods", {object});
        world.addRows("events", "Type,Reason,Message", events);
        return world.lines();
    }

    static FindingsWorld network(const std::string &service, const std::vector<std::string> &slices, const std::vector<std::string> &pods,
        const std::vector<std::string> &deployments = {})
    {
        FindingsWorld world("2026-01-01T01:00:00Z");
        world.addObjects(
            "services", {"{`apiVersion`:`v1`,`kind`:`Service`,`metadata`:{`name`:`s`,`namespace`:`a`,`uid`:`s1`},`spec`:" + service + "}"});
        std::vector<std::string> rows;
        for (const std::string &slice : slices)
            rows.push_back("{`apiVersion`:`discovery.k8s.io/v1`,`kind`:`EndpointSlice`,`metadata`:{`name`:`s-1`,`namespace`:`a`,"
                           "`labels`:{`kubernetes.io/service-name`:`s`}}," +
                           slice + "}");
        world.addObjects("endpointslices.discovery.k8s.io", rows);
        world.addObjects("pods", pods);
        world.addObjects("deployments.apps", deployments);
        world.addObjects("statefulsets.apps", {});
        return world;
    }

    static QStringList ofCronJob(
        const std::string &spec, const std::string &status, const char *now, const std::string &created = "2026-03-01T00:00:00Z")
    {
        FindingsWorld world(now);
        world.addObjects(
            "cronjobs.batch", {"{`apiVersion`:`batch/v1`,`kind`:`CronJob`,`metadata`:{`name`:`c`,`namespace`:`a`,`uid`:`c1`,`creationTimestamp`:`" +
                                  created + "`},`spec`:" + spec + ",`status`:" + status + "}"});
        return world.lines();
    }

    static QStringList ofClaim(const std::string &spec, const std::string &phase, const std::vector<std::string> &events, const char *now)
    {
        FindingsWorld world(now);
        world.addObjects("persistentvolumeclaims",
            {"{`apiVersion`:`v1`,`kind`:`PersistentVolumeClaim`,`metadata`:{`name`:`c`,`namespace`:`a`,`uid`:`c1`,`creationTimestamp`:"
             "`2026-01-01T00:00:00Z`},`spec`:" +
                spec + ",`status`:{`phase`:`" + phase + "`}}"});
        world.addRows("storageclasses.storage.k8s.io", "VolumeBindingMode",
            {"{`cells`:[`WaitForFirstConsumer`],`object`:{`metadata`:{`name`:`slow`}}}",
                "{`cells`:[`Immediate`],`object`:{`metadata`:{`name`:`fast`}}}"});
        world.addRows("events", "Type,Reason,Message", events);
        return world.lines();
    }

private Q_SLOTS:
    void eachSaysWhatHelps()
    {
        QVERIFY(findingRules().size() > 20);
        for (const FindingRule &rule : findingRules())
            QVERIFY2(!whatHelps(rule.id).empty(), rule.id.data());
        QVERIFY(whatHelps("no-such-rule").empty());
    }
    void crashLoops()
    {
        const std::string back =
            "`restartCount`:3,`state`:{`waiting`:{`reason`:`CrashLoopBackOff`}},`lastState`:{`terminated`:{`exitCode`:137,`reason`:`OOMKilled`}}";
        QCOMPARE(ofPod(pod("Running", back + ",`resources`:{`limits`:{`memory`:`32Mi`}}", ready("False"))),
            QStringList{QStringLiteral("broken crash-loop Pod a/p: Container app was killed for using more memory than its limit of 32Mi "
                                       "(exit code 137, OOMKilled), again and again")});
        QVERIFY(ofPod(pod("Running", back)).first().contains(QStringLiteral("its node ran out of memory")));
        // Between two waits.
        QVERIFY(!ofPod(pod("Running", "`restartCount`:1,`state`:{`terminated`:{`exitCode`:2,`reason`:`Error`}}")).isEmpty());
        // Its first end is not yet again and again; one that ended well, went away or has been replaced is none.
        QVERIFY(ofPod(pod("Running", "`restartCount`:0,`state`:{`terminated`:{`exitCode`:2,`reason`:`Error`}}")).isEmpty());
        QVERIFY(ofPod(pod("Running", back, "", ",`deletionTimestamp`:`2026-01-01T00:59:00Z`")).isEmpty());
        QVERIFY(ofPod(pod("Failed", back, "", ",`ownerReferences`:[{`apiVersion`:`batch/v1`,`kind`:`Job`,`name`:`j`,`uid`:`j1`,`controller`:true}]"))
                    .isEmpty());
        // A restart that is over: it runs and is ready.
        QVERIFY(ofPod(pod("Running", "`restartCount`:7,`ready`:true,`state`:{`running`:{}},`lastState`:{`terminated`:{`exitCode`:1}}", ready("True")))
                    .isEmpty());
    }
    void anOwnerThatWasNotListedIsNamedAllTheSame()
    {
        const std::string owner = ",`ownerReferences`:[{`apiVersion`:`example.com/v1`,`kind`:`Robot`,`name`:`r2`,`uid`:`r1`,`controller`:true}]";
        const std::string node = ",`ownerReferences`:[{`apiVersion`:`v1`,`kind`:`Node`,`name`:`n`,`uid`:`n1`,`controller`:true}]";
        const std::string back = "`restartCount`:3,`state`:{`waiting`:{`reason`:`CrashLoopBackOff`}},`lastState`:{`terminated`:{`exitCode`:1}}";
        QVERIFY(ofPod(pod("Running", back, "", owner)).first().startsWith(QStringLiteral("broken crash-loop Robot a/r2: ")));
        QVERIFY(ofPod(pod("Running", back, "", node)).first().startsWith(QStringLiteral("broken crash-loop Pod a/p: ")));
    }
    void probes()
    {
        const std::string back = "`restartCount`:9,`state`:{`waiting`:{`reason`:`CrashLoopBackOff`}},`lastState`:{`terminated`:{`exitCode`:0}}";
        const std::string killed = said("u1", "Normal", "Killing", "Container app failed liveness probe, will be restarted", "2026-01-01T00:58:00Z");
        const std::string unhealthy =
            said("u1", "Warning", "Unhealthy", "Liveness probe failed: HTTP probe failed with statuscode: 404", "2026-01-01T00:59:00Z");
        QCOMPARE(ofPod(pod("Running", back, ready("False")), {unhealthy, killed}),
            QStringList{QStringLiteral("broken liveness Pod a/p: Container app is killed and started again because its liveness probe fails")});
        // Kubelet has long stopped to repeat it, and the container still crashes.
        const std::string once = said("u1", "Normal", "Killing", "Container app failed liveness probe, will be restarted", "2026-01-01T00:20:00Z");
        QVERIFY(ofPod(pod("Running", back, ready("False")), {once}).first().contains(QStringLiteral(" liveness ")));
        const std::string again = "`restartCount`:1,`ready`:false,`started`:true,`state`:{`running`:{`startedAt`:`2026-01-01T00:21:00Z`}}";
        QVERIFY(ofPod(pod("Running", again, ready("False")), {once}).first().contains(QStringLiteral(" not-ready ")));
        // Another container's, another pod's, or one of long ago.
        QCOMPARE(ofPod(pod("Running", back),
                     {said("u1", "Normal", "Killing", "Container web failed liveness probe, will be restarted", "2026-01-01T00:58:00Z")})
                     .size(),
            1);
        QVERIFY(ofPod(
            pod("Running", back), {said("u2", "Normal", "Killing", "Container app failed liveness probe, will be restarted", "2026-01-01T00:58:00Z")})
                    .first()
                    .contains(QStringLiteral("crash-loop")));
        const std::string well = "`restartCount`:1,`ready`:true,`state`:{`running`:{`startedAt`:`2026-01-01T00:10:00Z`}}";
        QVERIFY(ofPod(pod("Running", well, ready("True")),
            {said("u1", "Normal", "Killing", "Container app failed liveness probe, will be restarted", "2026-01-01T00:10:00Z")})
                    .isEmpty());

        const std::string running = "`restartCount`:0,`ready`:false,`started`:true,`state`:{`running`:{`startedAt`:`2026-01-01T00:10:00Z`}}";
        const std::string probe = said("u1", "Warning", "Unhealthy", "Readiness probe failed: connection refused", "2026-01-01T00:59:00Z");
        QCOMPARE(ofPod(pod("Running", running, ready("False")), {probe}),
            QStringList{QStringLiteral("broken not-ready Pod a/p: Container app runs, but its readiness probe fails: it gets no traffic")});
        QCOMPARE(ofPod(pod("Running", running, ready("False"))),
            QStringList{QStringLiteral("broken not-ready Pod a/p: Container app runs, but is not ready: it gets no traffic")});
        // Time to warm up: half a minute with a failing probe, two without.
        QVERIFY(ofPod(pod("Running", running, ready("False")), {probe}, "2026-01-01T00:10:29Z").isEmpty());
        QVERIFY(!ofPod(pod("Running", running, ready("False")), {probe}, "2026-01-01T00:10:30Z").isEmpty());
        QVERIFY(ofPod(pod("Running", running, ready("False")), {}, "2026-01-01T00:11:59Z").isEmpty());
        // Until its startup probe has succeeded nobody expects it to be ready.
        const std::string starting = "`restartCount`:0,`ready`:false,`started`:false,`state`:{`running`:{`startedAt`:`2026-01-01T00:10:00Z`}}";
        QVERIFY(ofPod(pod("Running", starting, ready("False"))).isEmpty());
    }
    void cannotStart_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *message, const char *words) {
            QTest::newRow(message) << QString::fromLatin1(message) << QString::fromLatin1(words);
        };
        row("couldn't find key no-such-key in Secret team-a/web-credentials", ": the secret web-credentials has no key no-such-key");
        row("couldn't find key x in ConfigMap team-a/web-config", ": the config map web-config has no key x");
        row("secret \\\"gone\\\" not found", ": there is no secret gone");
        row("configmap \\\"gone\\\" not found", ": there is no config map gone");
        row("runc create failed: exec: \\\"/no/such\\\": stat /no/such: no such file or directory: unknown", ": there is no program /no/such");
        row("exec: \\\"serve\\\": executable file not found in $PATH: unknown", ": there is no program serve");
        row("exec: \\\"/etc/passwd\\\": permission denied: unknown", "");
        row("something else", "");
    }
    void cannotStart()
    {
        QFETCH(QString, message);
        QFETCH(QString, words);
        const std::string status =
            "`restartCount`:0,`state`:{`waiting`:{`reason`:`CreateContainerConfigError`,`message`:`" + message.toStdString() + "`}}";
        QCOMPARE(ofPod(pod("Pending", status)), QStringList{QStringLiteral("broken cannot-start Pod a/p: Container app cannot start") + words});
    }
    void volumesThatDoNotCome()
    {
        const std::string waiting = "`restartCount`:0,`state`:{`waiting`:{`reason`:`ContainerCreating`}}";
        const std::string scheduled = "{`type`:`PodScheduled`,`status`:`True`,`lastTransitionTime`:`2026-01-01T00:10:00Z`}";
        const std::string failed = said("u1", "Warning", "FailedMount",
            "MountVolume.SetUp failed for volume \\`config\\` : configmap \\`no-such-config-map\\` not found", "2026-01-01T00:11:00Z");
        const QStringList found{QStringLiteral("broken cannot-start Pod a/p: Container app cannot start: there is no config map no-such-config-map")};
        QCOMPARE(ofPod(pod("Pending", waiting, scheduled), {failed}), found);
        // It may come yet; nothing is known of it; it has come.
        QVERIFY(ofPod(pod("Pending", waiting, scheduled), {failed}, "2026-01-01T00:10:59Z").isEmpty());
        QVERIFY(ofPod(pod("Pending", waiting, scheduled)).isEmpty());
        QVERIFY(ofPod(pod("Pending", waiting, scheduled + ",{`type`:`PodReadyToStartContainers`,`status`:`True`}"), {failed}).isEmpty());
    }
    void nodesForPods()
    {
        const auto gate = [](const char *reason) {
            return std::string("{`type`:`PodScheduled`,`status`:`False`,`reason`:`") + reason +
                   "`,`lastTransitionTime`:`2026-01-01T00:10:00Z`,`message`:`0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {a: b}. no new claims to deallocate, preemption: 0/2 nodes are available.`}";
        };
        const std::string none = "`restartCount`:0,`state`:{}";
        QCOMPARE(ofPod(pod("Pending", none, gate("Unschedulable"))),
            QStringList{QStringLiteral(
                "broken unschedulable Pod a/p: No node can take the pod: 1 Insufficient cpu, 1 node(s) had untolerated taint {a: b}")});
        QVERIFY(ofPod(pod("Pending", none, gate("SchedulingGated"))).isEmpty());
        QVERIFY(ofPod(pod("Pending", none, gate("Unschedulable")), {}, "2026-01-01T00:10:05Z").isEmpty());
    }
    void podsThatNobodyKnows()
    {
        QVERIFY(ofPod(pod("Unknown", "`restartCount`:0,`state`:{}")).first().startsWith(QStringLiteral("unknown pod-unknown Pod a/p: ")));
    }

    void services()
    {
        const std::string named = "{`type`:`ClusterIP`,`selector`:{`app`:`x`},`ports`:[{`name`:`http`,`port`:80,`targetPort`:`web`}]}";
        const std::string up =
            "{`apiVersion`:`v1`,`kind`:`Pod`,`metadata`:{`name`:`p`,`namespace`:`a`,`uid`:`u1`,`labels`:{`app`:`x`}},`status`:{`phase`:`Running`}}";
        const std::string ok = "`endpoints`:[{`conditions`:{`ready`:true}}],`ports`:[{`name`:`http`,`port`:8080}]";
        QVERIFY(network(named, {ok}, {up}).lines().isEmpty());
        QCOMPARE(network(named, {"`endpoints`:[{`conditions`:{`ready`:true}}],`ports`:null"}, {up}).lines(),
            QStringList{QStringLiteral("broken service-no-endpoints Service a/s: Port http leads nowhere: no ready pod has a port named web")});
        QCOMPARE(network(named, {"`endpoints`:[{`conditions`:{`ready`:false}}],`ports`:[{`name`:`http`,`port`:8080}]"}, {up}).lines(),
            QStringList{QStringLiteral("broken service-no-endpoints Service a/s: Nobody answers: the one pod that it selects is not ready")});
        QCOMPARE(network(named, {}, {}).lines(),
            QStringList{QStringLiteral("broken service-no-endpoints Service a/s: Nobody answers: no pod has the labels that it selects, app=x")});
        // The pods of a job that has come to its end answer no more, and nobody waits for them; one that still ought to is told.
        std::string done = up;
        done.replace(done.find("Running"), 7, "Succeeded");
        QVERIFY(network(named, {}, {done}).lines().isEmpty());
        done.replace(done.find("u1"), 2, "u2");
        QCOMPARE(network(named, {}, {done, up}).lines().size(), 1);
        // Without a word of readiness it counts; no port is no fault of a headless service; two slices are one service.
        QVERIFY(network("{`selector`:{`app`:`x`},`clusterIP`:`None`}", {"`endpoints`:[{}],`ports`:null"}, {up}).lines().isEmpty());
        QVERIFY(network(named, {"`endpoints`:[],`ports`:null", ok}, {up}).lines().isEmpty());
        // Nobody's fault: no selector, a name elsewhere, switched off on purpose.
        QVERIFY(network("{`ports`:[{`port`:80}]}", {}, {}).lines().isEmpty());
        QVERIFY(network("{`type`:`ExternalName`,`selector`:{`app`:`x`}}", {}, {}).lines().isEmpty());
        const auto deployment = [](const char *replicas, const char *label) {
            return std::string("{`apiVersion`:`apps/v1`,`kind`:`Deployment`,`metadata`:{`name`:`d`,`namespace`:`a`,`uid`:`d1`},`spec`:{`replicas`:") +
                   replicas + ",`template`:{`metadata`:{`labels`:{`app`:`" + label + "`,`tier`:`front`}}}}}";
        };
        QVERIFY(network(named, {}, {}, {deployment("0", "x")}).lines().isEmpty());
        QVERIFY(!network(named, {}, {}, {deployment("1", "x")}).lines().isEmpty());
        QVERIFY(!network(named, {}, {}, {deployment("0", "y")}).lines().isEmpty());
    }
    void ingresses()
    {
        const auto lines = [](const std::string &spec) {
            FindingsWorld world;
            world.addObjects("services",
                {"{`apiVersion`:`v1`,`kind`:`Service`,`metadata`:{`name`:`web`,`namespace`:`a`,`uid`:`s1`},`spec`:{`ports`:[{`name`:`http`,`port`:80}]}}"});
            world.addObjects("ingresses.networking.k8s.io",
                {"{`apiVersion`:`networking.k8s.io/v1`,`kind`:`Ingress`,`metadata`:{`name`:`i`,`namespace`:`a`,`uid`:`i1`},`spec`:" + spec + "}"});
            return world.lines();
        };
        const auto rule = [](const char *service) {
            return std::string("{`rules`:[{`host`:`h`,`http`:{`paths`:[{`path`:`/x`,`backend`:{`service`:") + service + "}}]}}]}";
        };
        QVERIFY(lines(rule("{`name`:`web`,`port`:{`number`:80}}")).isEmpty());
        QVERIFY(lines(rule("{`name`:`web`,`port`:{`name`:`http`}}")).isEmpty());
        QCOMPARE(lines(rule("{`name`:`web`,`port`:{`number`:81}}")),
            QStringList{QStringLiteral("broken ingress-backend Ingress a/i: It leads to port 81 of the service web, which has no such port")});
        QCOMPARE(lines(rule("{`name`:`web`,`port`:{`name`:`80`}}")),
            QStringList{QStringLiteral("broken ingress-backend Ingress a/i: It leads to port 80 of the service web, which has no such port")});
        QCOMPARE(lines(rule("{`name`:`gone`,`port`:{`number`:80}}")),
            QStringList{QStringLiteral("broken ingress-backend Ingress a/i: It leads to a service that does not exist, gone")});
        QVERIFY(lines("{`defaultBackend`:{`resource`:{`kind`:`Bucket`,`name`:`b`}}}").isEmpty());
    }

    void runsThatWereMissed()
    {
        const std::string hourly = "{`schedule`:`0 * * * *`}";
        QCOMPARE(ofCronJob(hourly, "{`lastScheduleTime`:`2026-03-10T07:00:00Z`}", "2026-03-10T10:30:00Z"),
            QStringList{QStringLiteral("broken cron-missed CronJob a/c: 3 runs that were due were not started")});
        // Two minutes are the controller's to be late.
        QVERIFY(ofCronJob(hourly, "{`lastScheduleTime`:`2026-03-10T09:00:00Z`}", "2026-03-10T10:01:59Z").isEmpty());
        QCOMPARE(ofCronJob(hourly, "{`lastScheduleTime`:`2026-03-10T09:00:00Z`}", "2026-03-10T10:02:00Z"),
            QStringList{QStringLiteral("broken cron-missed CronJob a/c: 1 run that was due was not started")});
        QCOMPARE(ofCronJob(hourly, "{}", "2026-03-10T10:30:00Z"),
            QStringList{QStringLiteral("broken cron-missed CronJob a/c: At least 100 runs that were due were not started")});
        // Made after the last time that was due.
        QVERIFY(ofCronJob(hourly, "{}", "2026-03-10T10:30:00Z", "2026-03-10T10:05:00Z").isEmpty());
        // Suspended; waiting for the run before it, as asked.
        QVERIFY(ofCronJob("{`schedule`:`0 * * * *`,`suspend`:true}", "{}", "2026-03-10T10:30:00Z").isEmpty());
        const std::string active = "{`lastScheduleTime`:`2026-03-10T07:00:00Z`,`active`:[{`name`:`j`}]}";
        QVERIFY(ofCronJob("{`schedule`:`0 * * * *`,`concurrencyPolicy`:`Forbid`}", active, "2026-03-10T10:30:00Z").isEmpty());
        QVERIFY(!ofCronJob("{`schedule`:`0 * * * *`,`concurrencyPolicy`:`Allow`}", active, "2026-03-10T10:30:00Z").isEmpty());
        // By its own zone's clock: 02:30 is left out in Berlin on March 29th, and has not been missed.
        const std::string night = "{`lastScheduleTime`:`2026-03-28T01:30:00Z`}";
        QVERIFY(ofCronJob("{`schedule`:`30 2 * * *`,`timeZone`:`Europe/Berlin`}", night, "2026-03-29T12:00:00Z").isEmpty());
        QVERIFY(!ofCronJob("{`schedule`:`30 2 * * *`}", night, "2026-03-29T12:00:00Z").isEmpty());
        QCOMPARE(ofCronJob("{`schedule`:`0 0 30 2 *`}", "{}", "2026-03-10T10:30:00Z"),
            QStringList{QStringLiteral("risk cron-never CronJob a/c: Its schedule never comes due")});
        // Old objects may hold what nobody reads.
        QVERIFY(ofCronJob("{`schedule`:`TZ=UTC 0 * * * *`}", "{}", "2026-03-10T10:30:00Z").isEmpty());
        QVERIFY(ofCronJob("{`schedule`:`0 * * * *`,`timeZone`:`Mars/Olympus`}", "{}", "2026-03-10T10:30:00Z").isEmpty());
    }
    void aLaterRunMendsAFailedOne()
    {
        const auto lines = [](const std::string &owner) {
            FindingsWorld world;
            world.addObjects("cronjobs.batch",
                {"{`apiVersion`:`batch/v1`,`kind`:`CronJob`,`metadata`:{`name`:`c`,`namespace`:`a`,`uid`:`c1`},`spec`:{`schedule`:`0 0 1 1 *`,`suspend`:true},`status`:" +
                    owner + "}"});
            world.addObjects("jobs.batch",
                {"{`apiVersion`:`batch/v1`,`kind`:`Job`,`metadata`:{`name`:`c-1`,`namespace`:`a`,`uid`:`j1`,`ownerReferences`:[{`apiVersion`:`batch/v1`,`kind`:`CronJob`,`name`:`c`,`uid`:`c1`,`controller`:true}]},"
                 "`status`:{`failed`:2,`conditions`:[{`type`:`Failed`,`status`:`True`,`reason`:`BackoffLimitExceeded`,`lastTransitionTime`:`2026-01-01T05:00:00Z`}]}}"});
            return world.lines();
        };
        QCOMPARE(lines("{}"), QStringList{QStringLiteral("broken job-failed CronJob a/c: Its last run failed: It gave up after 2 failed tries")});
        QVERIFY(lines("{`lastSuccessfulTime`:`2026-01-01T06:00:00Z`}").isEmpty());
        QVERIFY(!lines("{`lastSuccessfulTime`:`2026-01-01T04:00:00Z`}").isEmpty());
    }
    void stalledJobs()
    {
        const auto lines = [](const std::string &spec, const std::string &status, const char *now) {
            FindingsWorld world(now);
            world.addObjects("jobs.batch",
                {"{`apiVersion`:`batch/v1`,`kind`:`Job`,`metadata`:{`name`:`j`,`namespace`:`a`,`uid`:`j1`,`creationTimestamp`:`2026-01-01T00:00:00Z`},`spec`:" +
                    spec + ",`status`:" + status + "}"});
            return world.lines();
        };
        QCOMPARE(lines("{}", "{}", "2026-01-01T00:05:00Z"),
            QStringList{QStringLiteral("broken job-stalled Job a/j: It has not ended, and no pod of it runs")});
        QVERIFY(lines("{}", "{}", "2026-01-01T00:04:59Z").isEmpty());
        QVERIFY(lines("{}", "{`active`:1}", "2026-01-01T01:00:00Z").isEmpty());
        QVERIFY(lines("{`suspend`:true}", "{}", "2026-01-01T01:00:00Z").isEmpty());
        QVERIFY(lines("{`parallelism`:0}", "{}", "2026-01-01T01:00:00Z").isEmpty());
        QVERIFY(lines("{}", "{`conditions`:[{`type`:`Complete`,`status`:`True`}]}", "2026-01-01T01:00:00Z").isEmpty());
    }
    void claims()
    {
        const char *const later = "2026-01-01T01:00:00Z";
        QCOMPARE(ofClaim("{`storageClassName`:`gone`}", "Pending", {}, later),
            QStringList{QStringLiteral("broken claim-pending PersistentVolumeClaim a/c: It waits for a volume: there is no storage class gone")});
        // Nobody has asked for it yet; then somebody is at work, but not for ever.
        const std::string first =
            said("c1", "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding", "2026-01-01T00:59:00Z");
        const std::string asked = said("c1", "Normal", "ExternalProvisioning", "Waiting for a volume to be created", "2026-01-01T00:59:30Z");
        QVERIFY(ofClaim("{`storageClassName`:`slow`}", "Pending", {first}, later).isEmpty());
        QCOMPARE(ofClaim("{`storageClassName`:`slow`}", "Pending", {first, asked}, later),
            QStringList{QStringLiteral("broken claim-pending PersistentVolumeClaim a/c: It waits for a volume: Waiting for a volume to be created")});
        QVERIFY(ofClaim("{`storageClassName`:`slow`}", "Pending", {first, asked}, "2026-01-01T00:04:59Z").isEmpty());
        const std::string failed = said("c1", "Warning", "ProvisioningFailed", "quota of the disks is used up", "2026-01-01T00:00:20Z");
        QCOMPARE(ofClaim("{`storageClassName`:`fast`}", "Pending", {failed}, "2026-01-01T00:01:00Z"),
            QStringList{QStringLiteral("broken claim-pending PersistentVolumeClaim a/c: It waits for a volume: quota of the disks is used up")});
        QVERIFY(ofClaim("{`storageClassName`:`fast`}", "Bound", {failed}, later).isEmpty());
        QCOMPARE(ofClaim("{`storageClassName`:`fast`,`volumeName`:`v`}", "Lost", {}, later),
            QStringList{QStringLiteral("broken claim-pending PersistentVolumeClaim a/c: Its volume is gone")});
    }
    void nodesQuotasScalersAndNamespaces()
    {
        FindingsWorld world("2026-01-01T01:00:00Z");
        const auto node = [](const char *name, const char *ready, const char *pressure) {
            return std::string("{`apiVersion`:`v1`,`kind`:`Node`,`metadata`:{`name`:`") + name + "`,`uid`:`" + name +
                   "`},`status`:{`conditions`:[{`type`:`Ready`,`status`:`" + ready +
                   "`,`reason`:`r`,`lastTransitionTime`:`2026-01-01T00:00:00Z`},{`type`:`DiskPressure`,`status`:`" + pressure + "`}]}}";
        };
        world.addObjects("nodes",
            {node("well", "True", "False"), node("silent", "Unknown", "Unknown"), node("sick", "False", "False"), node("full", "True", "True")});
        const auto quota = [](const char *name, const char *hard, const char *used) {
            return std::string("{`apiVersion`:`v1`,`kind`:`ResourceQuota`,`metadata`:{`name`:`") + name + "`,`namespace`:`a`,`uid`:`" + name +
                   "`},`status`:{`hard`:" + hard + ",`used`:" + used + "}}";
        };
        world.addObjects("resourcequotas", {quota("used-up", "{`pods`:`2`,`requests.cpu`:`1`}", "{`pods`:`2`,`requests.cpu`:`1000m`}"),
                                               quota("room", "{`pods`:`3`}", "{`pods`:`2`}"), quota("forbids", "{`pods`:`0`}", "{`pods`:`0`}")});
        const auto scaler = [](const char *name, const char *type, const char *reason) {
            return std::string("{`apiVersion`:`autoscaling/v2`,`kind`:`HorizontalPodAutoscaler`,`metadata`:{`name`:`") + name +
                   "`,`namespace`:`a`,`uid`:`" + name +
                   "`},`spec`:{`scaleTargetRef`:{`kind`:`Deployment`,`name`:`d`}},`status`:{`conditions`:[{`type`:`" + type +
                   "`,`status`:`False`,`reason`:`" + reason + "`}]}}";
        };
        world.addObjects("horizontalpodautoscalers.autoscaling",
            {scaler("blind", "ScalingActive", "FailedGetResourceMetric"), scaler("off", "ScalingActive", "ScalingDisabled"),
                scaler("lost", "AbleToScale", "FailedGetScale")});
        const auto space = [](const char *name, const char *deleted) {
            return std::string("{`apiVersion`:`v1`,`kind`:`Namespace`,`metadata`:{`name`:`") + name + "`,`uid`:`" + name + "`" + deleted +
                   "},`spec`:{`finalizers`:[`kubernetes`]}}";
        };
        world.addObjects("namespaces", {space("stays", ""), space("going", ",`deletionTimestamp`:`2026-01-01T00:50:01Z`"),
                                           space("stuck", ",`deletionTimestamp`:`2026-01-01T00:50:00Z`")});
        QStringList lines = world.lines();
        lines.sort();
        const QStringList expected = {
            QStringLiteral("broken node-not-ready Node sick: The node is not ready"),
            QStringLiteral("broken node-not-ready Node silent: The node gives no word: its kubelet has stopped, or cannot be reached"),
            QStringLiteral("risk hpa-unable HorizontalPodAutoscaler a/blind: It cannot scale Deployment d: it gets no metrics"),
            QStringLiteral("risk hpa-unable HorizontalPodAutoscaler a/lost: It cannot scale Deployment d: it cannot read how many replicas that has"),
            QStringLiteral("risk node-pressure Node full: The node is short of disk space"),
            QStringLiteral("risk quota-full ResourceQuota a/used-up: Nothing more can be made of what it limits: pods, requests.cpu"),
            QStringLiteral("risk stuck-terminating Namespace stuck: It was deleted, and waits for its finalizers: kubernetes"),
        };
        QCOMPARE(lines.join(u'\n'), expected.join(u'\n'));
    }
    void deployments()
    {
        const auto lines = [](const std::string &condition, const char *replicas = "3") {
            FindingsWorld world;
            world.addObjects("deployments.apps",
                {"{`apiVersion`:`apps/v1`,`kind`:`Deployment`,`metadata`:{`name`:`d`,`namespace`:`a`,`uid`:`d1`},`spec`:{`replicas`:" +
                    std::string(replicas) + "},`status`:{`updatedReplicas`:1,`conditions`:[" + condition + "]}}"});
            return world.lines();
        };
        const std::string stuck =
            "{`type`:`Progressing`,`status`:`False`,`reason`:`ProgressDeadlineExceeded`,`lastTransitionTime`:`2026-01-01T00:00:00Z`}";
        QCOMPARE(lines(stuck),
            QStringList{QStringLiteral(
                "broken deployment-stuck Deployment a/d: The roll-out is stuck: 1 of 3 pods of the new revision, and no progress within the deadline")});
        QCOMPARE(
            lines("{`type`:`ReplicaFailure`,`status`:`True`,`reason`:`FailedCreate`,`message`:`pods \\`d-1\\` is forbidden: exceeded quota: q`}"),
            QStringList{
                QStringLiteral("broken deployment-stuck Deployment a/d: Pods that it wants cannot be made: the quota of the namespace is used up")});
        QVERIFY(lines(stuck, "0").isEmpty());
        QVERIFY(lines("{`type`:`Progressing`,`status`:`True`,`reason`:`ReplicaSetUpdated`}").isEmpty());
    }
};

QTEST_APPLESS_MAIN(FindingsRulesTest)
#include "tst_findings_rules.moc"
