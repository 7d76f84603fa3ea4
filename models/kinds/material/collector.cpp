// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/material/collector.h"

#include "kinds/kinds.h"
#include "kube/access.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::kinds {

Collector::Collector(kube::Session &session, std::vector<KindKey> wanted, kube::Scope scope, Follow follow, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_wanted(std::move(wanted))
    , m_scope(std::move(scope))
    , m_follow(follow)
{
}

void Collector::start()
{
    m_session.discovery().load().then(this, [this](const Result<kube::OfferPtr> &offer) {
        if (offer)
            takeOffer(*offer);
        else
            Q_EMIT failed(offer.error());
    });
}

void Collector::retry()
{
    for (const Part &part : m_parts) {
        if (part.store)
            part.store->retry();
    }
    if (m_parts.empty())
        start();
}

void Collector::takeOffer(const kube::OfferPtr &offer)
{
    if (!m_parts.empty())
        return; // asked twice
    for (const KindKey &key : m_wanted) {
        const auto found = std::find_if(offer->resources.begin(), offer->resources.end(), [&](const kube::Resource &resource) {
            return resource.preferred && resource.id.group == key.group && resource.id.resource == key.resource && resource.can("list");
        });
        if (found == offer->resources.end())
            continue; // what a server does not offer has no objects that could be broken
        const bool judged = isJudged(*found, m_scope);
        // Kept current for figures: those of nodes are wanted in any choice of namespaces.
        if (!judged && (m_follow == Follow::Once || key.resource != "nodes"))
            continue;
        Part part;
        part.read.resource = *found;
        part.read.kind = &kindOf(key.group, key.resource);
        part.read.judged = judged;
        m_parts.push_back(std::move(part));
    }
    if (m_parts.empty()) {
        Q_EMIT failed({.code = Code::NotKubernetes, .message = "the server offers none of the kinds that can be judged"});
        return;
    }
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        Part &part = m_parts[i];
        part.store = m_session.store(
            {.resource = part.read.resource.id, .scope = part.read.resource.namespaced ? m_scope : kube::Scope::all(), .selector = {}});
        part.subscription = part.store->subscribe(
            kube::Detail::Facts, this, [this, i](const kube::ChangeSet &changes) { takeRows(i, changes); },
            [this, i](const kube::State &state) { takeState(i, state); });
    }
}

void Collector::takeRows(std::size_t index, const kube::ChangeSet &changes)
{
    Part &part = m_parts[index];
    if (!part.store)
        return;
    if (m_follow == Follow::Current)
        Q_EMIT rowsChanged(*part.read.kind, part.store->snapshot(), changes);
    if (!std::exchange(part.hasRows, true))
        takeState(index, kube::State(part.store->state()));
}

void Collector::takeState(std::size_t index, const kube::State &state)
{
    Part &part = m_parts[index];
    if (!part.store)
        return;
    // Somebody else's rows may be live before those with facts have come.
    const bool complete = state.phase == kube::Phase::Live && part.hasRows;
    // Rows stay while a server is silent: what they said is not unsaid by that.
    const bool silent = part.read.answered && state.phase == kube::Phase::Stale;
    if (silent || (!complete && !state.why)) {
        if (m_settled)
            Q_EMIT stateChanged();
        return;
    }
    part.read.errors.clear();
    part.read.answered = complete && state.refused.empty();
    part.read.since = state.since;
    if (complete) {
        for (const auto &[space, why] : state.refused)
            part.read.errors.push_back(why);
    } else {
        part.read.errors.push_back(kube::withWayOut(*state.why, part.read.resource));
    }
    if (m_follow == Follow::Once) {
        part.read.rows = part.store->snapshot();
        part.subscription.end();
        part.store.reset();
    }
    part.settled = true;
    if (m_settled)
        Q_EMIT stateChanged();
    else
        settle();
}

void Collector::settle()
{
    if (!std::all_of(m_parts.begin(), m_parts.end(), [](const Part &part) { return part.settled; }))
        return;
    m_settled = true;
    Q_EMIT settled();
}

Material Collector::material() const
{
    Material out;
    out.now = std::chrono::floor<std::chrono::milliseconds>(m_session.clock().now());
    out.scope = m_scope;
    out.parts.reserve(m_parts.size());
    for (const Part &part : m_parts) {
        Material::Part &read = out.parts.emplace_back(part.read);
        if (part.store)
            read.rows = part.store->snapshot();
    }
    return out;
}

std::optional<kube::State> Collector::state() const
{
    std::optional<kube::State> worst;
    const auto rank = [](const kube::State &state) { return state.phase == kube::Phase::Stale || state.phase == kube::Phase::Ended ? 1 : 0; };
    for (const Part &part : m_parts) {
        if (!part.store || !part.read.answered)
            continue;
        const kube::State &state = part.store->state();
        // Of several that are live the one with the latest word: one connection carries them all.
        if (!worst || rank(state) > rank(*worst) || (rank(state) == rank(*worst) && state.lastWord > worst->lastWord))
            worst = state;
    }
    return worst;
}

} // namespace fairlead::kinds
