// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "kube/kubeconfig/kubeconfig.h"
#include "kube/kubeconfig/surroundings.h"

#include <optional>
#include <string>
#include <vector>

namespace fairlead::contexts {

/// Where contexts are looked for, beyond what the environment says. Paths are absolute or start at the working folder.
struct ConfigFiles {
    std::optional<std::string> argument; ///< --kubeconfig: instead of KUBECONFIG and ~/.kube/config
    std::vector<std::string> added;      ///< opened in the window: after all others, as if KUBECONFIG named them too
};

/// The kubeconfigs as kubectl would read them if it knew of the added files. Errors: those of kube::Kubeconfig::load().
[[nodiscard]] Result<kube::Kubeconfig> loadKubeconfig(const kube::Surroundings &surroundings, const ConfigFiles &files);

/// Reads the kubeconfigs as every command does and says what is in them, what was searched, and what went wrong.
///
/// `context` is --context: the opened one; without it, or with an empty one, the current context. A context counts as usable only
/// if all that its entry names could be read: certificates and tokens in other files too.
/// Never fails: what went wrong is in the list (a named file that is not there: failure; none found: empty; broken
/// files beside good ones: problems). Thread: any; blocks as long as the files take to read. Secrets never stand in it.
enum class Depth { Whole, Entries /**< only what stands in the kubeconfigs themselves: one file is read, not hundreds */ };
[[nodiscard]] ContextList readContexts(const kube::Surroundings &surroundings, const ConfigFiles &files,
    const std::optional<std::string> &context = std::nullopt, Depth depth = Depth::Whole);

/// The same of --kubeconfig or the environment alone.
[[nodiscard]] ContextList readContexts(const kube::Surroundings &surroundings, const std::optional<std::string> &kubeconfig = std::nullopt,
    const std::optional<std::string> &context = std::nullopt);

} // namespace fairlead::contexts
