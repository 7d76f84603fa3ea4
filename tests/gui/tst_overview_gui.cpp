// SPDX-License-Identifier: GPL-3.0-or-later
// The Overview page by keys and clicks: what is broken and where it leads, tiles that lead to their rows, states, the table twins.
#include "support/offscreenmain.h"
#include "support/overviewstage.h"

#include "kinds/findings/rules.h"
#include "ui/overview/chartcard.h"
#include "ui/overview/findingdetail.h"
#include "ui/overview/healthyview.h"
#include "ui/overview/historycharts.h"
#include "ui/overview/restartschart.h"
#include "ui/overview/spaceschart.h"
#include "ui/overview/tile.h"
#include "ui/overview/tilekey.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/button.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <QAccessible>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <set>

namespace fairlead {

using namespace ui;
using items::FindingModel;
using kinds::Health;
using test::OverviewStage;

namespace {

SegmentedSwitch *switchNamed(const QWidget &page, const char *name)
{
    for (auto *each : page.findChildren<SegmentedSwitch *>()) {
        if (each->accessibleName() == QLatin1String(name))
            return each;
    }
    qFatal("no switch is called %s", name);
    return nullptr;
}

} // namespace

class TestOverviewGui : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tilesSayWhatThereIs();
    void aPartLeadsToItsRows();
    void aFindingOpensByKeys();
    void aFindingLeadsOn();
    void whatIsMendedGoes();
    void chipsChoose();
    void readersAreTold();
    void loadingThenContent();
    void healthyIsOneCalmLine();
    void whatIsRefusedIsSaid();
    void nothingCanBeRead();
    void noWordFromTheServer();
    void chartsSayWhatWasRolledOut();
    void eachChartHasATable();
    void noColourGoesUnsaid();
    void chartsLookFurtherBack();
    void namespacesAreFollowed();
    void hiddenNothingIsWorkedOut();
    void whatIsUsedStandsBesideWhatIsAskedFor();
    void withoutMetricsTheTileSaysSo();
    void metricsThatHangDelayNothing();
};

namespace {

const QString noMetrics = QStringLiteral("no metrics");

QStringList words(const TileFacts &facts)
{
    QStringList words;
    for (const TileFacts::Part &part : facts.parts)
        words << part.words;
    return words;
}

} // namespace

void TestOverviewGui::tilesSayWhatThereIs()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    const auto &figures = page.overview().glance()->figures;
    const TileFacts &pods = stage.tiles().tile(0).facts();
    QCOMPARE(pods.figure, QString::number(figures.pods.total));
    double sum = 0;
    for (const TileFacts::Part &part : pods.parts)
        sum += part.share;
    QCOMPARE(sum, double(figures.pods.total));
    QCOMPARE(stage.tiles().tile(2).facts().unit, QStringLiteral("running"));
    QVERIFY(stage.tiles().tile(4).facts().spoken.contains(QStringLiteral("What is used is not known")));
    QVERIFY(stage.tiles().tile(4).facts().note.contains(QStringLiteral("cores")));
    QVERIFY(!page.failure());
    QCOMPARE(stage.world.server().server().unexpected(), 0);
}

void TestOverviewGui::aPartLeadsToItsRows()
{
    OverviewStage stage;
    stage.open();
    Tile &pods = stage.tiles().tile(0);
    const QRectF bar = pods.barOf(QStringLiteral("pods failed"));
    QVERIFY(bar.width() >= 2);
    QTest::mouseClick(&pods, Qt::LeftButton, {}, bar.center().toPoint());
    QCOMPARE(stage.wanted.size(), std::size_t(1));
    QCOMPARE(stage.wanted[0], (Destination{.page = "resources", .kind = "pods", .states = "failed", .view = "table"}));
    // The same by its number, with the keyboard.
    const auto keys = pods.findChildren<TileKey *>();
    QCOMPARE(keys.size(), pods.facts().parts.size());
    for (TileKey *key : keys)
        QVERIFY(key->focusPolicy() & Qt::TabFocus);
    const auto failed =
        std::find_if(keys.begin(), keys.end(), [](TileKey *key) { return key->accessibleName().contains(QStringLiteral("failing")); });
    QVERIFY(failed != keys.end());
    QTest::keyClick(*failed, Qt::Key_Return);
    QCOMPARE(stage.wanted.size(), std::size_t(2));
    QCOMPARE(stage.wanted[1], stage.wanted[0]);
    // Beside the bar nothing happens.
    QTest::mouseClick(&pods, Qt::LeftButton, {}, {20, 30});
    QCOMPARE(stage.wanted.size(), std::size_t(2));
}

void TestOverviewGui::aFindingOpensByKeys()
{
    OverviewStage stage;
    stage.open();
    FindingsView &view = stage.view();
    view.setFocus();
    QVERIFY(view.model()->rowCount() > 20);
    QCOMPARE(view.currentFinding().row(), 0);
    QTest::keyClick(&view, Qt::Key_Space);
    const QModelIndex first = view.model()->index(0, 0);
    QVERIFY(view.isExpanded(first));
    auto *detail = qobject_cast<FindingDetail *>(view.indexWidget(view.model()->index(0, 0, first)));
    QVERIFY(detail != nullptr);
    QVERIFY(detail->findChildren<Button *>().size() >= 3);
    // Down goes to the next finding, past what is open.
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.currentFinding().row(), 1);
    QTest::keyClick(&view, Qt::Key_Up);
    QTest::keyClick(&view, Qt::Key_Left);
    QVERIFY(!view.isExpanded(first));
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(view.model()->index(2, 0)).center());
    QVERIFY(view.isExpanded(view.model()->index(2, 0)));
}

void TestOverviewGui::aFindingLeadsOn()
{
    OverviewStage stage;
    stage.open();
    FindingsView &view = stage.view();
    const QModelIndex crash = stage.finding(QStringLiteral("crash-loop"));
    QVERIFY(crash.isValid());
    view.setFocus();
    view.setCurrentIndex(crash);
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(stage.wanted.size(), std::size_t(1));
    QCOMPARE(stage.wanted[0], (Destination{.page = "object", .kind = "deployments.apps", .space = "team-a", .name = "crash-loop"}));
    QTest::keyClick(&view, Qt::Key_L);
    QCOMPARE(stage.wanted.size(), std::size_t(2));
    QCOMPARE(stage.wanted[1].kind, std::string("pods"));
    QCOMPARE(stage.wanted[1].tab, std::string("log"));
    QVERIFY(QString::fromStdString(stage.wanted[1].name).startsWith(QLatin1String("crash-loop-")));
    // What writes no log has none.
    view.setCurrentIndex(stage.finding(QStringLiteral("nobody")));
    QTest::keyClick(&view, Qt::Key_L);
    QCOMPARE(stage.wanted.size(), std::size_t(2));
}

void TestOverviewGui::whatIsMendedGoes()
{
    OverviewStage stage;
    stage.open();
    FindingsView &view = stage.view();
    view.setCurrentIndex(stage.finding(QStringLiteral("wants-a-gpu-node")));
    view.expand(stage.finding(QStringLiteral("no-such-program")));
    const QString open = stage.finding(QStringLiteral("no-such-program")).data(FindingModel::KeyRole).toString();
    QSignalSpy reset(view.model(), &QAbstractItemModel::modelReset);
    const int rows = view.model()->rowCount();
    stage.world.remove("pods", "team-a", "missing-secret-key");
    QVERIFY(stage.nextRound());
    QCOMPARE(view.model()->rowCount(), rows - 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(view.currentFinding().data(FindingModel::NameRole).toString(), QStringLiteral("wants-a-gpu-node"));
    QVERIFY(view.isExpanded(stage.finding(QStringLiteral("no-such-program"))));
    QCOMPARE(stage.finding(QStringLiteral("no-such-program")).data(FindingModel::KeyRole).toString(), open);
}

void TestOverviewGui::chipsChoose()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    const int all = stage.view().model()->rowCount();
    const auto chips = page.findChildren<Chip *>();
    const auto risk =
        std::find_if(chips.begin(), chips.end(), [](Chip *chip) { return chip->accessibleName().startsWith(QLatin1String("At risk")); });
    QVERIFY(risk != chips.end() && (*risk)->isVisibleTo(&page));
    (*risk)->click();
    QVERIFY(stage.view().model()->rowCount() > 0 && stage.view().model()->rowCount() < all);
    for (int row = 0; row < stage.view().model()->rowCount(); ++row)
        QCOMPARE(stage.view().model()->index(row, 0).data(FindingModel::SeverityRole).toInt(), int(kinds::Finding::Severity::Risk));
    (*risk)->click();
    QCOMPARE(stage.view().model()->rowCount(), all);
}

void TestOverviewGui::readersAreTold()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&stage.view());
    QVERIFY(list != nullptr);
    QCOMPARE(list->text(QAccessible::Name), QStringLiteral("What is broken"));
    QCOMPARE(list->tableInterface()->rowCount(), stage.view().model()->rowCount());
    const QString said = list->tableInterface()->cellAt(stage.finding(QStringLiteral("crash-loop")).row(), 0)->text(QAccessible::Name);
    QVERIFY2(said.contains(QStringLiteral("Broken: Deployment crash-loop in team-a")), qPrintable(said));
    QAccessibleInterface *tile = QAccessible::queryAccessibleInterface(&stage.tiles().tile(0));
    QCOMPARE(tile->text(QAccessible::Name), QStringLiteral("Pods"));
    QVERIFY(tile->text(QAccessible::Description).contains(QStringLiteral("failing")));
    QCOMPARE(test::lookFaults(page).join(QLatin1Char('\n')), QString());
}

void TestOverviewGui::loadingThenContent()
{
    OverviewStage stage;
    OverviewPage &page = stage.make();
    QVERIFY(!page.isComplete());
    QVERIFY(stage.tiles().tile(0).facts().figure.isEmpty());
    QSignalSpy completed(&page, &Page::completed);
    QVERIFY(stage.wait([&] { return page.isComplete(); }));
    QCOMPARE(completed.size(), 1);
    QVERIFY(!stage.tiles().tile(0).facts().figure.isEmpty());
    // Of a server how long ago, not a moment as of a recording.
    const auto labels = page.findChildren<PlainLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const PlainLabel *each) { return each->text().startsWith(QStringLiteral("updated ")); }));
}

void TestOverviewGui::healthyIsOneCalmLine()
{
    OverviewStage stage(test::ScenarioWorld::Content::Healthy);
    OverviewPage &page = stage.open();
    QVERIFY2(page.overview().glance()->findings.empty(),
        page.overview().glance()->findings.empty() ? "" : page.overview().glance()->findings[0].reason.c_str());
    QVERIFY(page.findChild<HealthyView *>()->isVisibleTo(&page));
    QVERIFY(!stage.view().isVisibleTo(&page));
    QVERIFY(HealthyView::lookedAt(page.overview().glance()->figures).contains(QStringLiteral("1 node looked at")));
}

void TestOverviewGui::whatIsRefusedIsSaid()
{
    OverviewStage stage;
    stage.world.refuse("nodes", 403, "Forbidden", "nodes is forbidden: User dev cannot list resource nodes at the cluster scope");
    OverviewPage &page = stage.open();
    QCOMPARE(stage.tiles().tile(3).facts().figure, QStringLiteral("–"));
    QCOMPARE(stage.tiles().tile(3).facts().note, QStringLiteral("may not list"));
    const QModelIndex first = stage.view().model()->index(0, 0);
    QCOMPARE(first.data(FindingModel::NameRole).toString(), QStringLiteral("Nodes"));
    QVERIFY(first.data(FindingModel::EvidenceRole).toStringList().join(QLatin1Char(' ')).contains(QStringLiteral("User dev cannot list")));
    QVERIFY(!page.failure());
    QCOMPARE(test::lookFaults(page).join(QLatin1Char('\n')), QString());
}

void TestOverviewGui::nothingCanBeRead()
{
    OverviewStage stage;
    for (const kinds::KindKey &key : kinds::diagnosedKinds())
        stage.world.refuse(
            std::string(key.resource) + (key.group.empty() ? "" : "." + std::string(key.group)), 403, "Forbidden", "User dev cannot list it");
    OverviewPage &page = stage.open();
    QVERIFY(page.failure().has_value());
    auto *message = page.findChild<MessagePanel *>();
    QVERIFY(message->isVisibleTo(&page));
    QVERIFY(!stage.tiles().isVisibleTo(&page));
    // What nobody could list is not said to be none.
    const auto labels = page.findChildren<PlainLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const PlainLabel *each) { return each->text() == QStringLiteral("namespaces not known, nodes not known"); }));
    QVERIFY(std::none_of(labels.begin(), labels.end(), [](const PlainLabel *each) { return each->text().startsWith(QStringLiteral("updated")); }));
    QCOMPARE(test::lookFaults(page).join(QLatin1Char('\n')), QString());
}

void TestOverviewGui::noWordFromTheServer()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    auto *banner = page.findChild<Banner *>();
    QVERIFY(!banner->isVisibleTo(&page));
    const int findings = stage.view().model()->rowCount();
    stage.world.refuse("pods", 503, "ServiceUnavailable", "not now");
    stage.world.server().server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, "/api/v1/pods");
    QVERIFY(stage.wait([&] { return banner->isVisibleTo(&page); }));
    QCOMPARE(stage.view().model()->rowCount(), findings); // what was seen is not unsaid
    QCOMPARE(page.freshness()->phase, kube::Phase::Stale);
}

void TestOverviewGui::chartsSayWhatWasRolledOut()
{
    const Theme theme(Scheme::Light);
    HistoryCharts charts(theme);
    const std::unique_ptr<ChartCard> warnings(charts.warnings());
    const std::unique_ptr<ChartCard> restarts(charts.restarts());
    restarts->resize(356, 130);
    const auto now = Moment(std::chrono::seconds(1'795'000'000));
    using std::chrono::minutes;
    const std::vector<overview::Rollout> rollouts = {{.space = "a", .name = "too-long-ago", .revision = 2, .at = now - minutes(70)},
        {.space = "a", .name = "cart", .revision = 7, .at = now - minutes(50)},
        {.space = "a", .name = "checkout", .revision = 41, .at = now - minutes(20)},
        {.space = "a", .name = "web", .revision = 3, .at = now - minutes(19)}};
    charts.show(overview::History(), rollouts, now);
    (void)test::picture(*restarts, {356, 130});
    auto *const chart = restarts->findChild<RestartsChart *>();
    const QList<QRectF> places = chart->markPlaces();
    QCOMPARE(places.size(), 3);       // the first one was before
    QVERIFY(!places.last().isNull()); // of those that are too near to each other the newest is told
    const QFont small = theme.font(FontRole::Small);
    for (qsizetype i = 0; i < places.size(); ++i) {
        QVERIFY(places[i].isNull() || QRectF(chart->rect()).contains(places[i]));
        const QString &words = chart->marks()[i].words; // whole, in the shape in which they are painted
        QVERIFY2(places[i].isNull() || places[i].width() >= textWidth(words, small, Shaping::Exact), qPrintable(words));
    }
    QVERIFY(places[1].isNull() || !places[1].intersects(places[2]));
    charts.setTwin(true);
    charts.show(overview::History(), rollouts, now);
    QStringList told;
    const TextTable &table = restarts->table();
    for (int row = 0; row < table.rowCount(); ++row) {
        const QString words = table.index(row, 1).data().toString();
        if (!words.isEmpty())
            told << table.index(row, 0).data().toString() + QStringLiteral(" ") + words;
    }
    QCOMPARE(told, (QStringList{QStringLiteral("%1 web revision 3").arg(clockText(now - minutes(19))),
                       QStringLiteral("%1 checkout revision 41").arg(clockText(now - minutes(20))),
                       QStringLiteral("%1 cart revision 7").arg(clockText(now - minutes(50)))}));
}

void TestOverviewGui::eachChartHasATable()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    const auto cards = page.findChildren<ChartCard *>();
    QCOMPARE(cards.size(), 3);
    for (ChartCard *card : cards)
        QVERIFY(!card->view()->isVisibleTo(&page));
    switchNamed(page, "Charts or tables")->part(1)->click();
    for (ChartCard *card : cards) {
        QVERIFY(card->view()->isVisibleTo(&page));
        QVERIFY(card->table().rowCount() > 0);
        QVERIFY(!card->view()->accessibleName().isEmpty());
    }
    // As charts they say what each colour means, in a narrow window too.
    switchNamed(page, "Charts or tables")->part(0)->click();
    (void)test::picture(page, {1068, 706});
    for (ChartCard *card : cards) {
        const QList<QRectF> keys = card->keyPlaces();
        QCOMPARE(keys.size(), card->keys().size());
        for (const QRectF &key : keys)
            QVERIFY(card->rect().contains(key.toAlignedRect()));
    }
    QVERIFY(cards[0]->keys().size() > 1);
    switchNamed(page, "Charts or tables")->part(1)->click();
    // The figures are the page's.
    const auto &spaces = page.overview().glance()->figures.spaces;
    QCOMPARE(cards[2]->table().rowCount(), int(spaces.size()));
    QCOMPARE(cards[2]->table().index(0, 0).data().toString(), QString::fromStdString(spaces[0].space));
    (void)test::picture(page, {1068, 706});
    QCOMPARE(test::lookFaults(page).join(QLatin1Char('\n')), QString());
    // It is remembered.
    stage.page.reset();
    stage.open();
    QVERIFY(stage.page->findChildren<ChartCard *>()[0]->view()->isVisibleTo(stage.page.get()));
}

void TestOverviewGui::noColourGoesUnsaid()
{
    OverviewStage stage;
    ChartCard card(stage.theme, QStringLiteral("Warnings per 5 min"), new RestartsChart(stage.theme), 1);
    card.setNote(QStringLiteral("since 18:52"));
    const QStringList names = {QStringLiteral("FailedCreatePodSandBox"), QStringLiteral("FailedScheduling"), QStringLiteral("BackoffLimitExceeded"),
        QStringLiteral("9 others")};
    QList<ChartCard::Key> keys;
    for (const QString &name : names)
        keys.append({.ink = &Tokens::bad, .name = name});
    card.setKeys(keys);
    int lines = 0;
    for (const int wide : {1200, 356, 200}) {
        (void)test::picture(card, {wide, 172});
        const QList<QRectF> places = card.keyPlaces();
        QCOMPARE(places.size(), keys.size());
        std::set<qreal> tops;
        for (qsizetype i = 0; i < places.size(); ++i) {
            QVERIFY2(places[i].width() > textWidth(names[i], stage.theme.font(FontRole::Small)), qPrintable(names[i]));
            QVERIFY2(QRectF(card.rect()).contains(places[i]), qPrintable(names[i]));
            for (qsizetype other = 0; other < i; ++other)
                QVERIFY2(!places[i].intersects(places[other]), qPrintable(names[i]));
            tops.insert(places[i].top());
        }
        QVERIFY2(int(tops.size()) > lines, qPrintable(QString::number(wide))); // the narrower, the more lines
        lines = int(tops.size());
    }
}

void TestOverviewGui::chartsLookFurtherBack()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    const auto cards = page.findChildren<ChartCard *>();
    switchNamed(page, "Charts or tables")->part(1)->click();
    auto *ranges = switchNamed(page, "How far back charts look");
    const auto sum = [&](int card) {
        int all = 0;
        TextTable &table = cards[card]->table();
        for (int row = 0; row < table.rowCount(); ++row)
            all += table.index(row, table.columnCount() - 1).data().toString().toInt();
        return all;
    };
    const QList<QStringList> names = {{QStringLiteral("Warnings per 5 min"), QStringLiteral("Restarts per minute")},
        {QStringLiteral("Warnings per 15 min"), QStringLiteral("Restarts per 5 min")},
        {QStringLiteral("Warnings per hour"), QStringLiteral("Restarts per 15 min")}};
    const QList<QPair<int, int>> rows = {{12, 60}, {24, 72}, {24, 96}};
    QPair<int, int> before{0, 0};
    for (int range = 0; range < 3; ++range) {
        ranges->part(range)->click();
        for (int card = 0; card < 2; ++card)
            QCOMPARE(cards[card]->view()->accessibleName(), names[range][card]);
        QCOMPARE(qMakePair(cards[0]->table().rowCount(), cards[1]->table().rowCount()), rows[range]);
        QVERIFY(sum(0) >= before.first && sum(1) >= before.second);
        before = {sum(0), sum(1)};
        (void)test::picture(page, {1068, 706});
        QCOMPARE(test::lookFaults(page).join(QLatin1Char('\n')), QString());
    }
    QVERIFY(before.first > 0 && before.second > 0);
    // It is remembered; and what is not a range is none.
    stage.page.reset();
    stage.open();
    QCOMPARE(switchNamed(*stage.page, "How far back charts look")->chosen(), 2);
    stage.page.reset();
    stage.settings.set(QStringLiteral("overview/range"), 77);
    stage.open();
    QCOMPARE(switchNamed(*stage.page, "How far back charts look")->chosen(), 2);
}

void TestOverviewGui::namespacesAreFollowed()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    const QString all = stage.tiles().tile(0).facts().figure;
    page.setScope(kube::Scope::of({"team-b"}));
    QVERIFY(!page.isComplete());
    QVERIFY(stage.wait([&] { return page.isComplete(); }));
    QVERIFY(stage.tiles().tile(0).facts().figure != all);
    for (int row = 0; row < stage.view().model()->rowCount(); ++row)
        QVERIFY(stage.view().model()->index(row, 0).data(FindingModel::WhereRole).toString().endsWith(QStringLiteral("team-b")));
}

void TestOverviewGui::hiddenNothingIsWorkedOut()
{
    OverviewStage stage;
    OverviewPage &page = stage.open();
    page.hide();
    const int rounds = page.overview().rounds();
    stage.world.remove("pods", "team-a", "missing-secret-key");
    QElapsedTimer timer;
    timer.start();
    QVERIFY(stage.wait([&] { return timer.elapsed() > 2 * overview::Overview::interval.count(); }));
    QCOMPARE(page.overview().rounds(), rounds);
    QVERIFY(stage.finding(QStringLiteral("missing-secret-key")).isValid());
    page.show();
    QVERIFY(stage.nextRound());
    QVERIFY(!stage.finding(QStringLiteral("missing-secret-key")).isValid());
}

void TestOverviewGui::whatIsUsedStandsBesideWhatIsAskedFor()
{
    OverviewStage stage;
    int asked = 0;
    stage.world.server().offerMetrics([&asked](const net::Request &) {
        ++asked;
        return test::ObjectWorld::podMetricsList({test::ObjectWorld::podMetrics("team-a", "web-1", "250m", "64Mi"),
            test::ObjectWorld::podMetrics("team-a", "web-2", "250m", "64Mi"), test::ObjectWorld::podMetrics("elsewhere", "x", "2", "1Gi")});
    });
    OverviewPage &page = stage.open();
    QVERIFY(stage.wait([&] { return stage.tiles().tile(4).facts().unit == QStringLiteral("used"); }));
    const TileFacts &cpu = stage.tiles().tile(4).facts();
    QCOMPARE(cpu.figure, QStringLiteral("2.5"));
    const double there = page.overview().glance()->figures.allocatable.cpu;
    QCOMPARE(words(cpu)[0], QStringLiteral("used %1").arg(percentText(2.5, there)));
    QCOMPARE(cpu.parts[0].share, std::min(2.5, there)); // a bar has no more than there is
    QVERIFY(words(cpu)[1].startsWith(QStringLiteral("req. ")));
    QVERIFY(cpu.spoken.contains(QStringLiteral("Used by pods: 2.5 cores.")));
    QCOMPARE(stage.tiles().tile(5).facts().unit, QStringLiteral("Gi used"));
    auto *chart = page.findChild<SpacesChart *>();
    QCOMPARE(chart->rows().front().name, QStringLiteral("elsewhere"));
    QCOMPARE(chart->rows().front().used, std::optional(2.0));
    QCOMPARE(chart->rows().front().asked, 0.0);
    const auto team = std::find_if(chart->rows().begin(), chart->rows().end(), [](const auto &row) { return row.name == QStringLiteral("team-a"); });
    QVERIFY(team != chart->rows().end());
    QCOMPARE(team->used, std::optional(0.5));
    // Hidden nothing is asked.
    QCOMPARE(asked, 1);
    page.hide();
    page.show();
    stage.world.settle();
    QCOMPARE(asked, 1);
    QCOMPARE(stage.world.server().server().unexpected(), 0);
}

void TestOverviewGui::withoutMetricsTheTileSaysSo()
{
    OverviewStage stage;
    stage.open();
    const TileFacts &cpu = stage.tiles().tile(4).facts();
    QCOMPARE(words(cpu)[0], noMetrics);
    QCOMPARE(cpu.parts[0].share, 0.0);
    QCOMPARE(cpu.unit, QStringLiteral("req."));
    // It can be read at the smallest window's width.
    const auto keys = stage.tiles().tile(4).findChildren<TileKey *>();
    QVERIFY(std::any_of(keys.begin(), keys.end(), [](TileKey *key) { return key->isVisible() && key->accessibleName() == noMetrics; }));
    for (const auto &row : stage.page->findChild<SpacesChart *>()->rows())
        QVERIFY(!row.used);
}

void TestOverviewGui::metricsThatHangDelayNothing()
{
    OverviewStage stage;
    stage.world.server().offerMetrics([](const net::Request &) { return test::held(); });
    OverviewPage &page = stage.open();
    QVERIFY(page.isComplete());
    QVERIFY(page.overview().glance() != nullptr);
    QCOMPARE(stage.tiles().tile(4).facts().unit, QStringLiteral("req."));
    QVERIFY(!words(stage.tiles().tile(4).facts()).contains(noMetrics));
    stage.world.server().server().breakWatch({.code = Code::Timeout, .message = "no answer"}, "/apis/metrics.k8s.io/v1beta1/pods");
    QVERIFY(stage.wait([&] { return words(stage.tiles().tile(4).facts())[0] == QStringLiteral("metrics fail"); }));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestOverviewGui>(argc, argv);
}

#include "tst_overview_gui.moc"
