// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"
#include "kinds/health.h"
#include "kube/decode/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// One thing that is wrong with an object: in the cluster's own words, and as a sentence for people. Foreign text: plain, never to be
/// interpreted.
struct Problem {
    enum class When : std::uint8_t {
        Ago, ///< it happened then
        For, ///< it is so since then
    };

    std::string subject; ///< "Container app", "Condition Available"
    std::string reason;  ///< one word of the API: "CrashLoopBackOff"
    std::string message; ///< what the server or kubelet says about it; may be empty

    std::string words;  ///< "Container app ended with exit code 2 (Error)", without a full stop
    std::string detail; ///< the server's words where the sentence needs them
    std::optional<Moment> moment;
    When when = When::Ago;
    std::int64_t restarts = 0;
    std::optional<Moment> nextTry;
    std::string container;      ///< whose log tells more; empty: no log does
    bool logIsPrevious = false; ///< it is the log of the run before, which the server gives as `previous`

    /// One line of the cluster's words: "Container app: CrashLoopBackOff: back-off 5m0s …".
    [[nodiscard]] std::string text() const;
    /// "Container api was killed for using more memory than its limit of 256Mi (exit code 137, OOMKilled), 2m ago. 14th restart;
    /// next try in 2m41s."
    [[nodiscard]] std::string sentence(Moment now) const;
    bool operator==(const Problem &) const = default;
};

/// What is wrong with an object, by what its status says: containers that do not run, first of all, then conditions that should hold and do
/// not, or the other way round. Of any kind; empty where the status tells of nothing. Conditions whose meaning nobody has agreed on are
/// not judged. `object`: the whole object. Thread: any.
[[nodiscard]] std::vector<Problem> problemsOf(const kube::Json &object);

/// How a container ended, as its sentence: "Container api was killed for using more memory than its limit of 256Mi (exit code 137, OOMKilled)".
/// `terminated`: the state that says so; `container`: its spec or its status, for the limit.
[[nodiscard]] std::string endingInWords(const std::string &subject, const kube::Json &terminated, const kube::Json &container);
/// Why it does not start: "Container api cannot start: its image api:2 cannot be pulled (ErrImagePull)". `container`: for the image.
[[nodiscard]] std::string waitingInWords(const std::string &subject, std::string_view reason, const kube::Json &container);

/// How one entry of /status/conditions speaks of its object; none for those whose meaning nobody has agreed on.
[[nodiscard]] std::optional<Health> healthOfCondition(const kube::Json &condition);

} // namespace fairlead::kinds
