// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

enum class BlockKind : std::uint8_t { Entries = 1, Index = 2 };

/// The 32 bytes before a block's own (format.h).
struct BlockHead {
    BlockKind kind = BlockKind::Entries;
    std::uint32_t stored = 0;
    std::uint32_t plain = 0;
    Moment first;
    std::uint32_t checksum = 0; ///< of the stored bytes

    [[nodiscard]] std::uint64_t size() const; ///< with the head
    bool operator==(const BlockHead &) const = default;
};

/// Head and stored bytes. `level` is zstd's. The plain bytes are at most format::largestPlain.
/// Thread: any; no state. Error: Internal where they are more, or the library has no memory.
[[nodiscard]] Result<std::string> packBlock(BlockKind kind, Moment first, std::string_view plain, int level);

/// None for all that is not a head whose sizes are within the bounds. Thread: any.
[[nodiscard]] std::optional<BlockHead> readBlockHead(std::string_view bytes);

/// The plain bytes, exactly as many as the head says: memory is bounded by it, whatever the stored bytes would become.
/// Thread: any. Error: BadInput where the checksum or the frame is wrong.
[[nodiscard]] Result<std::string> unpackBlock(const BlockHead &head, std::string_view stored);

} // namespace fairlead::recording
