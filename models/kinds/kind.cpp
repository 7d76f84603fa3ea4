// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/kind.h"

#include "kinds/families.h"

#include <algorithm>

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

// Of a link: what is there of it, in one list.
std::string gathered(std::string_view above, std::string_view path)
{
    std::string all(above);
    all += path;
    std::replace(all.begin(), all.end(), '*', '+');
    return all;
}

} // namespace

kube::Projection Kind::projection() const
{
    kube::Projection paths;
    for (const Fact &fact : facts)
        paths.emplace_back(fact.path);
    for (const Link &link : uses)
        paths.push_back(gathered({}, link.path));
    if (podSpec.empty())
        return paths;
    for (const Link &link : podSpecLinks())
        paths.push_back(gathered(podSpec, link.path));
    for (const Fact &fact : podSpecFacts(*this))
        paths.push_back(std::string(podSpec) + std::string(fact.path));
    return paths;
}

bool Kind::holdsFacts(const kube::Row &row) const
{
    const std::size_t ofPods = podSpec.empty() ? 0 : podSpecLinks().size() + podSpecFacts(*this).size();
    return row.factCount() > 0 && row.factCount() == facts.size() + uses.size() + ofPods;
}

bool Kind::needsFacts(const std::vector<kube::Column> &columns) const
{
    return healthOfFacts && (!healthOfCells || (cellsTell && !cellsTell(columns)));
}

std::optional<Health> Kind::health(const std::vector<kube::Column> &columns, const kube::Row &row) const
{
    if (healthOfFacts && holdsFacts(row))
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

std::string Kind::textNow(const std::vector<kube::Column> &columns, std::size_t column, const kube::Row &row, Moment receivedAt, Moment now) const
{
    const std::string_view cell = row.cell(column);
    const DurationColumn *length = column < columns.size() ? duration(columns[column].name) : nullptr;
    if (!length || length->grows == DurationColumn::Grows::Never || cell == "<invalid>")
        return std::string(cell);
    if (length->grows == DurationColumn::Grows::UntilDone && health(columns, row) == Health::Healthy)
        return std::string(cell);
    if (length->bracketed) {
        // "14 (2m ago)"
        const std::size_t open = cell.find(" (");
        const std::size_t end = open == std::string_view::npos ? open : cell.find(' ', open + 2);
        const auto said = end == std::string_view::npos ? std::nullopt : parseAge(cell.substr(open + 2, end - open - 2));
        if (!said)
            return std::string(cell);
        return std::string(cell.substr(0, open + 2)) + formatAge(receivedAt - *said, now) + std::string(cell.substr(end));
    }
    const auto said = parseAge(cell);
    if (!said)
        return std::string(cell);
    std::optional<Moment> since;
    if (columns[column].name == age.column)
        since = parseTime(row.created());
    else if (!length->fact.empty() && holdsFacts(row))
        since = parseTime(Facts(facts, row).text(length->fact));
    return formatAge(since.value_or(receivedAt - *said), now);
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
