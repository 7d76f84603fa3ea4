// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/changeset.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairlead::kube {

/// The rows that a store holds, by uid, in chunks that are copied only when written while a snapshot holds them.
///
/// Thread: the GUI thread; what share() gives may be read anywhere. An object without a uid (some virtual kinds have none)
/// goes by namespace and name.
class RowTable {
public:
    /// Where a row stands; valid until it is removed.
    struct Entry {
        ItemPtr item;
        std::uint32_t slot = 0;
        std::uint32_t lane = 0;
        std::uint64_t mark = 0; ///< the list that saw it last
        const std::string *key = nullptr;
        Entry *before = nullptr; ///< of the same lane
        Entry *after = nullptr;
    };

    [[nodiscard]] static std::string keyOf(const Row &row);

    [[nodiscard]] Entry *find(const std::string &key);
    Entry &insert(const std::string &key, ItemPtr item, std::uint32_t lane, std::uint64_t mark);
    void replace(Entry &entry, ItemPtr item);
    void moveTo(Entry &entry, std::uint32_t lane);
    void remove(const std::string &key);
    void clear();

    [[nodiscard]] std::size_t size() const { return m_entries.size(); }
    /// The rows of one lane, at a cost that depends on no other; `visit` removes nothing.
    template<typename Visit>
    void forEachOf(std::uint32_t lane, Visit visit) const
    {
        for (const Entry *entry = lane < m_lanes.size() ? m_lanes[lane] : nullptr; entry; entry = entry->after)
            visit(*entry);
    }

    /// What a snapshot needs: a pointer for every 256 rows is copied.
    [[nodiscard]] std::shared_ptr<const Snapshot::Chunks> share();

private:
    Snapshot::Chunk &writable(std::uint32_t slot);
    void link(Entry &entry);
    void unlink(Entry &entry);

    std::unordered_map<std::string, Entry> m_entries; // its entries stay where they are
    std::vector<Entry *> m_lanes;                     // the first of each
    std::vector<std::shared_ptr<Snapshot::Chunk>> m_chunks;
    std::vector<std::uint32_t> m_free;
    std::uint32_t m_next = 0;
};

} // namespace fairlead::kube
