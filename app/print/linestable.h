// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace fairlead::app {

/// Lines of cells as a table, laid out as kubectl lays out its own; the first line holds the headers. Cells hold what the cluster sent: what must not
/// reach a terminal becomes an escape. Thread: any.
[[nodiscard]] std::string linesTable(const std::vector<std::vector<std::string>> &lines);

} // namespace fairlead::app
