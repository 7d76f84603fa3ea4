// SPDX-License-Identifier: GPL-3.0-or-later
// The window above scripted servers, used by keys and clicks: commands, tabs, go-to, namespaces, side bar, the switch of the context.
#include "support/windowstage.h"

#include "ui/resources/resourcesbar.h"
#include "ui/resources/resourcetable.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/searchfield.h"

#include "ui/widgets/treeview.h"
#include "ui/window/gotofield.h"
#include "ui/window/gotolist.h"
#include "ui/window/headerbar.h"
#include "ui/window/namespacepopup.h"
#include "ui/window/shortcutlist.h"
#include "ui/window/sidebar.h"
#include "ui/window/switchform.h"

#include <QAbstractButton>
#include <QApplication>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::ui;

namespace {

constexpr const char *pods = "/api/v1/pods";

/// What is called so.
QStringList recent(const items::NamespaceChoice &choice)
{
    QStringList names;
    for (int row = 0; row < choice.rowCount(); ++row) {
        if (choice.index(row).data(items::NamespaceChoice::RecentRole).toBool())
            names.append(choice.index(row).data().toString());
    }
    return names;
}

} // namespace

class WindowKeysTest : public QObject, private WindowStage {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_book->isRead()); }
    void cleanup();

    void keysOfTheWindow();
    void keysOfTabs();
    void goToByKeys();
    void goToIsNarrowed();
    void goToTellsWhatOfANameIsMadeUp();
    void goToKnowsWhatOtherContextsShow();
    void aNamespaceIsForAllTabs();
    void whoMayListNoneFindsTheContextsOwn();
    void sideBarByKeysAndMouse();
    void foldedStaysFolded();
    void homeAndEndAreRows();
    void rowsHaveTheCursorAtFirst();
    void keysOfAnObject();
    void theFormSaysWhatWillBe();
    void theFormOpensHereOrInAnotherWindow();
};

/// Each function begins as a new program does.
void WindowKeysTest::cleanup()
{
    m_windows.reset();
    m_book.reset();
    m_settings = std::make_unique<Settings>(QString());
    m_world = std::make_unique<WindowWorld>();
    restart();
}

void WindowKeysTest::keysOfTheWindow()
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

void WindowKeysTest::keysOfTabs()
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

void WindowKeysTest::goToByKeys()
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

void WindowKeysTest::goToIsNarrowed()
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

void WindowKeysTest::goToTellsWhatOfANameIsMadeUp()
{
    m_world->server("staging-eu").change(pods, ObjectWorld::crashingPod()); // with its owner
    MainWindow &window = open();
    auto *field = window.findChild<GoToField *>();
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("x2k4q"));
    settle();
    QCOMPARE(field->model().rowCount(), 1);
    QCOMPARE(field->model().index(0).data(items::GoToModel::StemRole).toInt(), int(qstrlen("payments-api")));
    QTest::keyClick(field, Qt::Key_Escape);
    QTest::keyClick(field, Qt::Key_Escape);
}

void WindowKeysTest::goToKnowsWhatOtherContextsShow()
{
    MainWindow &window = open();
    const auto there = std::string("dev-local");
    window.go({.page = "resources", .context = there, .kind = "pods"});
    settle();
    window.go({.context = "staging-eu"});
    settle();
    QVERIFY(window.windowTitle().contains(QStringLiteral("staging-eu")));
    const int asked = int(m_world->server(there).server().requests().size());
    auto *field = window.findChild<GoToField *>();
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("pod-of-dev"));
    settle();
    QCOMPARE(field->model().rowCount(), 1);
    QCOMPARE(field->model().index(0).data(items::GoToModel::PlaceRole).toString(), QStringLiteral("default in dev-local"));
    QCOMPARE(int(m_world->server(there).server().requests().size()), asked); // it is known, not asked for
    QTest::keyClick(field, Qt::Key_Return);
    settle();
    QVERIFY2(window.windowTitle().contains(QStringLiteral(" \u2013 dev-local \u2013 ")), qPrintable(window.windowTitle()));
    QCOMPARE(tabs(window)->current()->destination().name, std::string("pod-of-dev-local"));
}

void WindowKeysTest::aNamespaceIsForAllTabs()
{
    MainWindow &window = open();
    window.go({.page = "resources", .kind = "services", .newTab = true});
    settle();
    auto *popup = window.findChild<HeaderBar *>()->namespaces();
    QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
    settle();
    QVERIFY(popup->isVisible());
    QVERIFY(popup->choice().rowCount() > 3);
    QCOMPARE(recent(popup->choice()), QStringList()); // nobody has chosen any
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
    popup = again.findChild<HeaderBar *>()->namespaces();
    QTest::keyClick(&again, Qt::Key_N, Qt::AltModifier);
    settle();
    popup->choice().chooseOnly(popup->choice().index(0)); // all
    popup->close();
    QTest::keyClick(&again, Qt::Key_N, Qt::AltModifier);
    settle();
    QCOMPARE(recent(popup->choice()), QStringList{QStringLiteral("payments")});
    popup->close();
}

void WindowKeysTest::whoMayListNoneFindsTheContextsOwn()
{
    m_world->server("staging-eu").refuse("/api/v1/namespaces", 403, "Forbidden", "namespaces is forbidden");
    MainWindow &window = open();
    QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
    settle();
    auto *popup = window.findChild<HeaderBar *>()->namespaces();
    QCOMPARE(popup->choice().rowCount(), 2);
    QCOMPARE(popup->choice().index(1).data().toString(), QStringLiteral("payments"));
    QCOMPARE(recent(popup->choice()), QStringList());
    popup->close();
}

void WindowKeysTest::sideBarByKeysAndMouse()
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

void WindowKeysTest::foldedStaysFolded()
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

void WindowKeysTest::homeAndEndAreRows()
{
    MainWindow &window = open();
    auto *table = window.findChild<ResourceTable *>();
    const int last = table->model()->rowCount() - 1;
    QCOMPARE(last, 3);
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

// No key must be pressed to come to them; what was put somewhere stays there.
void WindowKeysTest::rowsHaveTheCursorAtFirst()
{
    MainWindow &window = open();
    QCOMPARE(window.focusWidget(), window.findChild<ResourceTable *>());
    window.go({.page = "resources", .kind = "services", .newTab = true});
    settle();
    QCOMPARE(window.focusWidget(), tabs(window)->current()->findChild<ResourceTable *>());
    auto *field = window.findChild<GoToField *>();
    field->open();
    window.go({.page = "resources", .kind = "secrets", .newTab = true});
    settle();
    QVERIFY(field->hasFocus());
}

// Letters are the page's keys, also where a list has the cursor.
void WindowKeysTest::keysOfAnObject()
{
    MainWindow &window = open();
    const QString pod = window.findChild<ResourceTable *>()->model()->index(0, 1).data().toString();
    window.go({.page = "object", .kind = "pods", .space = "payments", .name = pod.toStdString(), .newTab = true});
    settle();
    const auto tab = [&] { return tabs(window)->current()->destination().tab; };
    QCOMPARE(tab(), "summary");
    for (const auto &[key, id] : {std::pair{Qt::Key_E, "events"}, {Qt::Key_Y, "yaml"}, {Qt::Key_S, "summary"}, {Qt::Key_Y, "yaml"}}) {
        QTest::keyClick(window.focusWidget(), key);
        settle();
        QCOMPARE(tab(), id);
        QVERIFY(tabs(window)->current()->isAncestorOf(window.focusWidget()));
    }
}

void WindowKeysTest::theFormSaysWhatWillBe()
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

void WindowKeysTest::theFormOpensHereOrInAnotherWindow()
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

QTEST_MAIN(WindowKeysTest)
#include "tst_window_keys.moc"
