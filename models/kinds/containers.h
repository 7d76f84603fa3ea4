// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"
#include "kinds/facts.h"
#include "kinds/health.h"
#include "kube/decode/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// A container of a pod, as kubelet tells of it, and, where the whole pod was read, as its manifest has it. Foreign texts, UTF-8.
struct Container {
    enum class Role : std::uint8_t { Main, Init, Sidecar, Ephemeral };
    enum class State : std::uint8_t { Waiting, Running, Ended, Untold };

    std::string name;
    Role role = Role::Main; ///< facts do not tell a sidecar from an init container
    std::string image;      ///< the manifest's; of facts: without the registry that every image has that names none
    bool ready = false;     ///< takes part in the pod's readiness
    State state = State::Untold;
    std::string reason;        ///< of Waiting and Ended: "CrashLoopBackOff", "OOMKilled"; may be empty
    std::string message;       ///< what goes with it
    std::int64_t exitCode = 0; ///< of Ended, else of the end before
    std::int64_t signal = 0;   ///< the same; 0: none
    std::string lastReason;    ///< how it ended before; empty: it has not, or no word is said
    bool endedBefore = false;  ///< it waits or runs again after it had ended
    std::int64_t restarts = 0;
    std::optional<Moment> since;   ///< started, or ended; none while it waits
    std::optional<Moment> endedAt; ///< before, or now
    Health health = Health::Unknown;
    std::string requests; ///< "cpu 100m, memory 128Mi"; not of facts, like what follows
    std::string limits;
    std::string ports; ///< "http 8080, 9090/UDP"

    /// What its line says: "Running", "Running, not ready", "OOMKilled, exit 137; next try within 5m0s", "Completed".
    [[nodiscard]] std::string words() const;
    /// Its state in one word: "Running", "CrashLoopBackOff", "Completed", "Not started".
    [[nodiscard]] std::string word() const;
    /// What stands behind word() of one that has ended: "exit code 137"; how it ended before: "exit code 137, OOMKilled"; empty: it has not.
    [[nodiscard]] std::string ending() const;
    bool operator==(const Container &) const = default;
};

/// A port of a container or of a service: "http 8080", "dns 53/UDP", "http 80 to 8080, node port 30080". `number`: the member that has its own.
[[nodiscard]] std::string portText(const kube::Json &port, std::string_view number);

/// What stands in a pod's way, so that a sentence can be made of it: "api" "runs out of memory".
struct Trouble {
    std::string container; ///< empty: the pod as a whole
    std::string words;
    std::string ofSeveral; ///< the same of several pods: "fit on no node"

    bool operator==(const Trouble &) const = default;
};

/// Of a pod's facts; those that run first come first, each group in kubelet's order. Empty where facts tell of none (a pod that no node
/// has taken yet). Thread: any.
[[nodiscard]] std::vector<Container> containersOf(const Facts &pod);
/// Of a whole pod: main ones, init, ephemeral, each in the order of the manifest; those of which nothing is told have not started, and are Idle.
[[nodiscard]] std::vector<Container> containersOf(const kube::Json &pod);
/// The first thing that is wrong with a pod; none: nothing is, or facts tell of nothing.
[[nodiscard]] std::optional<Trouble> troubleOf(const Facts &pod);
/// Whether a pod counts as ready, by its condition.
[[nodiscard]] bool isReady(const Facts &pod);

} // namespace fairlead::kinds
