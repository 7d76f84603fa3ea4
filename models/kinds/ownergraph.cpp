// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/ownergraph.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace fairlead::kinds {

namespace {

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template<typename Value>
using ByUid = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

// The uids of a row's owners, in its order.
std::vector<std::string_view> ownersOf(const kube::Row &row)
{
    std::vector<std::string_view> uids;
    for (std::size_t i = 0; i < row.ownerCount(); ++i) {
        if (const kube::Owner owner = row.owner(i); !owner.uid.empty())
            uids.push_back(owner.uid);
    }
    return uids;
}

} // namespace

std::optional<Health> HealthCounts::worst() const
{
    std::optional<Health> result;
    for (std::size_t i = 0; i < healthCount; ++i) {
        const auto each = static_cast<Health>(i);
        if (of[i] > 0)
            result = result ? worse(*result, each) : each;
    }
    return result;
}

bool OwnerNode::counts() const
{
    return health && (kind->owns.empty() || (children.empty() && *health != Health::Idle));
}

std::optional<Health> OwnerNode::rolledUp() const
{
    const auto beneath = below.worst();
    if (!beneath || !health)
        return beneath ? beneath : health;
    return worse(*health, *beneath);
}

struct OwnerGraph::Private {
    struct Node : OwnerNode {
        Node *wanted = nullptr; // the parent that its owners name, circle or not
    };
    // What a node was before the running call touched it.
    struct Before {
        bool here = false;
        std::string parent;
        HealthCounts below;
        bool orphan = false;
        bool cyclic = false;
    };

    std::vector<const Kind *> sources; // null: removed
    ByUid<std::unique_ptr<Node>> nodes;
    ByUid<std::set<Node *>> naming; // by owner's uid, here or not: who names it
    std::vector<const OwnerNode *> roots;
    std::unordered_map<Node *, std::vector<Node *>> circles; // by their root

    // One call's notes.
    std::map<std::string, Before, std::less<>> before;
    std::set<std::string, std::less<>> newItems;
    std::set<Node *> loose; // their parent is to be found anew
    std::vector<std::unique_ptr<Node>> gone;

    Node *find(std::string_view uid)
    {
        const auto found = nodes.find(uid);
        return found == nodes.end() ? nullptr : found->second.get();
    }

    void touch(Node &node)
    {
        if (before.find(node.uid()) != before.end())
            return;
        before.emplace(std::string(node.uid()),
            Before{true, node.parent ? std::string(node.parent->uid()) : std::string(), node.below, node.orphan, node.cyclic});
    }

    static Node *mutableNode(const OwnerNode *node) { return static_cast<Node *>(const_cast<OwnerNode *>(node)); }

    std::vector<const OwnerNode *> &siblings(Node &node) { return node.parent ? mutableNode(node.parent)->children : roots; }

    // Adds or takes away `node` and all below it in every node above.
    void count(Node &node, bool add)
    {
        HealthCounts all = node.below;
        if (node.counts())
            ++all.of[static_cast<std::size_t>(*node.health)];
        count(node, all, add);
    }

    // The same of the node alone: before and after it gets its first child, or loses its last.
    void countOwn(Node &node, bool add)
    {
        HealthCounts own;
        if (node.counts())
            ++own.of[static_cast<std::size_t>(*node.health)];
        count(node, own, add);
    }

    void count(Node &node, const HealthCounts &all, bool add)
    {
        if (all == HealthCounts())
            return;
        for (Node *above = mutableNode(node.parent); above; above = mutableNode(above->parent)) {
            touch(*above);
            for (std::size_t i = 0; i < healthCount; ++i)
                above->below.of[i] += add ? all.of[i] : 0U - all.of[i];
        }
    }

    void attach(Node &node, Node *parent)
    {
        node.parent = parent;
        const bool first = parent && parent->children.empty();
        if (first)
            countOwn(*parent, false);
        auto &list = siblings(node);
        node.place = list.size();
        list.push_back(&node);
        if (first)
            countOwn(*parent, true);
        count(node, true);
    }

    void detach(Node &node)
    {
        count(node, false);
        Node *parent = mutableNode(node.parent);
        auto &list = siblings(node);
        const bool last = parent && list.size() == 1;
        if (last)
            countOwn(*parent, false);
        mutableNode(list.back())->place = node.place;
        list[node.place] = list.back();
        list.pop_back();
        if (last)
            countOwn(*parent, true);
        node.parent = nullptr; // what is counted below it from now on stays below it
    }

    void unname(Node &node)
    {
        for (const std::string_view uid : ownersOf(node.item->meta())) {
            const auto found = naming.find(uid);
            if (found == naming.end())
                continue;
            found->second.erase(&node);
            if (found->second.empty())
                naming.erase(found);
        }
    }

    void nameOwners(Node &node)
    {
        for (const std::string_view uid : ownersOf(node.item->meta()))
            naming.try_emplace(std::string(uid)).first->second.insert(&node);
    }

    void loosenThoseNaming(std::string_view uid)
    {
        const auto found = naming.find(uid);
        if (found != naming.end())
            loose.insert(found->second.begin(), found->second.end());
    }

    void remove(std::string_view uid)
    {
        const auto found = nodes.find(uid);
        if (found == nodes.end())
            return;
        Node &node = *found->second;
        touch(node);
        breakCircleOf(node);
        detach(node);
        unname(node);
        loosenThoseNaming(uid);
        loose.erase(&node);
        newItems.erase(std::string(uid));
        // Children still point to it until they have found another parent, below.
        gone.push_back(std::move(found->second));
        nodes.erase(found);
    }

    void put(std::size_t source, const std::vector<kube::Column> &columns, const kube::ItemPtr &item)
    {
        if (!item || item->uid().empty())
            return;
        Node *node = find(item->uid());
        if (node && node->source != source)
            return;
        const auto health = sources[source]->health(columns, item->meta());
        if (!node) {
            if (before.find(item->uid()) == before.end())
                before.emplace(std::string(item->uid()), Before());
            auto made = std::make_unique<Node>();
            node = made.get();
            node->item = item;
            node->kind = sources[source];
            node->source = source;
            node->health = health;
            nodes.emplace(std::string(item->uid()), std::move(made));
            attach(*node, nullptr);
            nameOwners(*node);
            loosenThoseNaming(item->uid());
            loose.insert(node);
            newItems.insert(std::string(item->uid()));
            return;
        }
        touch(*node);
        newItems.insert(std::string(item->uid()));
        const bool sameOwners = ownersOf(node->item->meta()) == ownersOf(item->meta());
        if (!sameOwners)
            unname(*node);
        node->item = item;
        if (!sameOwners) {
            nameOwners(*node);
            loose.insert(node);
        }
        judge(*node, health);
    }

    void judge(Node &node, std::optional<Health> health)
    {
        if (node.health == health)
            return;
        count(node, false);
        node.health = health;
        count(node, true);
    }

    Node *wantedParent(Node &node)
    {
        for (const std::string_view uid : ownersOf(node.item->meta())) {
            if (Node *owner = find(uid))
                return owner;
        }
        return nullptr;
    }

    // The circle is forgotten; all its nodes find their parents anew.
    void breakCircleOf(Node &node)
    {
        if (!node.cyclic)
            return;
        for (auto each = circles.begin(); each != circles.end(); ++each) {
            if (std::find(each->second.begin(), each->second.end(), &node) == each->second.end())
                continue;
            for (Node *member : each->second) {
                touch(*member);
                member->cyclic = false;
                loose.insert(member);
            }
            circles.erase(each);
            return;
        }
    }

    // If wanted parents lead from `node` back to it, the nodes on the way.
    static std::vector<Node *> circleFrom(Node &node)
    {
        std::vector<Node *> way{&node};
        std::unordered_set<const Node *> seen{&node};
        for (Node *next = node.wanted; next; next = next->wanted) {
            if (next == &node)
                return way;
            if (!seen.insert(next).second)
                return {}; // a circle further up, not through this node
            way.push_back(next);
        }
        return {};
    }

    // Gives every loose node its parent, without ever making a circle on the way.
    void settle()
    {
        for (Node *each : std::vector<Node *>(loose.begin(), loose.end()))
            breakCircleOf(*each);
        for (Node *each : loose)
            each->wanted = wantedParent(*each);
        std::set<Node *> stillLoose = loose;
        for (Node *each : loose) {
            if (each->cyclic)
                continue;
            std::vector<Node *> circle = circleFrom(*each);
            if (circle.empty())
                continue;
            Node *root = *std::min_element(circle.begin(), circle.end(), [](Node *a, Node *b) { return a->uid() < b->uid(); });
            for (Node *member : circle) {
                touch(*member);
                member->cyclic = true;
            }
            stillLoose.insert(root);
            circles.emplace(root, std::move(circle));
        }
        std::vector<std::pair<Node *, Node *>> moves;
        for (Node *each : stillLoose) {
            touch(*each);
            Node *parent = circles.count(each) != 0 ? nullptr : each->wanted;
            each->orphan = !each->wanted && !ownersOf(each->item->meta()).empty();
            if (parent != each->parent)
                moves.emplace_back(each, parent);
        }
        for (const auto &[each, parent] : moves)
            detach(*each);
        for (const auto &[each, parent] : moves)
            attach(*each, parent);
    }

    OwnerChanges finish()
    {
        settle();
        OwnerChanges changes;
        for (const auto &[uid, was] : before) {
            Node *node = find(uid);
            if (!node) {
                if (was.here)
                    changes.removed.push_back(uid);
                continue;
            }
            if (!was.here) {
                changes.added.push_back(uid);
                continue;
            }
            const std::string_view parent = node->parent ? node->parent->uid() : std::string_view();
            if (was.parent != parent)
                changes.moved.push_back({uid, was.parent, std::string(parent)});
            if (newItems.count(uid) != 0 || was.orphan != node->orphan || was.cyclic != node->cyclic)
                changes.updated.push_back(uid);
            if (!(was.below == node->below))
                changes.rolledUp.push_back(uid);
        }
        before.clear();
        newItems.clear();
        loose.clear();
        gone.clear();
        return changes;
    }
};

OwnerGraph::OwnerGraph()
    : d(std::make_unique<Private>())
{
}

OwnerGraph::~OwnerGraph() = default;

std::size_t OwnerGraph::addSource(const Kind &kind)
{
    d->sources.push_back(&kind);
    return d->sources.size() - 1;
}

OwnerChanges OwnerGraph::removeSource(std::size_t source)
{
    std::vector<std::string> uids;
    for (const auto &[uid, node] : d->nodes) {
        if (node->source == source)
            uids.push_back(uid);
    }
    for (const std::string &uid : uids)
        d->remove(uid);
    d->sources[source] = nullptr;
    return d->finish();
}

OwnerChanges OwnerGraph::apply(std::size_t source, const std::vector<kube::Column> &columns, const kube::ChangeSet &changes)
{
    if (!d->sources[source])
        return {};
    if (changes.columns) {
        for (const auto &[uid, node] : d->nodes) {
            if (node->source == source)
                d->judge(*node, d->sources[source]->health(columns, node->item->meta()));
        }
    }
    for (const kube::ItemPtr &item : changes.changed)
        d->put(source, columns, item);
    for (const kube::ChangeSet::Removed &each : changes.removed) {
        if (!each.last)
            continue;
        Private::Node *node = d->find(each.last->uid());
        if (node && node->source == source)
            d->remove(each.last->uid());
    }
    for (const kube::ItemPtr &item : changes.added)
        d->put(source, columns, item);
    return d->finish();
}

const OwnerNode *OwnerGraph::node(std::string_view uid) const
{
    return d->find(uid);
}

const std::vector<const OwnerNode *> &OwnerGraph::roots() const
{
    return d->roots;
}

std::size_t OwnerGraph::size() const
{
    return d->nodes.size();
}

std::vector<const OwnerNode *> OwnerGraph::chain(std::string_view uid) const
{
    std::vector<const OwnerNode *> owners;
    const OwnerNode *here = node(uid);
    for (const OwnerNode *each = here ? here->parent : nullptr; each; each = each->parent)
        owners.push_back(each);
    std::reverse(owners.begin(), owners.end());
    return owners;
}

} // namespace fairlead::kinds
