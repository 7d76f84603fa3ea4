// SPDX-License-Identifier: GPL-3.0-or-later
// A container's log through everything that happens to it: cuts, ends, waiting, refusals; and the search in it. Runs: tst_log_runs.
#include "logs/linetime.h"
#include "logs/logsearch.h"
#include "support/followedlog.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::logs;
using namespace fairlead::test;
using namespace std::chrono_literals;
using Phase = LogState::Phase;
using Strings = std::vector<std::string>;

class LogFollowerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_log = std::make_unique<FollowedLog>(); }
    void cleanup()
    {
        QCOMPARE(m_log->bench.server.unexpected(), 0);
        m_log.reset();
    }

    void linesAreFollowed()
    {
        m_log->answers({logAnswer({logLine(1, "one"), logLine(2, "two")})});
        m_log->start(running("a"));
        QCOMPARE(m_log->rows(), (Strings{"one", "two"}));
        QCOMPARE(m_log->follower().state().phase, Phase::Following);
        m_log->bench.server.push(logLine(3, "three"), FollowedLog::path);
        m_log->bench.settle();
        QCOMPARE(m_log->rows(), (Strings{"one", "two", "three"}));
        const auto request = m_log->requests().at(0);
        QCOMPARE(ScriptedTransport::queryValue(request, "container"), std::string("api"));
        QCOMPARE(ScriptedTransport::queryValue(request, "follow"), std::string("true"));
        QCOMPARE(ScriptedTransport::queryValue(request, "timestamps"), std::string("true"));
        QCOMPARE(ScriptedTransport::queryValue(request, "tailLines"), std::string("100000"));
        QVERIFY(request.traffic == net::Traffic::Log);
    }

    void sinceIsAsked()
    {
        m_log->answers({logAnswer({logLine(1, "one")})});
        m_log->start(running("a"), {.container = "api", .since = 3600s});
        QCOMPARE(ScriptedTransport::queryValue(m_log->requests().at(0), "sinceSeconds"), std::string("3600"));
    }

    void aCutStreamSaysSoAndGoesOn()
    {
        m_log->answers({logAnswer({logLine(1, "one"), logLine(2, "two"), "2027-01-15T08:00:02.5Z half a l"}),
            noAnswer({.code = Code::Unreachable, .message = "refused"}),
            logAnswer({logLine(2, "two"), logLine(2, "more of it"), logLine(3, "three")})});
        m_log->start(running("a"));
        m_log->cut();
        QCOMPARE(m_log->follower().state().phase, Phase::Cut);
        QVERIFY(m_log->follower().state().nextTry.has_value());
        QCOMPARE(m_log->follower().state().why->message, std::string("the connection was cut"));
        QCOMPARE(m_log->rows(), (Strings{"one", "two"}));
        m_log->bench.advance(10s);
        QCOMPARE(m_log->requests().size(), std::size_t(3));
        const auto resumed = m_log->requests().back();
        QCOMPARE(ScriptedTransport::queryValue(resumed, "sinceTime"), std::string("2027-01-15T08:00:02Z"));
        QCOMPARE(ScriptedTransport::queryValue(resumed, "tailLines"), std::string());
        const Strings seen = m_log->rows();
        QCOMPARE(seen.size(), std::size_t(5));
        QVERIFY(seen[2].starts_with("no lines for ") && seen[2].ends_with(": stream cut, resumed "));
        QCOMPARE((Strings{seen[0], seen[1], seen[3], seen[4]}), (Strings{"one", "two", "more of it", "three"}));
        QCOMPARE(int(m_log->follower().ring().row(2).kind), int(LogRow::Kind::Gap));
        QCOMPARE(m_log->follower().state().phase, Phase::Following);
    }

    void backingOffGrowsAndCanBeCutShort()
    {
        m_log->answers({noAnswer({.code = Code::Unreachable, .message = "refused"})}, ScriptedTransport::always);
        m_log->start(running("a"));
        m_log->bench.advance(20s);
        const auto slow = m_log->requests().size();
        QVERIFY2(slow >= 4 && slow <= 8, qPrintable(QString::number(slow)));
        m_log->follower().retry();
        m_log->bench.settle();
        QCOMPARE(m_log->requests().size(), slow + 1);
        QVERIFY(m_log->rows().empty()); // nothing was there that could have been cut
    }

    void theEndOfAContainerIsARowAndItsNextRunFollows()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(60, "fresh")})});
        m_log->start(running("a"));
        m_log->bench.server.push("2027-01-15T08:00:05Z last words", FollowedLog::path);
        m_log->end();
        QCOMPARE(m_log->rows(), Strings{"one"}); // not known yet what the end means
        m_log->change(backingOff("a"));
        QCOMPARE(m_log->rows(), (Strings{"one", "last words", "api ended : OOMKilled, exit 137"}));
        const LogRow &ending = m_log->follower().ring().row(2);
        QCOMPARE(int(ending.kind), int(LogRow::Kind::Failed));
        QCOMPARE(sinceText(ending.time), std::string("2027-01-15T08:00:05Z"));
        QCOMPARE(int(ending.word), 10); // where the time belongs
        QCOMPARE(m_log->follower().state().phase, Phase::Waiting);
        QCOMPARE(m_log->pod().find("api")->nextStart(), parseTime("2027-01-15T08:02:45Z"));
        m_log->bench.advance(60s);
        QCOMPARE(m_log->requests().size(), std::size_t(1)); // nobody asks meanwhile
        m_log->change(running("b", R"(,"restartCount":15,"lastState":)" + terminated("a")));
        QCOMPARE(m_log->rows(), (Strings{"one", "last words", "api ended : OOMKilled, exit 137", "api started , restart 15", "fresh"}));
        QCOMPARE(m_log->asked("sinceTime"), std::string());
    }

    void aRestartWithoutAMomentOfWaiting()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(60, "fresh")})});
        m_log->start(running("a"));
        m_log->change(running("b", R"(,"restartCount":1,"lastState":)" + terminated("a", 0, "Completed")));
        QCOMPARE(m_log->rows(), Strings{"one"}); // the old stream is still open: it may bring the last lines
        m_log->end();
        QCOMPARE(m_log->rows(), (Strings{"one", "api ended : Completed, exit 0", "api started , restart 1", "fresh"}));
        QCOMPARE(int(m_log->follower().ring().row(1).kind), int(LogRow::Kind::Done));
    }

    void aServerThatLetsGoIsAskedAgain()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(1, "one"), logLine(2, "two")})});
        m_log->start(running("a"));
        m_log->end();
        m_log->bench.advance(1s);
        QCOMPARE(m_log->requests().size(), std::size_t(1));
        m_log->bench.advance(3s);
        QCOMPARE(m_log->requests().size(), std::size_t(2));
        QCOMPARE(m_log->rows().size(), std::size_t(3));
        QCOMPARE(m_log->rows().back(), std::string("two"));
    }

    void whatHasEndedIsReadOnce()
    {
        m_log->answers({logAnswer({logLine(1, "migrating"), logLine(2, "done")})});
        m_log->start(R"("state":)" + terminated("a", 0, "Completed"));
        m_log->end();
        QCOMPARE(m_log->rows(), (Strings{"migrating", "done", "api ended : Completed, exit 0"}));
        QCOMPARE(m_log->follower().state().phase, Phase::Ended);
        m_log->bench.advance(60s);
        QCOMPARE(m_log->requests().size(), std::size_t(1));
    }

    void aContainerThatWaitsIsWaitedFor()
    {
        m_log->answers({logAnswer({logLine(1, "at last")})});
        m_log->start(R"("state":{"waiting":{"reason":"ContainerCreating"}})");
        QCOMPARE(m_log->follower().state().phase, Phase::Waiting);
        QVERIFY(m_log->follower().state().words.starts_with("api has not started: ContainerCreating."));
        m_log->bench.advance(60s);
        QCOMPARE(m_log->requests().size(), std::size_t(0));
        m_log->change(running("a"));
        QCOMPARE(m_log->rows(), Strings{"at last"});
        QCOMPARE(m_log->follower().state().phase, Phase::Following);
    }

    void theServersRefusalsInWords()
    {
        m_log->answers({refusal(400, "BadRequest", "container \"api\" in pod \"web\" is waiting to start: image can't be pulled")}, 1);
        m_log->start(running("a")); // a status that is behind
        QCOMPARE(m_log->follower().state().phase, Phase::Waiting);
        QVERIFY(m_log->follower().state().words.find("image can't be pulled") != std::string::npos);
        m_log->answers({refusal(400, "BadRequest", "previous terminated container \"api\" in pod \"web\" not found")}, 1);
        m_log->follower().open({.container = "api", .previous = true});
        m_log->bench.settle();
        QCOMPARE(m_log->follower().state().phase, Phase::Failed);
        QCOMPARE(m_log->follower().state().words, std::string("api has not been restarted: there is no run before this one."));
        m_log->answers({refusal(403, "Forbidden", "pods \"web\" is forbidden: User \"dev\" cannot get resource \"pods/log\"")}, 1);
        m_log->follower().open({.container = "api"});
        m_log->bench.settle();
        QCOMPARE(m_log->follower().state().phase, Phase::Failed);
        QCOMPARE(m_log->follower().state().words, std::string("You may not read logs in team-a."));
        QVERIFY(m_log->follower().state().why.has_value());
        m_log->answers({refusal(404, "NotFound", "pods \"web\" not found")}, 1);
        m_log->follower().retry();
        m_log->bench.settle();
        QCOMPARE(m_log->follower().state().words, std::string("The pod web is not there any more."));
        // A node that the API server does not reach is no answer for good.
        m_log->answers({refusal(500, "InternalError", "Get \"https://node1:10250/containerLogs\": dial tcp: connection refused"),
            logAnswer({logLine(1, "back")})});
        m_log->follower().open({.container = "api"});
        m_log->bench.settle();
        QCOMPARE(m_log->follower().state().phase, Phase::Cut);
        m_log->bench.advance(2s);
        QCOMPARE(m_log->rows(), Strings{"back"});
    }

    void thePreviousRunIsReadAndEnds()
    {
        m_log->answers({logAnswer({logLine(1, "one")})});
        m_log->start(running("b", R"(,"restartCount":1,"lastState":)" + terminated("a", 3, "Error")), {.container = "api", .previous = true});
        QCOMPARE(ScriptedTransport::queryValue(m_log->requests().at(0), "previous"), std::string("true"));
        QCOMPARE(ScriptedTransport::queryValue(m_log->requests().at(0), "follow"), std::string());
        QCOMPARE(m_log->follower().state().phase, Phase::Reading);
        m_log->end();
        QCOMPARE(m_log->rows(), (Strings{"one", "api ended : Error, exit 3"}));
        QCOMPARE(m_log->follower().state().phase, Phase::Ended);
    }

    void aPodThatIsDeletedEndsItsLog()
    {
        m_log->answers({logAnswer({logLine(1, "one")})});
        m_log->start(running("a"));
        m_log->deletePod(running("a"));
        m_log->end();
        QCOMPARE(m_log->follower().state().phase, Phase::Ended);
        QCOMPARE(m_log->follower().state().words, std::string("The pod is gone."));
        QCOMPARE(m_log->rows(), Strings{"one"});
    }

    void anotherWishForgetsTheFirst()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(1, "other")})});
        m_log->start(running("a"));
        m_log->follower().open({.container = "api", .tail = 5});
        QVERIFY(m_log->rows().empty());
        m_log->bench.settle();
        QCOMPARE(m_log->rows(), Strings{"other"});
        QCOMPARE(m_log->bench.server.cancelled(), 1);
    }

    // What a node gives as the tail may have been written after one asked for it.
    void aTailIsWhatWasThereWhenItsAnswerBegan()
    {
        constexpr int asked = 3600;
        m_log->answers({logAnswer({}), logAnswer({logLine(asked - 1, "one"), logLine(asked + 1, "two")}), logAnswer({logLine(asked + 3, "three")})});
        m_log->start(running("a"));
        QVERIFY(!m_log->follower().hasOlder());
        m_log->follower().open({.container = "api", .tail = 2});
        m_log->bench.clock.advance(2s);
        m_log->bench.settle();
        QCOMPARE(m_log->rows(), (Strings{"one", "two"}));
        QVERIFY(m_log->follower().hasOlder());
        // One line where two were asked for is all there was; what comes later is no tail.
        m_log->follower().open({.container = "api", .tail = 2});
        m_log->bench.advance(2s);
        m_log->bench.server.push(logLine(asked + 6, "four"), FollowedLog::path);
        m_log->bench.settle();
        QCOMPARE(m_log->rows(), (Strings{"three", "four"}));
        QVERIFY(!m_log->follower().hasOlder());
    }

    void containersOfAPod()
    {
        m_log->answers({logAnswer({})});
        m_log->start(running("a"));
        Strings names;
        for (const Container &each : m_log->pod().containers())
            names.push_back(each.name + " " + std::to_string(int(each.role)));
        QCOMPARE(names, (Strings{"api 0", "envoy 1", "migrate 2"}));
        QCOMPARE(m_log->pod().defaultContainer(), std::string("api"));
        QCOMPARE(int(m_log->pod().find("api")->health()), int(kinds::Health::Healthy));
        m_log->change(backingOff("a"));
        QCOMPARE(int(m_log->pod().find("api")->health()), int(kinds::Health::Failed));
    }

    void hitsAreCountedAndWalked()
    {
        m_log->answers({logAnswer({logLine(1, "redis and Redis"), logLine(2, "none"),
            logLine(3, "gr\xc3\x9c\xc3\x9f"
                       "e REDIS")})});
        m_log->start(running("a"));
        LogSearch search(m_log->follower().ring(), m_log->bench.dispatcher, m_log->bench.pool);
        connect(&m_log->follower(), &LogFollower::rowsChanged, &search, &LogSearch::follow);
        search.setPattern("redis");
        QVERIFY(search.isSearching());
        m_log->bench.settle();
        QVERIFY(!search.isSearching());
        QCOMPARE(search.count(), std::uint64_t(3));
        const auto first = search.first();
        QVERIFY(first == (LogSearch::Hit{0, 0}));
        const auto second = search.after(*first);
        const auto third = search.after(*second);
        QVERIFY(second == (LogSearch::Hit{0, 1}) && third == (LogSearch::Hit{2, 0}));
        QVERIFY(!search.after(*third));
        QVERIFY(search.before(*third) == second && search.before(*second) == first && !search.before(*first));
        QCOMPARE(search.number(*third), std::uint64_t(3));
        QCOMPARE(search.number({1, 0}), std::uint64_t(0));
        QVERIFY(search.from(1) == third);
        // What comes later is found too; each line is looked at once.
        m_log->bench.server.push(logLine(4, "a redis") + logLine(5, "x"), FollowedLog::path);
        m_log->bench.settle();
        QCOMPARE(search.count(), std::uint64_t(4));
        search.setPattern("gr\xc3\xbc\xc3\x9f");
        m_log->bench.settle();
        QCOMPARE(search.count(), std::uint64_t(1));
        search.setPattern("");
        m_log->bench.settle();
        QCOMPARE(search.count(), std::uint64_t(0));
        search.setPattern("redis");
        m_log->answers({logAnswer({logLine(1, "redis")})});
        m_log->follower().open({.container = "api"}); // the ring is another
        m_log->bench.settle();
        QCOMPARE(search.count(), std::uint64_t(1));
    }

    void droppedHitsAreForgotten()
    {
        EngineBench &bench = m_log->bench;
        LogRing ring(10);
        LogSearch search(ring, bench.dispatcher, bench.pool);
        search.setPattern("x");
        for (int i = 0; i < 30; ++i) {
            ring.append(blockOf(LogRow::Kind::Gap, "x x"));
            search.follow();
            bench.settle();
            QCOMPARE(search.count(), std::uint64_t(2 * std::min(i + 1, 10)));
        }
        QCOMPARE(search.number(*search.first()), std::uint64_t(1));
        QCOMPARE(search.first()->row, RowNumber(20));
    }

    void places()
    {
        const LogPattern ascii("aB");
        QCOMPARE(ascii.count("abABaabb"), std::uint32_t(3));
        QCOMPARE(ascii.places("xxAb").at(0).begin, std::size_t(2));
        QCOMPARE(LogPattern("aa").count("aaaaa"), std::uint32_t(2));
        QCOMPARE(LogPattern("").count("aaaaa"), std::uint32_t(0));
        QCOMPARE(LogPattern("longer than it").count("long"), std::uint32_t(0));
        const LogPattern other("\xc3\x84 1"); // Ä 1
        const auto found = other.places("x \xc3\xa4 1 \xc3\x84 1");
        QCOMPARE(found.size(), std::size_t(2));
        QCOMPARE(found[0].begin, std::size_t(2));
        QCOMPARE(found[0].length, std::size_t(4));
        QCOMPARE(LogPattern(".*").count("a.*b"), std::uint32_t(1)); // literally
    }

private:
    std::unique_ptr<FollowedLog> m_log;
};

QTEST_GUILESS_MAIN(LogFollowerTest)
#include "tst_log_follower.moc"
