// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/changeset.h"

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace fairlead::kube {

/// Gathers what happens to rows between two change sets, so that each row stands there once.
/// Thread: the GUI thread. Cost: one entry for each row touched.
class PendingChanges {
public:
    /// Ends: a row that changes and goes within one tick is told as changed, then removed, and one that came and went as
    /// removed; without it the last state alone travels with `removed`, and what came and went is not told at all.
    enum class Keep { Latest, Ends };

    void add(ItemPtr item);
    void change(ItemPtr item);
    void remove(ItemPtr last, Keep keep);

    [[nodiscard]] bool isEmpty() const { return m_entries.empty(); }
    /// In the order in which the rows were first touched. Empty afterwards.
    [[nodiscard]] ChangeSet take();

private:
    enum class What { Added, Changed, Removed, ChangedAndRemoved, Nothing };
    struct Entry {
        What what = What::Nothing;
        ItemPtr item;
    };
    Entry &entryOf(RowId id);

    std::vector<Entry> m_entries;
    std::unordered_map<RowId, std::size_t> m_index;
};

} // namespace fairlead::kube
