// SPDX-License-Identifier: GPL-3.0-or-later
// Discovery and names against a real API server, with kubectl as the judge. On a cluster of its own, since it makes kinds.
#include "kube/client.h"
#include "kube/discovery.h"
#include "kube/net/curltransport.h"
#include "kube/resourcenames.h"
#include "support/livecluster.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace fairlead;
using namespace fairlead::kube;

namespace {

constexpr int patience = 30'000; // ms, for what takes well under a second here

// Kinds of one's own that come close to the server's; tests/unit/tst_resourcenames.cpp has the same ones.
QByteArray definition(
    const char *group, const char *plural, const char *singular, const char *kind, const char *shortNames, const char *categories, bool beta = false)
{
    const QByteArray version = R"(, "served": true, "schema": {"openAPIV3Schema": {"type": "object"}}})";
    QByteArray versions = R"({"name": "v1", "storage": true)" + version;
    if (beta)
        versions += R"(, {"name": "v1beta1", "storage": false)" + version;
    return QByteArray(R"({"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": ")") + plural + "." +
           group + R"("}, "spec": {"scope": "Namespaced", "group": ")" + group + R"(", "names": {"plural": ")" + plural + R"(", "singular": ")" +
           singular + R"(", "kind": ")" + kind + R"(", "shortNames": [)" + shortNames + R"(], "categories": [)" + categories + "]}, \"versions\": [" +
           versions + "]}}\n";
}

QByteArray ownKinds()
{
    return definition("apps.example.test", "deployments", "deployment", "Deployment", R"("deploy", "dpl")", "") +
           definition("example.test", "widgets", "widget", "Widget", R"("wd", "pods", "sts")", R"("all", "gadgets")", true) +
           definition("example.test", "crates", "crate", "FooBar", "", R"("gadgets")") + definition("short.example.test", "cj", "cjay", "Cj", "", "");
}

QString joined(const std::vector<std::string> &texts)
{
    QStringList out;
    for (const std::string &text : texts)
        out << QString::fromStdString(text);
    return out.join(QLatin1Char(','));
}

// As a server that does not know the aggregated form would answer: the real one's old documents.
class OldServer : public net::Transport {
public:
    explicit OldServer(net::Transport &real)
        : m_real(real)
    {
    }
    [[nodiscard]] net::Ticket start(net::Request request, net::Sink sink) override
    {
        request.accept = "application/json";
        return m_real.start(std::move(request), std::move(sink));
    }
    void cancel(net::Ticket ticket) override { m_real.cancel(ticket); }
    [[nodiscard]] net::Capabilities can() const override { return m_real.can(); }

private:
    net::Transport &m_real;
};

// One user's way to the cluster.
struct World {
    explicit World(net::Endpoint endpoint, bool old = false)
        : server(endpoint.address())
        , transport(std::move(endpoint))
        , oldServer(transport)
        , client(old ? static_cast<net::Transport &>(oldServer) : transport, dispatcher, pool, server)
        , discovery(client, clock)
    {
    }

    OfferPtr ask(Reply<OfferPtr> reply)
    {
        bool done = false;
        OfferPtr offer;
        reply.then(&discovery, [&](Result<OfferPtr> result) {
            done = true;
            if (result)
                offer = *result;
            else
                qWarning("%s", result.error().text().c_str());
        });
        return QTest::qWaitFor([&] { return done; }, patience) ? offer : nullptr;
    }

    SystemClock clock;
    Dispatcher dispatcher;
    QThreadPool pool;
    const std::string server;
    net::CurlTransport transport;
    OldServer oldServer;
    Client client;
    Discovery discovery;
};

bool has(const OfferPtr &offer, const char *plural, const char *group)
{
    return offer && std::any_of(offer->resources.begin(), offer->resources.end(),
                        [&](const Resource &each) { return each.id.resource == plural && each.id.group == group; });
}

} // namespace

class DiscoveryLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<test::LiveCluster>(QStringLiteral("disco"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        QVERIFY(!m_cluster->kubectl({QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}, ownKinds()).isEmpty());
        QVERIFY(
            !m_cluster
                 ->kubectl({QStringLiteral("wait"), QStringLiteral("--for=condition=Established"), QStringLiteral("crd"), QStringLiteral("--all")})
                 .isEmpty());
        // Established comes before discovery knows it.
        World admin(m_cluster->endpoint());
        QTRY_VERIFY_WITH_TIMEOUT(has(admin.ask(admin.discovery.reload()), "cj", "short.example.test"), patience);
        m_offer = admin.discovery.offer();
    }
    void cleanupTestCase() { m_cluster.reset(); }

    void offersWhatKubectlLists_data()
    {
        QTest::addColumn<QString>("user");
        QTest::addColumn<bool>("old");
        QTest::newRow("admin") << QStringLiteral("admin") << false;
        QTest::newRow("dev") << QStringLiteral("dev") << false;
        QTest::newRow("viewer") << QStringLiteral("viewer") << false;
        QTest::newRow("admin, legacy documents") << QStringLiteral("admin") << true;
    }
    void offersWhatKubectlLists()
    {
        QFETCH(QString, user);
        QFETCH(bool, old);
        const Answer kubectl = ask({QStringLiteral("api-resources"), QStringLiteral("-o"), QStringLiteral("wide")}, user);
        QCOMPARE(kubectl.code, 0);
        QStringList lines = kubectl.output.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        const QString header = lines.takeFirst();
        QStringList theirs;
        for (const QString &line : lines) {
            QStringList cells;
            const QStringList names{QStringLiteral("NAME"), QStringLiteral("SHORTNAMES"), QStringLiteral("APIVERSION"), QStringLiteral("NAMESPACED"),
                QStringLiteral("KIND"), QStringLiteral("VERBS"), QStringLiteral("CATEGORIES")};
            for (int i = 0; i < names.size(); ++i) {
                const auto begin = header.indexOf(names[i]);
                const auto end = i + 1 < names.size() ? header.indexOf(names[i + 1]) : line.size();
                cells << line.mid(begin, end - begin).trimmed();
            }
            theirs << cells.join(QLatin1Char('|'));
        }

        World world(m_cluster->endpoint(user), old);
        QElapsedTimer timer;
        timer.start();
        const OfferPtr offer = world.ask(world.discovery.load());
        qInfo("discovery took %lld ms, with the connection", static_cast<long long>(timer.elapsed()));
        QVERIFY(offer);
        QVERIFY(offer->broken.empty());
        QStringList ours;
        for (const Resource &each : offer->resources) {
            if (!each.preferred || each.verbs.empty())
                continue;
            const std::string version = each.id.group.empty() ? each.id.version : each.id.group + "/" + each.id.version;
            ours << QStringList{QString::fromStdString(each.id.resource), joined(each.shortNames), QString::fromStdString(version),
                each.namespaced ? QStringLiteral("true") : QStringLiteral("false"), QString::fromStdString(each.kind), joined(each.verbs),
                joined(each.categories)}
                        .join(QLatin1Char('|'));
        }
        ours.sort();
        theirs.sort();
        QVERIFY(ours.size() >= 60);
        QCOMPARE(ours, theirs);
    }

    void namesMeanWhatTheyMeanToKubectl_data()
    {
        QTest::addColumn<QString>("typed");
        const QStringList spellings{
            // plural, singular, kind, short, in all cases
            QStringLiteral(
                "pods pod po Pod Pods POD PO pOd deployments Deployment deploy DEPLOYMENTS Deploy services svc Service nodes no namespaces ns"),
            QStringLiteral("configmaps cm secrets Secret events ev event endpoints ep endpoint ing ingress Ingress netpol pvc pv sa quota limits"),
            QStringLiteral("cj cronjob cronjobs jobs job hpa pdb sc storageclass crd crds customresourcedefinition csr pc rs sts ds rc"),
            // with a group, with a version, with a part of a group
            QStringLiteral(
                "deployments.apps deployment.apps deploy.apps Deployment.apps deployments.v1.apps Deployment.v1.apps deploy.v1.apps deploy.v9.apps"),
            QStringLiteral(
                "deployments.v9.apps deployments.app deploy.app deployments.v1.app pods.v1. pod.v1. pods.v1 pods.v2. pods. pods.apps po.v1. po.v2."),
            QStringLiteral("events.events.k8s.io ev.events.k8s.io events.events events.v1.events.k8s.io events.v1."),
            QStringLiteral("hpa.v1.autoscaling horizontalpodautoscalers.v1.autoscaling horizontalpodautoscaler.v2.autoscaling hpa.autoscal"),
            QStringLiteral(
                "storageclass.storage sc.storage storageclasses.storage.k8s.io storageclasses.v1.storage.k8s.io sc.storage.k8s.io cj.batch"),
            // kinds of one's own that collide
            QStringLiteral("widgets widget wd Widget widgets.example.test widgets.v1beta1.example.test Widget.v1beta1.example.test "
                           "wd.v1beta1.example.test wd.example"),
            QStringLiteral(
                "crates crate FooBar foobar FooBar.example.test FooBar.v1.example.test foobar.example.test fooBar.example.test FooBar.example"),
            QStringLiteral(
                "deployments.apps.example.test deploy.apps.example.test deployments.apps.e dpl dpl.apps sts.example.test pods.example.test cjay Cj"),
            // what kubectl believes in, and nobody else
            QStringLiteral("podlist PodList podlists list List deploymentlist.apps status"),
            // several, and categories
            QStringLiteral("pods,svc svc,po,pods,service pods,nosuch pods, all gadgets Gadgets ALL all,pods po,gadgets,wd api-extensions"),
            QStringLiteral("nosuch nosuch.v1.example.test . .. x.y a\"b componentstatuses cs bindings"),
        };
        for (const QString &line : spellings) {
            for (const QString &typed : line.split(QLatin1Char(' ')))
                QTest::newRow(typed.toUtf8().constData()) << typed;
        }
    }
    void namesMeanWhatTheyMeanToKubectl()
    {
        QFETCH(QString, typed);
        const Answer kubectl = ask({QStringLiteral("get"), typed, QStringLiteral("-v=6")}, QStringLiteral("admin"));
        const auto found = resolveResources(*m_offer, typed.toStdString());
        const QString unknown = QStringLiteral("error: the server doesn't have a resource type ");
        if (!found) {
            const QString ours = QStringLiteral("error: ") + QString::fromStdString(found.error().message);
            QVERIFY2(kubectl.messages.contains(ours + QLatin1Char('\n')), qPrintable(ours + QLatin1Char('\n') + kubectl.messages));
            return;
        }
        QVERIFY2(!kubectl.messages.contains(unknown), qPrintable(kubectl.messages));
        QStringList ours;
        for (const Resource &each : *found)
            ours << QString::fromStdString(collectionPath(each.id, each.namespaced ? "default" : ""));
        QStringList theirs;
        static const QRegularExpression listed(QStringLiteral("verb=\"GET\" url=\"https://[^/]+([^?\"]+)\\?limit=500\""));
        for (auto matches = listed.globalMatch(kubectl.messages); matches.hasNext();)
            theirs << matches.next().captured(1);
        QCOMPARE(ours, theirs);
    }

    void kindsThatComeAndGoAreNoticed_data()
    {
        QTest::addColumn<QString>("user");
        QTest::newRow("admin") << QStringLiteral("admin");
        QTest::newRow("viewer") << QStringLiteral("viewer");
    }
    void kindsThatComeAndGoAreNoticed()
    {
        QFETCH(QString, user);
        World world(m_cluster->endpoint(user));
        QVERIFY(world.ask(world.discovery.load()));
        QSignalSpy changed(&world.discovery, &Discovery::changed);
        world.discovery.follow();
        const auto noticed = [&](const char *plural, const char *group, bool there) {
            QElapsedTimer timer;
            timer.start();
            const bool yes = QTest::qWaitFor([&] { return has(world.discovery.offer(), plural, group) == there; }, patience);
            qInfo("%s.%s %s after %lld ms", plural, group, there ? "came" : "went", static_cast<long long>(timer.elapsed()));
            return yes;
        };
        // A new group; then a second kind in it, which makes no new APIService.
        QVERIFY(!m_cluster
                     ->kubectl(
                         {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}, definition("farm.test", "cows", "cow", "Cow", "", ""))
                     .isEmpty());
        QVERIFY(noticed("cows", "farm.test", true));
        QVERIFY(changed.count() >= 1);
        const auto before = changed.count();
        QVERIFY(!m_cluster
                     ->kubectl(
                         {QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}, definition("farm.test", "hens", "hen", "Hen", "", ""))
                     .isEmpty());
        QVERIFY(noticed("hens", "farm.test", true));
        QVERIFY(changed.count() > before);
        QVERIFY(!m_cluster->kubectl({QStringLiteral("delete"), QStringLiteral("crd"), QStringLiteral("cows.farm.test")}).isEmpty());
        QVERIFY(noticed("cows", "farm.test", false));
        QVERIFY(has(world.discovery.offer(), "hens", "farm.test"));
        QVERIFY(!m_cluster->kubectl({QStringLiteral("delete"), QStringLiteral("crd"), QStringLiteral("hens.farm.test")}).isEmpty());
        QVERIFY(noticed("hens", "farm.test", false));
        // The last signal told the last state.
        QCOMPARE(qvariant_cast<OfferPtr>(changed.last().first()), world.discovery.offer());
    }

    void anApiWithoutItsServerHidesNoOther()
    {
        World world(m_cluster->endpoint());
        const OfferPtr before = world.ask(world.discovery.load());
        QVERIFY(before && before->broken.empty());
        world.discovery.follow();
        const QByteArray service = R"({"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": "v1.lost.test"}, "spec":
            {"group": "lost.test", "version": "v1", "groupPriorityMinimum": 100, "versionPriority": 100, "service": {"name": "nobody", "namespace": "default"}}})";
        QVERIFY(!m_cluster->kubectl({QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}, service).isEmpty());
        const auto broken = [&] { return world.discovery.offer()->broken.size(); };
        QTRY_COMPARE_WITH_TIMEOUT(broken(), std::size_t(1), patience);
        QVERIFY(world.discovery.offer()->broken[0].message.starts_with("lost.test/v1: "));
        QVERIFY(world.discovery.offer()->resources == before->resources);
        World old(m_cluster->endpoint(), true);
        const OfferPtr legacy = old.ask(old.discovery.load());
        QVERIFY(legacy);
        QCOMPARE(legacy->broken.size(), std::size_t(1));
        QCOMPARE(legacy->broken[0].code, Code::Unavailable);
        QCOMPARE(legacy->resources.size(), before->resources.size());
        QVERIFY(!m_cluster->kubectl({QStringLiteral("delete"), QStringLiteral("apiservice"), QStringLiteral("v1.lost.test")}).isEmpty());
        QTRY_COMPARE_WITH_TIMEOUT(broken(), std::size_t(0), patience);
    }

private:
    struct Answer {
        int code = -1;
        QString output;
        QString messages;
    };
    Answer ask(QStringList arguments, const QString &user) const
    {
        arguments = QStringList{QStringLiteral("--kubeconfig"), QString::fromStdString(m_cluster->file(user + QStringLiteral(".kubeconfig"))),
                        QStringLiteral("--cache-dir"), m_cache.path() + QLatin1Char('/') + user} +
                    arguments;
        QProcess process;
        process.start(m_cluster->program(QStringLiteral("kubectl")), arguments);
        Answer answer;
        if (process.waitForFinished(60'000)) {
            answer.code = process.exitCode();
            answer.output = QString::fromUtf8(process.readAllStandardOutput());
            answer.messages = QString::fromUtf8(process.readAllStandardError());
        }
        return answer;
    }

    std::unique_ptr<test::LiveCluster> m_cluster;
    QTemporaryDir m_cache;
    OfferPtr m_offer;
};

QTEST_GUILESS_MAIN(DiscoveryLiveTest)
#include "tst_discovery_live.moc"
