// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/figures.h"

#include "kinds/facts.h"
#include "kinds/naturalorder.h"
#include "kinds/quantity.h"

#include <algorithm>
#include <string_view>

namespace fairlead::overview {

using namespace kinds;

namespace {

constexpr KindKey podsKey{"", "pods"};
constexpr KindKey nodesKey{"", "nodes"};
constexpr KindKey jobsKey{"batch", "jobs"};
constexpr std::string_view pressures[] = {"MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"};

Census censusOf(const Material::Part &part)
{
    Census census;
    census.offered = true;
    census.known = part.answered;
    if (!part.answered) {
        if (!part.errors.empty())
            census.why = part.errors.front();
        return census;
    }
    part.rows.forEach([&](const kube::ItemPtr &item) {
        const Health health = part.kind->health(part.rows.columns(), item->meta()).value_or(Health::Unknown);
        ++census.total;
        ++census.healths[static_cast<std::size_t>(health)];
    });
    return census;
}

Census censusOf(const Material &material, KindKey kind)
{
    const Material::Part *const part = material.of(kind);
    return part ? censusOf(*part) : Census();
}

Census sumOf(const Material &material, const std::vector<KindKey> &kinds)
{
    Census sum;
    sum.known = true;
    for (const KindKey kind : kinds) {
        const Census each = censusOf(material, kind);
        if (!each.offered)
            continue;
        sum.offered = true;
        sum.known = sum.known && each.known;
        if (!sum.why)
            sum.why = each.why;
        sum.total += each.total;
        for (std::size_t i = 0; i < each.healths.size(); ++i)
            sum.healths[i] += each.healths[i];
    }
    sum.known = sum.known && sum.offered;
    return sum;
}

void takeNodes(const Material::Part &part, Figures &out, std::map<std::string, NodeUse, std::less<>> &nodes)
{
    part.rows.forEach([&](const kube::ItemPtr &item) {
        const Facts facts(part.kind->facts, item->meta());
        NodeUse &node = nodes[std::string(item->name())];
        const kube::Json allocatable = facts.json("allocatable");
        node.name = std::string(item->name());
        node.zone = std::string(item->meta().labelValue("topology.kubernetes.io/zone"));
        node.health = part.kind->health(part.rows.columns(), item->meta()).value_or(Health::Unknown);
        node.allocatable = amountsOf(allocatable);
        node.mostPods = std::int64_t(parseQuantity(allocatable["pods"].text()).value_or(0));
        node.cordoned = facts.flag("unschedulable");
        for (const std::string_view type : pressures) {
            if (facts.condition(type).holds())
                node.pressures.emplace_back(type);
        }
        out.allocatable += node.allocatable;
    });
}

void takePods(const Material::Part &part, Figures &out, std::map<std::string, NodeUse, std::less<>> &nodes)
{
    std::map<std::string, SpaceUse, std::less<>> spaces;
    part.rows.forEach([&](const kube::ItemPtr &item) {
        const Facts facts(part.kind->facts, item->meta());
        ++out.phases[facts.text("phase")];
        if (!takesResources(facts))
            return;
        const PodResources resources = podResourcesOf(facts);
        out.asked.requests += resources.requests;
        out.asked.limits += resources.limits;
        SpaceUse &space = spaces[std::string(item->space())];
        space.space = std::string(item->space());
        space.resources.requests += resources.requests;
        space.resources.limits += resources.limits;
        ++space.pods;
        if (const auto node = nodes.find(facts.text("nodeName")); node != nodes.end()) {
            node->second.requested += resources.requests;
            ++node->second.pods;
        }
    });
    for (auto &[name, space] : spaces)
        out.spaces.push_back(std::move(space));
    std::stable_sort(out.spaces.begin(), out.spaces.end(), [](const SpaceUse &a, const SpaceUse &b) {
        return a.resources.requests.cpu != b.resources.requests.cpu ? a.resources.requests.cpu > b.resources.requests.cpu
                                                                    : a.resources.requests.memory > b.resources.requests.memory;
    });
}

} // namespace

const std::vector<KindKey> &workloadKinds()
{
    static const std::vector<KindKey> kinds = {{"apps", "deployments"}, {"apps", "statefulsets"}, {"apps", "daemonsets"}};
    return kinds;
}

Figures figuresOf(const Material &material)
{
    Figures out;
    for (const Material::Part &part : material.parts) {
        if (part.kind->hasHealth() && part.resource.id.resource != "events")
            out.byKind.emplace(part.resource.qualifiedName(), censusOf(part));
    }
    out.pods = censusOf(material, podsKey);
    out.workloads = sumOf(material, workloadKinds());
    out.jobs = censusOf(material, jobsKey);
    out.nodes = censusOf(material, nodesKey);
    std::map<std::string, NodeUse, std::less<>> nodes;
    if (const Material::Part *const part = material.of(nodesKey); part && part->answered)
        takeNodes(*part, out, nodes);
    if (const Material::Part *const part = material.of(podsKey); part && part->answered)
        takePods(*part, out, nodes);
    for (auto &[name, node] : nodes)
        out.nodeUses.push_back(std::move(node));
    std::stable_sort(out.nodeUses.begin(), out.nodeUses.end(), [](const NodeUse &a, const NodeUse &b) { return naturalOrder(a.name, b.name) < 0; });
    for (const auto &[kind, number] : {std::pair{KindKey{"", "services"}, &out.services}, std::pair{KindKey{"batch", "cronjobs"}, &out.cronJobs}}) {
        if (const Material::Part *const part = material.of(kind); part && part->answered)
            *number = std::int64_t(part->rows.size());
    }
    return out;
}

} // namespace fairlead::overview
