// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/findings/rules.h"
#include "kinds/kinds.h"
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

const Finding *of(const std::vector<Finding> &findings, std::string_view id, std::string_view object)
{
    for (const Finding &each : findings) {
        if (each.id == id && each.object.name == object)
            return &each;
    }
    return nullptr;
}

QString joined(const std::vector<std::string> &texts)
{
    QStringList out;
    for (const std::string &text : texts)
        out.append(QString::fromStdString(text));
    return out.join(u'\n');
}

} // namespace

class FindingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Twelve minutes of a real cluster: everything that is sick in the scenario is found, with its owner, and nothing else.
    void theScenario()
    {
        FindingsWorld world;
        world.addScenario();
        const QStringList expected = {
            QStringLiteral(
                "broken claim-pending PersistentVolumeClaim team-b/nowhere: It waits for a volume: there is no storage class no-such-class"),
            QStringLiteral("broken crash-loop Deployment team-a/crash-loop: Container app ended with exit code 2, again and again"),
            QStringLiteral(
                "broken image-pull Deployment team-a/no-such-image: Container app cannot start: its image 127.0.0.1:1/missing/app:2.0 cannot be pulled (ImagePullBackOff)"),
            QStringLiteral("broken unschedulable Deployment team-a/too-big: No node can take the pod: 1 Insufficient cpu (2 pods)"),
            QStringLiteral(
                "broken unschedulable Pod team-a/wants-a-gpu-node: No node can take the pod: 1 node(s) didn't match Pod's node affinity/selector"),
            QStringLiteral(
                "broken image-pull Pod team-b/never-pulled: Container app cannot start: its image absent:1.0 is not on the node, and may not be pulled (ErrImageNeverPull)"),
            QStringLiteral("broken not-ready Deployment team-a/unready: Container app runs, but is not ready: it gets no traffic (2 pods)"),
            QStringLiteral("broken unschedulable StatefulSet team-a/db: No node can take the pod: pod has unbound immediate PersistentVolumeClaims"),
            QStringLiteral(
                "broken claim-pending PersistentVolumeClaim team-a/data-db-0: It waits for a volume: there is no storage class no-such-class"),
            QStringLiteral("broken crash-loop Pod team-a/init-failing: Init container migrate ended with exit code 1, again and again"),
            QStringLiteral(
                "broken cannot-start Pod team-a/missing-secret-key: Container app cannot start: the secret web-credentials has no key no-such-key"),
            QStringLiteral("broken crash-loop Pod team-b/half-broken: Container broken ended with exit code 1, again and again"),
            QStringLiteral(
                "broken deployment-stuck Deployment shop/over-quota: Pods that it wants cannot be made: the quota of the namespace is used up"),
            QStringLiteral(
                "broken image-pull Pod team-a/hostile-image: Container app cannot start: evil\u001b[31m<b>:1 is no name of an image (InvalidImageName)"),
            QStringLiteral("broken cannot-start Pod team-a/no-such-program: Container app cannot start: there is no program /no/such/program"),
            QStringLiteral("broken pod-failed Pod team-b/failed: Container app ended with exit code 42"),
            QStringLiteral("broken job-failed Job team-a/import-too-slow: It was stopped at its deadline of 5s"),
            QStringLiteral("broken job-failed Job team-a/shards: Some of its indexes failed: 2,4"),
            QStringLiteral("broken job-failed Job team-a/import-failed: It gave up after 2 failed tries"),
            QStringLiteral(
                "broken deployment-stuck Deployment team-a/rollout-stuck: The roll-out is stuck: 1 of 2 pods of the new revision, and no progress within the deadline"),
            QStringLiteral(
                "broken crash-loop Deployment team-a/out-of-memory: Container app was killed for using more memory than its limit of 32Mi (exit code 137, OOMKilled), again and again"),
            QStringLiteral(
                "broken deployment-stuck Deployment team-a/crash-loop: The roll-out is stuck: 1 of 1 pod of the new revision, and no progress within the deadline"),
            QStringLiteral(
                "broken deployment-stuck Deployment team-a/no-such-image: The roll-out is stuck: 1 of 1 pod of the new revision, and no progress within the deadline"),
            QStringLiteral(
                "broken deployment-stuck Deployment team-a/too-big: The roll-out is stuck: 2 of 2 pods of the new revision, and no progress within the deadline"),
            QStringLiteral(
                "broken deployment-stuck Deployment team-a/unready: The roll-out is stuck: 2 of 2 pods of the new revision, and no progress within the deadline"),
            QStringLiteral("broken crash-loop Pod team-b/unhealthy: Container app ended (exit code 0), again and again"),
            QStringLiteral("broken job-failed CronJob team-b/every-minute-failing: Its last run failed: It gave up after 1 failed try"),
            QStringLiteral("broken ingress-backend Ingress team-b/dangling: It leads to a service that does not exist, no-such-service"),
            QStringLiteral(
                "broken service-no-endpoints Service team-a/nobody: Nobody answers: no pod has the labels that it selects, app=nobody-has-this-label"),
            QStringLiteral("broken service-no-endpoints Service team-a/unready: Nobody answers: none of the 2 pods that it selects is ready"),
            QStringLiteral(
                "risk stuck-terminating Pod team-a/stuck-terminating: It was deleted, and waits for its finalizers: test.example.com/never-removed"),
            QStringLiteral("risk hpa-unable HorizontalPodAutoscaler team-a/web: It cannot scale Deployment web: it gets no metrics"),
            QStringLiteral(
                "risk hpa-unable HorizontalPodAutoscaler team-b/no-target: It cannot scale Deployment no-such-deployment: it cannot read how many replicas that has"),
            QStringLiteral("risk quota-full ResourceQuota shop/best-effort: Nothing more can be made of what it limits: pods"),
        };
        QCOMPARE(world.lines().join(u'\n'), expected.join(u'\n'));
    }
    void everyRuleIsNamedOnceForAKind()
    {
        std::set<std::pair<std::string, std::string>> seen;
        for (const FindingRule &rule : findingRules()) {
            QVERIFY(rule.judge && !rule.id.empty());
            QVERIFY2(seen.emplace(rule.id, std::string(rule.about.group) + "/" + std::string(rule.about.resource)).second, rule.id.data());
            QVERIFY2(!kindOf(rule.about.group, rule.about.resource).title.empty(), rule.id.data());
        }
        // What rules look at is what is listed, each kind once.
        const std::vector<KindKey> kinds = diagnosedKinds();
        for (std::size_t i = 0; i < kinds.size(); ++i)
            QVERIFY(std::find(kinds.begin() + std::ptrdiff_t(i) + 1, kinds.end(), kinds[i]) == kinds.end());
        for (const KindKey kind : {KindKey{"", "events"}, KindKey{"storage.k8s.io", "storageclasses"}, KindKey{"apps", "replicasets"}})
            QVERIFY2(std::find(kinds.begin(), kinds.end(), kind) != kinds.end(), kind.resource.data());
    }
    // Without the lists that a rule reads it says nothing: a service is not without endpoints because endpoints may not be listed.
    void whatCouldNotBeListedIsNotMissing()
    {
        for (const QString &without :
            {QStringLiteral("endpointslices.discovery.k8s.io"), QStringLiteral("pods"), QStringLiteral("deployments.apps")}) {
            FindingsWorld world;
            world.addScenario({without});
            QVERIFY2(world.lines().filter(QStringLiteral("service-no-endpoints")).isEmpty(), qPrintable(without));
        }
        FindingsWorld world;
        world.addScenario({QStringLiteral("services")});
        QVERIFY(world.lines().filter(QStringLiteral("ingress-backend")).isEmpty());
        FindingsWorld classes;
        classes.addScenario({QStringLiteral("storageclasses.storage.k8s.io")});
        QVERIFY(classes.lines().filter(QStringLiteral("no storage class")).isEmpty());
    }

    void podsOfOneOwnerAreOneFinding()
    {
        FindingsWorld world;
        world.addScenario();
        const std::vector<Finding> findings = world.findings();
        const Finding *const big = of(findings, "unschedulable", "too-big");
        QVERIFY(big);
        QCOMPARE(big->object, (FoundObject{"apps/v1", "Deployment", "team-a", "too-big"}));
        QCOMPARE(int(big->evidence.size()), 2);
        QVERIFY2(big->evidence[0].starts_with("pod too-big-5d69ff88cb-45h9q: Unschedulable: 0/1 nodes are available: 1 Insufficient cpu."),
            big->evidence[0].c_str());
        QVERIFY(big->since == parseTime("2026-11-24T18:40:03Z"));
    }
    void theRegistrysOwnWordsAreEvidence()
    {
        FindingsWorld world;
        world.addScenario();
        const std::vector<Finding> findings = world.findings();
        const Finding *const image = of(findings, "image-pull", "no-such-image");
        QVERIFY(image);
        QVERIFY2(joined(image->evidence).contains(QStringLiteral("dial tcp 127.0.0.1:1: connect: connection refused")),
            qPrintable(joined(image->evidence)));
        const Finding *const loop = of(findings, "crash-loop", "init-failing");
        QVERIFY(loop);
        QCOMPARE(joined(loop->evidence), QStringLiteral("Init container migrate: exit code 1 (Error), 7 restarts"));
    }

    void theWorstComesFirst()
    {
        FindingsWorld world;
        world.addScenario();
        const std::vector<Finding> findings = world.findings();
        for (std::size_t i = 1; i < findings.size(); ++i) {
            QVERIFY(findings[i - 1].severity <= findings[i].severity);
            if (findings[i - 1].severity == findings[i].severity && findings[i - 1].since && findings[i].since)
                QVERIFY(*findings[i - 1].since <= *findings[i].since);
        }
    }
    // What is missing or absurd breaks nothing.
    void bareObjects()
    {
        FindingsWorld world;
        std::set<std::string> done;
        for (const KindKey kind : diagnosedKinds()) {
            const std::string name = std::string(kind.resource) + (kind.group.empty() ? "" : "." + std::string(kind.group));
            world.addObjects(name,
                {"{`metadata`:{`name`:`x`}}", "{`metadata`:{`name`:`y`,`uid`:`y`},`spec`:7,`status`:[]}",
                    "{`metadata`:{`name`:`z`,`creationTimestamp`:`0001-01-01T00:00:00Z`,`deletionTimestamp`:`x`,`ownerReferences`:[{`kind`:`Pod`,`name`:`z`,`uid`:`y`,`controller`:true}]},`status`:{`phase`:`Running`,`conditions`:[null,1,{}],`containerStatuses`:[null,{`name`:5}]}}"});
        }
        for (const QString &line : world.lines())
            QVERIFY2(
                line.contains(QStringLiteral("service")) || line.contains(QStringLiteral("job-stalled")) || line.contains(QStringLiteral("deploy")),
                qPrintable(line));
    }
};

QTEST_APPLESS_MAIN(FindingsTest)
#include "tst_findings.moc"
