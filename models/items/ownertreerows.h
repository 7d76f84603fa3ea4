// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "items/ownertreecells.h"
#include "items/ownertreenode.h"

#include <QtGlobal>

#include <functional>
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

/// Which places of an OwnerTree are rows, and in which order; tells each step. Rows beneath what is not shown are no rows for anyone: no step
/// is told of them.
/// Thread: GUI. Owner: OwnerTree. All that it is given outlives it.
class OwnerTreeRows {
public:
    using Node = OwnerTreeNode;
    using Nodes = std::vector<Node *>;

    /// From here on, moves within one owner are told together.
    static constexpr std::size_t manyMoves = 8;

    /// `wants`: whether a place is to be a row beneath this parent, as things are there.
    OwnerTreeRows(const OwnerTreeCells &cells, OwnerTreeSteps &steps, std::function<bool(const Node &node, const Node &parent)> wants)
        : m_cells(cells)
        , m_steps(steps)
        , m_wants(std::move(wants))
    {
    }

    void setSort(int column, Qt::SortOrder order)
    {
        m_sortColumn = column;
        m_sortOrder = order;
    }
    [[nodiscard]] int sortColumn() const { return m_sortColumn; }
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_sortOrder; }

    /// Whether it is a row that somebody can come to, or the root.
    [[nodiscard]] static bool isLive(const Node &node);

    // Without a word to anyone.
    void listBelow(Node &node);
    void arrange(Node &node) const;

    /// Lists it, or not, as it should be; whoever stands above for its sake alone follows.
    void settle(Node &node);
    void remove(Node &node);
    /// From a place in the tree to another one, by a step where it is a row before and after. `rejoin` does it in the tree.
    void move(Node &node, Node &parent, const std::function<void()> &rejoin);
    /// Where they stand by what they are sorted by now.
    void rekey(const Nodes &nodes);
    void tellChanged(const Nodes &nodes);

private:
    [[nodiscard]] std::size_t placeFor(const Node &node, const Node &parent) const;
    void insert(Node &node);
    void moveTo(Node &node, Node::Key key);

    const OwnerTreeCells &m_cells;
    OwnerTreeSteps &m_steps;
    std::function<bool(const Node &, const Node &)> m_wants;
    int m_sortColumn = -1;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
};

} // namespace fairlead::items
