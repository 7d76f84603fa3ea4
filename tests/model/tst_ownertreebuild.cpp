// SPDX-License-Identifier: GPL-3.0-or-later
// A tree by owner that is built in pieces: nothing of it before it stands, and in the end the tree that a new one would be.
#include "items/ownertreemodel.h"
#include "support/treeshown.h"
#include "support/turnclock.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <array>
#include <random>

using namespace fairlead;
using namespace fairlead::test;
using items::OwnerTreeCells;
using items::OwnerTreeGrouping;
using items::OwnerTreeModel;
using items::RowFilter;
using kinds::Health;
using namespace std::chrono_literals;

namespace {

/// Says what only one of them has.
void differ(QStringList got, QStringList wanted, const QString &where)
{
    qInfo().noquote() << where;
    for (const QString &each : QStringList(wanted)) {
        if (got.removeOne(each))
            wanted.removeOne(each);
    }
    qInfo().noquote() << "only got:\n" << got.join(u'\n') << "\nonly wanted:\n" << wanted.join(u'\n');
}

} // namespace

class OwnerTreeBuildTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Many objects take many turns, none of which does more than a little; what changes meanwhile is in the tree when it stands.
    void manyObjectsTakeManyTurns()
    {
        constexpr int pods = 300;
        constexpr std::size_t slice = 100;
        TreeWorld world = shop();
        for (int i = 0; i < pods; ++i) {
            TreeObject each = treePod("many-" + std::to_string(i));
            each.labels = {{"app", "web"}};
            world.add(each.ownedBy(world.objects["uid-web-7d9f6c5b84"]));
        }
        EngineBench bench;
        world.serve(bench);
        TurnClock clock;
        OwnerTreeModel model(clock);
        model.setSlice(slice);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.show(storesOf(bench), treeOffer(), resourceOfKind("Pod"), kube::Scope::all());
        bench.settle();
        const QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        int turns = 0;
        const auto turn = [&] {
            QVERIFY(!model.isWhole());
            QCOMPARE(model.rowCount(), 0);
            QVERIFY(clock.turn());
            ++turns;
        };
        while (!model.sources().hasBegun() && !QTest::currentTestFailed())
            turn();
        QVERIFY(turns >= int(pods / (slice / 4)) - 1); // rows that became the graph
        turn();
        TreeObject late = treePod("late", "CrashLoopBackOff");
        TreeWorld::tell(bench, "ADDED", world.add(late));
        TreeObject gone = world.objects["uid-many-7"];
        gone.version = "2000";
        TreeWorld::tell(bench, "DELETED", gone);
        bench.advance(100ms);
        model.setFilter(*RowFilter::parse("!many-8"));
        model.sort(OwnerTreeCells::Name, Qt::DescendingOrder);
        turns = 0;
        while (!model.isWhole() && !QTest::currentTestFailed())
            turn();
        QVERIFY2(turns >= int(2 * pods / slice), qPrintable(QString::number(turns))); // places: beneath the replica set and the service
        QCOMPARE(reset.count(), 2);                                                   // the filter's, of no rows, and the tree's
        QCOMPARE(inserted.count(), 0);
        QVERIFY(clock.turn()); // what had come meanwhile
        QVERIFY(!clock.turn());
        world.objects.erase("uid-many-7");
        ShownTree fresh(world);
        fresh.model.setFilter(*RowFilter::parse("!many-8"));
        fresh.model.sort(OwnerTreeCells::Name, Qt::DescendingOrder);
        QCOMPARE(everything(model), everything(fresh.model));
        QCOMPARE(model.size(), pods + 2);
        QCOMPARE(model.counts(), fresh.model.counts());
    }

    // What fills a turn is not put in order in the same one; what is small needs no other turn.
    void theOrderHasATurnOfItsOwn()
    {
        const TreeWorld world = shop();
        for (const std::size_t slice : {std::size_t(10'000), std::size_t(40)}) {
            EngineBench bench;
            world.serve(bench);
            TurnClock clock;
            OwnerTreeModel model(clock);
            model.setSlice(slice);
            model.show(storesOf(bench), treeOffer(), resourceOfKind("Pod"), kube::Scope::all());
            bench.settle();
            while (!model.sources().hasBegun())
                QVERIFY(clock.turn());
            const bool small = slice > 1000;
            QCOMPARE(model.isWhole(), small);
            while (clock.turn())
                bench.settle();
            QVERIFY(model.isWhole());
            QCOMPARE(everything(model), everything(ShownTree(world).model));
        }
    }

    // Another tree that is asked for meanwhile is the only one that comes.
    void anotherTreeMeanwhile()
    {
        const TreeWorld world = shop();
        EngineBench bench;
        world.serve(bench);
        TurnClock clock;
        OwnerTreeModel model(clock);
        model.setSlice(4);
        const auto stores = storesOf(bench);
        model.show(stores, treeOffer(), resourceOfKind("Pod"), kube::Scope::all());
        bench.settle();
        while (!model.sources().hasBegun())
            QVERIFY(clock.turn());
        QVERIFY(!model.isWhole());
        model.show(stores, treeOffer(), resourceOfKind("Service"), kube::Scope::all());
        bench.advance(100ms);
        while (clock.turn())
            bench.settle();
        QVERIFY(model.isWhole());
        const ShownTree fresh(world, "Service");
        QCOMPARE(everything(model), everything(fresh.model));
    }

    // A server of another version has other columns: the tree is built anew, from rows that have their cells.
    void otherColumnsAreAnotherTree()
    {
        const auto swapped = [](std::string text, const std::string &a, const std::string &b) {
            const std::string both = "\"" + a + "\",\"" + b + "\"";
            return text.replace(text.find(both), both.size(), "\"" + b + "\",\"" + a + "\"");
        };
        TreeWorld world;
        const TreeObject alone = world.add(treePod("alone"));
        ShownTree shown(world);
        const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QSignalSpy reset(&shown.model, &QAbstractItemModel::modelReset);
        std::string table = treeTable("Pod", swapped(alone.row(), "1/1", "Running"), "3000");
        table.replace(table.find("\"Ready\""), 7, "\"Phase\"");
        table.replace(table.find("\"Status\""), 8, "\"Ready\"");
        table.replace(table.find("\"Phase\""), 7, "\"Status\"");
        const std::string path = kube::collectionPath(resourceOfKind("Pod").id);
        shown.bench.server.forget();
        shown.bench.server.on(net::Verb::List, path, answer(table));
        shown.bench.server.on(net::Verb::Watch, path, held());
        shown.bench.server.push("{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"reason\":\"Expired\",\"code\":410}}\n", path);
        shown.bench.advance(3s);
        QCOMPARE(reset.count(), 2); // there is none, then there is another
        QVERIFY(shown.model.isWhole());
        QCOMPARE(shown.model.rowCount(), 1);
        QCOMPARE(shown.model.index(0, OwnerTreeCells::Ready).data().toString(), QStringLiteral("1/1"));
        QCOMPARE(shown.model.index(0, OwnerTreeCells::Status).data().toString(), QStringLiteral("Running"));
    }

    // The tree after any changes is the tree that is built from what is left.
    void randomChangesEndLikeANewTree()
    {
        bool isNumber = false;
        const int asked = qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS", &isNumber);
        const int rounds = isNumber ? asked : 12;
        const unsigned seed = qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? qEnvironmentVariable("FAIRLEAD_SEED").toUInt() : std::random_device()();
        qInfo("%d rounds, seed %u", rounds, seed);
        std::mt19937 random(seed);
        const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
        for (int round = 0; round < rounds; ++round) {
            const std::string kind = std::array{"Pod", "Pod", "Deployment", "CronJob", "Service", "Ingress", "EndpointSlice"}[below(7)];
            TreeWorld world;
            world.names = 8 + below(40);
            EngineBench empty;
            world.shake(empty, random, int(world.names));
            // Also where each turn of the event loop takes but a little of what has come.
            ShownTree shown(world, kind, {}, kube::Scope::all(), below(2) == 0 ? 4 + below(30) : OwnerTreeModel::usualSlice);
            const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
            QSignalSpy reset(&shown.model, &QAbstractItemModel::modelReset);
            RowFilter filter;
            OwnerTreeGrouping grouping;
            int column = -1;
            auto order = Qt::AscendingOrder;
            for (int step = 0; step < 25; ++step) {
                if (below(6) == 0) {
                    const auto texts = std::array{"", "pod", "web", "app=a", "crash", "!running", "1"};
                    filter = *RowFilter::parse(texts[below(7)]);
                    if (below(3) == 0)
                        filter = filter.withHealth({Health::Failed, Health::Idle});
                    shown.model.setFilter(filter);
                }
                if (below(6) == 0) {
                    column = int(below(OwnerTreeCells::Columns + 1)) - 1;
                    order = below(2) == 0 ? Qt::AscendingOrder : Qt::DescendingOrder;
                    shown.model.sort(column, order);
                }
                if (below(6) == 0) {
                    const auto names = std::array{"", "namespace", "node", "label:app", "label:app.kubernetes.io/part-of"};
                    grouping = OwnerTreeGrouping::named(names[below(5)]);
                    shown.model.setGrouping(grouping);
                    shown.bench.advance(100ms); // it is built in pieces
                }
                reset.clear();
                world.shake(shown.bench, random, int(1 + below(12)));
                shown.bench.advance(160ms); // a tick, and another for who is met in it
                QCOMPARE(reset.count(), 0);

                ShownTree fresh(world, kind);
                fresh.model.setGrouping(grouping);
                fresh.bench.advance(100ms);
                fresh.model.setFilter(filter);
                fresh.model.sort(column, order);
                const QStringList got = everything(shown.model);
                const QStringList wanted = everything(fresh.model);
                if (got != wanted)
                    differ(got, wanted,
                        QStringLiteral("seed %1, round %2, step %3, tree of %4 by \"%5\"")
                            .arg(seed)
                            .arg(round)
                            .arg(step)
                            .arg(QString::fromStdString(kind), QString::fromStdString(grouping.name())));
                QCOMPARE(got, wanted);
                QCOMPARE(shown.model.counts(), fresh.model.counts());
                QCOMPARE(shown.model.size(), fresh.model.size());
            }
        }
    }
};

QTEST_GUILESS_MAIN(OwnerTreeBuildTest)
#include "tst_ownertreebuild.moc"
