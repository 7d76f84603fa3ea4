// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/containers.h"
#include "kinds/ownergraph.h"
#include "kinds/sortkey.h"
#include "kinds/treewords.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::items {

/// A place in a tree by owner: an object beneath its owner or beneath a service that selects it, or a container beneath its pod. Plain data
/// of OwnerTreeModel, which alone writes it.
struct OwnerTreeNode {
    /// What is known of a pod's containers: nobody has asked, it was said whether there are any, or they are rows.
    enum class Containers : std::uint8_t { NotAsked, Said, Made };

    /// What it is sorted by.
    struct Key {
        bool last = false; ///< behind all that are not, whichever way it is sorted
        kinds::SortKey value;

        bool operator==(const Key &) const = default;
    };

    std::string key; ///< names the place: the object's uid, behind that of who selects it; with '#' a container's name
    OwnerTreeNode *parent = nullptr;
    std::vector<OwnerTreeNode *> children; ///< objects beneath it, shown or not, in no order
    std::vector<OwnerTreeNode *> rows;     ///< what is shown beneath it, in order
    std::size_t place = 0;                 ///< among the parent's children
    int row = 0;                           ///< among the parent's rows
    bool listed = false;                   ///< stands among them
    int shownBelow = 0;                    ///< how many of `rows` are objects
    bool passes = false;                   ///< the filter, by itself
    bool selected = false;                 ///< stands beneath who selects it
    int container = -1;                    ///< which of the parent's `told`; -1: it is an object

    const kinds::OwnerNode *object = nullptr; ///< null: a container, or gone by now
    kube::ItemPtr item;                       ///< the object's last state, or the pod's
    bool counts = false;                      ///< stands in the tree's counts
    std::optional<kinds::Health> counted;     ///< as what
    Key sortKey;

    kinds::HealthCounts members; ///< of those that it selects
    kinds::Selected traffic;

    Containers containers = Containers::NotAsked;
    bool hasContainers = false; ///< as it was said
    std::vector<kinds::Container> told;
    std::vector<std::unique_ptr<OwnerTreeNode>> made; ///< their rows

    // Worked out when it is asked for; emptied when the object has changed: facts are texts, and reading them is what costs.
    mutable std::optional<bool> takesTraffic;
    mutable std::optional<bool> asks; ///< it has a selector
    // The same; emptied when anything beneath has changed, too.
    mutable std::optional<std::string> search;
    mutable std::optional<std::string> status;
    mutable std::optional<std::int64_t> restarts;
};

} // namespace fairlead::items
