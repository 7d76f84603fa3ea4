// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreemodel.h"
#include "support/offerfixture.h"
#include "support/treeworld.h"
#include "support/turnclock.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <array>
#include <ctime>
#include <functional>
#include <random>

using namespace fairlead;
using namespace fairlead::test;
using items::OwnerTreeCells;
using items::OwnerTreeModel;
using items::RowFilter;
using namespace std::chrono_literals;

namespace {

/// Of this program: what it costs, however busy the machine is.
class CpuTimer {
public:
    void start() { m_start = std::clock(); }
    [[nodiscard]] double milliseconds() const { return double(std::clock() - m_start) * 1000 / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * 4096 / 1e6;
}

} // namespace

/// What a tree by owner of 10,000 pods costs: 500 deployments with two replica sets each and a service, so that each pod stands in two
/// places. Prints figures, in CPU time of all threads; asserts only counts.
class OwnerTreeBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (int i = 0; i < 500; ++i) {
            const std::string number = std::to_string(i);
            TreeObject deployment = made("Deployment", "app-" + number);
            deployment.wanted = 20;
            deployment.ready = 20;
            m_world.add(deployment);
            TreeObject old = made("ReplicaSet", "app-" + number + "-old");
            old.wanted = 0;
            old.ready = 0;
            m_world.add(old.ownedBy(deployment));
            TreeObject set = made("ReplicaSet", "app-" + number + "-new");
            set.wanted = 20;
            set.ready = 20;
            m_world.add(set.ownedBy(deployment));
            for (int p = 0; p < 20; ++p) {
                TreeObject pod = made("Pod", "app-" + number + "-new-" + std::to_string(p));
                pod.labels = {{"app", "app-" + number}};
                m_pods.push_back(m_world.add(pod.ownedBy(set)).uid);
            }
            TreeObject service = made("Service", "app-" + number);
            service.selector = {{"app", "app-" + number}};
            m_world.add(service);
        }
    }

    void tenThousandPods()
    {
        EngineBench bench;
        m_world.serve(bench);
        TurnClock clock;
        OwnerTreeModel model(clock);
        CpuTimer reset;
        double resetTook = 0;
        connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, [&reset] { reset.start(); });
        connect(&model, &QAbstractItemModel::modelReset, this, [&reset, &resetTook] { resetTook = reset.milliseconds(); });
        const double before = residentMegabytes();
        CpuTimer whole;
        whole.start();
        model.show(storesOf(bench), offer(), resourceOfKind("Pod"), kube::Scope::all());
        bench.settle();
        double longest = 0;
        int turns = 0;
        while (!model.isWhole()) {
            CpuTimer turn;
            turn.start();
            if (!clock.turn())
                bench.settle();
            longest = std::max(longest, turn.milliseconds());
            ++turns;
        }
        QVERIFY(turns > 20);
        QCOMPARE(model.size(), 10'000);
        QCOMPARE(model.rowCount(), 1'000);
        qInfo(
            "10,000 pods in 20,000 places: bytes to tree %.0f ms of CPU; %d turns of the event loop, the longest %.1f ms, of the last the rows' reset %.1f ms; "
            "resident memory with rows, facts, graph and tree %.0f MB",
            whole.milliseconds(), turns, longest, resetTook, residentMegabytes() - before);
        for (const char *text : {"app-7", "app-77-new-3", "crash", ""})
            print(QStringLiteral("filter \"%1\"").arg(QLatin1String(text)), model, [&] { model.setFilter(*RowFilter::parse(text)); });
        for (const int column : {int(OwnerTreeCells::Name), int(OwnerTreeCells::Restarts), int(OwnerTreeCells::Status)})
            print(QStringLiteral("sort by column %1").arg(column), model, [&] { model.sort(column); });
        changes(bench, model, "no row looked at below the top");
        // As if all of it were open.
        for (int row = 0; row < model.rowCount(); ++row) {
            const QModelIndex top = model.index(row, 0);
            for (int child = 0; child < model.rowCount(top); ++child)
                (void)model.rowCount(model.index(child, 0, top));
        }
        changes(bench, model, "all rows looked at");
        model.setFilter(*RowFilter::parse("crash"));
        changes(bench, model, "filtered by state");
    }

private:
    static kube::OfferPtr offer()
    {
        static const auto one = std::make_shared<const kube::Offer>(standardOffer());
        return one;
    }

    static TreeObject made(const std::string &kind, const std::string &name)
    {
        TreeObject object;
        object.kind = kind;
        object.name = name;
        object.uid = kind + "-" + name;
        return object;
    }

    // 25 changes in each tick of 50 ms: pods that fail and recover.
    void changes(EngineBench &bench, OwnerTreeModel &model, const char *what)
    {
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        std::vector<double> ticks;
        constexpr std::array states = {"Running", "CrashLoopBackOff", "Unready"};
        for (int tick = 0; tick < 60; ++tick) {
            for (int i = 0; i < 25; ++i) {
                TreeObject &pod = m_world.objects[m_pods[m_random() % m_pods.size()]];
                pod.state = states[m_random() % states.size()];
                pod.version = std::to_string(++m_version);
                TreeWorld::tell(bench, "MODIFIED", pod);
            }
            CpuTimer timer;
            timer.start();
            bench.advance(50ms);
            ticks.push_back(timer.milliseconds());
        }
        std::sort(ticks.begin(), ticks.end());
        qInfo("500 changes a second, %s: a tick from bytes to signals, with all between: median %.2f ms, longest %.2f ms", what,
            ticks[ticks.size() / 2], ticks.back());
        QCOMPARE(reset.count(), 0);
        QCOMPARE(model.size(), 10'000);
    }

    static void print(const QString &what, const OwnerTreeModel &model, const std::function<void()> &work)
    {
        CpuTimer timer;
        timer.start();
        work();
        const double took = timer.milliseconds();
        qInfo("%s: %.1f ms, %d rows at the top", qPrintable(what), took, model.rowCount());
    }

    TreeWorld m_world;
    std::vector<std::string> m_pods;
    std::mt19937 m_random{1U};
    int m_version = 2000;
};

QTEST_GUILESS_MAIN(OwnerTreeBench)
#include "tst_bench_ownertree.moc"
