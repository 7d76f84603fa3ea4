// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/rowtable.h"

#include <QtGlobal>

#include <atomic>
#include <utility>

namespace fairlead::kube {

std::string RowTable::keyOf(const Row &row)
{
    if (!row.uid().empty())
        return std::string(row.uid());
    std::string key(row.space());
    key += '/'; // in no uid, no namespace and no name
    key += row.name();
    return key;
}

RowTable::Entry *RowTable::find(const std::string &key)
{
    const auto it = m_entries.find(key);
    return it == m_entries.end() ? nullptr : &it->second;
}

Snapshot::Chunk &RowTable::writable(std::uint32_t slot)
{
    const std::size_t index = slot / Snapshot::chunkSize;
    if (index == m_chunks.size())
        m_chunks.push_back(std::make_shared<Snapshot::Chunk>(Snapshot::chunkSize));
    auto &chunk = m_chunks[index];
    if (chunk.use_count() > 1) // a snapshot reads it
        chunk = std::make_shared<Snapshot::Chunk>(*chunk);
    else
        std::atomic_thread_fence(std::memory_order_acquire); // the last reader's reads come before our write
    return *chunk;
}

RowTable::Entry &RowTable::insert(const std::string &key, ItemPtr item, std::uint32_t lane, std::uint64_t mark)
{
    std::uint32_t slot = m_next;
    if (m_free.empty()) {
        ++m_next;
    } else {
        slot = m_free.back();
        m_free.pop_back();
    }
    writable(slot)[slot % Snapshot::chunkSize] = item;
    const auto [it, isNew] = m_entries.try_emplace(key);
    Q_ASSERT(isNew);
    Entry &entry = it->second;
    entry.item = std::move(item);
    entry.slot = slot;
    entry.lane = lane;
    entry.mark = mark;
    entry.key = &it->first;
    link(entry);
    return entry;
}

void RowTable::link(Entry &entry)
{
    if (entry.lane >= m_lanes.size())
        m_lanes.resize(entry.lane + 1, nullptr);
    Entry *&first = m_lanes[entry.lane];
    entry.before = nullptr;
    entry.after = first;
    if (first)
        first->before = &entry;
    first = &entry;
}

void RowTable::unlink(Entry &entry)
{
    (entry.before ? entry.before->after : m_lanes[entry.lane]) = entry.after;
    if (entry.after)
        entry.after->before = entry.before;
}

void RowTable::moveTo(Entry &entry, std::uint32_t lane)
{
    if (entry.lane == lane)
        return;
    unlink(entry);
    entry.lane = lane;
    link(entry);
}

void RowTable::replace(Entry &entry, ItemPtr item)
{
    writable(entry.slot)[entry.slot % Snapshot::chunkSize] = item;
    entry.item = std::move(item);
}

void RowTable::remove(const std::string &key)
{
    const auto it = m_entries.find(key);
    if (it == m_entries.end())
        return;
    const std::uint32_t slot = it->second.slot;
    writable(slot)[slot % Snapshot::chunkSize].reset();
    m_free.push_back(slot);
    unlink(it->second);
    m_entries.erase(it);
}

void RowTable::clear()
{
    m_entries.clear();
    m_lanes.clear();
    m_chunks.clear();
    m_free.clear();
    m_next = 0;
}

std::shared_ptr<const Snapshot::Chunks> RowTable::share()
{
    return std::make_shared<const Snapshot::Chunks>(m_chunks.begin(), m_chunks.end());
}

} // namespace fairlead::kube
