// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/run.h"
#include "kube/decode/json.h"

#include <optional>

namespace fairlead::jobs {

/// Which rule of a job's policies ended it, by what its conditions say of that; none: none did. What a rule that only ignores pods or fails
/// single indexes has done, no condition tells. Thread: any.
/// Source: messages of k8s.io/kubernetes pkg/controller/job/pod_failure_policy.go and success_policy.go.
[[nodiscard]] std::optional<PolicyRule> ruleThatFired(
    const kube::Json &conditions, const kube::Json &podFailurePolicy, const kube::Json &successPolicy);

} // namespace fairlead::jobs
