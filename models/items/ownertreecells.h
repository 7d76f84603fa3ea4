// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "items/ownertreegrouping.h"
#include "items/ownertreenode.h"
#include "items/ownertreesources.h"
#include "items/tablemodel.h"

#include <QString>
#include <QVariant>

#include <optional>
#include <string>

namespace fairlead::items {

/// What stands in the cells of a tree by owner, and what it means. No structure: each answer is about one node. Texts pass through
/// plainText() where they become QStrings.
/// Thread: GUI. `clock` and `sources` outlive it.
class OwnerTreeCells {
public:
    enum Column { Name, Ready, Below, Status, Restarts, Age, Columns };

    /// Behind those of TableModel, which mean the same here: HealthRole, HealthWordRole, SpeaksOfHealthRole, StemRole, NumberRole, LongestRole,
    /// SinceRole, SinceIsExactRole, and of the header GrowsRole, ColumnNameRole and, for what whole columns come to be, LongestRole.
    enum Role {
        KeyRole = TableModel::ColumnNameRole + 1, ///< QString, of the row: names its place for as long as the object lives
        IconNameRole,                             ///< QString, of the row: Kind::icon, "container", "link" of what a workload uses
        KindNameRole,                             ///< QString, of the row: "ReplicaSet", "init container", "group"
        AsideRole,                                ///< QString, of the name's cell: small words beside it
        BelowRole,                                ///< QVariantList of int, of the cell: how many beneath it, for each Health; none: nothing is
        QuietRole,                                ///< bool, of the row: nothing to see (a replica set of an earlier revision)
        PassesRole,                               ///< bool, of the row: passes the filter by itself; else it stands there for what is beneath
        OddRole,                                  ///< bool, of the row: its owners are gone, or go round in a circle
    };

    OwnerTreeCells(const Clock &clock, const OwnerTreeSources &sources)
        : m_clock(clock)
        , m_sources(sources)
    {
    }

    [[nodiscard]] QVariant data(const OwnerTreeNode &node, Column column, int role) const;
    [[nodiscard]] static QVariant headerData(Column column, int role);

    [[nodiscard]] std::string text(const OwnerTreeNode &node, Column column) const;
    /// Beside the name; with the namespace where the tree shows several, and with what is odd about its owners.
    [[nodiscard]] QString aside(const OwnerTreeNode &node) const;
    /// "Owner: ReplicaSet web-7d9f is not there": why an object stands at the top that has owners. Empty for all others.
    [[nodiscard]] QString oddity(const OwnerTreeNode &node) const;
    /// One of the owners that it names is of a kind that is read here, and is not there.
    [[nodiscard]] bool hasLostOwner(const OwnerTreeNode &node) const;
    [[nodiscard]] std::optional<kinds::Health> health(const OwnerTreeNode &node) const;
    [[nodiscard]] QString healthWord(const OwnerTreeNode &node) const;
    /// How many beneath it do how: of what it owns, or of what it selects.
    [[nodiscard]] const kinds::HealthCounts &below(const OwnerTreeNode &node) const;
    /// Everyone's restarts beneath it; none: it runs nothing of its own.
    [[nodiscard]] std::optional<std::int64_t> restarts(const OwnerTreeNode &node) const;
    /// The moment that its age counts from.
    [[nodiscard]] std::optional<kinds::Moment> since(const OwnerTreeNode &node, Column column) const;
    /// How many characters of the name a person wrote; none: all.
    [[nodiscard]] std::optional<int> stem(const OwnerTreeNode &node) const;
    [[nodiscard]] bool isQuiet(const OwnerTreeNode &node) const;
    [[nodiscard]] std::string_view icon(const OwnerTreeNode &node) const;
    /// "Replica set", for who cannot see the icon.
    [[nodiscard]] QString kindName(const OwnerTreeNode &node) const;

    /// -1: worst first.
    [[nodiscard]] OwnerTreeNode::Key key(const OwnerTreeNode &node, int column) const;
    [[nodiscard]] static bool isBefore(const OwnerTreeNode &a, const OwnerTreeNode &b, Qt::SortOrder order);
    /// Works out of an object what others will ask it for all at once: before them, it is a little at a time.
    void prepare(const OwnerTreeNode &node) const;
    /// Of who shows pods: how those beneath it do, each once. Of a group: how all in it do.
    void countMembers(OwnerTreeNode &node) const;
    /// What a filter searches, folded.
    [[nodiscard]] const std::string &searchText(const OwnerTreeNode &node) const;
    [[nodiscard]] bool isOwn(const OwnerTreeNode &node) const; ///< of the tree's own kind
    /// By what the rows at the top are gathered: it need not be said again beside each.
    void setGrouping(const OwnerTreeGrouping &grouping) { m_grouping = grouping; }

private:
    [[nodiscard]] const OwnerTreeSources::Source *sourceOf(const kube::Owner &owner) const;
    [[nodiscard]] const std::vector<kube::Column> &columns(const OwnerTreeNode &node) const;
    [[nodiscard]] const kinds::Container &container(const OwnerTreeNode &node) const { return node.parent->told[std::size_t(node.part)]; }
    [[nodiscard]] static const kinds::Use &use(const OwnerTreeNode &node) { return node.parent->parent->uses[std::size_t(node.part)]; }
    [[nodiscard]] std::string groupName(const OwnerTreeNode &node) const;
    [[nodiscard]] std::string status(const OwnerTreeNode &node) const;
    [[nodiscard]] std::string restartsText(const OwnerTreeNode &node) const;
    [[nodiscard]] std::string cellNow(const OwnerTreeNode &node, std::string_view column) const;

    const Clock &m_clock;
    const OwnerTreeSources &m_sources;
    OwnerTreeGrouping m_grouping;
};

} // namespace fairlead::items
