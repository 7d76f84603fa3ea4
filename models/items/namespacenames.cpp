// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/namespacenames.h"

namespace fairlead::items {

NamespaceNames::NamespaceNames(kube::Session &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
}

NamespaceNames::~NamespaceNames() = default;

void NamespaceNames::follow()
{
    if (m_store != nullptr)
        return;
    m_store = m_session.store({.resource = {"", "v1", "namespaces"}, .scope = kube::Scope::all(), .selector = {}});
    m_subscription = m_store->subscribe(
        kube::Detail::Meta, this, [this](const kube::ChangeSet &set) { apply(set); },
        [this](const kube::State &state) {
            // A cut does not make names unknown; only a refusal of the first list does.
            const auto refusal = state.phase == kube::Phase::Loading || state.phase == kube::Phase::Ended ? state.why : std::nullopt;
            const bool isRead = m_isRead || state.phase == kube::Phase::Live;
            if (refusal.has_value() == m_refusal.has_value() && isRead == m_isRead)
                return;
            m_refusal = refusal;
            m_isRead = isRead;
            Q_EMIT changed();
        });
}

void NamespaceNames::retry()
{
    if (m_store != nullptr)
        m_store->retry();
}

void NamespaceNames::apply(const kube::ChangeSet &set)
{
    const std::size_t before = m_names.size();
    for (const auto &removed : set.removed)
        m_names.erase(std::string(removed.last->name()));
    for (const kube::ItemPtr &item : set.added)
        m_names.insert(std::string(item->name()));
    if (m_names.size() != before || !set.removed.empty() || !set.added.empty())
        Q_EMIT changed();
}

} // namespace fairlead::items
