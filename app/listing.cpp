// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/listing.h"

#include "kinds/kinds.h"

#include <QTimer>

namespace fairlead::app {

Listing::Listing(kube::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

Listing::~Listing() = default;

void Listing::add(const kube::Resource &resource, const kube::Scope &scope, kube::Detail detail)
{
    m_pending.push_back({.part = m_parts.size(),
        .source = {.resource = resource.id, .scope = resource.namespaced ? scope : kube::Scope::all(), .selector = {}},
        .detail = detail});
    m_parts.push_back({.resource = resource, .kind = &kinds::kindOf(resource.id.group, resource.id.resource)});
}

void Listing::start()
{
    m_waiting = m_pending.size();
    if (m_waiting == 0) {
        QTimer::singleShot(0, this, &Listing::finished);
        return;
    }
    for (Pending &each : m_pending) {
        each.store = m_session.store(each.source);
        each.subscription = each.store->subscribe(
            each.detail, this, [](const kube::ChangeSet &) {}, [this, &each](const kube::State &state) { take(each, state); });
    }
}

void Listing::take(Pending &pending, const kube::State &state)
{
    Part &part = m_parts[pending.part];
    const bool complete = state.phase == kube::Phase::Live;
    if (!pending.store || (!complete && !state.why))
        return;
    if (complete) {
        const kube::Snapshot snapshot = pending.store->snapshot();
        part.answered = state.refused.empty();
        part.columns = snapshot.columns();
        part.items = snapshot.sorted();
        for (const auto &[space, why] : state.refused)
            part.errors.push_back(why);
    } else {
        part.errors.push_back(kube::withWayOut(*state.why, part.resource));
    }
    pending.subscription.end();
    pending.store.reset();
    finishOne();
}

void Listing::finishOne()
{
    if (--m_waiting > 0)
        return;
    // From the event loop: what has just ended its subscription is still speaking.
    QTimer::singleShot(0, this, [this] {
        m_pending.clear();
        Q_EMIT finished();
    });
}

std::vector<Error> Listing::errors() const
{
    std::vector<Error> all;
    for (const Part &part : m_parts)
        all.insert(all.end(), part.errors.begin(), part.errors.end());
    return all;
}

} // namespace fairlead::app
