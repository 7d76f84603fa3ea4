// SPDX-License-Identifier: GPL-3.0-or-later
// What pods use as two more columns of their table: only where it is wanted, sorted by value, told by the least step, with a bar where facts allow
// one.
#include "items/rowordermodel.h"
#include "kinds/kinds.h"
#include "support/enginebench.h"
#include "support/podworld.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace fairlead;
using namespace fairlead::test;
using items::RowOrderModel;
using items::TableModel;
using metrics::Usages;
using metrics::UsagesPtr;

namespace {

const std::string pods = "/api/v1/pods";

PodText pod(const std::string &name)
{
    PodText text;
    text.name = name;
    text.uid = "u-" + name;
    return text;
}

struct Used {
    const char *name;
    const char *cpu;
    const char *memory;
};

UsagesPtr usages(std::initializer_list<Used> all)
{
    std::vector<kube::MetricsEntry> entries;
    for (const Used &each : all)
        entries.push_back({.space = "team-a", .name = each.name, .timestamp = {}, .window = {}, .usages = {{each.cpu, each.memory}}});
    return std::make_shared<const Usages>(entries);
}

QStringList texts(const char *list)
{
    return QString::fromUtf8(list).split(u',');
}

} // namespace

class TableUsageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<EngineBench>();
        m_model = std::make_unique<TableModel>(m_bench->clock);
        m_order = std::make_unique<RowOrderModel>(*m_model);
        m_testers.push_back(std::make_unique<QAbstractItemModelTester>(m_model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal));
        m_testers.push_back(std::make_unique<QAbstractItemModelTester>(m_order.get(), QAbstractItemModelTester::FailureReportingMode::Fatal));
    }
    void cleanup()
    {
        m_testers.clear();
        m_order.reset();
        m_model.reset();
        m_bench.reset();
    }

    void columnsComeAndGo()
    {
        show(3);
        QCOMPARE(header(), texts("Namespace,Name,Ready,Status,Restarts,Age,IP,Node"));
        m_model->setUsages(usages({{"web-0", "5m", "10Mi"}}));
        QCOMPARE(m_model->columnCount(), 8); // nobody wants them
        m_model->setUsageColumns(true);
        QCOMPARE(header(), texts("Namespace,Name,Ready,Status,Restarts,CPU,Memory,Age,IP,Node"));
        QCOMPARE(column("CPU"), texts("5m,–,–"));
        QCOMPARE(column("Memory"), texts("10Mi,–,–"));
        QVERIFY(m_model->headerData(5, Qt::Horizontal, TableModel::NumberRole).toBool());
        QVERIFY(!m_model->headerData(5, Qt::Horizontal, TableModel::BarRole).toBool());
        QVERIFY(m_model->headerData(6, Qt::Horizontal, TableModel::BarRole).toBool());
        m_model->setUsageColumns(false);
        QCOMPARE(m_model->columnCount(), 8);
    }

    void otherKindsHaveNone()
    {
        const kube::Resource resource{.id = {"", "v1", "configmaps"}, .kind = "ConfigMap", .verbs = {"get", "list", "watch"}, .namespaced = true};
        m_bench->server.on(net::Verb::List, "/api/v1/configmaps", answer(podsTable({pod("a")}, "10")));
        m_bench->server.on(net::Verb::Watch, "/api/v1/configmaps", held());
        auto *store = m_bench->makeStore({.resource = resource.id, .scope = kube::Scope::all(), .selector = {}});
        m_model->show(std::shared_ptr<kube::Store>(std::shared_ptr<void>(), store), resource);
        m_bench->settle();
        m_model->setUsageColumns(true);
        QCOMPARE(m_model->columnCount(), 8);
    }

    void sortedByValueWhatIsNotKnownLast()
    {
        show(4);
        m_model->setUsageColumns(true);
        m_model->setUsages(usages({{"web-0", "900m", "9Mi"}, {"web-1", "1200u", "1Gi"}, {"web-2", "10", "100Mi"}}));
        m_order->sort(m_model->columnNamed("CPU"), Qt::AscendingOrder);
        QCOMPARE(ordered(), texts("web-1,web-0,web-2,web-3"));
        m_order->sort(m_model->columnNamed("CPU"), Qt::DescendingOrder);
        QCOMPARE(ordered(), texts("web-2,web-0,web-1,web-3"));
        m_order->sort(m_model->columnNamed("Memory"), Qt::AscendingOrder);
        QCOMPARE(ordered(), texts("web-0,web-2,web-1,web-3"));
        // Another answer: rows move, nothing is reset.
        QSignalSpy resets(m_order.get(), &QAbstractItemModel::modelReset);
        m_model->setUsages(usages({{"web-0", "900m", "2Gi"}, {"web-1", "1200u", "1Gi"}, {"web-2", "10", "100Mi"}}));
        QCOMPARE(ordered(), texts("web-2,web-1,web-0,web-3"));
        QCOMPARE(resets.size(), 0);
    }

    void onlyWhatDiffersIsTold()
    {
        show(4);
        m_model->setUsageColumns(true);
        m_model->setUsages(usages({{"web-0", "1m", "9Mi"}, {"web-2", "2m", "9Mi"}}));
        QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
        m_model->setUsages(usages({{"web-0", "1m", "9Mi"}, {"web-2", "3m", "9Mi"}}));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 2);
        QCOMPARE(changed[0][1].toModelIndex().row(), 2);
        m_model->setUsages(nullptr);
        QCOMPARE(column("CPU"), texts("–,–,–,–"));
    }

    void itIsNoTextToFilterBy()
    {
        show(3);
        m_model->setUsageColumns(true);
        m_model->setUsages(usages({{"web-0", "77m", "10Mi"}}));
        m_order->setFilter(*items::RowFilter::parse("77m"));
        QCOMPARE(m_order->rowCount(), 0);
        // A namespace is found once, and not by the empty cells of other columns.
        m_order->setFilter(*items::RowFilter::parse("team-a"));
        QCOMPARE(m_order->rowCount(), 3);
    }

    // Without the columns, or without anything to show in them, rows stay what they were asked for as.
    void factsAreAskedForOnlyForBars()
    {
        show(3);
        QCOMPARE(m_store->listRequests(), 1);
        m_model->setUsages(usages({{"web-0", "5m", "10Mi"}}));
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_store->listRequests(), 1);
        m_model->setUsages(nullptr);
        m_model->setUsageColumns(true);
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_store->listRequests(), 1);
        m_model->setUsages(usages({{"web-0", "5m", "10Mi"}}));
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_store->listRequests(), 2);
        // No limit in these pods: no bar, and no bar of what is not known.
        const int memory = m_model->columnNamed("Memory");
        QVERIFY(!m_model->index(0, memory).data(TableModel::BarRole).isValid());
    }

    // Of what it may use; of containers that may use all there is nothing can be told.
    void aBarIsTheShareOfTheLimit()
    {
        std::vector<PodText> all = {pod("web-0"), pod("web-1")};
        all[0].spec = R"({"containers":[{"name":"a","resources":{"limits":{"memory":"40Mi","cpu":"1"}}}]})";
        all[1].spec = R"({"containers":[{"name":"a"}]})";
        show(all);
        m_model->setUsageColumns(true);
        m_model->setUsages(usages({{"web-0", "5m", "10Mi"}, {"web-1", "5m", "10Mi"}}));
        m_bench->advance(std::chrono::seconds(1));
        const int memory = m_model->columnNamed("Memory");
        QCOMPARE(m_model->index(0, memory).data(TableModel::BarRole).toDouble(), 0.25);
        QVERIFY(!m_model->index(1, memory).data(TableModel::BarRole).isValid());
        QVERIFY(!m_model->index(0, m_model->columnNamed("CPU")).data(TableModel::BarRole).isValid()); // of nodes alone
        QVERIFY(!m_model->index(0, m_model->columnNamed("Name")).data(TableModel::BarRole).isValid());
    }

    void ofVeryManyThereAreNoBars()
    {
        show(int(TableModel::tooManyForFacts));
        m_model->setUsageColumns(true);
        m_model->setUsages(usages({{"web-0", "5m", "10Mi"}}));
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_store->listRequests(), 1);
        QCOMPARE(column("CPU")[0], QStringLiteral("5m"));
    }

private:
    void show(int count)
    {
        std::vector<PodText> all;
        for (int i = 0; i < count; ++i)
            all.push_back(pod("web-" + std::to_string(i)));
        show(all);
    }
    void show(const std::vector<PodText> &all)
    {
        m_bench->server.on(net::Verb::List, pods, answer(podsTable(all, "10")));
        m_bench->server.on(net::Verb::Watch, pods, held());
        m_store = m_bench->makeStore(podsSource(), kinds::kindOf("", "pods").projection());
        m_model->show(std::shared_ptr<kube::Store>(std::shared_ptr<void>(), m_store), podsResource());
        m_bench->settle();
        QCOMPARE(m_model->rowCount(), int(all.size()));
    }
    [[nodiscard]] QStringList header() const
    {
        QStringList all;
        for (int i = 0; i < m_model->columnCount(); ++i)
            all << m_model->headerData(i, Qt::Horizontal).toString();
        return all;
    }
    [[nodiscard]] QStringList column(const char *name) const
    {
        QStringList all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all << m_model->index(row, m_model->columnNamed(name)).data().toString();
        return all;
    }
    [[nodiscard]] QStringList ordered() const
    {
        QStringList all;
        for (int row = 0; row < m_order->rowCount(); ++row)
            all << QString::fromUtf8(m_order->itemAt(row)->name().data(), qsizetype(m_order->itemAt(row)->name().size()));
        return all;
    }

    std::unique_ptr<EngineBench> m_bench;
    std::unique_ptr<TableModel> m_model;
    std::unique_ptr<RowOrderModel> m_order;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> m_testers;
    kube::Store *m_store = nullptr;
};

QTEST_GUILESS_MAIN(TableUsageTest)
#include "tst_tableusage.moc"
