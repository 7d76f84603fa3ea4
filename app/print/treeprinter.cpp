// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/treeprinter.h"

#include "app/print/columnwidths.h"
#include "app/print/jsonprinter.h"
#include "app/print/terminaltext.h"
#include "kinds/naturalorder.h"
#include "kinds/treewords.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace fairlead::app {

using kinds::OwnerNode;

struct TreePrinter::Line {
    std::array<std::string, 5> cells; // namespace, name, ready, status, age
};

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

void TreePrinter::addLines(std::vector<Line> &lines, const OwnerNode &node, const std::string &guide, const std::string &below) const
{
    const TreeSource &source = m_sources[node.source];
    Line line;
    appendCell(line.cells[0], node.item->space());
    line.cells[1] = guide;
    appendCell(line.cells[1], source.kind + '/' + std::string(node.item->name()));
    appendCell(line.cells[2], kinds::readyOf(node, source.columns));
    std::string status = kinds::statusOf(node, source.columns);
    if (status.empty() && node.health)
        status = node.kind->word(*node.health);
    if (node.orphan)
        status += std::string(status.empty() ? "" : "; ") + "its owner is not there";
    if (node.cyclic)
        status += std::string(status.empty() ? "" : "; ") + "its owners go round in a circle";
    appendCell(line.cells[3], status);
    const auto created = parseTime(node.item->meta().created());
    line.cells[4] = created ? formatAge(*created, m_now) : "<unknown>";
    lines.push_back(std::move(line));
    const auto children = sorted(node.children);
    for (const OwnerNode *child : children) {
        const bool last = child == children.back();
        addLines(lines, *child, below + (last ? "└─" : "├─"), below + (last ? "  " : "│ "));
    }
}

std::string TreePrinter::text(const std::vector<const OwnerNode *> &roots, bool withNamespace, bool headers) const
{
    std::vector<Line> lines;
    if (headers)
        lines.push_back({{"NAMESPACE", "NAME", "READY", "STATUS", "AGE"}});
    for (const OwnerNode *root : roots)
        addLines(lines, *root, {}, {});
    const std::size_t first = withNamespace ? 0 : 1;
    ColumnWidths widths;
    for (const Line &line : lines) {
        for (std::size_t i = first; i + 1 < line.cells.size(); ++i)
            widths.measure(i, runeCount(line.cells[i]));
    }
    std::string out;
    for (const Line &line : lines) {
        for (std::size_t i = first; i < line.cells.size(); ++i) {
            out += line.cells[i];
            if (i + 1 < line.cells.size())
                widths.pad(out, i, runeCount(line.cells[i]));
        }
        out += '\n';
    }
    return roots.empty() ? std::string() : out;
}

void TreePrinter::addJson(std::string &out, const OwnerNode &node, int depth) const
{
    const std::string margin(static_cast<std::size_t>(depth) * 4, ' ');
    const auto member = [&](std::string_view key, std::string_view value) {
        out += margin + "    ";
        appendJsonString(out, key);
        out += ": ";
        appendJsonString(out, value);
        out += ",\n";
    };
    out += margin + "{\n";
    member("kind", m_sources[node.source].kind);
    member("namespace", node.item->space());
    member("name", node.item->name());
    member("uid", node.uid());
    member("health", kinds::name(node.health.value_or(kinds::Health::Unknown)));
    if (node.orphan)
        out += margin + "    \"orphan\": true,\n";
    out += margin + "    \"children\": [";
    const auto children = sorted(node.children);
    for (const OwnerNode *child : children) {
        out += child == children.front() ? "\n" : ",\n";
        addJson(out, *child, depth + 2);
    }
    out += (children.empty() ? std::string() : "\n" + margin + "    ") + "]\n" + margin + "}";
}

std::string TreePrinter::json(const std::vector<const OwnerNode *> &roots) const
{
    std::string out = "[";
    for (const OwnerNode *root : roots) {
        out += root == roots.front() ? "\n" : ",\n";
        addJson(out, *root, 1);
    }
    return out + (roots.empty() ? "]\n" : "\n]\n");
}

} // namespace fairlead::app
