// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/row.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::kinds {

/// A row by the names of its columns. A view: columns and row outlive it. Thread: any.
class Cells {
public:
    Cells(const std::vector<kube::Column> &columns, const kube::Row &row)
        : m_columns(columns)
        , m_row(row)
    {
    }

    /// None where the server has no such column ("Status", as it names it); letters of either case are the same.
    [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
    /// Empty where there is no such column.
    [[nodiscard]] std::string_view text(std::string_view name) const;
    /// `otherwise` for what is no whole number.
    [[nodiscard]] std::int64_t integer(std::string_view name, std::int64_t otherwise = 0) const;
    /// The two numbers of "1/2".
    [[nodiscard]] std::optional<std::pair<std::int64_t, std::int64_t>> ratio(std::string_view name) const;
    [[nodiscard]] const kube::Row &row() const { return m_row; }

private:
    const std::vector<kube::Column> &m_columns;
    const kube::Row &m_row;
};

} // namespace fairlead::kinds
