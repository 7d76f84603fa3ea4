// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/usageseries.h"

namespace fairlead::metrics {

bool UsageSeries::put(const Usage &usage)
{
    if (!m_samples.empty() && usage.at <= m_samples.back().at)
        return false;
    m_samples.push_back(usage);
    while (m_samples.size() > mostSamples)
        m_samples.pop_front();
    return true;
}

} // namespace fairlead::metrics
