// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cells.h"

#include <algorithm>
#include <charconv>

namespace fairlead::kinds {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<std::int64_t> whole(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace

std::optional<std::size_t> Cells::column(std::string_view name) const
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const std::string_view each = m_columns[i].name;
        if (std::equal(each.begin(), each.end(), name.begin(), name.end(), [](char a, char b) { return lower(a) == lower(b); }))
            return i;
    }
    return std::nullopt;
}

std::string_view Cells::text(std::string_view name) const
{
    const auto at = column(name);
    return at ? m_row.cell(*at) : std::string_view();
}

std::int64_t Cells::integer(std::string_view name, std::int64_t otherwise) const
{
    return whole(text(name)).value_or(otherwise);
}

std::optional<std::pair<std::int64_t, std::int64_t>> Cells::ratio(std::string_view name) const
{
    const std::string_view cell = text(name);
    const std::size_t slash = cell.find('/');
    if (slash == std::string_view::npos)
        return std::nullopt;
    const auto part = whole(cell.substr(0, slash));
    const auto of = whole(cell.substr(slash + 1));
    if (!part || !of)
        return std::nullopt;
    return std::pair(*part, *of);
}

} // namespace fairlead::kinds
