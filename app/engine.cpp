// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine.h"

namespace fairlead::app {

Engine::Engine(net::Endpoint endpoint)
{
    std::string server = endpoint.address();
    m_transport = std::make_unique<net::CurlTransport>(std::move(endpoint));
    // No kind has facts yet: kinds/ comes with the pages that show them.
    const auto noProjection = [](const kube::GroupVersionResource &) { return kube::Projection(); };
    m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, std::move(server), noProjection);
}

Engine::~Engine()
{
    m_session.reset();
    m_transport.reset();
    m_pool.clear();
    m_pool.waitForDone();
}

} // namespace fairlead::app
