// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "recording/index.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// How much of an index older parts hold.
struct IndexMark {
    std::size_t blocks = 0;
    std::size_t lists = 0;
    std::uint32_t streams = 0; ///< the last number of them
};

/// What an index block says: of the blocks since the index block before. The plain bytes, in this order:
///   offset of the index block before, 0: none (64)
///   number of blocks (32), each: offset (64), first time (64), last time (64), stored (32), plain (32), entries (32), number of shares
///     (32), each: stream, events, others (32 each)
///   number of streams (32), each: number (32), kind (8), flag (8), four texts
///   number of lists (32), each: stream (32), time (64), block (64), entry (32), rows (32), cause (8)
///   about and redactions as their entries' bodies, each a text
struct IndexPart {
    std::uint64_t before = 0;
    Index index;

    /// Of what the index holds since the mark. Thread: any; no state.
    [[nodiscard]] static std::string encode(const Index &index, const IndexMark &mark, std::uint64_t before);
    /// Error: BadInput. `offset` is where the index block lies: all that it tells of lies before it.
    [[nodiscard]] static Result<IndexPart> decode(std::string_view plain, std::uint64_t offset);
    /// Puts it behind an index that holds what came before. False, and the index is as it was, where the two do not follow each other, or
    /// both together go beyond the bounds of format.h.
    [[nodiscard]] bool appendTo(Index &whole) &&;
};

} // namespace fairlead::recording
