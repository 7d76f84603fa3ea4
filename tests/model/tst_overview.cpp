// SPDX-License-Identifier: GPL-3.0-or-later
// One cluster at a glance: figures and findings of the recorded scenario, as they are and as they change; what is counted by time.
#include "support/findingsworld.h"
#include "support/offerfixture.h"
#include "support/scenarioworld.h"

#include "base/platform/zonefile.h"
#include "kinds/findings/rules.h"
#include "overview/overview.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <numeric>

namespace fairlead {

using kinds::Health;
using overview::Figures;
using overview::History;
using overview::Overview;
using test::replaced;
using test::ScenarioWorld;

namespace {

/// The objects of a fixture, read by another reader than ours.
QJsonArray fixtureObjects(const char *kind)
{
    QJsonArray objects;
    const QJsonObject table = QJsonDocument::fromJson(QByteArray::fromStdString(test::fixture("kinds/" + std::string(kind) + ".json"))).object();
    for (const QJsonValue row : table.value(QLatin1String("rows")).toArray())
        objects.append(row.toObject().value(QLatin1String("object")));
    return objects;
}

QStringList lines(const std::vector<kinds::Finding> &findings)
{
    QStringList out;
    for (const kinds::Finding &each : findings)
        out << QString::fromStdString(
            std::string(each.id) + " " + each.object.kind + " " + each.object.space + "/" + each.object.name + ": " + each.reason);
    return out;
}

/// Rows are told once a tick: until some have passed.
void settleFor(ScenarioWorld &world, Clock::Duration time)
{
    QElapsedTimer timer;
    timer.start();
    (void)QTest::qWaitFor(
        [&] {
            world.settle();
            return timer.elapsed() > time.count();
        },
        10'000);
}

std::int64_t sum(const std::vector<std::int64_t> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::int64_t(0));
}

} // namespace

class TestOverview : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void figuresOfTheScenario();
    void findingsAreThoseOfDiagnose();
    void ofOneNamespace();
    void theScopeChanges();
    void whatIsRefusedIsNotZero();
    void nothingCanBeRead();
    void changesAreGathered();
    void timeAloneIsLookedAt();
    void nothingIsWorkedOutUnseen();
    void restartsAndWarningsAreCounted();
    void whatWasBeforeIsAsTheObjectsDateIt();
    void whatWasCountedOutlivesThePage();
    void whatCameWhileNobodyLookedIsCountedOnce();
    void twoWhoLookCountOnce();
    void rolloutsAreTold();
};

namespace {

/// An Overview that is looked at, with all kinds read.
struct Looked {
    explicit Looked(ScenarioWorld &where, const kube::Scope &scope = kube::Scope::all())
        : world(where)
        , overview(where.session(), platform::readZoneFile)
    {
        overview.setShown(true);
        overview.setScope(scope);
        wait();
    }
    void wait(int rounds = 1)
    {
        const int until = overview.rounds() + rounds;
        (void)QTest::qWaitFor(
            [&] {
                world.settle();
                return overview.rounds() >= until || overview.failure();
            },
            10'000);
    }

    ScenarioWorld &world;
    Overview overview;
};

} // namespace

void TestOverview::rolloutsAreTold()
{
    ScenarioWorld world;
    const Looked looked(world);
    QStringList expected;
    for (const QJsonValue set : fixtureObjects("replicasets.apps")) {
        const QJsonObject metadata = set.toObject()[QLatin1String("metadata")].toObject();
        const int revision = metadata[QLatin1String("annotations")][QLatin1String("deployment.kubernetes.io/revision")].toString().toInt();
        const QJsonObject owner = metadata[QLatin1String("ownerReferences")].toArray().at(0).toObject();
        if (revision > 1 && owner[QLatin1String("kind")] == QLatin1String("Deployment"))
            expected << QStringLiteral("%1 %2/%3 revision %4")
                            .arg(QDateTime::fromString(metadata[QLatin1String("creationTimestamp")].toString(), Qt::ISODate).toSecsSinceEpoch())
                            .arg(metadata[QLatin1String("namespace")].toString(), owner[QLatin1String("name")].toString())
                            .arg(revision);
    }
    expected.sort();
    QVERIFY(!expected.isEmpty());
    QStringList told;
    for (const overview::Rollout &each : looked.overview.glance()->rollouts)
        told << QStringLiteral("%1 %2/%3 revision %4")
                    .arg(std::chrono::floor<std::chrono::seconds>(each.at).time_since_epoch().count())
                    .arg(QString::fromStdString(each.space), QString::fromStdString(each.name))
                    .arg(each.revision);
    QStringList sorted = told;
    sorted.sort();
    QCOMPARE(sorted, expected);
    QVERIFY(std::is_sorted(told.begin(), told.end(),
        [](const QString &a, const QString &b) { return a.section(QLatin1Char(' '), 0, 0) < b.section(QLatin1Char(' '), 0, 0); }));
}

void TestOverview::figuresOfTheScenario()
{
    ScenarioWorld world;
    const Looked looked(world);
    QVERIFY(looked.overview.glance() != nullptr);
    const Figures &figures = looked.overview.glance()->figures;

    std::map<std::string, std::int64_t> phases;
    double cpu = 0;
    for (const QJsonValue pod : fixtureObjects("pods")) {
        const QJsonObject spec = pod.toObject().value(QLatin1String("spec")).toObject();
        const QString phase = pod.toObject().value(QLatin1String("status")).toObject().value(QLatin1String("phase")).toString();
        ++phases[phase.toStdString()];
        if (!spec.contains(QLatin1String("nodeName")) || phase == QLatin1String("Succeeded") || phase == QLatin1String("Failed"))
            continue;
        for (const QJsonValue container : spec.value(QLatin1String("containers")).toArray()) {
            const QString asked = container.toObject()[QLatin1String("resources")][QLatin1String("requests")][QLatin1String("cpu")].toString();
            cpu += asked.endsWith(QLatin1Char('m')) ? asked.chopped(1).toDouble() / 1000 : asked.toDouble();
        }
    }
    QVERIFY(cpu > 0);
    QCOMPARE(figures.phases, phases);
    QCOMPARE(figures.pods.total, std::int64_t(fixtureObjects("pods").size()));
    QCOMPARE(std::accumulate(figures.pods.healths.begin(), figures.pods.healths.end(), std::int64_t(0)), figures.pods.total);
    QVERIFY(figures.pods.of(Health::Failed) > 0 && figures.pods.of(Health::Healthy) > 0);
    QVERIFY2(qAbs(figures.asked.requests.cpu - cpu) < 1e-9, qPrintable(QString::number(figures.asked.requests.cpu)));
    QCOMPARE(figures.workloads.total, std::int64_t(fixtureObjects("deployments.apps").size() + fixtureObjects("statefulsets.apps").size() +
                                                   fixtureObjects("daemonsets.apps").size()));
    QCOMPARE(figures.jobs.total, std::int64_t(fixtureObjects("jobs.batch").size()));
    QCOMPARE(figures.nodes.total, std::int64_t(fixtureObjects("nodes").size()));
    QCOMPARE(figures.cronJobs, std::int64_t(fixtureObjects("cronjobs.batch").size()));
    QVERIFY(figures.allocatable.cpu >= 1);
    QCOMPARE(figures.nodeUses.size(), std::size_t(figures.nodes.total));
    double ofSpaces = 0;
    for (const overview::SpaceUse &space : figures.spaces)
        ofSpaces += space.resources.requests.cpu;
    QVERIFY(qAbs(ofSpaces - cpu) < 1e-9);
    QVERIFY(std::is_sorted(figures.spaces.begin(), figures.spaces.end(),
        [](const auto &a, const auto &b) { return a.resources.requests.cpu > b.resources.requests.cpu; }));
    QCOMPARE(world.server().server().unexpected(), 0);
}

void TestOverview::findingsAreThoseOfDiagnose()
{
    ScenarioWorld world;
    const Looked looked(world);
    test::FindingsWorld recorded;
    recorded.addScenario();
    QVERIFY(recorded.findings().size() > 20);
    QCOMPARE(lines(looked.overview.glance()->findings), lines(recorded.findings()));
}

void TestOverview::ofOneNamespace()
{
    ScenarioWorld world;
    const Looked looked(world, kube::Scope::of({"team-b"}));
    const Overview::Glance &glance = *looked.overview.glance();
    QVERIFY(!glance.findings.empty());
    for (const kinds::Finding &each : glance.findings)
        QCOMPARE(each.object.space, std::string("team-b"));
    std::int64_t pods = 0;
    for (const QJsonValue pod : fixtureObjects("pods"))
        pods += pod[QLatin1String("metadata")][QLatin1String("namespace")].toString() == QLatin1String("team-b") ? 1 : 0;
    QCOMPARE(glance.figures.pods.total, pods);
    // What there is of CPU is the nodes', whatever the choice; other kinds without a namespace are not even asked for.
    QVERIFY(glance.figures.nodes.known && glance.figures.allocatable.cpu >= 1);
    QCOMPARE(world.server().server().count(net::Verb::List, "/api/v1/pods"), 0);
    QCOMPARE(world.server().server().count(net::Verb::List, "/api/v1/namespaces"), 0);
}

void TestOverview::theScopeChanges()
{
    ScenarioWorld world;
    Looked looked(world);
    const auto all = looked.overview.glance()->figures.pods.total;
    looked.overview.setScope(kube::Scope::of({"team-a"}));
    QVERIFY(looked.overview.glance() == nullptr); // those of elsewhere say nothing here
    looked.wait();
    QVERIFY(looked.overview.glance()->figures.pods.total < all);
    for (const auto &space : looked.overview.glance()->figures.spaces)
        QCOMPARE(space.space, std::string("team-a"));
}

void TestOverview::whatIsRefusedIsNotZero()
{
    ScenarioWorld world;
    world.refuse("nodes", 403, "Forbidden", "nodes is forbidden: User dev cannot list resource nodes at the cluster scope");
    const Looked looked(world);
    const Overview::Glance &glance = *looked.overview.glance();
    QVERIFY(!glance.figures.nodes.known && glance.figures.nodes.offered);
    QCOMPARE(glance.figures.nodes.why->code, Code::Forbidden);
    QVERIFY(glance.figures.pods.known && !glance.findings.empty());
    QVERIFY(glance.figures.nodeUses.empty());
    QCOMPARE(glance.unread.size(), std::size_t(1));
    QCOMPARE(glance.unread.front().resource.id.resource, std::string("nodes"));
    QVERIFY(!looked.overview.failure());
}

void TestOverview::nothingCanBeRead()
{
    ScenarioWorld world;
    for (const kinds::KindKey &key : kinds::diagnosedKinds())
        world.refuse(
            std::string(key.resource) + (key.group.empty() ? "" : "." + std::string(key.group)), 403, "Forbidden", "User dev cannot list it");
    Looked looked(world);
    QVERIFY(looked.overview.failure().has_value());
    QCOMPARE(looked.overview.failure()->code, Code::Forbidden);
}

void TestOverview::changesAreGathered()
{
    ScenarioWorld world;
    Looked looked(world);
    QSignalSpy changed(&looked.overview, &Overview::changed);
    const int before = looked.overview.rounds();
    auto pod = world.object("pods", "team-a", "missing-config");
    QElapsedTimer timer;
    timer.start();
    int changes = 0;
    (void)QTest::qWaitFor(
        [&] {
            pod.cells[3] = std::to_string(++changes);
            world.change("pods", "team-a", pod);
            world.settle();
            return timer.elapsed() > 1800 && looked.overview.rounds() >= before + 2;
        },
        30'000);
    QVERIFY(changes > 20);
    const int rounds = looked.overview.rounds() - before;
    QVERIFY2(rounds >= 2 && rounds <= int(timer.elapsed() / Overview::interval.count()) + 1, qPrintable(QString::number(rounds)));
    QCOMPARE(changed.size(), rounds);
    // The last word is not lost.
    world.remove("pods", "team-a", "missing-config");
    looked.wait(2);
    QCOMPARE(looked.overview.glance()->figures.pods.total, std::int64_t(fixtureObjects("pods").size()) - 1);
    const auto found = lines(looked.overview.glance()->findings).filter(QStringLiteral("team-a/missing-config:"));
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

// Nothing changes any more, and yet it is judged again: by what is due by then.
void TestOverview::timeAloneIsLookedAt()
{
    ScenarioWorld world;
    Looked looked(world);
    looked.overview.setRecheck(Clock::Duration(300));
    auto pod = world.object("pods", "team-a", "missing-config");
    pod.cells[3] = "7";
    world.change("pods", "team-a", pod);
    looked.wait();
    const int rounds = looked.overview.rounds();
    const Moment at = looked.overview.glance()->at;
    looked.wait();
    QVERIFY(looked.overview.rounds() > rounds && looked.overview.glance()->at > at);
    looked.overview.setShown(false);
    const int unseen = looked.overview.rounds();
    settleFor(world, 2 * Overview::interval);
    QCOMPARE(looked.overview.rounds(), unseen);
}

void TestOverview::nothingIsWorkedOutUnseen()
{
    ScenarioWorld world;
    Looked looked(world);
    looked.overview.setShown(false);
    const int rounds = looked.overview.rounds();
    auto pod = world.object("pods", "team-a", "missing-config");
    pod.cells[3] = "7";
    world.change("pods", "team-a", pod);
    settleFor(world, 2 * Overview::interval);
    QCOMPARE(looked.overview.rounds(), rounds);
    QCOMPARE(sum(looked.overview.history().restarts().last(1, Moment(std::chrono::floor<std::chrono::milliseconds>(world.session().clock().now())))),
        std::int64_t(7)); // what happens is counted all the same
    looked.overview.setShown(true);
    looked.wait();
    QCOMPARE(looked.overview.rounds(), rounds + 1);
}

void TestOverview::restartsAndWarningsAreCounted()
{
    ScenarioWorld world;
    Looked looked(world);
    const auto now = [&] { return Moment(std::chrono::floor<std::chrono::milliseconds>(world.session().clock().now())); };
    const History &history = looked.overview.history();
    const auto before = sum(history.restarts().last(3, now()));
    auto pod = world.object("pods", "team-a", "missing-config");
    for (const char *restarts : {"3 (2s ago)", "3 (5s ago)", "4 (1s ago)"}) {
        pod.cells[3] = restarts;
        world.change("pods", "team-a", pod);
        settleFor(world, 2 * kube::Store::tick);
    }
    QCOMPARE(sum(history.restarts().last(3, now())) - before, std::int64_t(4));
    world.remove("pods", "team-a", "missing-config");
    world.settle();

    // An event comes, then is counted up by three.
    QVERIFY(history.warnings().count("TestWarning") == 0);
    test::ObjectWorld::Object event;
    event.name = "test-warning";
    event.cells = {"1s", "Warning", "TestWarning", "pod/web", "", "test", "a warning", "1s", "1", "test-warning"};
    event.json =
        "{\"kind\":\"Event\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"test-warning\",\"namespace\":\"team-a\",\"uid\":\"e-1\",\"resourceVersion\":\"1\"},"
        "\"type\":\"Warning\",\"reason\":\"TestWarning\",\"count\":1,\"lastTimestamp\":\"2026-11-24T18:52:40Z\"}";
    event.uid = "e-1";
    world.change("events", "team-a", event);
    settleFor(world, 2 * kube::Store::tick);
    event.cells[8] = "4";
    world.change("events", "team-a", event);
    settleFor(world, 2 * kube::Store::tick);
    QVERIFY(history.warnings().count("TestWarning") == 1);
    QCOMPARE(sum(history.warnings().at("TestWarning").last(2, now())), std::int64_t(4));
}

void TestOverview::whatWasBeforeIsAsTheObjectsDateIt()
{
    ScenarioWorld world;
    const Looked looked(world);
    const Moment recorded = *parseTime(ScenarioWorld::recordedAt);
    std::map<std::string, std::int64_t> expected;
    for (const QJsonValue value : fixtureObjects("events")) {
        const QJsonObject event = value.toObject();
        if (event[QLatin1String("type")].toString() != QLatin1String("Warning"))
            continue;
        const std::string reason = event[QLatin1String("reason")].toString().toStdString();
        ++expected[reason];
        const QString first = event[QLatin1String("firstTimestamp")].toString();
        if (event[QLatin1String("count")].toInt(1) > 1 && !first.isEmpty() && first != event[QLatin1String("lastTimestamp")].toString())
            ++expected[reason];
    }
    QVERIFY(!expected.empty());
    std::map<std::string, std::int64_t> found;
    for (const auto &[reason, series] : looked.overview.history().warnings())
        found[reason] = sum(series.last(500, recorded));
    QCOMPARE(found, expected);
    QVERIFY(sum(looked.overview.history().restarts().last(500, recorded)) > 0);
    QVERIFY(looked.overview.history().warningsSince().has_value());
}

void TestOverview::whatWasCountedOutlivesThePage()
{
    ScenarioWorld world;
    const auto now = [&] { return Moment(std::chrono::floor<std::chrono::milliseconds>(world.session().clock().now())); };
    std::int64_t before = 0;
    {
        Looked looked(world);
        before = sum(looked.overview.history().restarts().last(9, now()));
        auto pod = world.object("pods", "team-a", "missing-config");
        pod.cells[3] = "3 (2s ago)";
        world.change("pods", "team-a", pod);
        settleFor(world, 2 * kube::Store::tick);
        QCOMPARE(sum(looked.overview.history().restarts().last(9, now())), before + 3);
        // Other namespaces have a history of their own; back again, the first one is there.
        looked.overview.setScope(kube::Scope::of({"team-b"}));
        looked.wait();
        QVERIFY(sum(looked.overview.history().restarts().last(9, now())) < before + 3); // those of team-b
        looked.overview.setScope(kube::Scope::all());
        looked.wait();
        QCOMPARE(sum(looked.overview.history().restarts().last(9, now())), before + 3);
        QCOMPARE(sum(looked.overview.history().restartsLong().last(3, now())), before + 3);
    }
    const Looked again(world);
    QCOMPARE(sum(again.overview.history().restarts().last(9, now())), before + 3);
    QVERIFY(again.overview.history().restartsSince() >= now() - std::chrono::seconds(30)); // what came between may be missing
}

// A store that nobody held gives its rows other numbers; the objects are the same.
void TestOverview::whatCameWhileNobodyLookedIsCountedOnce()
{
    ScenarioWorld world;
    const Moment recorded = *parseTime(ScenarioWorld::recordedAt);
    std::int64_t restarts = 0;
    std::map<std::string, std::int64_t> warnings;
    const auto counted = [&](const History &history) {
        std::map<std::string, std::int64_t> found;
        for (const auto &[reason, series] : history.warnings())
            found[reason] = sum(series.last(500, recorded));
        return found;
    };
    {
        const Looked looked(world);
        restarts = sum(looked.overview.history().restarts().last(500, recorded));
        warnings = counted(looked.overview.history());
    }
    QVERIFY(restarts > 0 && !warnings.empty());
    {
        const Looked looked(world);
        QCOMPARE(sum(looked.overview.history().restarts().last(500, recorded)), restarts);
        QCOMPARE(counted(looked.overview.history()), warnings);
    }
    // A container starts again twice while the page is closed: the last start is dated by the pod, of the other nobody knows when it was.
    auto pod = world.object("pods", "team-a", "crash-loop-9b5ff78cd-5q782");
    pod.cells[3] = "9 (5s ago)";
    pod.json = test::replaced(pod.json, "\"finishedAt\":\"2026-11-24T18:51:04Z\"", "\"finishedAt\":\"2026-11-24T18:52:50Z\"");
    world.change("pods", "team-a", pod);
    world.remove("pods", "team-b", "never-pulled");
    settleFor(world, 2 * kube::Store::tick);
    const Moment then = *parseTime("2026-11-24T18:52:59Z");
    const Looked looked(world);
    QCOMPARE(sum(looked.overview.history().restarts().last(500, then)), restarts + 1);
    QCOMPARE(sum(looked.overview.history().restartsLong().last(288, then)), restarts + 1);
    QCOMPARE(counted(looked.overview.history()), warnings);
}

void TestOverview::twoWhoLookCountOnce()
{
    ScenarioWorld world;
    const auto now = [&] { return Moment(std::chrono::floor<std::chrono::milliseconds>(world.session().clock().now())); };
    Looked one(world);
    const Looked other(world);
    QCOMPARE(&one.overview.history(), &other.overview.history());
    QVERIFY(one.overview.history().restartsSince().has_value());
    const auto before = sum(one.overview.history().restarts().last(9, now()));
    auto pod = world.object("pods", "team-a", "missing-config");
    pod.cells[3] = "5 (2s ago)";
    world.change("pods", "team-a", pod);
    settleFor(world, 2 * kube::Store::tick);
    QCOMPARE(sum(one.overview.history().restarts().last(9, now())), before + 5);
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestOverview)
#include "tst_overview.moc"
