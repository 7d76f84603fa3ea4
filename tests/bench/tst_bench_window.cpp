// SPDX-License-Identifier: GPL-3.0-or-later
// How long the window's thread is held, by all that it has: the real window with its resources page over 10,000 pods, while they are read
// and while 500 of them change each second. Only the server is a script, on a thread of its own, as the network is.
#include "support/knocker.h"
#include "support/offerfixture.h"
#include "support/offscreenmain.h"
#include "support/scriptedtransport.h"
#include "support/treeworld.h"

#include "base/dispatcher.h"
#include "base/settings.h"
#include "contexts/clusters.h"
#include "contexts/contextbook.h"
#include "items/ownertreemodel.h"
#include "kinds/kinds.h"
#include "ui/resources/ownertreeview.h"
#include "ui/resources/resourcetable.h"
#include "ui/widgets/theme.h"
#include "ui/window/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <QThreadPool>

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace fairlead {

using namespace ui;
using namespace std::chrono_literals;
using test::TreeObject;
using test::TreeWorld;

namespace {

constexpr int pods = 10'000;
constexpr int changesASecond = 500;
constexpr int seconds = 10;
constexpr double bound = 50; // milliseconds, as the issue asks for

/// At that moment, or when it is to stop: false.
bool waitUntil(const std::stop_token &stop, std::chrono::steady_clock::time_point moment)
{
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_until(lock, stop, moment, [] { return false; });
    return !stop.stop_requested();
}

/// One context, whose server is the script.
class OneCluster : public contexts::Clusters {
public:
    explicit OneCluster(net::Transport &transport)
    {
        contexts::ContextFacts facts;
        facts.name = "bench";
        facts.current = true;
        m_list.contexts.push_back(facts);
        contexts::OpenCluster cluster;
        cluster.facts = facts;
        cluster.space = "team-a";
        cluster.session = std::make_shared<kube::Session>(transport, m_dispatcher, m_pool, "https://bench.example.com:6443",
            [](const kube::GroupVersionResource &id) { return kinds::kindOf(id.group, id.resource).projection(); });
        m_cluster = std::make_shared<const contexts::OpenCluster>(std::move(cluster));
    }
    ~OneCluster() override
    {
        m_cluster.reset();
        m_pool.waitForDone();
    }
    [[nodiscard]] kube::Session &session() const { return *m_cluster->session; }

    Reply<contexts::ContextList> read() override { return answered<contexts::ContextList>(m_list); }
    Reply<contexts::ContextList> look(const std::string &) override { return read(); }
    void setAddedFiles(std::vector<std::string>) override {}
    Reply<contexts::OpenClusterPtr> open(const std::string &) override { return answered<contexts::OpenClusterPtr>(m_cluster); }

private:
    contexts::ContextList m_list;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    contexts::OpenClusterPtr m_cluster;
};

TreeObject made(const std::string &kind, const std::string &name)
{
    TreeObject object;
    object.kind = kind;
    object.name = name;
    object.uid = kind + "-" + name;
    return object;
}

} // namespace

class BenchWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void heldByTheWindow_data();
    void heldByTheWindow();

private:
    TreeWorld m_world;
    std::vector<std::string> m_pods; ///< uids
};

void BenchWindow::initTestCase()
{
    constexpr int each = 20;
    for (int i = 0; i < pods / each; ++i) {
        const std::string name = "app-" + std::to_string(i);
        TreeObject deployment = made("Deployment", name);
        deployment.wanted = deployment.ready = each;
        m_world.add(deployment);
        TreeObject set = made("ReplicaSet", name + "-7d9f6c5b84");
        set.wanted = set.ready = each;
        m_world.add(set.ownedBy(deployment));
        TreeObject service = made("Service", name);
        service.selector = {{"app", name}};
        m_world.add(service);
        for (int p = 0; p < each; ++p) {
            TreeObject pod = made("Pod", name + "-7d9f6c5b84-" + std::to_string(10'000 + p));
            pod.labels = {{"app", name}};
            m_pods.push_back(m_world.add(pod.ownedBy(set)).uid);
        }
    }
}

void BenchWindow::heldByTheWindow_data()
{
    QTest::addColumn<QString>("view");
    QTest::newRow("table") << QStringLiteral("table");
    QTest::newRow("tree") << QStringLiteral("tree");
}

void BenchWindow::heldByTheWindow()
{
    QFETCH(const QString, view);
    const TreeWorld served = m_world; // the server's own, on its thread, while changes are made here; it outlives its requests
    test::ScriptedTransport server(test::ScriptedTransport::Mode::Threaded);
    for (const auto &[path, file] : {std::pair("/api", "api.json"), {"/apis", "apis.json"}})
        server.on(net::Verb::Get, path, test::answer(test::fixture(std::string("discovery/aggregated-v2/") + file)));
    served.serve(server);
    OneCluster clusters(server);
    const Theme theme(Scheme::Light);
    theme.applyTo(*qApp);
    Settings settings{QString()};
    contexts::ContextBook book(clusters, clusters.session().clock(), settings);
    auto window = std::make_unique<MainWindow>(theme, settings, clusters, book);
    window->resize(1280, 800);
    window->show();
    QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    test::Knocker knocker;
    constexpr std::size_t settled = 50; // knocks
    std::size_t knocks = 0;
    QElapsedTimer timer;
    timer.start();
    window->go({.page = "resources", .context = "bench", .kind = "pods", .scope = kube::Scope::all(), .view = view.toStdString()});
    QTRY_VERIFY_WITH_TIMEOUT(window->isComplete(), 60'000);
    const qint64 took = timer.elapsed();
    auto *const shown =
        view == QLatin1String("tree") ? static_cast<QAbstractItemView *>(window->findChild<OwnerTreeView *>()) : window->findChild<ResourceTable *>();
    QVERIFY(shown != nullptr && shown->isVisible());
    QCOMPARE(shown->model()->rowCount(), view == QLatin1String("tree") ? 1000 : pods);
    QTRY_VERIFY((knocks = knocker.knocks()) > 0);
    QTRY_VERIFY_WITH_TIMEOUT(knocker.knocks() >= knocks + settled, 10'000); // what is painted first
    const test::Knocker::Held reading = knocker.take();
    qInfo("%s of 10,000 pods read in %lld ms: the window's thread was held for at most %.1f ms, by its own work for %.1f ms", qPrintable(view),
        static_cast<long long>(took), reading.longest, reading.longestWork);

    // Made beforehand: what it costs to make a change is no business of the window's, nor of its neighbours.
    std::mt19937 random{1U};
    constexpr std::array states = {"Running", "CrashLoopBackOff", "Unready"};
    std::vector<TreeObject> changes;
    for (int i = 0; i < changesASecond * seconds; ++i) {
        TreeObject &pod = m_world.objects[m_pods[random() % m_pods.size()]];
        pod.state = states[random() % states.size()];
        pod.restarts = i;
        pod.version = std::to_string(2000 + i);
        changes.push_back(pod);
    }
    std::atomic<int> told = 0;
    std::jthread feeder([&](const std::stop_token &stop) {
        const auto begin = std::chrono::steady_clock::now();
        for (int i = 0; i < int(changes.size()) && waitUntil(stop, begin + i * 1'000'000us / changesASecond); ++i) {
            TreeWorld::tell(server, "MODIFIED", changes[std::size_t(i)]);
            ++told;
        }
    });
    QTRY_COMPARE_WITH_TIMEOUT(told.load(), int(changes.size()), 4 * seconds * 1000);
    QTRY_VERIFY((knocks = knocker.knocks()) > 0);
    QTRY_VERIFY_WITH_TIMEOUT(knocker.knocks() >= knocks + settled, 10'000);
    const test::Knocker::Held changing = knocker.take();
    qInfo(
        "%d changes a second in the %s: the window's thread was held for at most %.1f ms, by its own work for %.1f ms; half of all waited less than %.2f ms",
        changesASecond, qPrintable(view), changing.longest, changing.longestWork, changing.median);
    QVERIFY2(changing.knocks > std::size_t(seconds) * 20, qPrintable(QString::number(changing.knocks)));
    // They have come: the last one's restarts stand in its row.
    const QString last = QString::number(changes.back().restarts);
    QModelIndex row;
    if (const auto *tree = qobject_cast<const items::OwnerTreeModel *>(shown->model()))
        row = tree->indexOfObject(changes.back().uid);
    for (int i = 0; i < shown->model()->rowCount() && !row.isValid(); ++i) {
        if (shown->model()->index(i, 1).data().toString().toStdString() == changes.back().name)
            row = shown->model()->index(i, 0);
    }
    QVERIFY(row.isValid());
    QVERIFY2(row.siblingAtColumn(4).data().toString().startsWith(last), qPrintable(row.siblingAtColumn(4).data().toString()));
    window.reset();
#ifdef NDEBUG
    QVERIFY2(changing.longestWork < bound, qPrintable(QString::number(changing.longestWork)));
    QVERIFY2(reading.longestWork < bound, qPrintable(QString::number(reading.longestWork)));
#endif
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::BenchWindow>(argc, argv);
}

#include "tst_bench_window.moc"
