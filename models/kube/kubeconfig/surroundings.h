// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>
#include <optional>
#include <string>

namespace fairlead::kube {

/// All that reading a kubeconfig asks of the world, handed in so that a test or a fuzzer can be the world.
struct Surroundings {
    /// A variable's value; none where it is not set.
    std::function<std::optional<std::string>(const std::string &name)> environment;
    std::string home;          ///< the user's home folder; may be empty
    std::string workingFolder; ///< absolute; what relative paths on the command line and in KUBECONFIG start from
    /// A file's bytes. Errors: NotFound only where there is no such file; BadInput for a folder, no permission, or too large.
    std::function<Result<std::string>(const std::string &path)> readFile;
};

/// The process' own environment and the file system. Reads at most 64 MB of a file.
[[nodiscard]] Surroundings processSurroundings();

} // namespace fairlead::kube
