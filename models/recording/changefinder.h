// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/activity.h"
#include "recording/change.h"

#include <memory>
#include <optional>

namespace fairlead::recording {

/// Goes through a recording's changes from moment to moment. What changed in one millisecond is one step: of it the last change is told.
///
/// Thread: one at a time; reads a block or two of the file a call, so not the thread of a window. Memory: one block.
/// Errors: those of RecordingFile, where a block can no longer be read.
class ChangeFinder {
public:
    /// `activity` is of this recording.
    ChangeFinder(Reader reader, std::shared_ptr<const Activity> activity);

    /// The last one until then, that moment included. None: nothing has changed yet.
    [[nodiscard]] Result<std::optional<Change>> at(Moment moment);
    /// That of the next moment at which anything changed. None: nothing changes any more.
    [[nodiscard]] Result<std::optional<Change>> after(Moment moment);
    /// That of the moment before.
    [[nodiscard]] Result<std::optional<Change>> before(Moment moment);

private:
    [[nodiscard]] std::uint64_t changesOf(std::size_t block) const;
    [[nodiscard]] Result<const std::string *> load(std::size_t block);
    [[nodiscard]] Change told(const Entry &entry, std::uint64_t number) const;

    Reader m_reader;
    std::shared_ptr<const Activity> m_activity;
    std::string m_plain;                 // of the block m_loaded
    std::optional<std::size_t> m_loaded; // number in the index
};

} // namespace fairlead::recording
