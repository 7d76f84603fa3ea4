// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/session.h"

#include <QPointer>

#include <utility>

namespace fairlead::kube {

Session::Session(net::Transport &transport, Dispatcher &dispatcher, QThreadPool &pool, std::string server, ProjectionOf projectionOf, QObject *parent)
    : QObject(parent)
    , m_client(std::make_unique<Client>(transport, dispatcher, pool, std::move(server)))
    , m_discovery(std::make_unique<Discovery>(*m_client, m_clock))
    , m_projectionOf(std::move(projectionOf))
{
    connect(m_client.get(), &Client::dateSeen, &m_clock, &SystemClock::correct);
}

Session::~Session()
{
    // They use the client, which goes before a QObject's children do.
    qDeleteAll(findChildren<Store *>(Qt::FindDirectChildrenOnly));
}

std::shared_ptr<Store> Session::store(const Source &source)
{
    std::erase_if(m_stores, [](const auto &entry) { return entry.second.expired(); });
    auto &known = m_stores[source];
    if (auto store = known.lock())
        return store;
    // Later: the last holder may let go inside one of the store's own callbacks.
    const QPointer<Store> made = new Store(*m_client, m_clock, source, m_projectionOf ? m_projectionOf(source.resource) : Projection(), this);
    std::shared_ptr<Store> store(made.data(), [made](Store *) {
        if (made)
            made->deleteLater();
    });
    known = store;
    return store;
}

std::vector<std::shared_ptr<Store>> Session::stores() const
{
    std::vector<std::shared_ptr<Store>> held;
    for (const auto &[source, known] : m_stores) {
        if (auto store = known.lock())
            held.push_back(std::move(store));
    }
    return held;
}

} // namespace fairlead::kube
