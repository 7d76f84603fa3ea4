// SPDX-License-Identifier: GPL-3.0-or-later
// The window used by keys and clicks on a real cluster: side bar, tabs, namespaces, go-to, several windows, what comes back.
#include "app/engines.h"
#include "support/livecluster.h"
#include "ui/widgets/appearance.h"
#include "ui/widgets/page.h"
#include "ui/widgets/treeview.h"
#include "ui/window/gotofield.h"
#include "ui/window/headerbar.h"
#include "ui/window/namespacepopup.h"
#include "ui/window/pagetabs.h"
#include "ui/window/shortcutlist.h"
#include "ui/window/sidebar.h"
#include "ui/window/windows.h"

#include <QApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QListView>
#include <QProcess>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::ui;

namespace {

constexpr int patience = 60'000; // milliseconds

QJsonArray sessionIn(const QString &file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(in.readAll()).object().value(QLatin1String(Windows::sessionKey)).toArray();
}

/// Kinds, else pages, of the tabs of a context (or of the only one), in a window as it is remembered.
QStringList tabsIn(const QJsonValue &window, const QString &context)
{
    QStringList kinds;
    const QJsonObject contexts = window.toObject().value(QStringLiteral("contexts")).toObject();
    const QJsonValue one = !context.isEmpty() || contexts.isEmpty() ? contexts.value(context) : contexts.begin().value();
    const QJsonArray tabs = one.toObject().value(QStringLiteral("tabs")).toArray();
    for (const auto &tab : tabs)
        kinds << tab.toObject().value(tab.toObject().contains(QStringLiteral("kind")) ? QStringLiteral("kind") : QStringLiteral("page")).toString();
    return kinds;
}

} // namespace

class WindowLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_cluster.reset(); }
    void init();
    void cleanup();

    void kindsByKeyboard();
    void tabsAreUsedAgain();
    void namespacesAreChosen();
    void whoMayNotListNamespacesTypesOne();
    void goesToAnObject();
    void twoWindowsOnTwoContexts();
    void comesBackAsItWas();
    void comesBackAfterAKill();
    void shortcutsAreListed();

private:
    MainWindow &open(const std::string &context, const std::string &kind = "pods");
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

    /// A context of this test's own cluster, by its user: the merged file holds those of other clusters too.
    [[nodiscard]] std::string named(const std::string &user) const
    {
        const std::string server = m_cluster->endpoint().server;
        for (const auto &facts : m_book->list().contexts) {
            if (facts.user.ends_with("-" + user) && facts.server == server)
                return facts.name;
        }
        return {};
    }

    [[nodiscard]] bool isAbout(const MainWindow &window, const std::string &user) const
    {
        return window.windowTitle().contains(QStringLiteral(" – %1 – ").arg(QString::fromStdString(named(user))));
    }

    std::unique_ptr<LiveCluster> m_cluster;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_kubeconfig;
    QString m_settingsFile;
    Theme m_theme{Scheme::Light};
    std::unique_ptr<Appearance> m_appearance;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<app::Engines> m_engines;
    std::unique_ptr<SystemClock> m_clock;
    std::unique_ptr<contexts::ContextBook> m_book;
    std::unique_ptr<Windows> m_windows;
};

void WindowLiveTest::initTestCase()
{
    m_theme.applyTo(*qApp);
    QApplication::setQuitOnLastWindowClosed(false);
    m_cluster = std::make_unique<LiveCluster>(QStringLiteral("window"));
    QVERIFY2(m_cluster->whyNot().isEmpty(), qPrintable(m_cluster->whyNot()));
    m_kubeconfig = m_cluster->file(QStringLiteral("merged.kubeconfig"));
}

void WindowLiveTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settingsFile = m_folder->filePath(QStringLiteral("fairlead/settings.json"));
    m_appearance = std::make_unique<Appearance>(m_theme, *qApp, Appearance::Choice::Light);
    m_settings = std::make_unique<Settings>(m_settingsFile);
    m_engines = std::make_unique<app::Engines>(m_kubeconfig, std::nullopt);
    m_clock = std::make_unique<SystemClock>();
    m_book = std::make_unique<contexts::ContextBook>(*m_engines, *m_clock, *m_settings, contexts::ContextBook::Remembered::Left);
    m_windows = std::make_unique<Windows>(Windows::Shared{m_theme, *m_settings, *m_engines, *m_book, *m_appearance});
    QTRY_VERIFY_WITH_TIMEOUT(m_book->isRead(), patience);
}

void WindowLiveTest::cleanup()
{
    m_windows.reset();
    m_book.reset();
    m_clock.reset();
    m_engines.reset();
    m_settings.reset();
    m_appearance.reset();
}

MainWindow &WindowLiveTest::open(const std::string &context, const std::string &kind)
{
    MainWindow &window = m_windows->make();
    window.resize(1280, 800);
    window.show();
    QApplication::setActiveWindow(&window);
    window.go({.page = "resources", .context = named(context), .kind = kind, .scope = kube::Scope::all()});
    const auto isThere = [&] { return tabs(window) != nullptr && tabs(window)->current() != nullptr && tabs(window)->current()->isComplete(); };
    [&] { QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience); }();
    return window;
}

void WindowLiveTest::kindsByKeyboard()
{
    MainWindow &window = open("admin");
    auto *side = window.findChild<SideBar *>();
    QTRY_VERIFY_WITH_TIMEOUT(side->model().kindIndex("configmaps").isValid(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(side->view()->currentIndex(), side->model().kindIndex("pods"), patience);
    side->view()->setFocus();
    QTest::keyClick(side->view(), Qt::Key_Down);
    QCOMPARE(side->view()->currentIndex(), side->model().kindIndex("deployments.apps"));
    QTest::keyClick(side->view(), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(titles(window), QStringList{QStringLiteral("Deployments")}, patience);
    // With Ctrl in a new tab.
    side->view()->setCurrentIndex(side->model().kindIndex("configmaps"));
    QTest::keyClick(side->view(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(titles(window), (QStringList{QStringLiteral("Deployments"), QStringLiteral("Config maps")}), patience);
    QVERIFY(side->model().kindIndex("configmaps").data(items::SideBarModel::OpenedRole).toBool());
    // Ctrl+B hides the side bar.
    QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
    QVERIFY(side->isHidden());
}

void WindowLiveTest::tabsAreUsedAgain()
{
    MainWindow &window = open("admin");
    window.go({.page = "resources", .kind = "secrets", .newTab = true});
    window.go({.page = "resources", .kind = "po"}); // a short name of what is there already
    QCOMPARE(tabs(window)->count(), 2);
    QCOMPARE(tabs(window)->currentTab(), 0);
    QTest::keyClick(&window, Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(tabs(window)->currentTab(), 1);
    QTest::keyClick(&window, Qt::Key_W, Qt::ControlModifier);
    QCOMPARE(tabs(window)->count(), 1);
    window.go({.page = "resources", .kind = "nodes", .newTab = true});
    auto *bar = tabs(window)->findChild<QTabBar *>();
    QTest::mouseClick(bar, Qt::MiddleButton, {}, bar->tabRect(1).center());
    QCOMPARE(tabs(window)->count(), 1);
}

void WindowLiveTest::namespacesAreChosen()
{
    MainWindow &window = open("admin", "configmaps");
    auto *popup = window.findChild<HeaderBar *>()->namespaces();
    QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(popup->isVisible(), patience);
    QTRY_VERIFY_WITH_TIMEOUT(popup->choice().rowCount() > 3, patience);
    QTest::keyClicks(popup->focusWidget() != nullptr ? popup->focusWidget() : popup, QStringLiteral("team-a"));
    auto *list = popup->findChild<QListView *>();
    QCOMPARE(list->currentIndex().data().toString(), QStringLiteral("team-a"));
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY(!popup->isVisible());
    QCOMPARE(popup->choice().scope(), kube::Scope::of({"team-a"}));
    QVERIFY(m_settings->value(QStringLiteral("contexts/") + QString::fromStdString(named("admin")))
                .toObject()
                .value(QStringLiteral("namespaces"))
                .toArray()
                .contains(QStringLiteral("team-a")));
}

void WindowLiveTest::whoMayNotListNamespacesTypesOne()
{
    MainWindow &window = open("dev", "configmaps");
    auto *popup = window.findChild<HeaderBar *>()->namespaces();
    QTest::keyClick(&window, Qt::Key_N, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(popup->isVisible(), patience);
    auto *field = popup->findChild<QLineEdit *>();
    QTest::keyClicks(field, QStringLiteral("kube-public"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(popup->choice().scope(), kube::Scope::of({"kube-public"}));
}

void WindowLiveTest::goesToAnObject()
{
    MainWindow &window = open("admin");
    auto *field = window.findChild<GoToField *>();
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("kube-root-ca.crt"));
    QTRY_VERIFY_WITH_TIMEOUT(field->model().count(items::GoToModel::Type::Object) > 1, patience);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(tabs(window)->current()->destination().name, std::string("kube-root-ca.crt"), patience);
    QVERIFY(!field->hasFocus());
    // A kind by its short name; then a namespace.
    QTest::keyClick(&window, Qt::Key_G, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("svc"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(tabs(window)->current()->destination().kind, std::string("services"), patience);
    QTest::keyClick(&window, Qt::Key_K, Qt::ControlModifier);
    QTest::keyClicks(field, QStringLiteral("zz"));
    QTest::keyClick(field, Qt::Key_Escape);
    QCOMPARE(field->text(), QString());
    QVERIFY(field->hasFocus());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->hasFocus());
}

void WindowLiveTest::twoWindowsOnTwoContexts()
{
    MainWindow &admin = open("admin");
    MainWindow &dev = open("dev", "configmaps");
    QCOMPARE(m_windows->all().size(), std::size_t(2));
    QVERIFY(isAbout(admin, "admin"));
    QVERIFY(isAbout(dev, "dev"));
    // The tabs of a context stay while its window is about another one.
    admin.go({.context = named("viewer")});
    QTRY_VERIFY_WITH_TIMEOUT(isAbout(admin, "viewer"), patience);
    admin.go({.page = "resources", .kind = "nodes", .newTab = true});
    admin.go({.context = named("admin")});
    QTRY_VERIFY_WITH_TIMEOUT(isAbout(admin, "admin"), patience);
    QCOMPARE(titles(admin), QStringList{QStringLiteral("Pods")});
    QCOMPARE(titles(dev), QStringList{QStringLiteral("Config maps")});
    dev.close();
    QTRY_COMPARE(m_windows->all().size(), std::size_t(1));
}

void WindowLiveTest::comesBackAsItWas()
{
    MainWindow &window = open("admin");
    m_windows->remember();
    window.go({.page = "resources", .kind = "secrets", .newTab = true});
    window.go({.page = "resources", .kind = "jobs.batch", .newTab = true});
    window.resize(1100, 700);
    // In the file while the program runs: a crash takes nothing with it.
    QTRY_COMPARE_WITH_TIMEOUT(tabsIn(sessionIn(m_settingsFile).at(0), QString::fromStdString(named("admin"))).size(), 3, patience);
    m_windows = std::make_unique<Windows>(Windows::Shared{m_theme, *m_settings, *m_engines, *m_book, *m_appearance});
    QVERIFY(m_windows->restore({}));
    MainWindow &again = *m_windows->all().front();
    QTRY_COMPARE_WITH_TIMEOUT(titles(again), (QStringList{QStringLiteral("Pods"), QStringLiteral("Secrets"), QStringLiteral("Jobs")}), patience);
    QCOMPARE(tabs(again)->currentTab(), 2);
    QCOMPARE(again.size(), QSize(1100, 700));
}

void WindowLiveTest::comesBackAfterAKill()
{
    const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/../fairlead");
    const QString admin = QString::fromStdString(m_cluster->file(QStringLiteral("admin.kubeconfig")));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_folder->path());
    const auto run = [&](const QStringList &more, const auto &until) {
        QProcess process;
        process.setProcessEnvironment(environment);
        process.start(program, QStringList{QStringLiteral("--kubeconfig"), admin} + more);
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(until(), patience);
        process.kill(); // SIGKILL
        process.waitForFinished();
    };
    // The first start opens the current context, and remembers it without being closed.
    run({}, [&] { return !tabsIn(sessionIn(m_settingsFile).at(0), QString()).isEmpty(); });
    QCOMPARE(tabsIn(sessionIn(m_settingsFile).at(0), QString()), QStringList{QStringLiteral("overview")});
    // Page flags are about that start only.
    const QJsonArray before = sessionIn(m_settingsFile);
    QProcess picture;
    picture.setProcessEnvironment(environment);
    picture.start(program, {QStringLiteral("--kubeconfig"), admin, QStringLiteral("--page"), QStringLiteral("resources"), QStringLiteral("--kind"),
                               QStringLiteral("nodes"), QStringLiteral("--screenshot"), m_folder->filePath(QStringLiteral("nodes.png"))});
    QVERIFY(picture.waitForFinished(patience));
    QCOMPARE(picture.exitCode(), 0);
    QCOMPARE(sessionIn(m_settingsFile), before);
    run({}, [&] { return !sessionIn(m_settingsFile).isEmpty(); });
    QCOMPARE(tabsIn(sessionIn(m_settingsFile).at(0), QString()), QStringList{QStringLiteral("overview")});
}

void WindowLiveTest::shortcutsAreListed()
{
    MainWindow &window = open("admin");
    QTest::keyClick(&window, Qt::Key_F1);
    auto *list = window.findChild<ShortcutList *>();
    QVERIFY(list != nullptr && list->isVisible() && !list->isModal());
    QTest::keyClick(list, Qt::Key_Escape);
    QTRY_VERIFY(window.findChild<ShortcutList *>() == nullptr);
}

QTEST_MAIN(WindowLiveTest)
#include "tst_window_live.moc"
