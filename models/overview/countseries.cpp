// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/countseries.h"

#include <algorithm>

namespace fairlead::overview {

Moment CountSeries::beginOf(Moment at, int fold) const
{
    const auto since = at.time_since_epoch();
    const auto width = std::chrono::duration_cast<std::chrono::milliseconds>(m_width) * fold;
    auto steps = since / width;
    if (since < steps * width)
        --steps; // before 1970, where division goes the other way
    return Moment(steps * width);
}

void CountSeries::add(Moment at, std::int64_t count)
{
    const Moment begin = beginOf(at);
    const auto steps = [this](Moment from, Moment to) { return std::int64_t((to - from) / m_width); };
    if (m_counts.empty()) {
        m_first = begin;
        m_counts.push_back(count);
        return;
    }
    const std::int64_t place = steps(m_first, begin);
    const auto size = std::int64_t(m_counts.size());
    if (place >= size + std::int64_t(mostPoints)) { // all that was lies too far back: no need to count up to it
        m_first = begin;
        m_counts.assign(1, count);
        return;
    }
    if (place < 0) {
        if (size - place > std::int64_t(mostPoints))
            return;
        m_counts.insert(m_counts.begin(), std::size_t(-place), 0);
        m_first = begin;
        m_counts.front() += count;
        return;
    }
    if (place >= size)
        m_counts.resize(std::size_t(place) + 1, 0);
    m_counts[std::size_t(place)] += count;
    while (m_counts.size() > mostPoints) {
        m_counts.pop_front();
        m_first += m_width;
    }
}

std::vector<std::int64_t> CountSeries::last(std::size_t count, Moment until, int fold) const
{
    std::vector<std::int64_t> out(count, 0);
    if (m_counts.empty())
        return out;
    const auto width = m_width * fold;
    const Moment first = beginOf(until, fold) - width * (std::int64_t(count) - 1);
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        const Moment at = m_first + m_width * std::int64_t(i);
        if (at >= first && (at - first) / width < std::int64_t(count))
            out[std::size_t((at - first) / width)] += m_counts[i];
    }
    return out;
}

} // namespace fairlead::overview
