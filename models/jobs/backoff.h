// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/run.h"

#include <chrono>
#include <cstdint>

namespace fairlead::jobs {

/// How long the job controller waits after so many failures one after the other: 10 s, twice as long each time, at most 10 minutes.
/// Source: getRemainingTimeForFailuresCount, DefaultJobPodFailureBackOff and MaxJobPodFailureBackOff of k8s.io/kubernetes pkg/controller/job.
[[nodiscard]] std::chrono::seconds backOffAfter(std::int64_t failures);

/// Sets when the run's next try is made, by its attempts: none where none is missing, where it has ended or waits for something else, or
/// where nobody knows, since no failed pod of it is left. With a limit by index, the index whose turn is first.
/// Source: newBackoffRecord and getRemainingTimePerIndex of the same folder's backoff_utils.go.
void setNextRetry(Run &run);

} // namespace fairlead::jobs
