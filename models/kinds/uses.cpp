// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/uses.h"

#include "kinds/families.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

void note(std::vector<Use> &uses, const Link &link, std::string_view name, std::string_view space)
{
    if (name.empty())
        return;
    const auto found = std::find_if(uses.begin(), uses.end(), [&](const Use &each) {
        return each.target.name == name && each.target.group == link.target.group && each.target.resource == link.target.resource;
    });
    if (found == uses.end()) {
        Use &made = uses.emplace_back();
        made.target.group = link.target.group;
        made.target.resource = link.target.resource;
        made.target.kind = kindOf(link.target.group, link.target.resource).id.kind;
        made.target.space = space;
        made.target.name = name;
        made.how = link.how;
        return;
    }
    // No such word is part of another.
    if (found->how.find(link.how) == std::string::npos)
        found->how += ", " + std::string(link.how);
}

// A link's fact is a list where its path goes through lists, else the value.
void read(std::vector<Use> &uses, const Link &link, std::string_view fact, std::string_view space)
{
    if (fact.empty() || link.how.empty() || link.by != Link::By::Name)
        return;
    const auto value = kube::Json::parse(fact);
    if (!value)
        return;
    note(uses, link, value->text(), space);
    for (const kube::Json &each : value->list())
        note(uses, link, each.text(), space);
}

} // namespace

std::vector<Use> usesOf(const Kind &kind, const kube::Row &row)
{
    std::vector<Use> uses;
    if (!kind.holdsFacts(row))
        return uses;
    std::size_t fact = kind.facts.size();
    for (const Link &link : kind.uses)
        read(uses, link, row.fact(fact++), row.space());
    if (kind.podSpec.empty())
        return uses;
    for (const Link &link : podSpecLinks())
        read(uses, link, row.fact(fact++), row.space());
    return uses;
}

std::vector<KindKey> userKinds(const KindKey &target)
{
    std::vector<KindKey> users;
    const auto names = [&target](const Link &link) { return !link.how.empty() && link.target == target; };
    const bool pods = std::any_of(podSpecLinks().begin(), podSpecLinks().end(), names);
    for (const Kind *kind : allKinds()) {
        if ((pods && !kind->podSpec.empty()) || std::any_of(kind->uses.begin(), kind->uses.end(), names))
            users.push_back(kind->id.key());
    }
    return users;
}

Facts podFactsOf(const Kind &kind, const kube::Row &row)
{
    if (kind.podSpec.empty() || !kind.holdsFacts(row))
        return {{}, row};
    return {podSpecFacts(kind), row, kind.facts.size() + kind.uses.size() + podSpecLinks().size()};
}

} // namespace fairlead::kinds
