// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine.h"

#include "kinds/kinds.h"

namespace fairlead::app {

Engine::Engine(net::Endpoint endpoint)
{
    std::string server = endpoint.address();
    m_transport = std::make_unique<net::CurlTransport>(std::move(endpoint));
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
