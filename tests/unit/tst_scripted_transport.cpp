// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/collected.h"
#include "support/scriptedtransport.h"

#include <QTest>

#include <future>
#include <thread>

using namespace fairlead;
using namespace fairlead::net;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

Request request(Verb verb, std::string path, std::vector<std::pair<std::string, std::string>> query = {})
{
    return {.verb = verb, .path = std::move(path), .query = std::move(query)};
}

} // namespace

/// The tool that the tests of reflector and store stand on keeps the seam's contract.
class ScriptedTransportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersComeWhenDelivered()
    {
        ScriptedTransport server;
        server.on(Verb::List, "/pods", answer("0123456789").splitAt({3, 7, 99}));
        const Collected seen;
        (void)server.start(request(Verb::List, "/pods"), seen.sink());
        QCOMPARE(seen.seen().heads, 0);
        QCOMPARE(server.deliver(2), 2); // head, first chunk
        QCOMPARE(seen.seen().body, std::string("012"));
        QCOMPARE(server.deliver(), 3);
        QCOMPARE(seen.seen().body, std::string("0123456789"));
        QCOMPARE(seen.seen().chunks, 3);
        QVERIFY(seen.seen().result->has_value() && !seen.seen().disorder);
        QCOMPARE(server.deliver(), 0);
        QCOMPARE(server.count(Verb::List, "/pods"), 1);
        QCOMPARE(server.count(Verb::Watch), 0);
    }

    void rulesAreTakenInOrderAndUsedUp()
    {
        ScriptedTransport server;
        server.on(Verb::List, "/pods", refusal(410, "Expired", "too old"), 1);
        server.on(
            Verb::List, "/pods", [](const Request &asked) { return ScriptedTransport::queryValue(asked, "limit") == "1"; },
            [](const Request &asked) { return answer("limit " + ScriptedTransport::queryValue(asked, "limit")); });
        server.on(Verb::List, "/pods", answer("all"));
        std::vector<Collected> seen(3);
        (void)server.start(request(Verb::List, "/pods"), seen[0].sink());
        (void)server.start(request(Verb::List, "/pods", {{"limit", "1"}}), seen[1].sink());
        (void)server.start(request(Verb::List, "/pods"), seen[2].sink());
        server.deliver();
        QCOMPARE(seen[0].seen().head->status, 410);
        QCOMPARE(seen[1].seen().body, std::string("limit 1"));
        QCOMPARE(seen[2].seen().body, std::string("all"));
        QCOMPARE(server.unexpected(), 0);
        server.forget();
        const Collected none;
        (void)server.start(request(Verb::Get, "/nothing"), none.sink());
        server.deliver();
        QCOMPARE(none.seen().head->status, 404);
        QCOMPARE(server.unexpected(), 1);
    }

    void heldStreamsAreFedAndEnded()
    {
        ScriptedTransport server;
        server.on(Verb::Watch, "/pods", held({"first\n"}));
        server.on(Verb::Watch, "/jobs", held());
        std::vector<Collected> seen(3);
        (void)server.start(request(Verb::Watch, "/pods"), seen[0].sink());
        (void)server.start(request(Verb::Watch, "/pods"), seen[1].sink());
        (void)server.start(request(Verb::Watch, "/jobs"), seen[2].sink());
        server.deliver();
        QCOMPARE(server.open(), 3);
        QCOMPARE(server.push("second\n", "/pods"), 2);
        QCOMPARE(server.alive("/jobs"), 1);
        QCOMPARE(server.endWatch("/jobs"), 1);
        QCOMPARE(server.push("late", "/jobs"), 0);
        QCOMPARE(server.breakWatch({.code = Code::Interrupted}, "/pods"), 2);
        server.deliver();
        QCOMPARE(seen[0].seen().body, std::string("first\nsecond\n"));
        QVERIFY(seen[1].error()->code == Code::Interrupted);
        QVERIFY(seen[2].seen().result->has_value());
        QCOMPARE(seen[2].seen().alive, 1);
        QCOMPARE(server.open(), 0);
    }

    void cancelledRequestsEndOnceAndGiveNothingMore()
    {
        ScriptedTransport server;
        server.on(Verb::List, "/pods", answer("abc").splitEvery(1));
        const Collected seen;
        const Ticket ticket = server.start(request(Verb::List, "/pods"), seen.sink());
        server.deliver(2);
        server.cancel(ticket);
        server.cancel(ticket);
        QCOMPARE(seen.seen().ends, 0); // never on the caller's stack
        server.deliver();
        QCOMPARE(seen.seen().body, std::string("a"));
        QCOMPARE(seen.seen().ends, 1);
        QVERIFY(seen.error()->code == Code::Cancelled);
        QCOMPARE(server.cancelled(), 1);
        server.cancel(ticket);
        QCOMPARE(server.cancelled(), 1);
    }

    void connectionsCanFailAtOnceOrLater()
    {
        ScriptedTransport server;
        server.on(Verb::List, "/a", noAnswer({.code = Code::Unreachable}));
        server.on(Verb::List, "/b", answer("half").thenFail({.code = Code::Interrupted}));
        std::vector<Collected> seen(2);
        (void)server.start(request(Verb::List, "/a"), seen[0].sink());
        (void)server.start(request(Verb::List, "/b"), seen[1].sink());
        server.deliver();
        QCOMPARE(seen[0].seen().heads, 0);
        QVERIFY(seen[0].error()->code == Code::Unreachable);
        QCOMPARE(seen[1].seen().body, std::string("half"));
        QVERIFY(seen[1].error()->code == Code::Interrupted);
    }

    void sinksMayStartAndCancel()
    {
        ScriptedTransport server;
        server.on(Verb::Get, "/a", answer("a"));
        server.on(Verb::Watch, "/b", held());
        const Collected first;
        const Collected second;
        Sink sink = first.sink();
        sink.end = [&](Result<void> result) {
            server.cancel(server.start(request(Verb::Watch, "/b"), second.sink()));
            first.sink().end(std::move(result));
        };
        (void)server.start(request(Verb::Get, "/a"), std::move(sink));
        server.deliver();
        QCOMPARE(first.seen().ends, 1);
        QVERIFY(second.error()->code == Code::Cancelled);
    }

    void ownThreadDelivers()
    {
        const Collected seen;
        {
            ScriptedTransport server(ScriptedTransport::Mode::Threaded);
            server.on(Verb::Watch, "/pods", held({"a"}));
            (void)server.start(request(Verb::Watch, "/pods"), seen.sink());
            QVERIFY(seen.waitFor([](const Collected::Seen &now) { return now.body == "a"; }));
            QVERIFY(seen.seen().thread != std::this_thread::get_id());
            QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.open() == 1; }));
        }
        QVERIFY(seen.error()->code == Code::Cancelled); // by the destructor
    }

    // What an answer costs is the server's: who asks goes on. Until it is made, there is no stream that could be fed.
    void ownThreadMakesAnswers()
    {
        const Collected seen;
        const Collected cancelled;
        std::promise<void> released;
        const std::shared_future<void> mayAnswer = released.get_future().share();
        std::thread::id maker;
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        server.on(
            Verb::Watch, "/pods", [](const Request &) { return true; },
            [&](const Request &) {
                (void)mayAnswer.wait_for(10s);
                maker = std::this_thread::get_id();
                return held({"a"});
            });
        (void)server.start(request(Verb::Watch, "/pods"), seen.sink());
        const auto second = server.start(request(Verb::Watch, "/pods"), cancelled.sink());
        QCOMPARE(server.count(Verb::Watch, "/pods"), 2);
        QCOMPARE(server.open(), 0);
        QCOMPARE(server.push("lost"), 0);
        server.cancel(second);
        released.set_value();
        QVERIFY(seen.waitFor([](const Collected::Seen &now) { return now.body == "a"; }));
        QVERIFY(maker != std::this_thread::get_id());
        QVERIFY(cancelled.waitFor([](const Collected::Seen &now) { return now.ends == 1; }));
        QCOMPARE(cancelled.seen().body, std::string());
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.open() == 1; }));
        QCOMPARE(server.push("b"), 1);
        QVERIFY(seen.waitFor([](const Collected::Seen &now) { return now.body == "ab"; }));
    }
};

QTEST_APPLESS_MAIN(ScriptedTransportTest)
#include "tst_scripted_transport.moc"
