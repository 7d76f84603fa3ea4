// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/families.h"

#include "kinds/quantity.h"

namespace fairlead::kinds {

namespace {

using enum Health;

// Of "pods: 2/2, requests.cpu: 100m/8" the fullest.
double fullest(std::string_view text)
{
    double most = 0;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(", "));
        text.remove_prefix(part.size() == text.size() ? part.size() : part.size() + 2);
        const std::size_t colon = part.find(": ");
        const std::size_t slash = colon == std::string_view::npos ? colon : part.find('/', colon);
        if (slash == std::string_view::npos)
            continue;
        const auto used = parseQuantity(part.substr(colon + 2, slash - colon - 2));
        const auto hard = parseQuantity(part.substr(slash + 1));
        // Of nothing nothing can be used: forbidden, not used up.
        if (used && hard && *hard > 0)
            most = std::max(most, *used / *hard);
    }
    return most;
}

std::optional<Health> quotaOfCells(const Cells &cells)
{
    return std::max(fullest(cells.text("Request")), fullest(cells.text("Limit"))) >= 1 ? Degraded : Healthy;
}

// No metric: it does not scale, whatever it was told.
std::optional<Health> scalerOfCells(const Cells &cells)
{
    const std::string_view targets = cells.text("Targets");
    return targets.find("<unknown>") != std::string_view::npos || targets.empty() || targets == "<none>" ? Degraded : Healthy;
}

std::optional<Health> scalerOfFacts(const Facts &facts)
{
    const Condition active = facts.condition("ScalingActive");
    if (active.reason == "ScalingDisabled")
        return Idle;
    if (active.fails() || facts.condition("AbleToScale").fails())
        return Degraded;
    return active.holds() ? Healthy : Unknown;
}

std::optional<Health> budgetOfCells(const Cells &cells)
{
    return cells.integer("Allowed Disruptions", -1) > 0 ? Healthy : Degraded;
}

std::optional<Health> budgetOfFacts(const Facts &facts)
{
    if (facts.integer("expectedPods") == 0)
        return Idle; // it protects nothing
    return facts.integer("disruptionsAllowed") > 0 ? Healthy : Degraded;
}

constexpr Fact scalerFacts[] = {{"conditions", "/status/conditions"}, {"target", "/spec/scaleTargetRef"}, {"current", "/status/currentReplicas"},
    {"minimum", "/spec/minReplicas"}, {"maximum", "/spec/maxReplicas"}};
constexpr Fact quotaFacts[] = {{"hard", "/status/hard"}, {"used", "/status/used"}};
constexpr Fact budgetFacts[] = {
    {"expectedPods", "/status/expectedPods"}, {"disruptionsAllowed", "/status/disruptionsAllowed"}, {"selector", "/spec/selector"}};

constexpr SortColumn dataSorts[] = {{"Data", SortType::Number}};
constexpr SortColumn scalerSorts[] = {
    {"Targets", SortType::Utilization}, {"MinPods", SortType::Number}, {"MaxPods", SortType::Number}, {"Replicas", SortType::Number}};
constexpr SortColumn budgetSorts[] = {{"Min Available", SortType::Number}, {"Max Unavailable", SortType::Number}};

constexpr Link scalerLinks[] = {{{}, "/spec/scaleTargetRef", Link::By::Reference}};
constexpr Link budgetLinks[] = {{{"", "pods"}, "/spec/selector", Link::By::Labels}};

constexpr Kind kinds[] = {
    {.id = {"", "configmaps", "ConfigMap"}, .group = Group::ConfigAndStorage, .title = "Config maps", .icon = "config", .sorts = dataSorts},
    {.id = {"", "secrets", "Secret"}, .group = Group::ConfigAndStorage, .title = "Secrets", .icon = "secret", .sorts = dataSorts},
    {
        .id = {"", "resourcequotas", "ResourceQuota"},
        .group = Group::ConfigAndStorage,
        .title = "Quotas",
        .icon = "quota",
        .facts = quotaFacts,
        .healthOfCells = quotaOfCells,
        .words = {"Room left", "Progressing", "Used up", "Failed", "Idle", "Unknown"},
    },
    {.id = {"", "limitranges", "LimitRange"}, .group = Group::ConfigAndStorage, .title = "Limit ranges", .icon = "quota"},
    {
        .id = {"autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler"},
        .group = Group::Workloads,
        .title = "Autoscalers",
        .icon = "scaler",
        .facts = scalerFacts,
        .sorts = scalerSorts,
        .healthOfCells = scalerOfCells,
        .healthOfFacts = scalerOfFacts,
        .words = {"Scaling", "Progressing", "Cannot scale", "Failed", "Switched off", "Unknown"},
        .uses = scalerLinks,
    },
    {
        .id = {"policy", "poddisruptionbudgets", "PodDisruptionBudget"},
        .group = Group::Workloads,
        .title = "Disruption budgets",
        .icon = "budget",
        .facts = budgetFacts,
        .sorts = budgetSorts,
        .healthOfCells = budgetOfCells,
        .healthOfFacts = budgetOfFacts,
        .words = {"Allows evictions", "Progressing", "Blocks evictions", "Failed", "Protects nothing", "Unknown"},
        .uses = budgetLinks,
    },
};

} // namespace

std::span<const Kind> configKinds()
{
    return kinds;
}

} // namespace fairlead::kinds
