// SPDX-License-Identifier: GPL-3.0-or-later
// Tables over a real API server: how kinds of somebody's own are judged, a kind that vanishes while it is shown, and rights that are lost.
#include "items/tablemodel.h"
#include "items/tablestanding.h"
#include "kinds/kinds.h"
#include "kube/net/curltransport.h"
#include "kube/session.h"
#include "support/livecluster.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <memory>
#include <string>

using namespace fairlead;
using namespace fairlead::test;
using items::TableModel;
using items::TableStanding;
using kinds::Health;

namespace {

constexpr int patience = 60'000; // ms, for what takes seconds here

// JSON by single quotes, and what stands in them by grave accents: moc loses its way in raw strings.
QString json(QString text)
{
    return text.replace(u'\'', u'"').replace(u'`', u'\'');
}

} // namespace

class TableLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("table"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        const QString wrong = m_cluster->load();
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_session.reset();
        m_transport.reset();
        m_pool.waitForDone();
    }

    // Orders print a phase, which may mean anything, and hold conditions: those are read.
    void conditionsThatAreNotPrintedAreRead()
    {
        for (const auto &[name, conditions] : {std::pair("books", "[{'type':'Ready','status':'True'}]"),
                 {"hardware", "[{'type':'Ready','status':'False','reason':'NoStock'}]"}, {"glass", "[{'type':'Stalled','status':'True'}]"}}) {
            apply(json(QStringLiteral(
                "{'apiVersion':'shop.example.com/v1','kind':'Order','metadata':{'name':'%1','namespace':'shop'},'spec':{'customer':'c'}}")
                           .arg(QLatin1String(name))));
            kubectl({QStringLiteral("patch"), QStringLiteral("orders"), QLatin1String(name), QStringLiteral("-n"), QStringLiteral("shop"),
                QStringLiteral("--subresource=status"), QStringLiteral("--type=merge"), QStringLiteral("-p"),
                json(QStringLiteral("{'status':{'conditions':%1}}").arg(QLatin1String(conditions)))});
        }
        open(QStringLiteral("admin"), {"shop.example.com", "v1", "orders"}, "Order", true, "shop");
        QTRY_COMPARE_WITH_TIMEOUT(healthOf("books"), int(Health::Healthy), patience);
        QCOMPARE(healthOf("hardware"), int(Health::Degraded));
        QCOMPARE(healthOf("glass"), int(Health::Failed));
        QVERIFY(!m_model->awaitsFacts());
        kubectl({QStringLiteral("patch"), QStringLiteral("orders"), QStringLiteral("hardware"), QStringLiteral("-n"), QStringLiteral("shop"),
            QStringLiteral("--subresource=status"), QStringLiteral("--type=merge"), QStringLiteral("-p"),
            json(QStringLiteral("{'status':{'conditions':[{'type':'Ready','status':'True'}]}}"))});
        QTRY_COMPARE_WITH_TIMEOUT(healthOf("hardware"), int(Health::Healthy), patience);
        QCOMPARE(m_model->store()->listRequests(), 2); // the rows, then their facts; the rest is the watch's
    }

    // Regions have no status at all.
    void whatHasNoConditionsIsUnknown()
    {
        open(QStringLiteral("admin"), {"fleet.example.com", "v1", "regions"}, "Region", false, {});
        QTRY_VERIFY_WITH_TIMEOUT(m_model->rowCount() > 0 && m_model->state().phase == kube::Phase::Live && !m_model->awaitsFacts(), patience);
        for (int row = 0; row < m_model->rowCount(); ++row)
            QCOMPARE(m_model->index(row, 0).data(TableModel::HealthRole).toInt(), int(Health::Unknown));
    }

    // A definition that prints its condition needs no second list.
    void printedConditionsSuffice()
    {
        define(QStringLiteral("printed"), "[{'name':'Ready','type':'string','jsonPath':'.status.conditions[?(@.type==`Ready`)].status'}]");
        kubectl({QStringLiteral("patch"), QStringLiteral("printed"), QStringLiteral("one"), QStringLiteral("--subresource=status"),
            QStringLiteral("--type=merge"), QStringLiteral("-p"),
            json(QStringLiteral("{'status':{'conditions':[{'type':'Ready','status':'False'}]}}"))});
        open(QStringLiteral("admin"), {"test.example.com", "v1", "printed"}, "Printed", false, {});
        QTRY_COMPARE_WITH_TIMEOUT(healthOf("one"), int(Health::Degraded), patience);
        QCOMPARE(m_model->store()->listRequests(), 1);
    }

    void aKindVanishesWhileItIsShown()
    {
        define(QStringLiteral("fleeting"), "[]");
        open(QStringLiteral("admin"), {"test.example.com", "v1", "fleeting"}, "Fleeting", false, {});
        QTRY_COMPARE_WITH_TIMEOUT(m_model->rowCount(), 1, patience);
        kubectl({QStringLiteral("delete"), QStringLiteral("crd"), QStringLiteral("fleeting.test.example.com")});
        QTRY_COMPARE_WITH_TIMEOUT(int(standing().what), int(TableStanding::What::Ended), patience);
        QCOMPARE(standing().error->code, Code::NotFound);
        QVERIFY(standing().whole);
        // Who looks again sees what has come back.
        define(QStringLiteral("fleeting"), "[]");
        m_model->store()->retry();
        QTRY_COMPARE_WITH_TIMEOUT(int(standing().what), int(TableStanding::What::Content), patience);
        QCOMPARE(m_model->rowCount(), 1);
    }

    // A watch that runs is not ended by the server when rights go; the next list is refused, and what was read stays.
    void rightsAreLostAndComeBack()
    {
        const QByteArray answer = m_cluster->kubectl({QStringLiteral("get"), QStringLiteral("rolebindings"), QStringLiteral("-n"),
            QStringLiteral("team-a"), QStringLiteral("-o"), QStringLiteral("json")});
        const QJsonArray bindings = QJsonDocument::fromJson(answer).object()[QLatin1String("items")].toArray();
        QVERIFY(!bindings.isEmpty());
        open(QStringLiteral("dev"), {"", "v1", "configmaps"}, "ConfigMap", true, "team-a");
        QTRY_COMPARE_WITH_TIMEOUT(int(standing().what), int(TableStanding::What::Content), patience);
        const int rows = m_model->rowCount();
        QVERIFY(rows > 0);
        kubectl({QStringLiteral("delete"), QStringLiteral("rolebindings"), QStringLiteral("--all"), QStringLiteral("-n"), QStringLiteral("team-a")});
        QVERIFY(m_cluster->ctl(QStringLiteral("kill-apiserver"))); // the watch ends
        QVERIFY(m_cluster->ctl(QStringLiteral("start-apiserver")));
        QTRY_VERIFY_WITH_TIMEOUT(m_model->state().why && m_model->state().why->code == Code::Forbidden, patience);
        QVERIFY(standing().stale);
        QCOMPARE(int(standing().what), int(TableStanding::What::Content));
        QCOMPARE(m_model->rowCount(), rows);
        for (const auto &each : bindings) {
            QJsonObject binding = each.toObject();
            const QJsonValue name = binding[QLatin1String("metadata")].toObject()[QLatin1String("name")];
            binding[QLatin1String("metadata")] = QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("namespace"), QStringLiteral("team-a")}};
            apply(QString::fromUtf8(QJsonDocument(binding).toJson()));
        }
        QTRY_VERIFY_WITH_TIMEOUT((m_model->store()->retry(), !standing().stale), patience);
        QCOMPARE(m_model->rowCount(), rows);
    }

private:
    void kubectl(const QStringList &arguments) { (void)m_cluster->kubectl(arguments); }
    void apply(const QString &object)
    {
        (void)m_cluster->kubectl({QStringLiteral("apply"), QStringLiteral("--server-side"), QStringLiteral("--force-conflicts"), QStringLiteral("-f"),
                                     QStringLiteral("-")},
            object.toUtf8());
    }

    /// A kind without namespaces in the group test.example.com, and one object of it.
    void define(const QString &plural, const char *columns)
    {
        const QString kind = plural[0].toUpper() + plural.mid(1);
        apply(json(
            QStringLiteral("{'apiVersion':'apiextensions.k8s.io/v1','kind':'CustomResourceDefinition','metadata':{'name':'%1.test.example.com'},"
                           "'spec':{'group':'test.example.com','scope':'Cluster','names':{'plural':'%1','singular':'%1','kind':'%2'},'versions':[{"
                           "'name':'v1','served':true,'storage':true,'subresources':{'status':{}},'additionalPrinterColumns':%3,"
                           "'schema':{'openAPIV3Schema':{'type':'object','x-kubernetes-preserve-unknown-fields':true}}}]}}")
                .arg(plural, kind, QLatin1String(columns))));
        kubectl({QStringLiteral("wait"), QStringLiteral("--for=condition=Established"), QStringLiteral("crd/%1.test.example.com").arg(plural)});
        const bool there = QTest::qWaitFor(
            [&] {
                apply(json(QStringLiteral("{'apiVersion':'test.example.com/v1','kind':'%1','metadata':{'name':'one'}}").arg(kind)));
                return !m_cluster->kubectl({QStringLiteral("get"), plural, QStringLiteral("one")}).isEmpty();
            },
            patience);
        QVERIFY(there);
    }

    void open(const QString &user, const kube::GroupVersionResource &id, const std::string &kind, bool namespaced, const std::string &space)
    {
        m_transport = std::make_unique<net::CurlTransport>(m_cluster->endpoint(user));
        m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, m_cluster->endpoint(user).address(),
            [](const kube::GroupVersionResource &each) { return kinds::kindOf(each.group, each.resource).projection(); });
        m_model = std::make_unique<TableModel>(m_session->clock());
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        const kube::Scope scope = space.empty() ? kube::Scope::all() : kube::Scope::of({space});
        m_model->show(m_session->store({.resource = id, .scope = scope, .selector = {}}),
            {.id = id, .kind = kind, .verbs = {"get", "list", "watch"}, .namespaced = namespaced, .preferred = true});
    }

    [[nodiscard]] TableStanding standing() const
    {
        return TableStanding::of(m_model->state(), std::size_t(m_model->rowCount()), std::size_t(m_model->rowCount()));
    }
    /// -1: it is not there, or nothing can be told.
    [[nodiscard]] int healthOf(const char *name) const
    {
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QVariant health = m_model->index(row, 0).data(TableModel::HealthRole);
            if (m_model->itemAt(row)->name() == name && health.isValid())
                return health.toInt();
        }
        return -1;
    }

    std::unique_ptr<LiveCluster> m_cluster;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<kube::Session> m_session;
    std::unique_ptr<TableModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

QTEST_GUILESS_MAIN(TableLiveTest)
#include "tst_table_live.moc"
