// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/indexset.h"

#include <algorithm>
#include <charconv>

namespace fairlead::jobs {

namespace {

std::optional<std::int64_t> takeNumber(std::string_view &text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number < 0 || text.front() == '-')
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

} // namespace

std::optional<IndexSet> IndexSet::parse(std::string_view text)
{
    IndexSet set;
    while (!text.empty()) {
        const auto first = takeNumber(text);
        if (!first)
            return std::nullopt;
        std::int64_t last = *first;
        if (text.starts_with('-')) {
            text.remove_prefix(1);
            const auto end = takeNumber(text);
            if (!end || *end < *first)
                return std::nullopt;
            last = *end;
        }
        if (!set.m_ranges.empty() && *first <= set.m_ranges.back().second)
            return std::nullopt;
        set.m_ranges.emplace_back(*first, last);
        if (text.empty())
            break;
        if (text.front() != ',' || text.size() == 1)
            return std::nullopt;
        text.remove_prefix(1);
    }
    return set;
}

bool IndexSet::has(std::int64_t index) const
{
    const auto after =
        std::upper_bound(m_ranges.begin(), m_ranges.end(), index, [](std::int64_t at, const Range &range) { return at < range.first; });
    return after != m_ranges.begin() && index <= std::prev(after)->second;
}

std::int64_t IndexSet::size() const
{
    std::int64_t count = 0;
    for (const auto &[first, last] : m_ranges)
        count += last - first + 1;
    return count;
}

} // namespace fairlead::jobs
