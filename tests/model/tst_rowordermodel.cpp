// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/rowordermodel.h"
#include "support/enginebench.h"
#include "support/podworld.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <map>
#include <random>

using namespace fairlead;
using namespace fairlead::test;
using items::RowFilter;
using items::RowOrderModel;
using items::TableModel;
using kinds::Health;
using namespace std::chrono_literals;

namespace {

const std::string pods = "/api/v1/pods";

using Names = std::vector<std::string>;

PodText pod(const std::string &name, const std::string &uid, const std::string &restarts = "0", const std::string &version = "1")
{
    PodText text;
    text.name = name;
    text.uid = uid;
    text.restarts = restarts;
    text.version = version;
    return text;
}

RowFilter filter(const std::string &text)
{
    const auto parsed = RowFilter::parse(text);
    if (!parsed)
        qFatal("%s", parsed.error().message.c_str());
    return *parsed;
}

QStringList everything(const RowOrderModel &model)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column)
            all << model.index(row, column).data().toString();
        all << model.index(row, 0).data(TableModel::RowIdRole).toString();
    }
    return all;
}

} // namespace

class RowOrderModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<EngineBench>();
        m_table = std::make_unique<TableModel>(m_bench->clock);
        m_model = std::make_unique<RowOrderModel>(*m_table);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    }
    void cleanup()
    {
        m_tester.reset();
        m_model.reset();
        m_table.reset();
        m_bench.reset();
    }

    void rowsStandAsTheServerListsThem()
    {
        PodText other = pod("z", "4");
        other.space = "team";
        PodText dashed = pod("a", "5");
        dashed.space = "team-b";
        show({pod("c", "1"), dashed, other, pod("a", "2"), pod("b", "3")});
        QCOMPARE(names(), (Names{"a", "b", "c", "a", "z"})); // "team-a/…" before "team-b/…" before "team/…"
        QCOMPARE(m_model->index(4, 0).data().toString(), QStringLiteral("team"));
    }

    void sortingIsByValueBothWays()
    {
        show({pod("a", "1", "9"), pod("b", "2", "10 (5m ago)"), pod("c", "3", "<none>"), pod("d", "4", "9"), pod("e", "5", "")});
        m_model->sort(m_table->columnNamed("Restarts"));
        QCOMPARE(names(), (Names{"a", "d", "b", "c", "e"}));
        m_model->sort(m_table->columnNamed("Restarts"), Qt::DescendingOrder);
        QCOMPARE(names(), (Names{"b", "a", "d", "c", "e"})); // equal ones as listed, what has no value stays behind
        m_model->sort(-1);
        QCOMPARE(names(), (Names{"a", "b", "c", "d", "e"}));
    }

    // The share is no measure of what is wrong: 3/3 may fail, and 0/1 may be done.
    void whatIsWrongStandsFirstByFiguresToo()
    {
        PodText failing = pod("failing", "2");
        failing.status = "Error";
        PodText done = pod("done", "3");
        done.ready = "0/1";
        done.status = "Completed";
        show({pod("well", "1"), failing, done});
        const int ready = m_table->columnNamed("Ready");
        m_model->sort(ready);
        QCOMPARE(names(), (Names{"done", "failing", "well"})); // a person's choice is by the figures
        QVERIFY(!m_model->isWorstFirst());
        m_model->sortWorstFirst(ready);
        QCOMPARE(names(), (Names{"failing", "well", "done"}));
        QCOMPARE(m_model->sortColumn(), ready);
        // What gets worse goes up, and what comes finds its place.
        PodText worse = pod("well", "1", "0", "11");
        worse.status = "Error";
        worse.ready = "0/1";
        push(podEvent("MODIFIED", worse) + podEvent("ADDED", pod("new", "4", "0", "12")));
        QCOMPARE(names(), (Names{"well", "failing", "new", "done"}));
        m_model->setFilter(filter("!new"));
        QCOMPARE(names(), (Names{"well", "failing", "done"}));
        m_table->setUsageColumns(true); // a reset by the source
        QVERIFY(m_model->isWorstFirst());
        QCOMPARE(names(), (Names{"well", "failing", "done"}));
        m_model->sort(m_table->columnNamed("Ready"), Qt::DescendingOrder);
        QCOMPARE(names(), (Names{"failing", "done", "well"}));
    }

    void sortingKeepsWhatIsHeld()
    {
        show({pod("a", "1", "3"), pod("b", "2", "1"), pod("c", "3", "2")});
        const QPersistentModelIndex held = m_model->index(0, 3);
        QSignalSpy layout(m_model.get(), &QAbstractItemModel::layoutChanged);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->sort(m_table->columnNamed("Restarts"));
        QCOMPARE(names(), (Names{"b", "c", "a"}));
        QCOMPARE(held.row(), 2);
        QCOMPARE(held.column(), 3);
        QCOMPARE(layout.count(), 1);
        QCOMPARE(reset.count(), 0);
    }

    void aFilterIsAReset()
    {
        PodText sick = pod("sick", "3");
        sick.status = "CrashLoopBackOff";
        sick.labels = {{"app", "shop"}};
        show({pod("web", "1"), pod("api", "2"), sick});
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        m_model->setFilter(filter("running"));
        QCOMPARE(names(), (Names{"api", "web"}));
        QCOMPARE(reset.count(), 1);
        m_model->setFilter(filter("running"));
        QCOMPARE(reset.count(), 1); // the same one
        const kube::RowId web = m_model->itemAt(1)->id();
        QCOMPARE(m_model->rowOf(web), 1);
        m_model->setFilter(filter("!web"));
        QCOMPARE(names(), (Names{"api", "sick"}));
        QCOMPARE(m_model->rowOf(web), -1);
        m_model->setFilter(filter("app=shop"));
        QCOMPARE(names(), (Names{"sick"}));
        m_model->setFilter(filter("").withHealth({Health::Healthy}));
        QCOMPARE(names(), (Names{"api", "web"}));
        m_model->setFilter({});
        QCOMPARE(names(), (Names{"api", "sick", "web"}));
    }

    void agesAreNotSearchedButTheirCountsAre()
    {
        show({pod("web", "1", "14 (2m ago)"), pod("api", "2")});
        m_model->setFilter(filter("2m"));
        QCOMPARE(names(), Names{});
        m_model->setFilter(filter("16m"));
        QCOMPARE(names(), Names{});
        m_model->setFilter(filter("14"));
        QCOMPARE(names(), (Names{"web"}));
    }

    void fewChangesKeepTheirRows()
    {
        show({pod("a", "1", "1"), pod("b", "2", "2"), pod("c", "3", "3"), pod("d", "4", "4")});
        m_model->sort(m_table->columnNamed("Restarts"));
        m_model->setFilter(filter("running"));
        const QPersistentModelIndex held = m_model->index(1, 0); // b
        QSignalSpy moved(m_model.get(), &QAbstractItemModel::rowsMoved);
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        QSignalSpy layout(m_model.get(), &QAbstractItemModel::layoutChanged);
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        PodText ended = pod("d", "4", "4", "23");
        ended.status = "Completed";
        push(podEvent("MODIFIED", pod("b", "2", "9", "20")) + podEvent("ADDED", pod("e", "5", "2", "21")) +
             podEvent("DELETED", pod("a", "1", "1", "22")) + podEvent("MODIFIED", ended));
        QCOMPARE(names(), (Names{"e", "c", "b"}));
        QCOMPARE(held.row(), 2);
        QCOMPARE(moved.count(), 1);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(removed.count(), 2);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(layout.count(), 0);
        QCOMPARE(reset.count(), 0);
    }

    void anotherTextInPlaceIsOneRange()
    {
        show({pod("a", "1"), pod("b", "2"), pod("c", "3")});
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        push(podEvent("MODIFIED", pod("b", "2", "5", "20")) + podEvent("MODIFIED", pod("c", "3", "5", "21")));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex(), m_model->index(1, 0));
        QCOMPARE(changed[0][1].toModelIndex(), m_model->index(2, m_model->columnCount() - 1));
    }

    void manyChangesAreOneRangeAndKeepWhatIsHeld()
    {
        std::vector<PodText> all;
        for (int i = 0; i < 200; ++i)
            all.push_back(pod("p" + std::to_string(1000 + i), std::to_string(i)));
        show(all);
        std::map<kube::RowId, QPersistentModelIndex> held;
        for (int row = 0; row < 200; ++row)
            held[m_model->itemAt(row)->id()] = m_model->index(row, 1);
        QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
        QSignalSpy layout(m_model.get(), &QAbstractItemModel::layoutChanged);
        std::string lines;
        for (int i = 0; i < 200; i += 2)
            lines += podEvent("DELETED", pod("p" + std::to_string(1000 + i), std::to_string(i), "0", std::to_string(2000 + i)));
        for (int i = 0; i < 100; ++i)
            lines += podEvent("ADDED", pod("p" + std::to_string(1001 + 2 * i) + "x", "n" + std::to_string(i), "0", std::to_string(3000 + i)));
        push(lines);
        QCOMPARE(m_model->rowCount(), 200);
        QCOMPARE(removed.count(), 1);
        QCOMPARE(inserted.count(), 1);
        QCOMPARE(layout.count(), 2);
        for (const auto &[id, index] : held)
            QCOMPARE(index.isValid() ? index.row() : -1, m_model->rowOf(id));
        Names sorted = names();
        std::sort(sorted.begin(), sorted.end());
        QCOMPARE(names(), sorted);
    }

    void anotherResourceForgetsTheOrderOfAColumnThatItHasNot()
    {
        show({pod("a", "1", "3"), pod("b", "2", "1")});
        m_model->sort(m_table->columnNamed("Restarts"));
        kube::Resource pending = podsResource();
        m_bench->server.forget();
        m_bench->server.on(net::Verb::List, pods, held());
        m_table->show(share(m_bench->makeStore(podsSource())), pending);
        QCOMPARE(m_model->sortColumn(), -1);
        QCOMPARE(m_model->rowCount(), 0);
    }

    void aSlotFindsRowsWhileTheyAreBeingOrdered()
    {
        std::vector<PodText> all;
        for (int i = 0; i < 200; ++i)
            all.push_back(pod("p" + std::to_string(1000 + i), std::to_string(i)));
        show(all);
        const auto check = [this] {
            for (int row = 0; row < m_model->rowCount(); ++row) {
                const int found = m_model->rowOf(m_model->itemAt(row)->id());
                const std::string_view name = m_model->itemAt(row)->name();
                const bool going = name.size() == 5 && (name.back() - '0') % 2 == 0;
                QCOMPARE(found, going ? -1 : row);
            }
            ++m_checks;
        };
        connect(m_model.get(), &QAbstractItemModel::layoutChanged, this, check);
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, check);
        connect(m_model.get(), &QAbstractItemModel::rowsRemoved, this, check);
        std::string lines;
        for (int i = 0; i < 200; i += 2)
            lines += podEvent("DELETED", pod("p" + std::to_string(1000 + i), std::to_string(i), "0", std::to_string(2000 + i)));
        for (int i = 0; i < 100; ++i)
            lines += podEvent("ADDED", pod("p" + std::to_string(1001 + 2 * i) + "x", "n" + std::to_string(i), "0", std::to_string(3000 + i)));
        push(lines);
        QCOMPARE(m_checks, 4);
    }

    void randomChangesGiveTheModelMadeFromScratch_data()
    {
        QTest::addColumn<unsigned>("seed");
        QTest::addColumn<int>("changes");
        for (unsigned seed = 1; seed <= 6; ++seed)
            QTest::addRow("%u", seed) << seed << (seed % 2 == 0 ? 120 : 8); // more than are told one by one, and fewer
    }
    void randomChangesGiveTheModelMadeFromScratch()
    {
        QFETCH(const unsigned, seed);
        QFETCH(const int, changes);
        std::mt19937 random(seed);
        PodWorld world(seed, 150);
        m_bench->server.on(
            net::Verb::List, pods, [](const net::Request &) { return true; }, [&world](const net::Request &) { return answer(world.table()); });
        m_bench->server.on(net::Verb::Watch, pods, test::held());
        kube::Store *store = m_bench->makeStore(podsSource());
        m_table->show(share(store), podsResource());
        m_bench->settle();
        QSignalSpy moved(m_model.get(), &QAbstractItemModel::rowsMoved);
        QSignalSpy layout(m_model.get(), &QAbstractItemModel::layoutChanged);
        const std::vector<std::string> filters = {"", "running", "web !crash", "app=api", "!app=api", "node-1 2/2", "team-b", "nothing-has-this"};
        const std::vector<std::set<Health>> chips = {{}, {}, {Health::Failed}, {Health::Healthy, Health::Degraded}};
        for (int round = 0; round < 40; ++round) {
            if (random() % 3 == 0)
                m_model->setFilter(filter(filters[random() % filters.size()]).withHealth(chips[random() % chips.size()]));
            if (random() % 3 == 0)
                m_model->sort(int(random() % unsigned(m_model->columnCount() + 1)) - 1, random() % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            else if (random() % 4 == 0)
                m_model->sortWorstFirst(m_table->columnNamed("Ready"));
            // What a selection holds.
            std::map<kube::RowId, QPersistentModelIndex> held;
            for (int row = 0; row < m_model->rowCount(); row += 3)
                held[m_model->itemAt(row)->id()] = m_model->index(row, 1);
            world.goes = round % 10 < 5 ? 15 : 40;
            push(world.step(1 + int(random() % unsigned(changes))));

            TableModel table(m_bench->clock);
            RowOrderModel scratch(table);
            table.show(share(store), podsResource());
            m_bench->settle();
            scratch.setFilter(m_model->filter());
            if (m_model->isWorstFirst())
                scratch.sortWorstFirst(m_model->sortColumn());
            else
                scratch.sort(m_model->sortColumn(), m_model->sortOrder());
            QCOMPARE(everything(*m_model), everything(scratch));
            for (int row = 0; row < m_model->rowCount(); ++row)
                QCOMPARE(m_model->rowOf(m_model->itemAt(row)->id()), row);
            int kept = 0;
            for (const auto &[id, index] : held) {
                if (index.isValid()) {
                    QCOMPARE(m_model->itemAt(index.row())->id(), id);
                    ++kept;
                }
            }
            if (changes < 10 && held.size() > 20)
                QVERIFY(kept > 0);
        }
        QVERIFY(moved.count() + layout.count() > 0);
    }

private:
    static std::shared_ptr<kube::Store> share(kube::Store *store)
    {
        return {store, [](kube::Store *) {}}; // the bench's context owns it
    }

    void show(const std::vector<PodText> &all)
    {
        m_bench->server.on(net::Verb::List, pods, answer(podsTable(all, "10")));
        m_bench->server.on(net::Verb::Watch, pods, held());
        m_table->show(share(m_bench->makeStore(podsSource())), podsResource());
        m_bench->settle();
        QCOMPARE(std::size_t(m_model->rowCount()), all.size());
    }

    void push(const std::string &lines)
    {
        m_bench->server.push(lines, pods);
        m_bench->advance(60ms);
    }

    [[nodiscard]] Names names() const
    {
        Names all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all.emplace_back(m_model->itemAt(row)->name());
        return all;
    }

    std::unique_ptr<EngineBench> m_bench;
    std::unique_ptr<TableModel> m_table;
    std::unique_ptr<RowOrderModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    int m_checks = 0;
};

QTEST_GUILESS_MAIN(RowOrderModelTest)
#include "tst_rowordermodel.moc"
