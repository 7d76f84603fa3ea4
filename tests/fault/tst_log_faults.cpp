// SPDX-License-Identifier: GPL-3.0-or-later
// A log over real sockets that break: cut in the middle of lines, silent, refused; nothing is repeated, nothing lost.
#include "kube/net/curltransport.h"
#include "kube/session.h"
#include "logs/logfollower.h"
#include "logs/podwatch.h"
#include "support/faultserver.h"

#include <QTest>
#include <QThreadPool>

#include <memory>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::logs;
using namespace std::chrono_literals;
using Phase = LogState::Phase;
using Strings = std::vector<std::string>;

class LogFaultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_server.whyNot(), QString());
        for (int i = 0; i < 60; ++i)
            m_expected.push_back("line " + std::to_string(i / 3));
    }
    void init() { m_server.thaw(); }
    void cleanup()
    {
        m_follower.reset();
        m_pod.reset();
        m_session.reset();
        m_transport.reset();
        m_pool.waitForDone();
    }

    void aStreamThatIsCutAgainAndAgainIsRead()
    {
        open("good", "cut");
        QTRY_COMPARE_WITH_TIMEOUT(lines().size(), m_expected.size(), 30'000);
        QCOMPARE(lines(), m_expected);
        QTRY_COMPARE(int(m_follower->state().phase), int(Phase::Following));
        QCOMPARE(ours().size(), std::size_t(4));
        for (const std::string &row : ours())
            QVERIFY2(row.starts_with("no lines for ") && row.ends_with(": stream cut, resumed "), row.c_str());
    }

    void aConnectionThatGoesSilentIsNoticedAndResumed()
    {
        open("good", "silent");
        QTRY_VERIFY_WITH_TIMEOUT(!lines().empty(), 20'000);
        m_server.freeze();
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Cut), 20'000);
        QVERIFY(m_follower->state().nextTry.has_value());
        m_server.thaw();
        QTRY_COMPARE_WITH_TIMEOUT(lines().size(), m_expected.size(), 60'000);
        QCOMPARE(lines(), m_expected);
        QVERIFY(!ours().empty());
    }

    void aRefusedConnectionIsTriedAgain()
    {
        open("refused", "none");
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Cut), 20'000);
        QCOMPARE(int(m_follower->state().why->code), int(Code::Unreachable));
        m_follower->retry();
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Cut), 20'000);
        QVERIFY(lines().empty() && ours().empty());
    }

    void aServerWithoutTrustFailsForGood()
    {
        open("expired", "none");
        QTRY_COMPARE_WITH_TIMEOUT(int(m_follower->state().phase), int(Phase::Failed), 20'000);
        QCOMPARE(int(m_follower->state().why->code), int(Code::Untrusted));
    }

private:
    void open(const char *listener, const std::string &container)
    {
        net::Limits limits;
        limits.connect = 1'500ms;
        limits.silence = 300ms;
        limits.probe = 300ms;
        const net::Endpoint endpoint = m_server.endpoint(QString::fromLatin1(listener));
        m_transport = std::make_unique<net::CurlTransport>(endpoint, limits);
        m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, endpoint.address(), nullptr);
        m_pod = std::make_unique<PodWatch>(m_session->store(PodWatch::sourceOf("team-a", "web")), "web");
        m_follower = std::make_unique<LogFollower>(m_session->client(), m_session->clock(), *m_pod, "team-a", "web");
        m_follower->open({.container = container});
    }
    Strings lines() const
    {
        Strings out;
        const LogRing &ring = m_follower->ring();
        for (RowNumber n = ring.begin(); n < ring.end(); ++n) {
            if (ring.row(n).isLine())
                out.emplace_back(ring.text(n));
        }
        return out;
    }
    Strings ours() const
    {
        Strings out;
        for (const RowNumber n : m_follower->ring().ours())
            out.emplace_back(m_follower->ring().text(n));
        return out;
    }

    test::FaultServer m_server;
    Strings m_expected;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<net::CurlTransport> m_transport;
    std::unique_ptr<kube::Session> m_session;
    std::unique_ptr<PodWatch> m_pod;
    std::unique_ptr<LogFollower> m_follower;
};

QTEST_GUILESS_MAIN(LogFaultsTest)
#include "tst_log_faults.moc"
