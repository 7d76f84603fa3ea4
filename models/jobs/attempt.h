// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"
#include "kinds/facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::jobs {

using kinds::Moment;

/// One pod of a job: a try. Texts are the cluster's, UTF-8.
struct Attempt {
    enum class State : std::uint8_t {
        Waiting, ///< no container of it has started
        Running,
        Succeeded,
        Failed,
        Gone, ///< it was removed before it ended
        Unknown,
    };

    std::string pod;
    std::string uid;
    std::string jobUid;
    std::optional<std::int64_t> index; ///< of an indexed job
    State state = State::Unknown;
    std::optional<Moment> created;
    std::optional<Moment> start; ///< its first container's; none: not known, or not started
    std::optional<Moment> end;   ///< as the controller counts it; only of those that have ended
    std::string container;       ///< whose exit code it is
    std::optional<std::int64_t> exitCode;
    std::string reason;              ///< "OOMKilled", "Evicted", of those that wait "ImagePullBackOff"
    std::int64_t restarts = 0;       ///< of its containers, in place
    std::int64_t failuresBefore = 0; ///< of the same index
    std::string node;

    [[nodiscard]] bool hasEnded() const { return state == State::Succeeded || state == State::Failed || state == State::Gone; }
    /// None where a time is missing, or the end lies before the start.
    [[nodiscard]] std::optional<std::chrono::seconds> length() const;
    bool operator==(const Attempt &) const = default;
};

/// "waiting", "running", "succeeded", "failed", "gone", "unknown", as in JSON.
[[nodiscard]] std::string_view name(Attempt::State state);

/// Of a pod's facts. Its end is the last container's; where not all of them say when, the time since which the pod is not ready, else its
/// deletion. Source: getFinishedTime of k8s.io/kubernetes pkg/controller/job/backoff_utils.go. Thread: any.
[[nodiscard]] Attempt attemptOf(const kinds::Facts &pod);

/// Which rows are pods of jobs, for the server: both the label of today and of before 1.27 are still given to each.
inline constexpr std::string_view podSelector = "job-name";

} // namespace fairlead::jobs
