// SPDX-License-Identifier: GPL-3.0-or-later
// The window above scripted servers: what it asks, what it shows of which page, what comes back, what keys and drops do.
#include "support/windowworld.h"

#include "ui/resources/resourcesbar.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/treeview.h"
#include "ui/window/contextband.h"
#include "ui/window/gotofield.h"
#include "ui/window/gotolist.h"
#include "ui/window/headerbar.h"
#include "ui/window/livemark.h"
#include "ui/window/namespacepopup.h"
#include "ui/window/pagetabs.h"
#include "ui/window/shortcutlist.h"
#include "ui/window/sidebar.h"
#include "ui/window/statusline.h"
#include "ui/window/switchform.h"
#include "ui/window/waitingpage.h"
#include "ui/window/windows.h"

#include <QAccessible>
#include <QApplication>
#include <QDragEnterEvent>
#include <QJsonArray>
#include <QListView>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <QUrl>

#include <memory>

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::ui;

namespace {

constexpr const char *pods = "/api/v1/pods";
constexpr const char *secrets = "/api/v1/secrets";
constexpr const char *services = "/api/v1/services";

} // namespace

class WindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.applyTo(*qApp); }
    void init();
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
    void aClosedWindowIsForgotten();
    void keysOfTheWindow();
    void keysOfTabs();
    void goToByKeys();
    void goToIsNarrowed();
    void aNamespaceIsForAllTabs();
    void sideBarByKeysAndMouse();
    void foldedStaysFolded();
    void theSideBarFits();
    void homeAndEndAreRows();
    void thePlusStandsBesideTheTabs();
    void theFormSaysWhatWillBe();
    void theFormOpensHereOrInAnotherWindow();

private:
    MainWindow &open(const Destination &destination = {.page = "resources", .kind = "pods"});
    void restart();
    void settle();

    [[nodiscard]] static PageTabs *tabs(const MainWindow &window)
    {
        for (auto *each : window.findChildren<PageTabs *>()) {
            if (each->isVisible())
                return each;
        }
        return nullptr;
    }
    [[nodiscard]] static QStringList titles(const MainWindow &window)
    {
        QStringList all;
        for (int tab = 0; tabs(window) != nullptr && tab < tabs(window)->count(); ++tab)
            all << tabs(window)->page(tab)->title();
        return all;
    }
    [[nodiscard]] static bool isWaiting(const MainWindow &window, int tab) { return qobject_cast<WaitingPage *>(tabs(window)->page(tab)) != nullptr; }
    [[nodiscard]] static QString mark(const MainWindow &window)
    {
        const auto *live = window.findChild<LiveMark *>();
        return live->isVisible() ? live->accessibleName() : QString();
    }
    static bool drop(QWidget &window, const QString &url)
    {
        QMimeData data;
        data.setUrls({QUrl(url)});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        enter.ignore();
        QCoreApplication::sendEvent(&window, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent drop({5, 5}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &drop);
        return enter.dropAction() == Qt::CopyAction; // never moved away
    }

    Theme m_theme{Scheme::Light};
    std::unique_ptr<WindowWorld> m_world;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<contexts::ContextBook> m_book;
    std::unique_ptr<Windows> m_windows;
};

void WindowTest::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    m_world = std::make_unique<WindowWorld>();
    m_settings = std::make_unique<Settings>(QString());
    m_appearance = std::make_unique<Appearance>(m_theme, *qApp, Appearance::Choice::Light);
    restart();
}

void WindowTest::cleanup()
{
    m_windows.reset();
    m_book.reset();
    m_appearance.reset();
    m_settings.reset();
    m_world.reset();
}

/// As the program's next start: all is new but the settings and the servers.
void WindowTest::restart()
{
    m_windows.reset();
    m_book.reset();
    m_world->restart();
    m_book = std::make_unique<contexts::ContextBook>(*m_world, m_world->clock, *m_settings);
    m_windows = std::make_unique<Windows>(Windows::Shared{m_theme, *m_settings, *m_world, *m_book, *m_appearance});
    settle();
    QVERIFY(m_book->isRead());
}

void WindowTest::settle()
{
    m_world->settle();
}

MainWindow &WindowTest::open(const Destination &destination)
{
    MainWindow &window = m_windows->make();
    window.resize(1280, 800);
    window.show();
    QApplication::setActiveWindow(&window);
    window.go(destination);
    settle();
    return window;
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
    const QJsonValue first = m_settings->value(QLatin1String(Windows::sessionKey));
    QVERIFY(first.toArray().size() == 1);
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
    window.go({.context = "dev-local"}); // not answered yet
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
    QCOMPARE(window.windowTitle(), QStringLiteral("Pods – production-us – Fairlead"));
}

void WindowTest::contextsKeepTheirTabs()
{
    MainWindow &window = open();
    window.go({.page = "resources", .kind = "secrets", .newTab = true});
    settle();
    window.go({.context = "dev-local"});
    settle();
    QCOMPARE(titles(window), QStringList{QStringLiteral("Pods")});
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

void WindowTest::keysOfTheWindow()
{
    MainWindow &window = open();
    auto *side = window.findChild<SideBar *>();
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
    QVERIFY(side->isHidden());
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
    QVERIFY(!side->isHidden());
    // F6 goes round: rows, side bar, rows.
    QTest::keyClick(&window, Qt::Key_F6);
    QVERIFY(side->view()->hasFocus());
    QTest::keyClick(&window, Qt::Key_F6);
    QVERIFY(tabs(window)->isAncestorOf(window.focusWidget()));
    // Ctrl+F is the page's filter.
    QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(window.findChild<ResourcesBar *>()->filter().hasFocus());
    QSignalSpy another(&window, &MainWindow::newWindowWanted);
    QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
    settle();
    QCOMPARE(another.size(), 1);
    QCOMPARE(m_windows->all().size(), std::size_t(2));
    QVERIFY(m_windows->all().at(1)->windowTitle().contains(QStringLiteral("staging-eu")));
    QCOMPARE(m_windows->all().at(1)->size(), window.size());
    QApplication::setActiveWindow(&window);
    QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
    auto *popup = window.findChild<HeaderBar *>()->namespaces();
    QVERIFY(popup->isVisible());
    popup->close();
    QTest::keyClick(&window, Qt::Key_C, Qt::AltModifier);
    auto *form = window.findChild<HeaderBar *>()->contexts();
    QVERIFY(form->isVisible());
    form->close();
    QTest::keyClick(&window, Qt::Key_F1);
    QVERIFY(window.findChild<ShortcutList *>() != nullptr);
    // F5 asks again.
    const int before = int(m_world->server("staging-eu").server().requests().size());
    m_world->server("staging-eu").refuse(pods, 503, "ServiceUnavailable", "not now");
    m_world->server("staging-eu").server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, pods);
    settle();
    QTest::keyClick(&window, Qt::Key_F5);
    settle();
    QVERIFY(int(m_world->server("staging-eu").server().requests().size()) > before);
}

void WindowTest::keysOfTabs()
{
    MainWindow &window = open();
    QTest::keyClick(&window, Qt::Key_T, Qt::ControlModifier);
    settle();
    QCOMPARE(tabs(window)->count(), 2);
    QVERIFY(window.findChild<GoToField *>()->hasFocus()); // and where to, is the question
    QTest::keyClick(window.findChild<GoToField *>(), Qt::Key_Escape);
    QTest::keyClick(&window, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs(window)->currentTab(), 0); // round
    QTest::keyClick(&window, Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(tabs(window)->currentTab(), 1);
    QTest::keyClick(&window, Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(tabs(window)->currentTab(), 0);
    QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
    QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
    settle();
    QCOMPARE(tabs(window)->count(), 0);
    window.go({.page = "resources", .kind = "secrets"});
    settle();
    QCOMPARE(titles(window), QStringList{QStringLiteral("Secrets")});
}

void WindowTest::goToByKeys()
{
    MainWindow &window = open();
    auto *field = window.findChild<GoToField *>();
    auto *rows = window.focusWidget();
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QVERIFY(field->hasFocus() && field->isOpen());
    QCOMPARE(field->width(), GoToField::wide);
    // An object, in a new tab.
    QTest::keyClicks(field, QStringLiteral("payments-public"));
    settle();
    QVERIFY(field->model().count(items::GoToModel::Type::Object) >= 1);
    QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
    settle();
    QCOMPARE(tabs(window)->count(), 2);
    QCOMPARE(tabs(window)->current()->destination().name, std::string("payments-public"));
    QVERIFY(!field->isOpen());
    QCOMPARE(field->text(), QString());
    // A kind by its short name, in the tab that shows it.
    QTest::keyClick(&window, Qt::Key_G, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("po"));
    settle();
    QTest::keyClick(field, Qt::Key_Return);
    settle();
    QCOMPARE(tabs(window)->currentTab(), 0);
    // A namespace.
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("payouts"));
    settle();
    QTest::keyClick(field, Qt::Key_Return);
    settle();
    QCOMPARE(window.findChild<HeaderBar *>()->namespaceButton()->accessibleName(), QStringLiteral("Namespace payouts"));
    // A context; Alt+2 is the row below the first.
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("production"));
    settle();
    QCOMPARE(field->model().count(items::GoToModel::Type::Context), 2);
    const auto second = field->model().target(field->model().index(1));
    QTest::keyClick(field, Qt::Key_2, Qt::AltModifier);
    settle();
    QVERIFY(second && window.windowTitle().contains(QString::fromStdString(second->name)));
    // Esc empties, then gives the cursor back.
    window.go({.context = "staging-eu"});
    settle();
    rows = window.findChild<SideBar *>()->view();
    rows->setFocus();
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("x"));
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(field->text().isEmpty() && field->hasFocus());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(rows->hasFocus());
    QVERIFY(!field->isOpen());
}

void WindowTest::goToIsNarrowed()
{
    MainWindow &window = open();
    auto *field = window.findChild<GoToField *>();
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("pay"));
    settle();
    using Type = items::GoToModel::Type;
    QCOMPARE(field->model().count(Type::Namespace), 2);
    QVERIFY(field->model().count(Type::Object) >= 8);
    auto *list = window.findChild<GoToList *>();
    QTest::keyClick(field, Qt::Key_Tab);
    QCOMPARE(field->model().only(), std::optional(Type::Object));
    for (int row = 0; row < field->model().rowCount(); ++row)
        QCOMPARE(field->model().index(row).data(items::GoToModel::TypeRole).toInt(), int(Type::Object));
    QTest::keyClick(field, Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(field->model().only(), std::nullopt);
    QCOMPARE(list->current().row(), 0);
    QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(list->current().row(), 2);
    QTest::keyClick(field, Qt::Key_Up);
    QCOMPARE(list->current().row(), 1);
    // Tab passes over what there is none of.
    QCOMPARE(field->model().count(Type::Context), 0);
    for (const auto &next : {std::optional(Type::Object), std::optional(Type::Namespace), std::optional<Type>()}) {
        if (next == std::optional(Type::Namespace) && field->model().count(Type::Kind) > 0)
            QTest::keyClick(field, Qt::Key_Tab);
        QTest::keyClick(field, Qt::Key_Tab);
        QCOMPARE(field->model().only(), next);
    }
    QTest::keyClicks(field, QStringLiteral("zzz"));
    settle();
    QCOMPARE(field->model().rowCount(), 0);
    bool said = false;
    for (const auto *label : list->findChildren<PlainLabel *>())
        said = said || (label->isVisible() && label->text() == QStringLiteral("Nothing of that name is known here."));
    QVERIFY(said);
    QTest::keyClick(field, Qt::Key_Return); // leads nowhere
    QVERIFY(field->isOpen());
}

void WindowTest::aNamespaceIsForAllTabs()
{
    MainWindow &window = open();
    window.go({.page = "resources", .kind = "services", .newTab = true});
    settle();
    auto *popup = window.findChild<HeaderBar *>()->namespaces();
    QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
    settle();
    QVERIFY(popup->isVisible());
    auto *field = popup->findChild<SearchField *>();
    QTest::keyClicks(field, QStringLiteral("payments"));
    QTest::keyClick(field, Qt::Key_Return);
    settle();
    QVERIFY(!popup->isVisible());
    const auto asked = [&](const char *path) { return m_world->lists("staging-eu", path) > 0; };
    QVERIFY(asked("/api/v1/namespaces/payments/services"));
    QVERIFY(asked("/api/v1/namespaces/payments/pods"));
    QCOMPARE(window.findChild<HeaderBar *>()->namespaceButton()->accessibleName(), QStringLiteral("Namespace payments"));
    // Remembered with the context, and first among those used lately.
    restart();
    MainWindow &again = open();
    QCOMPARE(again.findChild<HeaderBar *>()->namespaceButton()->accessibleName(), QStringLiteral("Namespace payments"));
}

void WindowTest::sideBarByKeysAndMouse()
{
    MainWindow &window = open();
    auto *side = window.findChild<SideBar *>();
    auto *view = side->view();
    QCOMPARE(view->currentIndex(), side->model().kindIndex("pods"));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Return);
    settle();
    QCOMPARE(titles(window), QStringList{QStringLiteral("Deployments")});
    const auto centre = [&](const QModelIndex &index) { return view->visualRect(index).center(); };
    view->scrollTo(side->model().kindIndex("secrets"));
    QTest::mouseClick(view->viewport(), Qt::MiddleButton, {}, centre(side->model().kindIndex("secrets")));
    settle();
    QCOMPARE(titles(window), (QStringList{QStringLiteral("Deployments"), QStringLiteral("Secrets")}));
    QVERIFY(side->model().kindIndex("secrets").data(items::SideBarModel::OpenedRole).toBool());
    view->scrollToTop();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, centre(side->model().contextIndex("dev-local")));
    settle();
    QVERIFY(window.windowTitle().contains(QStringLiteral("dev-local")));
    QVERIFY(side->model().contextIndex("dev-local").data(items::SideBarModel::OpenedRole).toBool());
    // Its server was asked how it does.
    QCOMPARE(side->model().contextIndex("dev-local").data(items::SideBarModel::ReachRole).toInt(), int(contexts::Reach::State::Reachable));
}

void WindowTest::foldedStaysFolded()
{
    {
        MainWindow &window = open();
        auto *side = window.findChild<SideBar *>();
        const QModelIndex network = side->model().kindIndex("services").parent();
        QVERIFY(side->view()->isExpanded(network));
        side->view()->setCurrentIndex(network);
        QTest::keyClick(side->view(), Qt::Key_Return);
        QVERIFY(!side->view()->isExpanded(network));
    }
    restart();
    MainWindow &window = open();
    auto *side = window.findChild<SideBar *>();
    QVERIFY(!side->view()->isExpanded(side->model().kindIndex("services").parent()));
    QVERIFY(side->view()->isExpanded(side->model().kindIndex("pods").parent()));
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

void WindowTest::homeAndEndAreRows()
{
    MainWindow &window = open();
    auto *table = window.findChild<TableView *>();
    table->setFocus();
    const int last = table->model()->rowCount() - 1;
    QVERIFY(last > 1);
    const auto chosen = [&] {
        QList<int> rows;
        for (const QModelIndex &index : table->selectionModel()->selectedRows())
            rows << index.row();
        return rows;
    };
    QTest::keyClick(table, Qt::Key_End);
    QCOMPARE(chosen(), QList<int>{last});
    QTest::keyClick(table, Qt::Key_Home);
    QCOMPARE(chosen(), QList<int>{0});
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

void WindowTest::theFormSaysWhatWillBe()
{
    MainWindow &window = open();
    QTest::keyClick(&window, Qt::Key_C, Qt::AltModifier);
    auto *form = window.findChild<HeaderBar *>()->contexts();
    QVERIFY(form->isVisible());
    auto *field = form->findChild<SearchField *>();
    auto *rows = form->findChild<QListView *>();
    QCOMPARE(rows->currentIndex().data().toString(), QStringLiteral("staging-eu")); // where one is
    const auto said = [&] {
        QStringList words;
        for (const auto *label : form->findChildren<PlainLabel *>()) {
            if (label->isVisible())
                words << label->text();
        }
        return words;
    };
    QTest::keyClicks(field, QStringLiteral("production"));
    QCOMPARE(rows->currentIndex().data().toString(), QStringLiteral("production-eu"));
    QVERIFY(said().contains(QStringLiteral("2 of 9 contexts")));
    // It cannot be opened yet, and why is said; beside what the window is about.
    QVERIFY2(said().join(QLatin1Char('\n')).contains(QStringLiteral("plugins are not run yet")), qPrintable(said().join(QLatin1Char('\n'))));
    QVERIFY(said().contains(QStringLiteral("api.staging-eu.example.com:6443")) && said().contains(QStringLiteral("api.prod-eu.example.com:6443")));
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(rows->currentIndex().data().toString(), QStringLiteral("production-us"));
    QVERIFY(said().contains(QStringLiteral("production-us is production.")));
    QVERIFY2(rows->accessibleDescription().contains(QStringLiteral("34.118.20.7:443")), qPrintable(rows->accessibleDescription()));
    QTest::keyClick(field, Qt::Key_Up);
    QCOMPARE(rows->currentIndex().data().toString(), QStringLiteral("production-eu"));
    QTest::keyClicks(field, QStringLiteral("zzz"));
    QVERIFY(!rows->currentIndex().isValid());
    QVERIFY(said().contains(QStringLiteral("No context has all of these words.")));
    QTest::keyClick(field, Qt::Key_Return); // leads nowhere
    QVERIFY(form->isVisible());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(field->text().isEmpty());
    form->close();
    QVERIFY(window.windowTitle().contains(QStringLiteral("staging-eu")));
}

void WindowTest::theFormOpensHereOrInAnotherWindow()
{
    MainWindow &window = open();
    auto *form = window.findChild<HeaderBar *>()->contexts();
    auto *field = form->findChild<SearchField *>();
    QTest::keyClick(&window, Qt::Key_C, Qt::AltModifier);
    QTest::keyClicks(field, QStringLiteral("dev-l"));
    QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
    settle();
    QVERIFY(!form->isVisible());
    QCOMPARE(m_windows->all().size(), std::size_t(2));
    QVERIFY(m_windows->all().at(1)->windowTitle().contains(QStringLiteral("dev-local")));
    QVERIFY(window.windowTitle().contains(QStringLiteral("staging-eu")));
    QApplication::setActiveWindow(&window);
    QTest::keyClick(&window, Qt::Key_C, Qt::AltModifier);
    QVERIFY(field->text().isEmpty());
    QTest::keyClicks(field, QStringLiteral("dev-l"));
    QTest::keyClick(field, Qt::Key_Return);
    settle();
    QVERIFY(window.windowTitle().contains(QStringLiteral("dev-local")));
    QTest::keyClick(&window, Qt::Key_C, Qt::AltModifier);
    for (auto *button : form->findChildren<QAbstractButton *>()) {
        if (button->accessibleName() == QStringLiteral("All clusters"))
            button->click();
    }
    settle();
    QCOMPARE(tabs(window)->current()->destination().page, std::string("clusters"));
}

QTEST_MAIN(WindowTest)
#include "tst_window_gui.moc"
