// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreecells.h"
#include "items/ownertreenode.h"
#include "items/ownertreesources.h"
#include "items/rowfilter.h"
#include "kinds/selections.h"

#include <QtGlobal>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace fairlead::items {

/// What changes in the rows of an OwnerTree, step by step: between a begin and its end the rows change by just that.
class OwnerTreeSteps {
public:
    virtual ~OwnerTreeSteps() = default;

    virtual void beginInsert(const OwnerTreeNode &parent, int first, int last) = 0;
    virtual void endInsert() = 0;
    virtual void beginRemove(const OwnerTreeNode &parent, int first, int last) = 0;
    virtual void endRemove() = 0;
    /// `at`: before which row, as rows stand before the move.
    virtual void beginMove(const OwnerTreeNode &from, int row, const OwnerTreeNode &to, int at) = 0;
    virtual void endMove() = 0;
    /// Rows beneath `parent`, or beneath anyone (null), get another order.
    virtual void beginLayout(const OwnerTreeNode *parent) = 0;
    virtual void endLayout() = 0;
    virtual void changed(const OwnerTreeNode &parent, int first, int last) = 0;
};

/// The places of a tree by owner: which there are, which of them are rows, and in which order. Follows the graph of its sources and tells
/// each step. Rows that stand beneath what is not shown are no rows for anyone: no step is told of them.
/// Thread: GUI. Owner: OwnerTreeModel. All that it is given outlives it.
class OwnerTree {
public:
    using Node = OwnerTreeNode;

    /// From here on, moves within one owner are told together.
    static constexpr std::size_t manyMoves = 8;

    OwnerTree(const OwnerTreeSources &sources, const OwnerTreeCells &cells, OwnerTreeSteps &steps);
    ~OwnerTree() = default;
    OwnerTree(const OwnerTree &) = delete;
    OwnerTree &operator=(const OwnerTree &) = delete;

    // Within a reset: no step is told.
    void clear();
    void setFilter(RowFilter filter);

    // A tree of many places is built in pieces, from a graph that stays as it is meanwhile: begin(), buildSome() until it says true, and
    // within a reset list(). Until then there are no rows.
    void begin();
    [[nodiscard]] bool buildSome(std::size_t most); ///< `most`: steps, of which a place takes a few
    void list();
    [[nodiscard]] bool isBuilding() const { return m_building.has_value(); }

    void sort(int column, Qt::SortOrder order);
    void apply(const kinds::OwnerChanges &changes);

    [[nodiscard]] Node &root() const { return *m_root; }
    [[nodiscard]] Node *find(std::string_view key) const; ///< an object's place; null: there is none
    /// Whether it is a row that somebody can come to.
    [[nodiscard]] bool isLive(const Node &node) const;

    [[nodiscard]] const RowFilter &filter() const { return m_filter; }
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }
    [[nodiscard]] const kinds::HealthCounts &counts() const { return m_counts; }
    [[nodiscard]] int size() const { return m_size; }

private:
    using Nodes = std::vector<Node *>;

    /// How far it has come.
    struct Building {
        std::vector<const kinds::OwnerNode *> objects; ///< owners before what they own
        std::size_t made = 0;                          ///< of them: those that have their place
        std::size_t asked = 0;                         ///< twice through them: who selects, then who is selected
        Nodes places;
        std::size_t looked = 0; ///< of them, from the end: what stands below comes first
    };

    void arrive(const kinds::OwnerChanges &changes);
    void select(const std::vector<kinds::Selections::Change> &changes);
    void depart(const kinds::OwnerChanges &changes, const std::vector<kinds::Selections::Change> &unselected);
    void refresh();

    // The tree, without a word to anyone.
    Node &make(std::string key, const kinds::OwnerNode &object, Node &parent, bool selected);
    static void join(Node &node, Node &parent);
    static void leave(Node &node);
    void destroy(Node &node);
    void listBelow(Node &node);
    void arrange(Node &node) const;
    void look(Node &node);
    void count(Node &node, bool here);
    void ask(const kinds::OwnerNode &object);
    void touch(Node &node);

    // What is shown of it, told step by step.
    [[nodiscard]] bool wants(const Node &node, const Node &parent) const;
    [[nodiscard]] std::size_t placeFor(const Node &node, const Node &parent) const;
    void settle(Node &node);
    void insert(Node &node);
    void remove(Node &node);
    void move(Node &node, Node &parent);
    void rekey(const Nodes &nodes);
    void moveTo(Node &node, Node::Key key);
    void tellChanged(const Nodes &nodes);
    void updateContainers(Node &pod);
    [[nodiscard]] Nodes placesOf(std::string_view uid) const;

    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    const OwnerTreeSources &m_sources;
    const OwnerTreeCells &m_cells;
    OwnerTreeSteps &m_steps;
    std::unique_ptr<kinds::Selections> m_selections;
    RowFilter m_filter;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;

    std::unique_ptr<Node> m_root;
    std::unordered_map<std::string, std::unique_ptr<Node>, Hash, std::equal_to<>> m_nodes; ///< objects' places, by key
    std::unordered_set<Node *> m_touched;                                                  ///< by the change set under way
    std::optional<Building> m_building;
    kinds::HealthCounts m_counts; ///< of the tree's own kind
    int m_size = 0;
};

} // namespace fairlead::items
