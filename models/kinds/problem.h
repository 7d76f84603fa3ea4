// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/decode/json.h"

#include <string>
#include <vector>

namespace fairlead::kinds {

/// One thing that is wrong with an object, in the cluster's own words. Foreign text: plain, never to be interpreted.
struct Problem {
    std::string subject; ///< "Container app", "Condition Available"
    std::string reason;  ///< one word of the API: "CrashLoopBackOff"
    std::string message; ///< what the server or kubelet says about it; may be empty

    /// One line: "Container app: CrashLoopBackOff: back-off 5m0s …".
    [[nodiscard]] std::string text() const;
    bool operator==(const Problem &) const = default;
};

/// What is wrong with an object, by what its status says: containers that do not run, first of all, then conditions that should hold and do
/// not, or the other way round. Of any kind; empty where the status tells of nothing. Conditions whose meaning nobody has agreed on are
/// not judged. `object`: the whole object. Thread: any.
[[nodiscard]] std::vector<Problem> problemsOf(const kube::Json &object);

} // namespace fairlead::kinds
