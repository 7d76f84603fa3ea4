// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/findings/rules.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>

/// The registry's parts, and what they share. For findings/ alone.
namespace fairlead::kinds {

[[nodiscard]] std::span<const FindingRule> podRules();
[[nodiscard]] std::span<const FindingRule> networkRules();
[[nodiscard]] std::span<const FindingRule> jobRules();
[[nodiscard]] std::span<const FindingRule> clusterRules();

/// One of the list "conditions"; Null where there is none of that type. Its time is "lastTransitionTime".
[[nodiscard]] kube::Json conditionOf(const Facts &facts, std::string_view type);
/// Whether `moment` lies at least so long ago. Not known is not long ago.
[[nodiscard]] bool isOlder(const std::optional<Moment> &moment, Moment now, std::chrono::seconds than);
/// "FailedMount: MountVolume.SetUp failed …", as evidence.
[[nodiscard]] std::string said(std::string_view reason, std::string_view message);
/// "1 pod", "3 pods".
[[nodiscard]] std::string counted(std::int64_t count, std::string_view one, std::string_view many);

} // namespace fairlead::kinds
