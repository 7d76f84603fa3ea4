// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/changeset.h"

#include <algorithm>
#include <tuple>

namespace fairlead::kube {

std::vector<ItemPtr> Snapshot::sorted() const
{
    std::vector<ItemPtr> items;
    items.reserve(m_size);
    forEach([&items](const ItemPtr &item) { items.push_back(item); });
    std::sort(items.begin(), items.end(), [](const ItemPtr &a, const ItemPtr &b) {
        return std::make_tuple(a->space(), a->name(), a->uid()) < std::make_tuple(b->space(), b->name(), b->uid());
    });
    return items;
}

} // namespace fairlead::kube
