// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/changeslices.h"

#include <algorithm>

namespace fairlead::items {

kube::ChangeSet ChangeSlices::next(std::size_t &most)
{
    kube::ChangeSet part;
    part.from = set.from;
    part.to = set.to;
    part.cause = set.cause;
    std::size_t before = 0;
    const auto take = [&](const auto &rows, auto &into) {
        const std::size_t from = std::min(taken - std::min(taken, before), rows.size());
        const std::size_t count = std::min(rows.size() - from, most);
        before += rows.size();
        into.assign(rows.begin() + std::ptrdiff_t(from), rows.begin() + std::ptrdiff_t(from + count));
        taken += count;
        most -= count;
    };
    take(set.changed, part.changed);
    take(set.removed, part.removed);
    take(set.added, part.added);
    if (taken == 0)
        most -= std::min<std::size_t>(most, 1);
    return part;
}

} // namespace fairlead::items
