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
                             "NamesAccepted", "Healthy", "Synced", "Programmed", "Accepted", "ResolvedRefs", "Succeeded", "ContainersReady"});
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

const Json &specOf(const Json &object, std::string_view list, std::string_view container)
{
    static const Json none;
    for (const Json &each : object["spec"][list].list()) {
        if (each["name"].text() == container)
            return each;
    }
    return none;
}

// Exit codes above 128 are signals by the shell's custom.
std::string_view signalName(std::int64_t exitCode)
{
    switch (exitCode) {
    case 130:
        return "SIGINT";
    case 134:
        return "SIGABRT";
    case 137:
        return "SIGKILL";
    case 139:
        return "SIGSEGV";
    case 143:
        return "SIGTERM";
    default:
        return {};
    }
}

std::string_view withoutStop(std::string_view text)
{
    while (text.ends_with('.') || text.ends_with('\n') || text.ends_with(' '))
        text.remove_suffix(1);
    return text;
}

// "back-off 5m0s restarting failed container=app …"
std::optional<std::chrono::seconds> backOff(std::string_view message)
{
    constexpr std::string_view start = "back-off ";
    if (!message.starts_with(start))
        return std::nullopt;
    message.remove_prefix(start.size());
    return parseAge(message.substr(0, message.find(' ')));
}

void ofContainers(const Json &object, std::string_view statuses, std::string_view list, std::string_view what, std::vector<Problem> &into)
{
    for (const Json &each : object["status"][statuses].list()) {
        const std::string subject = std::string(what) + " " + std::string(each["name"].text());
        const Json &spec = specOf(object, list, each["name"].text());
        const Json &waiting = each["state"]["waiting"];
        const Json &ended = each["state"]["terminated"];
        const Json &before = each["lastState"]["terminated"];
        const std::string_view reason = waiting["reason"].text();
        Problem problem{.subject = subject, .restarts = each["restartCount"].integer()};
        if (!reason.empty() && !isOneOf(reason, {"ContainerCreating", "PodInitializing"})) {
            problem.reason = reason;
            problem.message = waiting["message"].text();
            // That it waits to be started again says less than how it ended.
            if (before.type() == Json::Type::Map) {
                problem.message = "last ended with " + ending(before) + (problem.message.empty() ? "" : "; " + problem.message);
                problem.words = endingInWords(subject, before, spec);
                problem.container = each["name"].text();
                problem.logIsPrevious = true;
                problem.detail = withoutStop(before["message"].text());
                problem.moment = parseTime(before["finishedAt"].text());
                const auto pause = backOff(waiting["message"].text());
                if (problem.moment && pause)
                    problem.nextTry = *problem.moment + *pause;
            } else {
                problem.words = waitingInWords(subject, reason, spec);
                problem.detail = withoutStop(waiting["message"].text());
            }
            into.push_back(std::move(problem));
        } else if (ended.type() == Json::Type::Map && ended["exitCode"].integer() != 0) {
            problem.reason = ending(ended);
            problem.message = ended["message"].text();
            problem.words = endingInWords(subject, ended, spec);
            problem.container = each["name"].text();
            problem.detail = withoutStop(problem.message);
            problem.moment = parseTime(ended["finishedAt"].text());
            into.push_back(std::move(problem));
        }
    }
}

std::string count(const Json &value)
{
    return std::to_string(value.integer());
}

// What a condition means, where its type or reason is known; empty: it is quoted.
std::string conditionInWords(const Json &object, const Json &condition, std::string &detail)
{
    const std::string_view type = condition["type"].text();
    const std::string_view reason = condition["reason"].text();
    const Json &spec = object["spec"];
    const Json &status = object["status"];
    detail = withoutStop(condition["message"].text());
    const auto known = [&detail](std::string words) {
        detail.clear();
        return words;
    };
    if (type == "PodScheduled")
        return reason == "SchedulingGated" ? "The pod is held back by its scheduling gates" : "No node can take the pod";
    if (isOneOf(reason, {"ContainersNotReady"}))
        return "The pod runs, but is not ready";
    if (reason == "BackoffLimitExceeded") {
        const std::int64_t tries = status["failed"].integer();
        return known(
            "Gave up after " + std::to_string(tries) + (tries == 1 ? " try" : " tries") + " (back-off limit " + count(spec["backoffLimit"]) + ")");
    }
    if (reason == "DeadlineExceeded" && (type == "Failed" || type == "FailureTarget"))
        return known("Stopped at its deadline of " + formatAge(std::chrono::seconds(spec["activeDeadlineSeconds"].integer())));
    if (reason == "FailedIndexes" || reason == "MaxFailedIndexesExceeded")
        return known("Some of its indexes failed: " + std::string(status["failedIndexes"].text()));
    if (reason == "PodFailurePolicy")
        return "Given up by its pod failure policy";
    if (reason == "ProgressDeadlineExceeded")
        return known("The roll-out is stuck: no progress for " + formatAge(std::chrono::seconds(spec["progressDeadlineSeconds"].integer(600))) +
                     ", " + count(status["updatedReplicas"]) + " of " + count(spec["replicas"]) + " pods are of the new revision");
    if (reason == "MinimumReplicasUnavailable") {
        const std::int64_t available = status["availableReplicas"].integer();
        return known((available == 0 ? "None" : std::to_string(available)) + " of " + count(spec["replicas"]) +
                     (spec["replicas"].integer() == 1 ? " pod is available" : " pods is available"));
    }
    if (type == "ReplicaFailure")
        return "Pods cannot be created";
    if (type == "MemoryPressure" || type == "DiskPressure" || type == "PIDPressure")
        return known(type == "MemoryPressure" ? "The node is short of memory"
                     : type == "DiskPressure" ? "The node is short of disk space"
                                              : "The node is short of process numbers");
    if (reason == "NodeStatusUnknown")
        return known("The node's kubelet gives no word");
    if (reason == "KubeletNotReady")
        return "The node is not ready";
    if (type == "ScalingActive")
        return "Does not scale";
    if (type == "AbleToScale")
        return "Cannot scale";
    if (type.starts_with("Namespace") && isOneOf(type, {"NamespaceContentRemaining", "NamespaceFinalizersRemaining"}))
        return "The namespace cannot go yet";
    return {};
}

void ofConditions(const Json &object, std::vector<Problem> &into)
{
    for (const Json &each : object["status"]["conditions"].list()) {
        const auto health = healthOfCondition(each);
        // The same as Ready of a pod says.
        if (!health || *health == Health::Healthy || *health == Health::Idle || each["type"].text() == "ContainersReady")
            continue;
        Problem problem{.subject = "Condition " + std::string(each["type"].text()),
            .reason = std::string(each["reason"].text()),
            .message = std::string(each["message"].text()),
            .moment = parseTime(each["lastTransitionTime"].text()),
            .when = Problem::When::For};
        problem.words = conditionInWords(object, each, problem.detail);
        if (problem.words.empty()) {
            problem.words = problem.subject + " is " + std::string(each["status"].text());
            if (!problem.reason.empty())
                problem.words += " (" + problem.reason + ")";
        } else if (isOneOf(each["type"].text(), {"Failed", "FailureTarget"})) {
            problem.when = Problem::When::Ago;
        }
        into.push_back(std::move(problem));
    }
}

std::string ordinal(std::int64_t number)
{
    const std::int64_t two = number % 100;
    const std::int64_t one = number % 10;
    const bool teen = two >= 11 && two <= 13;
    return std::to_string(number) + (teen || one == 0 || one > 3 ? "th" : one == 1 ? "st" : one == 2 ? "nd" : "rd");
}

} // namespace

std::string endingInWords(const std::string &subject, const Json &terminated, const Json &spec)
{
    const std::string_view reason = terminated["reason"].text();
    const std::int64_t exitCode = terminated["exitCode"].integer();
    const std::string code = "exit code " + std::to_string(exitCode);
    if (reason == "OOMKilled") {
        const std::string_view limit = spec["resources"]["limits"]["memory"].text();
        return subject +
               (limit.empty() ? " was killed because its node ran out of memory"
                              : " was killed for using more memory than its limit of " + std::string(limit)) +
               " (" + code + ", OOMKilled)";
    }
    if (isOneOf(reason, {"StartError", "ContainerCannotRun"}))
        return subject + " could not be started (" + code + ", " + std::string(reason) + ")";
    if (reason == "DeadlineExceeded")
        return subject + " was stopped at the pod's deadline (" + code + ")";
    if (exitCode == 0)
        return subject + " ended (" + code + ")";
    const std::string_view signal = signalName(exitCode);
    std::string text = subject + " ended with " + code;
    if (!signal.empty())
        text += ", " + std::string(signal);
    if (!reason.empty() && reason != "Error")
        text += " (" + std::string(reason) + ")";
    return text;
}

std::string waitingInWords(const std::string &subject, std::string_view reason, const Json &spec)
{
    const std::string image(spec["image"].text());
    const std::string in = " (" + std::string(reason) + ")";
    if (isOneOf(reason, {"ImagePullBackOff", "ErrImagePull", "ImageInspectError", "RegistryUnavailable"}))
        return subject + " cannot start: its image " + image + " cannot be pulled" + in;
    if (reason == "InvalidImageName")
        return subject + " cannot start: " + image + " is no name of an image" + in;
    if (reason == "ErrImageNeverPull")
        return subject + " cannot start: its image " + image + " is not on the node, and may not be pulled" + in;
    if (isOneOf(reason, {"CreateContainerConfigError", "CreateContainerError", "RunContainerError", "PreCreateHookError", "PostStartHookError"}))
        return subject + " cannot be started" + in;
    return subject + " waits" + in;
}

std::string Problem::text() const
{
    std::string line = subject;
    for (const std::string *each : {&reason, &message}) {
        if (!each->empty())
            line += (line.empty() ? "" : ": ") + *each;
    }
    return line;
}

std::string Problem::sentence(Moment now) const
{
    std::string line = words;
    if (moment) {
        const std::string age = formatAge(*moment, now);
        line += when == When::Ago ? ", " + age + " ago" : ", for " + age;
    }
    if (!detail.empty())
        line += ": " + detail;
    line += '.';
    if (restarts > 0 && nextTry) {
        line += " " + ordinal(restarts) + " restart; ";
        line += *nextTry > now ? "next try in " + formatAge(now, *nextTry) : std::string("the next try is due");
        line += '.';
    } else if (restarts > 0) {
        line += restarts == 1 ? " Restarted once." : " Restarted " + std::to_string(restarts) + " times.";
    }
    return line;
}

std::optional<Health> healthOfCondition(const Json &condition)
{
    const std::string_view type = condition["type"].text();
    const std::string_view status = condition["status"].text();
    const std::string_view reason = condition["reason"].text();
    const bool holds = status == "True";
    const bool wanted = shouldHold(type);
    const bool isSuccess = type == "Complete" || type == "SuccessCriteriaMet";
    if (!wanted && !shouldNotHold(type) && !isSuccess)
        return std::nullopt;
    // A pod that has done its work is not ready, and nothing is wrong; nor is a scaler that was switched off.
    if (!holds && isOneOf(reason, {"PodCompleted", "ScalingDisabled"}))
        return Health::Idle;
    if (isSuccess)
        return holds ? Health::Healthy : Health::Idle;
    if (status == "Unknown")
        return Health::Unknown;
    if (wanted == holds)
        return Health::Healthy;
    return Health::Failed;
}

std::vector<Problem> problemsOf(const Json &object)
{
    std::vector<Problem> problems;
    const Json &status = object["status"];
    ofContainers(object, "initContainerStatuses", "initContainers", "Init container", problems);
    ofContainers(object, "containerStatuses", "containers", "Container", problems);
    // Of the pod itself: "Evicted".
    if (!status["reason"].text().empty() && status["phase"].text() == "Failed") {
        const std::string reason(status["reason"].text());
        Problem problem{.subject = "Pod", .reason = reason, .message = std::string(status["message"].text())};
        problem.words = reason == "Evicted"            ? "The pod was evicted from its node"
                        : reason == "DeadlineExceeded" ? "The pod was stopped at its deadline"
                                                       : "The pod failed (" + reason + ")";
        problem.detail = withoutStop(problem.message);
        problems.push_back(std::move(problem));
    }
    ofConditions(object, problems);
    return problems;
}

} // namespace fairlead::kinds
