// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/treekinds.h"

#include "kinds/kinds.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

constexpr KindKey pods{"", "pods"};
constexpr KindKey services{"", "services"};

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
    if (selectsPods(kind))
        next(pods);
    if (kind.title.empty()) {
        for (const KindKey &each : usual)
            next(each);
    }
}

void addAbove(std::vector<TreeKind> &kinds, const KindKey &key)
{
    for (const Kind *kind : allKinds()) {
        const bool owns = std::find(kind->owns.begin(), kind->owns.end(), key) != kind->owns.end();
        if (!owns && !(key == pods && selectsPods(*kind)))
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

bool selectsPods(const Kind &kind)
{
    return kind.id.key() == services;
}

bool isPod(const Kind &kind)
{
    return kind.id.key() == pods;
}

} // namespace fairlead::kinds
