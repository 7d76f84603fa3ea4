// SPDX-License-Identifier: GPL-3.0-or-later
// The resources page as it is used: filter, chips, columns, order, states in words, copies, the docked object; below it the real engine.
#include "support/notedpane.h"
#include "support/offscreenmain.h"
#include "support/resourcesstage.h"

#include "items/tablemodel.h"
#include "ui/resources/ownertreeview.h"
#include "ui/resources/resourcespage.h"
#include "ui/resources/resourcetable.h"
#include "ui/resources/rowactions.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/placeholderrows.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/segmentedswitch.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>

namespace fairlead {

using namespace ui;
using test::NotedPane;
using test::ObjectWorld;
using test::podsPath;
using test::ResourcesStage;
using test::stagePod;

namespace {

QStringList words(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts)
        list.append(QString::fromLatin1(text));
    return list;
}

} // namespace

class TestResourcesGui : public QObject, private ResourcesStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { set(); }
    void cleanup() { strike(); }
    void rowsCountsAndOrder();
    void chipsFilterByState();
    void filterByTextAndLabel();
    void aWrongFilterIsSaid();
    void whatTheFilterHidesIsSaidAndUndone();
    void noObjects();
    void noRight();
    void aFailedServerIsAskedAgain();
    void anUnknownKindIsSaid();
    void rowsStayWithoutWord();
    void selectionSurvivesChangesAndFilters();
    void columnsAndOrderAreRemembered();
    void copies();
    void enterOpensAndTheKeysLeadToTabs();
    void theChosenObjectIsDocked();
    void aNamedRowIsSelected();
    void namespacesChange();
    void theTreeAndBack();
    void loadingShowsPlaceholders();
    void whatPodsUseIsAColumn();
    void hiddenColumnsAskForNothing();
    void metricsThatFailOrHangDelayNothing_data();
    void metricsThatFailOrHangDelayNothing();
};

void TestResourcesGui::rowsCountsAndOrder()
{
    page();
    QVERIFY(m_page->isComplete());
    QVERIFY(!m_page->failure());
    QCOMPARE(m_page->title(), QStringLiteral("Pods"));
    QVERIFY(said().contains(QStringLiteral("6")));
    // Worst first; the server's own words in the cells.
    QCOMPARE(column(QStringLiteral("Name")), words({"api-1", "api-2", "wait-1", "web-1", "web-2", "done-1"}));
    QCOMPARE(column(QStringLiteral("Restarts")).first(), QStringLiteral("14 (2m ago)"));
    QCOMPARE(m_page->statusText(), QStringLiteral("sorted by STATUS, worst first"));
    QCOMPARE(table().accessibleName(), QStringLiteral("pods"));
    QVERIFY(chip(QStringLiteral("Failing")));
    QCOMPARE(chip(QStringLiteral("Failing"))->accessibleName(), QStringLiteral("Failing 2"));
    QCOMPARE(chip(QStringLiteral("Running"))->accessibleName(), QStringLiteral("Running 2"));
    QVERIFY(!chip(QStringLiteral("Unknown"))->isVisibleTo(m_page.get()));
    const QStringList faults = test::lookFaults(*m_page);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(QLatin1Char('\n'))));
    // Counts follow.
    m_world->change(podsPath, stagePod("wait-1", "0/1", "Error", "0", "web", 9));
    m_world->settle();
    QTRY_COMPARE(chip(QStringLiteral("Failing"))->accessibleName(), QStringLiteral("Failing 3"));
}

void TestResourcesGui::chipsFilterByState()
{
    page();
    QTest::mouseClick(chip(QStringLiteral("Failing")), Qt::LeftButton);
    QCOMPARE(column(QStringLiteral("Name")), words({"api-1", "api-2"}));
    QVERIFY(said().contains(QStringLiteral("2 of 6")));
    QCOMPARE(chip(QStringLiteral("Running"))->accessibleName(), QStringLiteral("Running 2")); // of all rows
    QTest::keyClick(chip(QStringLiteral("Waiting")), Qt::Key_Space);
    QCOMPARE(column(QStringLiteral("Name")), words({"api-1", "api-2", "wait-1"}));
    QCOMPARE(m_page->destination().states, std::string("degraded,failed"));
    // What was left comes back.
    page(Destination(m_page->destination()));
    QCOMPARE(column(QStringLiteral("Name")), words({"api-1", "api-2", "wait-1"}));
}

void TestResourcesGui::filterByTextAndLabel()
{
    page();
    m_page->focusFilter();
    auto *field = m_page->findChild<SearchField *>();
    QTest::keyClicks(field, QStringLiteral("crash"));
    QCOMPARE(column(QStringLiteral("Name")), words({"api-1"}));
    field->setText(QStringLiteral("app=api"));
    QCOMPARE(column(QStringLiteral("Name")), words({"api-1", "api-2"}));
    field->setText(QStringLiteral("!app=api"));
    QCOMPARE(column(QStringLiteral("Name")).size(), 4);
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(column(QStringLiteral("Name")).size(), 6);
}

void TestResourcesGui::aWrongFilterIsSaid()
{
    page();
    auto *field = m_page->findChild<SearchField *>();
    field->setText(QStringLiteral("web"));
    field->setText(QStringLiteral("\"web"));
    QVERIFY(!field->problem().isEmpty());
    QCOMPARE(column(QStringLiteral("Name")).size(), 2); // the last one that could be read
    field->setText(QStringLiteral("\"web\""));
    QVERIFY(field->problem().isEmpty());
}

void TestResourcesGui::whatTheFilterHidesIsSaidAndUndone()
{
    page();
    m_page->findChild<SearchField *>()->setText(QStringLiteral("nginx-ingres"));
    QVERIFY2(said().contains(QStringLiteral("The filter hides all 6 pods.")), qPrintable(said().join(QLatin1Char('|'))));
    QVERIFY(said().contains(QStringLiteral("0 of 6")));
    QCOMPARE(table().height(), 26); // its captions stay
    press(QStringLiteral("Clear the filter"));
    QCOMPARE(column(QStringLiteral("Name")).size(), 6);
    QVERIFY(table().isEnabled());
}

void TestResourcesGui::noObjects()
{
    m_world->addCollection("/api/v1/namespaces/empty/pods", {"Name", "Ready", "Status", "Restarts", "Age"});
    page({.page = "resources", .kind = "pods", .scope = kube::Scope::of({"empty"})});
    QVERIFY(m_page->isComplete());
    QVERIFY2(said().contains(QStringLiteral("No pods in namespace empty.")), qPrintable(said().join(QLatin1Char('|'))));
    QSignalSpy wanted(m_page.get(), &Page::wanted);
    press(QStringLiteral("Show all namespaces"));
    QCOMPARE(wanted.size(), 1);
    const auto there = wanted.first().first().value<Destination>();
    QVERIFY(there.scope && there.scope->isAll());
}

void TestResourcesGui::noRight()
{
    const std::string words = "pods is forbidden: User dev cannot list resource pods in the namespace payments";
    m_world->refuse(podsPath, 403, "Forbidden", words);
    page();
    QVERIFY(m_page->isComplete());
    QVERIFY(m_page->failure() && m_page->failure()->code == Code::Forbidden);
    QVERIFY2(said().contains(QStringLiteral("You may not list pods in namespace payments.")), qPrintable(said().join(QLatin1Char('|'))));
    press(QStringLiteral("Retry now"));
}

void TestResourcesGui::aFailedServerIsAskedAgain()
{
    m_world->refuse(podsPath, 500, "InternalError", "etcd has no leader");
    page();
    QVERIFY(m_page->failure());
    QVERIFY2(said().contains(QStringLiteral("The pods could not be read: the server refuses.")), qPrintable(said().join(QLatin1Char('|'))));
    m_world->refuse(podsPath, 0, {}, {});
    press(QStringLiteral("Retry now"));
    m_world->settle();
    QCOMPARE(column(QStringLiteral("Name")).size(), 6);
    QVERIFY(!m_page->failure());
}

void TestResourcesGui::anUnknownKindIsSaid()
{
    page({.page = "resources", .kind = "<b>gizmos</b>"});
    QVERIFY(m_page->isComplete());
    QVERIFY(m_page->failure());
    QVERIFY2(said().contains(QStringLiteral("This cluster has no kind <b>gizmos</b>.")), qPrintable(said().join(QLatin1Char('|'))));
}

void TestResourcesGui::rowsStayWithoutWord()
{
    page();
    m_world->refuse(podsPath, 503, "ServiceUnavailable", "the server is currently unable to handle the request");
    m_world->server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, podsPath);
    m_world->settle();
    auto *banner = m_page->findChild<Banner *>();
    QTRY_VERIFY((m_world->settle(), banner->isVisibleTo(m_page.get())));
    QVERIFY2(
        banner->accessibleName().startsWith(QStringLiteral("No word from the server. The rows are those of ")), qPrintable(banner->accessibleName()));
    QCOMPARE(column(QStringLiteral("Name")).size(), 6);
    QVERIFY(table().isEnabled());
    m_world->refuse(podsPath, 0, {}, {});
    press(QStringLiteral("Retry now"));
    m_world->settle();
    QTRY_VERIFY((m_world->settle(), !banner->isVisibleTo(m_page.get())));
}

void TestResourcesGui::selectionSurvivesChangesAndFilters()
{
    page();
    table().selectRow(0);
    table().selectionModel()->select(table().model()->index(2, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    const auto names = [this] {
        QStringList list;
        for (const auto &item : table().selected())
            list.append(QString::fromUtf8(item->name().data(), qsizetype(item->name().size())));
        return list;
    };
    QCOMPARE(names(), words({"api-1", "wait-1"}));
    m_world->change(podsPath, stagePod("api-1", "1/1", "Running", "15 (1s ago)", "api", 9)); // goes down in the order
    m_world->addObject(podsPath, stagePod("aaa", "0/1", "Error", "0", "web", 10));
    m_world->settle();
    QTRY_COMPARE(names(), words({"wait-1", "api-1"}));
    m_page->findChild<SearchField *>()->setText(QStringLiteral("1"));
    QCOMPARE(names(), words({"wait-1", "api-1"}));
    QVERIFY(table().current());
    QCOMPARE(table().current()->name(), std::string_view("api-1"));
}

void TestResourcesGui::columnsAndOrderAreRemembered()
{
    page();
    QMenu menu;
    table().fillColumnsMenu(menu);
    for (QAction *action : menu.actions()) {
        if (action->text() == QLatin1String("Restarts"))
            action->trigger();
        if (action->text() == QLatin1String("Name"))
            QVERIFY(!action->isEnabled());
    }
    table().horizontalHeader()->moveSection(4, 0); // AGE first
    Q_EMIT table().horizontalHeader()->sectionClicked(0);
    Q_EMIT table().horizontalHeader()->sectionClicked(0);
    QCOMPARE(column(QStringLiteral("Name")).first(), QStringLiteral("web-2"));
    page();
    QVERIFY(table().isColumnHidden(3));
    QCOMPARE(table().horizontalHeader()->logicalIndex(0), 4);
    QCOMPARE(column(QStringLiteral("Name")).first(), QStringLiteral("web-2"));
    QCOMPARE(m_page->statusText(), QStringLiteral("sorted by NAME, downwards"));
}

void TestResourcesGui::copies()
{
    page();
    table().selectRow(0);
    QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(
        QApplication::clipboard()->text(), QStringLiteral("NAME\tREADY\tSTATUS\tRESTARTS\tAGE\napi-1\t0/1\tCrashLoopBackOff\t14 (2m ago)\t4h12m\n"));
    table().selectAll();
    RowActions::Rows rows{.kinds = {{ObjectWorld::pods(), table().selected()}}, .table = {}};
    rows.kinds.front().items.resize(2);
    QCOMPARE(RowActions::kubectlCommand("it's staging", rows),
        QStringLiteral("kubectl --context 'it'\\''s staging' --namespace payments get pods api-1 api-2"));
}

void TestResourcesGui::enterOpensAndTheKeysLeadToTabs()
{
    page();
    QSignalSpy wanted(m_page.get(), &Page::wanted);
    table().setFocus();
    table().selectRow(1);
    for (const auto &[key, tab] : {std::pair<Qt::Key, std::string>(Qt::Key_Return, ""), {Qt::Key_L, "log"}, {Qt::Key_Y, "yaml"}}) {
        wanted.clear();
        QTest::keyClick(&table(), key);
        QCOMPARE(wanted.size(), 1);
        const auto there = wanted.first().first().value<Destination>();
        QCOMPARE(there, (Destination{.page = "object", .kind = "pods", .space = "payments", .name = "api-2", .tab = tab}));
    }
}

void TestResourcesGui::theChosenObjectIsDocked()
{
    NotedPane *pane = nullptr;
    page({.page = "resources", .kind = "pods"}, [&pane](const PageContext &, QWidget *parent) { return pane = new NotedPane(parent); });
    QVERIFY(pane->isHidden()); // nothing was chosen
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(table().model()->index(1, 0)).center());
    QVERIFY(!pane->isHidden());
    QCOMPARE(pane->shown.last(), QStringLiteral("payments/api-2/"));
    QTest::keyClick(&table(), Qt::Key_Down);
    QCOMPARE(pane->shown.last(), QStringLiteral("payments/wait-1/"));
    QCOMPARE(pane->docks.last(), int(DetailPane::Dock::Below));
    QTest::keyClick(&table(), Qt::Key_Escape);
    QVERIFY(pane->isHidden());
    QCOMPARE(pane->shown.last(), QStringLiteral("-"));
}

void TestResourcesGui::aNamedRowIsSelected()
{
    NotedPane *pane = nullptr;
    page({.page = "resources", .kind = "pods", .select = "web-2"},
        [&pane](const PageContext &, QWidget *parent) { return pane = new NotedPane(parent); });
    QCOMPARE(table().current()->name(), std::string_view("web-2"));
    QCOMPARE(pane->shown.last(), QStringLiteral("payments/web-2/"));
    QVERIFY(!pane->isHidden());
}

void TestResourcesGui::namespacesChange()
{
    m_world->addCollection("/api/v1/namespaces/other/pods", {"Name", "Ready", "Status", "Restarts", "Age"});
    m_world->addObject("/api/v1/namespaces/other/pods", stagePod("elsewhere", "1/1", "Running"));
    page();
    m_page->setScope(kube::Scope::of({"other"}));
    m_world->settle();
    QCOMPARE(column(QStringLiteral("Name")), words({"elsewhere"}));
    QVERIFY(m_page->isComplete());
}

void TestResourcesGui::theTreeAndBack()
{
    page();
    auto *views = m_page->findChild<SegmentedSwitch *>();
    QTest::mouseClick(views->part(1), Qt::LeftButton);
    m_world->settle();
    auto *tree = m_page->findChild<OwnerTreeView *>();
    QVERIFY(tree != nullptr);
    QTRY_COMPARE(tree->model()->rowCount(), 6);
    QCOMPARE(m_page->title(), QStringLiteral("Pods by owner"));
    QVERIFY(!table().isVisibleTo(m_page.get()));
    QCOMPARE(tree->accessibleName(), QStringLiteral("pods"));
    m_page->findChild<SearchField *>()->setText(QStringLiteral("api"));
    QTRY_COMPARE(tree->model()->rowCount(), 2);
    QCOMPARE(m_page->destination().view, std::string("tree"));
    QTest::mouseClick(views->part(0), Qt::LeftButton);
    QVERIFY(m_page->findChild<OwnerTreeView *>() == nullptr);
    QVERIFY(table().isVisibleTo(m_page.get()));
    QCOMPARE(column(QStringLiteral("Name")), words({"api-1", "api-2"}));
}

void TestResourcesGui::loadingShowsPlaceholders()
{
    m_page = std::make_unique<ResourcesPage>(PageContext{*m_theme, *m_settings, m_clusters, m_world->cluster(), kube::Scope::of({"payments"})},
        Destination{.page = "resources", .kind = "pods"});
    (void)test::picture(*m_page, {1068, 700});
    auto *loading = m_page->findChild<PlaceholderRows *>();
    QSignalSpy shown(loading, &PlaceholderRows::shown);
    QVERIFY(!m_page->isComplete());
    QTRY_COMPARE(shown.size(), 1);
    m_world->settle();
    QVERIFY(!loading->isVisibleTo(m_page.get()));
    QVERIFY(m_page->isComplete());
}

void TestResourcesGui::whatPodsUseIsAColumn()
{
    m_world->offerMetrics([](const net::Request &) {
        return ObjectWorld::podMetricsList({ObjectWorld::podMetrics("payments", "web-1", "12m", "34Mi"),
            ObjectWorld::podMetrics("payments", "api-1", "1500m", "512Mi"), ObjectWorld::podMetrics("payments", "web-2", "900u", "2Gi")});
    });
    page();
    QTRY_COMPARE(column(QStringLiteral("CPU")).count(QStringLiteral("–")), 3);
    const QStringList names = column(QStringLiteral("Name"));
    QCOMPARE(column(QStringLiteral("CPU"))[names.indexOf(QStringLiteral("web-1"))], QStringLiteral("12m"));
    QCOMPARE(column(QStringLiteral("Memory"))[names.indexOf(QStringLiteral("web-2"))], QStringLiteral("2048Mi"));
    // By value, from the header.
    const int cpu = m_page->findChild<ResourceTable *>()->model()->columnCount() - 3; // before the age
    QCOMPARE(table().model()->headerData(cpu, Qt::Horizontal).toString(), QStringLiteral("CPU"));
    Q_EMIT table().horizontalHeader()->sectionClicked(cpu);
    QCOMPARE(column(QStringLiteral("Name")).mid(0, 3), words({"web-2", "web-1", "api-1"}));
    QCOMPARE(m_world->server().unexpected(), 0);
}

void TestResourcesGui::hiddenColumnsAskForNothing()
{
    int asked = 0;
    m_world->offerMetrics([&asked](const net::Request &) {
        ++asked;
        return ObjectWorld::podMetricsList({});
    });
    m_settings->set(QStringLiteral("tables/pods"),
        QJsonObject{
            {QStringLiteral("columns"), QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("Name")}, {QStringLiteral("shown"), true}},
                                            QJsonObject{{QStringLiteral("name"), QStringLiteral("CPU")}, {QStringLiteral("shown"), false}},
                                            QJsonObject{{QStringLiteral("name"), QStringLiteral("Memory")}, {QStringLiteral("shown"), false}}}}});
    page();
    m_world->settle();
    QCOMPARE(asked, 0);
    // They are offered all the same.
    QMenu menu;
    table().fillColumnsMenu(menu);
    const auto actions = menu.actions();
    const auto cpu = std::find_if(actions.begin(), actions.end(), [](const QAction *action) { return action->text() == QStringLiteral("CPU"); });
    QVERIFY(cpu != actions.end());
    QVERIFY(!(*cpu)->isChecked());
    (*cpu)->trigger();
    m_world->settle();
    QCOMPARE(asked, 1);
}

void TestResourcesGui::metricsThatFailOrHangDelayNothing_data()
{
    QTest::addColumn<int>("how");
    QTest::newRow("absent") << 0;
    QTest::newRow("503") << 1;
    QTest::newRow("hangs") << 2;
}

void TestResourcesGui::metricsThatFailOrHangDelayNothing()
{
    QFETCH(const int, how);
    if (how == 1)
        m_world->offerMetrics([](const net::Request &) { return test::refusal(503, "ServiceUnavailable", "the server is currently unable"); });
    if (how == 2)
        m_world->offerMetrics([](const net::Request &) { return test::held(); });
    page();
    QVERIFY(m_page->isComplete());
    QCOMPARE(table().model()->rowCount(), 6);
    QCOMPARE(column(QStringLiteral("CPU")), how == 0 ? QStringList() : QStringList(6, QStringLiteral("–")));
    QCOMPARE(m_page->freshness()->phase, kube::Phase::Live);
    QCOMPARE(m_world->server().unexpected(), 0);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestResourcesGui>(argc, argv);
}

#include "tst_resources_gui.moc"
