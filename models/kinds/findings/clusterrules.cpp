// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cells.h"
#include "kinds/findings/families.h"
#include "kinds/quantity.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

using namespace std::chrono;
using kube::Json;
using Entry = Inventory::Entry;

constexpr KindKey pods{"", "pods"};
constexpr KindKey deployments{"apps", "deployments"};
constexpr KindKey claims{"", "persistentvolumeclaims"};
constexpr KindKey volumes{"", "persistentvolumes"};
constexpr KindKey classes{"storage.k8s.io", "storageclasses"};
constexpr KindKey nodes{"", "nodes"};
constexpr KindKey quotas{"", "resourcequotas"};
constexpr KindKey namespaces{"", "namespaces"};
constexpr KindKey scalers{"autoscaling", "horizontalpodautoscalers"};

Finding ofCondition(std::string_view id, const Entry &entry, const Json &condition, std::string reason)
{
    Finding finding{
        .id = id, .object = Inventory::nameOf(entry), .reason = std::move(reason), .since = parseTime(condition["lastTransitionTime"].text())};
    finding.evidence.push_back("condition " + std::string(condition["type"].text()) + " is " + std::string(condition["status"].text()) + ", " +
                               said(condition["reason"].text(), condition["message"].text()));
    return finding;
}

void deploymentStuck(const Entry &deployment, const Inventory &, std::vector<Finding> &into)
{
    const Facts facts = deployment.facts();
    if (facts.integer("replicas", 1) == 0 || !deployment.row->deleted().empty())
        return;
    const Json failure = conditionOf(facts, "ReplicaFailure");
    if (failure["status"].text() == "True") {
        const bool quota = failure["message"].text().find("exceeded quota") != std::string_view::npos;
        into.push_back(ofCondition("deployment-stuck", deployment, failure,
            std::string("Pods that it wants cannot be made") + (quota ? ": the quota of the namespace is used up" : "")));
        return;
    }
    const Json progressing = conditionOf(facts, "Progressing");
    if (progressing["reason"].text() != "ProgressDeadlineExceeded")
        return;
    into.push_back(ofCondition("deployment-stuck", deployment, progressing,
        "The roll-out is stuck: " + std::to_string(facts.integer("updatedReplicas")) + " of " + counted(facts.integer("replicas", 1), "pod", "pods") +
            " of the new revision, and no progress within the deadline"));
}

void claimPending(const Entry &claim, const Inventory &inventory, std::vector<Finding> &into)
{
    const Facts facts = claim.facts();
    if (!claim.row->deleted().empty())
        return;
    Finding finding{.id = "claim-pending", .object = Inventory::nameOf(claim), .since = parseTime(claim.row->created())};
    if (facts.text("phase") == "Lost") {
        finding.reason = "Its volume is gone";
        finding.evidence.push_back("phase Lost, volume " + facts.text("volumeName"));
        into.push_back(std::move(finding));
        return;
    }
    if (facts.text("phase") != "Pending" || !isOlder(finding.since, inventory.now(), seconds(30)))
        return;
    finding.evidence.push_back("phase Pending");
    const std::string className = facts.text("storageClassName");
    const Entry *const storageClass = className.empty() ? nullptr : inventory.find(classes, {}, className);
    const std::vector<Inventory::Event> events = inventory.eventsOf(claim);
    const auto warning = std::find_if(events.begin(), events.end(), [](const Inventory::Event &each) { return each.warning; });
    if (warning != events.end())
        finding.evidence.push_back(said(warning->reason, warning->message));
    if (!className.empty() && !storageClass && inventory.has(classes)) {
        finding.reason = "It waits for a volume: there is no storage class " + className;
    } else if (warning != events.end()) {
        finding.reason = "It waits for a volume: " + warning->message;
    } else {
        // Until a pod asks for it nothing is due; after that somebody is at work, for a while.
        const bool onDemand = storageClass && Cells(*storageClass->columns, *storageClass->row).text("VolumeBindingMode") == "WaitForFirstConsumer";
        const bool asked = std::any_of(events.begin(), events.end(),
            [](const Inventory::Event &each) { return each.reason == "ExternalProvisioning" || each.reason == "Provisioning"; });
        if ((onDemand && !asked) || !isOlder(finding.since, inventory.now(), minutes(5)))
            return;
        finding.reason = "It waits for a volume";
        if (!events.empty()) {
            finding.reason += ": " + events.front().message;
            finding.evidence.push_back(said(events.front().reason, events.front().message));
        }
    }
    into.push_back(std::move(finding));
}

void nodeNotReady(const Entry &node, const Inventory &, std::vector<Finding> &into)
{
    const Facts facts = node.facts();
    const Json ready = conditionOf(facts, "Ready");
    const std::string_view status = ready["status"].text();
    if (status == "Unknown")
        into.push_back(ofCondition("node-not-ready", node, ready, "The node gives no word: its kubelet has stopped, or cannot be reached"));
    else if (status == "False")
        into.push_back(ofCondition("node-not-ready", node, ready, "The node is not ready"));
    constexpr std::pair<std::string_view, std::string_view> pressures[] = {{"MemoryPressure", "The node is short of memory"},
        {"DiskPressure", "The node is short of disk space"}, {"PIDPressure", "The node is short of process numbers"},
        {"NetworkUnavailable", "The node's network is not set up"}};
    for (const auto &[type, words] : pressures) {
        const Json condition = conditionOf(facts, type);
        if (condition["status"].text() != "True")
            continue;
        Finding finding = ofCondition("node-pressure", node, condition, std::string(words));
        finding.severity = Finding::Severity::Risk;
        into.push_back(std::move(finding));
    }
}

void quotaFull(const Entry &quota, const Inventory &, std::vector<Finding> &into)
{
    const Json hard = quota.facts().json("hard");
    const Json used = quota.facts().json("used");
    Finding finding{.id = "quota-full", .severity = Finding::Severity::Risk, .object = Inventory::nameOf(quota)};
    for (const auto &[resource, limit] : hard.map()) {
        const auto most = parseQuantity(limit.text());
        const auto now = parseQuantity(used[resource].text());
        // A limit of nothing forbids, and is not used up.
        if (!most || !now || *most <= 0 || *now < *most)
            continue;
        finding.reason += (finding.reason.empty() ? "Nothing more can be made of what it limits: " : ", ") + resource;
        finding.evidence.push_back(resource + ": " + std::string(used[resource].text()) + " of " + std::string(limit.text()) + " used");
    }
    if (!finding.evidence.empty())
        into.push_back(std::move(finding));
}

void stuckTerminating(const Entry &entry, const Inventory &inventory, std::vector<Finding> &into)
{
    const auto since = parseTime(entry.row->deleted());
    if (!isOlder(since, inventory.now(), minutes(10)))
        return;
    Finding finding{.id = "stuck-terminating", .severity = Finding::Severity::Risk, .object = Inventory::nameOf(entry), .since = since};
    std::string names;
    const Json finalizers = entry.facts().json("finalizers");
    for (const Json &each : finalizers.list())
        names += (names.empty() ? "" : ", ") + std::string(each.text());
    finding.reason = names.empty() ? "It was deleted, and does not go" : "It was deleted, and waits for its finalizers: " + names;
    finding.evidence.push_back("deletionTimestamp " + std::string(entry.row->deleted()));
    for (const char *const type : {"NamespaceContentRemaining", "NamespaceFinalizersRemaining", "NamespaceDeletionDiscoveryFailure"}) {
        if (const Json condition = conditionOf(entry.facts(), type); condition["status"].text() == "True")
            finding.evidence.push_back(said(condition["reason"].text(), condition["message"].text()));
    }
    into.push_back(std::move(finding));
}

void scalerUnable(const Entry &scaler, const Inventory &, std::vector<Finding> &into)
{
    const Facts facts = scaler.facts();
    for (const char *const type : {"AbleToScale", "ScalingActive"}) {
        const Json condition = conditionOf(facts, type);
        // Switched off by a target of no replicas.
        if (condition["status"].text() != "False" || condition["reason"].text() == "ScalingDisabled")
            continue;
        const Json target = facts.json("target");
        const std::string of = std::string(target["kind"].text()) + " " + std::string(target["name"].text());
        const std::string_view reason = condition["reason"].text();
        Finding finding = ofCondition("hpa-unable", scaler, condition,
            reason == "FailedGetScale"                        ? "It cannot scale " + of + ": it cannot read how many replicas that has"
            : reason.find("Metric") != std::string_view::npos ? "It cannot scale " + of + ": it gets no metrics"
                                                              : "It cannot scale " + of);
        finding.severity = Finding::Severity::Risk;
        into.push_back(std::move(finding));
        return;
    }
}

constexpr FindingRule rules[] = {
    {"deployment-stuck", deployments, {}, deploymentStuck},
    {"claim-pending", claims, {}, claimPending},
    {"node-not-ready", nodes, {}, nodeNotReady},
    {"quota-full", quotas, {}, quotaFull},
    {"stuck-terminating", pods, {}, stuckTerminating},
    {"stuck-terminating", claims, {}, stuckTerminating},
    {"stuck-terminating", volumes, {}, stuckTerminating},
    {"stuck-terminating", namespaces, {}, stuckTerminating},
    {"hpa-unable", scalers, {}, scalerUnable},
};

} // namespace

std::span<const FindingRule> clusterRules()
{
    return rules;
}

} // namespace fairlead::kinds
