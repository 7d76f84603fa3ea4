// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

#include <cstdint>

namespace fairlead::ui {

class RunTable;
class TimelineView;

enum class ExportForm : std::uint8_t { Png, Svg, Csv };

/// ".png", ".svg", ".csv".
[[nodiscard]] QString suffixOf(ExportForm form);

/// Writes what is seen to a file, whole or not at all: the picture with all lanes, however high, and the piece of time that is shown; or the table of
/// runs. A picture is at most 16,000 px high; what is more is cut off below. Error: Code::BadInput, the file in its place.
[[nodiscard]] Result<void> exportTimeline(TimelineView &view, const RunTable &table, ExportForm form, const QString &file);

} // namespace fairlead::ui
