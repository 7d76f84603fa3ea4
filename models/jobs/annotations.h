// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/row.h"

#include <string_view>

namespace fairlead::jobs {

// What the controllers write on jobs and on their pods. Source: k8s.io/api batch/v1 types.go.
inline constexpr std::string_view scheduledAnnotation = "batch.kubernetes.io/cronjob-scheduled-timestamp";
inline constexpr std::string_view instantiateAnnotation = "cronjob.kubernetes.io/instantiate"; ///< by `kubectl create job --from`
inline constexpr std::string_view completionIndexAnnotation = "batch.kubernetes.io/job-completion-index";
inline constexpr std::string_view failureCountAnnotation = "batch.kubernetes.io/job-index-failure-count";
inline constexpr std::string_view ignoredFailureCountAnnotation = "batch.kubernetes.io/job-index-ignored-failure-count";

/// Empty where there is none. Thread: any.
[[nodiscard]] inline std::string_view annotationOf(const kube::Row &row, std::string_view key)
{
    for (std::size_t i = 0; i < row.annotationCount(); ++i) {
        if (const auto [name, value] = row.annotation(i); name == key)
            return value;
    }
    return {};
}

} // namespace fairlead::jobs
