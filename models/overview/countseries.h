// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <vector>

namespace fairlead::overview {

/// How often something happened, by time: counts in steps of one width that begin at multiples of it. At most `mostPoints` steps are kept, the
/// newest; what is older than those is not counted. Thread: any, one at a time.
class CountSeries {
public:
    static constexpr std::size_t mostPoints = 500;

    explicit CountSeries(std::chrono::seconds width)
        : m_width(width)
    {
    }

    [[nodiscard]] std::chrono::seconds width() const { return m_width; }
    void add(Moment at, std::int64_t count = 1);
    /// `count` steps, oldest first, each `fold` of ours wide; the last one is that of `until`.
    [[nodiscard]] std::vector<std::int64_t> last(std::size_t count, Moment until, int fold = 1) const;
    /// When the step begins that `at` lies in.
    [[nodiscard]] Moment beginOf(Moment at, int fold = 1) const;
    [[nodiscard]] std::size_t points() const { return m_counts.size(); }

private:
    std::chrono::seconds m_width;
    Moment m_first{}; ///< where m_counts begins
    std::deque<std::int64_t> m_counts;
};

} // namespace fairlead::overview
