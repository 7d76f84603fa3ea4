// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/families.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

using enum Health;

// Whether anything answers is known to the endpoint slices, not to the service: its own row tells of a load balancer only.
std::optional<Health> serviceOfCells(const Cells &cells)
{
    if (cells.text("Type") != "LoadBalancer")
        return std::nullopt;
    return cells.text("External-IP") == "<pending>" ? Progressing : Healthy;
}

std::optional<Health> serviceOfFacts(const Facts &facts)
{
    if (facts.text("type") != "LoadBalancer")
        return std::nullopt;
    return facts.json("balancers").list().empty() ? Progressing : Healthy;
}

std::optional<Health> ingressOfCells(const Cells &cells)
{
    return cells.text("Address").empty() ? Progressing : Healthy;
}

std::optional<Health> ingressOfFacts(const Facts &facts)
{
    return facts.json("balancers").list().empty() ? Progressing : Healthy;
}

std::optional<Health> endpointsOfCells(const Cells &cells)
{
    const std::string_view endpoints = cells.text("Endpoints");
    return endpoints.empty() || endpoints == "<none>" || endpoints == "<unset>" ? Degraded : Healthy;
}

// The row lists addresses that are not ready, too.
std::optional<Health> sliceOfFacts(const Facts &facts)
{
    const kube::Json endpoints = facts.json("endpoints");
    const auto &all = endpoints.list();
    const auto ready = std::count_if(all.begin(), all.end(), [](const kube::Json &each) {
        const kube::Json &condition = each["conditions"]["ready"];
        return condition.type() == kube::Json::Type::Null || condition.boolean(); // not said means yes
    });
    if (ready == 0)
        return Degraded;
    return Healthy;
}

constexpr Fact serviceFacts[] = {
    {"type", "/spec/type"},
    {"selector", "/spec/selector"},
    {"ports", "/spec/ports"},
    {"balancers", "/status/loadBalancer/ingress"},
    {"clusterIP", "/spec/clusterIP"},
};
constexpr Fact ingressFacts[] = {
    {"rules", "/spec/rules"}, {"tls", "/spec/tls"}, {"balancers", "/status/loadBalancer/ingress"}, {"defaultBackend", "/spec/defaultBackend"}};
constexpr Fact sliceFacts[] = {{"endpoints", "/endpoints"}, {"ports", "/ports"}};

constexpr SortColumn serviceSorts[] = {{"Cluster-IP", SortType::Address}, {"External-IP", SortType::Address}};
constexpr SortColumn ingressSorts[] = {{"Address", SortType::Address}};
constexpr SortColumn endpointSorts[] = {{"Endpoints", SortType::Address}};
constexpr SortColumn addressSorts[] = {{"Name", SortType::Address}};
constexpr SortColumn cidrSorts[] = {{"CIDRs", SortType::Address}};

constexpr KindKey services{"", "services"};
constexpr KindKey pods{"", "pods"};
constexpr KindKey slices[] = {{"discovery.k8s.io", "endpointslices"}};

constexpr Link serviceLinks[] = {{pods, "/spec/selector", Link::By::Labels}};
constexpr Link ingressLinks[] = {
    {services, "/spec/defaultBackend/service/name", Link::By::Name, "routes to it"},
    {services, "/spec/rules/*/http/paths/*/backend/service/name", Link::By::Name, "routes to it"},
    {{"", "secrets"}, "/spec/tls/*/secretName", Link::By::Name, "TLS"},
    {{"networking.k8s.io", "ingressclasses"}, "/spec/ingressClassName"},
};
constexpr Link sliceLinks[] = {{{}, "/endpoints/*/targetRef", Link::By::Reference}, {{"", "nodes"}, "/endpoints/*/nodeName"}};
constexpr Link policyLinks[] = {{pods, "/spec/podSelector", Link::By::Labels}};
constexpr Link addressLinks[] = {{services, "/spec/parentRef/name"}};

constexpr std::array<std::string_view, healthCount> endpointWords = {"Has endpoints", "Progressing", "Nothing ready", "Failed", "Idle", "Unknown"};

constexpr Kind kinds[] = {
    {
        .id = {"", "services", "Service"},
        .group = Group::Network,
        .title = "Services",
        .icon = "service",
        .facts = serviceFacts,
        .sorts = serviceSorts,
        .healthOfCells = serviceOfCells,
        .healthOfFacts = serviceOfFacts,
        .words = {"Has an address", "Waits for an address", "Degraded", "Failed", "Idle", "Unknown"},
        .owns = slices,
        .uses = serviceLinks,
    },
    {
        .id = {"networking.k8s.io", "ingresses", "Ingress"},
        .group = Group::Network,
        .title = "Ingresses",
        .icon = "ingress",
        .facts = ingressFacts,
        .sorts = ingressSorts,
        .healthOfCells = ingressOfCells,
        .healthOfFacts = ingressOfFacts,
        .words = {"Has an address", "Waits for an address", "Degraded", "Failed", "Idle", "Unknown"},
        .uses = ingressLinks,
    },
    {
        .id = {"discovery.k8s.io", "endpointslices", "EndpointSlice"},
        .group = Group::Network,
        .title = "Endpoint slices",
        .icon = "endpoints",
        .facts = sliceFacts,
        .sorts = endpointSorts,
        .healthOfCells = endpointsOfCells,
        .healthOfFacts = sliceOfFacts,
        .words = endpointWords,
        .uses = sliceLinks,
    },
    {
        .id = {"", "endpoints", "Endpoints"},
        .group = Group::Network,
        .title = "Endpoints",
        .icon = "endpoints",
        .sorts = endpointSorts,
        .healthOfCells = endpointsOfCells,
        .words = endpointWords,
    },
    {
        .id = {"networking.k8s.io", "networkpolicies", "NetworkPolicy"},
        .group = Group::Network,
        .title = "Network policies",
        .icon = "policy",
        .uses = policyLinks,
    },
    {.id = {"networking.k8s.io", "ingressclasses", "IngressClass"}, .group = Group::Network, .title = "Ingress classes", .icon = "ingress"},
    {
        .id = {"networking.k8s.io", "ipaddresses", "IPAddress"},
        .group = Group::Network,
        .title = "IP addresses",
        .icon = "address",
        .sorts = addressSorts,
        .uses = addressLinks,
    },
    {
        .id = {"networking.k8s.io", "servicecidrs", "ServiceCIDR"},
        .group = Group::Network,
        .title = "Service address ranges",
        .icon = "address",
        .sorts = cidrSorts,
    },
};

} // namespace

std::span<const Kind> networkKinds()
{
    return kinds;
}

} // namespace fairlead::kinds
