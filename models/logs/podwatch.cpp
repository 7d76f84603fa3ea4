// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/podwatch.h"

#include <algorithm>
#include <utility>

namespace fairlead::logs {

PodWatch::PodWatch(std::shared_ptr<kube::Store> store, std::string name, QObject *parent)
    : QObject(parent)
    , m_store(std::move(store))
    , m_name(std::move(name))
    , m_subscription(m_store->subscribe(
          kube::Detail::Whole, this, [this](const kube::ChangeSet &set) { take(set); }, [this](const kube::State &state) { takeState(state); }))
{
}

kube::Source PodWatch::sourceOf(const std::string &space, const std::string &name)
{
    return {.resource = {"", "v1", "pods"}, .scope = kube::Scope::of({space}), .selector = {.labels = {}, .fields = "metadata.name=" + name}};
}

const Container *PodWatch::find(const std::string &name) const
{
    const auto found = std::find_if(m_containers.begin(), m_containers.end(), [&name](const Container &each) { return each.name == name; });
    return found == m_containers.end() ? nullptr : &*found;
}

void PodWatch::take(const kube::ChangeSet &set)
{
    bool gone = m_known ? m_gone : true;
    kube::ItemPtr last;
    const auto seen = [&](const std::vector<kube::ItemPtr> &items) {
        for (const kube::ItemPtr &item : items) {
            if (item->name() == m_name) {
                last = item;
                gone = false;
            }
        }
    };
    seen(set.changed); // in the order in which a set is to be applied
    for (const auto &removed : set.removed) {
        if (removed.last && removed.last->name() == m_name)
            gone = true;
    }
    seen(set.added);
    if (last) {
        if (const auto pod = kube::Json::parse(last->body())) {
            m_containers = containersOf(*pod);
            m_default = logs::defaultContainer(*pod);
        }
    }
    // The first set may be empty because nothing has come yet.
    if (!last && !m_known && m_store->state().phase != kube::Phase::Live)
        return;
    m_known = true;
    m_gone = gone;
    Q_EMIT changed();
}

void PodWatch::takeState(const kube::State &state)
{
    const kube::Phase before = std::exchange(m_phase, state.phase);
    if (state.phase == kube::Phase::Live && before != kube::Phase::Live) {
        if (!m_known && m_store->snapshot().size() == 0) {
            m_known = true;
            m_gone = true;
            Q_EMIT changed();
        }
        if (before == kube::Phase::Stale)
            Q_EMIT reached();
    }
}

} // namespace fairlead::logs
