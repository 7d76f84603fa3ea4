// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "recording/activitymark.h"
#include "recording/reader.h"

#include <cstddef>
#include <cstdint>
#include <stop_token>
#include <vector>

namespace fairlead::recording {

/// What happened when in a recording, for a bar of its whole time.
///
/// Memory: 8 bytes for each block of the file, 4 for each piece, and the marks, whose number and texts are bounded. The changes themselves
/// stay in the file: ChangeFinder finds one by reading the block that it lies in. An hour at 1,000 changes a second is some 36,000 blocks.
struct Activity {
    static constexpr std::size_t mostPieces = 16'384;
    static constexpr std::size_t mostMarks = 5'000; ///< of each weight; more are counted

    Moment first;
    Moment last;
    std::vector<std::uint32_t> pieces;        ///< changes in each of the equal pieces of the time; the last one's end belongs to it
    std::vector<std::uint64_t> changesBefore; ///< each block of the index, and one more: all of them
    std::vector<ActivityMark> marks;          ///< by time
    std::uint64_t marksLeftOut = 0;
    std::uint64_t damaged = 0; ///< blocks that could not be read; their changes do not count

    [[nodiscard]] std::uint64_t changes() const { return changesBefore.empty() ? 0 : changesBefore.back(); }

    /// Reads all of the recording, block by block: seconds for a large one. Thread: any, the reader's for so long.
    /// Error: Cancelled soon after `stop`.
    [[nodiscard]] static Result<Activity> of(Reader &reader, std::size_t pieces, const std::stop_token &stop);
};

} // namespace fairlead::recording
