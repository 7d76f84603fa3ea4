// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/material/material.h"

#include <algorithm>
#include <utility>

namespace fairlead::kinds {

const Material::Part *Material::of(KindKey kind) const
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

JudgedRows::JudgedRows(const Material &material, cron::ReadZoneFile zones)
    : m_inventory(material.now, std::move(zones))
{
    for (const Material::Part &part : material.parts) {
        if (!part.answered || !part.judged)
            continue;
        const std::vector<kube::ItemPtr> &items = m_held.emplace_back(part.rows.sorted());
        std::vector<const kube::Row *> rows;
        rows.reserve(items.size());
        for (const kube::ItemPtr &item : items)
            rows.push_back(&item->meta());
        m_inventory.add(*part.kind, part.rows.columns(), rows);
    }
}

} // namespace fairlead::kinds
