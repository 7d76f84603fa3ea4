// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/rowordermodel.h"
#include "support/enginebench.h"
#include "support/podworld.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>

using namespace fairlead;
using namespace fairlead::test;
using items::RowFilter;
using items::RowOrderModel;
using items::TableModel;
using namespace std::chrono_literals;

namespace {

const std::string pods = "/api/v1/pods";

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

/// What a key stroke in the filter, a click on a header and the changes of a busy cluster cost between store and view. Prints figures;
/// asserts only counts.
class RowOrderModelBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fiftyThousandRows()
    {
        fill(50'000);
        const auto filtered = [this](const char *text) {
            const auto filter = RowFilter::parse(text);
            QVERIFY(filter.has_value());
            print(QStringLiteral("filter \"%1\"").arg(QString::fromUtf8(text)), [this, &filter] { m_model->setFilter(*filter); });
        };
        filtered("w"); // makes the texts that are searched
        filtered("we");
        filtered("web");
        filtered("node-1 !crash");
        filtered("app=api");
        filtered("");
        sorted("Restarts");
        sorted("Age");
        sorted("Name");
        sorted("Status");
        filtered("web");
        QVERIFY(m_model->rowCount() > 0);
        filtered("");
        QCOMPARE(m_model->rowCount(), 50'000);
        std::vector<QPersistentModelIndex> all;
        for (int row = 0; row < m_model->rowCount(); ++row)
            all.emplace_back(m_model->index(row, 0));
        sorted("Restarts");
        QVERIFY(std::all_of(all.begin(), all.end(), [](const QPersistentModelIndex &index) { return index.isValid(); }));
    }

    // 25 changes in each tick of 50 ms.
    void changes_data()
    {
        QTest::addColumn<QByteArray>("column");
        QTest::addColumn<QByteArray>("filter");
        QTest::newRow("as listed") << QByteArray() << QByteArray();
        QTest::newRow("by name") << QByteArray("Name") << QByteArray();
        QTest::newRow("by restarts") << QByteArray("Restarts") << QByteArray();
        QTest::newRow("by status, filtered") << QByteArray("Status") << QByteArray("team-a");
    }
    void changes()
    {
        QFETCH(const QByteArray, column);
        QFETCH(const QByteArray, filter);
        fill(10'000);
        m_model->setFilter(*RowFilter::parse(filter.toStdString()));
        m_model->sort(column.isEmpty() ? -1 : m_table->columnNamed(column.toStdString()));
        QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
        std::vector<double> ticks;
        for (int second = 0; second < 5; ++second) {
            for (int tick = 0; tick < 20; ++tick) {
                m_bench->server.push(m_world->step(25), pods);
                QElapsedTimer timer;
                timer.start();
                m_bench->advance(50ms);
                ticks.push_back(milliseconds(timer));
            }
        }
        std::sort(ticks.begin(), ticks.end());
        qInfo("500 changes a second, 10,000 rows, %s: a tick from bytes to signals, with all between: median %.2f ms, longest %.2f ms",
            QTest::currentDataTag(), ticks[ticks.size() / 2], ticks.back());
        QCOMPARE(reset.count(), 0);
        QCOMPARE(std::size_t(m_table->rowCount()), m_world->pods().size());
    }

private:
    void fill(int rows)
    {
        m_model.reset();
        m_table.reset();
        m_bench = std::make_unique<EngineBench>();
        m_world = std::make_unique<PodWorld>(1U, rows);
        m_table = std::make_unique<TableModel>(m_bench->clock);
        m_table->setSlice(std::size_t(rows)); // in one turn: what is measured comes after that
        m_model = std::make_unique<RowOrderModel>(*m_table);
        m_bench->server.on(net::Verb::List, pods, answer(m_world->table()));
        m_bench->server.on(net::Verb::Watch, pods, held());
        m_table->show({m_bench->makeStore(podsSource()), [](kube::Store *) {}}, podsResource());
        m_bench->settle();
        QCOMPARE(m_model->rowCount(), rows);
    }

    void sorted(const char *column)
    {
        const int number = m_table->columnNamed(column);
        QVERIFY(number >= 0);
        print(QStringLiteral("sort by %1").arg(QLatin1String(column)), [this, number] { m_model->sort(number); });
        print(QStringLiteral("sort by %1, turned round").arg(QLatin1String(column)), [this, number] { m_model->sort(number, Qt::DescendingOrder); });
    }

    void print(const QString &what, const std::function<void()> &work)
    {
        QElapsedTimer timer;
        timer.start();
        work();
        const double took = milliseconds(timer);
        qInfo("50,000 rows: %s: %.1f ms, %d shown", qPrintable(what), took, m_model->rowCount());
    }

    std::unique_ptr<EngineBench> m_bench;
    std::unique_ptr<PodWorld> m_world;
    std::unique_ptr<TableModel> m_table;
    std::unique_ptr<RowOrderModel> m_model;
};

QTEST_GUILESS_MAIN(RowOrderModelBench)
#include "tst_bench_rowordermodel.moc"
