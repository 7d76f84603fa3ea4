// SPDX-License-Identifier: GPL-3.0-or-later
// Many rows reach a table in pieces: what is promised of its order, its state and of what is selected in it holds meanwhile.
#include "items/rowordermodel.h"
#include "items/tablemodel.h"
#include "support/enginebench.h"
#include "support/podworld.h"
#include "support/turnclock.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <set>

using namespace fairlead;
using namespace fairlead::test;
using items::RowOrderModel;
using items::TableModel;
using namespace std::chrono_literals;

namespace {

const std::string path = "/api/v1/pods";
constexpr int pods = 250;
constexpr std::size_t slice = 100;

PodText pod(int number, const char *version = "1")
{
    PodText text;
    text.name = "web-" + std::to_string(1000 + number);
    text.uid = "uid-" + std::to_string(number);
    text.version = version;
    return text;
}

QStringList names(const RowOrderModel &rows)
{
    QStringList all;
    for (int row = 0; row < rows.rowCount(); ++row)
        all << QString::fromStdString(std::string(rows.itemAt(row)->name()) + "@" + std::string(rows.itemAt(row)->version()));
    return all;
}

} // namespace

class TableSlicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<EngineBench>();
        m_turns = std::make_unique<TurnClock>();
        m_model = std::make_unique<TableModel>(*m_turns);
        m_model->setSlice(slice);
        m_rows = std::make_unique<RowOrderModel>(*m_model);
        m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_orderTester = std::make_unique<QAbstractItemModelTester>(m_rows.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        std::vector<PodText> all;
        for (int i = 0; i < pods; ++i)
            all.push_back(pod(i));
        m_bench->server.on(net::Verb::List, path, answer(podsTable(all, "10")));
        m_bench->server.on(net::Verb::Watch, path, held());
        m_store = m_bench->makeStore(podsSource());
    }
    void cleanup()
    {
        m_orderTester.reset();
        m_tester.reset();
        m_rows.reset();
        m_model.reset();
        m_bench.reset();
        m_turns.reset();
    }

    // A piece in each turn; the phase is not Live, and nobody takes them for all, before they are.
    void manyRowsTakeSeveralTurns()
    {
        const QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        const QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
        show();
        QCOMPARE(m_store->state().phase, kube::Phase::Live);
        QCOMPARE(m_model->rowCount(), int(slice));
        QCOMPARE(m_model->state().phase, kube::Phase::FirstPage);
        QVERIFY(m_turns->turn());
        QCOMPARE(m_model->rowCount(), int(2 * slice));
        QCOMPARE(m_model->state().phase, kube::Phase::FirstPage);
        const QSignalSpy told(m_model.get(), &TableModel::stateChanged);
        QVERIFY(m_turns->turn());
        QCOMPARE(m_model->rowCount(), pods);
        QCOMPARE(m_model->state().phase, kube::Phase::Live);
        QCOMPARE(told.count(), 1);
        QVERIFY(!m_turns->turn());
        QCOMPARE(reset.count(), 2); // the resource, its columns
        QCOMPARE(inserted.count(), 2);
        isAsFromScratch();
    }

    // What changes and goes while rows are still to come is done behind them, in its order; what is current stays so.
    void changesWaitForTheirTurn()
    {
        show();
        m_rows->sort(m_model->columnNamed("Name"), Qt::DescendingOrder);
        const QPersistentModelIndex current = m_rows->index(5, 0);
        const kube::RowId id = m_rows->itemAt(5)->id();
        for (int i = 0; i < pods; i += 3)
            m_bench->server.push(podEvent("MODIFIED", pod(i, "20")), path);
        m_bench->server.push(podEvent("DELETED", pod(249, "21")), path);
        m_bench->server.push(podEvent("ADDED", pod(900, "22")), path);
        m_bench->advance(100ms);
        QCOMPARE(m_model->rowCount(), int(slice));
        QCOMPARE(m_model->itemAt(m_model->rowOf(id))->version(), std::string_view("1"));
        int turns = 0;
        while (m_turns->turn())
            ++turns;
        QVERIFY2(turns >= 2, qPrintable(QString::number(turns)));
        QCOMPARE(m_model->rowCount(), pods);
        QVERIFY(current.isValid());
        QCOMPARE(m_rows->itemAt(current.row())->id(), id);
        QCOMPARE(m_model->state().phase, kube::Phase::Live);
        isAsFromScratch();
    }

    // A reset of rows that are shown brings all at once: a view gives back what was selected when it is told.
    void aResetOfShownRowsIsOnePiece()
    {
        show();
        QVERIFY(m_turns->turn());
        QCOMPARE(m_model->rowCount(), int(2 * slice));
        m_model->setWorkColumn(true);
        QCOMPARE(m_model->rowCount(), pods);
        QCOMPARE(m_model->state().phase, kube::Phase::Live);
        while (m_turns->turn()) {
        }
        QCOMPARE(m_model->rowCount(), pods); // what was still to come is not taken twice
        std::set<kube::RowId> ids;
        for (int row = 0; row < m_model->rowCount(); ++row)
            ids.insert(m_model->itemAt(row)->id());
        QCOMPARE(ids.size(), std::size_t(pods));
    }

    // Other rows that are asked for meanwhile are the only ones that come.
    void otherRowsMeanwhile()
    {
        const std::string nodes = "/api/v1/nodes";
        m_bench->server.on(net::Verb::List, nodes, held());
        show();
        m_model->show(share(m_bench->makeStore({.resource = {"", "v1", "nodes"}, .scope = {}, .selector = {}})),
            {.id = {"", "v1", "nodes"}, .kind = "Node", .namespaced = false});
        m_bench->settle();
        while (m_turns->turn())
            m_bench->settle();
        QCOMPARE(m_model->rowCount(), 0);
        QCOMPARE(m_model->state().phase, kube::Phase::Loading);
    }

    // A store that others have brought to life is not live here before its rows are.
    void aLiveStoreShownAgain()
    {
        show();
        while (m_turns->turn()) {
        }
        TableModel second(*m_turns);
        second.setSlice(slice);
        second.show(share(m_store), podsResource());
        QCOMPARE(m_store->state().phase, kube::Phase::Live);
        QCOMPARE(second.state().phase, kube::Phase::FirstPage);
        m_bench->settle();
        QCOMPARE(second.rowCount(), int(slice));
        QCOMPARE(second.state().phase, kube::Phase::FirstPage);
        while (m_turns->turn()) {
        }
        QCOMPARE(second.rowCount(), pods);
        QCOMPARE(second.state().phase, kube::Phase::Live);
    }

private:
    static std::shared_ptr<kube::Store> share(kube::Store *store)
    {
        return {store, [](kube::Store *) {}}; // the bench's context owns it
    }

    void show()
    {
        m_model->show(share(m_store), podsResource());
        m_bench->settle();
    }

    void isAsFromScratch()
    {
        TableModel whole(m_bench->clock);
        RowOrderModel order(whole);
        whole.show(share(m_store), podsResource());
        m_bench->settle();
        order.sort(m_rows->sortColumn(), m_rows->sortOrder());
        QCOMPARE(whole.rowCount(), pods);
        QCOMPARE(names(*m_rows), names(order));
        QVERIFY(m_model->counts() == whole.counts());
    }

    std::unique_ptr<TurnClock> m_turns;
    std::unique_ptr<EngineBench> m_bench;
    std::unique_ptr<TableModel> m_model;
    std::unique_ptr<RowOrderModel> m_rows;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<QAbstractItemModelTester> m_orderTester;
    kube::Store *m_store = nullptr;
};

QTEST_GUILESS_MAIN(TableSlicesTest)
#include "tst_tableslices.moc"
