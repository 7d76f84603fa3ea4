// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "recording/entry.h"

#include <cstdint>
#include <string>

namespace fairlead::recording {

/// One change that a watch told of.
struct Change {
    std::uint64_t number = 0; ///< counted from 1, in the file's order
    Moment time;
    EventKind what = EventKind::Modified; ///< never Bookmark
    std::string kind;
    std::string space;
    std::string name;

    bool operator==(const Change &) const = default;
};

/// What counts as one: bookmarks do not, nor do lists, which tell what was so already.
[[nodiscard]] inline bool isChange(const Entry &entry)
{
    return entry.type == EntryType::Event && entry.detail >= static_cast<std::uint8_t>(EventKind::Added) &&
           entry.detail <= static_cast<std::uint8_t>(EventKind::Deleted);
}

} // namespace fairlead::recording
