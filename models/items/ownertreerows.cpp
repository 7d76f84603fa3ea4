// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreerows.h"

#include "items/ownertreeparts.h"
#include "items/ranges.h"

#include <algorithm>
#include <map>
#include <utility>

namespace fairlead::items {

namespace {

using Node = OwnerTreeNode;

bool isPart(const Node *node)
{
    return node->what != Node::What::Object && node->what != Node::What::Group;
}

void renumber(Node &parent, std::size_t from = 0)
{
    for (std::size_t i = from; i < parent.rows.size(); ++i)
        parent.rows[i]->row = int(i);
}

} // namespace

bool OwnerTreeRows::isLive(const Node &node)
{
    return !node.parent || (node.listed && isLive(*node.parent));
}

void OwnerTreeRows::listBelow(Node &node)
{
    std::erase_if(node.rows, [](const Node *each) { return !isPart(each); });
    const auto parts = node.rows.size();
    for (Node *each : node.children) {
        listBelow(*each);
        each->listed = m_wants(*each, node);
        if (each->listed)
            node.rows.push_back(each);
    }
    node.shownBelow = int(node.rows.size() - parts);
    arrange(node);
}

void OwnerTreeRows::arrange(Node &node) const
{
    std::sort(node.rows.begin(), node.rows.end(), [this](const Node *a, const Node *b) { return OwnerTreeCells::isBefore(*a, *b, m_sortOrder); });
    renumber(node);
}

std::size_t OwnerTreeRows::placeFor(const Node &node, const Node &parent) const
{
    const auto found = std::lower_bound(parent.rows.begin(), parent.rows.end(), &node,
        [this](const Node *a, const Node *b) { return OwnerTreeCells::isBefore(*a, *b, m_sortOrder); });
    return std::size_t(found - parent.rows.begin());
}

// Lists it, or not, as it should be; whoever stands above for its sake alone follows.
void OwnerTreeRows::settle(Node &node)
{
    if (m_wants(node, *node.parent) == node.listed)
        return;
    if (node.listed)
        remove(node);
    else
        insert(node);
    if (node.parent->parent)
        settle(*node.parent);
}

void OwnerTreeRows::insert(Node &node)
{
    Node &parent = *node.parent;
    parts::make(parent); // containers come first
    const std::size_t at = placeFor(node, parent);
    const bool live = isLive(parent);
    if (live)
        m_steps.beginInsert(parent, int(at), int(at));
    parent.rows.insert(parent.rows.begin() + std::ptrdiff_t(at), &node);
    renumber(parent, at);
    ++parent.shownBelow;
    node.listed = true;
    if (live)
        m_steps.endInsert();
}

void OwnerTreeRows::remove(Node &node)
{
    Node &parent = *node.parent;
    const auto at = std::size_t(node.row);
    const bool live = isLive(parent);
    if (live)
        m_steps.beginRemove(parent, int(at), int(at));
    parent.rows.erase(parent.rows.begin() + std::ptrdiff_t(at));
    renumber(parent, at);
    --parent.shownBelow;
    node.listed = false;
    if (live)
        m_steps.endRemove();
}

void OwnerTreeRows::move(Node &node, Node &parent, const std::function<void()> &rejoin)
{
    Node &old = *node.parent;
    if (!node.listed || !isLive(old) || !isLive(parent) || !m_wants(node, parent)) {
        if (node.listed)
            remove(node);
        rejoin();
        settle(node);
    } else {
        parts::make(parent);
        const std::size_t at = placeFor(node, parent);
        const auto from = std::size_t(node.row);
        m_steps.beginMove(old, int(from), parent, int(at));
        old.rows.erase(old.rows.begin() + std::ptrdiff_t(from));
        renumber(old, from);
        --old.shownBelow;
        rejoin();
        parent.rows.insert(parent.rows.begin() + std::ptrdiff_t(at), &node);
        renumber(parent, at);
        ++parent.shownBelow;
        m_steps.endMove();
    }
    for (Node *each : {&old, &parent}) {
        if (each->parent)
            settle(*each);
    }
}

void OwnerTreeRows::rekey(const Nodes &nodes)
{
    std::map<Node *, std::vector<std::pair<Node *, Node::Key>>> moving; // by parent
    for (Node *each : nodes) {
        Node::Key key = m_cells.key(*each, m_sortColumn);
        if (!each->listed)
            each->sortKey = std::move(key);
        else if (!(key == each->sortKey))
            moving[each->parent].emplace_back(each, std::move(key));
    }
    for (auto &[parent, pairs] : moving) {
        if (pairs.size() < manyMoves) {
            for (auto &[node, key] : pairs)
                moveTo(*node, std::move(key));
            continue;
        }
        const bool live = isLive(*parent);
        if (live)
            m_steps.beginLayout(parent);
        for (auto &[node, key] : pairs)
            node->sortKey = std::move(key);
        arrange(*parent);
        if (live)
            m_steps.endLayout();
    }
}

void OwnerTreeRows::moveTo(Node &node, Node::Key key)
{
    Node &parent = *node.parent;
    auto &rows = parent.rows;
    const auto before = [this](const Node *a, const Node *b) { return OwnerTreeCells::isBefore(*a, *b, m_sortOrder); };
    const auto place = std::ptrdiff_t(node.row);
    node.sortKey = std::move(key);
    const auto lower = std::lower_bound(rows.begin(), rows.begin() + place, &node, before) - rows.begin();
    const auto upper = std::lower_bound(rows.begin() + place + 1, rows.end(), &node, before) - rows.begin();
    const auto to = lower != place ? lower : upper;
    if (to == place || to == place + 1)
        return;
    const bool live = isLive(parent);
    if (live)
        m_steps.beginMove(parent, int(place), parent, int(to));
    if (to < place)
        std::rotate(rows.begin() + to, rows.begin() + place, rows.begin() + place + 1);
    else
        std::rotate(rows.begin() + place, rows.begin() + place + 1, rows.begin() + to);
    renumber(parent, std::size_t(std::min(to, place)));
    if (live)
        m_steps.endMove();
}

void OwnerTreeRows::tellChanged(const Nodes &nodes)
{
    std::map<Node *, std::vector<int>> rows; // by parent
    for (const Node *each : nodes) {
        if (each->listed)
            rows[each->parent].push_back(each->row);
    }
    for (auto &[parent, numbers] : rows) {
        if (!isLive(*parent))
            continue;
        std::sort(numbers.begin(), numbers.end());
        forEachRange(numbers, [this, above = parent](int first, int last) { m_steps.changed(*above, first, last); });
    }
}

} // namespace fairlead::items
