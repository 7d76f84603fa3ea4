// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the rows of a table are jobs or services: told by owners at once, exactly while somebody looks; a column, counts, a filter.
#include "items/rowordermodel.h"
#include "kinds/kinds.h"
#include "support/enginebench.h"
#include "support/podworld.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace fairlead;
using namespace fairlead::test;
using items::RowFilter;
using items::RowOrderModel;
using items::TableModel;
using What = kinds::Work::What;

namespace {

const std::string pods = "/api/v1/pods";

PodText pod(const std::string &name, const std::string &container)
{
    PodText text;
    text.name = name;
    text.uid = "u-" + name;
    text.spec = R"({"restartPolicy":"Always","containers":[)" + container + "]}";
    return text;
}

// A run of a cron job, one that is asked, one that does a clock's work beside that, one of which nothing is known but its spec.
std::vector<PodText> four()
{
    const std::string loop = R"({"name":"b","command":["sh","-c","while true; do tidy; sleep 600; done"]})";
    std::vector<PodText> all = {pod("api-0", R"({"name":"a","ports":[{"containerPort":8080}]})"),
        pod("both-0", R"({"name":"a","ports":[{"containerPort":80}]},)" + loop), pod("nightly-0", R"({"name":"a"})"), pod("tidy-0", loop)};
    all[0].replicaSet = "api";
    all[1].replicaSet = "both";
    all[2].job = "nightly";
    return all;
}

QStringList texts(const char *list)
{
    return QString::fromUtf8(list).split(u',');
}

} // namespace

class TableWorkTest : public QObject {
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

    void theColumnComesAndGoes()
    {
        show(four());
        QCOMPARE(m_model->columnNamed("Work"), -1);
        QCOMPARE(m_model->workCounts(), TableModel::WorkCounts({0, 0, 0}));
        m_model->setWorkColumn(true);
        QCOMPARE(header(), texts("Namespace,Name,Ready,Status,Restarts,Work,Age,IP,Node"));
        QVERIFY(m_model->headerData(5, Qt::Horizontal, TableModel::WideRole).toBool()); // of pods only where somebody asks for it
        m_model->setUsageColumns(true);
        QCOMPARE(header(), texts("Namespace,Name,Ready,Status,Restarts,Work,CPU,Memory,Age,IP,Node"));
        m_model->setWorkColumn(false);
        QCOMPARE(m_model->columnNamed("Work"), -1);
        QCOMPARE(m_model->workCounts(), TableModel::WorkCounts({0, 0, 0}));
    }

    // Nobody looks: no second list, and no more than owners say.
    void ownersSayItAtOnce()
    {
        show(four());
        m_model->setWorkColumn(true);
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_store->listRequests(), 1);
        QVERIFY(!m_model->isWorkExact());
        QVERIFY(!m_model->awaitsFacts());
        QCOMPARE(column(), texts("service: goes on until it is stopped,service: goes on until it is stopped,job: run of nightly,–"));
        QCOMPARE(m_model->workCounts(), TableModel::WorkCounts({1, 2, 0}));
    }

    void factsSayItExactly()
    {
        show(four());
        m_model->setWorkColumn(true);
        QSignalSpy counts(m_model.get(), &TableModel::countsChanged);
        m_model->setWorkExact(true);
        QVERIFY(m_model->awaitsFacts());
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_store->listRequests(), 2);
        QVERIFY(m_model->isWorkExact());
        QVERIFY(!m_model->awaitsFacts());
        QCOMPARE(column()[0], QStringLiteral("service: serves :8080"));
        QCOMPARE(column()[1], QStringLiteral("mixed: a container sleeps in a loop"));
        QCOMPARE(column()[2], QStringLiteral("job: run of nightly"));
        QVERIFY2(column()[3].startsWith(QStringLiteral("mixed: ")) || column()[3].startsWith(QStringLiteral("job: ")), qPrintable(column()[3]));
        QVERIFY(counts.size() > 0);
        const TableModel::WorkCounts all = m_model->workCounts();
        QCOMPARE(all[0] + all[1] + all[2], 4U);
        m_model->setWorkExact(false);
        QVERIFY(!m_model->isWorkExact());
    }

    // The server's words are judged anew with each change.
    void whatChangesIsCountedAnew()
    {
        auto all = four();
        show(all);
        m_model->setWorkColumn(true);
        all[0].replicaSet.clear();
        all[0].job = "manual";
        all[0].version = "2";
        m_bench->server.push(podEvent("MODIFIED", all[0]), pods);
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_model->workCounts(), TableModel::WorkCounts({2, 1, 0}));
        m_bench->server.push(podEvent("DELETED", all[1], "null"), pods);
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_model->workCounts(), TableModel::WorkCounts({2, 0, 0}));
    }

    void rowsAreFilteredAndSortedByIt()
    {
        show(four());
        m_model->setWorkColumn(true);
        m_model->setWorkExact(true);
        m_bench->advance(std::chrono::seconds(1));
        m_order->setFilter(RowFilter().withWork({What::Mixed}));
        QVERIFY(ordered().contains(QStringLiteral("both-0")));
        QVERIFY(!ordered().contains(QStringLiteral("api-0")));
        m_order->setFilter(RowFilter().withWork({What::Job, What::Service}));
        QVERIFY(!ordered().contains(QStringLiteral("both-0")));
        QVERIFY(ordered().contains(QStringLiteral("nightly-0")));
        m_order->setFilter(RowFilter::parse("0")->withWork({What::Service}));
        QCOMPARE(ordered(), texts("api-0"));
        m_order->setFilter({});
        m_order->sort(m_model->columnNamed("Work"), Qt::AscendingOrder);
        QCOMPARE(ordered().indexOf(QStringLiteral("nightly-0")) < ordered().indexOf(QStringLiteral("api-0")), true);
        QCOMPARE(ordered().indexOf(QStringLiteral("api-0")) < ordered().indexOf(QStringLiteral("both-0")), true);
        m_order->sort(m_model->columnNamed("Work"), Qt::DescendingOrder);
        QCOMPARE(ordered().indexOf(QStringLiteral("both-0")) < ordered().indexOf(QStringLiteral("api-0")), true);
    }

    // A second list of very many would be as large as the first: owners will do.
    void ofVeryManyOwnersAloneSayIt()
    {
        std::vector<PodText> all;
        for (std::size_t i = 0; i < TableModel::tooManyForFacts; ++i) {
            all.push_back(pod("web-" + std::to_string(i), "{}"));
            all.back().replicaSet = "web";
        }
        show(all);
        m_model->setWorkColumn(true);
        m_model->setWorkExact(true);
        m_bench->advance(std::chrono::seconds(1));
        QCOMPARE(m_store->listRequests(), 1);
        QCOMPARE(m_model->workCounts(), TableModel::WorkCounts({0, std::uint32_t(TableModel::tooManyForFacts), 0}));
        QVERIFY(!m_model->awaitsFacts());
    }

    void theyBecomeVeryMany()
    {
        show(four());
        m_model->setWorkColumn(true);
        m_model->setWorkExact(true);
        m_bench->advance(std::chrono::seconds(1));
        QVERIFY(m_model->isWorkExact());
        std::string lines;
        for (std::size_t i = 0; i < TableModel::tooManyForFacts; ++i) {
            PodText more = pod("web-" + std::to_string(i), "{}");
            more.replicaSet = "web";
            lines += podEvent("ADDED", more, lines.empty() ? podColumns() : "null");
        }
        m_bench->server.push(lines, pods);
        m_bench->advance(std::chrono::seconds(1));
        QVERIFY(!m_model->isWorkExact());
        QCOMPARE(m_model->rowCount(), int(TableModel::tooManyForFacts) + 4);
        const auto &all = m_model->workCounts();
        QVERIFY(all[1] >= TableModel::tooManyForFacts);
    }

    void otherKindsTellNothing()
    {
        const kube::Resource resource{.id = {"", "v1", "configmaps"}, .kind = "ConfigMap", .verbs = {"get", "list", "watch"}, .namespaced = true};
        m_bench->server.on(net::Verb::List, "/api/v1/configmaps", answer(podsTable({pod("a", "{}")}, "10")));
        m_bench->server.on(net::Verb::Watch, "/api/v1/configmaps", held());
        auto *store = m_bench->makeStore({.resource = resource.id, .scope = kube::Scope::all(), .selector = {}});
        m_model->show(std::shared_ptr<kube::Store>(std::shared_ptr<void>(), store), resource);
        m_bench->settle();
        m_model->setWorkColumn(true);
        QCOMPARE(m_model->columnNamed("Work"), -1);
    }

private:
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
    [[nodiscard]] QStringList column() const
    {
        QStringList all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all << m_model->index(row, m_model->columnNamed("Work")).data().toString();
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

QTEST_GUILESS_MAIN(TableWorkTest)
#include "tst_tablework.moc"
