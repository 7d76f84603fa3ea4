// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/curltransport.h"
#include "support/collected.h"
#include "support/livecluster.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <list>
#include <vector>

using namespace fairlead;
using namespace fairlead::net;
using fairlead::test::Collected;
using fairlead::test::fetch;
using namespace std::chrono_literals;

namespace {

Request get(std::string path)
{
    return {.verb = Verb::Get, .path = std::move(path)};
}

Request list(std::string path)
{
    return {.verb = Verb::List, .path = std::move(path), .deadline = 60s, .traffic = Traffic::Bulk};
}

/// A sink that only counts: what is measured is the transport, not a string that grows.
struct Counted {
    std::atomic<std::size_t> bytes = 0;
    Collected end;

    Sink sink()
    {
        Sink out = end.sink();
        out.data = [this](std::string_view data) { bytes += data.size(); };
        return out;
    }
};

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

long residentKilobytes()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLong();
    }
    return 0;
}

void report(double value, QTest::QBenchmarkMetric metric = QTest::WalltimeMilliseconds)
{
    QTest::setBenchmarkResult(value, metric);
}

} // namespace

/// What the way to a cluster costs, on a real API server on loopback. Bounds are wide: a shared machine is no laboratory.
class TransportBench : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<test::LiveCluster> m_cluster;

private Q_SLOTS:
    void initTestCase()
    {
        m_cluster = std::make_unique<test::LiveCluster>(QStringLiteral("bench"));
        QCOMPARE(m_cluster->whyNot(), QString());
        // 36 MB in 40 objects: one list, large enough that its start does not count.
        for (int i = 0; i < 40; ++i) {
            const QByteArray object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: large-" + QByteArray::number(i) + "}\ndata: {text: \"" +
                                      QByteArray(900'000, char('a' + i % 26)) + "\"}\n";
            QVERIFY(
                !m_cluster
                     ->kubectl({QStringLiteral("-n"), QStringLiteral("team-b"), QStringLiteral("create"), QStringLiteral("-f"), QStringLiteral("-")},
                         object)
                     .isEmpty());
        }
    }

    void cleanupTestCase() { m_cluster.reset(); }

    void coldRequest()
    {
        std::vector<double> times;
        for (int i = 0; i < 15; ++i) {
            QElapsedTimer timer;
            timer.start();
            CurlTransport transport(m_cluster->endpoint());
            QCOMPARE(fetch(transport, get("/version")).head->status, 200);
            times.push_back(milliseconds(timer));
        }
        report(median(times));
        QVERIFY(median(times) < 100);
    }

    void warmRequest()
    {
        CurlTransport transport(m_cluster->endpoint());
        (void)fetch(transport, get("/version"));
        std::vector<double> times;
        for (int i = 0; i < 100; ++i) {
            QElapsedTimer timer;
            timer.start();
            (void)fetch(transport, get("/version"));
            times.push_back(milliseconds(timer));
        }
        report(median(times));
        QVERIFY(median(times) < 20);
    }

    void memoryOfTwoHundredWatches()
    {
        CurlTransport transport(m_cluster->endpoint());
        (void)fetch(transport, get("/version"));
        const long before = residentKilobytes();
        std::list<Collected> watching(200);
        for (const Collected &one : watching)
            (void)transport.start(
                {.verb = Verb::Watch, .path = "/api/v1/namespaces/team-a/configmaps", .query = {{"watch", "1"}}, .deadline = 0ms}, one.sink());
        for (const Collected &one : watching)
            QVERIFY(one.waitFor([](const Collected::Seen &seen) { return seen.heads > 0; }));
        const long each = (residentKilobytes() - before) / 200;
        report(double(each) * 1024, QTest::BytesAllocated); // of one watch
        qInfo("%ld kB for 200 watches, %d connections", residentKilobytes() - before, transport.connections());
        QVERIFY2(each < 64, qPrintable(QString::number(each)));
    }

    void cancelOfALargeList()
    {
        CurlTransport transport(m_cluster->endpoint());
        std::vector<double> times;
        for (int i = 0; i < 15; ++i) {
            Counted counted;
            const Ticket ticket = transport.start(list("/api/v1/namespaces/team-b/configmaps"), counted.sink());
            QVERIFY(counted.end.waitFor([](const Collected::Seen &seen) { return seen.heads > 0; }));
            QElapsedTimer timer;
            timer.start();
            transport.cancel(ticket);
            QVERIFY(counted.end.waitForEnd());
            times.push_back(milliseconds(timer));
        }
        report(median(times));
        QVERIFY(median(times) < 50);
        QCOMPARE(transport.connections(), 1);
    }

    void cancelOfFortyWatches()
    {
        CurlTransport transport(m_cluster->endpoint());
        std::list<Collected> watching(40);
        std::vector<Ticket> tickets;
        for (const Collected &one : watching)
            tickets.push_back(transport.start({.verb = Verb::Watch,
                                                  .path = "/api/v1/configmaps",
                                                  .query = {{"watch", "1"}, {"resourceVersion", "0"}, {"labelSelector", "a=b"}},
                                                  .deadline = 0ms},
                one.sink()));
        for (const Collected &one : watching)
            QVERIFY(one.waitFor([](const Collected::Seen &seen) { return seen.heads > 0; }));
        QElapsedTimer timer;
        timer.start();
        for (const Ticket ticket : tickets)
            transport.cancel(ticket);
        for (const Collected &one : watching)
            QVERIFY(one.waitForEnd());
        report(milliseconds(timer));
    }

    /// The ratio is the figure that counts: the same bytes, in turns, cold each.
    void largeListAgainstCurl()
    {
        const Endpoint endpoint = m_cluster->endpoint();
        const QString address = QString::fromStdString(endpoint.server) + QStringLiteral("/api/v1/namespaces/team-b/configmaps");
        std::vector<double> ours;
        std::vector<double> theirs;
        std::size_t bytes = 0;
        for (int i = 0; i < 5; ++i) {
            QElapsedTimer timer;
            timer.start();
            {
                CurlTransport transport(endpoint);
                Counted counted;
                (void)transport.start(list("/api/v1/namespaces/team-b/configmaps"), counted.sink());
                QVERIFY(counted.end.waitForEnd());
                bytes = counted.bytes;
            }
            ours.push_back(milliseconds(timer));
            QProcess curl;
            timer.restart();
            curl.start(QStringLiteral("curl"),
                {QStringLiteral("-sS"), QStringLiteral("-o"), QStringLiteral("/dev/null"), QStringLiteral("-w"), QStringLiteral("%{size_download}"),
                    QStringLiteral("-A"), QStringLiteral("fairlead/bench"), QStringLiteral("--cacert"),
                    QString::fromStdString(endpoint.authority.file), QStringLiteral("--cert"), QString::fromStdString(endpoint.certificate.file),
                    QStringLiteral("--key"), QString::fromStdString(endpoint.key.file), address});
            QVERIFY(curl.waitForFinished(60'000));
            theirs.push_back(milliseconds(timer));
            QCOMPARE(std::size_t(curl.readAllStandardOutput().toLongLong()), bytes);
        }
        qInfo("%zu bytes: ours %.0f ms, curl %.0f ms", bytes, median(ours), median(theirs));
        report(median(ours) / median(theirs) * 100, QTest::Events); // per cent of curl's time
        QVERIFY(bytes > 30'000'000);
        QVERIFY(median(ours) < 2 * median(theirs));
    }
};

QTEST_GUILESS_MAIN(TransportBench)
#include "tst_bench_transport.moc"
