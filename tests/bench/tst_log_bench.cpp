// SPDX-License-Identifier: GPL-3.0-or-later
// 100,000 lines of a real node into the log view, beside kubectl and curl for the same bytes; what the window and others on the cluster
// feel of it.
#include "support/collected.h"
#include "support/knocker.h"
#include "support/logcase.h"

#include "ui/logs/logbar.h"
#include "ui/logs/logcanvas.h"
#include "ui/logs/logview.h"
#include "ui/widgets/searchfield.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLocale>
#include <QProcess>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace fairlead;
using namespace fairlead::test;
using namespace fairlead::ui;

namespace {

constexpr int lines = 100'000;
// Milliseconds, of the window's thread's own work between two turns of its event loop. Not of the time that passes: kubelet, containerd and the
// API server write and send the same lines on the same processors, and hold the thread up for longer than anything that it does.
constexpr double bound = 50;

const char *const pods = R"yaml(
apiVersion: v1
kind: Pod
metadata: {name: many, namespace: team-a}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: api
    image: busybox:1.36
    command: [sh, -c, 'seq 1 100000 | sed "s/^/INFO http POST of redis 201 in 48ms /"; sleep 100000']
---
apiVersion: v1
kind: Pod
metadata: {name: flood, namespace: team-a}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: api
    image: busybox:1.36
    command: [sh, -c, 'yes "ERROR cache redis: dial tcp 10.43.2.9:6379: i/o timeout attempt=1/3"']
)yaml";

double memory(const char *which)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(which))
            return line.mid(qstrlen(which)).simplified().split(' ').value(0).toDouble() / 1024;
    }
    return 0;
}

} // namespace

class LogBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!LogCase::mayRun())
            QSKIP("a real node needs root");
        m_case = std::make_unique<LogCase>(QStringLiteral("logbench"), pods);
        QVERIFY2(m_case->cluster.whyNot().isEmpty(), qPrintable(m_case->cluster.whyNot()));
        QTRY_COMPARE_WITH_TIMEOUT(m_case->logs("many", "api").count('\n'), qsizetype(lines), 120'000);
        m_theme.applyTo(*qApp);
        m_open = std::make_shared<const contexts::OpenCluster>(contexts::OpenCluster{.facts = {}, .space = "team-a", .session = m_case->session});
    }
    void cleanupTestCase()
    {
        m_open.reset();
        m_case.reset();
    }

    void aHundredThousandLines()
    {
        QElapsedTimer timer;
        timer.start();
        const auto bytes = m_case->logs("many", "api").size();
        const double kubectl = double(timer.nsecsElapsed()) / 1e6;
        timer.restart();
        QProcess curl;
        curl.start(QStringLiteral("curl"),
            {QStringLiteral("-sS"), QStringLiteral("-o"), QStringLiteral("/dev/null"), QStringLiteral("-A"), QStringLiteral("bench"),
                QStringLiteral("--cacert"), path("pki/ca.crt"), QStringLiteral("--cert"), path("pki/admin.crt"), QStringLiteral("--key"),
                path("pki/admin.key"),
                QString::fromStdString(m_case->cluster.endpoint().address()) +
                    QStringLiteral("/api/v1/namespaces/team-a/pods/many/log?container=api&timestamps=true&tailLines=100000")});
        QVERIFY(curl.waitForFinished());
        QCOMPARE(curl.exitCode(), 0);
        const double curled = double(timer.nsecsElapsed()) / 1e6;

        const double before = memory("VmRSS:");
        LogView view(m_theme, m_settings, m_open, "team-a", "many");
        view.resize(1068, 600);
        view.show();
        QTRY_VERIFY(view.follower().state().phase != logs::LogState::Phase::Idle);
        Knocker knocker;
        timer.restart();
        qint64 first = 0;
        while (view.follower().ring().size() < lines && timer.elapsed() < 60'000) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (first == 0 && view.follower().ring().size() > 0)
                first = timer.nsecsElapsed();
        }
        const double ours = double(timer.nsecsElapsed()) / 1e6;
        QCOMPARE(view.follower().ring().size(), std::size_t(lines));
        const Knocker::Held held = knocker.take();
        qInfo(
            "100,000 lines, %.1f MB: ours %.0f ms (first rows %.0f ms), kubectl %.0f ms, curl %.0f ms; held for at most %.1f ms, by own work for %.1f ms",
            double(bytes) / 1e6, ours, double(first) / 1e6, kubectl, curled, held.longest, held.longestWork);
        qInfo("memory: ring counts %.1f MB, resident %+.1f MB, peak %.1f MB", double(view.follower().ring().bytes()) / 1e6, memory("VmRSS:") - before,
            memory("VmHWM:"));
        QVERIFY2(held.longestWork < bound, qPrintable(QString::number(held.longestWork)));

        timer.restart();
        view.bar().search().setText(QStringLiteral("redis 201 in"));
        const double asked = double(timer.nsecsElapsed()) / 1e6;
        // Every row is a hit; the first in sight is the current one, however many fit there.
        const auto expected = [&view] {
            return QLocale(QLocale::English).toString(qulonglong(view.canvas().topRow() - view.follower().ring().begin() + 1)) +
                   QStringLiteral(" of 100,000");
        };
        QTRY_COMPARE_WITH_TIMEOUT(view.bar().result(), expected(), 10'000);
        QVERIFY(view.canvas().topRow() > view.follower().ring().end() - 100); // the end is in sight
        const Knocker::Held searching = knocker.take();
        qInfo("search, 100,000 hits: asked in %.1f ms; held for at most %.1f ms, by own work for %.1f ms", asked, searching.longest,
            searching.longestWork);
        QVERIFY2(searching.longestWork < bound, qPrintable(QString::number(searching.longestWork)));
    }

    // As fast as the node can write, for ten seconds: the window turns, memory is bounded, others on the cluster are answered.
    void aFlood()
    {
        const double quiet = answerTime();
        LogView view(m_theme, m_settings, m_open, "team-a", "flood");
        view.resize(1068, 600);
        view.show();
        QTRY_VERIFY_WITH_TIMEOUT(view.follower().ring().size() > 0, 20'000);
        Knocker knocker;
        QElapsedTimer timer;
        timer.start();
        const auto before = view.follower().ring().end();
        QTRY_VERIFY_WITH_TIMEOUT(timer.elapsed() > 10'000, 20'000);
        const double perSecond = double(view.follower().ring().end() - before) * 1000 / double(timer.elapsed());
        const Knocker::Held held = knocker.take();
        const double busy = answerTime();
        qInfo(
            "flood: %.0f lines/s, held for at most %.1f ms, by own work for %.1f ms, ring %zu rows, %.1f MB, dropped %llu, peak %.1f MB; GET beside it %.1f ms (quiet %.1f ms), median of 21",
            perSecond, held.longest, held.longestWork, view.follower().ring().size(), double(view.follower().ring().bytes()) / 1e6,
            static_cast<unsigned long long>(view.follower().ring().dropped()), memory("VmHWM:"), busy, quiet);
        QVERIFY2(held.longestWork < bound, qPrintable(QString::number(held.longestWork)));
        QVERIFY(view.follower().ring().size() <= logs::LogRing::mostRows);
    }

private:
    QString path(const char *file) const { return QString::fromStdString(m_case->cluster.file(QString::fromLatin1(file))); }
    // Of a small request on the connection of the watches, while the event loop goes on.
    double answerTime()
    {
        std::vector<double> times;
        for (int i = 0; i < 21; ++i) {
            QElapsedTimer timer;
            timer.start();
            (void)fetch(*m_case->transport, {.verb = net::Verb::Get, .path = "/version"});
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
            QCoreApplication::processEvents();
        }
        std::nth_element(times.begin(), times.begin() + 10, times.end());
        return times[10];
    }

    std::unique_ptr<LogCase> m_case;
    Theme m_theme{Scheme::Light};
    Settings m_settings{QString()};
    contexts::OpenClusterPtr m_open;
};

QTEST_MAIN(LogBench)
#include "tst_log_bench.moc"
