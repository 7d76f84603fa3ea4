// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/pendingchanges.h"

#include <utility>

namespace fairlead::kube {

PendingChanges::Entry &PendingChanges::entryOf(RowId id)
{
    const auto [it, isNew] = m_index.try_emplace(id, m_entries.size());
    if (isNew)
        m_entries.emplace_back();
    return m_entries[it->second];
}

void PendingChanges::add(ItemPtr item)
{
    Entry &entry = entryOf(item->id());
    entry.what = What::Added;
    entry.item = std::move(item);
}

void PendingChanges::change(ItemPtr item)
{
    Entry &entry = entryOf(item->id());
    if (entry.what != What::Added)
        entry.what = What::Changed;
    entry.item = std::move(item);
}

void PendingChanges::remove(ItemPtr last, Keep keep)
{
    Entry &entry = entryOf(last->id());
    if (entry.what == What::Added)
        entry.what = keep == Keep::Ends ? What::Removed : What::Nothing;
    else if (entry.what == What::Changed && keep == Keep::Ends)
        entry.what = What::ChangedAndRemoved;
    else
        entry.what = What::Removed;
    entry.item = std::move(last);
}

ChangeSet PendingChanges::take()
{
    ChangeSet set;
    for (Entry &entry : m_entries) {
        switch (entry.what) {
        case What::Added:
            set.added.push_back(std::move(entry.item));
            break;
        case What::Changed:
            set.changed.push_back(std::move(entry.item));
            break;
        case What::ChangedAndRemoved:
            set.changed.push_back(entry.item);
            set.removed.push_back({entry.item->id(), std::move(entry.item)});
            break;
        case What::Removed:
            set.removed.push_back({entry.item->id(), std::move(entry.item)});
            break;
        case What::Nothing:
            break;
        }
    }
    m_entries.clear();
    m_index.clear();
    return set;
}

} // namespace fairlead::kube
