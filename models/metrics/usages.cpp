// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/usages.h"

#include "kinds/quantity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace fairlead::metrics {

namespace {

constexpr double mostCores = 1e6;
constexpr double mostBytes = 1e17;

// In units of `unit`; none: absurd.
std::optional<std::int64_t> amount(std::string_view quantity, double unit, double most)
{
    const auto value = kinds::parseQuantity(quantity);
    if (!value || *value < 0 || *value > most)
        return std::nullopt;
    return std::llround(*value / unit);
}

std::optional<Usage> usageOf(const kube::MetricsEntry &entry)
{
    Usage sum;
    for (const kube::MetricsEntry::Usage &each : entry.usages) {
        const auto cpu = amount(each.cpu, 1e-9, mostCores);
        const auto memory = amount(each.memory, 1, mostBytes);
        if (!cpu || !memory)
            return std::nullopt;
        sum.nanoCores += *cpu;
        sum.bytes += *memory;
    }
    // An absurd number of containers, too, is nothing to believe.
    if (entry.usages.empty() || entry.usages.size() > 1000)
        return std::nullopt;
    sum.at = parseTime(entry.timestamp).value_or(Moment());
    sum.window = parseWindow(entry.window).value_or(std::chrono::milliseconds(0));
    return sum;
}

} // namespace

Usages::Usages(const std::vector<kube::MetricsEntry> &entries)
{
    m_all.reserve(entries.size());
    for (const kube::MetricsEntry &entry : entries) {
        if (const auto usage = usageOf(entry))
            m_all.insert_or_assign(Key{entry.space, entry.name}, *usage);
    }
}

void Usages::add(Usages &&other)
{
    m_all.merge(other.m_all);
}

const Usage *Usages::of(std::string_view space, std::string_view name) const
{
    const auto found = m_all.find(Key{std::string(space), std::string(name)});
    return found == m_all.end() ? nullptr : &found->second;
}

kinds::Amounts Usages::total() const
{
    kinds::Amounts sum;
    for (const auto &[key, usage] : m_all)
        sum += usage.amounts();
    return sum;
}

std::map<std::string, kinds::Amounts, std::less<>> Usages::bySpace() const
{
    std::map<std::string, kinds::Amounts, std::less<>> sums;
    for (const auto &[key, usage] : m_all)
        sums[key.space] += usage.amounts();
    return sums;
}

std::chrono::milliseconds Usages::window() const
{
    std::chrono::milliseconds longest{0};
    for (const auto &[key, usage] : m_all)
        longest = std::max(longest, usage.window);
    return longest;
}

std::optional<Moment> Usages::newest() const
{
    std::optional<Moment> newest;
    for (const auto &[key, usage] : m_all)
        newest = newest ? std::max(*newest, usage.at) : usage.at;
    return newest;
}

std::string cpuText(std::int64_t nanoCores)
{
    constexpr std::int64_t milli = 1'000'000;
    return std::to_string(nanoCores / milli + (nanoCores % milli > 0 ? 1 : 0)) + "m";
}

std::string memoryText(std::int64_t bytes)
{
    return std::to_string(bytes / (1 << 20)) + "Mi";
}

std::optional<std::chrono::milliseconds> parseWindow(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, double>, 6> units = {
        {{"h", 3'600'000}, {"ms", 1}, {"m", 60'000}, {"s", 1000}, {"µs", 1e-3}, {"ns", 1e-6}}};
    constexpr double most = 86'400'000; // a day
    double sum = 0;
    if (text.empty())
        return std::nullopt;
    while (!text.empty()) {
        double number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
        if (error != std::errc())
            return std::nullopt;
        text.remove_prefix(std::size_t(end - text.data()));
        const auto unit = std::find_if(units.begin(), units.end(), [text](const auto &each) { return text.starts_with(each.first); });
        if (unit == units.end() || number < 0)
            return std::nullopt;
        text.remove_prefix(unit->first.size());
        sum += number * unit->second;
        if (!(sum <= most))
            return std::nullopt;
    }
    return std::chrono::milliseconds(std::llround(sum));
}

} // namespace fairlead::metrics
