// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/families.h"

#include <algorithm>
#include <iterator>

namespace fairlead::kinds {

namespace {

using enum Health;

// "Ready", "NotReady,SchedulingDisabled", "Unknown": conditions, then what people have done to it.
std::optional<Health> nodeOfCells(const Cells &cells)
{
    const std::string_view status = cells.text("Status");
    if (status.starts_with("NotReady"))
        return Failed;
    if (!status.starts_with("Ready"))
        return Unknown;
    return status.find("SchedulingDisabled") != std::string_view::npos ? Degraded : Healthy;
}

std::optional<Health> nodeOfFacts(const Facts &facts)
{
    const Condition ready = facts.condition("Ready");
    if (!ready.holds())
        return ready.status.empty() ? Unknown : Failed; // "Unknown" is said of a node that is no longer heard of
    const bool pressed = facts.condition("MemoryPressure").holds() || facts.condition("DiskPressure").holds() ||
                         facts.condition("PIDPressure").holds() || facts.condition("NetworkUnavailable").holds();
    return pressed || facts.flag("unschedulable") ? Degraded : Healthy;
}

std::optional<Health> namespaceOfCells(const Cells &cells)
{
    const std::string_view status = cells.text("Status");
    return status == "Active" ? Healthy : status == "Terminating" ? Progressing : Unknown;
}

std::optional<Health> eventOfCells(const Cells &cells)
{
    return cells.text("Type") == "Normal" ? Idle : Degraded;
}

// "True", "False (MissingEndpoints)", "Unknown"
std::optional<Health> apiServiceOfCells(const Cells &cells)
{
    const std::string_view available = cells.text("Available");
    return available == "True" ? Healthy : available.starts_with("False") ? Failed : Unknown;
}

std::optional<Health> definitionOfFacts(const Facts &facts)
{
    if (!facts.row().deleted().empty())
        return Progressing;
    if (facts.condition("NamesAccepted").fails())
        return Failed;
    return facts.condition("Established").holds() ? Healthy : Progressing;
}

std::optional<Health> flowOfCells(const Cells &cells)
{
    return cells.text("MissingPL") == "True" ? Degraded : Healthy;
}

std::optional<Health> componentOfCells(const Cells &cells)
{
    const std::string_view status = cells.text("Status");
    return status == "Healthy" ? Healthy : status == "Unhealthy" ? Failed : Unknown;
}

std::optional<Health> deviceClaimOfCells(const Cells &cells)
{
    return cells.text("State").starts_with("allocated") ? Healthy : Progressing;
}

// Conditions that authors of kinds agree on, by weight.
constexpr std::string_view goodConditions[] = {"Ready", "Available", "Healthy", "Synced", "Established", "Programmed", "Accepted", "Succeeded"};

// A printed condition's column bears its name, and its cell its status.
std::optional<Health> customOfCells(const Cells &cells)
{
    for (const std::string_view each : goodConditions) {
        const std::string_view status = cells.text(each);
        if (status == "True")
            return Healthy;
        if (status == "False")
            return Degraded;
        if (status == "Unknown")
            return Progressing;
    }
    return Unknown;
}

bool customCellsTell(const std::vector<kube::Column> &columns)
{
    const kube::Row none;
    const Cells cells(columns, none);
    return std::any_of(
        std::begin(goodConditions), std::end(goodConditions), [&cells](std::string_view each) { return cells.column(each).has_value(); });
}

std::optional<Health> customOfFacts(const Facts &facts)
{
    for (const std::string_view each : {"Stalled", "Failed"}) {
        if (facts.condition(each).holds())
            return Failed;
    }
    for (const std::string_view each : goodConditions) {
        const Condition condition = facts.condition(each);
        if (condition.status.empty())
            continue;
        if (condition.holds())
            return facts.condition("Degraded").holds() ? Degraded : Healthy;
        const bool moving = facts.condition("Progressing").holds() || facts.condition("Reconciling").holds() || facts.condition("Issuing").holds();
        return condition.fails() && !moving ? Degraded : Progressing;
    }
    return Unknown;
}

constexpr Fact nodeFacts[] = {
    {"conditions", "/status/conditions"},
    {"unschedulable", "/spec/unschedulable"},
    {"taints", "/spec/taints"},
    {"capacity", "/status/capacity"},
    {"allocatable", "/status/allocatable"},
    {"addresses", "/status/addresses"},
};
constexpr Fact eventFacts[] = {
    {"involvedObject", "/involvedObject"},
    {"lastTimestamp", "/lastTimestamp"},
    {"firstTimestamp", "/firstTimestamp"},
    {"eventTime", "/eventTime"},
    {"lastObserved", "/series/lastObservedTime"},
    {"reason", "/reason"},
    {"type", "/type"},
};
constexpr Fact newEventFacts[] = {
    {"involvedObject", "/regarding"},
    {"lastTimestamp", "/deprecatedLastTimestamp"},
    {"firstTimestamp", "/deprecatedFirstTimestamp"},
    {"eventTime", "/eventTime"},
    {"lastObserved", "/series/lastObservedTime"},
    {"reason", "/reason"},
    {"type", "/type"},
};
constexpr Fact namespaceFacts[] = {{"conditions", "/status/conditions"}, {"finalizers", "/spec/finalizers"}};
constexpr Fact conditionFacts[] = {{"conditions", "/status/conditions"}};

// An event's two times are counted by rules of the server's own (series, eventTime): no single fact says what it wrote.
constexpr DurationColumn eventDurations[] = {{.column = "Last Seen"}, {.column = "First Seen"}};

constexpr SortColumn nodeSorts[] = {
    {"Internal-IP", SortType::Address},
    {"External-IP", SortType::Address},
    {"Kernel-Version", SortType::Version},
    {"Container-Runtime", SortType::Text},
};
constexpr SortColumn eventSorts[] = {{"Count", SortType::Number}};
constexpr SortColumn levelSorts[] = {
    {"NominalConcurrencyShares", SortType::Number},
    {"Queues", SortType::Number},
    {"HandSize", SortType::Number},
    {"QueueLengthLimit", SortType::Number},
};
constexpr SortColumn flowSorts[] = {{"MatchingPrecedence", SortType::Number}, {"MissingPL", SortType::Boolean}};
constexpr SortColumn candidateSorts[] = {{"BinaryVersion", SortType::Version}, {"EmulationVersion", SortType::Version}};

constexpr Link eventLinks[] = {{{}, "/involvedObject", Link::By::Reference}, {{}, "/related", Link::By::Reference}};
constexpr Link newEventLinks[] = {{{}, "/regarding", Link::By::Reference}, {{}, "/related", Link::By::Reference}};
constexpr Link flowLinks[] = {{{"flowcontrol.apiserver.k8s.io", "prioritylevelconfigurations"}, "/spec/priorityLevelConfiguration/name"}};
constexpr Link policyLinks[] = {{{"admissionregistration.k8s.io", "validatingadmissionpolicies"}, "/spec/policyName"}};
constexpr Link mutatingLinks[] = {{{"admissionregistration.k8s.io", "mutatingadmissionpolicies"}, "/spec/policyName"}};
constexpr Link sliceLinks[] = {{{"", "nodes"}, "/spec/nodeName"}};

constexpr std::array<std::string_view, healthCount> eventWords = {"Good", "Progressing", "Warning", "Failed", "Normal", "Unknown"};

constexpr std::string_view admission = "admissionregistration.k8s.io";
constexpr std::string_view flow = "flowcontrol.apiserver.k8s.io";
constexpr std::string_view devices = "resource.k8s.io";

constexpr Kind kinds[] = {
    {
        .id = {"", "nodes", "Node"},
        .group = Group::Cluster,
        .title = "Nodes",
        .icon = "node",
        .facts = nodeFacts,
        .sorts = nodeSorts,
        .healthOfCells = nodeOfCells,
        .healthOfFacts = nodeOfFacts,
        .words = {"Ready", "Progressing", "Under pressure or cordoned", "Not ready", "Idle", "Unknown"},
    },
    {
        .id = {"", "namespaces", "Namespace"},
        .group = Group::Cluster,
        .title = "Namespaces",
        .icon = "namespace",
        .facts = namespaceFacts,
        .healthOfCells = namespaceOfCells,
        .words = {"Active", "Terminating", "Degraded", "Failed", "Idle", "Unknown"},
    },
    {
        .id = {"", "events", "Event"},
        .group = Group::Cluster,
        .title = "Events",
        .icon = "event",
        .facts = eventFacts,
        .durations = eventDurations,
        .sorts = eventSorts,
        .healthOfCells = eventOfCells,
        .words = eventWords,
        .uses = eventLinks,
    },
    {
        .id = {"events.k8s.io", "events", "Event"},
        .group = Group::Cluster,
        .title = "Events",
        .icon = "event",
        .facts = newEventFacts,
        .durations = eventDurations,
        .sorts = eventSorts,
        .healthOfCells = eventOfCells,
        .words = eventWords,
        .uses = newEventLinks,
    },
    {
        .id = {"apiextensions.k8s.io", "customresourcedefinitions", "CustomResourceDefinition"},
        .group = Group::Cluster,
        .title = "Custom kinds",
        .icon = "custom",
        .facts = conditionFacts,
        .healthOfFacts = definitionOfFacts,
        .words = {"Established", "Progressing", "Degraded", "Name taken", "Idle", "Unknown"},
    },
    {
        .id = {"apiregistration.k8s.io", "apiservices", "APIService"},
        .group = Group::Cluster,
        .title = "API services",
        .icon = "api",
        .healthOfCells = apiServiceOfCells,
        .words = {"Available", "Progressing", "Degraded", "Not available", "Idle", "Unknown"},
    },
    {.id = {"scheduling.k8s.io", "priorityclasses", "PriorityClass"}, .group = Group::Cluster, .title = "Priority classes", .icon = "priority"},
    {.id = {"node.k8s.io", "runtimeclasses", "RuntimeClass"}, .group = Group::Cluster, .title = "Runtime classes", .icon = "runtime"},
    {.id = {"coordination.k8s.io", "leases", "Lease"}, .group = Group::Cluster, .title = "Leases", .icon = "lease"},
    {
        .id = {"coordination.k8s.io", "leasecandidates", "LeaseCandidate"},
        .group = Group::Cluster,
        .title = "Lease candidates",
        .icon = "lease",
        .sorts = candidateSorts,
    },
    {
        .id = {"", "componentstatuses", "ComponentStatus"},
        .group = Group::Cluster,
        .title = "Component statuses",
        .icon = "component",
        .healthOfCells = componentOfCells,
        .words = {"Healthy", "Progressing", "Degraded", "Unhealthy", "Idle", "Unknown"},
    },
    {.id = {admission, "validatingwebhookconfigurations", "ValidatingWebhookConfiguration"},
        .group = Group::Cluster,
        .title = "Validating webhooks",
        .icon = "webhook"},
    {.id = {admission, "mutatingwebhookconfigurations", "MutatingWebhookConfiguration"},
        .group = Group::Cluster,
        .title = "Mutating webhooks",
        .icon = "webhook"},
    {.id = {admission, "validatingadmissionpolicies", "ValidatingAdmissionPolicy"},
        .group = Group::Cluster,
        .title = "Validating policies",
        .icon = "policy"},
    {.id = {admission, "validatingadmissionpolicybindings", "ValidatingAdmissionPolicyBinding"},
        .group = Group::Cluster,
        .title = "Validating policy bindings",
        .icon = "policy",
        .uses = policyLinks},
    {.id = {admission, "mutatingadmissionpolicies", "MutatingAdmissionPolicy"},
        .group = Group::Cluster,
        .title = "Mutating policies",
        .icon = "policy"},
    {.id = {admission, "mutatingadmissionpolicybindings", "MutatingAdmissionPolicyBinding"},
        .group = Group::Cluster,
        .title = "Mutating policy bindings",
        .icon = "policy",
        .uses = mutatingLinks},
    {
        .id = {flow, "flowschemas", "FlowSchema"},
        .group = Group::Cluster,
        .title = "Flow schemas",
        .icon = "flow",
        .sorts = flowSorts,
        .healthOfCells = flowOfCells,
        .words = {"In force", "Progressing", "No such level", "Failed", "Idle", "Unknown"},
        .uses = flowLinks,
    },
    {.id = {flow, "prioritylevelconfigurations", "PriorityLevelConfiguration"},
        .group = Group::Cluster,
        .title = "Priority levels",
        .icon = "flow",
        .sorts = levelSorts},
    {.id = {devices, "deviceclasses", "DeviceClass"}, .group = Group::Cluster, .title = "Device classes", .icon = "device"},
    {
        .id = {devices, "resourceclaims", "ResourceClaim"},
        .group = Group::Cluster,
        .title = "Device claims",
        .icon = "device",
        .healthOfCells = deviceClaimOfCells,
        .words = {"Allocated", "Pending", "Degraded", "Failed", "Idle", "Unknown"},
    },
    {.id = {devices, "resourceclaimtemplates", "ResourceClaimTemplate"},
        .group = Group::Cluster,
        .title = "Device claim templates",
        .icon = "device"},
    {.id = {devices, "resourceslices", "ResourceSlice"}, .group = Group::Cluster, .title = "Device slices", .icon = "device", .uses = sliceLinks},
};

constexpr Kind custom{
    .id = {},
    .group = Group::Custom,
    .icon = "custom",
    .facts = conditionFacts,
    .healthOfCells = customOfCells,
    .healthOfFacts = customOfFacts,
    .cellsTell = customCellsTell,
    .words = {"Ready", "Progressing", "Not ready", "Failed", "Idle", "Unknown"},
};

} // namespace

std::span<const Kind> clusterKinds()
{
    return kinds;
}

const Kind &customKind()
{
    return custom;
}

} // namespace fairlead::kinds
