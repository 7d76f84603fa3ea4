// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/kind.h"

namespace fairlead::kinds {

namespace {

// Of any kind, CRDs too.
constexpr SortColumn common[] = {
    {"Age", SortType::Created},
    {"Ready", SortType::Ratio},
    {"Restarts", SortType::Restarts},
    {"Version", SortType::Version},
    {"Capacity", SortType::Quantity},
};

constexpr DurationColumn age{"Age"};

} // namespace

kube::Projection Kind::projection() const
{
    kube::Projection paths;
    for (const Fact &fact : facts)
        paths.emplace_back(fact.path);
    return paths;
}

std::optional<Health> Kind::health(const std::vector<kube::Column> &columns, const kube::Row &row) const
{
    if (healthOfFacts && !facts.empty() && row.factCount() == facts.size())
        return healthOfFacts(Facts(facts, row));
    return healthOfCells ? healthOfCells(Cells(columns, row)) : std::nullopt;
}

const DurationColumn *Kind::duration(std::string_view column) const
{
    for (const DurationColumn &each : durations) {
        if (each.column == column)
            return &each;
    }
    return column == age.column ? &age : nullptr;
}

SortType Kind::sortType(const kube::Column &column) const
{
    for (const SortColumn &each : sorts) {
        if (each.column == column.name)
            return each.type;
    }
    for (const DurationColumn &each : durations) {
        if (each.column == column.name && !each.bracketed && column.name != age.column)
            return each.grows == DurationColumn::Grows::Always ? SortType::Since : SortType::Length;
    }
    if (column.type == "integer" || column.type == "number")
        return SortType::Number;
    if (column.type == "boolean")
        return SortType::Boolean;
    for (const SortColumn &each : common) {
        if (each.column == column.name)
            return each.type;
    }
    return column.type == "date" ? SortType::Date : SortType::Text;
}

std::string_view title(Group group)
{
    constexpr std::string_view titles[] = {"Workloads", "Network", "Config and storage", "Access", "Cluster", "Custom"};
    return titles[static_cast<std::size_t>(group)];
}

} // namespace fairlead::kinds
