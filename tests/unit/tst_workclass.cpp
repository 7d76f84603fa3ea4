// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/kinds.h"
#include "kinds/workclass.h"
#include "kube/decode/table.h"

#include <QTest>

using namespace fairlead;
using namespace fairlead::kinds;

namespace {

QString workOfObject(const char *group, const char *resource, const std::string &object, kube::Detail detail = kube::Detail::Facts)
{
    const Kind &kind = kindOf(group, resource);
    const auto page = kube::decodeTable(
        R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{},"columnDefinitions":[{"name":"Name","type":"string"}],"rows":[{"cells":["x"],"object":)" +
            object + "}]}",
        detail, kind.projection());
    if (!page)
        qFatal("%s", page.error().text().c_str());
    const auto work = workOf(kind, page->rows[0]);
    return work ? QString::fromStdString(std::string(name(work->what)) + ": " + work->reason) : QStringLiteral("nothing");
}

std::string deployment(const std::string &container, const std::string &labels = "{}")
{
    return R"({"metadata":{"name":"x","labels":)" + labels + R"(},"spec":{"template":{"spec":{"restartPolicy":"Always","containers":[)" + container +
           "]}}}}";
}

std::string pod(const std::string &owner, const std::string &policy, const std::string &statuses = "[]")
{
    const std::string owners = owner.empty() ? "[]" : R"([{"apiVersion":"v1","kind":")" + owner + R"(","name":"boss","uid":"u","controller":true}])";
    return R"({"metadata":{"name":"x","ownerReferences":)" + owners + R"(},"spec":{"restartPolicy":")" + policy +
           R"(","containers":[{"name":"a"}]},"status":{"containerStatuses":)" + statuses + "}}";
}

} // namespace

class WorkClassTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byKind()
    {
        const std::string plain = R"({"metadata":{"name":"x"},"spec":{}})";
        QCOMPARE(workOfObject("batch", "cronjobs", plain), QStringLiteral("job: cron job"));
        QCOMPARE(workOfObject("batch", "jobs", plain), QStringLiteral("job: job, by hand"));
        QCOMPARE(workOfObject("batch", "jobs", R"({"metadata":{"name":"x","ownerReferences":[{"kind":"CronJob","name":"nightly","uid":"u"}]}})"),
            QStringLiteral("job: run of nightly"));
        QCOMPARE(workOfObject("apps", "daemonsets", plain), QStringLiteral("service: runs on every node"));
        QCOMPARE(workOfObject("", "configmaps", plain), QStringLiteral("nothing"));
        QCOMPARE(workOfObject("", "services", plain), QStringLiteral("nothing"));
    }

    void deployments()
    {
        const auto work = [](const std::string &container, const std::string &labels = "{}") {
            return workOfObject("apps", "deployments", deployment(container, labels));
        };
        QCOMPARE(work(R"({"name":"a"})"), QStringLiteral("service: goes on until it is stopped"));
        QCOMPARE(work(R"({"name":"a","ports":[{"containerPort":8080}],"readinessProbe":{"periodSeconds":5}})"),
            QStringLiteral("service: is probed, serves :8080"));
        QCOMPARE(work(R"({"name":"a","ports":[{"containerPort":80}]},{"name":"b","command":["sh","-c","while true; do tidy; sleep 600; done"]})"),
            QStringLiteral("mixed: a container sleeps in a loop"));
        QCOMPARE(work(R"({"name":"a","livenessProbe":{"periodSeconds":5}},{"name":"b","args":["crond","-f"]})"),
            QStringLiteral("mixed: a container runs a clock of its own"));
        QCOMPARE(work(R"({"name":"a","command":["sh","-c","while true; do tidy; sleep 600; done"]})"),
            QStringLiteral("job: a container sleeps in a loop, and nothing asks for it"));
        QCOMPARE(
            work(R"({"name":"a"})", R"({"app.kubernetes.io/component":"batch"})"), QStringLiteral("job: by its label app.kubernetes.io/component"));
        // Words that only look like it.
        for (const char *line : {"sleep 1000000", "acrond", "cron-server", "while-away asleep", "run --sleeping-while"})
            QCOMPARE(
                work(R"({"name":"a","command":["sh","-c",")" + std::string(line) + R"("]})"), QStringLiteral("service: goes on until it is stopped"));
    }

    void pods()
    {
        const auto work = [](const std::string &object, kube::Detail detail = kube::Detail::Facts) {
            return workOfObject("", "pods", object, detail);
        };
        QCOMPARE(work(pod("Job", "Never")), QStringLiteral("job: run of boss"));
        QCOMPARE(work(pod("ReplicaSet", "Always")), QStringLiteral("service: goes on until it is stopped"));
        QCOMPARE(work(pod("Node", "Always")), QStringLiteral("service: part of its node"));
        QCOMPARE(work(pod("", "Always")), QStringLiteral("service: started again whenever it ends"));
        QCOMPARE(work(pod("", "OnFailure")), QStringLiteral("job: runs to its end, and not again"));
        const std::string ended = R"([{"name":"export","restartCount":9,"lastState":{"terminated":{"exitCode":0,"reason":"Completed"}}}])";
        QCOMPARE(work(pod("ReplicaSet", "Always", ended)),
            QStringLiteral("job: export ended well and was started again 9 times, and nothing asks for it"));
        const std::string failed = R"([{"name":"export","restartCount":9,"lastState":{"terminated":{"exitCode":1,"reason":"Error"}}}])";
        QCOMPARE(work(pod("ReplicaSet", "Always", failed)), QStringLiteral("service: goes on until it is stopped"));
        const std::string once = R"([{"name":"export","restartCount":1,"lastState":{"terminated":{"exitCode":0,"reason":"Completed"}}}])";
        QCOMPARE(work(pod("ReplicaSet", "Always", once)), QStringLiteral("service: goes on until it is stopped"));
        // Of metadata alone.
        QCOMPARE(work(pod("Job", "Never"), kube::Detail::Meta), QStringLiteral("job: run of boss"));
        QCOMPARE(work(pod("ReplicaSet", "Always"), kube::Detail::Meta), QStringLiteral("service: goes on until it is stopped"));
        QCOMPARE(work(pod("", "Always"), kube::Detail::Meta), QStringLiteral("nothing"));
    }
};

QTEST_GUILESS_MAIN(WorkClassTest)
#include "tst_workclass.moc"
