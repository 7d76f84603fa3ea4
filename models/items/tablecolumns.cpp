// SPDX-License-Identifier: GPL-3.0-or-later
#include "items/tablecolumns.h"

#include "items/rowfilter.h"
#include "kinds/kinds.h"
#include "kinds/workclass.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fairlead::items {

namespace {

using kinds::DurationColumn;
using kinds::Health;
using kinds::Moment;
using kinds::SortType;

constexpr std::string_view bracketBegin = " (";

Moment momentOf(Clock::TimePoint time)
{
    return std::chrono::floor<std::chrono::milliseconds>(time);
}

bool isNumber(SortType type)
{
    constexpr std::array words = {SortType::Text, SortType::Address, SortType::Version, SortType::Boolean};
    return std::find(words.begin(), words.end(), type) == words.end();
}

// The columns in which controllers and printers say how an object does, whatever its kind.
bool speaksOfHealth(std::string_view column)
{
    constexpr std::array<std::string_view, 6> names = {"Status", "Ready", "Phase", "State", "Health", "Completions"};
    return std::find(names.begin(), names.end(), column) != names.end();
}

// The length of time in a cell: all of it, or what stands in the bracket of "14 (2m ago)".
std::string_view lengthIn(const DurationColumn &duration, std::string_view cell)
{
    if (!duration.bracketed)
        return cell;
    const std::size_t begin = cell.find(bracketBegin);
    if (begin == std::string_view::npos)
        return {};
    const std::string_view inside = cell.substr(begin + bracketBegin.size());
    return inside.substr(0, inside.find(' '));
}

} // namespace

TableColumns::TableColumns(const kinds::Kind &kind, const std::vector<kube::Column> &columns, Namespaces namespaces, const Owns &owns)
    : m_kind(&kind)
    , m_sent(columns)
{
    if (namespaces == Namespaces::First && !columns.empty())
        m_columns.push_back({.name = "Namespace", .cell = std::nullopt});
    const bool marked = std::any_of(columns.begin(), columns.end(), [](const kube::Column &column) { return column.format == "name"; });
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const kube::Column &column = columns[i];
        const SortType type = kind.sortType(column);
        m_columns.push_back({.name = column.name,
            .description = column.description,
            .wide = column.priority > 0 && std::find(kind.shownWide.begin(), kind.shownWide.end(), column.name) == kind.shownWide.end(),
            .isName = marked ? column.format == "name" : column.name == "Name",
            .isNumber = isNumber(type),
            .speaksOfHealth = kind.hasHealth() && speaksOfHealth(column.name),
            .sortType = type,
            .duration = kind.duration(column.name),
            .cell = i});
    }
    if (columns.empty())
        return;
    if (owns.work) {
        addOwn({{.name = "Work",
                   .description = "Whether it is a job, which ends, or a service, which goes on, and why.",
                   .wide = kinds::workColumnOf(kind) != kinds::WorkColumn::Shown,
                   .own = Own::Work}},
            "Age");
    }
    if (owns.usage != nullptr) {
        addOwn({{.name = "CPU",
                    .description = "What it uses, of metrics.k8s.io: thousandths of a core, the mean of its last window.",
                    .isNumber = true,
                    .sortType = SortType::Quantity,
                    .own = Own::Cpu},
                   {.name = "Memory",
                       .description = "What it uses, of metrics.k8s.io: its working set. The bar: of what it may use.",
                       .isNumber = true,
                       .sortType = SortType::Quantity,
                       .own = Own::Memory}},
            owns.usage->before);
    }
}

// Settings and sorting know columns by name: where the server has one of these, ours stay away.
void TableColumns::addOwn(std::vector<Column> own, std::string_view before)
{
    const auto named = [this](std::string_view name) {
        return std::find_if(m_columns.begin(), m_columns.end(), [name](const Column &column) { return column.name == name; });
    };
    if (std::any_of(own.begin(), own.end(), [&](const Column &each) { return named(each.name) != m_columns.end(); }))
        return;
    m_columns.insert(named(before), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
}

std::string_view TableColumns::cell(const Column &column, const kube::Item &item) const
{
    return column.cell ? item.cell(*column.cell) : column.own == Own::None ? item.space() : std::string_view();
}

std::string TableColumns::text(std::size_t column, const kube::Item &item, Clock::TimePoint now) const
{
    const Column &what = m_columns[column];
    if (!what.cell)
        return std::string(cell(what, item));
    return m_kind->textNow(m_sent, *what.cell, item.meta(), momentOf(item.receivedAt()), momentOf(now));
}

std::optional<std::string> TableColumns::longest(std::size_t column, const kube::Item &item) const
{
    const Column &what = m_columns[column];
    if (!what.duration || what.duration->grows == DurationColumn::Grows::Never)
        return std::nullopt;
    const std::string_view shown = cell(what, item);
    const std::string_view length = lengthIn(*what.duration, shown);
    if (!kinds::parseAge(length))
        return std::nullopt;
    const auto at = std::size_t(length.data() - shown.data());
    return std::string(shown.substr(0, at)) + std::string(kinds::widestAge(length)) + std::string(shown.substr(at + length.size()));
}

std::optional<TableColumns::Since> TableColumns::since(std::size_t column, const kube::Item &item, std::optional<Health> health) const
{
    const Column &what = m_columns[column];
    if (!what.duration || what.duration->grows == DurationColumn::Grows::Never)
        return std::nullopt;
    const DurationColumn &duration = *what.duration;
    if (duration.grows == DurationColumn::Grows::UntilDone && health == Health::Healthy)
        return std::nullopt;
    const auto length = kinds::parseAge(lengthIn(duration, cell(what, item)));
    // "<invalid>" says no more than that the server's clock had not come there yet.
    if (!length || *length < std::chrono::seconds(0))
        return std::nullopt;
    std::optional<Moment> exact;
    if (what.sortType == SortType::Created)
        exact = kinds::parseTime(item.meta().created());
    else if (!duration.fact.empty() && m_kind->holdsFacts(item.meta()))
        exact = kinds::parseTime(kinds::Facts(m_kind->facts, item.meta()).text(duration.fact));
    return Since{exact.value_or(momentOf(item.receivedAt()) - *length), exact.has_value()};
}

std::optional<std::size_t> TableColumns::stem(std::size_t column, const kube::Item &item) const
{
    if (!m_columns[column].isName || cell(m_columns[column], item) != item.name())
        return std::nullopt;
    const kinds::NameParts parts = kinds::splitName(*m_kind, item.meta());
    return parts.tail.empty() ? std::nullopt : std::optional(parts.stem.size());
}

kinds::SortKey TableColumns::sortKey(std::size_t column, const kube::Item &item) const
{
    const Column &what = m_columns[column];
    if (!what.cell)
        return kinds::sortKey(what.sortType, cell(what, item));
    return kinds::sortKey(what.sortType, item.meta(), *what.cell, momentOf(item.receivedAt()));
}

std::string TableColumns::searchText(const kube::Item &item) const
{
    std::string text;
    for (const Column &column : m_columns) {
        std::string_view shown = cell(column, item);
        if (column.duration && column.duration->grows != DurationColumn::Grows::Never)
            shown = column.duration->bracketed ? shown.substr(0, shown.find(bracketBegin)) : std::string_view();
        if (shown.empty())
            continue;
        RowFilter::fold(shown, text);
        text += '\n';
    }
    return text;
}

} // namespace fairlead::items
