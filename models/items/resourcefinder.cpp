// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/resourcefinder.h"

#include "kube/resourcenames.h"

#include <utility>

namespace fairlead::items {

ResourceFinder::ResourceFinder(kube::Discovery &discovery, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_discovery(discovery)
    , m_clock(clock)
{
}

void ResourceFinder::find(const std::string &typed)
{
    if (typed != m_typed)
        m_error.reset();
    m_typed = typed;
    m_clock.cancel(std::exchange(m_timer, 0));
    m_discovery.load().then(this, [this, generation = ++m_generation](const auto &offer) { judge(generation, offer); });
}

void ResourceFinder::again()
{
    m_clock.cancel(std::exchange(m_timer, 0));
    m_discovery.reload().then(this, [this, generation = ++m_generation](const auto &offer) { judge(generation, offer); });
}

void ResourceFinder::judge(std::uint64_t generation, const Result<kube::OfferPtr> &offer)
{
    if (generation != m_generation)
        return;
    if (!offer) {
        fail(offer.error());
        return;
    }
    const auto resource = kube::resolveResource(**offer, m_typed);
    if (!resource) {
        fail(resource.error());
        return;
    }
    m_error.reset();
    Q_EMIT found(*resource);
}

void ResourceFinder::fail(const Error &error)
{
    if (!m_error)
        m_since = m_clock.now();
    m_error = error;
    if (error.code != Code::NotFound)
        m_timer = m_clock.after(tryAgain, this, [this] { find(m_typed); });
    Q_EMIT failed();
}

} // namespace fairlead::items
