// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>

#include <string_view>

namespace fairlead {

// Off unless QT_LOGGING_RULES asks; warnings of the engine are always on. Tests fail on log lines that they did not expect.
Q_DECLARE_LOGGING_CATEGORY(logNet)
Q_DECLARE_LOGGING_CATEGORY(logKube)
Q_DECLARE_LOGGING_CATEGORY(logUi)

/// Makes every line that the program logs pass through redacted(), control characters made visible, and go to stderr.
/// Called once by main.
void installRedactingLog();

/// A line of the engine's text for a log call: redacted, as a QString.
[[nodiscard]] QString logged(std::string_view text);

} // namespace fairlead
