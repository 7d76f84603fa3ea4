// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/resourcestate.h"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace fairlead::recording {

/// What one entry changed.
struct StateChange {
    EventKind kind = EventKind::Bookmark;
    std::shared_ptr<const StateRow> before; ///< none: it is new
    std::shared_ptr<const StateRow> now;    ///< of what was deleted its last state; none with a bookmark
    std::string_view version;               ///< of the cluster after it; valid during the call
};

/// Keeps a resource's state current, entry by entry, and tells what changes: of an event that, of a list the difference. Thread: one at a
/// time.
class StateWalk {
public:
    using Changed = std::function<void(const StateChange &)>;

    explicit StateWalk(ResourceState state)
        : m_state(std::move(state))
    {
    }

    void take(const Entry &entry, const Changed &changed);
    [[nodiscard]] const ResourceState &state() const { return m_state; }

private:
    void takeList(const Changed &changed);

    ResourceState m_state;
    std::optional<ResourceState> m_listing;
    std::uint32_t m_listed = 0;
};

} // namespace fairlead::recording
