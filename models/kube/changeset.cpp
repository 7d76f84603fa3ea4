// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/changeset.h"

#include <algorithm>

namespace fairlead::kube {

bool isListedBefore(const Item &a, const Item &b)
{
    const auto key = [](const Item &item, std::size_t i) {
        const std::size_t size = item.space().size();
        return static_cast<unsigned char>(i < size ? item.space()[i] : i == size ? '/' : item.name()[i - size - 1]);
    };
    const std::size_t aSize = a.space().size() + 1 + a.name().size();
    const std::size_t bSize = b.space().size() + 1 + b.name().size();
    for (std::size_t i = 0; i < std::min(aSize, bSize); ++i) {
        if (key(a, i) != key(b, i))
            return key(a, i) < key(b, i);
    }
    return aSize != bSize ? aSize < bSize : a.uid() < b.uid();
}

std::vector<ItemPtr> Snapshot::sorted() const
{
    std::vector<ItemPtr> items;
    items.reserve(m_size);
    forEach([&items](const ItemPtr &item) { items.push_back(item); });
    std::sort(items.begin(), items.end(), [](const ItemPtr &a, const ItemPtr &b) { return isListedBefore(*a, *b); });
    return items;
}

} // namespace fairlead::kube
