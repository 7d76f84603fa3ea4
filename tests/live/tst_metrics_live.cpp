// SPDX-License-Identifier: GPL-3.0-or-later
// What pods and nodes use, by a real metrics server: our words are those of `kubectl top`, the window's Overview sums them up; a metrics server that
// hangs or is gone delays no table.
#include "base/settings.h"
#include "items/tablemodel.h"
#include "kinds/kinds.h"
#include "kube/net/curltransport.h"
#include "kube/session.h"
#include "metrics/usagefeed.h"
#include "support/livecluster.h"
#include "support/noclusters.h"
#include "ui/overview/overviewpage.h"
#include "ui/overview/spaceschart.h"
#include "ui/overview/tile.h"
#include "ui/overview/tilebar.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <map>
#include <memory>
#include <optional>
#include <unistd.h>

using namespace fairlead;
using namespace fairlead::metrics;
using namespace fairlead::test;
using items::TableModel;
using Phase = UsageFeed::Phase;

namespace {

constexpr int patience = 120'000; // ms: two rounds of the metrics server, on a busy machine
const QByteArray busy = R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"busy","namespace":"team-a"},"spec":{"terminationGracePeriodSeconds":0,
"containers":[{"name":"one","image":"busybox:1.36","command":["sh","-c","while :; do :; done"],"resources":{"limits":{"cpu":"150m","memory":"64Mi"}}},
{"name":"two","image":"busybox:1.36","command":["sh","-c","sleep 9999"],"resources":{"limits":{"cpu":"50m","memory":"32Mi"}}}]}})";

/// By "namespace/name": "12m 34Mi".
using Words = std::map<std::string, std::string>;

} // namespace

class MetricsLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (::geteuid() != 0)
            QSKIP("needs root: a real node");
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("metrics"), QStringList{QStringLiteral("--real-node"), QStringLiteral("--metrics")});
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        (void)m_cluster->kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, busy);
        QTRY_VERIFY_WITH_TIMEOUT(top(podKind()).count("team-a/busy") == 1, patience);
    }
    void cleanupTestCase() { m_cluster.reset(); }
    void init() { open(QStringLiteral("admin")); }
    void cleanup()
    {
        m_feed.reset();
        m_session.reset();
        m_transport.reset();
        m_pool.waitForDone();
    }

    void podsAreThoseOfKubectlTop() { compare(podKind()); }
    void nodesAreThoseOfKubectlTop() { compare(nodeKind()); }
    void whatIsToldIsWhatTheServerSays();
    void theSeriesGrowsByWindows();
    void theTableHasColumnsAndBars();
    void theOverviewSumsThemUp();
    void whoMayNotIsTold();
    void aServerThatHangsDelaysNoTable();
    void aServerThatIsGoneAndComesBack();

private:
    static const kinds::UsageKind &podKind() { return *kinds::usageKindOf("", "pods"); }
    static const kinds::UsageKind &nodeKind() { return *kinds::usageKindOf("", "nodes"); }

    void open(const QString &user)
    {
        m_feed.reset();
        m_session.reset();
        m_transport = std::make_unique<net::CurlTransport>(m_cluster->endpoint(user));
        m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, m_cluster->endpoint(user).address(),
            [](const kube::GroupVersionResource &each) { return kinds::kindOf(each.group, each.resource).projection(); });
    }
    UsageFeed &watch(const kinds::UsageKind &kind, const kube::Scope &scope = kube::Scope::all(), const std::string &name = {})
    {
        m_feed = std::make_unique<UsageFeed>(m_session->client(), m_session->discovery(), m_session->clock());
        m_feed->setShown(true);
        m_feed->watch(kind, scope, name);
        return *m_feed;
    }
    [[nodiscard]] Words top(const kinds::UsageKind &kind) const
    {
        QStringList command = {
            QStringLiteral("top"), QString::fromUtf8(kind.resource.data(), qsizetype(kind.resource.size())), QStringLiteral("--no-headers")};
        if (kind.namespaced)
            command << QStringLiteral("-A");
        Words words;
        for (const QByteArray &line : m_cluster->kubectl(command).split('\n')) {
            const QList<QByteArray> parts = line.simplified().split(' ');
            if (kind.namespaced && parts.size() >= 4)
                words[(parts[0] + '/' + parts[1]).toStdString()] = (parts[2] + ' ' + parts[3]).toStdString();
            else if (!kind.namespaced && parts.size() >= 5) // NAME CPU CPU% MEMORY MEMORY%
                words[parts[0].toStdString()] = (parts[1] + ' ' + parts[3]).toStdString();
        }
        return words;
    }
    [[nodiscard]] static Words ours(const UsageFeed &feed, const Words &names)
    {
        Words words;
        for (const auto &[name, text] : names) {
            const std::size_t slash = name.find('/');
            const std::string space = slash == std::string::npos ? std::string() : name.substr(0, slash);
            if (const Usage *const usage = feed.usages()->of(space, slash == std::string::npos ? name : name.substr(slash + 1)))
                words[name] = cpuText(usage->nanoCores) + " " + memoryText(usage->bytes);
        }
        return words;
    }
    void compare(const kinds::UsageKind &kind)
    {
        // Between the two a window may end: ours is then one of both.
        Words before;
        Words own;
        Words after;
        for (int i = 0; i < 5; ++i) {
            before = top(kind);
            UsageFeed &feed = watch(kind);
            QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Known, patience);
            after = top(kind);
            own = ours(feed, after);
            QVERIFY(!own.empty());
            QCOMPARE(feed.usages()->size(), after.size());
            if (own == before || own == after)
                return;
        }
        for (const auto &[name, text] : after)
            QCOMPARE(QString::fromStdString(name + " " + own[name]), QString::fromStdString(name + " " + text));
        QCOMPARE(own, before);
    }
    /// Of all pods, by namespace, as the server tells it to another reader than ours: cores and bytes.
    [[nodiscard]] std::map<QString, kinds::Amounts> usedBySpace() const
    {
        std::map<QString, kinds::Amounts> spaces;
        const QByteArray raw =
            m_cluster->kubectl({QStringLiteral("get"), QStringLiteral("--raw"), QStringLiteral("/apis/metrics.k8s.io/v1beta1/pods")});
        for (const QJsonValue pod : QJsonDocument::fromJson(raw).object()[QLatin1String("items")].toArray()) {
            kinds::Amounts &sum = spaces[pod[QLatin1String("metadata")][QLatin1String("namespace")].toString()];
            for (const QJsonValue container : pod[QLatin1String("containers")].toArray()) {
                const QString cpu = container[QLatin1String("usage")][QLatin1String("cpu")].toString();
                const QString memory = container[QLatin1String("usage")][QLatin1String("memory")].toString();
                sum.cpu += cpu.chopped(cpu == QLatin1String("0") ? 0 : 1).toDouble() / 1e9;
                sum.memory += memory.chopped(2).toDouble() * 1024;
            }
        }
        return spaces;
    }
    [[nodiscard]] int serverPid() const
    {
        return QJsonDocument::fromJson(QByteArray::fromStdString(m_cluster->text(QStringLiteral("processes/metrics-server.json"))))
            .object()[QLatin1String("pid")]
            .toInt();
    }
    /// Milliseconds until a new session has all pods.
    [[nodiscard]] qint64 listsPods()
    {
        QElapsedTimer timer;
        timer.start();
        TableModel rows(m_session->clock());
        rows.show(m_session->store({.resource = {"", "v1", "pods"}, .scope = kube::Scope::all(), .selector = {}}),
            {.id = {"", "v1", "pods"}, .kind = "Pod", .verbs = {"get", "list", "watch"}, .namespaced = true, .preferred = true});
        (void)QTest::qWaitFor([&rows] { return rows.state().phase == kube::Phase::Live && rows.rowCount() > 0; }, patience);
        return timer.elapsed();
    }

    std::unique_ptr<LiveCluster> m_cluster;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<kube::Session> m_session;
    std::unique_ptr<UsageFeed> m_feed;
};

void MetricsLiveTest::whatIsToldIsWhatTheServerSays()
{
    // One pod, whole: its containers' sum, the window's end and its length, by another reader than ours.
    for (int i = 0; i < 5; ++i) {
        UsageFeed &feed = watch(podKind(), kube::Scope::of({"team-a"}), "busy");
        QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Known, patience);
        const QByteArray raw = m_cluster->kubectl(
            {QStringLiteral("get"), QStringLiteral("--raw"), QStringLiteral("/apis/metrics.k8s.io/v1beta1/namespaces/team-a/pods/busy")});
        const QJsonObject told = QJsonDocument::fromJson(raw).object();
        const Usage *const usage = feed.usages()->of("team-a", "busy");
        QVERIFY2(usage != nullptr, raw.constData());
        if (usage->at != parseTime(told[QLatin1String("timestamp")].toString().toStdString()))
            continue; // another window meanwhile
        std::int64_t nanoCores = 0;
        std::int64_t kibibytes = 0;
        for (const QJsonValue container : told[QLatin1String("containers")].toArray()) {
            const QString cpu = container[QLatin1String("usage")][QLatin1String("cpu")].toString();
            const QString memory = container[QLatin1String("usage")][QLatin1String("memory")].toString();
            QVERIFY2(cpu.endsWith(QLatin1Char('n')) || cpu == QLatin1String("0"), qPrintable(cpu));
            QVERIFY2(memory.endsWith(QLatin1String("Ki")), qPrintable(memory));
            nanoCores += cpu.chopped(cpu == QLatin1String("0") ? 0 : 1).toLongLong();
            kibibytes += memory.chopped(2).toLongLong();
        }
        QCOMPARE(usage->nanoCores, nanoCores);
        QCOMPARE(usage->bytes, kibibytes * 1024);
        QVERIFY(nanoCores > 50'000'000); // it turns in circles, under a limit
        QVERIFY(usage->window > std::chrono::seconds(5) && usage->window < std::chrono::seconds(60));
        return;
    }
    QFAIL("in five tries another window each time");
}

void MetricsLiveTest::theSeriesGrowsByWindows()
{
    UsageFeed &feed = watch(podKind(), kube::Scope::of({"team-a"}), "busy");
    QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Known, patience);
    const Moment first = *feed.usages()->newest();
    QTRY_VERIFY_WITH_TIMEOUT(feed.usages()->newest() && *feed.usages()->newest() > first, patience);
    QVERIFY(feed.pause() >= UsageFeed::least && feed.pause() <= UsageFeed::most);
}

void MetricsLiveTest::theTableHasColumnsAndBars()
{
    TableModel rows(m_session->clock());
    const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::Fatal);
    rows.show(m_session->store({.resource = {"", "v1", "pods"}, .scope = kube::Scope::of({"team-a"}), .selector = {}}),
        {.id = {"", "v1", "pods"}, .kind = "Pod", .verbs = {"get", "list", "watch"}, .namespaced = true, .preferred = true});
    UsageFeed &feed = watch(podKind(), kube::Scope::of({"team-a"}));
    connect(&feed, &UsageFeed::changed, &rows, [&] {
        rows.setUsageColumns(feed.isOffered());
        rows.setUsages(feed.usages());
    });
    const auto cell = [&rows](const char *column, int role) {
        const int at = rows.columnNamed(column);
        return rows.rowCount() == 1 && at >= 0 ? rows.index(0, at).data(role) : QVariant();
    };
    // The bar needs what the pod may use: facts, which come by themselves.
    QTRY_VERIFY_WITH_TIMEOUT(cell("Memory", TableModel::BarRole).isValid(), patience);
    const Usage *const usage = feed.usages()->of("team-a", "busy");
    QVERIFY(usage != nullptr);
    QCOMPARE(cell("CPU", Qt::DisplayRole).toString(), QString::fromStdString(cpuText(usage->nanoCores)));
    QCOMPARE(cell("Memory", Qt::DisplayRole).toString(), QString::fromStdString(memoryText(usage->bytes)));
    QCOMPARE(cell("Memory", TableModel::BarRole).toDouble(), double(usage->bytes) / (96 << 20));
}

void MetricsLiveTest::theOverviewSumsThemUp()
{
    ui::Theme theme(ui::Scheme::Light);
    theme.applyTo(*qApp);
    Settings settings{QString()};
    NoClusters clusters;
    auto cluster = std::make_shared<contexts::OpenCluster>();
    cluster->space = "default";
    cluster->session = std::shared_ptr<kube::Session>(m_session.get(), [](kube::Session *) { /* the test's */ });
    ui::OverviewPage page(ui::PageContext{theme, settings, clusters, cluster, kube::Scope::all()}, ui::Destination{.page = "overview"});
    page.resize(1280, 800);
    page.show();
    const auto &tiles = *page.findChild<ui::TileBar *>();
    const auto &chart = *page.findChild<ui::SpacesChart *>();
    const auto used = [&chart](const QString &space) {
        const auto row = std::find_if(chart.rows().begin(), chart.rows().end(), [&space](const auto &each) { return each.name == space; });
        return row == chart.rows().end() ? std::optional<double>() : row->used;
    };
    QTRY_COMPARE_WITH_TIMEOUT(tiles.tile(4).facts().unit, QStringLiteral("used"), patience);
    // A window may end between what the page was told and what is asked here: a later look agrees.
    std::map<QString, kinds::Amounts> told;
    const auto agrees = [&] {
        told = usedBySpace();
        return told.contains(QStringLiteral("team-a")) && std::all_of(told.begin(), told.end(), [&](const auto &each) {
            const std::optional<double> own = used(each.first);
            return own && std::abs(*own - each.second.cpu) < 1e-6;
        });
    };
    QVERIFY2(QTest::qWaitFor(agrees, patience), qPrintable(QStringLiteral("of %1 namespaces").arg(told.size())));
    QVERIFY(used(QStringLiteral("team-a")).value_or(0) > 0.05); // it turns in circles
    kinds::Amounts sum;
    for (const auto &[space, amounts] : told) {
        sum.cpu += amounts.cpu;
        sum.memory += amounts.memory;
    }
    QVERIFY2(std::abs(tiles.tile(4).facts().figure.toDouble() - sum.cpu) < 0.06, qPrintable(tiles.tile(4).facts().figure));
    QVERIFY2(tiles.tile(4).facts().parts[0].words.startsWith(QStringLiteral("used ")), qPrintable(tiles.tile(4).facts().parts[0].words));
    QVERIFY2(tiles.tile(5).facts().unit.endsWith(QStringLiteral(" used")), qPrintable(tiles.tile(5).facts().unit));
    QVERIFY(std::abs(tiles.tile(5).facts().parts[0].share - sum.memory) < 1024);
}

void MetricsLiveTest::whoMayNotIsTold()
{
    open(QStringLiteral("dev"));
    UsageFeed &feed = watch(podKind(), kube::Scope::of({"team-b"}));
    QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Failing, patience);
    QCOMPARE(feed.why()->code, Code::Forbidden);
    QVERIFY(feed.usages() == nullptr);
}

void MetricsLiveTest::aServerThatHangsDelaysNoTable()
{
    const qint64 quick = listsPods();
    open(QStringLiteral("admin"));
    QVERIFY(serverPid() > 1);
    QCOMPARE(::kill(serverPid(), SIGSTOP), 0);
    UsageFeed &feed = watch(podKind());
    QTRY_VERIFY_WITH_TIMEOUT(m_session->discovery().offer() != nullptr, patience);
    const qint64 beside = listsPods();
    const Phase phaseBeside = feed.phase();
    QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Failing, patience);
    QCOMPARE(::kill(serverPid(), SIGCONT), 0);
    QVERIFY2(beside < quick + 3000, qPrintable(QStringLiteral("%1 ms, else %2").arg(beside).arg(quick)));
    QVERIFY(phaseBeside == Phase::Asking || phaseBeside == Phase::Failing);
    QVERIFY2(feed.why()->code == Code::Timeout || feed.why()->code == Code::Unavailable, name(feed.why()->code).data());
    QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Known, 2 * patience);
}

void MetricsLiveTest::aServerThatIsGoneAndComesBack()
{
    // Its registration goes: the API is absent. A new session sees it at once, as one that follows does within a second.
    const QByteArray service = m_cluster->kubectl({QStringLiteral("get"), QStringLiteral("apiservice"), QStringLiteral("v1beta1.metrics.k8s.io"),
        QStringLiteral("-o"), QStringLiteral("json")});
    QVERIFY(!service.isEmpty());
    m_session->discovery().follow();
    UsageFeed &feed = watch(nodeKind());
    QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Known, patience);
    (void)m_cluster->kubectl({QStringLiteral("delete"), QStringLiteral("apiservice"), QStringLiteral("v1beta1.metrics.k8s.io")});
    QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Absent, patience);
    QVERIFY(feed.usages() == nullptr);
    QJsonObject again = QJsonDocument::fromJson(service).object();
    again.remove(QLatin1String("status"));
    again[QLatin1String("metadata")] = QJsonObject{{QStringLiteral("name"), QStringLiteral("v1beta1.metrics.k8s.io")}};
    (void)m_cluster->kubectl({QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")}, QJsonDocument(again).toJson());
    QTRY_COMPARE_WITH_TIMEOUT(feed.phase(), Phase::Known, patience);
}

QTEST_MAIN(MetricsLiveTest)
#include "tst_metrics_live.moc"
