// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"

#include <span>

/// The parts of the registry, one source file each; kinds.h puts them together. Only for files of this folder.
namespace fairlead::kinds {

[[nodiscard]] std::span<const Kind> podKinds();
[[nodiscard]] std::span<const Kind> workloadKinds();
[[nodiscard]] std::span<const Kind> jobKinds();
[[nodiscard]] std::span<const Kind> networkKinds();
[[nodiscard]] std::span<const Kind> storageKinds();
[[nodiscard]] std::span<const Kind> configKinds();
[[nodiscard]] std::span<const Kind> accessKinds();
[[nodiscard]] std::span<const Kind> clusterKinds();
/// What stands for every kind that has no entry.
[[nodiscard]] const Kind &customKind();
/// What every pod's spec names, by paths below it.
[[nodiscard]] std::span<const Link> podSpecLinks();
/// What a pod's spec says of how it runs, by paths below it: "restartPolicy", "ports", "readiness", "liveness", "commands", "arguments"; of what
/// makes pods also their environment, "environment" and "environmentFrom" of containers, "initEnvironment" and "initEnvironmentFrom" of init
/// containers, each the entries of all in one list. Not of pods themselves: there are too many, and who made them says it. None: runs nothing.
[[nodiscard]] std::span<const Fact> podSpecFacts(const Kind &kind);

} // namespace fairlead::kinds
