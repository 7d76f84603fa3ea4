// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/valueseries.h"

namespace fairlead::overview {

void ValueSeries::put(Moment at, double value)
{
    const auto width = std::chrono::duration_cast<std::chrono::milliseconds>(m_width);
    const Moment step(at.time_since_epoch() / width * width);
    if (!m_points.empty() && m_points.back().at >= step) {
        m_points.back().value = value;
        return;
    }
    m_points.push_back({step, value});
    while (m_points.size() > mostPoints)
        m_points.pop_front();
}

} // namespace fairlead::overview
