// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "kube/kubeconfig/surroundings.h"

#include <optional>
#include <string>

namespace fairlead::contexts {

/// Reads the kubeconfigs as every command does and says what is in them, what was searched, and what went wrong.
///
/// `kubeconfig` is --kubeconfig, `context` is --context: the opened one; without it, or with an empty one, the current
/// context. Never fails: what went wrong is in the list (a named file that is not there: failure; none found: empty; broken
/// files beside good ones: problems). Thread: any; blocks as long as the files take to read. Secrets never stand in it.
[[nodiscard]] ContextList readContexts(const kube::Surroundings &surroundings, const std::optional<std::string> &kubeconfig = std::nullopt,
    const std::optional<std::string> &context = std::nullopt);

} // namespace fairlead::contexts
