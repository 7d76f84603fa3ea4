// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kinds/cron/zone.h"
#include "kinds/material/material.h"
#include "kinds/podresources.h"

#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fairlead::jobs {

/// What people made: a cron job, a deployment; a job or a pod where it stands alone. Not what a controller made of it.
struct Workload {
    std::string kind; ///< "CronJob"
    std::string space;
    std::string name;
    bool mixed = false; ///< a service that also does what a job would do (kinds/workclass.h)

    auto operator<=>(const Workload &) const = default;
};

/// A pod of a job that may use up its node's CPU or memory.
struct UnlimitedPod {
    std::string space;
    std::string name;
    Workload owner; ///< the topmost one; itself where it stands alone
    kinds::MissingLimits missing;

    bool operator==(const UnlimitedPod &) const = default;
};

/// A node that runs pods of services, and beside them pods of jobs without limits.
struct CrowdedNode {
    std::string node;
    std::int64_t servicePods = 0;   ///< mixed ones too; at least one
    std::vector<UnlimitedPod> pods; ///< at least one; by namespace and name

    bool operator==(const CrowdedNode &) const = default;
};

/// Something that jobs and services both use.
struct SharedTarget {
    static constexpr std::size_t hours = 24;

    std::string kind; ///< "Secret", "ConfigMap", "Service"
    std::string space;
    std::string name;
    std::string key;                ///< of a secret or config map; empty: the whole of it
    bool database = false;          ///< its name or key says so (settingname.h)
    std::vector<Workload> jobs;     ///< at least one; by namespace, name, kind
    std::vector<Workload> services; ///< likewise
    /// How many of the jobs start in each hour from Interference::firstHour on: each once, however often it starts.
    std::array<std::size_t, hours> startsPerHour{};

    [[nodiscard]] std::size_t users() const { return jobs.size() + services.size(); }
    /// The first hour in which most start; none: no schedule starts any.
    [[nodiscard]] std::optional<std::size_t> peak() const;
    bool operator==(const SharedTarget &) const = default;
};

/// Where jobs may disturb services, as far as the cluster's objects tell it at one moment. What has no history: nobody says that they did.
struct Interference {
    std::vector<CrowdedNode> nodes;       ///< by name as people count: node-2 before node-10
    std::vector<SharedTarget> shared;     ///< databases first, then those that most use
    std::chrono::sys_seconds firstHour{}; ///< the full hour in which the material was read
    /// What could not be read. Its objects are left out, so that something may be missing above, and nothing is wrong.
    std::vector<Error> errors;
};

/// What interferenceOf() looks at, for a kinds::Collector.
[[nodiscard]] std::span<const kinds::KindKey> interferenceKinds();

/// Pods count where a node has them and they have not ended. Of uses:
/// - a workload uses what its pods' specs name; pods and jobs that somebody owns are not asked, their owners are; what is scaled to zero or
///   suspended uses it all the same. Ended jobs and pods without a cron job use nothing any more.
/// - secrets and config maps: by the environment and by volumes. Who takes the whole of it uses each of its keys. Image pulls and the cluster's
///   own CA do not count.
/// - services: by environment, command and arguments (servicehost.h), of those that were read, and by their full name those of namespaces that
///   were not asked for; not the API server's, nor a workload's own.
/// - when jobs start: by their cron jobs' schedules, whatever becomes of it (cronplan.h); suspended ones never do.
/// In a choice of namespaces, only what lies in it. Pure. Thread: any.
[[nodiscard]] Interference interferenceOf(const kinds::Material &material, const kinds::cron::ReadZoneFile &zones);

} // namespace fairlead::jobs
