// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of a real node: what is followed equals what kubectl reads, through a killed API server and restarts of the container.
#include "logs/ansitext.h"
#include "logs/linetime.h"
#include "logs/logfollower.h"
#include "logs/podwatch.h"
#include "support/logcase.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::logs;
using namespace fairlead::test;
using namespace std::chrono_literals;
using Phase = LogState::Phase;
using Strings = std::vector<std::string>;

namespace {

const char *const pods = R"yaml(
apiVersion: v1
kind: Pod
metadata: {name: talk, namespace: team-a}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: api
    image: busybox:1.36
    command: [sh, -c, 'i=0; while true; do i=$((i+1)); printf "\033[32mINFO\033[0m line %d\n" $i; [ $((i%9)) = 0 ] && echo "ERROR line $i" >&2; usleep 50000; done']
  - name: quiet
    image: busybox:1.36
    command: [sh, -c, 'sleep 100000']
  initContainers:
  - name: migrate
    image: busybox:1.36
    command: [sh, -c, 'echo migrating; echo done']
  - name: envoy
    image: busybox:1.36
    restartPolicy: Always
    command: [sh, -c, 'echo ready; sleep 100000']
---
apiVersion: v1
kind: Pod
metadata: {name: crash, namespace: team-a}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: api
    image: busybox:1.36
    command: [sh, -c, 'for i in 1 2 3 4 5 6 7 8; do echo "INFO line $i of $(cat /proc/sys/kernel/random/uuid)"; done; sleep 2; echo "ERROR giving up" >&2; exit 3']
---
apiVersion: v1
kind: Pod
metadata: {name: stuck, namespace: team-a}
spec:
  containers:
  - name: api
    image: 127.0.0.1:1/none:1
)yaml";

const char *const briefPod = R"yaml(
apiVersion: v1
kind: Pod
metadata: {name: brief, namespace: team-a}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: api
    image: busybox:1.36
    command: [sh, -c, 'r=$(cat /proc/sys/kernel/random/uuid); for i in 1 2 3 4 5 6 7 8; do echo "INFO line $i of $r"; usleep 500000; done; exit 3']
)yaml";

// As our rows have it: "stamp text", without control sequences.
Strings kubectlLines(const QByteArray &out)
{
    Strings lines;
    for (const QByteArray &each : out.split('\n')) {
        if (each.isEmpty())
            continue;
        const std::string line = each.toStdString();
        const Stamp stamp = stampOf(line);
        std::string text;
        std::vector<Span> spans;
        AnsiText ansi;
        ansi.feed(std::string_view(line).substr(stamp.length), text, 0, spans);
        ansi.endLine(text, 0, spans);
        lines.push_back(stampText(stamp.time) + " " + text);
    }
    return lines;
}

} // namespace

class LogLiveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!LogCase::mayRun())
            QSKIP("a real node needs root");
        m_case = std::make_unique<LogCase>(QStringLiteral("logs"), pods);
        QVERIFY2(m_case->cluster.whyNot().isEmpty(), qPrintable(m_case->cluster.whyNot()));
    }
    void cleanupTestCase()
    {
        close();
        m_case.reset();
    }
    void cleanup() { close(); }

    void whatIsFollowedEqualsKubectl()
    {
        open("talk", {.container = "api"});
        QTRY_VERIFY_WITH_TIMEOUT(rows().size() >= 60, 60'000);
        equalsKubectl("talk", "api");
        QCOMPARE(int(m_follower->state().phase), int(Phase::Following));
        const LogRing &ring = m_follower->ring();
        QCOMPARE(ring.spans(ring.begin()).size(), std::size_t(2)); // green, and back
        QVERIFY(!ring.errors().empty());
        QCOMPARE(m_case->transport->connections(), 2); // the log has one to itself
    }

    void aTailAndASince()
    {
        open("talk", {.container = "api", .tail = 5});
        QTRY_VERIFY_WITH_TIMEOUT(rows().size() >= 8, 20'000);
        const Strings all = kubectlLines(m_case->logs("talk", "api"));
        const auto at = std::find(all.begin(), all.end(), rows().front());
        QVERIFY(at != all.end());
        QVERIFY(at != all.begin());
        QVERIFY(m_follower->hasOlder());
        close();
        open("talk", {.container = "api", .since = 1s});
        QTRY_VERIFY_WITH_TIMEOUT(rows().size() >= 8, 20'000);
        QVERIFY(rows().front() > all.front());
        equalsKubectl("talk", "api");
    }

    void aKilledServerCostsNoLine()
    {
        open("talk", {.container = "api"});
        for (int round = 1; round <= 2; ++round) {
            const auto before = rows().size();
            QTRY_VERIFY_WITH_TIMEOUT(rows().size() > before + 40, 60'000);
            QVERIFY(m_case->cluster.ctl(QStringLiteral("kill-apiserver")));
            QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Cut), 20'000);
            QVERIFY(m_follower->state().why.has_value());
            QVERIFY(m_case->cluster.ctl(QStringLiteral("start-apiserver")));
            QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Following), 60'000);
            const auto after = rows().size();
            QTRY_VERIFY_WITH_TIMEOUT(rows().size() > after + 20, 60'000);
            QCOMPARE(ours().size(), std::size_t(round));
            QVERIFY(ours().back().starts_with("no lines for ") && ours().back().ends_with(": stream cut, resumed "));
        }
        equalsKubectl("talk", "api");
    }

    void initAndSidecarContainers()
    {
        open("talk", {.container = "migrate"});
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Ended), 20'000);
        equalsKubectl("talk", "migrate");
        QCOMPARE(ours(), Strings{"migrate ended : Completed, exit 0"});
        QCOMPARE(int(m_pod->find("migrate")->role), int(Container::Role::Init));
        close();
        open("talk", {.container = "envoy"});
        QTRY_COMPARE_WITH_TIMEOUT(rows().size(), std::size_t(1), 20'000);
        QCOMPARE(int(m_pod->find("envoy")->role), int(Container::Role::Sidecar));
        QCOMPARE(int(m_follower->state().phase), int(Phase::Following));
        close();
        open("talk", {.container = "api", .previous = true});
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Failed), 20'000);
        QCOMPARE(m_follower->state().words, std::string("api has not been restarted: there is no run before this one."));
    }

    void aCrashLoopIsFollowedFromRunToRun()
    {
        open("crash", {.container = "api"});
        // The end of a run, and the beginning of the next, in order.
        const auto has = [this](const char *start) {
            const Strings list = ours();
            return std::any_of(list.begin(), list.end(), [start](const std::string &each) { return each.starts_with(start); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(has("api ended "), 120'000);
        QTRY_VERIFY_WITH_TIMEOUT(has("api started "), 120'000);
        const auto runs = [this] {
            return std::count_if(m_all.begin(), m_all.end(), [](const std::string &row) { return row.find("INFO line 1 of") != std::string::npos; });
        };
        QTRY_VERIFY_WITH_TIMEOUT((rows(), runs() >= 2), 60'000);
        const std::string shown = everything();
        const Strings all = split(shown);
        const auto ended = std::find_if(all.begin(), all.end(), [](const std::string &row) { return row.starts_with("api ended "); });
        QVERIFY2(ended != all.begin() && ended != all.end() && (ended - 1)->ends_with("ERROR giving up"), shown.c_str());
        QVERIFY2(*ended == "api ended : Error, exit 3", shown.c_str());
        QVERIFY2(ended + 1 != all.end() && (ended + 1)->starts_with("api started , restart "), shown.c_str());
        QVERIFY2(ended + 2 != all.end() && (ended + 2)->find("INFO line 1 of") != std::string::npos, shown.c_str());
        // No line twice.
        Strings sorted = rows();
        std::sort(sorted.begin(), sorted.end());
        QVERIFY2(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end(), shown.c_str());
        close();
        open("crash", {.container = "api", .previous = true});
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Ended), 20'000);
        QCOMPARE(rows(), kubectlLines(m_case->logs("crash", "api", {QStringLiteral("--previous")})));
        QCOMPARE(rows().size(), std::size_t(9));
    }

    // Nobody sees the status meanwhile, and kubelet tells a server that is back what happened some seconds after that server answers.
    void crashesWhileTheServerIsAwayLoseNothing()
    {
        (void)m_case->cluster.kubectl({QStringLiteral("apply"), QStringLiteral("-f"), QStringLiteral("-")}, briefPod);
        open("brief", {.container = "api"});
        QTRY_VERIFY_WITH_TIMEOUT(!rows().empty(), 60'000);
        QVERIFY(m_case->cluster.ctl(QStringLiteral("kill-apiserver")));
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Cut), 20'000);
        QVERIFY(m_case->cluster.ctl(QStringLiteral("start-apiserver")));
        const auto started = [this] {
            const Strings list = ours();
            return std::count_if(list.begin(), list.end(), [](const std::string &row) { return row.starts_with("api started"); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(started() >= 2, 120'000);
        // What the node still has of the run before stands in it, whole.
        QTRY_VERIFY2_WITH_TIMEOUT(
            [this] {
                const Strings before = kubectlLines(m_case->logs("brief", "api", {QStringLiteral("--previous")}));
                const Strings all = rows();
                return !before.empty() && std::search(all.begin(), all.end(), before.begin(), before.end()) != all.end();
            }(),
            everything().c_str(), 60'000);
        const Strings all = rows();
        QVERIFY2(std::is_sorted(all.begin(), all.end()), everything().c_str());
        QVERIFY2(std::adjacent_find(all.begin(), all.end()) == all.end(), everything().c_str());
        // Each run that was read is whole: eight lines, and its end behind them.
        const Strings shown = split(everything());
        for (std::size_t i = 0; i + 1 < shown.size(); ++i) {
            if (shown[i].find("INFO line 8 of") != std::string::npos)
                QVERIFY2(shown[i + 1].starts_with("api ended : Error, exit 3") || shown[i + 1].starts_with("no lines for "), everything().c_str());
            if (shown[i].starts_with("api ended "))
                QVERIFY2(i >= 8, everything().c_str());
        }
    }

    void aContainerThatCannotStartIsWaitedFor()
    {
        open("stuck", {.container = "api"});
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Waiting), 20'000);
        QVERIFY(m_follower->state().words.starts_with("api has not started: "));
    }

    void whoMayNotIsTold()
    {
        close();
        m_case->connectAs(QStringLiteral("dev"));
        m_space = "kube-system";
        open("nothing", {.container = "x"});
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Failed), 20'000);
        QCOMPARE(m_follower->state().words, std::string("You may not read logs in kube-system."));
        close();
        m_space = "team-a";
        open("talk", {.container = "envoy"});
        QTRY_COMPARE_WITH_TIMEOUT(rows().size(), std::size_t(1), 20'000);
    }

    void aDeletedPodEndsItsLog()
    {
        open("talk", {.container = "api"});
        QTRY_VERIFY_WITH_TIMEOUT(rows().size() >= 10, 20'000);
        (void)m_case->cluster.kubectl({QStringLiteral("delete"), QStringLiteral("pod"), QStringLiteral("talk"), QStringLiteral("-n"),
            QStringLiteral("team-a"), QStringLiteral("--wait=false")});
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Ended), 60'000);
    }

private:
    void open(const std::string &pod, const LogWish &wish)
    {
        m_pod = std::make_unique<PodWatch>(m_case->session->store(PodWatch::sourceOf(m_space, pod)), pod);
        m_follower = std::make_unique<LogFollower>(m_case->session->client(), m_case->session->clock(), *m_pod, m_space, pod);
        m_follower->open(wish);
    }
    void close()
    {
        m_follower.reset();
        m_pod.reset();
    }

    // All rows in order; lines with their stamps.
    std::string everything()
    {
        std::string out;
        const LogRing &ring = m_follower->ring();
        for (RowNumber n = ring.begin(); n < ring.end(); ++n) {
            const LogRow &row = ring.row(n);
            out += (row.isLine() ? stampText(row.time) + " " : std::string()) + std::string(ring.text(n)) + "\n";
        }
        return out;
    }
    static Strings split(std::string_view text)
    {
        Strings out;
        for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos; text.remove_prefix(end + 1))
            out.emplace_back(text.substr(0, end));
        return out;
    }
    Strings rows()
    {
        m_all.clear();
        const LogRing &ring = m_follower->ring();
        for (RowNumber n = ring.begin(); n < ring.end(); ++n) {
            if (ring.row(n).isLine())
                m_all.push_back(stampText(ring.row(n).time) + " " + std::string(ring.text(n)));
        }
        return m_all;
    }
    Strings ours()
    {
        Strings out;
        for (const RowNumber n : m_follower->ring().ours())
            out.emplace_back(m_follower->ring().text(n));
        return out;
    }
    // Our lines are kubectl's from our first one on; it was asked later, so it may have more.
    void equalsKubectl(const char *pod, const char *container)
    {
        const Strings ours = rows();
        const Strings theirs = kubectlLines(m_case->logs(pod, container));
        QVERIFY(!ours.empty());
        const auto first = std::find(theirs.begin(), theirs.end(), ours.front());
        QVERIFY2(first != theirs.end(), ours.front().c_str());
        QVERIFY(theirs.end() - first >= std::ptrdiff_t(ours.size()));
        for (std::size_t i = 0; i < ours.size(); ++i)
            QCOMPARE(ours[i], first[std::ptrdiff_t(i)]);
    }

    std::unique_ptr<LogCase> m_case;
    std::unique_ptr<PodWatch> m_pod;
    std::unique_ptr<LogFollower> m_follower;
    std::string m_space = "team-a";
    Strings m_all;
};

QTEST_GUILESS_MAIN(LogLiveTest)
#include "tst_log_live.moc"
