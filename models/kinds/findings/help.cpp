// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/findings/help.h"

#include <algorithm>
#include <iterator>

namespace fairlead::kinds {

namespace {

struct Help {
    std::string_view id;
    std::string_view text;
};

constexpr Help helps[] = {
    {"crash-loop", "Read the log of the run that ended. Out of memory: raise the limit, or find what grows."},
    {"image-pull", "Compare name and tag with what the registry has; a private one needs a pull secret in this namespace."},
    {"unschedulable", "Ask for less, add or free a node, or mend selector, affinity and tolerations."},
    {"not-ready", "Call the probe's path by hand and read the log; a slow start wants a startup probe."},
    {"liveness", "Read the log before the restart; where the program is only slow, give the probe more time."},
    {"cannot-start", "Create what is missing, or mend the name that the pod asks for."},
    {"pod-failed", "Read its log and exit code; delete it when it has been understood."},
    {"pod-unknown", "Look at the node: its kubelet has gone silent."},
    {"service-no-endpoints", "Compare the selector with the pods' labels, and the port's name with the containers'."},
    {"ingress-backend", "Mend the name or the port of the service in the ingress, or create the service."},
    {"deployment-stuck", "Look at the new pods; going back to the revision before serves meanwhile."},
    {"job-failed", "Read the log of the last attempt. Mended, the job has to be created anew: its pod template cannot be changed."},
    {"job-stalled", "Look at its pods: none of them has come to an end for long."},
    {"cron-missed", "Look whether the run before still goes on, and at the deadline for a start."},
    {"claim-pending", "Compare the class that it names with those that there are; a class may also wait for the first pod."},
    {"node-not-ready", "Look at the node itself: kubelet, container runtime, disk and memory."},
    {"node-pressure", "Free what is short on it, or move pods away; kubelet ends pods when it goes on."},
    {"quota-full", "Delete what is no longer needed, or have the quota raised."},
    {"stuck-terminating", "Look whether the controller of the finalizer still runs; only if it never will again, remove the finalizer."},
    {"hpa-unable", "Its target must exist and ask for what is scaled by; figures of use come from a metrics server."},
};

} // namespace

std::string_view whatHelps(std::string_view ruleId)
{
    const auto found = std::find_if(std::begin(helps), std::end(helps), [&](const Help &each) { return each.id == ruleId; });
    return found == std::end(helps) ? std::string_view() : found->text;
}

} // namespace fairlead::kinds
