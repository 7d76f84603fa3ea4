// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/statewalk.h"

#include "recording/bytereader.h"

#include <utility>

namespace fairlead::recording {

void StateWalk::take(const Entry &entry, const Changed &changed)
{
    switch (entry.type) {
    case EntryType::List:
        if (const auto head = readList(entry)) {
            m_listing.emplace().begin(*head);
            m_listed = 0;
        }
        break;
    case EntryType::Row:
        if (const auto row = readRow(entry); row && m_listing) {
            m_listing->add(*row);
            ++m_listed;
        }
        break;
    case EntryType::ListEnd:
        if (m_listing && ByteReader(entry.body).get32() == m_listed)
            takeList(changed);
        m_listing.reset();
        break;
    case EntryType::Event:
        if (const auto row = readRow(entry); row && entry.detail >= 1 && entry.detail <= 4) {
            const auto kind = static_cast<EventKind>(entry.detail);
            StateChange change{kind, m_state.apply(kind, *row), {}, row->version};
            if (kind == EventKind::Deleted) {
                auto last = std::make_shared<StateRow>();
                *last = {std::string(row->space), std::string(row->name), std::string(row->version), std::string(row->json)};
                change.now = std::move(last);
            } else if (kind != EventKind::Bookmark) {
                change.now = m_state.rows().at(ResourceState::key(row->space, row->name));
            }
            changed(change);
        }
        break;
    case EntryType::Gap:
        m_state.gapSince = entry.time;
        break;
    default:
        break;
    }
}

// Equal versions are equal objects; a keyframe then tells nothing, but where something before it was damaged.
void StateWalk::takeList(const Changed &changed)
{
    const ResourceState before = std::exchange(m_state, std::move(*m_listing));
    for (const auto &[key, row] : before.rows()) {
        if (!m_state.rows().contains(key))
            changed({EventKind::Deleted, row, row, m_state.version()});
    }
    for (const auto &[key, row] : m_state.rows()) {
        const auto was = before.rows().find(key);
        if (was == before.rows().end())
            changed({EventKind::Added, {}, row, row->version});
        else if (was->second->version != row->version)
            changed({EventKind::Modified, was->second, row, row->version});
    }
}

} // namespace fairlead::recording
