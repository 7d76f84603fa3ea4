// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/facts.h"
#include "kinds/health.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// A container of a pod, as kubelet tells of it. Foreign texts, UTF-8.
struct Container {
    enum class State : std::uint8_t { Waiting, Running, Ended, Untold };

    std::string name;
    std::string image;  ///< without the registry that every image has that names none
    bool init = false;  ///< runs before the others
    bool ready = false; ///< takes part in the pod's readiness
    State state = State::Untold;
    std::string reason;        ///< of Waiting and Ended: "CrashLoopBackOff", "OOMKilled"; may be empty
    std::string message;       ///< what goes with it
    std::int64_t exitCode = 0; ///< of Ended, and of Waiting where it had run before
    std::string lastReason;    ///< how it ended before; empty: it has not, or no word is said
    bool endedBefore = false;  ///< it waits or runs again after it had ended
    std::int64_t restarts = 0;
    std::string since; ///< RFC 3339: started, or ended; empty while it waits
    Health health = Health::Unknown;

    /// What its line says: "Running", "Running, not ready", "OOMKilled, exit 137; next try within 5m0s", "Completed".
    [[nodiscard]] std::string words() const;
};

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
/// The first thing that is wrong with a pod; none: nothing is, or facts tell of nothing.
[[nodiscard]] std::optional<Trouble> troubleOf(const Facts &pod);
/// Whether a pod counts as ready, by its condition.
[[nodiscard]] bool isReady(const Facts &pod);

} // namespace fairlead::kinds
