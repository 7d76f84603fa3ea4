// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/age.h"
#include "kinds/families.h"

#include <chrono>

namespace fairlead::kinds {

namespace {

using enum Health;

// `ready` of `wanted`.
Health share(std::int64_t ready, std::int64_t wanted)
{
    if (wanted == 0)
        return Idle;
    if (ready >= wanted)
        return Healthy;
    return ready == 0 ? Failed : Degraded;
}

std::optional<Health> deploymentOfCells(const Cells &cells)
{
    const auto ready = cells.ratio("Ready");
    if (!ready)
        return Unknown;
    // While new pods take the place of the old ones nothing is wrong yet; a roll-out that is stuck is seen in facts only.
    const bool rolling = ready->second > 0 && cells.integer("Up-to-date") < ready->second;
    if (rolling && ready->first >= ready->second)
        return Progressing;
    return share(ready->first, ready->second);
}

// A newly made one says within its first minute that it is not available, and its condition keeps that time for as long as this stays so: it may
// be starting. With a later time it has been available in between.
bool hasBeenAvailable(const Facts &facts)
{
    constexpr std::chrono::seconds first(60);
    const auto since = parseTime(facts.condition("Available").since);
    const auto created = parseTime(facts.row().created());
    return since && created && *since - *created > first;
}

std::optional<Health> deploymentOfFacts(const Facts &facts)
{
    const std::int64_t wanted = facts.integer("replicas", 1);
    const std::int64_t ready = facts.integer("readyReplicas");
    if (wanted == 0)
        return Idle;
    const Condition progressing = facts.condition("Progressing");
    if (facts.condition("ReplicaFailure").holds() || progressing.reason == "ProgressDeadlineExceeded")
        return ready == 0 ? Failed : Degraded;
    const bool updated = facts.integer("observedGeneration") >= facts.row().generation() && facts.integer("updatedReplicas") >= wanted;
    const bool current = updated && facts.integer("currentReplicas") <= wanted;
    if (current && ready >= wanted)
        return Healthy;
    if (facts.flag("paused"))
        return share(ready, wanted) == Healthy ? Healthy : Degraded;
    // NewReplicaSetAvailable: the roll-out had ended well, and pods were lost since.
    if (progressing.reason == "NewReplicaSetAvailable" && current)
        return share(ready, wanted);
    // All new pods are there, none of any is ready: nothing is left that could roll out without harm.
    if (updated && ready == 0 && hasBeenAvailable(facts))
        return Failed;
    return Progressing;
}

std::optional<Health> statefulSetOfCells(const Cells &cells)
{
    const auto ready = cells.ratio("Ready");
    return ready ? share(ready->first, ready->second) : Unknown;
}

std::optional<Health> statefulSetOfFacts(const Facts &facts)
{
    const std::int64_t wanted = facts.integer("replicas", 1);
    const std::int64_t ready = facts.integer("readyReplicas");
    const bool rolling = wanted > 0 && facts.text("currentRevision") != facts.text("updateRevision");
    if (rolling && ready >= wanted - 1)
        return Progressing; // it replaces one after the other
    return share(ready, wanted);
}

// Daemon sets: nodes instead of replicas.
Health served(std::int64_t ready, std::int64_t wanted, std::int64_t upToDate)
{
    const Health health = share(ready, wanted);
    return health == Healthy && upToDate < wanted ? Progressing : health;
}

std::optional<Health> daemonSetOfCells(const Cells &cells)
{
    return served(cells.integer("Ready"), cells.integer("Desired"), cells.integer("Up-to-date"));
}

std::optional<Health> daemonSetOfFacts(const Facts &facts)
{
    return served(facts.integer("numberReady"), facts.integer("desiredNumberScheduled"), facts.integer("updatedNumberScheduled"));
}

std::optional<Health> replicasOfCells(const Cells &cells)
{
    return share(cells.integer("Ready"), cells.integer("Desired"));
}

std::optional<Health> replicasOfFacts(const Facts &facts)
{
    return share(facts.integer("readyReplicas"), facts.integer("replicas", 1));
}

constexpr Fact deploymentFacts[] = {
    {"replicas", "/spec/replicas"},
    {"currentReplicas", "/status/replicas"},
    {"readyReplicas", "/status/readyReplicas"},
    {"updatedReplicas", "/status/updatedReplicas"},
    {"observedGeneration", "/status/observedGeneration"},
    {"conditions", "/status/conditions"},
    {"paused", "/spec/paused"},
    {"strategy", "/spec/strategy/type"},
    {"selector", "/spec/selector"},
    {"templateLabels", "/spec/template/metadata/labels"},
};

constexpr Fact statefulSetFacts[] = {
    {"replicas", "/spec/replicas"},
    {"readyReplicas", "/status/readyReplicas"},
    {"currentRevision", "/status/currentRevision"},
    {"updateRevision", "/status/updateRevision"},
    {"serviceName", "/spec/serviceName"},
    {"selector", "/spec/selector"},
    {"templateLabels", "/spec/template/metadata/labels"},
};

constexpr Fact daemonSetFacts[] = {
    {"desiredNumberScheduled", "/status/desiredNumberScheduled"},
    {"numberReady", "/status/numberReady"},
    {"updatedNumberScheduled", "/status/updatedNumberScheduled"},
    {"selector", "/spec/selector"},
};

constexpr Fact replicaFacts[] = {
    {"replicas", "/spec/replicas"},
    {"readyReplicas", "/status/readyReplicas"},
    {"selector", "/spec/selector"},
};

constexpr KindKey pods[] = {{"", "pods"}};
constexpr KindKey replicaSets[] = {{"apps", "replicasets"}};
constexpr KindKey podsAndRevisions[] = {{"", "pods"}, {"apps", "controllerrevisions"}};

constexpr SortColumn deploymentSorts[] = {{"Up-to-date", SortType::Number}, {"Available", SortType::Number}};
constexpr SortColumn replicaSorts[] = {{"Ready", SortType::Number}};
constexpr SortColumn revisionSorts[] = {{"Revision", SortType::Number}};

constexpr Link statefulSetLinks[] = {{{"", "services"}, "/spec/serviceName", Link::By::Name, "names its pods by it"}};

constexpr std::array<std::string_view, healthCount> words = {"Available", "Rolling out", "Short of pods", "Down", "Scaled to zero", "Unknown"};

constexpr Kind kinds[] = {
    {
        .id = {"apps", "deployments", "Deployment"},
        .group = Group::Workloads,
        .title = "Deployments",
        .icon = "deployment",
        .facts = deploymentFacts,
        .sorts = deploymentSorts,
        .healthOfCells = deploymentOfCells,
        .healthOfFacts = deploymentOfFacts,
        // A roll-out that is stuck may have all its pods: those of before.
        .words = {"Available", "Rolling out", "Incomplete", "Down", "Scaled to zero", "Unknown"},
        .owns = replicaSets,
        .podSpec = "/spec/template/spec",
    },
    {
        .id = {"apps", "statefulsets", "StatefulSet"},
        .group = Group::Workloads,
        .title = "Stateful sets",
        .icon = "statefulset",
        .facts = statefulSetFacts,
        .healthOfCells = statefulSetOfCells,
        .healthOfFacts = statefulSetOfFacts,
        .words = words,
        .owns = podsAndRevisions,
        .uses = statefulSetLinks,
        .podSpec = "/spec/template/spec",
    },
    {
        .id = {"apps", "daemonsets", "DaemonSet"},
        .group = Group::Workloads,
        .title = "Daemon sets",
        .icon = "daemonset",
        .facts = daemonSetFacts,
        .sorts = replicaSorts,
        .healthOfCells = daemonSetOfCells,
        .healthOfFacts = daemonSetOfFacts,
        .words = {"Available", "Rolling out", "Short of pods", "Down", "No node for it", "Unknown"},
        .owns = podsAndRevisions,
        .podSpec = "/spec/template/spec",
    },
    {
        .id = {"apps", "replicasets", "ReplicaSet"},
        .group = Group::Workloads,
        .title = "Replica sets",
        .icon = "replicaset",
        .facts = replicaFacts,
        .sorts = replicaSorts,
        .healthOfCells = replicasOfCells,
        .healthOfFacts = replicasOfFacts,
        .words = words,
        .owns = pods,
        .podSpec = "/spec/template/spec",
    },
    {
        .id = {"", "replicationcontrollers", "ReplicationController"},
        .group = Group::Workloads,
        .title = "Replication controllers",
        .icon = "replicaset",
        .facts = replicaFacts,
        .sorts = replicaSorts,
        .healthOfCells = replicasOfCells,
        .healthOfFacts = replicasOfFacts,
        .words = words,
        .owns = pods,
        .podSpec = "/spec/template/spec",
    },
    {
        .id = {"apps", "controllerrevisions", "ControllerRevision"},
        .group = Group::Workloads,
        .title = "Controller revisions",
        .icon = "history",
        .sorts = revisionSorts,
    },
    {
        .id = {"", "podtemplates", "PodTemplate"},
        .group = Group::Workloads,
        .title = "Pod templates",
        .icon = "pod",
        .podSpec = "/template/spec",
    },
};

} // namespace

std::span<const Kind> workloadKinds()
{
    return kinds;
}

} // namespace fairlead::kinds
