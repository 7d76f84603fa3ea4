// SPDX-License-Identifier: GPL-3.0-or-later
// The Overview of a real cluster: tiles are what the server's own lists say, findings are those of `fairlead diagnose`, before and after changes.
#include "app/engine.h"
#include "base/platform/zonefile.h"
#include "kinds/findings/rules.h"
#include "kinds/material/collector.h"
#include "overview/overview.h"
#include "support/livecluster.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <cstdint>
#include <map>
#include <memory>
#include <set>

using namespace fairlead;
using namespace fairlead::overview;
using namespace fairlead::test;

namespace {

constexpr int patience = 90'000; // milliseconds

// kubectl's quantities, read by another reader than ours.
double quantity(const QString &text)
{
    const std::map<QString, double> units = {{QStringLiteral("m"), 0.001}, {QStringLiteral("Ki"), 1024.0}, {QStringLiteral("Mi"), 1048576.0},
        {QStringLiteral("Gi"), 1073741824.0}, {QStringLiteral("k"), 1e3}, {QStringLiteral("M"), 1e6}, {QStringLiteral("G"), 1e9}};
    for (const auto &[unit, factor] : units) {
        bool number = false;
        const double value = text.chopped(std::min(unit.size(), text.size())).toDouble(&number);
        if (text.endsWith(unit) && number)
            return value * factor;
    }
    return text.toDouble();
}

struct Counted {
    std::map<std::string, std::int64_t> phases;
    // Sums of fractions depend on their order: thousandths of a core.
    std::map<std::string, std::int64_t> cpuBySpace;
    std::int64_t cpu = 0;
    std::int64_t memory = 0;
    std::int64_t pods = 0;
    std::int64_t workloads = 0;
    std::int64_t jobs = 0;
    std::int64_t complete = 0;
    std::int64_t failed = 0;
    std::int64_t nodes = 0;
    std::int64_t allocatable = 0;

    bool operator==(const Counted &) const = default;
};

std::int64_t thousandths(double cores)
{
    return std::llround(cores * 1000);
}

bool holds(const QJsonObject &object, QLatin1String type)
{
    for (const QJsonValue condition : object[QLatin1String("status")][QLatin1String("conditions")].toArray()) {
        if (condition[QLatin1String("type")].toString() == type)
            return condition[QLatin1String("status")].toString() == QLatin1String("True");
    }
    return false;
}

} // namespace

class OverviewLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<LiveCluster>(QStringLiteral("overview"));
        QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
        QCOMPARE(m_cluster->load(), QString());
    }
    void cleanupTestCase() { m_cluster.reset(); }

    void tilesAreTheServersLists();
    void tilesAreTheServersListsOfThatVersion();
    void findingsAreThoseOfDiagnose();
    void aUserWithFewRights();

private:
    [[nodiscard]] QJsonArray list(const char *path) const
    {
        return QJsonDocument::fromJson(m_cluster->kubectl({QStringLiteral("get"), QStringLiteral("--raw"), QString::fromLatin1(path)}))
            .object()
            .value(QLatin1String("items"))
            .toArray();
    }
    [[nodiscard]] Counted counted() const;
    [[nodiscard]] static Counted ours(const Figures &figures);
    /// Compared once each time: QTRY_COMPARE looks again when it has found them equal, and the cluster goes on.
    [[nodiscard]] bool agree(const Overview &overview) const
    {
        return QTest::qWaitFor([&] { return ours(overview.glance()->figures) == counted(); }, patience);
    }
    [[nodiscard]] std::set<QString> diagnosed() const;

    std::unique_ptr<LiveCluster> m_cluster;
};

Counted OverviewLiveTest::counted() const
{
    Counted out;
    for (const QJsonValue value : list("/api/v1/pods")) {
        const QJsonObject pod = value.toObject();
        const QString phase = pod[QLatin1String("status")][QLatin1String("phase")].toString();
        ++out.pods;
        ++out.phases[phase.toStdString()];
        if (pod[QLatin1String("spec")][QLatin1String("nodeName")].toString().isEmpty() || phase == QLatin1String("Succeeded") ||
            phase == QLatin1String("Failed"))
            continue;
        for (const QJsonValue container : pod[QLatin1String("spec")][QLatin1String("containers")].toArray()) {
            const QJsonValue asked = container[QLatin1String("resources")][QLatin1String("requests")];
            const std::int64_t cpu = thousandths(quantity(asked[QLatin1String("cpu")].toString()));
            out.cpu += cpu;
            out.memory += std::llround(quantity(asked[QLatin1String("memory")].toString()));
            out.cpuBySpace[pod[QLatin1String("metadata")][QLatin1String("namespace")].toString().toStdString()] += cpu;
        }
    }
    for (const char *path : {"/apis/apps/v1/deployments", "/apis/apps/v1/statefulsets", "/apis/apps/v1/daemonsets"})
        out.workloads += list(path).size();
    for (const QJsonValue value : list("/apis/batch/v1/jobs")) {
        const QJsonObject job = value.toObject();
        ++out.jobs;
        out.complete += holds(job, QLatin1String("Complete")) ? 1 : 0;
        out.failed += holds(job, QLatin1String("Failed")) || holds(job, QLatin1String("FailureTarget")) ? 1 : 0;
    }
    for (const QJsonValue node : list("/api/v1/nodes")) {
        ++out.nodes;
        out.allocatable += thousandths(quantity(node[QLatin1String("status")][QLatin1String("allocatable")][QLatin1String("cpu")].toString()));
    }
    return out;
}

Counted OverviewLiveTest::ours(const Figures &figures)
{
    Counted out;
    out.phases = figures.phases;
    for (const SpaceUse &space : figures.spaces)
        out.cpuBySpace[space.space] = thousandths(space.resources.requests.cpu);
    out.cpu = thousandths(figures.asked.requests.cpu);
    out.memory = std::llround(figures.asked.requests.memory);
    out.pods = figures.pods.total;
    out.workloads = figures.workloads.total;
    out.jobs = figures.jobs.total;
    out.complete = figures.jobs.of(kinds::Health::Healthy);
    out.failed = figures.jobs.of(kinds::Health::Failed);
    out.nodes = figures.nodes.total;
    out.allocatable = thousandths(figures.allocatable.cpu);
    return out;
}

void OverviewLiveTest::tilesAreTheServersLists()
{
    app::Engine engine(m_cluster->endpoint());
    Overview overview(engine.session(), platform::readZoneFile);
    overview.setShown(true);
    overview.setScope(kube::Scope::all());
    QTRY_VERIFY_WITH_TIMEOUT(overview.glance() != nullptr, patience);
    QVERIFY(counted().pods > 20);
    QVERIFY(agree(overview));
    // Changes of the cluster are changes of the tiles.
    const auto pods = overview.glance()->figures.pods.total;
    const QByteArray more = "apiVersion: v1\nkind: Pod\nmetadata: {name: one-more, namespace: team-b}\n"
                            "spec: {containers: [{name: app, image: 'myapp:1.0', resources: {requests: {cpu: 30m, memory: 8Mi}}}]}\n";
    QVERIFY(!m_cluster->kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, more).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(overview.glance()->figures.pods.total > pods, patience);
    QVERIFY(agree(overview));
    overview.setScope(kube::Scope::of({"team-b"}));
    QTRY_VERIFY_WITH_TIMEOUT(overview.glance() != nullptr, patience);
    QVERIFY(QTest::qWaitFor([&] { return overview.glance()->figures.pods.total == list("/api/v1/namespaces/team-b/pods").size(); }, patience));
}

// To the object: what is counted of a list's version is what the server's own list of exactly that version holds, while pods come and go. Figures
// are made here of the rows of that very moment: a round of the Overview's own would be of another.
void OverviewLiveTest::tilesAreTheServersListsOfThatVersion()
{
    app::Engine engine(m_cluster->endpoint());
    kinds::Collector collector(engine.session(), kinds::diagnosedKinds(), kube::Scope::all(), kinds::Collector::Follow::Current);
    const QSignalSpy settled(&collector, &kinds::Collector::settled);
    collector.start();
    QTRY_VERIFY_WITH_TIMEOUT(!settled.isEmpty(), patience);
    const auto store = engine.session().store({.resource = {"", "v1", "pods"}, .scope = kube::Scope::all(), .selector = {}});
    std::set<std::string> seen;
    QElapsedTimer running;
    running.start();
    while (seen.size() < 3 && running.elapsed() < patience) {
        const std::string version = store->state().version;
        const Counted counted = ours(figuresOf(collector.material()));
        const QByteArray path = "/api/v1/pods?resourceVersionMatch=Exact&resourceVersion=" + QByteArray::fromStdString(version);
        const QJsonArray items = list(path.constData());
        QVERIFY2(!items.isEmpty(), path.constData());
        std::map<std::string, std::int64_t> phases;
        for (const QJsonValue pod : items)
            ++phases[pod[QLatin1String("status")][QLatin1String("phase")].toString().toStdString()];
        // A version may be told a tick before its rows: then the next one is looked at.
        if (counted.phases == phases && counted.pods == items.size() && seen.insert(version).second) {
            // One more, that nobody places: it changes once.
            const QByteArray more = "apiVersion: v1\nkind: Pod\nmetadata: {name: exact-" + QByteArray::number(qulonglong(seen.size())) +
                                    ", namespace: default}\nspec: {schedulerName: nobody, containers: [{name: app, image: 'myapp:1.0'}]}\n";
            QVERIFY(!m_cluster->kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, more).isEmpty());
        }
        (void)QTest::qWaitFor([&] { return store->state().version != version; }, 5000);
    }
    QVERIFY2(seen.size() >= 3, qPrintable(QStringLiteral("%1 versions were compared").arg(seen.size())));
}

std::set<QString> OverviewLiveTest::diagnosed() const
{
    const QString config = QDir::temp().filePath(QStringLiteral("overview-live-%1.json").arg(QCoreApplication::applicationPid()));
    QFile file(config);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(m_cluster->kubectl({QStringLiteral("config"), QStringLiteral("view"), QStringLiteral("--raw"), QStringLiteral("--flatten"),
        QStringLiteral("-o"), QStringLiteral("json")}));
    file.close();
    QProcess program;
    program.start(QCoreApplication::applicationDirPath() + QStringLiteral("/../fairlead"),
        {QStringLiteral("diagnose"), QStringLiteral("-A"), QStringLiteral("-o"), QStringLiteral("json"), QStringLiteral("--kubeconfig"), config});
    program.waitForFinished(patience);
    file.remove();
    std::set<QString> out;
    for (const QJsonValue each : QJsonDocument::fromJson(program.readAllStandardOutput()).array())
        out.insert(QStringLiteral("%1 %2 %3/%4: %5")
                       .arg(each[QLatin1String("id")].toString(), each[QLatin1String("object")][QLatin1String("kind")].toString(),
                           each[QLatin1String("object")][QLatin1String("namespace")].toString(),
                           each[QLatin1String("object")][QLatin1String("name")].toString(), each[QLatin1String("reason")].toString()));
    return out;
}

void OverviewLiveTest::findingsAreThoseOfDiagnose()
{
    app::Engine engine(m_cluster->endpoint());
    Overview overview(engine.session(), platform::readZoneFile);
    overview.setShown(true);
    overview.setScope(kube::Scope::all());
    QTRY_VERIFY_WITH_TIMEOUT(overview.glance() != nullptr, patience);
    const auto found = [&] {
        std::set<QString> out;
        for (const kinds::Finding &each : overview.glance()->findings)
            out.insert(QString::fromStdString(
                std::string(each.id) + " " + each.object.kind + " " + each.object.space + "/" + each.object.name + ": " + each.reason));
        return out;
    };
    std::set<QString> theirs;
    // Each look is a moment of its own; they agree where nothing has changed between.
    // Not by QTRY_VERIFY, which looks once more at the end: that would be another moment.
    const bool agreed = QTest::qWaitFor([&] { return (theirs = diagnosed()).size() > 3 && theirs == found(); }, 3 * patience);
    const std::set<QString> window = found();
    for (const QString &each : theirs)
        QVERIFY2(agreed || window.contains(each), qPrintable(QStringLiteral("only diagnose tells ") + each));
    for (const QString &each : window)
        QVERIFY2(agreed || theirs.contains(each), qPrintable(QStringLiteral("only the window tells ") + each));
    QVERIFY2(agreed, qPrintable(QString::number(theirs.size()) + QStringLiteral(" findings")));
    QVERIFY(engine.session().clock().now() > Clock::TimePoint());
}

void OverviewLiveTest::aUserWithFewRights()
{
    app::Engine dev(m_cluster->endpoint(QStringLiteral("dev")));
    Overview overview(dev.session(), platform::readZoneFile);
    overview.setShown(true);
    overview.setScope(kube::Scope::of({"team-a"}));
    QTRY_VERIFY_WITH_TIMEOUT(overview.glance() != nullptr, patience);
    const Overview::Glance &glance = *overview.glance();
    QVERIFY(glance.figures.pods.known && glance.figures.pods.total > 0);
    QVERIFY(!glance.figures.nodes.known);
    QCOMPARE(glance.figures.nodes.why->code, Code::Forbidden);
    QVERIFY(!overview.failure());
    overview.setScope(kube::Scope::of({"team-b"}));
    QTRY_VERIFY_WITH_TIMEOUT(overview.failure().has_value(), patience);
    QCOMPARE(overview.failure()->code, Code::Forbidden);
}

QTEST_GUILESS_MAIN(OverviewLiveTest)
#include "tst_overview_live.moc"
