// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/families.h"

namespace fairlead::kinds {

namespace {

using enum Health;

// "Approved,Issued", "Pending", "Denied", "Approved,Failed"
std::optional<Health> requestOfCells(const Cells &cells)
{
    const std::string_view condition = cells.text("Condition");
    if (condition.find("Failed") != std::string_view::npos)
        return Failed;
    if (condition.find("Denied") != std::string_view::npos)
        return Idle;
    if (condition.find("Issued") != std::string_view::npos)
        return Healthy;
    return condition.empty() ? Unknown : Progressing;
}

constexpr DurationColumn requestDurations[] = {
    {.column = "Age"},
    {.column = "RequestedDuration", .grows = DurationColumn::Grows::Never},
};

constexpr SortColumn accountSorts[] = {{"Secrets", SortType::Number}};

constexpr Link accountLinks[] = {
    {{"", "secrets"}, "/secrets/*/name", Link::By::Name, "its token"},
    {{"", "secrets"}, "/imagePullSecrets/*/name", Link::By::Name, "image pulls"},
};
constexpr Link bindingLinks[] = {{{}, "/roleRef", Link::By::Reference}, {{}, "/subjects/*", Link::By::Reference}};

constexpr Kind kinds[] = {
    {
        .id = {"", "serviceaccounts", "ServiceAccount"},
        .group = Group::Access,
        .title = "Service accounts",
        .icon = "account",
        .sorts = accountSorts,
        .uses = accountLinks,
    },
    {.id = {"rbac.authorization.k8s.io", "roles", "Role"}, .group = Group::Access, .title = "Roles", .icon = "role"},
    {
        .id = {"rbac.authorization.k8s.io", "rolebindings", "RoleBinding"},
        .group = Group::Access,
        .title = "Role bindings",
        .icon = "binding",
        .uses = bindingLinks,
    },
    {.id = {"rbac.authorization.k8s.io", "clusterroles", "ClusterRole"}, .group = Group::Access, .title = "Cluster roles", .icon = "role"},
    {
        .id = {"rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding"},
        .group = Group::Access,
        .title = "Cluster role bindings",
        .icon = "binding",
        .uses = bindingLinks,
    },
    {
        .id = {"certificates.k8s.io", "certificatesigningrequests", "CertificateSigningRequest"},
        .group = Group::Access,
        .title = "Certificate requests",
        .icon = "certificate",
        .durations = requestDurations,
        .healthOfCells = requestOfCells,
        .words = {"Issued", "Pending", "Degraded", "Failed", "Denied", "Unknown"},
    },
};

} // namespace

std::span<const Kind> accessKinds()
{
    return kinds;
}

} // namespace fairlead::kinds
