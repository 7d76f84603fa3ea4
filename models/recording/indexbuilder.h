// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/block.h"
#include "recording/index.h"

#include <cstdint>
#include <map>

namespace fairlead::recording {

/// Notes in an index what a block holds, entry by entry: the writer as it writes, the reader where the file has no index. Both ways come
/// to the same. Thread: one at a time; the index outlives it.
class IndexBuilder {
public:
    explicit IndexBuilder(Index &index)
        : m_index(index)
    {
    }

    /// `offset` and the sizes in `head` may be set later, by endBlock.
    void beginBlock(std::uint64_t offset, Moment first);
    void add(const Entry &entry, std::uint32_t number);
    /// A block without an entry is not kept.
    void endBlock(const BlockHead &head);
    /// A block is lost: lists that are not complete never will be.
    void lose();
    [[nodiscard]] bool hasOpenLists() const { return !m_open.empty(); }
    /// The bounds of format.h are reached: no more blocks are taken.
    [[nodiscard]] bool isFull() const;

private:
    struct OpenList {
        ListPlace place;
        std::uint32_t seen = 0;
    };
    Index &m_index;
    BlockPlace m_block;
    std::map<std::uint32_t, StreamShare> m_shares; // of the block
    std::map<std::uint32_t, OpenList> m_open;      // by stream
};

/// Reads a body of type About and Redactions into an index. Thread: one at a time.
void noteAbout(Index &index, std::string_view body);
void noteRedactions(Index &index, std::string_view body);
[[nodiscard]] std::string bodyOf(const std::map<std::string, std::string> &about);
[[nodiscard]] std::string bodyOf(const Redactions &redactions);

} // namespace fairlead::recording
