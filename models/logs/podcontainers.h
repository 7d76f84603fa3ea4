// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "kinds/health.h"
#include "kube/decode/json.h"

#include <optional>
#include <string>
#include <vector>

namespace fairlead::logs {

/// How one run of a container ended. All texts are foreign.
struct Ending {
    std::string id; ///< of the run: the runtime's container id
    int exitCode = 0;
    int signal = 0;
    std::string reason;  ///< "Completed", "Error", "OOMKilled"
    std::string message; ///< what it wrote to its termination message, or kubelet says
    std::optional<Moment> startedAt;
    std::optional<Moment> finishedAt;
};

/// A container of a pod as its status tells it. Facts; what they look like is ui's.
struct Container {
    enum class Role { Main, Sidecar, Init, Ephemeral };
    enum class Stage {
        Unknown, ///< the status says nothing of it
        Waiting,
        Running,
        Ended,
    };

    std::string name;
    Role role = Role::Main;
    Stage stage = Stage::Unknown;
    bool ready = false;
    int restarts = 0;
    std::string waitingReason;  ///< "ContainerCreating", "CrashLoopBackOff"
    std::string waitingMessage; ///< "back-off 2m40s restarting failed container=…"
    std::string runningId;      ///< of the run that is on
    std::optional<Moment> startedAt;
    std::optional<Ending> ending; ///< of the last run, while none is on
    std::optional<Ending> before; ///< of the run before that one: `previous`

    /// The run whose log the server gives without `previous`; empty: there is none yet.
    [[nodiscard]] const std::string &currentRun() const;
    /// When kubelet means to start it again: the end of the last run and the back-off that it names.
    [[nodiscard]] std::optional<Moment> nextStart() const;
    [[nodiscard]] kinds::Health health() const;
};

/// All containers of a pod: main ones, sidecars, init, ephemeral, each in the order of the manifest. Thread: any.
[[nodiscard]] std::vector<Container> containersOf(const kube::Json &pod);

/// The one whose log is meant where none is named: the annotation kubectl.kubernetes.io/default-container, else the first. Empty: no container.
[[nodiscard]] std::string defaultContainer(const kube::Json &pod);

} // namespace fairlead::logs
