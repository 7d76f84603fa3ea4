// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreeparts.h"

#include "items/ownertreerows.h"
#include "kinds/facts.h"
#include "kinds/treekinds.h"

#include <algorithm>

namespace fairlead::items::parts {

namespace {

using Node = OwnerTreeNode;

// Of what people deploy; what it makes uses the same.
bool showsUses(const Node &node)
{
    const kinds::OwnerNode &object = *node.object;
    return !node.selected && !object.kind->podSpec.empty() && (!object.parent || object.parent->kind->podSpec.empty());
}

bool hasContainerFacts(const Node &node)
{
    const kinds::Facts facts(node.object->kind->facts, node.item->meta());
    const auto some = [&facts](std::string_view name) { return facts.raw(name).size() > 2; };
    return some("containerStatuses") || some("initContainerStatuses");
}

bool isTold(const Node &node)
{
    return node.what == Node::What::Object && node.object && node.object->kind->holdsFacts(node.item->meta());
}

std::vector<kinds::Container> containersOf(const Node &node)
{
    if (!isTold(node) || !kinds::isPod(*node.object->kind) || !hasContainerFacts(node))
        return {};
    return kinds::containersOf(kinds::Facts(node.object->kind->facts, node.item->meta()));
}

// What every pod is given says nothing of any.
bool isEverybodys(const kinds::Use &use)
{
    return (use.target.resource == "serviceaccounts" && use.target.name == "default") ||
           (use.target.resource == "configmaps" && use.target.name == "kube-root-ca.crt");
}

std::vector<kinds::Use> usesOf(const Node &node)
{
    if (!isTold(node) || !showsUses(node))
        return {};
    std::vector<kinds::Use> uses = kinds::usesOf(*node.object->kind, node.item->meta());
    std::erase_if(uses, isEverybodys);
    return uses;
}

std::unique_ptr<Node> row(Node &parent, Node::What what, std::string key, std::size_t part)
{
    auto made = std::make_unique<Node>();
    made->key = std::move(key);
    made->what = what;
    made->parent = &parent;
    made->part = int(part);
    made->item = parent.item;
    made->listed = true;
    made->parts = Node::Parts::Made;
    return made;
}

void renumber(Node &node)
{
    for (std::size_t i = 0; i < node.rows.size(); ++i)
        node.rows[i]->row = int(i);
}

std::size_t containers(const Node &node)
{
    return node.told.size();
}

void addContainers(Node &node)
{
    for (std::size_t i = 0; i < node.told.size(); ++i) {
        auto &made =
            *node.made.insert(node.made.begin() + std::ptrdiff_t(i), row(node, Node::What::Container, node.key + "#" + node.told[i].name, i));
        node.rows.insert(node.rows.begin() + std::ptrdiff_t(i), made.get());
    }
    renumber(node);
}

void addUses(Node &node)
{
    auto head = row(node, Node::What::Uses, node.key + "#", 0); // no container has an empty name
    for (std::size_t i = 0; i < node.uses.size(); ++i) {
        const kinds::Reference &target = node.uses[i].target;
        head->made.push_back(row(*head, Node::What::Use, node.key + "#" + target.resource + "/" + target.name, i));
        head->rows.push_back(head->made.back().get());
    }
    renumber(*head);
    node.rows.push_back(head.get());
    node.made.push_back(std::move(head));
    renumber(node);
}

void takeContainers(Node &node)
{
    const auto count = std::ptrdiff_t(containers(node));
    node.rows.erase(node.rows.begin(), node.rows.begin() + count);
    node.made.erase(node.made.begin(), node.made.begin() + count);
    node.told.clear();
    renumber(node);
}

void takeUses(Node &node)
{
    node.rows.pop_back();
    node.made.pop_back();
    node.uses.clear();
}

void updateContainers(Node &node, bool live, OwnerTreeSteps &steps)
{
    std::vector<kinds::Container> told = containersOf(node);
    const bool same = std::equal(told.begin(), told.end(), node.told.begin(), node.told.end(),
        [](const kinds::Container &a, const kinds::Container &b) { return a.name == b.name && a.role == b.role; });
    if (same) {
        node.told = std::move(told);
        if (live && !node.told.empty())
            steps.changed(node, 0, int(node.told.size()) - 1);
        return;
    }
    if (!node.told.empty()) {
        if (live)
            steps.beginRemove(node, 0, int(node.told.size()) - 1);
        takeContainers(node);
        if (live)
            steps.endRemove();
    }
    if (told.empty())
        return;
    if (live)
        steps.beginInsert(node, 0, int(told.size()) - 1);
    node.told = std::move(told);
    addContainers(node);
    if (live)
        steps.endInsert();
}

void updateUses(Node &node, bool live, OwnerTreeSteps &steps)
{
    std::vector<kinds::Use> uses = usesOf(node);
    if (uses == node.uses)
        return;
    if (!node.uses.empty()) {
        const int last = int(node.rows.size()) - 1;
        if (live)
            steps.beginRemove(node, last, last);
        takeUses(node);
        if (live)
            steps.endRemove();
    }
    if (uses.empty())
        return;
    const int at = int(node.rows.size());
    if (live)
        steps.beginInsert(node, at, at);
    node.uses = std::move(uses);
    addUses(node);
    if (live)
        steps.endInsert();
}

} // namespace

bool areThere(const OwnerTreeNode &node)
{
    return (isTold(node) && kinds::isPod(*node.object->kind) && hasContainerFacts(node)) || !usesOf(node).empty();
}

void make(OwnerTreeNode &node)
{
    if (node.parts == Node::Parts::Made || node.what != Node::What::Object || !node.object)
        return;
    node.parts = Node::Parts::Made;
    node.told = containersOf(node);
    addContainers(node);
    node.uses = usesOf(node);
    if (!node.uses.empty())
        addUses(node);
}

void update(OwnerTreeNode &node, bool live, OwnerTreeSteps &steps)
{
    if (node.what != Node::What::Object || !node.object)
        return;
    // It was said that there are none: somebody has drawn no sign of them.
    if (node.parts == Node::Parts::Said && !node.hasParts && areThere(node))
        node.parts = Node::Parts::Made;
    if (node.parts != Node::Parts::Made)
        return;
    updateContainers(node, live, steps);
    updateUses(node, live, steps);
    for (const auto &each : node.made) {
        each->item = node.item;
        each->status.reset();
        for (const auto &below : each->made)
            below->item = node.item;
    }
}

} // namespace fairlead::items::parts
