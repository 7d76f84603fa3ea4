// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/rollouts.h"

#include <algorithm>
#include <charconv>

namespace fairlead::overview {

namespace {

std::int64_t revisionOf(const kube::Row &row)
{
    std::int64_t revision = 0;
    for (std::size_t i = 0; i < row.annotationCount(); ++i) {
        const auto [key, text] = row.annotation(i);
        if (key == "deployment.kubernetes.io/revision")
            std::from_chars(text.data(), text.data() + text.size(), revision);
    }
    return revision;
}

} // namespace

std::vector<Rollout> rolloutsOf(const kinds::Material &material)
{
    std::vector<Rollout> out;
    const kinds::Material::Part *const part = material.of({"apps", "replicasets"});
    if (!part)
        return out;
    part->rows.forEach([&](const kube::ItemPtr &item) {
        const kube::Row &row = item->meta();
        const auto at = kinds::parseTime(row.created());
        const std::int64_t revision = revisionOf(row);
        if (!at || revision < 2 || row.ownerCount() == 0 || row.owner(0).kind != "Deployment")
            return;
        out.push_back({.space = std::string(row.space()), .name = std::string(row.owner(0).name), .revision = revision, .at = *at});
    });
    std::stable_sort(out.begin(), out.end(), [](const Rollout &a, const Rollout &b) { return a.at < b.at; });
    if (out.size() > mostRollouts)
        out.erase(out.begin(), out.end() - std::ptrdiff_t(mostRollouts));
    return out;
}

} // namespace fairlead::overview
