// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/treekinds.h"

#include "kinds/kinds.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

constexpr KindKey pods{"", "pods"};
constexpr KindKey services{"", "services"};
constexpr KindKey slices{"discovery.k8s.io", "endpointslices"};
constexpr KindKey ingresses{"networking.k8s.io", "ingresses"};

constexpr TreeLink links[] = {
    {ingresses, services, TreeLink::By::Name},
    {services, slices, TreeLink::By::Service},
    {services, pods, TreeLink::By::Selector},
    {slices, pods, TreeLink::By::Uid},
};

// What operators make for the kinds that they bring.
constexpr KindKey usual[] = {{"apps", "deployments"}, {"apps", "statefulsets"}, {"apps", "daemonsets"}, {"batch", "jobs"}, {"batch", "cronjobs"},
    {"", "persistentvolumeclaims"}, services, pods};

bool has(const std::vector<TreeKind> &kinds, const KindKey &key)
{
    return std::any_of(kinds.begin(), kinds.end(), [&key](const TreeKind &each) { return each.key == key; });
}

void add(std::vector<TreeKind> &kinds, const KindKey &key, TreePart part)
{
    if (!has(kinds, key) && kindOf(key.group, key.resource).hasHealth())
        kinds.push_back({key, part});
}

void addBelow(std::vector<TreeKind> &kinds, const KindKey &key)
{
    const Kind &kind = kindOf(key.group, key.resource);
    const auto next = [&kinds](const KindKey &each) {
        const std::size_t before = kinds.size();
        add(kinds, each, TreePart::Below);
        if (kinds.size() > before)
            addBelow(kinds, each);
    };
    for (const KindKey &each : kind.owns)
        next(each);
    for (const TreeLink &each : links) {
        if (each.host == key)
            next(each.guest);
    }
    if (kind.title.empty()) {
        for (const KindKey &each : usual)
            next(each);
    }
}

void addAbove(std::vector<TreeKind> &kinds, const KindKey &key)
{
    for (const Kind *kind : allKinds()) {
        const bool owns = std::find(kind->owns.begin(), kind->owns.end(), key) != kind->owns.end();
        const bool shows =
            std::any_of(std::begin(links), std::end(links), [&](const TreeLink &each) { return each.host == kind->id.key() && each.guest == key; });
        if (!owns && !shows)
            continue;
        const std::size_t before = kinds.size();
        add(kinds, kind->id.key(), TreePart::Above);
        if (kinds.size() > before)
            addAbove(kinds, kind->id.key());
    }
}

} // namespace

std::vector<TreeKind> treeKinds(std::string_view group, std::string_view resource)
{
    const KindKey own{group, resource};
    std::vector<TreeKind> kinds{{own, TreePart::Own}};
    addAbove(kinds, own);
    addBelow(kinds, own);
    return kinds;
}

std::span<const TreeLink> treeLinks()
{
    return links;
}

bool selectsPods(const Kind &kind)
{
    return kind.id.key() == services;
}

bool showsPods(const Kind &kind)
{
    return std::any_of(std::begin(links), std::end(links), [&kind](const TreeLink &each) { return each.host == kind.id.key(); });
}

bool standsBeneath(const Kind &kind)
{
    return !isPod(kind) && std::any_of(std::begin(links), std::end(links), [&kind](const TreeLink &each) { return each.guest == kind.id.key(); });
}

bool isPod(const Kind &kind)
{
    return kind.id.key() == pods;
}

} // namespace fairlead::kinds
