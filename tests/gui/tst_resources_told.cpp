// SPDX-License-Identifier: GPL-3.0-or-later
// What a resources page tells while things happen to it: counts that run up, seconds, ages, rights, what is complete and what is stale.
#include "support/notedpane.h"
#include "support/offscreenmain.h"
#include "support/resourcesstage.h"

#include "ui/resources/ownertreeview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/searchfield.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonObject>
#include <QMenu>
#include <QPaintEvent>
#include <QRegularExpression>
#include <QSignalSpy>

#include <algorithm>
#include <functional>
#include <set>

namespace fairlead {

using namespace ui;
using namespace std::chrono_literals;
using test::NotedPane;
using test::podsPath;
using test::ResourcesStage;
using test::stagePod;

namespace {

const std::string reviewPath = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
const std::string manyPath = "/api/v1/namespaces/many/pods";

/// A page of a list of pods: bytes for scripts below the decoder.
std::string podsPage(const std::vector<std::string> &names, const std::string &next)
{
    std::string rows;
    for (const std::string &name : names)
        rows += (rows.empty() ? "" : ",") + std::string(R"({"cells":[")") + name + R"(","1/1","Running","0","4h"],"object":)" +
                stagePod(name, "", "").json + "}";
    std::string columns;
    for (const char *name : {"Name", "Ready", "Status", "Restarts", "Age"})
        columns +=
            (columns.empty() ? "" : ",") + std::string(R"({"name":")") + name + R"(","type":"string","format":"","description":"","priority":0})";
    return R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"9","continue":")" + next + R"("},"columnDefinitions":[)" +
           columns + R"(],"rows":[)" + rows + "]}";
}

/// Notes which parts of a viewport are painted.
class Painted : public QObject {
public:
    explicit Painted(QWidget *viewport) { viewport->installEventFilter(this); }
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            region += static_cast<QPaintEvent *>(event)->region();
        return false;
    }
    QRegion region;
};

/// The number in "Next try in 27 s"; -1: it does not say so.
int secondsIn(const QString &text)
{
    const auto match = QRegularExpression(QStringLiteral("ext try in (\\d+) s")).match(text);
    return match.hasMatch() ? match.captured(1).toInt() : -1;
}

} // namespace

class TestResourcesTold : public QObject, private ResourcesStage {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        set();
        m_allowed.clear();
        m_reviewStatus = 0;
    }
    void cleanup() { strike(); }
    void countsRunUpWhileItIsListed();
    void agesArePaintedAgain();
    void secondsCountInTheStaleLine();
    void secondsCountInTheFailedMessage();
    void staleRowsHaveNoColour_data();
    void staleRowsHaveNoColour();
    void aChosenStateStaysThoughNothingIsInIt();
    void clearingTheFilterUnchecksStatesToo();
    void aMessageClosesThePane();
    void namespacesOnceChosenAreOffered();
    void rightsAreAskedAgain();
    void kindsWithoutNamespaceAskForNone();
    void itIsCompleteOnlyWithTheRights();
    void itIsCompleteOnlyWithTheFacts();
    void onlyWhatHasALogOpensOne();
    void aNewTabIsAskedFor();

private:
    void rememberTeams();
    void answerReviews();
    void loseTheServer();
    [[nodiscard]] QString allSaid() { return said().join(QLatin1Char('|')); }
    [[nodiscard]] QMenu *contextMenu();
    std::set<std::string> m_allowed; ///< namespaces of which reviews say yes
    int m_reviewStatus = 0;          ///< else they are refused by it
};

// As the window does where a person chooses them.
void TestResourcesTold::rememberTeams()
{
    m_settings->set(QStringLiteral("contexts/staging-eu"),
        QJsonObject{{QStringLiteral("recent"), QJsonArray{QStringLiteral("team-a"), QStringLiteral("team-b")}}});
}

void TestResourcesTold::answerReviews()
{
    m_world->server().on(net::Verb::Review, reviewPath, {}, [this](const net::Request &request) {
        if (m_reviewStatus != 0)
            return test::refusal(m_reviewStatus, "InternalError", "no judge is there");
        const bool allowed = std::any_of(m_allowed.begin(), m_allowed.end(),
            [&request](const std::string &space) { return request.body.find("\"namespace\":\"" + space + "\"") != std::string::npos; });
        return test::answer(std::string(R"({"kind":"SelfSubjectAccessReview","status":{"allowed":)") + (allowed ? "true}}" : "false}}"));
    });
}

void TestResourcesTold::loseTheServer()
{
    m_world->refuse(podsPath, 403, "Forbidden", "pods is forbidden"); // tried again after half a minute
    m_world->server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, podsPath);
    auto *banner = m_page->findChild<Banner *>();
    QTRY_VERIFY((m_world->settle(), banner->isVisibleTo(m_page.get())));
}

QMenu *TestResourcesTold::contextMenu()
{
    const QPoint at = table().visualRect(table().currentIndex()).center();
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, table().viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(table().viewport(), &event);
    const QList<QMenu *> menus = m_page->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
    const auto open = std::find_if(menus.begin(), menus.end(), [](const QMenu *menu) { return menu->isVisible(); });
    return open == menus.end() ? nullptr : *open;
}

void TestResourcesTold::countsRunUpWhileItIsListed()
{
    auto &server = m_world->server();
    const auto first = [](const net::Request &request) { return test::ScriptedTransport::queryValue(request, "continue").empty(); };
    server.on(net::Verb::List, manyPath, first, [](const net::Request &) { return test::answer(podsPage({"a", "b"}, "more")); });
    server.on(net::Verb::List, manyPath, test::held());
    server.on(net::Verb::Watch, manyPath, test::held());
    page({.page = "resources", .kind = "pods", .scope = kube::Scope::of({"many"})});
    QVERIFY2(said().contains(QStringLiteral("2 so far")), qPrintable(allSaid()));
    QCOMPARE(column(QStringLiteral("Name")).size(), 2);
    QVERIFY(!m_page->isComplete());
    m_page->findChild<SearchField *>()->setText(QStringLiteral("b"));
    QVERIFY2(said().contains(QStringLiteral("1 of 2")), qPrintable(allSaid()));
    m_page->findChild<SearchField *>()->clear();
    server.push(podsPage({"c"}, ""), manyPath);
    server.endWatch(manyPath);
    QTRY_VERIFY2((m_world->settle(), said().contains(QStringLiteral("3"))), qPrintable(allSaid()));
    QVERIFY(m_page->isComplete());
}

void TestResourcesTold::agesArePaintedAgain()
{
    page();
    const auto isPainted = [this](const Painted &painted, int column) {
        return painted.region.contains(QPoint(table().columnViewportPosition(column) + table().columnWidth(column) / 2, 5));
    };
    m_page->setAttribute(Qt::WA_DontShowOnScreen, false);
    for (const char *time : {"at first", "after it was hidden"}) {
        m_page->hide();
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        QCoreApplication::processEvents();
        Painted painted(table().viewport());
        QTRY_VERIFY2(isPainted(painted, 4), time); // nothing has happened to any row
        QVERIFY2(isPainted(painted, 3), time);     // "14 (2m ago)"
        QVERIFY2(!isPainted(painted, 0) && !isPainted(painted, 2), time);
    }
}

void TestResourcesTold::secondsCountInTheStaleLine()
{
    page();
    loseTheServer();
    auto *banner = m_page->findChild<Banner *>();
    const int before = secondsIn(banner->accessibleName());
    QVERIFY2(before > 5, qPrintable(banner->accessibleName()));
    const int asked = m_world->server().count(net::Verb::List, podsPath);
    QTRY_VERIFY(secondsIn(banner->accessibleName()) < before - 1); // twice: it goes on
    QCOMPARE(m_world->server().count(net::Verb::List, podsPath), asked);
}

void TestResourcesTold::secondsCountInTheFailedMessage()
{
    test::Answer busy = test::refusal(429, "TooManyRequests", "too many requests");
    busy.head.retryAfter = 40s;
    m_world->server().on(net::Verb::List, manyPath, busy);
    page({.page = "resources", .kind = "pods", .scope = kube::Scope::of({"many"})});
    QVERIFY(m_page->failure());
    const int before = secondsIn(allSaid());
    QVERIFY2(before > 5, qPrintable(allSaid()));
    QTRY_VERIFY(secondsIn(allSaid()) < before - 1);
    QCOMPARE(m_world->server().count(net::Verb::List, manyPath), 1);
}

void TestResourcesTold::staleRowsHaveNoColour_data()
{
    QTest::addColumn<QString>("view");
    QTest::newRow("table") << QStringLiteral("table");
    QTest::newRow("tree") << QStringLiteral("tree");
}

void TestResourcesTold::staleRowsHaveNoColour()
{
    QFETCH(const QString, view);
    auto crashing = test::ObjectWorld::crashingPod(); // with facts: a tree judges by them
    crashing.cells.resize(5);
    m_world->addObject(podsPath, crashing);
    page({.page = "resources", .kind = "pods", .view = view.toStdString()});
    QAbstractItemView *rows = &table();
    if (view == QLatin1String("tree"))
        rows = m_page->findChild<OwnerTreeView *>();
    QTRY_COMPARE((m_world->settle(), rows->model()->rowCount()), 7);
    const auto red = [this, rows] {
        const QImage image = test::picture(*m_page, {1068, 700});
        const QRect within(rows->viewport()->mapTo(m_page.get(), QPoint(0, 0)), rows->viewport()->size());
        const QRgb bad = m_theme->tokens().bad.rgb();
        int found = 0;
        for (int y = within.top(); y <= within.bottom(); ++y) {
            for (int x = within.left(); x <= within.right(); ++x)
                found += image.pixel(x, y) == bad ? 1 : 0;
        }
        return found;
    };
    QVERIFY(red() > 0);
    loseTheServer();
    QCOMPARE(red(), 0);
    m_world->refuse(podsPath, 0, {}, {});
    press(QStringLiteral("Retry now"));
    QTRY_VERIFY((m_world->settle(), !m_page->findChild<Banner *>()->isVisibleTo(m_page.get())));
    QVERIFY(red() > 0);
}

void TestResourcesTold::aChosenStateStaysThoughNothingIsInIt()
{
    page();
    QTest::mouseClick(chip(QStringLiteral("Waiting")), Qt::LeftButton);
    QCOMPARE(column(QStringLiteral("Name")), QStringList(QStringLiteral("wait-1")));
    m_world->change(podsPath, stagePod("wait-1", "1/1", "Running"));
    QTRY_COMPARE((m_world->settle(), column(QStringLiteral("Name")).size()), 0);
    QCOMPARE(chip(QStringLiteral("Waiting"))->accessibleName(), QStringLiteral("Waiting 0"));
    QVERIFY(chip(QStringLiteral("Waiting"))->isVisibleTo(m_page.get())); // what filters can be seen, and undone where it was done
    QVERIFY2(said().contains(QStringLiteral("None is in the chosen states.")), qPrintable(allSaid()));
    press(QStringLiteral("Clear the filter"));
    QCOMPARE(column(QStringLiteral("Name")).size(), 6);
    m_world->change(podsPath, stagePod("web-2", "0/1", "Pending"));
    QTRY_COMPARE((m_world->settle(), chip(QStringLiteral("Waiting"))->accessibleName()), QStringLiteral("Waiting 1"));
    m_world->change(podsPath, stagePod("web-2", "1/1", "Running"));
    QTRY_COMPARE((m_world->settle(), chip(QStringLiteral("Waiting"))->accessibleName()), QStringLiteral("Waiting 0"));
    QVERIFY(!chip(QStringLiteral("Waiting"))->isVisibleTo(m_page.get()));
}

void TestResourcesTold::clearingTheFilterUnchecksStatesToo()
{
    page();
    QTest::mouseClick(chip(QStringLiteral("Failing")), Qt::LeftButton);
    m_page->findChild<SearchField *>()->setText(QStringLiteral("web"));
    QVERIFY2(said().contains(QStringLiteral("None of those in the chosen states fits web.")), qPrintable(allSaid()));
    press(QStringLiteral("Clear the filter"));
    QVERIFY(!chip(QStringLiteral("Failing"))->isChecked());
    QVERIFY(m_page->findChild<SearchField *>()->text().isEmpty());
    QCOMPARE(column(QStringLiteral("Name")).size(), 6);
}

void TestResourcesTold::aMessageClosesThePane()
{
    NotedPane *pane = nullptr;
    page({.page = "resources", .kind = "pods"}, [&pane](const PageContext &, QWidget *parent) { return pane = new NotedPane(parent); });
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, table().visualRect(table().model()->index(1, 0)).center());
    QVERIFY(!pane->isHidden());
    // Who types a filter still reads what is docked.
    m_page->findChild<SearchField *>()->setText(QStringLiteral("nothing of the kind"));
    QVERIFY(!pane->isHidden());
    m_page->findChild<SearchField *>()->clear();
    for (const char *name : {"web-1", "api-1", "web-2", "wait-1", "api-2", "done-1"})
        m_world->remove(podsPath, name);
    QTRY_COMPARE((m_world->settle(), table().model()->rowCount()), 0);
    QVERIFY2(said().contains(QStringLiteral("No pods in namespace payments.")), qPrintable(allSaid()));
    QVERIFY(pane->isHidden());
    QCOMPARE(pane->shown.last(), QStringLiteral("-"));
}

void TestResourcesTold::namespacesOnceChosenAreOffered()
{
    answerReviews();
    m_allowed = {"team-b"};
    rememberTeams();
    m_world->refuse(podsPath, 403, "Forbidden", "pods is forbidden");
    page();
    QCOMPARE(m_world->server().count(net::Verb::Review, reviewPath), 3); // and the context's own
    QVERIFY2(said().contains(QStringLiteral("You may in team-b.")), qPrintable(allSaid()));
    QSignalSpy wanted(m_page.get(), &Page::wanted);
    press(QStringLiteral("Show team-b"));
    QCOMPARE(wanted.size(), 1);
    const auto there = wanted.first().first().value<Destination>();
    QCOMPARE(there.kind, std::string("pods"));
    QVERIFY(there.scope && there.scope->namespaces == std::set<std::string>{"team-b"});
}

void TestResourcesTold::rightsAreAskedAgain()
{
    answerReviews();
    m_allowed = {"team-b"};
    rememberTeams();
    m_world->refuse(podsPath, 403, "Forbidden", "pods is forbidden");
    m_world->addCollection(manyPath, {"Name"});
    m_world->refuse(manyPath, 403, "Forbidden", "pods is forbidden");
    page();
    QVERIFY2(said().contains(QStringLiteral("You may in team-b.")), qPrintable(allSaid()));
    // Somebody has been given a right, and tries again.
    m_allowed = {"team-a", "team-b"};
    press(QStringLiteral("Retry now"));
    QTRY_VERIFY2((m_world->settle(), said().contains(QStringLiteral("You may in team-a, team-b."))), qPrintable(allSaid()));
    // In another namespace what was found in this one is not said before it is found again.
    m_reviewStatus = 500;
    const int asked = m_world->server().count(net::Verb::Review, reviewPath);
    m_page->setScope(kube::Scope::of({"many"}));
    m_world->settle();
    QCOMPARE(m_world->server().count(net::Verb::Review, reviewPath), asked + 3);
    QVERIFY2(said().contains(QStringLiteral("You may not list pods in namespace many.")), qPrintable(allSaid()));
    QVERIFY2(!allSaid().contains(QStringLiteral("You may in")), qPrintable(allSaid()));
}

void TestResourcesTold::kindsWithoutNamespaceAskForNone()
{
    answerReviews();
    m_world->addCollection("/api/v1/nodes", {"Name"});
    m_world->refuse("/api/v1/nodes", 403, "Forbidden", "nodes is forbidden");
    page({.page = "resources", .kind = "nodes"});
    QVERIFY2(said().contains(QStringLiteral("You may not list nodes in this cluster.")), qPrintable(allSaid()));
    QVERIFY(m_page->isComplete());
    QCOMPARE(m_world->server().count(net::Verb::Review), 0);
}

void TestResourcesTold::itIsCompleteOnlyWithTheRights()
{
    answerReviews();
    m_allowed = {"payments"};
    m_world->refuse(podsPath, 403, "Forbidden", "pods is forbidden");
    m_page = std::make_unique<ResourcesPage>(PageContext{*m_theme, *m_settings, m_clusters, m_world->cluster(), kube::Scope::of({"payments"})},
        Destination{.page = "resources", .kind = "pods"});
    (void)test::picture(*m_page, {1068, 700});
    QStringList then;
    connect(m_page.get(), &Page::completed, this, [this, &then] { then = said(); });
    m_world->settle();
    QVERIFY(m_page->isComplete());
    QVERIFY2(then.contains(QStringLiteral("You may in payments.")), qPrintable(then.join(QLatin1Char('|'))));
}

void TestResourcesTold::itIsCompleteOnlyWithTheFacts()
{
    const std::string path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    m_world->addCollection(path, {"Name", "Created At"});
    for (const char *name : {"gizmos.example.com", "gadgets.example.com"}) {
        auto object = stagePod(name, "", "");
        object.cells = {name, "2026-11-24T10:28:00Z"};
        object.json.pop_back();
        object.json += R"(,"status":{"conditions":[{"type":"Established","status":"True"}]}})";
        m_world->addObject(path, object);
    }
    m_page = std::make_unique<ResourcesPage>(PageContext{*m_theme, *m_settings, m_clusters, m_world->cluster(), {}},
        Destination{.page = "resources", .kind = "customresourcedefinitions"});
    (void)test::picture(*m_page, {1068, 700});
    QString then;
    connect(m_page.get(), &Page::completed, this, [this, &then] { then = chip(QStringLiteral("Established"))->accessibleName(); });
    QTRY_VERIFY((m_world->settle(), m_page->isComplete()));
    QCOMPARE(then, QStringLiteral("Established 2"));
}

void TestResourcesTold::onlyWhatHasALogOpensOne()
{
    const std::string path = "/api/v1/namespaces/payments/configmaps";
    m_world->addCollection(path, {"Name", "Data", "Age"});
    auto object = stagePod("settings", "", "");
    object.cells = {"settings", "1", "4h"};
    m_world->addObject(path, object);
    page({.page = "resources", .kind = "configmaps"});
    table().selectRow(0);
    QSignalSpy wanted(m_page.get(), &Page::wanted);
    QTest::keyClick(&table(), Qt::Key_L);
    QCOMPARE(wanted.size(), 0);
    QTest::keyClick(&table(), Qt::Key_Y);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<Destination>().tab, std::string("yaml"));
    const auto hasLog = [](const QMenu &menu) {
        const QList<QAction *> actions = menu.actions();
        return std::any_of(actions.begin(), actions.end(), [](const QAction *action) { return action->text() == QLatin1String("Log"); });
    };
    QMenu *menu = contextMenu();
    QVERIFY(menu != nullptr && !menu->isEmpty());
    QVERIFY(!hasLog(*menu));
    page();
    table().selectRow(0);
    menu = contextMenu();
    QVERIFY(menu != nullptr && hasLog(*menu));
    menu->close();
}

void TestResourcesTold::aNewTabIsAskedFor()
{
    page();
    table().selectRow(1);
    for (const auto &[text, newTab] : {std::pair<QString, bool>(QStringLiteral("Open"), false), {QStringLiteral("Open in a new tab"), true}}) {
        QSignalSpy wanted(m_page.get(), &Page::wanted);
        QMenu *const menu = contextMenu();
        QVERIFY(menu != nullptr);
        const QList<QAction *> actions = menu->actions();
        const auto found = std::find_if(actions.begin(), actions.end(), [&text = text](const QAction *action) { return action->text() == text; });
        QVERIFY(found != actions.end());
        (*found)->trigger();
        menu->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted.first().first().value<Destination>(),
            (Destination{.page = "object", .kind = "pods", .space = "payments", .name = "api-2", .newTab = newTab}));
    }
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestResourcesTold>(argc, argv);
}

#include "tst_resources_told.moc"
