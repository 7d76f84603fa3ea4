// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/facts.h"

namespace fairlead::kinds {

/// Of CPU and memory. Units: cores, bytes.
struct Amounts {
    double cpu = 0;
    double memory = 0;

    Amounts &operator+=(const Amounts &other)
    {
        cpu += other.cpu;
        memory += other.memory;
        return *this;
    }
    bool operator==(const Amounts &) const = default;
};

/// What a map of quantities says of both ({"cpu": "100m", …}); what it does not name, or what is no quantity, is 0.
[[nodiscard]] Amounts amountsOf(const kube::Json &quantities);

/// What a pod asks for and may use, of its facts. A container without a limit adds nothing to the limits.
struct PodResources {
    Amounts requests;
    Amounts limits;

    bool operator==(const PodResources &) const = default;
};

/// As the scheduler reckons: all containers and sidecars at once, or more where an init container needs more before they run; what the pod
/// as a whole asks for goes before that; its overhead is added. Thread: any.
/// Source: PodRequests, PodLimits of k8s.io/component-helpers/resource
[[nodiscard]] PodResources podResourcesOf(const Facts &pod);

/// Which limits nobody set.
struct MissingLimits {
    bool cpu = false;
    bool memory = false;

    [[nodiscard]] bool any() const { return cpu || memory; }
    bool operator==(const MissingLimits &) const = default;
};

/// Of a pod's facts: what some container may use of a node without end. A limit of the pod as a whole bounds them all. Sidecars count, init
/// containers do not: they are over soon. Of a pod without containers nothing is missing. Thread: any.
[[nodiscard]] MissingLimits missingLimitsOf(const Facts &pod);

/// Whether it takes what it asks for from a node now: a node has it, and it has not ended.
[[nodiscard]] bool takesResources(const Facts &pod);

} // namespace fairlead::kinds
