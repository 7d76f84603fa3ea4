// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/usages.h"

#include <deque>

namespace fairlead::metrics {

/// What one object used, over the time that it was watched: the newest `mostSamples`, oldest first. Thread: any, one at a time.
class UsageSeries {
public:
    static constexpr std::size_t mostSamples = 500; ///< two hours at the usual pace

    /// The same window told again, or an older one, is no new sample.
    bool put(const Usage &usage);
    [[nodiscard]] const std::deque<Usage> &samples() const { return m_samples; }

private:
    std::deque<Usage> m_samples;
};

} // namespace fairlead::metrics
