// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/attempt.h"
#include "jobs/indexset.h"
#include "kinds/facts.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::jobs {

enum class RunState : std::uint8_t {
    Succeeded,
    Failed,
    Running,
    Retrying, ///< a try failed, none runs, and the next one waits
    Waiting,  ///< has not started, or no container of it has
    Suspended,
    Ending, ///< decided, and pods of it still go on
    Killed, ///< it was removed before it ended, as Replace does
    Unknown,
};

/// As in JSON: "succeeded", "failed", "running", "retrying", "waiting", "suspended", "ending", "killed", "unknown".
[[nodiscard]] std::string_view name(RunState state);

/// The rule of a policy that ended a job, as the job's own conditions name it.
struct PolicyRule {
    std::string policy; ///< "podFailurePolicy", "successPolicy"
    std::int64_t index = 0;
    std::string words;   ///< what the rule says: "FailJob on exit code 42"; empty: the spec has no such rule (any more)
    std::string message; ///< the condition's
    bool operator==(const PolicyRule &) const = default;
};

/// How many more tries may fail, and when the next one is made.
struct BackOff {
    std::optional<std::int64_t> limit;    ///< spec.backoffLimit; none: without bound
    std::optional<std::int64_t> perIndex; ///< spec.backoffLimitPerIndex
    std::int64_t used = 0;                ///< failed tries, and restarts in place of those that go on
    std::optional<Moment> nextRetry;      ///< may have passed: then it is made any moment
    std::optional<std::int64_t> retryIndex;

    /// None: without bound.
    [[nodiscard]] std::optional<std::int64_t> left() const;
    bool operator==(const BackOff &) const = default;
};

/// One job: a run of a cron job, or one that stands alone. Facts of the cluster, with its own times; texts are the cluster's, UTF-8.
struct Run {
    std::string space;
    std::string name; ///< may come again: the uid tells runs apart
    std::string uid;
    std::string cronJob; ///< its controller's name; empty: it stands alone
    std::string cronJobUid;
    std::string owner;               ///< its controller's kind and name, "Workflow nightly"; empty: it has none
    bool byHand = false;             ///< made from the cron job by a person
    std::optional<Moment> scheduled; ///< the time that it was due; none: of those that no schedule made
    std::optional<Moment> created;
    std::optional<Moment> start; ///< status.startTime: of a resumed one the last start
    std::optional<Moment> end;   ///< completionTime, or since when it has failed
    RunState state = RunState::Unknown;
    std::string reason; ///< "BackoffLimitExceeded", "DeadlineExceeded"; of those that wait: why
    std::string message;
    std::optional<std::int64_t> completions; ///< none: a work queue, done when its pods are
    std::int64_t parallelism = 1;
    std::int64_t succeeded = 0;
    std::int64_t failed = 0;
    std::int64_t active = 0;
    std::int64_t ready = 0;
    std::int64_t terminating = 0;
    bool indexed = false;
    IndexSet completedIndexes;
    IndexSet failedIndexes;
    BackOff backOff;
    std::optional<Moment> deadline; ///< only of those that can still meet it
    std::optional<Moment> removal;  ///< by its time to live
    std::optional<PolicyRule> rule;
    std::vector<Attempt> attempts; ///< by creation
    bool gone = false;             ///< no longer in the cluster; told from memory
    std::string oddity;            ///< what cannot be right in what the cluster tells, as a sentence; mostly empty

    [[nodiscard]] bool hasEnded() const { return state == RunState::Succeeded || state == RunState::Failed || state == RunState::Killed; }
    /// None where it has not ended, a time is missing, or the end lies before the start.
    [[nodiscard]] std::optional<std::chrono::seconds> length() const;
    /// Its place in time: when it started, else was due, else was made.
    [[nodiscard]] std::optional<Moment> place() const;
    /// 0 to 1; none where nobody says how many are wanted.
    [[nodiscard]] std::optional<double> progress() const;
    /// "failed, BackoffLimitExceeded after 3 failed tries", "running, 3 of 5".
    [[nodiscard]] std::string words() const;
    bool operator==(const Run &) const = default;
};

/// Of a job's facts, without its pods. Thread: any.
[[nodiscard]] Run runOf(const kinds::Facts &job);
/// With its pods, in any order; jobs without pods have none. What follows from them: the next retry, whether any container has started.
void setAttempts(Run &run, std::vector<Attempt> attempts);

/// The time that the job's name says, as the cron job controller makes it: "NAME-MINUTES", minutes since 1970. None: another name.
/// Source: getJobName of k8s.io/kubernetes pkg/controller/cronjob.
[[nodiscard]] std::optional<Moment> scheduledOfName(std::string_view job, std::string_view cronJob);

} // namespace fairlead::jobs
