// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreecells.h"
#include "items/ownertreegrouping.h"
#include "items/ownertreenode.h"
#include "items/ownertreerows.h"
#include "items/ownertreesources.h"
#include "items/rowfilter.h"
#include "kinds/treelinks.h"

#include <QtGlobal>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace fairlead::items {

/// The places of a tree by owner: which there are, which of them are rows, and in which order. Follows the graph of its sources and tells
/// each step.
///
/// An object has one place beneath its owner, at the top, or in its group; and one more in each place of who shows it (kinds::TreeLinks), with
/// all that is below it there again. An object that stands above itself already is not shown again.
/// Thread: GUI. Owner: OwnerTreeModel. All that it is given outlives it.
class OwnerTree {
public:
    using Node = OwnerTreeNode;

    /// From here on, moves within one owner are told together.
    static constexpr std::size_t manyMoves = OwnerTreeRows::manyMoves;

    OwnerTree(const OwnerTreeSources &sources, const OwnerTreeCells &cells, OwnerTreeSteps &steps);
    ~OwnerTree() = default;
    OwnerTree(const OwnerTree &) = delete;
    OwnerTree &operator=(const OwnerTree &) = delete;

    // Within a reset: no step is told.
    void clear();
    void setFilter(RowFilter filter);
    void setGrouping(OwnerTreeGrouping grouping); ///< to be built anew

    // A tree of many places is built in pieces, from a graph that stays as it is meanwhile: begin(), buildSome() until it says true, and
    // within a reset list(). Until then there are no rows.
    void begin();
    [[nodiscard]] bool buildSome(std::size_t &most); ///< `most`: steps, of which a place takes a few; becomes what is left of it
    void list();
    [[nodiscard]] bool isBuilding() const { return m_building.has_value(); }

    void sort(int column, Qt::SortOrder order);
    void apply(const kinds::OwnerChanges &changes);

    [[nodiscard]] Node &root() const { return *m_root; }
    [[nodiscard]] Node *find(std::string_view key) const; ///< an object's place, or a group; null: there is none
    /// A place of the object that is a row: its own, else any; null: there is none.
    [[nodiscard]] Node *shown(std::string_view uid) const;
    [[nodiscard]] bool isLive(const Node &node) const { return OwnerTreeRows::isLive(node); }

    [[nodiscard]] const RowFilter &filter() const { return m_filter; }
    [[nodiscard]] const OwnerTreeGrouping &grouping() const { return m_grouping; }
    [[nodiscard]] int sortColumn() const { return m_rows.sortColumn(); }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_rows.sortOrder(); }
    [[nodiscard]] const kinds::HealthCounts &counts() const { return m_counts; }
    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] int shownSize() const { return m_filter.isEmpty() ? m_size : m_shown; }

private:
    using Nodes = std::vector<Node *>;

    /// How far it has come.
    struct Building {
        std::vector<const kinds::OwnerNode *> objects; ///< owners before what they own
        std::size_t made = 0;                          ///< of them: those that have their place
        std::size_t asked = 0;                         ///< twice through them: who shows others, then all others
        Nodes places;
        std::size_t looked = 0; ///< of them, from the end: what stands below comes first
    };

    void arrive(const kinds::OwnerChanges &changes);
    void regroup(const kinds::OwnerChanges &changes);
    void follow(const kinds::OwnerChanges::Move &moved);
    void show(const std::vector<kinds::TreeLinks::Change> &changes);
    void depart(const kinds::OwnerChanges &changes, const std::vector<kinds::TreeLinks::Change> &links);
    void refresh();

    // The tree, without a word to anyone.
    Node &make(std::string key, Node &parent);
    Node &place(const kinds::OwnerNode &object);
    void showBelow(const kinds::OwnerNode &object, Node &parent, Nodes &made);
    Node &parentFor(const kinds::OwnerNode &object);
    static void join(Node &node, Node &parent);
    static void leave(Node &node);
    void destroy(Node &node);
    void look(Node &node);
    void count(Node &node, bool here);
    void ask(const kinds::OwnerNode &object);
    void touch(Node &node);
    void countShown();

    [[nodiscard]] bool wants(const Node &node, const Node &parent) const;
    [[nodiscard]] bool belongs(const Node &node, const Node &parent) const;
    [[nodiscard]] bool isTop(const Node &parent) const { return &parent == m_root.get() || parent.what == Node::What::Group; }
    void settleNew(const Nodes &made);
    void take(Node &node);
    void move(Node &node, Node &parent);
    [[nodiscard]] const Nodes &placesOf(std::string_view uid) const;

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    const OwnerTreeSources &m_sources;
    const OwnerTreeCells &m_cells;
    OwnerTreeSteps &m_steps;
    OwnerTreeRows m_rows;
    std::unique_ptr<kinds::TreeLinks> m_links;
    RowFilter m_filter;
    OwnerTreeGrouping m_grouping;

    std::unique_ptr<Node> m_root;
    std::unordered_map<std::string, std::unique_ptr<Node>, Hash, std::equal_to<>> m_nodes; ///< objects' places and groups, by key
    std::unordered_map<std::string, Nodes, Hash, std::equal_to<>> m_places;                ///< by the object's uid
    std::unordered_set<Node *> m_touched;                                                  ///< by the change set under way
    std::optional<Building> m_building;
    kinds::HealthCounts m_counts; ///< of the tree's own kind
    int m_size = 0;
    int m_shown = 0; ///< of them; with a filter
};

} // namespace fairlead::items
