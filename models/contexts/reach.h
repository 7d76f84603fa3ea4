// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

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

    /// Of the last checks that ended, oldest first, at most `mostTrips`. Empty: the server did not let us in.
    std::vector<std::optional<std::chrono::milliseconds>> trips;
    static constexpr std::size_t mostTrips = 12;

    bool operator==(const Reach &other) const;
};

/// How a round trip was beside what is usual for that server.
enum class Pace {
    Unknown, ///< there was none
    Usual,
    Slow,    ///< three times as long as usual, and long enough to be felt
    Crawling ///< a second or more, usual or not
};

/// The median of the round trips before the one at `last`; none before there were three.
[[nodiscard]] std::optional<std::chrono::milliseconds> usualTrip(const Reach &reach, std::size_t last);
/// Of trips[at].
[[nodiscard]] Pace paceOf(const Reach &reach, std::size_t at);
/// Of the last check.
[[nodiscard]] Pace paceOf(const Reach &reach);

/// The state that an answer's error means.
[[nodiscard]] Reach::State stateOf(const Error &error);

} // namespace fairlead::contexts
