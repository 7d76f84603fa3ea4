// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::jobs {

/// Indexes of an indexed job as its status writes them: "0-4,7". Held as ranges: a hundred thousand cost as much as the text does. A value.
/// Thread: any. Source: status.completedIndexes and status.failedIndexes of batch/v1.
class IndexSet {
public:
    using Range = std::pair<std::int64_t, std::int64_t>; ///< both ends belong to it

    /// None for all that is not in that form: negative, falling, overlapping, or not of digits. Empty is the empty set.
    [[nodiscard]] static std::optional<IndexSet> parse(std::string_view text);

    [[nodiscard]] bool has(std::int64_t index) const;
    [[nodiscard]] std::int64_t size() const;
    [[nodiscard]] bool isEmpty() const { return m_ranges.empty(); }
    [[nodiscard]] const std::vector<Range> &ranges() const { return m_ranges; } ///< rising
    bool operator==(const IndexSet &) const = default;

private:
    std::vector<Range> m_ranges;
};

} // namespace fairlead::jobs
