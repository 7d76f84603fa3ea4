// SPDX-License-Identifier: GPL-3.0-or-later
// A container's log through everything that happens to it: cuts, ends, restarts, waiting, refusals; and the search in it.
#include "logs/logfollower.h"
#include "logs/linetime.h"
#include "logs/logsearch.h"
#include "logs/podwatch.h"
#include "support/enginebench.h"
#include "support/tabletext.h"

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

namespace {

const std::string pods = "/api/v1/namespaces/team-a/pods";
const std::string logPath = pods + "/web/log";

std::string line(int second, std::string_view text)
{
    return stampText((1'800'000'000LL + second) * 1'000'000'000 + 5) + " " + std::string(text) + "\n";
}

Error lost()
{
    return {.code = Code::Interrupted, .message = "the connection was cut"};
}

// A pod with one container "api" in this state.
RowText pod(const std::string &state, int version = 10)
{
    return {.name = "web",
        .uid = "u1",
        .version = std::to_string(version),
        .spec = R"({"containers":[{"name":"api"}],"initContainers":[{"name":"migrate"},{"name":"envoy","restartPolicy":"Always"}]},"status":{)"
                R"("containerStatuses":[{"name":"api",)" +
                state + "}]}"};
}

std::string running(const std::string &id, const std::string &more = {})
{
    return R"("containerID":")" + id + R"(","ready":true,"state":{"running":{"startedAt":"2026-11-24T14:00:00Z"}})" + more;
}

std::string terminated(const std::string &id, int code = 137, const std::string &reason = "OOMKilled")
{
    return R"({"terminated":{"containerID":")" + id + R"(","exitCode":)" + std::to_string(code) + R"(,"reason":")" + reason +
           R"(","finishedAt":"2026-11-24T14:38:51Z"}})";
}

std::string backingOff(const std::string &lastId)
{
    return R"("restartCount":14,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 2m40s restarting failed container=api pod=web"}},"lastState":)" +
           terminated(lastId);
}

Answer logAnswer(std::vector<std::string> chunks)
{
    Answer out = held(std::move(chunks));
    out.head.contentType = "text/plain";
    return out;
}

} // namespace

class LogFollowerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<EngineBench>();
        m_version = 10;
    }
    void cleanup()
    {
        m_follower.reset();
        m_pod.reset();
        m_store.reset();
        QCOMPARE(m_bench->server.unexpected(), 0);
        m_bench.reset();
    }

    void linesAreFollowed()
    {
        answers({logAnswer({line(1, "one"), line(2, "two")})});
        start(running("a"));
        QCOMPARE(rows(), (Strings{"one", "two"}));
        QCOMPARE(m_follower->state().phase, Phase::Following);
        m_bench->server.push(line(3, "three"), logPath);
        m_bench->settle();
        QCOMPARE(rows(), (Strings{"one", "two", "three"}));
        const auto request = logRequests().at(0);
        QCOMPARE(ScriptedTransport::queryValue(request, "container"), std::string("api"));
        QCOMPARE(ScriptedTransport::queryValue(request, "follow"), std::string("true"));
        QCOMPARE(ScriptedTransport::queryValue(request, "timestamps"), std::string("true"));
        QCOMPARE(ScriptedTransport::queryValue(request, "tailLines"), std::string("100000"));
        QVERIFY(request.traffic == net::Traffic::Log);
    }

    void sinceIsAsked()
    {
        answers({logAnswer({line(1, "one")})});
        start(running("a"), {.container = "api", .since = 3600s});
        QCOMPARE(ScriptedTransport::queryValue(logRequests().at(0), "sinceSeconds"), std::string("3600"));
    }

    void aCutStreamSaysSoAndGoesOn()
    {
        answers({logAnswer({line(1, "one"), line(2, "two"), "2027-01-15T08:00:02.5Z half a l"}),
            noAnswer({.code = Code::Unreachable, .message = "refused"}), logAnswer({line(2, "two"), line(2, "more of it"), line(3, "three")})});
        start(running("a"));
        m_bench->server.breakWatch(lost(), logPath);
        m_bench->settle();
        QCOMPARE(m_follower->state().phase, Phase::Cut);
        QVERIFY(m_follower->state().nextTry.has_value());
        QCOMPARE(m_follower->state().why->message, std::string("the connection was cut"));
        QCOMPARE(rows(), (Strings{"one", "two"}));
        m_bench->advance(10s);
        QCOMPARE(logRequests().size(), std::size_t(3));
        const auto resumed = logRequests().back();
        QCOMPARE(ScriptedTransport::queryValue(resumed, "sinceTime"), std::string("2027-01-15T08:00:02Z"));
        QCOMPARE(ScriptedTransport::queryValue(resumed, "tailLines"), std::string());
        const Strings seen = rows();
        QCOMPARE(seen.size(), std::size_t(5));
        QVERIFY(seen[2].starts_with("no lines for ") && seen[2].ends_with(": stream cut, resumed "));
        QCOMPARE((Strings{seen[0], seen[1], seen[3], seen[4]}), (Strings{"one", "two", "more of it", "three"}));
        QCOMPARE(int(m_follower->ring().row(2).kind), int(LogRow::Kind::Gap));
        QCOMPARE(m_follower->state().phase, Phase::Following);
    }

    void backingOffGrowsAndCanBeCutShort()
    {
        answers({noAnswer({.code = Code::Unreachable, .message = "refused"})}, ScriptedTransport::always);
        start(running("a"));
        m_bench->advance(20s);
        const auto slow = logRequests().size();
        QVERIFY2(slow >= 4 && slow <= 8, qPrintable(QString::number(slow)));
        m_follower->retry();
        m_bench->settle();
        QCOMPARE(logRequests().size(), slow + 1);
        QVERIFY(rows().empty()); // nothing was there that could have been cut
    }

    void theEndOfAContainerIsARowAndItsNextRunFollows()
    {
        answers({logAnswer({line(1, "one")}), logAnswer({line(60, "fresh")})});
        start(running("a"));
        m_bench->server.push("2027-01-15T08:00:05Z last words", logPath);
        m_bench->server.endWatch(logPath);
        m_bench->settle();
        QCOMPARE(rows(), Strings{"one"}); // not known yet what the end means
        change(backingOff("a"));
        QCOMPARE(rows(), (Strings{"one", "last words", "api ended : OOMKilled, exit 137"}));
        const LogRow &ending = m_follower->ring().row(2);
        QCOMPARE(int(ending.kind), int(LogRow::Kind::Failed));
        QCOMPARE(sinceText(ending.time), std::string("2026-11-24T14:38:51Z"));
        QCOMPARE(int(ending.word), 10); // where the time belongs
        QCOMPARE(m_follower->state().phase, Phase::Waiting);
        QCOMPARE(m_pod->find("api")->nextStart(), parseTime("2026-11-24T14:41:31Z"));
        m_bench->advance(60s);
        QCOMPARE(logRequests().size(), std::size_t(1)); // nobody asks meanwhile
        change(running("b", R"(,"restartCount":15,"lastState":)" + terminated("a")));
        QCOMPARE(rows(), (Strings{"one", "last words", "api ended : OOMKilled, exit 137", "api started , restart 15", "fresh"}));
        QCOMPARE(ScriptedTransport::queryValue(logRequests().back(), "sinceTime"), std::string());
    }

    void aRestartWithoutAMomentOfWaiting()
    {
        answers({logAnswer({line(1, "one")}), logAnswer({line(60, "fresh")})});
        start(running("a"));
        change(running("b", R"(,"restartCount":1,"lastState":)" + terminated("a", 0, "Completed")));
        QCOMPARE(rows(), Strings{"one"}); // the old stream is still open: it may bring the last lines
        m_bench->server.endWatch(logPath);
        m_bench->settle();
        QCOMPARE(rows(), (Strings{"one", "api ended : Completed, exit 0", "api started , restart 1", "fresh"}));
        QCOMPARE(int(m_follower->ring().row(1).kind), int(LogRow::Kind::Done));
    }

    void aServerThatLetsGoIsAskedAgain()
    {
        answers({logAnswer({line(1, "one")}), logAnswer({line(1, "one"), line(2, "two")})});
        start(running("a"));
        m_bench->server.endWatch(logPath);
        m_bench->advance(1s);
        QCOMPARE(logRequests().size(), std::size_t(1));
        m_bench->advance(3s);
        QCOMPARE(logRequests().size(), std::size_t(2));
        QCOMPARE(rows().size(), std::size_t(3));
        QCOMPARE(rows().back(), std::string("two"));
    }

    void whatHasEndedIsReadOnce()
    {
        answers({logAnswer({line(1, "migrating"), line(2, "done")})});
        start(R"("state":)" + terminated("a", 0, "Completed"));
        m_bench->server.endWatch(logPath);
        m_bench->settle();
        QCOMPARE(rows(), (Strings{"migrating", "done", "api ended : Completed, exit 0"}));
        QCOMPARE(m_follower->state().phase, Phase::Ended);
        m_bench->advance(60s);
        QCOMPARE(logRequests().size(), std::size_t(1));
    }

    void aContainerThatWaitsIsWaitedFor()
    {
        answers({logAnswer({line(1, "at last")})});
        start(R"("state":{"waiting":{"reason":"ContainerCreating"}})");
        QCOMPARE(m_follower->state().phase, Phase::Waiting);
        QVERIFY(m_follower->state().words.starts_with("api has not started: ContainerCreating."));
        m_bench->advance(60s);
        QCOMPARE(logRequests().size(), std::size_t(0));
        change(running("a"));
        QCOMPARE(rows(), Strings{"at last"});
        QCOMPARE(m_follower->state().phase, Phase::Following);
    }

    void theServersRefusalsInWords()
    {
        answers({refusal(400, "BadRequest", "container \"api\" in pod \"web\" is waiting to start: image can't be pulled")}, 1);
        start(running("a")); // a status that is behind
        QCOMPARE(m_follower->state().phase, Phase::Waiting);
        QVERIFY(m_follower->state().words.find("image can't be pulled") != std::string::npos);
        answers({refusal(400, "BadRequest", "previous terminated container \"api\" in pod \"web\" not found")}, 1);
        m_follower->open({.container = "api", .previous = true});
        m_bench->settle();
        QCOMPARE(m_follower->state().phase, Phase::Failed);
        QCOMPARE(m_follower->state().words, std::string("api has not been restarted: there is no run before this one."));
        answers({refusal(403, "Forbidden", "pods \"web\" is forbidden: User \"dev\" cannot get resource \"pods/log\"")}, 1);
        m_follower->open({.container = "api"});
        m_bench->settle();
        QCOMPARE(m_follower->state().phase, Phase::Failed);
        QCOMPARE(m_follower->state().words, std::string("You may not read logs in team-a."));
        QVERIFY(m_follower->state().why.has_value());
        answers({refusal(404, "NotFound", "pods \"web\" not found")}, 1);
        m_follower->retry();
        m_bench->settle();
        QCOMPARE(m_follower->state().words, std::string("The pod web is not there any more."));
        // A node that the API server does not reach is no answer for good.
        answers(
            {refusal(500, "InternalError", "Get \"https://node1:10250/containerLogs\": dial tcp: connection refused"), logAnswer({line(1, "back")})});
        m_follower->open({.container = "api"});
        m_bench->settle();
        QCOMPARE(m_follower->state().phase, Phase::Cut);
        m_bench->advance(2s);
        QCOMPARE(rows(), Strings{"back"});
    }

    void thePreviousRunIsReadAndEnds()
    {
        answers({logAnswer({line(1, "one")})});
        start(running("b", R"(,"restartCount":1,"lastState":)" + terminated("a", 3, "Error")), {.container = "api", .previous = true});
        QCOMPARE(ScriptedTransport::queryValue(logRequests().at(0), "previous"), std::string("true"));
        QCOMPARE(ScriptedTransport::queryValue(logRequests().at(0), "follow"), std::string());
        QCOMPARE(m_follower->state().phase, Phase::Reading);
        m_bench->server.endWatch(logPath);
        m_bench->settle();
        QCOMPARE(rows(), (Strings{"one", "api ended : Error, exit 3"}));
        QCOMPARE(m_follower->state().phase, Phase::Ended);
    }

    void aPodThatIsDeletedEndsItsLog()
    {
        answers({logAnswer({line(1, "one")})});
        start(running("a"));
        m_bench->server.push(eventText("DELETED", pod(running("a"), 11)), pods);
        m_bench->advance(100ms);
        m_bench->server.endWatch(logPath);
        m_bench->settle();
        QCOMPARE(m_follower->state().phase, Phase::Ended);
        QCOMPARE(m_follower->state().words, std::string("The pod is gone."));
        QCOMPARE(rows(), Strings{"one"});
    }

    void anotherWishForgetsTheFirst()
    {
        answers({logAnswer({line(1, "one")}), logAnswer({line(1, "other")})});
        start(running("a"));
        m_follower->open({.container = "envoy"});
        QVERIFY(rows().empty());
        m_bench->settle();
        QCOMPARE(rows(), Strings{"other"});
        QCOMPARE(m_bench->server.cancelled(), 1);
    }

    void containersOfAPod()
    {
        answers({logAnswer({})});
        start(running("a"));
        Strings names;
        for (const Container &each : m_pod->containers())
            names.push_back(each.name + " " + std::to_string(int(each.role)));
        QCOMPARE(names, (Strings{"api 0", "envoy 1", "migrate 2"}));
        QCOMPARE(m_pod->defaultContainer(), std::string("api"));
        QCOMPARE(int(m_pod->find("api")->health()), int(kinds::Health::Healthy));
        change(backingOff("a"));
        QCOMPARE(int(m_pod->find("api")->health()), int(kinds::Health::Failed));
    }

    void hitsAreCountedAndWalked()
    {
        answers({logAnswer({line(1, "redis and Redis"), line(2, "none"),
            line(3, "gr\xc3\x9c\xc3\x9f"
                    "e REDIS")})});
        start(running("a"));
        LogSearch search(m_follower->ring(), m_bench->dispatcher, m_bench->pool);
        connect(m_follower.get(), &LogFollower::rowsChanged, &search, &LogSearch::follow);
        search.setPattern("redis");
        QVERIFY(search.isSearching());
        m_bench->settle();
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
        m_bench->server.push(line(4, "a redis") + line(5, "x"), logPath);
        m_bench->settle();
        QCOMPARE(search.count(), std::uint64_t(4));
        search.setPattern("gr\xc3\xbc\xc3\x9f");
        m_bench->settle();
        QCOMPARE(search.count(), std::uint64_t(1));
        search.setPattern("");
        m_bench->settle();
        QCOMPARE(search.count(), std::uint64_t(0));
        search.setPattern("redis");
        answers({logAnswer({line(1, "redis")})});
        m_follower->open({.container = "api"}); // the ring is another
        m_bench->settle();
        QCOMPARE(search.count(), std::uint64_t(1));
    }

    void droppedHitsAreForgotten()
    {
        EngineBench &bench = *m_bench;
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
        start(running("a"), {.container = "api"}, false);
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
    void answers(std::vector<Answer> list, int times = 1)
    {
        for (Answer &each : list)
            m_bench->server.on(net::Verb::Get, logPath, std::move(each), times);
    }

    void start(const std::string &state, const LogWish &wish = {.container = "api"}, bool opens = true)
    {
        m_bench->server.on(net::Verb::List, pods, answer(tableText({pod(state)}, "10")));
        m_bench->server.on(net::Verb::Watch, pods, held());
        m_store.reset(m_bench->makeStore(PodWatch::sourceOf("team-a", "web")));
        m_pod = std::make_unique<PodWatch>(m_store, "web");
        m_follower = std::make_unique<LogFollower>(m_bench->client, m_bench->clock, *m_pod, "team-a", "web");
        m_bench->settle();
        QVERIFY(m_pod->isKnown());
        if (opens)
            m_follower->open(wish);
        m_bench->settle();
    }

    void change(const std::string &state)
    {
        m_bench->server.push(eventText("MODIFIED", pod(state, ++m_version)), pods);
        m_bench->advance(100ms);
    }

    Strings rows() const
    {
        Strings out;
        for (RowNumber n = m_follower->ring().begin(); n < m_follower->ring().end(); ++n)
            out.emplace_back(m_follower->ring().text(n));
        return out;
    }

    std::vector<net::Request> logRequests() const
    {
        std::vector<net::Request> out;
        for (const net::Request &request : m_bench->server.requests()) {
            if (request.subresource == "log")
                out.push_back(request);
        }
        return out;
    }

    std::unique_ptr<EngineBench> m_bench;
    std::shared_ptr<kube::Store> m_store;
    std::unique_ptr<PodWatch> m_pod;
    std::unique_ptr<LogFollower> m_follower;
    int m_version = 10;
};

QTEST_GUILESS_MAIN(LogFollowerTest)
#include "tst_log_follower.moc"
