// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/markrules.h"

#include "recording/jsoncursor.h"
#include "recording/jsontext.h"

#include <algorithm>
#include <functional>

namespace fairlead::recording {
namespace {

using Look = MarkRule::Look;
using Token = JsonCursor::Token;

constexpr std::array rules{
    MarkRule{"", "pods", Look::Field, "phase", "Failed"},
    MarkRule{"", "pods", Look::Waiting, "initContainerStatuses", ""},
    MarkRule{"", "pods", Look::Waiting, "containerStatuses", ""},
    MarkRule{"batch", "jobs", Look::Condition, "Failed", "True"},
    MarkRule{"", "nodes", Look::Condition, "Ready", "False", true},
    MarkRule{"", "nodes", Look::Condition, "Ready", "Unknown", true},
};

// Source: the kubelet's container and image errors (pkg/kubelet/container/sync_result.go, pkg/kubelet/images/types.go, kuberuntime).
constexpr std::array waiting{
    WaitingReason{"CrashLoopBackOff", "crash"},
    WaitingReason{"ErrImagePull", "image"},
    WaitingReason{"ImagePullBackOff", "image"},
    WaitingReason{"ImageInspectError", "image"},
    WaitingReason{"InvalidImageName", "image"},
    WaitingReason{"ErrImageNeverPull", "image"},
    WaitingReason{"RegistryUnavailable", "image"},
    WaitingReason{"SignatureValidationFailed", "image"},
    WaitingReason{"CreateContainerConfigError", "create"},
    WaitingReason{"CreateContainerError", "create"},
    WaitingReason{"PreCreateHookError", "create"},
    WaitingReason{"PreStartHookError", "create"},
    WaitingReason{"PostStartHookError", "create"},
    WaitingReason{"RunContainerError", "create"},
};

// The first element that gives something.
std::optional<Trouble> firstOf(std::string_view list, const std::function<std::optional<Trouble>(std::string_view)> &look)
{
    JsonCursor cursor(list);
    if (cursor.next() != Token::ListBegin)
        return std::nullopt;
    for (cursor.next(); cursor.isValue(); cursor.next()) {
        if (auto found = look(cursor.value()))
            return found;
    }
    return std::nullopt;
}

std::optional<Trouble> fieldTrouble(const MarkRule &rule, std::string_view status)
{
    if (textAt(status, {rule.field}) != rule.value)
        return std::nullopt;
    Trouble trouble{.family = rule.field, .reason = textAt(status, {"reason"}), .message = textAt(status, {"message"})};
    if (trouble.reason.empty())
        trouble.reason = rule.value;
    return trouble;
}

std::optional<Trouble> waitingTrouble(const MarkRule &rule, std::string_view status)
{
    return firstOf(valueAt(status, {rule.field}), [](std::string_view container) -> std::optional<Trouble> {
        std::string reason = textAt(container, {"state", "waiting", "reason"});
        const auto *found = std::find_if(waiting.begin(), waiting.end(), [&reason](const WaitingReason &each) { return each.reason == reason; });
        if (found == waiting.end())
            return std::nullopt;
        return Trouble{.family = found->family, .reason = std::move(reason), .message = "container " + textAt(container, {"name"})};
    });
}

std::optional<Trouble> conditionTrouble(const MarkRule &rule, std::string_view status)
{
    return firstOf(valueAt(status, {"conditions"}), [&rule](std::string_view condition) -> std::optional<Trouble> {
        if (textAt(condition, {"type"}) != rule.field || textAt(condition, {"status"}) != rule.value)
            return std::nullopt;
        Trouble trouble{.family = rule.field, .reason = textAt(condition, {"reason"}), .message = textAt(condition, {"message"})};
        if (trouble.reason.empty())
            trouble.reason = std::string(rule.field) + " is " + std::string(rule.value);
        return trouble;
    });
}

} // namespace

std::span<const MarkRule> markRules()
{
    return rules;
}

std::span<const WaitingReason> waitingReasons()
{
    return waiting;
}

std::optional<Trouble> troubleOf(std::string_view group, std::string_view resource, std::string_view row)
{
    std::optional<std::string_view> status;
    for (const MarkRule &rule : rules) {
        if (rule.group != group || rule.resource != resource)
            continue;
        if (!status)
            status = valueAt(row, {"object", "status"});
        auto trouble = rule.look == Look::Field     ? fieldTrouble(rule, *status)
                       : rule.look == Look::Waiting ? waitingTrouble(rule, *status)
                                                    : conditionTrouble(rule, *status);
        if (trouble) {
            trouble->startsSo = rule.startsSo;
            return trouble;
        }
    }
    return std::nullopt;
}

} // namespace fairlead::recording
