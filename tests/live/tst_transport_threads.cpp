// SPDX-License-Identifier: GPL-3.0-or-later
// Many threads on one transport and the real server. std only: the preset tsan-net builds it with ThreadSanitizer, which a Qt
// program would blind. It prints what Qt Test prints, so that the runner counts it like the others.
//
// Where: FAIRLEAD_NET_SERVER, _CA, _CERT, _KEY (address and files), else the cluster of FAIRLEAD_CLUSTER_DIR and
// FAIRLEAD_TEST_CLUSTER, as its viewer. FAIRLEAD_SEED repeats a run.
#include "kube/net/curltransport.h"
#include "support/collected.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace fairlead;
using namespace fairlead::net;
using fairlead::test::Collected;
using Seen = Collected::Seen;
using namespace std::chrono_literals;

namespace {

std::string variable(const char *name)
{
    const char *value = std::getenv(name);
    return value ? value : "";
}

// The one line of a kubeconfig that is needed here; the engine's own reader has nothing to do below the seam.
std::string serverOf(const std::string &kubeconfig)
{
    std::ifstream in(kubeconfig);
    for (std::string line; std::getline(in, line);) {
        const std::size_t at = line.find("server: ");
        if (at != std::string::npos)
            return line.substr(at + 8);
    }
    return {};
}

std::optional<Endpoint> endpoint()
{
    Endpoint out;
    out.server = variable("FAIRLEAD_NET_SERVER");
    if (!out.server.empty()) {
        out.authority.file = variable("FAIRLEAD_NET_CA");
        out.certificate.file = variable("FAIRLEAD_NET_CERT");
        out.key.file = variable("FAIRLEAD_NET_KEY");
        return out;
    }
    const std::string folder = variable("FAIRLEAD_CLUSTER_DIR") + "/" + variable("FAIRLEAD_TEST_CLUSTER");
    out.server = serverOf(folder + "/viewer.kubeconfig");
    if (out.server.empty())
        return std::nullopt;
    out.authority.file = folder + "/pki/ca.crt";
    out.certificate.file = folder + "/pki/viewer.crt";
    out.key.file = folder + "/pki/viewer.key";
    return out;
}

using Random = std::mt19937;

int number(Random &random, int below)
{
    return std::uniform_int_distribution<int>(0, below - 1)(random);
}

Request someRequest(Random &random)
{
    switch (number(random, 5)) {
    case 0:
        return {.verb = Verb::Get, .path = "/version"};
    case 1:
        return {.verb = Verb::List, .path = "/api/v1/namespaces", .query = {{"limit", "500"}}, .traffic = Traffic::Bulk};
    case 2:
        return {.verb = Verb::List, .path = "/apis/apps/v1/deployments", .traffic = Traffic::Bulk};
    case 3:
        return {.verb = Verb::Review,
            .path = "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            .body = R"({"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"})"};
    default:
        return {.verb = Verb::Watch, .path = "/api/v1/configmaps", .query = {{"watch", "1"}, {"allowWatchBookmarks", "true"}}, .deadline = 0ms};
    }
}

/// What went wrong, from any thread; the first words are kept.
class Judge {
public:
    void that(bool good, const std::string &words)
    {
        if (good)
            return;
        const std::lock_guard lock(m_mutex);
        if (m_words.empty())
            m_words = words;
    }
    void answered() { ++m_answered; }
    [[nodiscard]] int answers() const { return m_answered; }
    [[nodiscard]] std::string words() const
    {
        const std::lock_guard lock(m_mutex);
        return m_words;
    }

private:
    mutable std::mutex m_mutex;
    std::string m_words;
    std::atomic<int> m_answered = 0;
};

struct Open {
    Collected collected;
    Ticket ticket = 0;
    bool cancelled = false;
    bool patient = true;
};

void judgeEnd(Judge &judge, const Open &open)
{
    const Seen seen = open.collected.seen();
    judge.that(seen.ends == 1, "a request ended " + std::to_string(seen.ends) + " times");
    judge.that(!seen.disorder, "calls out of order");
    if (!seen.result)
        return;
    if (*seen.result) {
        // A server that is asked by eight threads may say "too many": that is an answer too.
        judge.that(seen.head && seen.head->status >= 200, "an answer without a status");
        if (seen.head && seen.head->status < 300)
            judge.answered();
        return;
    }
    judge.that(open.cancelled && seen.result->error().code == Code::Cancelled, "not cancelled, and ended with: " + seen.result->error().text());
}

void hammer(Transport &transport, Judge &judge, unsigned seed, int requests)
{
    Random random(seed);
    std::list<Open> open;
    for (int made = 0; made < requests; ++made) {
        Open &one = open.emplace_back();
        const Request request = someRequest(random);
        const bool watch = request.verb == Verb::Watch;
        one.ticket = transport.start(request, one.collected.sink());
        // A quarter at once, a quarter somewhere on the way, the rest not at all; a watch has no end of its own.
        const int fate = number(random, 4);
        const auto cancel = [&transport](Open &which) {
            transport.cancel(which.ticket);
            which.cancelled = true;
        };
        if (fate == 0)
            cancel(one);
        one.patient = fate > 1 && !watch;
        while (open.size() > 10U) {
            Open &oldest = open.front();
            if (!oldest.cancelled && !oldest.patient)
                cancel(oldest);
            judge.that(oldest.collected.waitForEnd(60s), "a request never ended");
            judgeEnd(judge, oldest);
            open.pop_front();
        }
    }
    for (Open &one : open) {
        transport.cancel(one.ticket);
        one.cancelled = true;
    }
    for (Open &one : open) {
        judge.that(one.collected.waitForEnd(60s), "a request never ended");
        judgeEnd(judge, one);
    }
}

void eightThreadsStartAndCancelTenThousandRequests(const Endpoint &where, Judge &judge, unsigned seed)
{
    CurlTransport transport(where);
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < 8; ++i)
        threads.emplace_back([&transport, &judge, seed, i] { hammer(transport, judge, seed + i, 1'250); });
    threads.clear(); // joins
    judge.that(judge.answers() > 3'000, "only " + std::to_string(judge.answers()) + " answers: too much was cancelled to prove anything");
    judge.that(transport.connections() <= 12, std::to_string(transport.connections()) + " connections: the streams did not share one");
    judge.that(test::fetch(transport, {.path = "/version"}).head.has_value(), "the transport no longer answers");
}

void strangersCancelWhatTheyDidNotStart(const Endpoint &where, Judge &judge, unsigned seed)
{
    CurlTransport transport(where);
    constexpr int many = 400;
    std::vector<Open> open(many);
    std::vector<std::atomic<Ticket>> tickets(many);
    {
        std::jthread starter([&] {
            Random random(seed);
            for (std::size_t i = 0; i < open.size(); ++i)
                tickets[i] = transport.start(someRequest(random), open[i].collected.sink());
        });
        std::vector<std::jthread> strangers;
        for (int s = 0; s < 3; ++s) {
            strangers.emplace_back([&] {
                for (auto &ticket : tickets) {
                    while (ticket == 0)
                        std::this_thread::yield();
                    transport.cancel(ticket);
                }
            });
        }
    }
    for (Open &one : open) {
        one.cancelled = true;
        judge.that(one.collected.waitForEnd(60s), "a request never ended");
        judgeEnd(judge, one);
    }
}

void sinksStartAndCancel(const Endpoint &where, Judge &judge, unsigned)
{
    CurlTransport transport(where);
    std::list<Collected> followers(200);
    std::list<Collected> leaders(200);
    auto follower = followers.begin();
    for (const Collected &leader : leaders) {
        Sink sink = leader.sink();
        sink.end = [&transport, sinkEnd = sink.end, next = follower->sink()](Result<void> result) {
            const Ticket ticket = transport.start({.path = "/version"}, next);
            if (ticket % 3 == 0)
                transport.cancel(ticket);
            sinkEnd(std::move(result));
        };
        (void)transport.start({.path = "/version"}, std::move(sink));
        ++follower;
    }
    for (const Collected &one : leaders)
        judge.that(one.waitForEnd(60s), "a leader never ended");
    for (const Collected &one : followers)
        judge.that(one.waitForEnd(60s) && !one.seen().disorder, "a follower never ended");
}

void destructionWhileRequestsRun(const Endpoint &where, Judge &judge, unsigned seed)
{
    Random random(seed);
    for (int round = 0; round < 20; ++round) {
        std::list<Collected> open(60);
        {
            CurlTransport transport(where);
            std::vector<std::jthread> threads;
            auto one = open.begin();
            for (int t = 0; t < 3; ++t) {
                threads.emplace_back([&transport, from = one, own = unsigned(number(random, 1 << 30))]() mutable {
                    Random mine(own);
                    for (int i = 0; i < 20; ++i, ++from)
                        (void)transport.start(someRequest(mine), from->sink());
                });
                std::advance(one, 20);
            }
        }
        for (const Collected &each : open)
            judge.that(each.seen().ends == 1 && !each.seen().disorder, "a request survived its transport");
    }
}

// Enough watches for three connections: the ends on the last one come when the first is gone.
void sinksStartWhileTheTransportCloses(const Endpoint &where, Judge &judge, unsigned)
{
    const std::size_t many = 150;
    std::list<Collected> leaders(many);
    std::list<Collected> followers(2 * many); // who follows, and who follows that one
    std::atomic<bool> onItsStack = false;
    {
        CurlTransport transport(where);
        const Request watch = {.verb = Verb::Watch, .path = "/api/v1/configmaps", .query = {{"watch", "1"}}, .deadline = 0ms};
        auto follower = followers.begin();
        const auto thenStart = [&](Sink sink, const Sink &next) {
            sink.end = [&transport, &onItsStack, watch, next, itsEnd = sink.end](Result<void> result) {
                itsEnd(std::move(result));
                auto inStart = std::make_shared<std::atomic<bool>>(true);
                Sink guarded = next;
                guarded.end = [&onItsStack, inStart, caller = std::this_thread::get_id(), nextEnd = next.end](Result<void> end) {
                    if (*inStart && std::this_thread::get_id() == caller)
                        onItsStack = true;
                    nextEnd(std::move(end));
                };
                transport.cancel(transport.start(watch, std::move(guarded)));
                *inStart = false;
            };
            return sink;
        };
        for (const Collected &leader : leaders) {
            const Collected &first = *follower++;
            const Collected &second = *follower++;
            (void)transport.start(watch, thenStart(leader.sink(), thenStart(first.sink(), second.sink())));
        }
        for (const Collected &leader : leaders)
            judge.that(leader.waitFor([](const Seen &seen) { return seen.head.has_value(); }, 60s), "a watch did not begin");
        judge.that(transport.connections() >= 3, "too few connections to prove anything");
    }
    for (const auto *some : {&leaders, &followers}) {
        for (const Collected &one : *some) {
            const auto error = one.error();
            judge.that(one.seen().ends == 1 && error && error->code == Code::Cancelled, "what was started while closing did not end as cancelled");
        }
    }
    judge.that(!onItsStack, "a sink was called inside start()");
}

struct Function {
    const char *name;
    std::function<void(const Endpoint &, Judge &, unsigned)> run;
};

} // namespace

int main()
{
    const Function functions[] = {
        {"eightThreadsStartAndCancelTenThousandRequests", eightThreadsStartAndCancelTenThousandRequests},
        {"strangersCancelWhatTheyDidNotStart", strangersCancelWhatTheyDidNotStart},
        {"sinksStartAndCancel", sinksStartAndCancel},
        {"destructionWhileRequestsRun", destructionWhileRequestsRun},
        {"sinksStartWhileTheTransportCloses", sinksStartWhileTheTransportCloses},
    };
    const std::string given = variable("FAIRLEAD_SEED");
    const unsigned seed = given.empty() ? std::random_device()() : static_cast<unsigned>(std::stoul(given));
    const auto began = std::chrono::steady_clock::now();
    const auto where = endpoint();
    int passed = 0;
    int failed = 0;
    int skipped = 0;
    std::printf("********* Start testing of TransportThreadsTest *********\nConfig: seed %u\n", seed);
    for (const Function &function : functions) {
        if (!where) {
            std::printf("SKIP   : TransportThreadsTest::%s() no server is named: FAIRLEAD_NET_SERVER or FAIRLEAD_TEST_CLUSTER\n", function.name);
            ++skipped;
            continue;
        }
        Judge judge;
        function.run(*where, judge, seed);
        const std::string words = judge.words();
        if (words.empty())
            std::printf("PASS   : TransportThreadsTest::%s()\n", function.name);
        else
            std::printf("FAIL!  : TransportThreadsTest::%s() %s\n", function.name, words.c_str());
        std::fflush(stdout);
        ++(words.empty() ? passed : failed);
    }
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    std::printf("Totals: %d passed, %d failed, %d skipped, 0 blacklisted, %lldms\n********* Finished testing of TransportThreadsTest *********\n",
        passed, failed, skipped, static_cast<long long>(took.count()));
    return failed;
}
