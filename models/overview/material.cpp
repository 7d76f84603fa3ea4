// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/material.h"

#include "kinds/findings/rules.h"

#include <algorithm>
#include <deque>

namespace fairlead::overview {

const Material::Part *Material::of(kinds::KindKey kind) const
{
    const auto found = std::find_if(parts.begin(), parts.end(), [&](const Part &part) { return part.kind->id.key() == kind; });
    return found == parts.end() ? nullptr : &*found;
}

bool Material::isReadable() const
{
    return std::any_of(parts.begin(), parts.end(), [&](const Part &part) { return part.answered && (part.resource.namespaced || scope.isAll()); });
}

bool isJudged(const kube::Resource &resource, const kube::Scope &scope)
{
    return scope.isAll() || resource.namespaced || resource.id.resource == "storageclasses";
}

std::vector<kinds::Finding> findingsOf(const Material &material, const kinds::cron::ReadZoneFile &zones)
{
    kinds::Inventory inventory(material.now, zones);
    std::deque<std::vector<kube::ItemPtr>> held; // what the inventory looks at lives as long as it
    for (const Material::Part &part : material.parts) {
        if (!part.answered || !part.judged)
            continue;
        const std::vector<kube::ItemPtr> &items = held.emplace_back(part.rows.sorted());
        std::vector<const kube::Row *> rows;
        rows.reserve(items.size());
        for (const kube::ItemPtr &item : items)
            rows.push_back(&item->meta());
        inventory.add(*part.kind, part.rows.columns(), rows);
    }
    std::vector<kinds::Finding> findings = kinds::diagnose(inventory);
    if (!material.scope.isAll())
        std::erase_if(findings, [&](const kinds::Finding &each) { return material.scope.namespaces.count(each.object.space) == 0; });
    return findings;
}

} // namespace fairlead::overview
