// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/families.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

using enum Health;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

// What kubelet and the container runtime say why a container does not run. Their words for trouble follow a pattern; a new one among
// them is more likely trouble than not.
bool isTrouble(std::string_view reason)
{
    for (const std::string_view part : {"Err", "BackOff", "Fail", "Invalid", "Kill", "Cannot", "OutOf", "Unexpected"}) {
        if (reason.find(part) != std::string_view::npos)
            return true;
    }
    return isOneOf(reason, {"Evicted", "DeadlineExceeded", "Preempting", "NodeAffinity", "NodeShutdown", "Terminated"}) ||
           reason.starts_with("ExitCode:") || reason.starts_with("Signal:");
}

std::optional<Health> cellsHealth(const Cells &cells)
{
    std::string_view status = cells.text("Status");
    const bool initialising = status.starts_with("Init:");
    if (initialising)
        status.remove_prefix(5);
    if (isOneOf(status, {"Unknown", "ContainerStatusUnknown", "NodeLost", ""}))
        return Unknown;
    if (isTrouble(status))
        return Failed;
    if (initialising || isOneOf(status, {"ContainerCreating", "PodInitializing", "Terminating"}))
        return Progressing;
    if (isOneOf(status, {"Completed", "Succeeded"}))
        return Idle;
    if (status == "Pending") {
        // With a node it has only just been given one; without it waits for one.
        const std::string_view node = cells.text("Node");
        return node.empty() || node == "<none>" ? Degraded : Progressing;
    }
    const auto ready = cells.ratio("Ready");
    return ready && ready->first >= ready->second ? Healthy : Degraded;
}

// Trouble of any container; init containers that have ended well are none.
bool hasTrouble(const kube::Json &statuses)
{
    for (const kube::Json &each : statuses.list()) {
        const kube::Json &state = each["state"];
        if (isTrouble(state["waiting"]["reason"].text()))
            return true;
        const kube::Json &ended = state["terminated"];
        if (ended.type() == kube::Json::Type::Map && ended["exitCode"].integer() != 0)
            return true;
    }
    return false;
}

std::optional<Health> factsHealth(const Facts &facts)
{
    const std::string phase = facts.text("phase");
    if (phase == "Failed")
        return Failed;
    if (phase == "Succeeded")
        return Idle;
    if (phase == "Unknown" || phase.empty() || facts.text("reason") == "NodeLost")
        return Unknown;
    if (!facts.row().deleted().empty())
        return Progressing;
    const kube::Json containers = facts.json("containerStatuses");
    if (hasTrouble(containers) || hasTrouble(facts.json("initContainerStatuses")))
        return Failed;
    if (phase == "Pending")
        return facts.condition("PodScheduled").fails() ? Degraded : Progressing;
    if (facts.condition("Ready").holds())
        return Healthy;
    // Until its startup probe has succeeded nobody expects it to be ready.
    const bool starting = std::any_of(containers.list().begin(), containers.list().end(), [](const kube::Json &each) {
        return each["state"]["running"].type() == kube::Json::Type::Map && each["started"].type() == kube::Json::Type::Boolean &&
               !each["started"].boolean();
    });
    return starting ? Progressing : Degraded;
}

constexpr Fact facts[] = {
    {"phase", "/status/phase"},
    {"reason", "/status/reason"},
    {"conditions", "/status/conditions"},
    {"containerStatuses", "/status/containerStatuses"},
    {"initContainerStatuses", "/status/initContainerStatuses"},
    {"nodeName", "/spec/nodeName"},
    {"podIP", "/status/podIP"},
    {"qosClass", "/status/qosClass"},
    {"startTime", "/status/startTime"},
    {"finalizers", "/metadata/finalizers"},
    {"resources", "/spec/containers/*/resources"},
    {"initResources", "/spec/initContainers/*/resources"},
    {"initRestartPolicies", "/spec/initContainers/*/restartPolicy"},
    {"podResources", "/spec/resources"},
    {"overhead", "/spec/overhead"},
};

constexpr DurationColumn durations[] = {
    {.column = "Restarts", .grows = DurationColumn::Grows::Always, .fact = {}, .bracketed = true},
    {.column = "Age"},
};

constexpr SortColumn sorts[] = {{"IP", SortType::Address}, {"Readiness Gates", SortType::Ratio}};

constexpr std::string_view shownWide[] = {"IP", "Node"};

constexpr KindKey secrets{"", "secrets"};
constexpr KindKey configMaps{"", "configmaps"};
constexpr KindKey claims{"", "persistentvolumeclaims"};

using enum Link::By;

// In the order in which people ask for them.
constexpr Link specLinks[] = {
    {secrets, "/volumes/*/secret/secretName", Name, "volume"},
    {secrets, "/volumes/*/projected/sources/*/secret/name", Name, "volume"},
    {secrets, "/containers/*/env/*/valueFrom/secretKeyRef/name", Name, "env"},
    {secrets, "/containers/*/envFrom/*/secretRef/name", Name, "env"},
    {secrets, "/initContainers/*/env/*/valueFrom/secretKeyRef/name", Name, "env"},
    {secrets, "/initContainers/*/envFrom/*/secretRef/name", Name, "env"},
    {secrets, "/ephemeralContainers/*/env/*/valueFrom/secretKeyRef/name", Name, "env"},
    {secrets, "/ephemeralContainers/*/envFrom/*/secretRef/name", Name, "env"},
    {secrets, "/imagePullSecrets/*/name", Name, "image pulls"},
    {secrets, "/volumes/*/csi/nodePublishSecretRef/name", Name, "volume's login"},
    {secrets, "/volumes/*/azureFile/secretName", Name, "volume's login"},
    {secrets, "/volumes/*/cephfs/secretRef/name", Name, "volume's login"},
    {secrets, "/volumes/*/cinder/secretRef/name", Name, "volume's login"},
    {secrets, "/volumes/*/flexVolume/secretRef/name", Name, "volume's login"},
    {secrets, "/volumes/*/iscsi/secretRef/name", Name, "volume's login"},
    {secrets, "/volumes/*/rbd/secretRef/name", Name, "volume's login"},
    {secrets, "/volumes/*/scaleIO/secretRef/name", Name, "volume's login"},
    {secrets, "/volumes/*/storageos/secretRef/name", Name, "volume's login"},
    {configMaps, "/volumes/*/configMap/name", Name, "volume"},
    {configMaps, "/volumes/*/projected/sources/*/configMap/name", Name, "volume"},
    {configMaps, "/containers/*/env/*/valueFrom/configMapKeyRef/name", Name, "env"},
    {configMaps, "/containers/*/envFrom/*/configMapRef/name", Name, "env"},
    {configMaps, "/initContainers/*/env/*/valueFrom/configMapKeyRef/name", Name, "env"},
    {configMaps, "/initContainers/*/envFrom/*/configMapRef/name", Name, "env"},
    {configMaps, "/ephemeralContainers/*/env/*/valueFrom/configMapKeyRef/name", Name, "env"},
    {configMaps, "/ephemeralContainers/*/envFrom/*/configMapRef/name", Name, "env"},
    {claims, "/volumes/*/persistentVolumeClaim/claimName", Name, "volume"},
    {{"", "serviceaccounts"}, "/serviceAccountName", Name, "runs as"},
    {{"", "nodes"}, "/nodeName"},
    {{"scheduling.k8s.io", "priorityclasses"}, "/priorityClassName"},
    {{"node.k8s.io", "runtimeclasses"}, "/runtimeClassName"},
    {{"resource.k8s.io", "resourceclaims"}, "/resourceClaims/*/resourceClaimName"},
    {{"resource.k8s.io", "resourceclaimtemplates"}, "/resourceClaims/*/resourceClaimTemplateName"},
};

constexpr Fact specFacts[] = {
    {"restartPolicy", "/restartPolicy"},
    {"ports", "/containers/+/ports/+/containerPort"},
    {"readiness", "/containers/+/readinessProbe/periodSeconds"},
    {"liveness", "/containers/+/livenessProbe/periodSeconds"},
    {"commands", "/containers/+/command"},
    {"arguments", "/containers/+/args"},
    {"environment", "/containers/+/env/+"}, // here begins what facts of pods leave out
    {"environmentFrom", "/containers/+/envFrom/+"},
    {"initEnvironment", "/initContainers/+/env/+"},
    {"initEnvironmentFrom", "/initContainers/+/envFrom/+"},
};
constexpr std::size_t ofEnvironment = 4;

constexpr Kind kinds[] = {
    {
        .id = {"", "pods", "Pod"},
        .group = Group::Workloads,
        .title = "Pods",
        .icon = "pod",
        .facts = facts,
        .durations = durations,
        .sorts = sorts,
        .shownWide = shownWide,
        .healthOfCells = cellsHealth,
        .healthOfFacts = factsHealth,
        .words = {"Running", "Starting", "Waiting", "Failing", "Completed", "Unknown"},
        .podSpec = "/spec",
    },
};

} // namespace

std::span<const Kind> podKinds()
{
    return kinds;
}

std::span<const Link> podSpecLinks()
{
    return specLinks;
}

std::span<const Fact> podSpecFacts(const Kind &kind)
{
    if (kind.podSpec.empty())
        return {};
    const std::span<const Fact> all(specFacts);
    return kind.hasLogs() ? all.first(all.size() - ofEnvironment) : all;
}

} // namespace fairlead::kinds
