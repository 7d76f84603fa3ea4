// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/podresources.h"

#include "kinds/quantity.h"

#include <algorithm>
#include <cmath>

namespace fairlead::kinds {

namespace {

double quantity(const kube::Json &value)
{
    const double amount = parseQuantity(value.text()).value_or(0);
    return std::isfinite(amount) && amount > 0 ? amount : 0;
}

Amounts greater(const Amounts &a, const Amounts &b)
{
    return {std::max(a.cpu, b.cpu), std::max(a.memory, b.memory)};
}

Amounts sum(Amounts a, const Amounts &b)
{
    return a += b;
}

Amounts reckoned(const Facts &pod, std::string_view which)
{
    Amounts all;
    const kube::Json containers = pod.json("resources");
    for (const kube::Json &each : containers.list())
        all += amountsOf(each[which]);

    // In their order: one that goes on running stays beside those after it.
    Amounts sidecars;
    Amounts most;
    const kube::Json init = pod.json("initResources");
    const kube::Json policies = pod.json("initRestartPolicies");
    for (std::size_t i = 0; i < init.list().size(); ++i) {
        const Amounts own = amountsOf(init.list()[i][which]);
        const bool sidecar = i < policies.list().size() && policies.list()[i].text() == "Always";
        if (sidecar) {
            all += own;
            sidecars += own;
            most = greater(most, sidecars);
        } else {
            most = greater(most, sum(own, sidecars));
        }
    }
    all = greater(all, most);

    const kube::Json whole = pod.json("podResources");
    const kube::Json &ofPod = whole[which];
    const Amounts wanted = amountsOf(ofPod);
    if (ofPod["cpu"].type() != kube::Json::Type::Null)
        all.cpu = wanted.cpu;
    if (ofPod["memory"].type() != kube::Json::Type::Null)
        all.memory = wanted.memory;

    // A limit that nobody set stays none.
    const Amounts overhead = amountsOf(pod.json("overhead"));
    if (which == "requests" || all.cpu > 0)
        all.cpu += overhead.cpu;
    if (which == "requests" || all.memory > 0)
        all.memory += overhead.memory;
    return all;
}

} // namespace

Amounts amountsOf(const kube::Json &quantities)
{
    return {quantity(quantities["cpu"]), quantity(quantities["memory"])};
}

PodResources podResourcesOf(const Facts &pod)
{
    return {reckoned(pod, "requests"), reckoned(pod, "limits")};
}

MissingLimits missingLimitsOf(const Facts &pod)
{
    MissingLimits missing;
    const auto look = [&missing](const kube::Json &resources) {
        const Amounts limits = amountsOf(resources["limits"]); // 0 is none
        missing.cpu = missing.cpu || limits.cpu == 0;
        missing.memory = missing.memory || limits.memory == 0;
    };
    const kube::Json containers = pod.json("resources");
    for (const kube::Json &each : containers.list())
        look(each);
    const kube::Json init = pod.json("initResources");
    const kube::Json policies = pod.json("initRestartPolicies");
    for (std::size_t i = 0; i < init.list().size() && i < policies.list().size(); ++i) {
        if (policies.list()[i].text() == "Always")
            look(init.list()[i]);
    }
    const kube::Json whole = pod.json("podResources");
    const Amounts ofPod = amountsOf(whole["limits"]);
    return {missing.cpu && ofPod.cpu == 0, missing.memory && ofPod.memory == 0};
}

bool takesResources(const Facts &pod)
{
    const std::string phase = pod.text("phase");
    return !pod.text("nodeName").empty() && phase != "Succeeded" && phase != "Failed";
}

} // namespace fairlead::kinds
