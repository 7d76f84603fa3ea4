// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertree.h"

#include "items/ownertreeparts.h"
#include "kinds/treekinds.h"

#include <algorithm>
#include <utility>

namespace fairlead::items {

using kinds::OwnerChanges;
using kinds::OwnerNode;
using kinds::TreeLinks;
using kinds::TreePart;

namespace {

using Node = OwnerTreeNode;

// "/" and "#" stand in no uid.
std::string keyBelow(const Node &parent, std::string_view uid)
{
    return parent.key + "/" + std::string(uid);
}

// Of a place, and of an object in the graph.
template<typename Any>
int depthOf(const Any &node)
{
    return node.parent ? 1 + depthOf(*node.parent) : 0;
}

bool standsAbove(const Node &node, std::string_view uid)
{
    return (node.item && node.item->uid() == uid) || (node.parent && standsAbove(*node.parent, uid));
}

bool isWithin(const Node &node, const Node &top)
{
    return &node == &top || (node.parent && isWithin(*node.parent, top));
}

} // namespace

OwnerTree::OwnerTree(const OwnerTreeSources &sources, const OwnerTreeCells &cells, OwnerTreeSteps &steps)
    : m_sources(sources)
    , m_cells(cells)
    , m_steps(steps)
    , m_rows(cells, steps, [this](const Node &node, const Node &parent) { return wants(node, parent); })
{
    clear();
}

void OwnerTree::clear()
{
    m_building.reset();
    m_touched.clear();
    m_places.clear();
    m_nodes.clear();
    m_root = std::make_unique<Node>();
    m_links = std::make_unique<TreeLinks>();
    m_counts = {};
    m_size = 0;
    m_shown = 0;
}

void OwnerTree::setGrouping(OwnerTreeGrouping grouping)
{
    m_grouping = std::move(grouping);
    clear();
}

void OwnerTree::begin()
{
    clear();
    m_building = Building{.objects = m_sources.graph().roots()};
}

bool OwnerTree::buildSome(std::size_t &most)
{
    Building &is = *m_building;
    for (; is.made < is.objects.size() && most > 0; ++is.made, --most) {
        const OwnerNode &object = *is.objects[is.made];
        is.places.push_back(&place(object));
        is.objects.insert(is.objects.end(), object.children.begin(), object.children.end());
    }
    // Who shows others comes first: then each of those is compared with those alone that ask for one of its labels.
    const std::size_t count = is.objects.size();
    for (; is.made == count && is.asked < 2 * count && most > 0; ++is.asked, --most) {
        const OwnerNode &object = *is.objects[is.asked % count];
        if (kinds::showsPods(*object.kind) == (is.asked < count))
            ask(object);
    }
    for (const TreeLinks::Change &each : m_links->takeChanges()) {
        const Nodes hosts = placesOf(each.host);
        for (Node *host : hosts) {
            if (each.shown) {
                showBelow(*m_sources.graph().node(each.guest), *host, is.places);
            } else if (Node *was = find(keyBelow(*host, each.guest))) {
                std::erase_if(is.places, [was](const Node *node) { return isWithin(*node, *was); });
                destroy(*was);
            }
        }
    }
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
    // What they say is of all below.
    for (const auto &[key, node] : m_nodes) {
        if (node->what == Node::What::Group)
            look(*node);
    }
    m_rows.listBelow(*m_root);
    countShown();
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
    m_rows.listBelow(*m_root);
    countShown();
}

void OwnerTree::sort(int column, Qt::SortOrder order)
{
    m_rows.setSort(column, order);
    if (m_building) {
        m_building->looked = 0;
        return;
    }
    m_steps.beginLayout(nullptr);
    for (const auto &[key, node] : m_nodes)
        node->sortKey = m_cells.key(*node, column);
    m_rows.arrange(*m_root);
    for (const auto &[key, node] : m_nodes)
        m_rows.arrange(*node);
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
            each->others.reset();
            touch(*each);
        }
    };
    for (const auto *uids : {&changes.updated, &changes.rolledUp})
        std::for_each(uids->begin(), uids->end(), renew);
    for (const OwnerChanges::Move &each : changes.moved)
        renew(each.uid);

    arrive(changes);
    if (m_grouping.isOn())
        regroup(changes);
    for (const auto *uids : {&changes.added, &changes.updated}) {
        for (const std::string &uid : *uids)
            ask(*graph.node(uid));
    }
    for (const std::string &uid : changes.removed)
        m_links->remove(uid);
    const auto links = m_links->takeChanges();
    show(links);
    depart(changes, links);
    refresh();
    countShown();
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
        Node *node = find(object->uid());
        if (node) {
            move(*node, parentFor(*object));
        } else {
            node = &place(*object);
            look(*node);
            m_rows.settle(*node);
        }
        touch(*node);
    }
    for (const OwnerChanges::Move &each : changes.moved)
        follow(each);
    for (const std::string &uid : changes.added) {
        const OwnerNode *object = graph.node(uid);
        if (object->parent)
            follow({uid, {}, std::string(object->parent->uid())});
    }
}

// Where its owner is shown by others, it stands beneath it there, too.
void OwnerTree::follow(const OwnerChanges::Move &moved)
{
    const Nodes places = placesOf(moved.uid);
    for (Node *each : places) {
        // A guest that is there by a link stays until the link goes.
        const Node &parent = *each->parent;
        const auto guests = parent.item ? m_links->guestsOf(parent.item->uid()) : std::vector<std::string>();
        if (each->selected && parent.item && parent.item->uid() == moved.from && std::find(guests.begin(), guests.end(), moved.uid) == guests.end())
            take(*each);
    }
    const Nodes owners = placesOf(moved.to);
    Nodes made;
    for (Node *each : owners) {
        if (each->selected)
            showBelow(*m_sources.graph().node(moved.uid), *each, made);
    }
    settleNew(made);
}

// What is grouped by may have changed.
void OwnerTree::regroup(const OwnerChanges &changes)
{
    for (const std::string &uid : changes.updated) {
        const OwnerNode &object = *m_sources.graph().node(uid);
        Node *node = find(uid);
        if (node && m_grouping.takes(object))
            move(*node, parentFor(object));
    }
    if (m_grouping.by != OwnerTreeGrouping::By::Node)
        return;
    // By node a pod stands beneath none of its owners, and yet is here for one of them: where that one moved, it may belong here no more, or now.
    std::vector<const OwnerNode *> below;
    for (const OwnerChanges::Move &each : changes.moved)
        below.push_back(m_sources.graph().node(each.uid));
    for (std::size_t i = 0; i < below.size(); ++i) {
        below.insert(below.end(), below[i]->children.begin(), below[i]->children.end());
        if (Node *own = find(below[i]->uid()))
            touch(*own);
    }
}

void OwnerTree::show(const std::vector<TreeLinks::Change> &changes)
{
    for (const TreeLinks::Change &each : changes) {
        if (!each.shown)
            continue;
        const Nodes hosts = placesOf(each.host);
        Nodes made;
        for (Node *host : hosts)
            showBelow(*m_sources.graph().node(each.guest), *host, made);
        settleNew(made);
        // It may have had to stand at the top until now.
        if (Node *own = find(each.guest)) {
            touch(*own);
            m_rows.settle(*own);
        }
    }
}

void OwnerTree::depart(const OwnerChanges &changes, const std::vector<TreeLinks::Change> &links)
{
    std::vector<std::pair<int, std::string>> keys; // owners before what goes with them
    for (const std::string &uid : changes.removed) {
        for (const Node *each : placesOf(uid))
            keys.emplace_back(depthOf(*each), each->key);
    }
    for (const TreeLinks::Change &each : links) {
        if (each.shown)
            continue;
        for (const Node *host : placesOf(each.host)) {
            if (const Node *guest = find(keyBelow(*host, each.guest)))
                keys.emplace_back(depthOf(*guest), guest->key);
        }
        if (Node *own = find(each.guest)) {
            touch(*own);
            if (own->object)
                m_rows.settle(*own);
        }
    }
    std::sort(keys.begin(), keys.end());
    for (const auto &[depth, key] : keys) {
        if (Node *node = find(key))
            take(*node);
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
    // What a place says may be about those below it: they come first.
    std::stable_sort(touched.begin(), touched.end(), [](const Node *a, const Node *b) { return depthOf(*a) > depthOf(*b); });
    for (Node *each : touched) {
        look(*each);
        parts::update(*each, isLive(*each), m_steps);
    }
    for (Node *each : touched)
        m_rows.settle(*each);
    m_rows.rekey(touched);
    m_rows.tellChanged(touched);
}

// --- the tree

OwnerTree::Node &OwnerTree::make(std::string key, Node &parent)
{
    auto &made = m_nodes[key];
    made = std::make_unique<Node>();
    made->key = std::move(key);
    join(*made, parent);
    return *made;
}

// An object's own.
OwnerTree::Node &OwnerTree::place(const OwnerNode &object)
{
    Node &made = make(std::string(object.uid()), parentFor(object));
    made.object = &object;
    made.item = object.item;
    m_places[made.key].push_back(&made);
    return made;
}

// Another one, with all that stands below it. What is shown already stays as it is.
void OwnerTree::showBelow(const OwnerNode &object, Node &parent, Nodes &made)
{
    std::string key = keyBelow(parent, object.uid());
    if (find(key) || standsAbove(parent, object.uid()))
        return;
    Node &place = make(std::move(key), parent);
    place.object = &object;
    place.item = object.item;
    place.selected = true;
    m_places[std::string(object.uid())].push_back(&place);
    made.push_back(&place);
    for (const OwnerNode *each : object.children)
        showBelow(*each, place, made);
    for (const std::string &each : m_links->guestsOf(object.uid()))
        showBelow(*m_sources.graph().node(each), place, made);
}

OwnerTree::Node &OwnerTree::parentFor(const OwnerNode &object)
{
    if (!m_grouping.takes(object))
        return object.parent ? *find(object.parent->uid()) : *m_root;
    const auto group = m_grouping.groupOf(object);
    const std::string key = group ? "group:=" + *group : std::string("group:");
    if (Node *here = find(key))
        return *here;
    Node &made = make(key, *m_root);
    made.what = Node::What::Group;
    made.group = group;
    made.parts = Node::Parts::Made;
    look(made);
    return made;
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
    if (node.item) {
        const auto places = m_places.find(node.item->uid());
        std::erase(places->second, &node);
        if (places->second.empty())
            m_places.erase(places);
    }
    m_nodes.erase(node.key);
}

// What a node says of itself, and of what it selects. Where it stands by it is another matter while it is listed.
void OwnerTree::look(Node &node)
{
    if (node.what == Node::What::Group) {
        node.restarts.reset(); // it was made before those below it, and may have been asked then
        node.status.reset();
        m_cells.countMembers(node);
        if (!node.listed)
            node.sortKey = m_cells.key(node, sortColumn());
        return;
    }
    if (!node.object)
        return;
    node.belongs = belongs(node, *node.parent);
    m_cells.countMembers(node);
    count(node, true);
    if (!m_filter.needsText())
        node.search.reset();
    node.passes = m_filter.isEmpty() || m_filter.matches(m_filter.needsText() ? m_cells.searchText(node) : std::string(), node.item->meta(),
                                            m_cells.isOwn(node) ? m_cells.health(node) : std::nullopt);
    if (!node.listed)
        node.sortKey = m_cells.key(node, sortColumn());
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
    node.counted = here ? m_cells.health(node) : std::nullopt;
    if (node.counted)
        ++m_counts.of[std::size_t(*node.counted)];
}

void OwnerTree::ask(const OwnerNode &object)
{
    // By node there are pods alone.
    if (m_grouping.by != OwnerTreeGrouping::By::Node)
        m_links->put(object, m_sources.source(object.source).columns);
}

// It and all above it: their words may be about it.
void OwnerTree::touch(Node &node)
{
    for (Node *each = &node; each->parent; each = each->parent)
        m_touched.insert(each);
}

// --- what is shown of it

bool OwnerTree::wants(const Node &node, const Node &parent) const
{
    if (node.what == Node::What::Group)
        return node.shownBelow > 0;
    // What was met is there for what it owns.
    const bool met = isTop(parent) && node.object && m_sources.source(node.object->source).part == TreePart::Met;
    return ((node.passes && !met) || node.shownBelow > 0) && belongs(node, parent);
}

// Whatever a filter says.
bool OwnerTree::belongs(const Node &node, const Node &parent) const
{
    if (!isTop(parent) || !node.object)
        return true;
    const auto isOwn = [this](const OwnerNode *each) { return m_sources.source(each->source).part == TreePart::Own; };
    if (m_grouping.by == OwnerTreeGrouping::By::Node) {
        const OwnerNode *above = node.object;
        while (above && !isOwn(above))
            above = above->parent;
        return above && m_grouping.takes(*node.object);
    }
    if (kinds::standsBeneath(*node.object->kind) && m_links->hasHost(node.object->uid()))
        return false;
    const TreePart part = m_sources.source(node.object->source).part;
    if (part == TreePart::Met)
        return !node.children.empty();
    // What is below the tree's kind is here only if it should stand beneath something of this tree, and does not.
    return part != TreePart::Below || m_cells.hasLostOwner(node);
}

// What is below comes first: whoever is listed is listed with all its rows.
void OwnerTree::settleNew(const Nodes &made)
{
    for (auto each = made.rbegin(); each != made.rend(); ++each) {
        look(**each);
        m_rows.settle(**each);
        touch(**each);
    }
}

// Away with it and all below it; groups that are empty then go, too.
void OwnerTree::take(Node &node)
{
    Node &parent = *node.parent;
    touch(parent);
    if (node.listed)
        m_rows.remove(node);
    destroy(node);
    if (&parent == m_root.get())
        return;
    m_rows.settle(parent);
    if (parent.what == Node::What::Group && parent.children.empty())
        take(parent);
}

void OwnerTree::move(Node &node, Node &parent)
{
    Node &old = *node.parent;
    if (&old == &parent)
        return;
    touch(old);
    m_rows.move(node, parent, [&node, &parent] {
        leave(node);
        join(node, parent);
    });
    touch(node);
    if (old.what == Node::What::Group && old.children.empty())
        take(old);
}

void OwnerTree::countShown()
{
    if (m_filter.isEmpty())
        return;
    std::unordered_set<const OwnerNode *> objects; // beneath who shows them, and beneath their owners
    const auto gather = [&](const auto &self, const Node &above) -> void {
        for (const Node *each : above.rows) {
            if (m_cells.isOwn(*each))
                objects.insert(each->object);
            if (each->shownBelow > 0)
                self(self, *each);
        }
    };
    gather(gather, *m_root);
    m_shown = int(objects.size());
}

OwnerTree::Node *OwnerTree::find(std::string_view key) const
{
    const auto found = m_nodes.find(key);
    return found == m_nodes.end() ? nullptr : found->second.get();
}

OwnerTree::Node *OwnerTree::shown(std::string_view uid) const
{
    const Nodes &places = placesOf(uid);
    const auto found = std::find_if(places.begin(), places.end(), [this](const Node *each) { return isLive(*each); });
    return found == places.end() ? nullptr : *found;
}

const OwnerTree::Nodes &OwnerTree::placesOf(std::string_view uid) const
{
    static const Nodes none;
    const auto found = m_places.find(uid);
    return found == m_places.end() ? none : found->second;
}

} // namespace fairlead::items
