// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"
#include "kube/changeset.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// How many of each Health.
struct HealthCounts {
    std::array<std::uint32_t, healthCount> of{};

    [[nodiscard]] std::uint32_t count(Health health) const { return of[static_cast<std::size_t>(health)]; }
    /// None where nothing is counted.
    [[nodiscard]] std::optional<Health> worst() const;
    bool operator==(const HealthCounts &) const = default;
};

/// An object in the graph. Read only for all but the graph; valid until the apply() that removes it.
struct OwnerNode {
    kube::ItemPtr item;
    const Kind *kind = nullptr; ///< of its source
    std::size_t source = 0;
    std::optional<Health> health;            ///< its own, by its kind
    const OwnerNode *parent = nullptr;       ///< null: a root
    std::vector<const OwnerNode *> children; ///< in no order
    HealthCounts below;                      ///< of what does the work beneath it, directly or not: see counts()
    bool orphan = false;                     ///< has owners, and none of them is here
    bool cyclic = false;                     ///< its owners lead back to it; one such node of each circle is a root
    std::size_t place = 0;                   ///< among its parent's children, or the roots

    /// Whether it is one of those that the nodes above it count: what makes and owns nothing itself, as pods; and an owner with nothing beneath
    /// it that is not idle, since nobody else tells of it (a replica set that may make no pods, a job whose pods are gone). What lies between is
    /// not counted: two of three pods are two of three, whatever their replica set thinks of it.
    [[nodiscard]] bool counts() const;
    /// Of itself and all below.
    [[nodiscard]] std::optional<Health> rolledUp() const;
    [[nodiscard]] std::string_view uid() const { return item->uid(); }
};

/// What apply() changed, by uid, each once in a list, in no order. Nothing stands here that is as it was before the call.
struct OwnerChanges {
    struct Move {
        std::string uid;
        std::string from; ///< the parent's uid; empty: was a root
        std::string to;
        bool operator==(const Move &) const = default;
    };
    std::vector<std::string> added;
    std::vector<std::string> removed;
    std::vector<Move> moved;           ///< to another parent
    std::vector<std::string> updated;  ///< its item, or its orphan or cyclic mark
    std::vector<std::string> rolledUp; ///< health below it, by count

    [[nodiscard]] bool isEmpty() const { return added.empty() && removed.empty() && moved.empty() && updated.empty() && rolledUp.empty(); }
};

/// Who owns whom among the rows of several stores, kept current by their change sets. An object's parent is the first of its
/// owners that is here; the order in which objects come makes no difference. Owners that are not
/// here make it a root and an orphan, until they come. Where owners go round in a circle, the node with the least uid is its root.
///
/// Thread: any, one at a time. Cost of apply(): in proportion to what changed and the depth above it.
/// Sources do not overlap: an uid that two of them have belongs to the one that told of it first. Rows without uid are left out.
/// Not promised: an order of children and roots.
class OwnerGraph {
public:
    OwnerGraph();
    ~OwnerGraph();
    OwnerGraph(const OwnerGraph &) = delete;
    OwnerGraph &operator=(const OwnerGraph &) = delete;

    /// A store whose rows are to come in; the number is to be named with its changes.
    [[nodiscard]] std::size_t addSource(const Kind &kind);
    /// Removes its rows; the number is not used again.
    OwnerChanges removeSource(std::size_t source);

    /// `columns`: of the store's snapshot at that revision. Where the set says that columns changed, the health of the source's other rows
    /// is judged anew too.
    OwnerChanges apply(std::size_t source, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes);

    [[nodiscard]] const OwnerNode *node(std::string_view uid) const; ///< null: not here
    [[nodiscard]] const std::vector<const OwnerNode *> &roots() const;
    [[nodiscard]] std::size_t size() const;
    /// From the topmost owner down to the node's parent.
    [[nodiscard]] std::vector<const OwnerNode *> chain(std::string_view uid) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace fairlead::kinds
