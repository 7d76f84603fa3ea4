// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/containers.h"
#include "kinds/ownergraph.h"
#include "kinds/sortkey.h"
#include "kinds/treewords.h"
#include "kinds/uses.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::items {

/// A place in a tree by owner: an object beneath its owner or beneath who shows it, a group of objects, or a part of an object. Plain data of
/// OwnerTreeModel, which alone writes it.
struct OwnerTreeNode {
    enum class What : std::uint8_t {
        Object,
        Group,     ///< of what would stand at the top
        Container, ///< of its pod
        Uses,      ///< stands above those that a workload uses
        Use,       ///< one of them
    };
    /// What is known of an object's parts: nobody has asked, it was said whether there are any, or they are rows.
    enum class Parts : std::uint8_t { NotAsked, Said, Made };

    /// What it is sorted by.
    struct Key {
        bool last = false; ///< behind all that are not, whichever way it is sorted
        kinds::SortKey value;

        bool operator==(const Key &) const = default;
    };

    /// Names the place: the object's uid; behind the key of who shows it and '/'; with '#' a part; "group:" and a name.
    std::string key;
    What what = What::Object;
    OwnerTreeNode *parent = nullptr;
    std::vector<OwnerTreeNode *> children; ///< objects beneath it, shown or not, in no order
    std::vector<OwnerTreeNode *> rows;     ///< what is shown beneath it, in order
    std::size_t place = 0;                 ///< among the parent's children
    int row = 0;                           ///< among the parent's rows
    bool listed = false;                   ///< stands among them
    int shownBelow = 0;                    ///< how many of `rows` are objects
    bool passes = false;                   ///< the filter, by itself
    bool belongs = true;                   ///< where it stands, whatever a filter says
    bool selected = false;                 ///< stands beneath who shows it, or below such a place; its object has another one besides
    int part = -1;                         ///< of a container or use: which of those that its object tells of

    const kinds::OwnerNode *object = nullptr; ///< null: a group, a part, or gone by now
    kube::ItemPtr item;                       ///< the object's last state, or that of whose part it is; null: a group
    std::optional<std::string> group;         ///< of a group: its value; none: that of those without
    bool counts = false;                      ///< stands in the tree's counts
    std::optional<kinds::Health> counted;     ///< as what
    Key sortKey;

    kinds::HealthCounts members; ///< of the pods that it shows; of a group, of all below
    kinds::Selected traffic;
    kinds::HealthCounts shown; ///< of a group: how those right below it do

    Parts parts = Parts::NotAsked;
    bool hasParts = false; ///< as it was said
    std::vector<kinds::Container> told;
    std::vector<kinds::Use> uses;
    std::vector<std::unique_ptr<OwnerTreeNode>> made; ///< rows of the parts right below it, in order

    // Worked out when it is asked for; emptied when the object has changed: facts are texts, and reading them is what costs.
    mutable std::optional<bool> takesTraffic;
    mutable std::optional<bool> asks;      ///< it has a selector
    std::optional<kinds::Selected> others; ///< of an endpoint slice: endpoints that are no pods
    // The same; emptied when anything beneath has changed, too.
    mutable std::optional<std::string> search;
    mutable std::optional<std::string> status;
    mutable std::optional<std::int64_t> restarts;
};

} // namespace fairlead::items
