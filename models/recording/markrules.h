// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// When an object of a kind fails, as data: what its status says then. Of a kind the first rule that fits counts.
struct MarkRule {
    enum class Look : std::uint8_t {
        Field,     ///< `field` is `value`; reason and message stand beside it
        Waiting,   ///< a container of the list `field` waits for a reason of waitingReasons()
        Condition, ///< the condition `field` has the status `value`
    };
    std::string_view group;
    std::string_view resource;
    Look look = Look::Field;
    std::string_view field;
    std::string_view value;
    /// New objects are so until they are ready, and that is no failure.
    bool startsSo = false;
};
[[nodiscard]] std::span<const MarkRule> markRules();

/// Why containers wait when something is wrong. Those of a family follow each other while nothing has become better.
struct WaitingReason {
    std::string_view reason;
    std::string_view family;
};
[[nodiscard]] std::span<const WaitingReason> waitingReasons();

/// That an object fails, and how.
struct Trouble {
    std::string_view family; ///< of rules or reasons: the same one goes on
    std::string reason;
    std::string message;
    bool startsSo = false;
};
/// Of a row as it is stored ({"cells":…,"object":…}); none: it does not fail, or nobody has a rule for it. Texts are not cut.
/// Thread: any; no state.
[[nodiscard]] std::optional<Trouble> troubleOf(std::string_view group, std::string_view resource, std::string_view row);

} // namespace fairlead::recording
