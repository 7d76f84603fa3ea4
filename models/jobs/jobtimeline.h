// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/cronplan.h"
#include "jobs/run.h"
#include "jobs/statistics.h"
#include "kinds/cron/zone.h"
#include "kube/changeset.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairlead::jobs {

/// A cron job with its runs, or a job that stands alone: then there is one run.
struct Lane {
    std::string space;
    std::string name;
    std::string uid;              ///< the cron job's, else the job's
    bool cron = false;            ///< runs of a cron job
    std::optional<CronPlan> plan; ///< none: no cron job, or one that is gone or may not be read
    std::vector<Run> runs;        ///< by place in time, then by name
    std::optional<Durations> durations;
    Outcomes outcomes;
};

/// A piece of time, its end not included.
struct Stretch {
    Moment from;
    Moment until;
    bool operator==(const Stretch &) const = default;
};

/// Jobs in time, from the rows of cron jobs, jobs and jobs' pods, kept current by their change sets, in whatever order these come. Runs and
/// pods that leave the cluster while it is watched stay, marked `gone`, at most `mostGone` of them: what the controller cleans up has still happened.
///
/// Thread: any, one at a time. Cost of apply(): in proportion to the lanes that it touches, and their runs.
/// Lanes' order: namespace, name, uid. Not promised: that what happened before the first row came is all there (unknownStretches() says where not).
class JobTimeline {
public:
    enum class Part : std::uint8_t { CronJobs, Jobs, Pods };
    static constexpr std::size_t mostGone = 10'000;

    struct Key {
        std::string space;
        std::string name;
        std::string uid;
        auto operator<=>(const Key &) const = default;
    };
    using Lanes = std::map<Key, Lane>;

    explicit JobTimeline(kinds::cron::ReadZoneFile zones);

    /// `now`: by the session's clock. True: something changed.
    bool apply(Part part, const kube::ChangeSet &changes, Moment now);

    [[nodiscard]] const Lanes &lanes() const { return m_lanes; }
    [[nodiscard]] const Lane *laneOf(std::string_view runUid) const; ///< null: no such run
    [[nodiscard]] const Run *run(std::string_view uid) const;
    /// Pods with a job's label whose job is not here.
    [[nodiscard]] std::size_t podsWithoutJob() const;
    /// Since when removed runs are remembered: the first rows of jobs. None: none came yet.
    [[nodiscard]] std::optional<Moment> watchedSince() const { return m_watchedSince; }

private:
    struct Job {
        Run run;                                 ///< without attempts
        std::map<std::string, Attempt> attempts; ///< by uid of the pod
    };
    void take(const kube::ItemPtr &item, Part part);
    void remove(const kube::ItemPtr &item, Part part, Moment now);
    void forgetOldest();
    void build(const Key &key);
    [[nodiscard]] Key keyOf(const Run &run) const;

    const kinds::cron::ReadZoneFile m_zones;
    std::unordered_map<std::string, CronPlan> m_plans;                        ///< by uid
    std::unordered_map<std::string, Job> m_jobs;                              ///< by uid
    std::map<Key, std::set<std::string>> m_members;                           ///< uids of a lane's jobs
    std::unordered_map<std::string, std::map<std::string, Attempt>> m_strays; ///< pods whose job is not here, by its uid
    std::deque<std::string> m_gone;                                           ///< uids of jobs, the oldest first
    std::set<Key> m_dirty;
    Lanes m_lanes;
    std::optional<Moment> m_watchedSince;
};

/// Where nobody knows whether a run was made: times of a lane's schedule between `from` and `until` for which no run is there, and that
/// passed before `watchedSince`. Each stretch goes from such a time to the next that is not one. What the cluster no longer keeps, what was skipped
/// and what was suspended then look alike. Bounded: after 5,000 times the rest is one stretch.
[[nodiscard]] std::vector<Stretch> unknownStretches(const Lane &lane, Moment from, Moment until, Moment watchedSince);

} // namespace fairlead::jobs
