// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/logworld.h"

#include "logs/linetime.h"
#include "support/tabletext.h"

#include <QCoreApplication>
#include <QEvent>

#include <chrono>

namespace fairlead::test {

const std::string LogWorld::space = "payments";
const std::string LogWorld::pod = "payments-api-7d9f6c5b84-x2k4q";

namespace {

const std::string pods = "/api/v1/namespaces/" + LogWorld::space + "/pods";

std::string ago(int seconds)
{
    const auto now = std::chrono::system_clock::now().time_since_epoch() - std::chrono::seconds(seconds);
    return logs::sinceText(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

} // namespace

LogWorld::LogWorld()
    : m_server(ScriptedTransport::Mode::Pumped)
{
    auto session = std::make_shared<kube::Session>(m_server, m_dispatcher, m_pool, "https://staging.example:6443", nullptr);
    m_cluster = std::make_shared<const contexts::OpenCluster>(contexts::OpenCluster{.facts = {}, .space = space, .session = std::move(session)});
}

LogWorld::~LogWorld()
{
    settle();
}

std::string LogWorld::logPath()
{
    return pods + "/" + pod + "/log";
}

std::string LogWorld::line(double second, const std::string &text)
{
    const auto start = logs::stampOf("2026-11-24T14:38:11Z ").time;
    return logs::stampText(start + static_cast<logs::LineTime>(second * 1e9)) + " " + text + "\n";
}

std::string LogWorld::firstLines()
{
    return line(0.902, "\x1b[32mINFO\x1b[0m  http     \x1b[36mPOST /v1/charges\x1b[0m 201 in 48ms \x1b[2mtrace=6f2c19\x1b[0m") +
           line(1.377, "\x1b[32mINFO\x1b[0m  http     \x1b[36mPOST /v1/charges\x1b[0m 201 in 51ms \x1b[2mtrace=6f2c7e\x1b[0m") +
           line(2.054, "\x1b[33mWARN\x1b[0m  cache    redis pool at 190 of 200 connections");
}

std::string LogWorld::laterLines()
{
    std::string out = line(14.610, "WARN  cache    redis pool at 200 of 200 connections, 31 waiting");
    const char *const tries[] = {"1/3", "2/3", "3/3"};
    double second = 15.118;
    for (const char *attempt : tries) {
        out += line(second, std::string("\x1b[31mERROR\x1b[0m cache    \x1b[1mredis: dial tcp 10.43.2.9:6379: i/o timeout\x1b[0m \x1b[2mattempt=") +
                                attempt + "\x1b[0m");
        second += 3.003;
    }
    return out + line(21.126, "\x1b[35mAUDIT\x1b[0m charges  fallback to in-memory cache for merchant=m_1042 \x1b[2mentries=0\x1b[0m") +
           line(29.802, "WARN  runtime  heap 214 MiB of 256 MiB, gc pause 186ms") +
           line(36.339, "WARN  runtime  heap 249 MiB of 256 MiB, gc pause 412ms");
}

std::string LogWorld::row(State state, int version) const
{
    const std::string ending = R"({"terminated":{"containerID":"a","exitCode":137,"reason":"OOMKilled","finishedAt":")" + ago(m_endedAgo) + R"("}})";
    std::string api;
    switch (state) {
    case State::Running:
        api =
            R"("containerID":"a","ready":true,"restartCount":13,"state":{"running":{"startedAt":"2026-11-24T14:00:00Z"}},"lastState":{"terminated":{"containerID":"z","exitCode":137,"reason":"OOMKilled"}})";
        break;
    case State::BackingOff:
        api =
            R"("restartCount":14,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 4m40s restarting failed container=api pod=x"}},"lastState":)" +
            ending;
        break;
    case State::Creating:
        api = R"("restartCount":0,"state":{"waiting":{"reason":"ContainerCreating"}})";
        break;
    }
    const RowText text{.name = pod,
        .space = space,
        .uid = "u1",
        .version = std::to_string(version),
        .spec = R"({"containers":[{"name":"api"}],"initContainers":[{"name":"envoy","restartPolicy":"Always"},{"name":"migrate"}]},"status":{)"
                R"("containerStatuses":[{"name":"api",)" +
                api +
                R"(}],"initContainerStatuses":[{"name":"envoy","ready":true,"containerID":"e","state":{"running":{}}},)"
                R"({"name":"migrate","state":{"terminated":{"containerID":"m","exitCode":0,"reason":"Completed"}}}]})"};
    return version == 10 ? tableText({text}, "10") : eventText("MODIFIED", text);
}

void LogWorld::givePod(State state, int endedAgo)
{
    m_endedAgo = endedAgo;
    m_server.on(net::Verb::List, pods, answer(row(state, 10)));
    m_server.on(net::Verb::Watch, pods, held());
}

void LogWorld::change(State state)
{
    m_server.push(row(state, ++m_version), pods);
}

void LogWorld::giveLog(Answer answer)
{
    if (answer.head.status < 400)
        answer.head.contentType = "text/plain";
    m_server.on(net::Verb::Get, logPath(), std::move(answer), 1);
}

void LogWorld::settle()
{
    for (int quiet = 0; quiet < 2;) {
        const int calls = m_server.deliver();
        m_pool.waitForDone();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        quiet = calls == 0 ? quiet + 1 : 0;
    }
}

} // namespace fairlead::test
