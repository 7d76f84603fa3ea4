// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/changeset.h"

#include <cstddef>

namespace fairlead::items {

/// A change set of which something is still to be taken, so that no turn of the event loop takes very many rows.
///
/// Promise: the slices hold all of its rows, each once, in the set's order: changed, removed, added.
struct ChangeSlices {
    kube::ChangeSet set;
    kube::Snapshot snapshot; ///< at its end
    std::size_t taken = 0;   ///< of the set's rows

    [[nodiscard]] std::size_t size() const { return set.changed.size() + set.removed.size() + set.added.size(); }
    [[nodiscard]] bool isWhole() const { return taken == size(); }
    /// At most the next `most` rows; `most` becomes what is left of it. Of nothing there is an end, too, which counts as a row.
    [[nodiscard]] kube::ChangeSet next(std::size_t &most);
};

} // namespace fairlead::items
