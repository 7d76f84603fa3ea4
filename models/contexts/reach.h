// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <chrono>
#include <optional>
#include <string>

namespace fairlead::contexts {

/// What asking a context's server has told so far. A value.
struct Reach {
    enum class State {
        NotAsked,
        Reachable, ///< it let us in and told its version
        Refused,   ///< it answered, and does not let us in: 401, 403, or a certificate of ours that it will not have
        Failed,    ///< no answer, not the one that was expected, or not from whom it should come
    };
    using TimePoint = std::chrono::system_clock::time_point;

    State state = State::NotAsked;
    bool checking = false; ///< a check is under way or waits for its turn; all else is of the last one
    std::optional<Error> error;
    std::optional<std::chrono::milliseconds> roundTrip; ///< of a request on a connection that was open already
    std::string version;                                ///< "v1.34.4", the last one told: it stays when the server fails
    TimePoint checkedAt;                                ///< when the last check ended
    TimePoint since;                                    ///< from when on every check ended in this state

    bool operator==(const Reach &other) const;
};

/// The state that an answer's error means.
[[nodiscard]] Reach::State stateOf(const Error &error);

} // namespace fairlead::contexts
