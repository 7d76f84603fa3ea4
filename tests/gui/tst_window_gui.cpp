// SPDX-License-Identifier: GPL-3.0-or-later
// The window above scripted servers: what it asks, what it shows of which page, what comes back, what a drop does.
#include "support/windowstage.h"

#include "ui/resources/resourcesbar.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/treeview.h"
#include "ui/window/contextband.h"
#include "ui/window/headerbar.h"
#include "ui/window/livemark.h"
#include "ui/window/sidebar.h"
#include "ui/window/statusline.h"

#include <QAccessible>
#include <QAbstractButton>
#include <QApplication>
#include <QJsonArray>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::ui;

namespace {

constexpr const char *pods = "/api/v1/pods";
constexpr const char *secrets = "/api/v1/secrets";
constexpr const char *services = "/api/v1/services";

} // namespace

class WindowTest : public QObject, private WindowStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_book->isRead()); }
    void cleanup();

    void itIsAFrameToAReader();
    void onlyTheTabInFrontAsks();
    void aTabThatWasNotSeenComesBackAgain();
    void closingATabShowsTheNextOne();
    void aFilterComesBack();
    void aKilledContextIsNotOpened();
    void aRefusedContextIsSaid();
    void aLateContextFindsTheWindowElsewhere();
    void aFileIsDroppedOnAnyPage();
    void aFileThatIsNoneIsSaid();
    void theMarkIsThePageInFronts();
    void theBandIsTheContexts();
    void contextsKeepTheirTabs();
    void windowsComeBack();
    void aStartOnOneContextKeepsTheOtherWindows();
    void aRecordingIsNotWhatComesBack();
    void aClosedWindowIsForgotten();
    void theSideBarFits();
    void thePlusStandsBesideTheTabs();
};

/// Each function begins as a new program does.
void WindowTest::cleanup()
{
    m_windows.reset();
    m_book.reset();
    m_settings = std::make_unique<Settings>(QString());
    m_world = std::make_unique<WindowWorld>();
    restart();
}

void WindowTest::itIsAFrameToAReader()
{
    MainWindow &window = open();
    const auto role = [](QWidget *widget) { return QAccessible::queryAccessibleInterface(widget)->role(); };
    QCOMPARE(role(&window), QAccessible::Window);
    QCOMPARE(QAccessible::queryAccessibleInterface(&window)->text(QAccessible::Name), QStringLiteral("Pods – staging-eu – Fairlead"));
    QCOMPARE(role(window.findChild<HeaderBar *>()), QAccessible::ToolBar);
    QCOMPARE(role(window.findChild<StatusLine *>()), QAccessible::StatusBar);
    QCOMPARE(role(window.findChild<LiveMark *>()), QAccessible::StaticText);
    auto *bar = tabs(window)->findChild<QTabBar *>();
    QCOMPARE(QAccessible::queryAccessibleInterface(bar)->text(QAccessible::Name), QStringLiteral("Tabs"));
}

void WindowTest::onlyTheTabInFrontAsks()
{
    {
        MainWindow &window = open();
        m_windows->remember();
        window.go({.page = "resources", .kind = "secrets", .newTab = true});
        window.go({.page = "resources", .kind = "services", .newTab = true});
        settle();
        QCOMPARE(titles(window), (QStringList{QStringLiteral("Pods"), QStringLiteral("Secrets"), QStringLiteral("Services")}));
    }
    restart();
    QVERIFY(m_windows->restore({}));
    settle();
    MainWindow &window = *m_windows->all().front();
    QCOMPARE(titles(window), (QStringList{QStringLiteral("Pods"), QStringLiteral("Secrets"), QStringLiteral("Services")}));
    QCOMPARE(tabs(window)->currentTab(), 2);
    QVERIFY(m_world->lists("staging-eu", services) > 0);
    QCOMPARE(m_world->lists("staging-eu", pods), 0);
    QCOMPARE(m_world->lists("staging-eu", secrets), 0);
    QVERIFY(isWaiting(window, 0) && isWaiting(window, 1) && !isWaiting(window, 2));
    auto *bar = tabs(window)->findChild<QTabBar *>();
    QVERIFY(!bar->tabIcon(0).isNull());
    // A click on it, and it is there.
    QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(1).center());
    settle();
    QVERIFY(m_world->lists("staging-eu", secrets) > 0);
    QCOMPARE(m_world->lists("staging-eu", pods), 0);
    QVERIFY(tabs(window)->current()->isComplete());
    QCOMPARE(titles(window), (QStringList{QStringLiteral("Pods"), QStringLiteral("Secrets"), QStringLiteral("Services")}));
    // What leads to it finds it too, instead of making another tab.
    window.go({.page = "resources", .kind = "po"});
    settle();
    QCOMPARE(tabs(window)->count(), 3);
    QCOMPARE(tabs(window)->currentTab(), 0);
    QVERIFY(m_world->lists("staging-eu", pods) > 0);
}

void WindowTest::aTabThatWasNotSeenComesBackAgain()
{
    {
        MainWindow &window = open({.page = "object", .kind = "pods", .space = "payments", .name = "payments-api-7d9f6c5b84-x2k4q"});
        m_windows->remember();
        window.go({.page = "resources", .kind = "services", .newTab = true});
        settle();
    }
    QTRY_COMPARE(m_settings->value(QLatin1String(Windows::sessionKey)).toArray().size(), 1); // it is written soon, not at once
    for (int start = 0; start < 2; ++start) {
        restart();
        QVERIFY(m_windows->restore({}));
        m_windows->remember();
        settle();
        MainWindow &window = *m_windows->all().front();
        QCOMPARE(tabs(window)->count(), 2);
        QVERIFY(isWaiting(window, 0));
        QCOMPARE(tabs(window)->page(0)->destination().name, std::string("payments-api-7d9f6c5b84-x2k4q"));
        QVERIFY(tabs(window)->page(0)->title().contains(QStringLiteral("payments-api")));
    }
    // The namespaces are chosen while it waits: it is made with the choice of now.
    tabs(*m_windows->all().front())->select(0);
    settle();
    QVERIFY(!isWaiting(*m_windows->all().front(), 0));
    QCOMPARE(tabs(*m_windows->all().front())->current()->destination().space, std::string("payments"));
}

void WindowTest::closingATabShowsTheNextOne()
{
    {
        MainWindow &window = open();
        m_windows->remember();
        window.go({.page = "resources", .kind = "secrets", .newTab = true});
        window.go({.page = "resources", .kind = "services", .newTab = true});
        settle();
    }
    restart();
    QVERIFY(m_windows->restore({}));
    settle();
    MainWindow &window = *m_windows->all().front();
    QApplication::setActiveWindow(&window);
    QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
    settle();
    QCOMPARE(tabs(window)->count(), 2);
    QVERIFY(!isWaiting(window, tabs(window)->currentTab()));
    QVERIFY(tabs(window)->current()->isComplete());
    // One that waits can be closed without having been.
    const int before = m_world->lists("staging-eu", pods);
    tabs(window)->close(0);
    settle();
    QCOMPARE(m_world->lists("staging-eu", pods), before);
    QCOMPARE(titles(window), QStringList{QStringLiteral("Secrets")});
}

void WindowTest::aFilterComesBack()
{
    {
        MainWindow &window = open({.page = "resources", .kind = "pods", .view = "table"});
        m_windows->remember();
        window.findChild<ResourcesBar *>()->filter().setText(QStringLiteral("search"));
        settle();
        QTRY_COMPARE(m_settings->value(QLatin1String(Windows::sessionKey))
                         .toArray()
                         .at(0)
                         .toObject()
                         .value(QStringLiteral("contexts"))
                         .toObject()
                         .value(QStringLiteral("staging-eu"))
                         .toObject()
                         .value(QStringLiteral("tabs"))
                         .toArray()
                         .at(0)
                         .toObject()
                         .value(QStringLiteral("filter"))
                         .toString(),
            QStringLiteral("search"));
    }
    restart();
    QVERIFY(m_windows->restore({}));
    settle();
    QCOMPARE(m_windows->all().front()->findChild<ResourcesBar *>()->filter().text(), QStringLiteral("search"));
    QCOMPARE(tabs(*m_windows->all().front())->current()->destination().filter, std::string("search"));
}

void WindowTest::aKilledContextIsNotOpened()
{
    (void)open({.page = "resources", .context = "dev-local", .kind = "pods"});
    m_windows->remember();
    m_windows.reset(); // writes
    std::erase_if(m_world->list.contexts, [](const contexts::ContextFacts &facts) { return facts.name == "dev-local"; });
    restart();
    QVERIFY(m_windows->restore({}));
    settle();
    // It went from the files meanwhile: the window is about what kubectl is about.
    QVERIFY(m_windows->all().front()->windowTitle().contains(QStringLiteral("staging-eu")));
}

void WindowTest::aRefusedContextIsSaid()
{
    m_world->refusals["edge-berlin"] =
        Error{.code = Code::NotFound, .message = "context names the cluster edge, and no file defines it", .remedy = "There is: lab."};
    MainWindow &window = open();
    QSignalSpy completed(&window, &MainWindow::completed);
    window.go({.context = "edge-berlin"});
    settle();
    QVERIFY(window.failure().has_value());
    QCOMPARE(window.failure()->code, Code::NotFound);
    QVERIFY(!completed.isEmpty());
    bool said = false;
    for (const auto *panel : window.findChildren<MessagePanel *>())
        said = said || (panel->isVisible() && panel->accessibleName() == QStringLiteral("The context could not be opened."));
    QVERIFY(said);
    QCOMPARE(mark(window), QString());
    // Back to one that can be opened.
    window.go({.context = "staging-eu"});
    settle();
    QVERIFY(!window.failure().has_value());
    QCOMPARE(titles(window), QStringList{QStringLiteral("Pods")});
}

void WindowTest::aLateContextFindsTheWindowElsewhere()
{
    MainWindow &window = open();
    QVERIFY(window.isComplete());
    window.go({.context = "dev-local"}); // not answered yet
    QVERIFY(!window.isComplete());       // what is in front is the other one's
    window.go({.page = "resources", .context = "staging-eu", .kind = "secrets"});
    settle();
    QVERIFY(window.windowTitle().contains(QStringLiteral("staging-eu")));
    QCOMPARE(titles(window), QStringList{QStringLiteral("Secrets")});
}

void WindowTest::aFileIsDroppedOnAnyPage()
{
    MainWindow &window = open();
    m_world->files["/x/other"] = m_world->list;
    QVERIFY(drop(window, QStringLiteral("file:///x/other")));
    settle();
    QCOMPARE(m_world->added, std::vector<std::string>{"/x/other"});
    QCOMPARE(tabs(window)->current()->destination().page, std::string("clusters"));
    // A second one goes to the same page.
    QVERIFY(drop(window, QStringLiteral("file:///x/other")));
    settle();
    QCOMPARE(tabs(window)->count(), 2);
    QVERIFY(!drop(window, QStringLiteral("https://example.com/config")));
    // Of several files, none is meant.
    QMimeData two;
    two.setUrls({QUrl(QStringLiteral("file:///x/other")), QUrl(QStringLiteral("file:///x/more"))});
    QDragEnterEvent several({5, 5}, Qt::CopyAction, &two, Qt::LeftButton, {});
    several.ignore();
    QCoreApplication::sendEvent(&window, &several);
    QVERIFY(!several.isAccepted());
}

void WindowTest::aFileThatIsNoneIsSaid()
{
    MainWindow &window = open();
    QVERIFY(drop(window, QStringLiteral("file:///x/gone")));
    settle();
    QVERIFY(m_world->added.empty());
    const auto *warning = window.findChild<QWidget *>(QStringLiteral("warning"));
    QVERIFY(warning != nullptr && warning->isVisible());
    QVERIFY2(warning->accessibleName().contains(QStringLiteral("/x/gone")), qPrintable(warning->accessibleName()));
}

void WindowTest::theMarkIsThePageInFronts()
{
    MainWindow &window = open();
    QCOMPARE(mark(window), QStringLiteral("live"));
    window.go({.page = "clusters"});
    settle();
    QCOMPARE(mark(window), QString());
    window.go({.page = "object", .kind = "pods", .space = "payments", .name = "payments-api-7d9f6c5b84-x2k4q"});
    settle();
    QCOMPARE(mark(window), QStringLiteral("live"));
    // Its own connection is lost, not that of the table behind it.
    m_world->server("staging-eu").refuse("/api/v1/namespaces/payments/pods", 503, "ServiceUnavailable", "not now");
    m_world->server("staging-eu")
        .server()
        .breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, "/api/v1/namespaces/payments/pods");
    settle();
    QTRY_COMPARE((settle(), mark(window)), QStringLiteral("stale"));
    window.go({.page = "resources", .kind = "pods"});
    settle();
    QCOMPARE(mark(window), QStringLiteral("live"));
    // A kind that may not be listed.
    m_world->server("staging-eu").refuse(secrets, 403, "Forbidden", "secrets is forbidden");
    window.go({.page = "resources", .kind = "secrets", .newTab = true});
    settle();
    QCOMPARE(mark(window), QStringLiteral("no access"));
    QVERIFY(window.findChild<LiveMark *>()->accessibleDescription().contains(QStringLiteral("secrets is forbidden")));
}

void WindowTest::theBandIsTheContexts()
{
    MainWindow &window = open();
    const auto colour = [&] {
        auto *band = window.findChild<ContextBand *>();
        return QColor(band->grab().toImage().pixel(band->width() / 2, 1));
    };
    const auto facts = [&](const std::string &name) {
        return *std::find_if(m_book->list().contexts.begin(), m_book->list().contexts.end(), [&](const auto &each) { return each.name == name; });
    };
    QCOMPARE(colour(), m_theme.contextColour(facts("staging-eu").identity));
    QCOMPARE(window.findChild<ContextBand *>()->height(), 4);
    window.go({.context = "dev-local"});
    settle();
    QCOMPARE(colour(), m_theme.contextColour(facts("dev-local").identity));
    window.go({.context = "production-us"});
    settle();
    QCOMPARE(window.findChild<ContextBand *>()->height(), 6);
    QCOMPARE(window.windowTitle(), QStringLiteral("Overview – production-us – Fairlead"));
}

void WindowTest::contextsKeepTheirTabs()
{
    MainWindow &window = open();
    window.go({.page = "resources", .kind = "secrets", .newTab = true});
    settle();
    window.go({.context = "dev-local"});
    settle();
    QCOMPARE(titles(window), QStringList{QStringLiteral("Overview")}); // where nothing was asked for
    QCOMPARE(tabs(window)->current()->isComplete(), true);
    window.go({.context = "staging-eu"});
    settle();
    QCOMPARE(titles(window), (QStringList{QStringLiteral("Pods"), QStringLiteral("Secrets")}));
    QCOMPARE(tabs(window)->currentTab(), 1);
}

void WindowTest::windowsComeBack()
{
    {
        MainWindow &first = open();
        m_windows->remember();
        first.resize(1100, 700);
        MainWindow &second = open({.page = "resources", .context = "dev-local", .kind = "pods"});
        second.resize(900, 600);
        QTest::keyClick(&second, Qt::Key_B, Qt::ControlModifier); // without its side bar
        settle();
    }
    restart();
    QVERIFY(m_windows->restore({}));
    settle();
    QCOMPARE(m_windows->all().size(), std::size_t(2));
    MainWindow &first = *m_windows->all().at(0);
    MainWindow &second = *m_windows->all().at(1);
    QVERIFY(first.windowTitle().contains(QStringLiteral("staging-eu")));
    QVERIFY(second.windowTitle().contains(QStringLiteral("dev-local")));
    QCOMPARE(first.size(), QSize(1100, 700));
    QCOMPARE(second.size(), QSize(900, 600));
    QVERIFY(!first.findChild<SideBar *>()->isHidden());
    QVERIFY(second.findChild<SideBar *>()->isHidden());
    QVERIFY(first.isVisible() && second.isVisible());
    // A context that is asked for is asked for once.
    restart();
    QVERIFY(m_windows->restore("production-us"));
    settle();
    QCOMPARE(m_windows->all().size(), std::size_t(1));
    QVERIFY(m_windows->all().front()->windowTitle().contains(QStringLiteral("production-us")));
}

void WindowTest::aStartOnOneContextKeepsTheOtherWindows()
{
    (void)open();
    m_windows->remember();
    (void)open({.page = "resources", .context = "dev-local", .kind = "pods"});
    restart();
    QVERIFY(m_windows->restore("production-us"));
    m_windows->remember();
    settle();
    QCOMPARE(m_windows->all().size(), std::size_t(1));
    // One that was opened meanwhile, and closed, takes nothing with it.
    open({.page = "resources", .context = "dev-local", .kind = "pods"}).close();
    settle();
    restart();
    QVERIFY(m_windows->restore({}));
    settle();
    QCOMPARE(m_windows->all().size(), std::size_t(2));
    QVERIFY(m_windows->all().at(0)->windowTitle().contains(QStringLiteral("production-us")));
    QVERIFY(m_windows->all().at(1)->windowTitle().contains(QStringLiteral("dev-local")));
}

void WindowTest::aRecordingIsNotWhatComesBack()
{
    const std::string recording = "demo recording";
    const auto withRecording = [&] {
        auto &all = m_world->list.contexts;
        contexts::ContextFacts facts = *std::find_if(all.begin(), all.end(), [](const auto &each) { return each.name == "dev-local"; });
        facts.name = recording;
        facts.recording = contexts::ContextFacts::demoName;
        all.push_back(facts);
        restart();
    };
    const auto withoutRecording = [&] {
        m_world->list.contexts.pop_back();
        restart();
    };
    (void)open({.page = "resources", .context = "dev-local", .kind = "pods"});
    m_windows->remember();
    withRecording();
    QVERIFY(m_windows->restore(recording));
    m_windows->remember();
    settle();
    QVERIFY(m_windows->all().front()->windowTitle().contains(QString::fromStdString(recording)));
    withoutRecording();
    QVERIFY(m_windows->restore({}));
    settle();
    QVERIFY2(m_windows->all().front()->windowTitle().contains(QStringLiteral("dev-local")), qPrintable(m_windows->all().front()->windowTitle()));
    // Nor is it where somebody went to it from a cluster.
    withRecording();
    MainWindow &window = open({.page = "resources", .context = "dev-local", .kind = "pods"});
    m_settings->set(QLatin1String(Windows::sessionKey), {});
    m_windows->remember();
    const auto front = [this] {
        return m_settings->value(QLatin1String(Windows::sessionKey)).toArray().at(0).toObject().value(QLatin1String(MainWindow::frontKey)).toString();
    };
    QTRY_COMPARE(front(), QStringLiteral("dev-local"));
    window.go({.context = recording});
    settle();
    QVERIFY(window.windowTitle().contains(QString::fromStdString(recording)));
    m_windows.reset();
    QCOMPARE(front(), QStringLiteral("dev-local"));
}

void WindowTest::aClosedWindowIsForgotten()
{
    MainWindow &first = open();
    m_windows->remember();
    MainWindow &second = open({.page = "resources", .context = "dev-local", .kind = "pods"});
    first.close();
    settle();
    QCOMPARE(m_windows->all(), std::vector<MainWindow *>{&second});
    const auto remembered = [this] { return m_settings->value(QLatin1String(Windows::sessionKey)).toArray(); };
    QCOMPARE(remembered().size(), 1);
    QCOMPARE(remembered().at(0).toObject().value(QStringLiteral("context")).toString(), QStringLiteral("dev-local"));
    // Quitting keeps all that is open.
    (void)open();
    QTest::keyClick(&second, Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(remembered().size(), 2);
}

void WindowTest::theSideBarFits()
{
    // As drawn: five contexts, and each group down to the cluster's own kinds, at 800 px.
    m_world->list.contexts.resize(5);
    restart();
    MainWindow &window = open();
    auto *side = window.findChild<SideBar *>();
    const auto isSeen = [&](const QModelIndex &index) {
        return index.isValid() && side->view()->viewport()->rect().contains(side->view()->visualRect(index));
    };
    for (const char *kind : {"pods", "cronjobs.batch", "services", "configmaps", "persistentvolumeclaims", "nodes", "events"})
        QVERIFY2(isSeen(side->model().kindIndex(kind)), kind);
    QCOMPARE(side->view()->verticalScrollBar()->value(), 0);
    // The one that is folded at first opens for a kind of it that is in front.
    QVERIFY(!isSeen(side->model().kindIndex("roles.rbac.authorization.k8s.io")));
    window.go({.page = "resources", .kind = "roles"});
    settle();
    QVERIFY(isSeen(side->model().kindIndex("roles.rbac.authorization.k8s.io")));
}

void WindowTest::thePlusStandsBesideTheTabs()
{
    MainWindow &window = open();
    const auto gap = [&] {
        QCoreApplication::sendPostedEvents(); // layouts
        const auto *bar = tabs(window)->findChild<QTabBar *>();
        for (const auto *button : tabs(window)->findChildren<QAbstractButton *>()) {
            if (button->accessibleName() == QStringLiteral("New tab"))
                return button->x() - (bar->x() + bar->tabRect(bar->count() - 1).right() + 1);
        }
        return -1;
    };
    QCOMPARE(gap(), 3);
    window.go({.page = "resources", .kind = "secrets", .newTab = true});
    settle();
    QCOMPARE(gap(), 3);
    tabs(window)->close(1);
    settle();
    QCOMPARE(gap(), 3);
}

QTEST_MAIN(WindowTest)
#include "tst_window_gui.moc"
