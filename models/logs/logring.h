// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logblock.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace fairlead::logs {

/// The number of a row since the ring was last cleared; stays the same while older ones are dropped.
using RowNumber = std::uint64_t;

/// A block and the number of its first row. The first block of a ring may begin with rows that are dropped already.
struct PlacedBlock {
    RowNumber first = 0;
    LogBlockPtr block;
};

/// The last rows of a log in bounded memory: what is over the bounds is dropped from the front.
///
/// Thread: one; snapshots may go to pool tasks. Costs: append and snapshot grow with the number of blocks, row() with its logarithm.
/// Bounds: whole rows by number, whole blocks by bytes (at least the last block stays). What is counted in bytes is text, spans and
/// rows; a block that came in one piece is freed in one piece.
class LogRing {
public:
    static constexpr std::size_t mostRows = 100'000;
    static constexpr std::size_t mostBytes = 64u << 20;

    explicit LogRing(std::size_t rows = mostRows, std::size_t bytes = mostBytes);

    /// `skipped`: lines that were lost before these, because they came faster than they could be read.
    void append(LogBlockPtr block, std::uint64_t skipped = 0);
    void clear();

    [[nodiscard]] RowNumber begin() const { return m_begin; }
    [[nodiscard]] RowNumber end() const { return m_end; }
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(m_end - m_begin); }
    [[nodiscard]] bool isFull() const { return m_dropped > 0; }
    /// `number` lies in [begin, end).
    [[nodiscard]] const LogRow &row(RowNumber number) const;
    [[nodiscard]] std::string_view text(RowNumber number) const;
    [[nodiscard]] std::span<const Span> spans(RowNumber number) const;

    [[nodiscard]] std::uint64_t dropped() const { return m_dropped; } ///< lines, ours not counted
    [[nodiscard]] LineTime oldestTime() const;                        ///< of the first row that has one; 0: none has
    [[nodiscard]] std::size_t bytes() const { return m_bytes; }
    /// Changes with every append and clear.
    [[nodiscard]] std::uint64_t revision() const { return m_revision; }
    /// Changes with every clear: numbers from before mean nothing any more.
    [[nodiscard]] std::uint64_t generation() const { return m_generation; }

    /// Rows that are lines of level Error, and rows of our own, in order: what a scroll bar marks.
    [[nodiscard]] const std::deque<RowNumber> &errors() const { return m_errors; }
    [[nodiscard]] const std::deque<RowNumber> &ours() const { return m_ours; }

    /// The blocks that hold rows from `from` on.
    [[nodiscard]] std::vector<PlacedBlock> snapshot(RowNumber from = 0) const;

private:
    [[nodiscard]] const PlacedBlock &blockOfRow(RowNumber number) const;
    [[nodiscard]] bool joinWithLast(const LogBlock &block);
    void note(const LogBlock &block, RowNumber first);
    void trim();

    const std::size_t m_mostRows;
    const std::size_t m_mostBytes;
    std::deque<PlacedBlock> m_blocks;
    RowNumber m_begin = 0;
    RowNumber m_end = 0;
    std::uint64_t m_dropped = 0;
    std::size_t m_bytes = 0;
    std::uint64_t m_revision = 0;
    std::uint64_t m_generation = 0;
    std::deque<RowNumber> m_errors;
    std::deque<RowNumber> m_ours;
};

} // namespace fairlead::logs
