// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/run.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fairlead::jobs {

/// How long runs took. Of an even number the median is the lower middle's and the upper one's mean; quartiles are the nearest rank's.
struct Durations {
    std::size_t count = 0;
    std::chrono::seconds shortest{0};
    std::chrono::seconds lowerQuartile{0};
    std::chrono::seconds median{0};
    std::chrono::seconds upperQuartile{0};
    std::chrono::seconds longest{0};
    bool operator==(const Durations &) const = default;
};

/// None: of nothing.
[[nodiscard]] std::optional<Durations> durationsOf(std::vector<std::chrono::seconds> lengths);
/// Of the runs that succeeded: one that failed or was killed says nothing of how long the work takes.
[[nodiscard]] std::optional<Durations> durationsOf(std::span<const Run> runs);

struct Outcomes {
    std::size_t succeeded = 0;
    std::size_t failed = 0;
    std::size_t killed = 0;

    /// 0 to 1, of those that succeeded or failed; none where there are none.
    [[nodiscard]] std::optional<double> successRate() const;
    bool operator==(const Outcomes &) const = default;
};
[[nodiscard]] Outcomes outcomesOf(std::span<const Run> runs);

/// "3.1 × its median", of a length that is at least twice the median of at least four runs and lies beyond Tukey's fence: the upper quartile and
/// one and a half times what lies between the quartiles. None: it is nothing special.
[[nodiscard]] std::optional<std::string> outlierWords(std::chrono::seconds length, const Durations &usual);

/// When a run may end.
struct Estimate {
    Moment early;
    Moment likely;
    Moment late;
    bool operator==(const Estimate &) const = default;
};

/// From its own tries where some have succeeded and more are to come, in rounds of as many as run at once; else from earlier runs. Never in
/// the past. None: nothing is known, it does not run, or it has gone on for longer than any run before it.
[[nodiscard]] std::optional<Estimate> estimateEnd(const Run &run, const std::optional<Durations> &earlier, Moment now);

} // namespace fairlead::jobs
