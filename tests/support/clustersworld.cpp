// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/clustersworld.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <utility>

namespace fairlead::test {

using contexts::ContextFacts;
using contexts::ContextList;
using contexts::OpenCluster;
using contexts::OpenClusterPtr;

ClustersWorld::ClustersWorld(FakeClock &clock)
    : m_clock(clock)
{
}

ClustersWorld::~ClustersWorld()
{
    m_pool.clear();
    m_pool.waitForDone();
}

Reply<ContextList> ClustersWorld::read()
{
    ++reads;
    if (!readsForEver)
        return answered<ContextList>(list);
    m_held.emplace_back();
    return m_held.back().reply();
}

Reply<ContextList> ClustersWorld::look(const std::string &file)
{
    const auto found = files.find(file);
    if (found != files.end())
        return answered<ContextList>(found->second);
    ContextList missing;
    missing.failure = Error{.code = Code::NotFound, .message = "there is no such kubeconfig file", .place = {.file = file}};
    return answered<ContextList>(std::move(missing));
}

ScriptedTransport &ClustersWorld::server(const std::string &context)
{
    auto &made = m_servers[context];
    if (!made) {
        made = std::make_unique<ScriptedTransport>(ScriptedTransport::Mode::Pumped);
        made->on(net::Verb::Get, "/version", held());
        m_order.push_back(context);
    }
    return *made;
}

Reply<OpenClusterPtr> ClustersWorld::open(const std::string &context)
{
    ++opens;
    if (const auto refused = refusals.find(context); refused != refusals.end())
        return answered<OpenClusterPtr>(failure(refused->second));
    OpenCluster cluster;
    for (const ContextFacts &facts : list.contexts) {
        if (facts.name == context)
            cluster.facts = facts;
    }
    cluster.session = std::make_shared<kube::Session>(
        server(context), m_dispatcher, m_pool, cluster.facts.server, [](const kube::GroupVersionResource &) { return kube::Projection{}; });
    return answered<OpenClusterPtr>(std::make_shared<const OpenCluster>(std::move(cluster)));
}

void ClustersWorld::settle()
{
    for (int quiet = 0; quiet < 2;) {
        int calls = 0;
        for (const auto &[name, transport] : m_servers)
            calls += transport->deliver();
        m_pool.waitForDone();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        quiet = calls == 0 ? quiet + 1 : 0;
    }
}

void ClustersWorld::answer(const std::string &context, const std::string &version, std::chrono::milliseconds roundTrip)
{
    settle();
    ScriptedTransport &transport = server(context);
    const std::string body = R"({"major":"1","gitVersion":")" + version + R"("})";
    // The first is held since it was asked: its answer comes as bytes that are fed. The second is let wait for the clock.
    transport.push(body, "/version");
    transport.endWatch("/version");
    settle();
    m_clock.advance(roundTrip);
    transport.push(body, "/version");
    transport.endWatch("/version");
    settle();
}

void ClustersWorld::refuse(const std::string &context, int status, std::string_view reason, std::string_view message)
{
    server(context).forget();
    server(context).on(net::Verb::Get, "/version", refusal(status, reason, message));
}

void ClustersWorld::fail(const std::string &context, Error error)
{
    settle();
    server(context).breakWatch(std::move(error), "/version");
    settle();
}

std::vector<std::string> ClustersWorld::asked()
{
    settle();
    std::vector<std::string> out;
    std::copy_if(m_order.begin(), m_order.end(), std::back_inserter(out), [this](const std::string &name) { return m_servers[name]->open() > 0; });
    return out;
}

int ClustersWorld::requests(const std::string &context)
{
    return server(context).count(net::Verb::Get, "/version");
}

} // namespace fairlead::test
