// SPDX-License-Identifier: GPL-3.0-or-later
// Which servers are asked when, and what is kept of their answers. The servers are scripts; real ones: label live.
#include "support/clustersworld.h"

#include "contexts/contextbook.h"
#include "contexts/reachability.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace fairlead {

using contexts::ContextFacts;
using contexts::ContextList;
using contexts::Reach;
using contexts::Reachability;
using contexts::Standing;
using test::ClustersWorld;
using test::FakeClock;
using namespace std::chrono_literals;

namespace {

std::vector<ContextFacts> contextsOf(int count)
{
    std::vector<ContextFacts> contexts;
    for (int i = 0; i < count; ++i) {
        ContextFacts facts;
        facts.name = "c" + std::to_string(10 + i);
        facts.server = "https://" + facts.name + ".example.com:6443";
        contexts.push_back(facts);
    }
    return contexts;
}

/// Contexts c10, c11 … whose servers are scripts, and who asks them.
struct Asking {
    FakeClock clock;
    ClustersWorld world{clock};
    Reachability reachability{world, clock};

    explicit Asking(int count) { world.list.contexts = contextsOf(count); }
    void begin()
    {
        reachability.setContexts(world.list.contexts);
        reachability.beginWatch();
    }
};

Error noConnection()
{
    return {.code = Code::Unreachable, .message = "refused the connection", .remedy = "Check the address."};
}

} // namespace

class TestReachability : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nobodyIsAskedBeforeSomeoneLooks();
    void atMostSixAtOnce();
    void tellsVersionAndRoundTrip();
    void theLastTripsAreKept();
    void slowIsThreeTimesTheUsual();
    void refusedIsNotFailed();
    void whatDoesNotOpenFails();
    void sinceAndVersionStay();
    void deadOnesWaitForTheOthers();
    void onceAMinuteWhileWatched();
    void changedContextsAreAskedAnew();
    void goneContextsAreForgotten();
    void whatCannotBeUsedIsNotAsked();
    void recordingsAreAskedOnlyWhenTheyAreShown();
    void anotherServerIsNotKubernetes();
};

void TestReachability::nobodyIsAskedBeforeSomeoneLooks()
{
    Asking asking(3);
    auto &[clock, world, reachability] = asking;
    QSignalSpy changed(&reachability, &Reachability::changed);
    reachability.setContexts(world.list.contexts);
    world.settle();
    QCOMPARE(world.opens, 0);
    QVERIFY(reachability.isSettled());
    reachability.beginWatch();
    QCOMPARE(changed.size(), 3); // all are being checked
    QVERIFY(!reachability.isSettled());
    QCOMPARE(world.asked().size(), std::size_t(3));
    // A second one who looks asks nobody again.
    reachability.beginWatch();
    reachability.endWatch();
    QCOMPARE(world.opens, 3);
}

void TestReachability::atMostSixAtOnce()
{
    Asking asking(20);
    auto &[clock, world, reachability] = asking;
    QSignalSpy settled(&reachability, &Reachability::settled);
    asking.begin();
    for (int left = 20; left > 0; --left) {
        const auto asked = world.asked();
        QCOMPARE(int(asked.size()), std::min(6, left));
        world.answer(asked.front(), "v1.34.4", 5ms);
    }
    QCOMPARE(settled.size(), 1);
    QCOMPARE(world.opens, 20);
    for (const ContextFacts &facts : world.list.contexts) {
        QCOMPARE(reachability.reach(facts.name).state, Reach::State::Reachable);
        QCOMPARE(world.requests(facts.name), 2);
    }
}

void TestReachability::tellsVersionAndRoundTrip()
{
    Asking asking(1);
    auto &[clock, world, reachability] = asking;
    asking.begin();
    QCOMPARE(world.asked().size(), std::size_t(1));
    clock.advance(700ms); // the first answer needs a connection: that is no round trip
    world.answer("c10", "v1.34.4", 12ms);
    const Reach reach = reachability.reach("c10");
    QCOMPARE(reach.state, Reach::State::Reachable);
    QCOMPARE(reach.version, std::string("v1.34.4"));
    QCOMPARE(reach.roundTrip, std::optional(12ms));
    QCOMPARE(reach.checkedAt, clock.now());
    QVERIFY(!reach.error);
    QVERIFY(!reach.checking);
}

void TestReachability::theLastTripsAreKept()
{
    Asking asking(1);
    auto &[clock, world, reachability] = asking;
    asking.begin();
    for (int i = 1; i <= 14; ++i) {
        if (i == 13)
            world.fail("c10", noConnection());
        else
            world.answer("c10", "v1.34.4", std::chrono::milliseconds(i));
        if (i < 14)
            reachability.check("c10");
    }
    const Reach reach = reachability.reach("c10");
    QCOMPARE(reach.trips.size(), std::size_t(12));
    QCOMPARE(reach.trips.front(), std::optional(3ms)); // the oldest two have gone
    QCOMPARE(reach.trips[9], std::optional(12ms));
    QVERIFY(!reach.trips[10]);
    QCOMPARE(reach.trips.back(), std::optional(14ms));
    // Another server's times are not this one's.
    std::vector<ContextFacts> contexts = world.list.contexts;
    contexts[0].server = "https://elsewhere.example.com";
    reachability.setContexts(contexts);
    QVERIFY(reachability.reach("c10").trips.empty());
}

void TestReachability::slowIsThreeTimesTheUsual()
{
    using contexts::Pace;
    const auto pace = [](std::initializer_list<int> trips) {
        Reach reach;
        reach.state = Reach::State::Reachable;
        for (const int trip : trips)
            reach.trips.push_back(trip < 0 ? std::nullopt : std::optional(std::chrono::milliseconds(trip)));
        return contexts::paceOf(reach);
    };
    QCOMPARE(pace({}), Pace::Unknown);
    QCOMPARE(pace({900}), Pace::Usual); // slow for somebody, and for this server nobody knows
    QCOMPARE(pace({20, 20, 60}), Pace::Usual);
    QCOMPARE(pace({20, 20, 20, 59}), Pace::Usual);
    QCOMPARE(pace({20, 20, 20, 60}), Pace::Slow);
    QCOMPARE(pace({20, 500, 20, 20, 60}), Pace::Slow); // once is not usual
    QCOMPARE(pace({1, 1, 1, 49}), Pace::Usual);        // nobody feels it
    QCOMPARE(pace({1, 1, 1, 50}), Pace::Slow);
    QCOMPARE(pace({20, -1, 20, -1, 20, 60}), Pace::Slow);
    QCOMPARE(pace({20, 20, -1, -1, 60}), Pace::Usual); // two times are no habit
    QCOMPARE(pace({20, 20, 20, -1}), Pace::Unknown);
    QCOMPARE(pace({999}), Pace::Usual);
    QCOMPARE(pace({1'000, 1'000, 1'000, 1'000}), Pace::Crawling);
}

void TestReachability::refusedIsNotFailed()
{
    Asking asking(2);
    auto &[clock, world, reachability] = asking;
    reachability.setContexts(world.list.contexts);
    world.refuse("c10", 401, "Unauthorized", "Unauthorized");
    world.refuse("c11", 403, "Forbidden", "User cannot get path /version");
    reachability.beginWatch();
    world.settle();
    QVERIFY(reachability.isSettled());
    QCOMPARE(reachability.reach("c10").state, Reach::State::Refused);
    QCOMPARE(reachability.reach("c10").error->code, Code::Unauthorized);
    QCOMPARE(reachability.reach("c11").state, Reach::State::Refused);
    QVERIFY(reachability.reach("c11").error->message.find("/version") != std::string::npos);
}

void TestReachability::whatDoesNotOpenFails()
{
    Asking asking(2);
    auto &[clock, world, reachability] = asking;
    world.refusals["c10"] = {.code = Code::BadInput, .message = "its key cannot be read"};
    asking.begin();
    world.settle();
    QCOMPARE(reachability.reach("c10").state, Reach::State::Failed);
    QCOMPARE(reachability.reach("c10").error->message, std::string("its key cannot be read"));
    QVERIFY(reachability.reach("c11").checking);
}

void TestReachability::sinceAndVersionStay()
{
    Asking asking(1);
    auto &[clock, world, reachability] = asking;
    asking.begin();
    world.answer("c10", "v1.31.2", 3ms);
    const auto up = reachability.reach("c10").since;
    QCOMPARE(up, clock.now());
    clock.advance(5s);
    reachability.check("c10");
    QVERIFY(reachability.reach("c10").checking);
    QCOMPARE(reachability.reach("c10").state, Reach::State::Reachable); // the last one's, until there is another
    world.fail("c10", noConnection());
    const auto down = reachability.reach("c10").since;
    QVERIFY(down > up);
    QCOMPARE(reachability.reach("c10").version, std::string("v1.31.2")); // last seen
    QVERIFY(!reachability.reach("c10").roundTrip);
    clock.advance(5s);
    reachability.check("c10");
    world.fail("c10", noConnection());
    QCOMPARE(reachability.reach("c10").since, down);
    QVERIFY(reachability.reach("c10").checkedAt > down);
    reachability.check("c10");
    world.answer("c10", "v1.31.3", 3ms);
    QVERIFY(!reachability.reach("c10").error);
    QCOMPARE(reachability.reach("c10").version, std::string("v1.31.3"));
}

void TestReachability::deadOnesWaitForTheOthers()
{
    Asking asking(14);
    auto &[clock, world, reachability] = asking;
    asking.begin();
    // The first eight are dead.
    for (int i = 0; i < 14; ++i) {
        const std::string name = "c" + std::to_string(10 + i);
        if (i < 8)
            world.fail(name, noConnection());
        else
            world.answer(name, "v1.34.4", 1ms);
    }
    QVERIFY(reachability.isSettled());
    reachability.checkAll();
    const auto asked = world.asked();
    QCOMPARE(asked.size(), std::size_t(6));
    for (const std::string &name : asked)
        QVERIFY2(name >= "c18", name.c_str());
}

void TestReachability::onceAMinuteWhileWatched()
{
    Asking asking(1);
    auto &[clock, world, reachability] = asking;
    asking.begin();
    world.answer("c10", "v1.34.4", 1ms);
    QCOMPARE(world.opens, 1);
    clock.advance(59s);
    QCOMPARE(world.opens, 1);
    clock.advance(1s);
    QCOMPARE(world.opens, 2);
    // While one check is under way there is no second.
    clock.advance(3min);
    QCOMPARE(world.opens, 2);
    world.answer("c10", "v1.34.4", 1ms);
    clock.advance(60s);
    QCOMPARE(world.opens, 3);
    world.answer("c10", "v1.34.4", 1ms);
    reachability.endWatch();
    clock.advance(30s);
    reachability.beginWatch(); // looked at again: what is known is new enough
    QCOMPARE(world.opens, 3);
    reachability.endWatch();
    clock.advance(10min);
    QCOMPARE(world.opens, 3);
    QCOMPARE(clock.timers(), std::size_t(0));
    reachability.beginWatch();
    QCOMPARE(world.opens, 4);
}

void TestReachability::changedContextsAreAskedAnew()
{
    Asking asking(8);
    auto &[clock, world, reachability] = asking;
    asking.begin();
    QCOMPARE(world.asked().size(), std::size_t(6));
    // c10 leads elsewhere while it is asked: its late answer is nobody's, and there are never more than six.
    std::vector<ContextFacts> contexts = world.list.contexts;
    contexts[0].server = "https://elsewhere.example.com";
    contexts[1].nameSpace = "other"; // changes nothing for the server
    reachability.setContexts(contexts);
    QCOMPARE(world.asked().size(), std::size_t(6));
    for (int i = 1; i < 8; ++i)
        world.answer("c" + std::to_string(10 + i), "v1.34.4", 1ms);
    QCOMPARE(world.asked(), std::vector<std::string>{"c10"});
    QCOMPARE(reachability.reach("c10").state, Reach::State::NotAsked);
    world.answer("c10", "v1.30.0", 1ms);
    QCOMPARE(reachability.reach("c10").version, std::string("v1.30.0"));
    QVERIFY(reachability.isSettled());
    // The same list again asks nobody.
    const int opens = world.opens;
    reachability.setContexts(contexts);
    QCOMPARE(world.opens, opens);
    QCOMPARE(reachability.reach("c10").version, std::string("v1.30.0"));
}

void TestReachability::goneContextsAreForgotten()
{
    Asking asking(8);
    auto &[clock, world, reachability] = asking;
    QSignalSpy settled(&reachability, &Reachability::settled);
    asking.begin();
    QCOMPARE(world.asked().size(), std::size_t(6));
    reachability.setContexts({});
    QVERIFY(reachability.isSettled());
    QCOMPARE(settled.size(), 1);
    QCOMPARE(world.asked().size(), std::size_t(0)); // cancelled, not only forgotten
    QCOMPARE(reachability.reach("c10").state, Reach::State::NotAsked);
    reachability.check("c10"); // nobody
    QCOMPARE(world.opens, 6);
}

void TestReachability::whatCannotBeUsedIsNotAsked()
{
    Asking asking(3);
    auto &[clock, world, reachability] = asking;
    world.list.contexts[0].standing = Standing::NotYet;
    world.list.contexts[1].standing = Standing::Broken;
    asking.begin();
    reachability.checkAll();
    reachability.check("c10");
    QCOMPARE(world.asked(), std::vector<std::string>{"c12"});
    // Once its plugin has gone from the file, it is.
    world.list.contexts[0].standing = Standing::Usable;
    reachability.setContexts(world.list.contexts);
    QCOMPARE(world.asked().size(), std::size_t(2));
}

void TestReachability::anotherServerIsNotKubernetes()
{
    Asking asking(1);
    auto &[clock, world, reachability] = asking;
    asking.begin();
    world.answer("c10", "", 1ms);
    QCOMPARE(reachability.reach("c10").state, Reach::State::Failed);
    QCOMPARE(reachability.reach("c10").error->code, Code::NotKubernetes);
    QVERIFY(!reachability.reach("c10").error->server.empty());
}

void TestReachability::recordingsAreAskedOnlyWhenTheyAreShown()
{
    Asking asking(2);
    auto &[clock, world, reachability] = asking;
    world.list.contexts[1].recording = "/x/a.flrec";
    asking.begin();
    QCOMPARE(world.asked(), std::vector<std::string>{"c10"});
    world.answer("c10", "v1.34.4", 5ms);
    QVERIFY(reachability.isSettled());
    clock.advance(Reachability::interval);
    QCOMPARE(world.asked(), std::vector<std::string>{"c10"}); // no round opens a file
    world.answer("c10", "v1.34.4", 5ms);
    reachability.checkAll();
    QCOMPARE(world.asked(), std::vector<std::string>{"c10"});
    world.answer("c10", "v1.34.4", 5ms);
    reachability.check("c11");
    world.answer("c11", "v1.33.1", 1ms);
    QCOMPARE(reachability.reach("c11").version, std::string("v1.33.1"));
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestReachability)
#include "tst_reachability.moc"
