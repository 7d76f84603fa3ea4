// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <chrono>
#include <deque>

namespace fairlead::overview {

/// A figure as it was, one value a step, the last one of each. At most `mostPoints`, the newest.
class ValueSeries {
public:
    static constexpr std::size_t mostPoints = 500;

    explicit ValueSeries(std::chrono::seconds width)
        : m_width(width)
    {
    }

    struct Point {
        Moment at;
        double value = 0;
        bool operator==(const Point &) const = default;
    };
    void put(Moment at, double value);
    [[nodiscard]] const std::deque<Point> &points() const { return m_points; }

private:
    std::chrono::seconds m_width;
    std::deque<Point> m_points;
};

} // namespace fairlead::overview
