// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/problem.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace fairlead::kinds {

namespace {

using kube::Json;

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool shouldHold(std::string_view type)
{
    return isOneOf(type, {"Ready", "Available", "Progressing", "PodScheduled", "Initialized", "ScalingActive", "AbleToScale", "Established",
                             "NamesAccepted", "Healthy", "Synced", "Programmed", "Accepted", "ResolvedRefs", "Succeeded"});
}

bool shouldNotHold(std::string_view type)
{
    return isOneOf(type,
        {"ReplicaFailure", "Failed", "FailureTarget", "Stalled", "Degraded", "MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable",
            "NamespaceDeletionDiscoveryFailure", "NamespaceDeletionContentFailure", "NamespaceContentRemaining", "NamespaceFinalizersRemaining"});
}

// How a container ended: "Error, exit code 2".
std::string ending(const Json &terminated)
{
    std::string text(terminated["reason"].text());
    if (text.empty())
        text = "Ended";
    const std::int64_t signal = terminated["signal"].integer();
    return text + (signal != 0 ? ", signal " + std::to_string(signal) : ", exit code " + std::to_string(terminated["exitCode"].integer()));
}

void ofContainers(const Json &statuses, std::string_view what, std::vector<Problem> &into)
{
    for (const Json &each : statuses.list()) {
        const std::string subject = std::string(what) + " " + std::string(each["name"].text());
        const Json &waiting = each["state"]["waiting"];
        const Json &ended = each["state"]["terminated"];
        const Json &before = each["lastState"]["terminated"];
        const std::string_view reason = waiting["reason"].text();
        if (!reason.empty() && !isOneOf(reason, {"ContainerCreating", "PodInitializing"})) {
            std::string message(waiting["message"].text());
            // That it waits to be started again says less than how it ended.
            if (before.type() == Json::Type::Map)
                message = "last ended with " + ending(before) + (message.empty() ? "" : "; " + message);
            into.push_back({subject, std::string(reason), std::move(message)});
        } else if (ended.type() == Json::Type::Map && ended["exitCode"].integer() != 0) {
            into.push_back({subject, ending(ended), std::string(ended["message"].text())});
        }
    }
}

} // namespace

std::string Problem::text() const
{
    std::string line = subject;
    for (const std::string *each : {&reason, &message}) {
        if (!each->empty())
            line += (line.empty() ? "" : ": ") + *each;
    }
    return line;
}

std::vector<Problem> problemsOf(const Json &object)
{
    std::vector<Problem> problems;
    const Json &status = object["status"];
    ofContainers(status["initContainerStatuses"], "Init container", problems);
    ofContainers(status["containerStatuses"], "Container", problems);
    // Of the pod itself: "Evicted".
    if (!status["reason"].text().empty() && status["phase"].text() == "Failed")
        problems.push_back({"Pod", std::string(status["reason"].text()), std::string(status["message"].text())});
    for (const Json &each : status["conditions"].list()) {
        const std::string_view type = each["type"].text();
        const std::string_view reason = each["reason"].text();
        const bool holds = each["status"].text() == "True";
        // A pod that has done its work is not ready, and nothing is wrong; nor is a scaler that was switched off.
        if (isOneOf(reason, {"PodCompleted", "ScalingDisabled"}))
            continue;
        if ((shouldHold(type) && !holds) || (shouldNotHold(type) && holds))
            problems.push_back({"Condition " + std::string(type), std::string(reason), std::string(each["message"].text())});
    }
    return problems;
}

} // namespace fairlead::kinds
