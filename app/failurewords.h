// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "kube/source.h"

#include <string>
#include <vector>

namespace fairlead::app {

/// How the program ends; part of what scripts may rely on.
enum ExitCode : int {
    Done = 0,
    Failed = 1,
    WrongUsage = 2,
    Unreachable = 3, ///< no connection that can be trusted, or no answer in time
    Forbidden = 4,
};

[[nodiscard]] ExitCode exitCodeOf(const Error &error);
/// Of several failures: what they have in common, else Failed. Done if there are none.
[[nodiscard]] ExitCode exitCodeOf(const std::vector<Error> &errors);

/// The lines for standard error, control characters made visible. The first is kubectl's where it has one
/// ("Error from server (NotFound): pods "x" not found"), with the file and line where one is to blame; then what to do.
/// Thread: any; no state. Source: k8s.io/kubectl pkg/cmd/util/helpers.go.
[[nodiscard]] std::string failureLines(const Error &error);

/// A list's refusal with the words that kubectl puts before it. Source: k8s.io/cli-runtime pkg/resource/helper.go.
[[nodiscard]] Error asListFailure(Error error, const kube::Source &source);

} // namespace fairlead::app
