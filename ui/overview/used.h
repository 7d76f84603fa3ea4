// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metrics/usagefeed.h"
#include "overview/valueseries.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>

namespace fairlead::ui {

/// What the pods of the chosen namespaces use, or why that is not known, and how it went while it was looked at. Units: cores, bytes. A value.
struct Used {
    metrics::UsageFeed::Phase phase = metrics::UsageFeed::Phase::Asking;
    std::optional<kinds::Amounts> total; ///< none: not known, which is not zero
    std::map<std::string, kinds::Amounts, std::less<>> spaces;
    overview::ValueSeries cpuTrend{std::chrono::seconds(60)};
    overview::ValueSeries memoryTrend{std::chrono::seconds(60)};

    void take(const metrics::UsageFeed &feed)
    {
        phase = feed.phase();
        total.reset();
        spaces.clear();
        // An answer without a single pod is one of a metrics server that has just begun.
        if (!feed.usages() || feed.usages()->size() == 0)
            return;
        total = feed.usages()->total();
        spaces = feed.usages()->bySpace();
        cpuTrend.put(*feed.usages()->newest(), total->cpu);
        memoryTrend.put(*feed.usages()->newest(), total->memory);
    }
};

} // namespace fairlead::ui
