// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"
#include "app/failurewords.h"
#include "app/print/output.h"
#include "recording/summary.h"

#include <string>

namespace fairlead::app {

/// `fairlead recording info`: what a recording holds. Needs neither a cluster nor a display. What is damaged is told with the rest, and makes the
/// command fail; a recording that is still written, or whose recorder was killed, is whole up to where it ends.
[[nodiscard]] ExitCode runRecordingInfo(const Arguments &arguments, Output &output, Output &messages);

/// The same of a summary. `server` is the version that the server told; may be empty.
[[nodiscard]] std::string infoTable(const std::string &file, const recording::Summary &summary, const std::string &server);
[[nodiscard]] std::string infoJson(const std::string &file, const recording::Summary &summary, const std::string &server);

} // namespace fairlead::app
