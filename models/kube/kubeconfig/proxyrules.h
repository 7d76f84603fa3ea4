// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/kubeconfig/surroundings.h"

#include <optional>
#include <string>

namespace fairlead::kube {

/// The variable that would make kubectl reach this server through a proxy ("HTTPS_PROXY"); none where it would go straight.
///
/// Rules: those of Go's net/http with Kubernetes' addition: upper case before lower, never for localhost and loopback
/// addresses, NO_PROXY by name, by suffix, by address, by network, each with or without a port, or `*`.
/// Thread: any; reads the environment only through `surroundings`.
[[nodiscard]] std::optional<std::string> proxyVariable(const std::string &server, const Surroundings &surroundings);

} // namespace fairlead::kube
