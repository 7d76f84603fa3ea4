// SPDX-License-Identifier: GPL-3.0-or-later
// What the object's page is given, against kubectl's answer about the same objects of a real API server.
#include "app/engine.h"
#include "items/eventmodel.h"
#include "items/objectfeed.h"
#include "kinds/kinds.h"
#include "kube/resourcenames.h"
#include "kube/yaml/reader.h"
#include "support/livecluster.h"
#include "support/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace fairlead;
using items::ObjectFeed;

namespace {

constexpr int patience = 30'000; // ms

// Kinds of all shapes, and texts that YAML reads as something else, or that must not be seen as they are.
const char *objects = R"(
apiVersion: v1
kind: Namespace
metadata: {name: object-page}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: texts, namespace: object-page, labels: {a: 'y', b: '014'}}
data: {yes: 'no', number: '1e3', lines: "a\nb\n", blanks: "  x ", html: '<img src=x>', umlaut: "\u00fc"}
binaryData: {x: AAEC}
---
apiVersion: v1
kind: Secret
metadata: {name: hidden, namespace: object-page}
stringData: {password: hunter2}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: object-page}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: 'registry.example.com/web:1', resources: {limits: {memory: 64Mi}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: object-page}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
)";

// As the store gives it: without managed fields.
QJsonValue withoutManagedFields(const QByteArray &json)
{
    QJsonObject object = QJsonDocument::fromJson(json).object();
    QJsonObject metadata = object[QStringLiteral("metadata")].toObject();
    metadata.remove(QStringLiteral("managedFields"));
    object[QStringLiteral("metadata")] = metadata;
    return object;
}

std::string line(const ObjectFeed &feed, const std::string &label)
{
    if (feed.summary() == nullptr)
        return "no summary";
    for (const kinds::SummaryLine &each : feed.summary()->lines) {
        if (each.label == label)
            return each.text;
    }
    return "absent";
}

} // namespace

class ObjectLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<test::LiveCluster>(QStringLiteral("object"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        QVERIFY(!m_cluster->kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, objects).isEmpty());
        m_engine = std::make_unique<app::Engine>(m_cluster->endpoint());
        m_engine->session().discovery().load().then(this, [this](Result<kube::OfferPtr> offer) { m_offer = offer ? *offer : nullptr; });
        QTRY_VERIFY_WITH_TIMEOUT(m_offer != nullptr, patience);
    }

    void cleanupTestCase()
    {
        m_engine.reset();
        m_cluster.reset();
    }

    void yamlIsWhatKubectlReads_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("name");
        for (const auto &[kind, name] : {std::pair("configmaps", "texts"), {"secrets", "hidden"}, {"deployments.apps", "web"}, {"services", "web"},
                 {"namespaces", "object-page"}, {"clusterroles.rbac.authorization.k8s.io", "admin"}})
            QTest::addRow("%s", kind) << QString::fromLatin1(kind) << QString::fromLatin1(name);
    }

    void yamlIsWhatKubectlReads()
    {
        QFETCH(QString, kind);
        QFETCH(QString, name);
        const auto feed = open(kind, name);
        QTRY_VERIFY_WITH_TIMEOUT(feed->phase() == ObjectFeed::Phase::Shown, patience);
        feed->wishYaml({.managedFields = false, .secrets = true});
        const QStringList get{
            QStringLiteral("get"), kind, name, QStringLiteral("-n"), QStringLiteral("object-page"), QStringLiteral("-o"), QStringLiteral("json")};
        // The object may change between the two: then both are asked again.
        QJsonValue ours;
        QJsonValue theirs;
        const bool same =
            QTest::qWaitFor([&] { return (theirs = withoutManagedFields(m_cluster->kubectl(get)), ours = read(*feed), ours == theirs); }, patience);
        QVERIFY2(same, (QJsonDocument(ours.toObject()).toJson() + QJsonDocument(theirs.toObject()).toJson()).constData());
        QCOMPARE(QString::fromStdString(feed->summary()->name), name);
    }

    void managedFieldsAreThereWhenAskedFor()
    {
        const auto feed = open(QStringLiteral("configmaps"), QStringLiteral("texts"));
        feed->wishYaml({.managedFields = true});
        QTRY_VERIFY_WITH_TIMEOUT(feed->yaml() != nullptr, patience);
        QVERIFY2(feed->yaml()->text.find("managedFields:") != std::string::npos, feed->yaml()->text.c_str());
    }

    void theSummaryFollowsTheObject()
    {
        const auto feed = open(QStringLiteral("deployments.apps"), QStringLiteral("web"));
        QTRY_COMPARE_WITH_TIMEOUT(line(*feed, "Selector"), std::string("app=web"), patience);
        QCOMPARE(line(*feed, "Image"), std::string("registry.example.com/web:1"));
        QCOMPARE(line(*feed, "Ready"), std::string("0 of 2"));
        QVERIFY(!m_cluster
                     ->kubectl({QStringLiteral("scale"), QStringLiteral("deployment/web"), QStringLiteral("-n"), QStringLiteral("object-page"),
                         QStringLiteral("--replicas=3")})
                     .isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(line(*feed, "Ready"), std::string("0 of 3"), patience);
    }

    void secretsAreMasked()
    {
        const auto feed = open(QStringLiteral("secrets"), QStringLiteral("hidden"));
        feed->wishYaml({});
        QTRY_VERIFY_WITH_TIMEOUT(feed->yaml() != nullptr, patience);
        // kubectl's own annotation of the last applied configuration holds it too.
        QVERIFY2(feed->yaml()->text.find("hunter2") == std::string::npos && feed->yaml()->text.find("aHVudGVyMg") == std::string::npos,
            feed->yaml()->text.c_str());
        QCOMPARE(feed->summary()->data.front().value, std::string("hunter2"));
    }

    // A user who may read one kind of object sees why the other is not shown.
    void whoMayNotReadIsTold()
    {
        app::Engine viewer(m_cluster->endpoint(QStringLiteral("viewer")));
        ObjectFeed feed(viewer.session(), resource(QStringLiteral("secrets")), "object-page", "hidden");
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ObjectFeed::Phase::Failed, patience);
        QCOMPARE(int(feed.why()->code), int(Code::Forbidden));
    }

    void whatIsDeletedStays()
    {
        const auto feed = open(QStringLiteral("configmaps"), QStringLiteral("texts"));
        QTRY_VERIFY_WITH_TIMEOUT(feed->phase() == ObjectFeed::Phase::Shown, patience);
        QVERIFY(!m_cluster
                     ->kubectl({QStringLiteral("delete"), QStringLiteral("configmap"), QStringLiteral("texts"), QStringLiteral("-n"),
                         QStringLiteral("object-page")})
                     .isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(feed->phase() == ObjectFeed::Phase::Gone, patience);
        QCOMPARE(feed->summary()->data.size(), std::size_t(7));
    }

private:
    kube::Resource resource(const QString &kind) const
    {
        auto found = kube::resolveResource(*m_offer, kind.toStdString());
        if (!found)
            qFatal("%s", found.error().text().c_str());
        return std::move(*found);
    }

    std::unique_ptr<ObjectFeed> open(const QString &kind, const QString &name) const
    {
        return std::make_unique<ObjectFeed>(m_engine->session(), resource(kind), "object-page", name.toStdString());
    }

    static QJsonValue read(const ObjectFeed &feed)
    {
        if (feed.yaml() == nullptr)
            return {};
        const auto documents = yaml::parse(feed.yaml()->text, "page.yaml");
        return documents && documents->size() == 1 ? test::toJson(documents->front().root()) : QJsonValue();
    }

    std::unique_ptr<test::LiveCluster> m_cluster;
    std::unique_ptr<app::Engine> m_engine;
    kube::OfferPtr m_offer;
};

QTEST_GUILESS_MAIN(ObjectLiveTest)
#include "tst_object_live.moc"
