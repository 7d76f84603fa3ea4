// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/changeset.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace fairlead::items {

/// What a table of live rows has to show: one of the five states of every page. A value; pure.
struct TableStanding {
    enum class What : std::uint8_t {
        Loading,   ///< nothing has come, and nothing has gone wrong
        Content,   ///< rows; see `stale`
        NoObjects, ///< the server has none
        Filtered,  ///< the filter hides all
        NoRight,   ///< nothing may be listed
        Failed,    ///< nothing could be read; it is tried again
        Ended,     ///< the kind has gone
    };
    What what = What::Loading;
    bool stale = false;         ///< rows stay, but no word has come from the server
    bool whole = false;         ///< nothing more is to come by itself: a picture may be taken
    std::optional<Error> error; ///< of NoRight, Failed, Ended and of stale rows

    /// `rows`: of the store; `shown`: those that pass the filter.
    [[nodiscard]] static TableStanding of(const kube::State &state, std::size_t rows, std::size_t shown);
};

} // namespace fairlead::items
