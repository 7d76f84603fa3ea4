// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine.h"

#include "kinds/kinds.h"
#include "kube/net/curltransport.h"

#include <utility>

namespace fairlead::app {

Engine::Engine(net::Endpoint endpoint)
{
    std::string server = endpoint.address();
    m_transport = std::make_unique<net::CurlTransport>(std::move(endpoint));
    begin(std::move(server));
}

Engine::Engine(recording::Reader reader, Moment at, std::string name)
{
    auto replay = std::make_unique<recording::ReplayTransport>(std::move(reader), at);
    m_replay = replay.get();
    m_transport = std::move(replay);
    begin(std::move(name));
    m_session->clock().stand(at);
}

void Engine::begin(std::string server)
{
    const auto projection = [](const kube::GroupVersionResource &resource) { return kinds::kindOf(resource.group, resource.resource).projection(); };
    m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, std::move(server), projection);
}

Engine::~Engine()
{
    m_session.reset();
    m_transport.reset();
    m_pool.clear();
    m_pool.waitForDone();
}

} // namespace fairlead::app
