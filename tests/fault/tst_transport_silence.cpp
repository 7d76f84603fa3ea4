// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/net/curltransport.h"
#include "support/faultserver.h"
#include "support/transportcase.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <condition_variable>
#include <list>
#include <mutex>

#include <dlfcn.h>
#include <netdb.h>

namespace {

/// Stands for a name server that does not answer: whoever asks for this name waits until the test is done with it.
class SlowNames {
public:
    void answer()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_answered = true;
        }
        m_changed.notify_all();
    }
    void wait()
    {
        std::unique_lock lock(m_mutex);
        m_asked = true;
        m_changed.notify_all();
        m_changed.wait_for(lock, std::chrono::seconds(30), [this] { return m_answered; });
    }
    bool waitUntilAsked()
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(10), [this] { return m_asked; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_asked = false;
    bool m_answered = false;
};

SlowNames slowNames;

} // namespace

/// libcurl finds this one before the C library's.
extern "C" int getaddrinfo(const char *node, const char *service, const addrinfo *hints, addrinfo **result)
{
    if (node && std::string_view(node) == "slow-name.test") {
        slowNames.wait();
        return EAI_AGAIN;
    }
    using Real = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(node, service, hints, result);
}

using namespace fairlead;
using namespace fairlead::net;
using fairlead::test::codeOf;
using fairlead::test::Collected;
using fairlead::test::fetch;
using fairlead::test::json;
using fairlead::test::messageOf;
using namespace fairlead::test::requests;
using Seen = Collected::Seen;
using namespace std::chrono_literals;

namespace {

Limits quick()
{
    Limits out = test::quickLimits(1'500ms, 300ms);
    out.listStall = 1s;
    return out;
}

} // namespace

/// Against real sockets: what is slow, silent, stuck or too much.
class TransportSilenceTest : public QObject {
    Q_OBJECT

private:
    test::FaultServer m_server;

    Seen ask(const Endpoint &endpoint, Request request, const Limits &limits = quick())
    {
        CurlTransport transport(endpoint, limits);
        return fetch(transport, std::move(request));
    }

private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_server.whyNot(), QString()); }
    void init() { m_server.thaw(); }

    void slowBodiesComeInOrder()
    {
        const Seen seen = ask(m_server.endpoint(QStringLiteral("good")), get("/bytewise"));
        QCOMPARE(seen.body, std::string(R"({"kind":"Status"})"));
        QVERIFY(!seen.disorder);
    }

    void deadlinesEndWhatDoesNotAnswer()
    {
        Limits limits = quick();
        limits.silence = 20s; // the deadline alone
        Request request = get("/silent");
        request.deadline = 400ms;
        const Seen seen = ask(m_server.endpoint(QStringLiteral("good")), request, limits);
        QCOMPARE(codeOf(seen.result), QStringLiteral("Timeout"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("did not answer within 400 ms")), qPrintable(messageOf(seen)));
    }

    void listsThatStallEndAndWatchesThatRestDoNot()
    {
        Limits limits = quick();
        limits.silence = 20s;
        CurlTransport transport(m_server.endpoint(QStringLiteral("good")), limits);
        const Collected watching;
        // Nothing at all from the start: a byte would count for five seconds in libcurl's speed.
        const Ticket ticket = transport.start(watch("/silent"), watching.sink());

        const Seen seen = fetch(transport, list("/list/stalls"));

        QCOMPARE(codeOf(seen.result), QStringLiteral("Timeout"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("stopped sending")), qPrintable(messageOf(seen)));
        // Older, and as quiet; one more list's time, so that it is not merely a moment behind.
        QCOMPARE(codeOf(fetch(transport, list("/list/stalls")).result), QStringLiteral("Timeout"));
        QCOMPARE(watching.seen().ends, 0);
        transport.cancel(ticket);
        QVERIFY(watching.waitForEnd());
        QCOMPARE(codeOf(watching.seen().result), QStringLiteral("Cancelled"));
    }

    void watchesThatEndAreGoodEnds()
    {
        const Seen seen = ask(m_server.endpoint(QStringLiteral("good")), watch("/watch/ends"));
        QCOMPARE(codeOf(seen.result), QStringLiteral("ok"));
        QCOMPARE(seen.body, std::string("{\"type\":\"ADDED\"}\n"));
    }

    // HTTP/1.1: the answer comes on another connection than the watch's own. (On its own: tst_transport_live.)
    void anAnswerOnAnotherConnectionCountsWhereOnesOwnAcknowledges_data()
    {
        QTest::addColumn<bool>("acknowledged");
        QTest::newRow("acknowledged") << true;
        QTest::newRow("not for so long that it may be dead") << false;
    }
    void anAnswerOnAnotherConnectionCountsWhereOnesOwnAcknowledges()
    {
        QFETCH(bool, acknowledged);
        Limits limits = quick();
        if (!acknowledged)
            limits.keepAlive = {.idle = 0s, .interval = 0s}; // what is a moment old is too old
        CurlTransport transport(m_server.endpoint(QStringLiteral("good")), limits);
        const Collected watching;
        (void)transport.start(watch("/watch"), watching.sink());
        QVERIFY(watching.waitFor([](const Seen &seen) { return !seen.body.empty(); }));
        const auto asked = [&] {
            const Seen seen = fetch(transport, get("/count"));
            return QJsonDocument::fromJson(QByteArray::fromStdString(seen.body)).object()[QLatin1String("/version")].toInt();
        };
        // Bytes on another connection all the while: this one is asked after all the same.
        const int before = asked();
        QElapsedTimer timer;
        timer.start();
        while (asked() < before + 3 && timer.elapsed() < 10'000)
            continue;
        QVERIFY2(asked() >= before + 3, "a quiet connection beside a busy one was not asked after");
        QVERIFY2(asked() - before <= timer.elapsed() / limits.silence.count() + 1, "asked again and again");
        if (acknowledged)
            QVERIFY(watching.waitFor([](const Seen &seen) { return seen.alive >= 2; }));
        else
            QCOMPARE(watching.seen().alive, 0);
        QCOMPARE(watching.seen().ends, 0);
        QVERIFY(!watching.seen().disorder);
        m_server.freeze(); // the kernel still acknowledges
        QVERIFY(watching.waitForEnd());
        QCOMPARE(codeOf(watching.seen().result), QStringLiteral("Timeout"));
    }

    void silentConnectionsThatDoNotAnswerEnd()
    {
        CurlTransport transport(m_server.endpoint(QStringLiteral("good")), quick());
        std::list<Collected> watching(5);
        for (const Collected &one : watching)
            (void)transport.start(watch("/watch"), one.sink());
        for (const Collected &one : watching)
            QVERIFY(one.waitFor([](const Seen &seen) { return !seen.body.empty(); }));
        m_server.freeze();
        for (const Collected &one : watching) {
            QVERIFY(one.waitForEnd());
            QCOMPARE(codeOf(one.seen().result), QStringLiteral("Timeout"));
            QVERIFY2(messageOf(one.seen()).contains(QLatin1String("fell silent")), qPrintable(messageOf(one.seen())));
        }
        m_server.thaw();
        const int before = transport.connections();
        QCOMPARE(codeOf(fetch(transport, get("/version")).result), QStringLiteral("ok"));
        QCOMPARE(transport.connections(), before + 1); // not the dead one
    }

    void cancellingWhileConnectingIsAtOnce()
    {
        CurlTransport transport(m_server.endpoint(QStringLiteral("mute")), quick());
        const Collected collected;
        const Ticket ticket = transport.start(get("/version"), collected.sink());
        transport.cancel(ticket);
        QVERIFY(collected.waitForEnd(1'000ms));
        QCOMPARE(codeOf(collected.seen().result), QStringLiteral("Cancelled"));
        transport.cancel(ticket);
        transport.cancel(0);
        transport.cancel(12345678);
        QCOMPARE(collected.seen().ends, 1);
    }

    void cancellingWhileANameIsLookedUpIsAtOnce()
    {
        Endpoint endpoint;
        endpoint.server = "https://slow-name.test:6443";
        const Collected cancelled;
        const Collected left;
        QElapsedTimer timer;
        {
            CurlTransport transport(endpoint, quick());
            const Ticket ticket = transport.start(watch("/version"), cancelled.sink());
            QVERIFY(slowNames.waitUntilAsked());
            timer.start();
            transport.cancel(ticket);
            QVERIFY(cancelled.waitForEnd(2s));
            (void)transport.start(get("/version"), left.sink());
        }
        QVERIFY2(timer.elapsed() < 5'000, "the worker waited for the name server");
        slowNames.answer();
        QCOMPARE(codeOf(left.seen().result), QStringLiteral("Cancelled"));
    }

    void allWhoWaitForAConnectionShareItsFate()
    {
        QElapsedTimer timer;
        timer.start();
        CurlTransport transport(m_server.endpoint(QStringLiteral("mute")), quick());
        std::list<Collected> many(100);
        for (const Collected &one : many)
            (void)transport.start(watch("/version"), one.sink());
        for (const Collected &one : many) {
            QVERIFY(one.waitForEnd());
            QCOMPARE(codeOf(one.seen().result), QStringLiteral("Unreachable"));
        }
        QVERIFY2(timer.elapsed() < 6'000, qPrintable(QString::number(timer.elapsed()))); // not a hundred times 1.5 s
    }

    void ownDeadlinesWhileConnectingAreNobodyElses()
    {
        CurlTransport transport(m_server.endpoint(QStringLiteral("mute")), quick());
        const Collected patient;
        (void)transport.start(watch("/version"), patient.sink());
        QTRY_COMPARE(transport.connections(), 1); // the second waits for it to stand
        Request hasty = get("/version");
        hasty.deadline = 200ms;
        const Seen seen = fetch(transport, hasty);
        QVERIFY2(messageOf(seen).contains(QLatin1String("within 200 ms")), qPrintable(messageOf(seen)));
        QCOMPARE(patient.seen().ends, 0);
        QVERIFY(patient.waitForEnd());
        QVERIFY(messageOf(patient.seen()).contains(QLatin1String("within 1500 ms")));
    }

    void destructionEndsEverything()
    {
        std::list<Collected> many(300);
        {
            CurlTransport transport(m_server.endpoint(QStringLiteral("good")), quick());
            for (const Collected &one : many)
                (void)transport.start(list("/silent"), one.sink());
        }
        for (const Collected &one : many) {
            QCOMPARE(one.seen().ends, 1);
            QCOMPARE(codeOf(one.seen().result), QStringLiteral("Cancelled"));
        }
    }

    void interactiveRequestsPassBulk()
    {
        Limits limits = quick();
        limits.silence = 20s;
        limits.bulk = 3;
        CurlTransport transport(m_server.endpoint(QStringLiteral("good")), limits);
        std::list<Collected> lists(20);
        for (const Collected &one : lists)
            (void)transport.start(list("/silent"), one.sink());
        QCOMPARE(codeOf(fetch(transport, get("/version")).result), QStringLiteral("ok"));
        QVERIFY2(transport.connections() <= 4, "more than three lists and one connection for who waits");
    }

    void waitingForATurnHasItsDeadlineToo()
    {
        Limits limits = quick();
        limits.silence = 20s;
        limits.listStall = 20s;
        limits.bulk = 1;
        CurlTransport transport(m_server.endpoint(QStringLiteral("good")), limits);
        const Collected first;
        (void)transport.start(list("/silent"), first.sink());
        Request second = list("/version");
        second.deadline = 300ms;
        const Seen seen = fetch(transport, second);
        QCOMPARE(codeOf(seen.result), QStringLiteral("Timeout"));
        QVERIFY2(messageOf(seen).contains(QLatin1String("for its turn")), qPrintable(messageOf(seen)));
    }
};

QTEST_GUILESS_MAIN(TransportSilenceTest)
#include "tst_transport_silence.moc"
