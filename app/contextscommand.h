// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/failurewords.h"
#include "app/print/output.h"
#include "kube/kubeconfig/kubeconfig.h"

namespace fairlead::app {

/// `fairlead contexts`: what can be opened, as a table or a JSON list, and on `messages` what is wrong with files and contexts
/// and where. A broken file makes the command fail, but hides nothing of the others; a context that cannot be used is
/// listed like the rest.
[[nodiscard]] ExitCode runContexts(const Arguments &arguments, const kube::Surroundings &surroundings, Output &output, Output &messages);

/// The lines for warnings, as they stand before the output of any command.
void sayWarnings(const std::vector<Error> &warnings, Output &messages);

} // namespace fairlead::app
