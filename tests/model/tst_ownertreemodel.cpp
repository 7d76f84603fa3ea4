// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreemodel.h"
#include "support/treeshown.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <array>
#include <utility>

using namespace fairlead;
using namespace fairlead::test;
using items::OwnerTreeCells;
using items::OwnerTreeModel;
using items::RowFilter;
using items::TableModel;
using kinds::Health;
using namespace std::chrono_literals;

namespace {

QString cell(const OwnerTreeModel &model, const std::string &path, int column)
{
    return rowNamed(model, path).siblingAtColumn(column).data().toString();
}

} // namespace

class OwnerTreeModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ownersStandAboveWhatTheyOwn()
    {
        TreeWorld world = shop();
        const TreeObject cron = world.add(treeObject("CronJob", "sync"));
        TreeObject job = treeObject("Job", "sync-29381580");
        job.state = "Complete";
        job.annotations = {{"batch.kubernetes.io/cronjob-scheduled-timestamp", "2024-12-17T23:50:00Z"}};
        world.add(job.ownedBy(cron));
        world.add(treePod("sync-29381580-4mzgp", "Completed").ownedBy(job));
        world.add(treePod("alone"));
        const ShownTree shown(world);
        QCOMPARE(outline(shown.model), lines({"web", "  web-7d9f6c5b84", "    web-7d9f6c5b84-x2k4q", "      app", "    web-7d9f6c5b84-8sjwl",
                                           "      app", "  web-6c4d8b9f75", "front", "  web-7d9f6c5b84-x2k4q", "    app", "  web-7d9f6c5b84-8sjwl",
                                           "    app", "alone", "  app", "sync", "  sync-29381580", "    sync-29381580-4mzgp", "      app"}));
        QCOMPARE(shown.model.size(), 4); // pods, each once
        QCOMPARE(shown.model.counts().count(Health::Failed), 1U);
        QCOMPARE(shown.model.counts().count(Health::Healthy), 2U);
        QCOMPARE(shown.model.counts().count(Health::Idle), 1U);
    }

    void cellsSayWhatIsBelow()
    {
        const TreeWorld world = shop();
        const ShownTree shown(world);
        const OwnerTreeModel &model = shown.model;
        QCOMPARE(cell(model, "web", OwnerTreeCells::Ready), QStringLiteral("1/2"));
        QCOMPARE(cell(model, "web", OwnerTreeCells::Below), QStringLiteral("1 failed, 1 healthy"));
        QCOMPARE(cell(model, "web", OwnerTreeCells::Status), QStringLiteral("1 of 2 pods: app runs out of memory"));
        QCOMPARE(cell(model, "web", OwnerTreeCells::Restarts), QStringLiteral("17"));
        QCOMPARE(rowNamed(model, "web").data(TableModel::HealthRole).toInt(), int(Health::Failed));
        QCOMPARE(rowNamed(model, "web").data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("team-a"));
        const std::string set = "web/web-7d9f6c5b84";
        QCOMPARE(rowNamed(model, set).data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("revision 41"));
        QCOMPARE(cell(model, set, OwnerTreeCells::Ready), QStringLiteral("1/2"));
        QCOMPARE(cell(model, set, OwnerTreeCells::Status), QString()); // the deployment says it
        const std::string old = "web/web-6c4d8b9f75";
        QCOMPARE(cell(model, old, OwnerTreeCells::Status), QStringLiteral("Scaled to zero, kept for undo"));
        QVERIFY(rowNamed(model, old).data(OwnerTreeCells::QuietRole).toBool());
        const std::string sick = set + "/web-7d9f6c5b84-x2k4q";
        QCOMPARE(cell(model, sick, OwnerTreeCells::Status), QStringLiteral("CrashLoopBackOff"));
        QCOMPARE(rowNamed(model, sick).data(TableModel::HealthWordRole).toString(), QStringLiteral("Failing"));
        QCOMPARE(cell(model, sick + "/app", OwnerTreeCells::Status), QStringLiteral("OOMKilled, exit 137; next try within 5m0s"));
        QCOMPARE(rowNamed(model, sick + "/app").data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("myapp:1.0"));
        QCOMPARE(rowNamed(model, sick + "/app").data(OwnerTreeCells::IconNameRole).toString(), QStringLiteral("container"));
        // Beneath the service the same pod is asked something else.
        QCOMPARE(cell(model, "front", OwnerTreeCells::Status), QStringLiteral("1 of 2 pods take traffic"));
        QCOMPARE(cell(model, "front", OwnerTreeCells::Ready), QStringLiteral("1/2"));
        QCOMPARE(cell(model, "front/web-7d9f6c5b84-x2k4q", OwnerTreeCells::Status), QStringLiteral("Not ready, gets no traffic"));
        QCOMPARE(rowNamed(model, "front").data(TableModel::HealthRole).toInt(), int(Health::Degraded));
        QCOMPARE(model.containerAt(rowNamed(model, sick + "/app")), QStringLiteral("app"));
        QCOMPARE(QString::fromStdString(std::string(model.targetOf(rowNamed(model, sick + "/app"))->name)), QStringLiteral("web-7d9f6c5b84-x2k4q"));
        QCOMPARE(QString::fromStdString(model.targetOf(rowNamed(model, set))->resource.kind), QStringLiteral("ReplicaSet"));
    }

    // What a controller calls whole stays so, whatever earlier attempts have left behind.
    void earlierAttemptsDoNotMakeAJobFail()
    {
        TreeWorld world;
        TreeObject job = treeObject("Job", "import");
        job.state = "Complete";
        world.add(job);
        world.add(treePod("import-1", "CrashLoopBackOff").ownedBy(job));
        world.add(treePod("import-2", "Completed").ownedBy(job));
        const ShownTree shown(world);
        QCOMPARE(rowNamed(shown.model, "import").data(TableModel::HealthRole).toInt(), int(Health::Healthy));
        QCOMPARE(cell(shown.model, "import", OwnerTreeCells::Below), QStringLiteral("1 failed, 1 idle"));
        QCOMPARE(cell(shown.model, "import", OwnerTreeCells::Status), QStringLiteral("Complete in 4m12s"));
    }

    void orphansAndCirclesAreShownAndSaid()
    {
        TreeWorld world;
        TreeObject lost = treePod("lost");
        world.add(lost.ownedBy(treeReplicas("ReplicaSet", "gone", 1, 1)));
        TreeObject a = treeReplicas("ReplicaSet", "a", 1, 1);
        TreeObject b = treeReplicas("ReplicaSet", "b", 1, 1);
        a.ownedBy(b);
        b.ownedBy(a);
        world.add(a);
        world.add(b);
        const ShownTree shown(world);
        QCOMPARE(outline(shown.model), lines({"a", "  b", "lost", "  app"}));
        QCOMPARE(rowNamed(shown.model, "lost").data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("team-a · ReplicaSet gone is gone"));
        QVERIFY(rowNamed(shown.model, "lost").data(OwnerTreeCells::OddRole).toBool());
        QCOMPARE(rowNamed(shown.model, "a").data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("team-a · its owners lead back to it"));
        QVERIFY(rowNamed(shown.model, "a/b").data(OwnerTreeCells::OddRole).toBool());
    }

    // An owner of a kind that nobody would have asked for is met, and shown for what it owns only.
    void otherOwnersAreMet()
    {
        TreeWorld world;
        const TreeObject node = world.add(treeObject("Node", "node-1"));
        world.add(treeObject("Node", "node-2"));
        world.add(treePod("kube-proxy").ownedBy(node));
        const ShownTree shown(world);
        QCOMPARE(outline(shown.model), lines({"node-1", "  kube-proxy", "    app"}));
        QVERIFY(!rowNamed(shown.model, "node-1/kube-proxy").data(OwnerTreeCells::OddRole).toBool());
    }

    void kindsThatMayNotBeListedAreLeftOutAndSaid()
    {
        const TreeWorld world = shop();
        const ShownTree shown(world, "Pod", {"ReplicaSet", "CronJob"});
        QVERIFY(shown.model.isWhole());
        QCOMPARE(shown.model.sources().missing().size(), std::size_t(2));
        QCOMPARE(shown.model.sources().missing()[0].why.code, Code::Forbidden);
        // The pods' owners cannot be seen: that is another thing than that they are gone.
        QCOMPARE(rowNamed(shown.model, "web-7d9f6c5b84-8sjwl").data(OwnerTreeCells::AsideRole).toString(),
            QStringLiteral("team-a · of ReplicaSet web-7d9f6c5b84"));
    }

    void aTreeOfDeploymentsHasNoOtherPods()
    {
        TreeWorld world = shop();
        world.add(treePod("alone"));
        TreeObject job = treeObject("Job", "import");
        world.add(job);
        world.add(treePod("import-1").ownedBy(job));
        TreeObject lost = treePod("lost");
        world.add(lost.ownedBy(treeReplicas("ReplicaSet", "gone", 1, 1)));
        const ShownTree shown(world, "Deployment");
        QCOMPARE(outline(shown.model), lines({"web", "  web-7d9f6c5b84", "    web-7d9f6c5b84-x2k4q", "      app", "    web-7d9f6c5b84-8sjwl",
                                           "      app", "  web-6c4d8b9f75", "lost", "  app"}));
        QCOMPARE(shown.model.size(), 1);
    }

    void theNamespaceStandsWhereSeveralAreShown()
    {
        TreeWorld world;
        TreeObject plain = treePod("plain");
        world.add(plain);
        EngineBench bench;
        for (const char *path : {"/api/v1/namespaces/team-a/pods"}) {
            bench.server.on(net::Verb::List, path,
                answer(
                    R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},"columnDefinitions":[{"name":"Name","type":"string","format":"name"}],"rows":[)" +
                    plain.row() + "]}"));
            bench.server.on(net::Verb::Watch, path, held());
        }
        OwnerTreeModel model(bench.clock);
        model.show(storesOf(bench), treeOffer(), resourceOfKind("Pod"), kube::Scope::of({"team-a"}));
        bench.settle();
        QVERIFY(model.isWhole()); // the others answered that there is nothing to find
        QCOMPARE(rowNamed(model, "plain").data(OwnerTreeCells::AsideRole).toString(), QString());
    }

    void nothingIsShownBeforeEveryoneHasAnswered()
    {
        const TreeWorld world = shop();
        EngineBench bench;
        bench.server.on(net::Verb::List, "/apis/apps/v1/replicasets", Answer{.finish = Answer::Finish::Hold}, 1);
        world.serve(bench);
        OwnerTreeModel model(bench.clock);
        model.show(storesOf(bench), treeOffer(), resourceOfKind("Pod"), kube::Scope::all());
        bench.settle();
        QVERIFY(!model.isWhole());
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.sources().state().phase, kube::Phase::Loading);
    }

    void changesAreTheLeastStep()
    {
        TreeWorld world = shop();
        ShownTree shown(world);
        OwnerTreeModel &model = shown.model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QPersistentModelIndex sick = rowNamed(model, "web/web-7d9f6c5b84/web-7d9f6c5b84-x2k4q");
        const QPersistentModelIndex container = rowNamed(model, "web/web-7d9f6c5b84/web-7d9f6c5b84-x2k4q/app");
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        TreeObject healed = world.objects["uid-web-7d9f6c5b84-x2k4q"];
        healed.state = "Running";
        healed.version = "2000";
        TreeWorld::tell(shown.bench, "MODIFIED", healed);
        shown.bench.advance(50ms);
        QCOMPARE(reset.count() + inserted.count() + removed.count(), 0);
        QCOMPARE(cell(model, "web", OwnerTreeCells::Below), QStringLiteral("2 healthy"));
        QCOMPARE(cell(model, "front", OwnerTreeCells::Status), QStringLiteral("Healthy"));
        QVERIFY(sick.isValid() && container.isValid());
        QCOMPARE(QModelIndex(container).siblingAtColumn(OwnerTreeCells::Status).data().toString(), QStringLiteral("Running"));
        QVERIFY(changed.count() > 0 && changed.count() < 10);
        // A pod goes from both its places.
        healed.version = "2001";
        TreeWorld::tell(shown.bench, "DELETED", healed);
        shown.bench.advance(50ms);
        QCOMPARE(removed.count(), 2);
        QVERIFY(!sick.isValid() && !container.isValid());
    }

    // An orphan's owner comes: the row goes there, and who has chosen it keeps it.
    void aRowMovesToItsOwner()
    {
        TreeWorld world;
        const TreeObject set = treeReplicas("ReplicaSet", "late", 1, 1);
        TreeObject lost = treePod("lost");
        world.add(lost.ownedBy(set));
        ShownTree shown(world);
        const QPersistentModelIndex chosen = rowNamed(shown.model, "lost");
        QSignalSpy moved(&shown.model, &QAbstractItemModel::rowsMoved);
        TreeWorld::tell(shown.bench, "ADDED", set);
        shown.bench.advance(50ms);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(outline(shown.model), lines({"late", "  lost", "    app"}));
        QVERIFY(chosen.isValid());
        QCOMPARE(chosen.parent().data().toString(), QStringLiteral("late"));
        QVERIFY(!chosen.data(OwnerTreeCells::OddRole).toBool());
    }

    // Nobody has looked at a pod's containers: they are read when somebody does, also where the pod has changed meanwhile.
    void containersComeWhenSomebodyLooks()
    {
        TreeWorld world;
        TreeObject waiting = treePod("waiting", "Pending");
        world.add(waiting);
        ShownTree shown(world);
        OwnerTreeModel &model = shown.model;
        const QModelIndex index = model.index(0, 0);
        QVERIFY(!model.hasChildren(index));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        waiting.state = "Running";
        waiting.version = "2000";
        TreeWorld::tell(shown.bench, "MODIFIED", waiting);
        shown.bench.advance(50ms);
        // It was said that there are none.
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(outline(model), lines({"waiting", "  app"}));
    }

    void rowsAreSortedByColumns_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<bool>("descending");
        QTest::addColumn<QStringList>("rows");
        QTest::newRow("worst first") << -1 << false << lines({"c", "b", "a", "d"});
        QTest::newRow("status") << int(OwnerTreeCells::Status) << false << lines({"c", "b", "a", "d"});
        QTest::newRow("status, turned round") << int(OwnerTreeCells::Status) << true << lines({"d", "a", "b", "c"});
        QTest::newRow("name") << int(OwnerTreeCells::Name) << false << lines({"a", "b", "c", "d"});
        QTest::newRow("restarts") << int(OwnerTreeCells::Restarts) << true << lines({"d", "c", "b", "a"});
        QTest::newRow("age") << int(OwnerTreeCells::Age) << false << lines({"b", "c", "d", "a"});
    }
    void rowsAreSortedByColumns()
    {
        QFETCH(const int, column);
        QFETCH(const bool, descending);
        QFETCH(const QStringList, rows);
        TreeWorld world;
        const auto put = [&world](const char *name, const char *state, int restarts, const char *created) {
            TreeObject made = treePod(name, state);
            made.restarts = restarts;
            made.created = created;
            world.add(made);
        };
        put("a", "Running", 2, "2024-12-10T00:00:00Z");
        put("b", "Unready", 9, "2024-12-17T00:00:00Z");
        put("c", "CrashLoopBackOff", 10, "2024-12-16T00:00:00Z");
        put("d", "Completed", 11, "2024-12-15T00:00:00Z");
        ShownTree shown(world);
        const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QPersistentModelIndex kept = rowNamed(shown.model, "c");
        shown.model.sort(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
        QStringList names;
        for (int row = 0; row < shown.model.rowCount(); ++row)
            names << shown.model.index(row, 0).data().toString();
        QCOMPARE(names, rows);
        QCOMPARE(kept.data().toString(), QStringLiteral("c"));
    }

    void spentOnesStandLastWhicheverWay()
    {
        const TreeWorld world = shop();
        const ShownTree made(world);
        for (const auto order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            const_cast<OwnerTreeModel &>(made.model).sort(OwnerTreeCells::Name, order);
            QCOMPARE(made.model.index(1, 0, rowNamed(made.model, "web")).data().toString(), QStringLiteral("web-6c4d8b9f75"));
        }
    }

    void whatPassesKeepsItsOwners()
    {
        TreeWorld world = shop();
        world.add(treePod("alone"));
        ShownTree shown(world);
        OwnerTreeModel &model = shown.model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setFilter(*RowFilter::parse("x2k4q"));
        QCOMPARE(outline(model),
            lines({"web", "  web-7d9f6c5b84", "    web-7d9f6c5b84-x2k4q", "      app", "front", "  web-7d9f6c5b84-x2k4q", "    app"}));
        QVERIFY(!rowNamed(model, "web").data(OwnerTreeCells::PassesRole).toBool());
        QVERIFY(rowNamed(model, "front/web-7d9f6c5b84-x2k4q").data(OwnerTreeCells::PassesRole).toBool());
        // Health is asked of pods: of the owners none passes by itself.
        model.setFilter(RowFilter().withHealth({Health::Healthy}));
        QCOMPARE(outline(model), lines({"web", "  web-7d9f6c5b84", "    web-7d9f6c5b84-8sjwl", "      app", "front", "  web-7d9f6c5b84-8sjwl",
                                     "    app", "alone", "  app"}));
        // Counts are of all, whatever is shown.
        QCOMPARE(model.counts().count(Health::Failed), 1U);
        // Whoever passes no more goes, with those that stood there for its sake alone.
        TreeObject sick = world.objects["uid-web-7d9f6c5b84-8sjwl"];
        sick.state = "CrashLoopBackOff";
        sick.version = "2000";
        TreeWorld::tell(shown.bench, "MODIFIED", sick);
        shown.bench.advance(50ms);
        QCOMPARE(outline(model), lines({"alone", "  app"}));
        model.setFilter({});
        QCOMPARE(model.rowCount(), 3);
    }

    // Counts and the filter speak of what the rows show, not of what the table of the kind would.
    void countedAndFilteredAsTheRowsShow()
    {
        TreeWorld world = shop();
        world.add(treeReplicas("Deployment", "whole", 1, 1));
        for (const std::string kind : {"Deployment", "Service"}) {
            ShownTree shown(world, kind);
            OwnerTreeModel &model = shown.model;
            kinds::HealthCounts counts;
            for (int row = 0; row < model.rowCount(); ++row) {
                if (model.index(row, 0).data(OwnerTreeCells::KindNameRole).toString().toStdString() == kind)
                    ++counts.of[std::size_t(model.index(row, 0).data(TableModel::HealthRole).toInt())];
            }
            QCOMPARE(model.counts(), counts);
            const QModelIndex first = model.index(0, 0);
            const auto health = Health(first.data(TableModel::HealthRole).toInt());
            QCOMPARE(health, kind == "Deployment" ? Health::Failed : Health::Degraded);
            const QString name = first.data().toString();
            QCOMPARE(model.shownSize(), model.size());
            model.setFilter(RowFilter().withHealth({health}));
            QCOMPARE(outline(model).value(0), name);
            QCOMPARE(model.rowCount(), 1);
            QCOMPARE(model.shownSize(), 1);
            // For what stands beneath it, where that alone passes.
            model.setFilter(*RowFilter::parse("x2k4q"));
            QVERIFY(!model.index(0, 0).data(OwnerTreeCells::PassesRole).toBool());
            QCOMPARE(model.shownSize(), 1);
            model.setFilter(*RowFilter::parse("nowhere"));
            QCOMPARE(model.shownSize(), 0);
        }
    }

    void placesAreFoundByTheirKeys()
    {
        const TreeWorld world = shop();
        const ShownTree shown(world);
        const OwnerTreeModel &model = shown.model;
        const QModelIndex below = rowNamed(model, "front/web-7d9f6c5b84-x2k4q/app");
        const QString key = below.data(OwnerTreeCells::KeyRole).toString();
        QCOMPARE(key, QStringLiteral("uid-front/uid-web-7d9f6c5b84-x2k4q#app"));
        QCOMPARE(model.indexOf(key), below);
        QCOMPARE(model.indexOf(below.parent().data(OwnerTreeCells::KeyRole).toString()), below.parent());
        QCOMPARE(model.indexOfObject("uid-web-7d9f6c5b84-x2k4q"), rowNamed(model, "web/web-7d9f6c5b84/web-7d9f6c5b84-x2k4q"));
        QVERIFY(!model.indexOf(QStringLiteral("nobody")).isValid());
        QVERIFY(!model.indexOf(QStringLiteral("uid-web#nothing")).isValid());
    }

    // Whoever leads to pods stands above them: an ingress, its service, its slice. A pod that is in no slice stands below the service itself.
    void ingressesLeadToPods()
    {
        TreeWorld world = shop();
        TreeObject slice = treeObject("EndpointSlice", "front-abcde");
        slice.labels = {{"kubernetes.io/service-name", "front"}};
        slice.endpoints = {"uid-web-7d9f6c5b84-8sjwl"};
        world.add(slice.ownedBy(world.objects["uid-front"]));
        TreeObject ingress = treeObject("Ingress", "edge");
        ingress.backends = {"front", "front", "nobody"};
        world.add(ingress);
        ShownTree shown(world, "Service");
        const QAbstractItemModelTester tester(&shown.model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const auto now = [&shown] {
            QStringList rows;
            const auto write = [&](const auto &self, const QModelIndex &parent, int depth) -> void {
                for (int row = 0; row < shown.model.rowCount(parent); ++row) {
                    const QModelIndex index = shown.model.index(row, 0, parent);
                    const std::array names = {"Healthy", "Progressing", "Degraded", "Failed", "Idle", "Unknown"};
                    rows << QString(depth * 2, u' ') + index.data().toString() + u'|' +
                                QString::fromLatin1(names[std::size_t(index.data(TableModel::HealthRole).toInt())]);
                    self(self, index, depth + 1);
                }
            };
            write(write, {}, 0);
            return rows;
        };
        // Worst first, below the service as everywhere.
        const QStringList wanted = lines({"edge|Degraded", "  front|Degraded", "    web-7d9f6c5b84-x2k4q|Failed", "      app|Failed",
            "    front-abcde|Healthy", "      web-7d9f6c5b84-8sjwl|Healthy", "        app|Healthy"});
        QCOMPARE(now(), wanted);
        QCOMPARE(cell(shown.model, "edge", OwnerTreeCells::Ready), QStringLiteral("1/2"));
        QCOMPARE(cell(shown.model, "edge/front", OwnerTreeCells::Status), QStringLiteral("1 of 2 pods take traffic"));
        QCOMPARE(cell(shown.model, "edge/front/front-abcde", OwnerTreeCells::Status), QStringLiteral("Healthy"));
        QCOMPARE(shown.model.size(), 1); // services, each once
        // Where a service stands below an ingress only, it is found there.
        QCOMPARE(shown.model.indexOfObject("uid-front"), rowNamed(shown.model, "edge/front"));
        // The second pod comes into the slice.
        slice.endpoints.push_back("uid-web-7d9f6c5b84-x2k4q");
        slice.version = "2000";
        TreeWorld::tell(shown.bench, "MODIFIED", slice);
        shown.bench.advance(50ms);
        QVERIFY(rowNamed(shown.model, "edge/front/front-abcde/web-7d9f6c5b84-x2k4q").isValid());
        QVERIFY(!rowNamed(shown.model, "edge/front/web-7d9f6c5b84-x2k4q").isValid());
        // Without the ingress the service stands at the top.
        ingress.version = "2001";
        TreeWorld::tell(shown.bench, "DELETED", ingress);
        shown.bench.advance(50ms);
        QVERIFY(rowNamed(shown.model, "front/front-abcde/web-7d9f6c5b84-x2k4q/app").isValid());
        QCOMPARE(shown.model.rowCount(), 1);
    }

    void addressesThatAreNoPodsCount()
    {
        TreeWorld world;
        world.add(treeObject("Service", "by-hand"));
        TreeObject slice = treeObject("EndpointSlice", "by-hand-1");
        slice.labels = {{"kubernetes.io/service-name", "by-hand"}};
        slice.endpoints = {"", ""};
        world.add(slice);
        const ShownTree shown(world, "Service");
        QCOMPARE(outline(shown.model, {OwnerTreeCells::Name, OwnerTreeCells::Ready}), lines({"by-hand|2/2", "  by-hand-1|2/2"}));
    }

    // Many label the pods alone: what makes them is grouped by what they bear.
    void labelsOfItsPodsGroupAWorkload()
    {
        TreeWorld world;
        TreeObject web = treeObject("Deployment", "web");
        web.templateLabels = {{"tier", "front"}};
        world.add(web);
        TreeObject api = treeObject("Deployment", "api");
        api.labels = {{"tier", "back"}};
        api.templateLabels = {{"tier", "not this"}}; // its own goes before
        world.add(api);
        ShownTree shown(world, "Deployment");
        shown.model.setGrouping(items::OwnerTreeGrouping::named("label:tier"));
        shown.bench.advance(50ms);
        QVERIFY(rowNamed(shown.model, "front/web").isValid());
        QVERIFY(rowNamed(shown.model, "back/api").isValid());
        QCOMPARE(shown.model.rowCount(), 2);
    }

    void groupsRollUp()
    {
        TreeWorld world = shop();
        TreeObject &web = world.objects["uid-web"];
        web.labels = {{"app.kubernetes.io/part-of", "shop"}, {"tier", "front"}};
        TreeObject other = treePod("other");
        other.space = "team-b";
        other.node = "node-2";
        world.add(other);
        ShownTree shown(world);
        OwnerTreeModel &model = shown.model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(model.labelKeys(), (std::vector<std::string>{"app.kubernetes.io/part-of", "tier"}));
        const auto by = [&](const char *name) {
            model.setGrouping(items::OwnerTreeGrouping::named(name));
            shown.bench.advance(50ms);
            QStringList rows;
            for (int row = 0; row < model.rowCount(); ++row) {
                const QModelIndex index = model.index(row, 0);
                rows << QStringList{index.data().toString(), index.siblingAtColumn(OwnerTreeCells::Below).data().toString(),
                    index.siblingAtColumn(OwnerTreeCells::Status).data().toString(), QString::number(model.rowCount(index))}
                            .join(u'|');
            }
            return rows;
        };
        QCOMPARE(by("namespace"), lines({"team-a|1 failed, 1 healthy|1 of 2 failed, 1 degraded|2", "team-b|1 healthy|Healthy|1"}));
        QCOMPARE(by("label:app.kubernetes.io/part-of"),
            lines({"shop|1 failed, 1 healthy|1 of 1 failed|1", "Without label app.kubernetes.io/part-of|1 healthy|1 of 2 degraded|2"}));
        // Pods stand right below their node, and say whose they are.
        QCOMPARE(by("node"), lines({"node-1|1 failed, 1 healthy|1 of 2 failed|2", "node-2|1 healthy|Healthy|1"}));
        QCOMPARE(
            rowNamed(model, "node-1/web-7d9f6c5b84-8sjwl").data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("team-a · of Deployment web"));
        // It goes to another node, and its group with it.
        other.node = "node-3";
        other.version = "2000";
        TreeWorld::tell(shown.bench, "MODIFIED", other);
        shown.bench.advance(50ms);
        QVERIFY(rowNamed(model, "node-3/other").isValid());
        QCOMPARE(model.rowCount(), 2);
        model.setFilter(*RowFilter::parse("other"));
        QCOMPARE(outline(model), lines({"node-3", "  other", "    app"}));
        QVERIFY(!model.targetOf(model.index(0, 0)));
        model.setFilter({});
        QCOMPARE(by(""), lines({"web|1 failed, 1 healthy|1 of 2 pods: app runs out of memory|2",
                             "front|1 failed, 1 healthy|1 of 2 pods take traffic|2", "other||Running|1"}));
    }

    // By node a pod is here for what is above its owner: when that lets go of the owner, the pod goes, too.
    void byNodeAPodGoesWithItsOwner()
    {
        TreeWorld world = shop();
        ShownTree shown(world, "Deployment");
        OwnerTreeModel &model = shown.model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.sort(OwnerTreeCells::Restarts, Qt::DescendingOrder);
        model.setGrouping(items::OwnerTreeGrouping::named("node"));
        shown.bench.advance(50ms);
        QCOMPARE(model.rowCount(rowNamed(model, "node-1")), 2);
        QCOMPARE(cell(model, "node-1", OwnerTreeCells::Restarts), QStringLiteral("17")); // of what came after it
        TreeObject &middle = world.objects["uid-web-7d9f6c5b84"];
        const auto owners = std::exchange(middle.owners, {});
        middle.version = "2000";
        TreeWorld::tell(shown.bench, "MODIFIED", middle);
        shown.bench.advance(50ms);
        QCOMPARE(outline(model), QStringList());
        middle.owners = owners;
        middle.version = "2001";
        TreeWorld::tell(shown.bench, "MODIFIED", middle);
        shown.bench.advance(50ms);
        QCOMPARE(model.rowCount(rowNamed(model, "node-1")), 2);
    }

    // A workload's config maps and secrets stand in one row behind what it owns; pods that it makes use the same.
    void whatAWorkloadUsesIsShown()
    {
        TreeWorld world = shop();
        TreeObject &web = world.objects["uid-web"];
        web.secrets = {"login"};
        web.configMaps = {"settings", "login"};
        world.objects["uid-web-7d9f6c5b84-8sjwl"].secrets = {"login"};
        ShownTree shown(world, "Deployment");
        OwnerTreeModel &model = shown.model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        QCOMPARE(outline(model), lines({"web", "  web-7d9f6c5b84", "    web-7d9f6c5b84-x2k4q", "      app", "    web-7d9f6c5b84-8sjwl", "      app",
                                     "  web-6c4d8b9f75", "  Uses", "    login", "    settings", "    login"}));
        const QModelIndex uses = rowNamed(model, "web/Uses");
        QCOMPARE(uses.data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("login, settings, login"));
        QVERIFY(!model.targetOf(uses)->name.empty());
        const QModelIndex secret = model.index(0, 0, uses);
        QCOMPARE(secret.data(OwnerTreeCells::KindNameRole).toString(), QStringLiteral("Secret"));
        QCOMPARE(secret.data(OwnerTreeCells::AsideRole).toString(), QStringLiteral("env"));
        QCOMPARE(QString::fromStdString(model.targetOf(secret)->resource.id.resource), QStringLiteral("secrets"));
        QCOMPARE(QString::fromStdString(model.targetOf(secret)->name), QStringLiteral("login"));
        QCOMPARE(QString::fromStdString(model.targetOf(secret)->space), QStringLiteral("team-a"));
        QCOMPARE(model.indexOf(secret.data(OwnerTreeCells::KeyRole).toString()), secret);
        // Who uses this?
        model.setFilter(*RowFilter::parse("settings"));
        QCOMPARE(model.index(0, 0).data().toString(), QStringLiteral("web"));
        model.setFilter({});
        web.secrets.clear();
        web.version = "2000";
        TreeWorld::tell(shown.bench, "MODIFIED", web);
        shown.bench.advance(50ms);
        QCOMPARE(model.rowCount(rowNamed(model, "web/Uses")), 2);
        web.configMaps.clear();
        web.version = "2001";
        TreeWorld::tell(shown.bench, "MODIFIED", web);
        shown.bench.advance(50ms);
        QVERIFY(!rowNamed(model, "web/Uses").isValid());
    }

    void foreignTextIsMadeVisible()
    {
        TreeWorld world;
        TreeObject hostile = treePod("hostile");
        hostile.name = "\\u001b[31m<b>x";
        world.add(hostile);
        const ShownTree shown(world);
        QCOMPARE(shown.model.index(0, 0).data().toString(), QStringLiteral("\\x1b[31m<b>x"));
    }
};

QTEST_GUILESS_MAIN(OwnerTreeModelTest)
#include "tst_ownertreemodel.moc"
