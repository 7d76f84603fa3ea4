// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertree.h"

#include "items/ranges.h"
#include "kinds/treekinds.h"

#include <algorithm>
#include <map>
#include <utility>

namespace fairlead::items {

using kinds::OwnerChanges;
using kinds::OwnerNode;
using kinds::Selections;
using kinds::TreePart;

namespace {

using Node = OwnerTreeNode;

// "/" and "#" stand in no uid.
std::string selectedKey(std::string_view selector, std::string_view member)
{
    return std::string(selector) + "/" + std::string(member);
}

// Of a place, and of an object in the graph.
template<typename Any>
int depthOf(const Any &node)
{
    return node.parent ? 1 + depthOf(*node.parent) : 0;
}

void renumber(Node &parent, std::size_t from = 0)
{
    for (std::size_t i = from; i < parent.rows.size(); ++i)
        parent.rows[i]->row = int(i);
}

} // namespace

OwnerTree::OwnerTree(const OwnerTreeSources &sources, const OwnerTreeCells &cells, OwnerTreeSteps &steps)
    : m_sources(sources)
    , m_cells(cells)
    , m_steps(steps)
{
    clear();
}

void OwnerTree::clear()
{
    m_building.reset();
    m_touched.clear();
    m_nodes.clear();
    m_root = std::make_unique<Node>();
    m_selections = std::make_unique<Selections>();
    m_counts = {};
    m_size = 0;
}

void OwnerTree::begin()
{
    clear();
    m_building = Building{.objects = m_sources.graph().roots()};
}

bool OwnerTree::buildSome(std::size_t most)
{
    Building &is = *m_building;
    for (; is.made < is.objects.size() && most > 0; ++is.made, --most) {
        const OwnerNode &object = *is.objects[is.made];
        is.places.push_back(&make(std::string(object.uid()), object, object.parent ? *find(object.parent->uid()) : *m_root, false));
        is.objects.insert(is.objects.end(), object.children.begin(), object.children.end());
    }
    // Who selects comes first: then each member is compared with those alone that ask for one of its labels.
    const std::size_t count = is.objects.size();
    for (; is.made == count && is.asked < 2 * count && most > 0; ++is.asked, --most) {
        const OwnerNode &object = *is.objects[is.asked % count];
        if (kinds::selectsPods(*object.kind) == (is.asked < count))
            ask(object);
    }
    for (const Selections::Change &each : m_selections->takeChanges())
        is.places.push_back(&make(selectedKey(each.selector, each.member), *m_sources.graph().node(each.member), *find(each.selector), true));
    if (is.made < count || is.asked < 2 * count)
        return false;
    for (; is.looked < is.places.size() && most > 0; ++is.looked, --most) {
        Node &node = *is.places[is.places.size() - 1 - is.looked];
        m_cells.prepare(node);
        look(node);
    }
    return is.looked == is.places.size();
}

void OwnerTree::list()
{
    m_building.reset();
    listBelow(*m_root);
}

void OwnerTree::setFilter(RowFilter filter)
{
    m_filter = std::move(filter);
    if (m_building) {
        m_building->looked = 0;
        return;
    }
    for (const auto &[key, node] : m_nodes) {
        node->listed = false;
        look(*node);
    }
    listBelow(*m_root);
}

void OwnerTree::sort(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_sortOrder = order;
    if (m_building) {
        m_building->looked = 0;
        return;
    }
    m_steps.beginLayout(nullptr);
    for (const auto &[key, node] : m_nodes)
        node->sortKey = m_cells.key(*node, m_sortColumn);
    arrange(*m_root);
    for (const auto &[key, node] : m_nodes)
        arrange(*node);
    m_steps.endLayout();
}

// --- a change set

void OwnerTree::apply(const OwnerChanges &changes)
{
    const kinds::OwnerGraph &graph = m_sources.graph();
    // The graph is past all this: what it has let go of must not be asked any more, while rows still stand.
    for (const std::string &uid : changes.removed) {
        for (Node *each : placesOf(uid)) {
            touch(*each);
            count(*each, false);
            each->object = nullptr;
        }
    }
    const auto renew = [this, &graph](const std::string &uid) {
        for (Node *each : placesOf(uid)) {
            each->object = graph.node(uid);
            each->item = each->object->item;
            each->takesTraffic.reset();
            each->asks.reset();
            touch(*each);
        }
    };
    for (const auto *uids : {&changes.updated, &changes.rolledUp})
        std::for_each(uids->begin(), uids->end(), renew);
    for (const OwnerChanges::Move &each : changes.moved)
        renew(each.uid);

    arrive(changes);
    for (const auto *uids : {&changes.added, &changes.updated}) {
        for (const std::string &uid : *uids)
            ask(*graph.node(uid));
    }
    for (const std::string &uid : changes.removed)
        m_selections->remove(uid);
    const auto selections = m_selections->takeChanges();
    select(selections);
    depart(changes, selections);
    refresh();
}

// From the top, so that whoever is joined stands where it is to stand already; thus no place ever comes to be below itself.
void OwnerTree::arrive(const OwnerChanges &changes)
{
    const kinds::OwnerGraph &graph = m_sources.graph();
    std::vector<std::pair<int, const OwnerNode *>> objects;
    for (const std::string &uid : changes.added)
        objects.emplace_back(depthOf(*graph.node(uid)), graph.node(uid));
    for (const OwnerChanges::Move &each : changes.moved)
        objects.emplace_back(depthOf(*graph.node(each.uid)), graph.node(each.uid));
    std::stable_sort(objects.begin(), objects.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (const auto &[depth, object] : objects) {
        Node &parent = object->parent ? *find(object->parent->uid()) : *m_root;
        Node *node = find(object->uid());
        if (node) {
            move(*node, parent);
        } else {
            node = &make(std::string(object->uid()), *object, parent, false);
            look(*node);
            settle(*node);
        }
        touch(*node);
    }
}

void OwnerTree::select(const std::vector<Selections::Change> &changes)
{
    for (const Selections::Change &each : changes) {
        if (!each.selected)
            continue;
        Node &node = make(selectedKey(each.selector, each.member), *m_sources.graph().node(each.member), *find(each.selector), true);
        look(node);
        settle(node);
        touch(node);
    }
}

void OwnerTree::depart(const OwnerChanges &changes, const std::vector<Selections::Change> &unselected)
{
    std::vector<std::pair<int, std::string>> keys; // owners before what goes with them
    for (const std::string &uid : changes.removed) {
        if (const Node *node = find(uid))
            keys.emplace_back(depthOf(*node), uid);
    }
    for (const Selections::Change &each : unselected) {
        const std::string key = selectedKey(each.selector, each.member);
        const Node *node = each.selected ? nullptr : find(key);
        if (node)
            keys.emplace_back(depthOf(*node), key);
    }
    std::sort(keys.begin(), keys.end());
    for (const auto &[depth, key] : keys) {
        Node *node = find(key);
        if (!node)
            continue;
        Node &parent = *node->parent;
        touch(parent);
        if (node->listed)
            remove(*node);
        destroy(*node);
        if (&parent != m_root.get())
            settle(parent);
    }
}

void OwnerTree::refresh()
{
    Nodes touched(m_touched.begin(), m_touched.end());
    // A replica set's words are about its deployment and about those beside it. Only of owners: they are few.
    for (std::size_t i = 0; i < touched.size(); ++i) {
        for (Node *each : touched[i]->children) {
            if (each->object && !each->object->kind->owns.empty() && m_touched.insert(each).second)
                touched.push_back(each);
        }
    }
    m_touched.clear();
    for (Node *each : touched) {
        each->status.reset();
        each->restarts.reset();
        each->search.reset();
    }
    for (Node *each : touched) {
        look(*each);
        updateContainers(*each);
    }
    for (Node *each : touched)
        settle(*each);
    rekey(touched);
    tellChanged(touched);
}

// --- the tree

OwnerTree::Node &OwnerTree::make(std::string key, const OwnerNode &object, Node &parent, bool selected)
{
    auto &made = m_nodes[key];
    made = std::make_unique<Node>();
    made->key = std::move(key);
    made->object = &object;
    made->item = object.item;
    made->selected = selected;
    join(*made, parent);
    return *made;
}

void OwnerTree::join(Node &node, Node &parent)
{
    node.parent = &parent;
    node.place = parent.children.size();
    parent.children.push_back(&node);
}

void OwnerTree::leave(Node &node)
{
    auto &children = node.parent->children;
    children.back()->place = node.place;
    children[node.place] = children.back();
    children.pop_back();
}

// With all that is beneath it. It is not listed any more.
void OwnerTree::destroy(Node &node)
{
    while (!node.children.empty())
        destroy(*node.children.back());
    count(node, false);
    leave(node);
    m_touched.erase(&node);
    m_nodes.erase(node.key);
}

void OwnerTree::listBelow(Node &node)
{
    std::erase_if(node.rows, [](const Node *each) { return each->container < 0; });
    const auto containers = std::ptrdiff_t(node.rows.size());
    for (Node *each : node.children) {
        listBelow(*each);
        each->listed = wants(*each, node);
        if (each->listed)
            node.rows.push_back(each);
    }
    node.shownBelow = int(node.rows.size()) - int(containers);
    arrange(node);
}

void OwnerTree::arrange(Node &node) const
{
    std::sort(node.rows.begin(), node.rows.end(), [this](const Node *a, const Node *b) { return OwnerTreeCells::isBefore(*a, *b, m_sortOrder); });
    renumber(node);
}

// What a node says of itself, and of what it selects. Where it stands by it is another matter while it is listed.
void OwnerTree::look(Node &node)
{
    if (!node.object)
        return;
    count(node, true);
    m_cells.countMembers(node);
    if (!m_filter.needsText())
        node.search.reset();
    node.passes = m_filter.isEmpty() || m_filter.matches(m_filter.needsText() ? m_cells.searchText(node) : std::string(), node.item->meta(),
                                            m_cells.isOwn(node) ? node.object->health : std::nullopt);
    if (!node.listed)
        node.sortKey = m_cells.key(node, m_sortColumn);
}

void OwnerTree::count(Node &node, bool here)
{
    if (node.selected || (here ? !m_cells.isOwn(node) : !node.counts))
        return;
    if (here != node.counts)
        m_size += here ? 1 : -1;
    if (node.counted)
        --m_counts.of[std::size_t(*node.counted)];
    node.counts = here;
    node.counted = here ? node.object->health : std::nullopt;
    if (node.counted)
        ++m_counts.of[std::size_t(*node.counted)];
}

void OwnerTree::ask(const OwnerNode &object)
{
    if (kinds::selectsPods(*object.kind))
        m_selections->putSelector(object.uid(), object.item->space(), kinds::selectorOf(object, m_sources.source(object.source).columns));
    else if (kinds::isPod(*object.kind))
        m_selections->putMember(object.item);
}

// It and all above it: their words may be about it.
void OwnerTree::touch(Node &node)
{
    for (Node *each = &node; each->parent; each = each->parent)
        m_touched.insert(each);
}

// --- what is shown of it

bool OwnerTree::isLive(const Node &node) const
{
    return &node == m_root.get() || (node.listed && isLive(*node.parent));
}

bool OwnerTree::wants(const Node &node, const Node &parent) const
{
    if (!node.passes && node.shownBelow == 0)
        return false;
    if (&parent != m_root.get() || !node.object)
        return true;
    const TreePart part = m_sources.source(node.object->source).part;
    if (part == TreePart::Met)
        return node.shownBelow > 0;
    // What is below the tree's kind is here only if it should stand beneath something of this tree, and does not.
    return part != TreePart::Below || m_cells.hasLostOwner(node);
}

std::size_t OwnerTree::placeFor(const Node &node, const Node &parent) const
{
    const auto found = std::lower_bound(parent.rows.begin(), parent.rows.end(), &node,
        [this](const Node *a, const Node *b) { return OwnerTreeCells::isBefore(*a, *b, m_sortOrder); });
    return std::size_t(found - parent.rows.begin());
}

// Lists it, or not, as it should be; whoever stands above for its sake alone follows.
void OwnerTree::settle(Node &node)
{
    if (wants(node, *node.parent) == node.listed)
        return;
    if (node.listed)
        remove(node);
    else
        insert(node);
    if (node.parent != m_root.get())
        settle(*node.parent);
}

void OwnerTree::insert(Node &node)
{
    Node &parent = *node.parent;
    OwnerTreeCells::makeContainers(parent); // their rows come first
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

void OwnerTree::remove(Node &node)
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

void OwnerTree::move(Node &node, Node &parent)
{
    Node &old = *node.parent;
    if (&old == &parent)
        return;
    touch(old);
    if (!node.listed || !isLive(old) || !isLive(parent) || !wants(node, parent)) {
        if (node.listed)
            remove(node);
        leave(node);
        join(node, parent);
        settle(node);
    } else {
        OwnerTreeCells::makeContainers(parent);
        const std::size_t at = placeFor(node, parent);
        const auto from = std::size_t(node.row);
        m_steps.beginMove(old, int(from), parent, int(at));
        old.rows.erase(old.rows.begin() + std::ptrdiff_t(from));
        renumber(old, from);
        --old.shownBelow;
        leave(node);
        join(node, parent);
        parent.rows.insert(parent.rows.begin() + std::ptrdiff_t(at), &node);
        renumber(parent, at);
        ++parent.shownBelow;
        m_steps.endMove();
    }
    for (Node *each : {&old, &parent}) {
        if (each != m_root.get())
            settle(*each);
    }
}

void OwnerTree::rekey(const Nodes &nodes)
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

void OwnerTree::moveTo(Node &node, Node::Key key)
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

void OwnerTree::tellChanged(const Nodes &nodes)
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

// --- containers

void OwnerTree::updateContainers(Node &pod)
{
    if (!pod.object || !kinds::isPod(*pod.object->kind))
        return;
    // It was said that there are none: somebody has drawn no sign of them.
    if (pod.containers == Node::Containers::Said && !pod.hasContainers && OwnerTreeCells::hasContainerFacts(pod))
        pod.containers = Node::Containers::Made;
    if (pod.containers != Node::Containers::Made)
        return;
    std::vector<kinds::Container> told = OwnerTreeCells::containers(pod);
    const bool live = isLive(pod);
    const bool same = std::equal(told.begin(), told.end(), pod.told.begin(), pod.told.end(),
        [](const kinds::Container &a, const kinds::Container &b) { return a.name == b.name && a.role == b.role; });
    if (same) {
        pod.told = std::move(told);
        for (const auto &each : pod.made) {
            each->item = pod.item;
            each->status.reset();
        }
        if (live && !pod.made.empty())
            m_steps.changed(pod, 0, int(pod.made.size()) - 1);
        return;
    }
    if (!pod.made.empty()) {
        if (live)
            m_steps.beginRemove(pod, 0, int(pod.made.size()) - 1);
        pod.rows.erase(pod.rows.begin(), pod.rows.begin() + std::ptrdiff_t(pod.made.size()));
        renumber(pod);
        pod.made.clear();
        pod.told.clear();
        if (live)
            m_steps.endRemove();
    }
    if (told.empty())
        return;
    if (live)
        m_steps.beginInsert(pod, 0, int(told.size()) - 1);
    pod.told = std::move(told);
    OwnerTreeCells::addContainerRows(pod);
    if (live)
        m_steps.endInsert();
}

OwnerTree::Node *OwnerTree::find(std::string_view key) const
{
    const auto found = m_nodes.find(key);
    return found == m_nodes.end() ? nullptr : found->second.get();
}

OwnerTree::Nodes OwnerTree::placesOf(std::string_view uid) const
{
    Nodes places;
    if (Node *node = find(uid))
        places.push_back(node);
    for (const std::string &each : m_selections->selectorsOf(uid)) {
        if (Node *node = find(selectedKey(each, uid)))
            places.push_back(node);
    }
    return places;
}

} // namespace fairlead::items
