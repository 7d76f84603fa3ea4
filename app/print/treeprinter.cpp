// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/treeprinter.h"

#include "app/print/jsonwriter.h"
#include "app/print/linestable.h"
#include "kinds/naturalorder.h"
#include "kinds/treewords.h"

#include <algorithm>
#include <tuple>

namespace fairlead::app {

using kinds::OwnerNode;

bool isAlone(const OwnerNode &node)
{
    return !node.parent && node.children.empty() && !node.orphan && !node.health;
}

std::vector<const OwnerNode *> TreePrinter::sorted(std::vector<const OwnerNode *> nodes) const
{
    std::sort(nodes.begin(), nodes.end(), [](const OwnerNode *a, const OwnerNode *b) {
        const auto place = [](const OwnerNode *node) { return std::make_tuple(kinds::isSpent(*node), node->source, node->item->space()); };
        if (place(a) != place(b))
            return place(a) < place(b);
        return kinds::naturalOrder(a->item->name(), b->item->name()) < 0;
    });
    return nodes;
}

void TreePrinter::addLines(Lines &lines, const OwnerNode &node, const std::string &guide, const std::string &below, bool withNamespace) const
{
    const TreeSource &source = m_sources[node.source];
    std::string status = kinds::statusOf(node, source.columns);
    if (status.empty() && node.health)
        status = node.kind->word(*node.health);
    if (node.orphan)
        status += std::string(status.empty() ? "" : "; ") + "its owner is not there";
    if (node.cyclic)
        status += std::string(status.empty() ? "" : "; ") + "its owners go round in a circle";
    const auto created = parseTime(node.item->meta().created());
    lines.push_back({guide + source.kind + '/' + std::string(node.item->name()), kinds::readyOf(node, source.columns), status,
        created ? formatAge(*created, m_now) : "<unknown>"});
    if (withNamespace)
        lines.back().insert(lines.back().begin(), std::string(node.item->space()));
    const auto children = sorted(node.children);
    for (const OwnerNode *child : children) {
        const bool last = child == children.back();
        addLines(lines, *child, below + (last ? "└─" : "├─"), below + (last ? "  " : "│ "), withNamespace);
    }
}

std::string TreePrinter::text(const std::vector<const OwnerNode *> &roots, bool withNamespace, bool headers) const
{
    if (roots.empty())
        return {};
    Lines lines;
    if (headers)
        lines.push_back({"NAME", "READY", "STATUS", "AGE"});
    if (headers && withNamespace)
        lines.back().insert(lines.back().begin(), "NAMESPACE");
    for (const OwnerNode *root : roots)
        addLines(lines, *root, {}, {}, withNamespace);
    return linesTable(lines);
}

void TreePrinter::addJson(JsonWriter &out, const OwnerNode &node) const
{
    out.beginMap();
    out.member("kind", m_sources[node.source].kind);
    out.member("namespace", node.item->space());
    out.member("name", node.item->name());
    out.member("uid", node.uid());
    out.member("health", kinds::name(node.health.value_or(kinds::Health::Unknown)));
    if (node.orphan)
        out.flag("orphan", true);
    out.key("children");
    out.beginList();
    for (const OwnerNode *child : sorted(node.children))
        addJson(out, *child);
    out.endList();
    out.endMap();
}

std::string TreePrinter::json(const std::vector<const OwnerNode *> &roots) const
{
    JsonWriter out;
    out.beginList();
    for (const OwnerNode *root : roots)
        addJson(out, *root);
    out.endList();
    return out.take();
}

} // namespace fairlead::app
