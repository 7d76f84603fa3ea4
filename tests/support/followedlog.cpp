// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/followedlog.h"

#include "logs/linetime.h"

#include <chrono>
#include <utility>

namespace fairlead::test {

using logs::sinceText;
using logs::stampText;

namespace {

constexpr std::int64_t firstSecond = 1'800'000'000; // seconds; 2027-01-15T08:00:00Z

std::string timeText(int second)
{
    return sinceText((firstSecond + second) * 1'000'000'000);
}

// A pod with one container "api" in this state.
RowText rowOf(const std::string &state, int version = 10)
{
    return {.name = "web",
        .uid = "u1",
        .version = std::to_string(version),
        .spec = R"({"containers":[{"name":"api"}],"initContainers":[{"name":"migrate"},{"name":"envoy","restartPolicy":"Always"}]},"status":{)"
                R"("containerStatuses":[{"name":"api",)" +
                state + "}]}"};
}

} // namespace

const std::string FollowedLog::pods = "/api/v1/namespaces/team-a/pods";
const std::string FollowedLog::path = pods + "/web/log";

std::string logLine(int second, std::string_view text)
{
    return stampText((firstSecond + second) * 1'000'000'000 + 5) + " " + std::string(text) + "\n";
}

Error lostConnection()
{
    return {.code = Code::Interrupted, .message = "the connection was cut"};
}

std::string running(const std::string &id, const std::string &more)
{
    return R"("containerID":")" + id + R"(","ready":true,"state":{"running":{"startedAt":"2027-01-15T08:00:00Z"}})" + more;
}

std::string terminated(const std::string &id, int code, const std::string &reason, int at)
{
    return R"({"terminated":{"containerID":")" + id + R"(","exitCode":)" + std::to_string(code) + R"(,"reason":")" + reason + R"(","startedAt":")" +
           timeText(at - 4) + R"(","finishedAt":")" + timeText(at) + R"("}})";
}

std::string runningAfter(const std::string &lastId, const std::string &id, int restarts, int lastAt)
{
    return running(id, R"(,"restartCount":)" + std::to_string(restarts) + R"(,"lastState":)" + terminated(lastId, 137, "OOMKilled", lastAt));
}

std::string backingOff(const std::string &lastId, int restarts, int at)
{
    return R"("restartCount":)" + std::to_string(restarts) +
           R"(,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 2m40s restarting failed container=api pod=web"}},"lastState":)" +
           terminated(lastId, 137, "OOMKilled", at);
}

Answer logAnswer(std::vector<std::string> chunks)
{
    Answer out = held(std::move(chunks));
    out.head.contentType = "text/plain";
    return out;
}

FollowedLog::FollowedLog()
{
    bench.clock.advance(std::chrono::duration_cast<Clock::Duration>(std::chrono::seconds(firstSecond + 3600) - bench.clock.now().time_since_epoch()));
}

FollowedLog::~FollowedLog()
{
    m_follower.reset();
    m_pod.reset();
    m_store.reset();
}

void FollowedLog::answers(std::vector<Answer> list, int times)
{
    for (Answer &each : list)
        bench.server.on(net::Verb::Get, path, std::move(each), times);
}

void FollowedLog::start(const std::string &state, const logs::LogWish &wish)
{
    bench.server.on(net::Verb::List, pods, answer(tableText({rowOf(state)}, "10")));
    bench.server.on(net::Verb::Watch, pods, held());
    m_store.reset(bench.makeStore(logs::PodWatch::sourceOf("team-a", "web")));
    m_pod = std::make_unique<logs::PodWatch>(m_store, "web");
    m_follower = std::make_unique<logs::LogFollower>(bench.client, bench.clock, *m_pod, "team-a", "web");
    bench.settle();
    m_follower->open(wish);
    bench.settle();
}

void FollowedLog::change(const std::string &state)
{
    using namespace std::chrono_literals;
    bench.server.push(eventText("MODIFIED", rowOf(state, ++m_version)), pods);
    bench.advance(100ms);
}

void FollowedLog::deletePod(const std::string &state)
{
    using namespace std::chrono_literals;
    bench.server.push(eventText("DELETED", rowOf(state, ++m_version)), pods);
    bench.advance(100ms);
}

void FollowedLog::end()
{
    bench.server.endWatch(path);
    bench.settle();
}

void FollowedLog::cut()
{
    bench.server.breakWatch(lostConnection(), path);
    bench.settle();
}

std::vector<std::string> FollowedLog::rows() const
{
    std::vector<std::string> out;
    const logs::LogRing &ring = m_follower->ring();
    for (logs::RowNumber n = ring.begin(); n < ring.end(); ++n)
        out.emplace_back(ring.text(n));
    return out;
}

std::vector<net::Request> FollowedLog::requests() const
{
    std::vector<net::Request> out;
    for (const net::Request &request : bench.server.requests()) {
        if (request.subresource == "log")
            out.push_back(request);
    }
    return out;
}

std::string FollowedLog::asked(std::string_view key) const
{
    return ScriptedTransport::queryValue(requests().back(), key);
}

} // namespace fairlead::test
