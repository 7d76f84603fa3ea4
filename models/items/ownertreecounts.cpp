// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/ownertreecounts.h"

#include "kinds/treekinds.h"

#include <algorithm>

namespace fairlead::items::counts {

bool takesTraffic(const OwnerTreeNode &node)
{
    if (!node.takesTraffic)
        node.takesTraffic = kinds::takesTraffic(*node.object);
    return *node.takesTraffic;
}

void ofPods(OwnerTreeNode &node, const std::vector<kube::Column> &columns)
{
    node.members = {};
    node.traffic = {};
    if (!node.asks)
        node.asks = !kinds::selectsPods(*node.object->kind) || kinds::selectorOf(*node.object, columns).has_value();
    node.traffic.asks = *node.asks;
    std::vector<const OwnerTreeNode *> pods;
    const auto gather = [&](const auto &self, const OwnerTreeNode &above) -> void {
        if (above.others && above.others->all > 0) {
            node.traffic.asks = true;
            node.traffic.all += above.others->all;
            node.traffic.ready += above.others->ready;
        }
        for (const OwnerTreeNode *each : above.children) {
            if (each->object && kinds::isPod(*each->object->kind))
                pods.push_back(each);
            else if (each->object && kinds::showsPods(*each->object->kind))
                self(self, *each);
        }
    };
    if (!node.others)
        node.others = kinds::otherEndpoints(*node.object);
    gather(gather, node);
    // A pod may stand in several slices.
    std::sort(pods.begin(), pods.end(), [](const auto *a, const auto *b) { return a->object < b->object; });
    pods.erase(std::unique(pods.begin(), pods.end(), [](const auto *a, const auto *b) { return a->object == b->object; }), pods.end());
    for (const OwnerTreeNode *each : pods) {
        if (!each->object->health)
            continue;
        ++node.members.of[std::size_t(*each->object->health)];
        if (*each->object->health == kinds::Health::Idle)
            continue;
        ++node.traffic.all;
        node.traffic.ready += takesTraffic(*each) ? 1 : 0;
    }
}

void ofGroup(OwnerTreeNode &node, const std::function<std::optional<kinds::Health>(const OwnerTreeNode &)> &health)
{
    node.members = {};
    node.shown = {};
    for (const OwnerTreeNode *each : node.children) {
        if (!each->object || !each->belongs)
            continue;
        for (std::size_t i = 0; i < kinds::healthCount && !kinds::showsPods(*each->object->kind); ++i)
            node.members.of[i] += each->object->below.of[i];
        if (each->object->counts() && !kinds::showsPods(*each->object->kind))
            ++node.members.of[std::size_t(*each->object->health)];
        if (const auto is = health(*each))
            ++node.shown.of[std::size_t(*is)];
    }
}

} // namespace fairlead::items::counts
