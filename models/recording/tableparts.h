// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairlead::recording {

/// The parts of a Table of meta.k8s.io/v1, of a list of a server that does not know Tables, or of one object, as they stand in the text.
/// Views live as long as it.
struct TableParts {
    bool isTable = false;
    std::string version; ///< of the list
    std::string continueToken;
    std::string_view columns;           ///< JSON; empty where the text has none, as in all but the first event of a watch
    std::vector<std::string_view> rows; ///< of a Table its rows, else objects

    /// Thread: any; no state. Error: NotKubernetes for all that is none of the three.
    [[nodiscard]] static Result<TableParts> split(std::string_view json);
};

/// A line of a watch: {"type":"ADDED","object":…}.
struct WatchLine {
    std::string type;
    std::string_view object;
};
[[nodiscard]] Result<WatchLine> splitWatchLine(std::string_view line);

} // namespace fairlead::recording
