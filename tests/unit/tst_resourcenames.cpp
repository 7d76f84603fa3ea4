// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/resourcenames.h"
#include "support/offerfixture.h"

#include <QTest>

using namespace fairlead;
using namespace fairlead::kube;

namespace {

Resource resource(const char *group, const char *version, const char *plural, const char *kind, const char *singular,
    std::vector<std::string> shortNames = {}, std::vector<std::string> categories = {})
{
    return {.id = {group, version, plural},
        .kind = kind,
        .singular = singular,
        .shortNames = std::move(shortNames),
        .categories = std::move(categories),
        .verbs = {"get", "list", "watch"},
        .namespaced = true};
}

// Beside what every cluster has: kinds of one's own that come close to it. The live test makes the same ones.
Offer offer()
{
    Offer out = test::standardOffer();
    for (Resource &each : std::vector<Resource>{
             resource("apps.example.test", "v1", "deployments", "Deployment", "deployment", {"deploy", "dpl"}),
             resource("example.test", "v1", "widgets", "Widget", "widget", {"wd", "pods", "sts"}, {"all", "gadgets"}),
             resource("example.test", "v1", "crates", "FooBar", "crate", {}, {"gadgets"}),
             resource("example.test", "v1beta1", "widgets", "Widget", "widget", {"wd", "pods", "sts"}, {"all", "gadgets"}),
             resource("short.example.test", "v1", "cj", "Cj", "cjay"),
         })
        out.resources.push_back(each);
    markPreferred(out.resources);
    return out;
}

QStringList names(const Result<std::vector<Resource>> &found)
{
    QStringList out;
    if (!found)
        return {QString::fromStdString("! " + found.error().message)};
    for (const Resource &each : *found)
        out << QString::fromStdString(each.id.group + "/" + each.id.version + "/" + each.id.resource);
    return out;
}

} // namespace

class ResourceNamesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ambiguousShortNamesAreTold_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("others"); // each after the words before it
        QTest::newRow("core goes before a group") << QStringLiteral("ev") << QStringLiteral("ev events.events.k8s.io");
        QTest::newRow("with the core's version") << QStringLiteral("ev.v1.") << QStringLiteral("ev events.events.k8s.io");
        QTest::newRow("with the group") << QStringLiteral("ev.events.k8s.io") << QString();
        QTest::newRow("twice") << QStringLiteral("ev,ev") << QStringLiteral("ev events.events.k8s.io");
        QTest::newRow("of one's own") << QStringLiteral("deploy") << QStringLiteral("deploy deployments.apps.example.test");
        QTest::newRow("versions are one kind") << QStringLiteral("wd") << QString();
        QTest::newRow("a full name is none") << QStringLiteral("pods,events") << QString();
        QTest::newRow("another case is none") << QStringLiteral("EV") << QString();
        QTest::newRow("behind an unknown one") << QStringLiteral("nope,ev") << QString();
        QTest::newRow("before an unknown one") << QStringLiteral("ev,nope") << QStringLiteral("ev events.events.k8s.io");
        QTest::newRow("beside a category") << QStringLiteral("all,ev") << QStringLiteral("ev events.events.k8s.io");
    }
    void ambiguousShortNamesAreTold()
    {
        QFETCH(QString, typed);
        QFETCH(QString, others);
        QStringList told;
        for (const std::string &text : ambiguities(offer(), typed.toStdString()))
            told << QString::fromStdString(text)
                        .remove(QStringLiteral("short name "))
                        .remove(QLatin1Char('"'))
                        .remove(QStringLiteral("could also match lower priority resource "));
        QCOMPARE(told.join(QLatin1Char(' ')), others);
    }

    void whoMayNotListEverywhereIsToldWhatHelps()
    {
        const Error error{.code = Code::Forbidden, .message = "no: at the cluster scope", .remedy = "Ask."};
        Resource pods = resource("", "v1", "pods", "Pod", "pod");
        QCOMPARE(withWayOut(error, pods).remedy, std::string("Choose a namespace in which you may see pods. Ask."));
        pods.namespaced = false;
        QCOMPARE(withWayOut(error, pods).remedy, std::string("Ask."));
        pods.namespaced = true;
        QCOMPARE(withWayOut({.code = Code::NotFound, .message = error.message, .remedy = "Ask."}, pods).remedy, std::string("Ask."));
        QCOMPARE(withWayOut({.code = Code::Forbidden, .message = "in the namespace x", .remedy = "Ask."}, pods).remedy, std::string("Ask."));
    }

    void resolvesAsKubectl_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("expected"); // group/version/plural, joined by blanks; empty: unknown
        const auto row = [](const char *typed, const char *expected) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(expected);
        };
        const char *pods = "/v1/pods";
        for (const char *typed : {"pods", "pod", "po", "Pod", "Pods", "POD", "pods.v1.", "pod.v1."})
            row(typed, pods);
        const char *deployments = "apps/v1/deployments";
        for (const char *typed : {"deployments", "deployment", "deploy", "Deployment", "DEPLOYMENTS", "deploy.apps", "deployment.apps",
                 "deployments.v1.apps", "Deployment.v1.apps", "Deployment.apps", "deployments.app", "deploy.app", "deploy.v1.apps", "deploy.v9.apps"})
            row(typed, deployments);
        row("deployments.v1.app", ""); // with a version the group must be whole
        row("deployments.v9.apps", "");
        row("deployments.apps.example.test", "apps.example.test/v1/deployments");
        row("deploy.apps.example.test", "apps.example.test/v1/deployments");
        row("deployments.apps.e", "apps.example.test/v1/deployments");
        row("dpl", "apps.example.test/v1/deployments");
        row("dpl.apps", "apps.example.test/v1/deployments"); // no such short name in apps, so the beginning of a group
        row("PO", "");                                       // short names have their own case only
        row("Deploy", "");
        row("pods.v1", "");
        row("pods.v2.", "");
        row("pods.apps", "");
        row("pods.", pods);
        row("statefulsets", "apps/v1/statefulsets");
        row("sts", "apps/v1/statefulsets");
        row("sts.example.test", "example.test/v1/widgets");
        row("events", "/v1/events");
        row("ev", "/v1/events");
        row("events.events.k8s.io", "events.k8s.io/v1/events");
        row("events.events", "events.k8s.io/v1/events");
        row("ev.events.k8s.io", "events.k8s.io/v1/events");
        row("hpa", "autoscaling/v2/horizontalpodautoscalers");
        row("horizontalpodautoscalers.v1.autoscaling", "autoscaling/v1/horizontalpodautoscalers");
        row("horizontalpodautoscaler.v1.autoscaling", "autoscaling/v1/horizontalpodautoscalers");
        row("hpa.v1.autoscaling", "autoscaling/v2/horizontalpodautoscalers"); // the short name forgets the version
        row("storageclass.storage", "storage.k8s.io/v1/storageclasses");
        row("sc.storage", "storage.k8s.io/v1/storageclasses");
        row("endpoints", "/v1/endpoints");
        row("endpoint", "");
        row("crds", "apiextensions.k8s.io/v1/customresourcedefinitions");
        row("widgets", "example.test/v1/widgets");
        row("wd", "example.test/v1/widgets");
        row("widgets.v1beta1.example.test", "example.test/v1beta1/widgets");
        row("Widget.v1beta1.example.test", "example.test/v1beta1/widgets");
        row("crates", "example.test/v1/crates");
        row("FooBar", ""); // a kind that is no singular is known only with its group
        row("FooBar.example.test", "example.test/v1/crates");
        row("FooBar.v1.example.test", "example.test/v1/crates");
        row("foobar.example.test", "example.test/v1/crates");
        row("fooBar.example.test", "");
        row("FooBar.example", "");
        row("cj", "short.example.test/v1/cj"); // a full name goes before the short name of cronjobs
        row("cj.batch", "batch/v1/cronjobs");
        row("podlist", "/v1/podlists"); // kubectl believes in them; the server does not
        row("list", "/v1/lists");
        row("nosuch", "");
        row("", "");
        row(".", "");
        row("..", "");
        row("pods,svc", "/v1/pods /v1/services");
        row("svc,po,pods,service", "/v1/services /v1/pods");
        row("pods,nosuch", "");
        row("pods,", "");
        row("gadgets", "example.test/v1/widgets example.test/v1/crates");
        row("Gadgets", "");
        row("po,gadgets,wd", "/v1/pods example.test/v1/widgets example.test/v1/crates");
        row("all", "/v1/pods /v1/replicationcontrollers /v1/services apps/v1/daemonsets apps/v1/deployments apps/v1/replicasets apps/v1/statefulsets "
                   "autoscaling/v2/horizontalpodautoscalers batch/v1/cronjobs batch/v1/jobs example.test/v1/widgets");
    }
    void resolvesAsKubectl()
    {
        QFETCH(QString, typed);
        QFETCH(QString, expected);
        const QStringList found = names(resolveResources(offer(), typed.toStdString()));
        if (expected.isEmpty())
            QVERIFY2(found.size() == 1 && found.first().startsWith(QLatin1String("! ")), qPrintable(found.join(QLatin1Char(' '))));
        else
            QCOMPARE(found.join(QLatin1Char(' ')), expected);
    }

    void saysItInKubectlsWords_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("named");
        QTest::newRow("plain") << QStringLiteral("nosuch") << QStringLiteral("nosuch");
        QTest::newRow("capitals") << QStringLiteral("PO") << QStringLiteral("PO");
        QTest::newRow("group") << QStringLiteral("nosuch.v1.example.test") << QStringLiteral("nosuch");
        QTest::newRow("second") << QStringLiteral("pods,x.y") << QStringLiteral("x");
        QTest::newRow("quote") << QStringLiteral("a\"b\\") << QStringLiteral("a\\\"b\\\\");
    }
    void saysItInKubectlsWords()
    {
        QFETCH(QString, typed);
        QFETCH(QString, named);
        const auto found = resolveResources(offer(), typed.toStdString());
        QVERIFY(!found);
        QCOMPARE(found.error().code, Code::NotFound);
        QCOMPARE(QString::fromStdString(found.error().message), QStringLiteral("the server doesn't have a resource type \"%1\"").arg(named));
    }

    void anObjectsTypeIsNoCategory()
    {
        QVERIFY(!resolveResource(offer(), "all"));
        QVERIFY(!resolveResource(offer(), "pods,svc"));
        const auto found = resolveResource(offer(), "po");
        QVERIFY(found);
        QCOMPARE(found->kind, std::string("Pod"));
    }

    void whatIsBrokenOrEmptyHidesNothing()
    {
        QVERIFY(!resolveResources(Offer(), "pods"));
        Offer broken = offer();
        broken.broken.push_back({.code = Code::Unavailable, .message = "metrics.k8s.io/v1beta1: down"});
        QVERIFY(resolveResources(broken, "pods"));
        QCOMPARE(resolveResources(broken, "podmetrics").error().remedy,
            std::string("It may be one of an API that could not be read: metrics.k8s.io/v1beta1: down."));
        QCOMPARE(resolveResources(offer(), "podmetrics").error().remedy, std::string());
    }

    void aSingularThatNobodyNamesIsGuessed()
    {
        Offer out;
        out.resources = {resource("", "v1", "policies", "Policy", ""), resource("", "v1", "myendpoints", "MyEndpoints", "")};
        QCOMPARE(names(resolveResources(out, "policy")), QStringList{QStringLiteral("/v1/policies")});
        QCOMPARE(names(resolveResources(out, "myendpoints")), QStringList{QStringLiteral("/v1/myendpoints")});
    }
};

QTEST_APPLESS_MAIN(ResourceNamesTest)
#include "tst_resourcenames.moc"
