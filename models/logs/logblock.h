// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/ansitext.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::logs {

/// Nanoseconds since 1970, UTC; what a container runtime writes before each line. 0: it wrote none.
using LineTime = std::int64_t;

/// What a line says of its own weight, by the words that loggers use.
enum class Level : std::uint8_t { None, Debug, Info, Notice, Warning, Error };

struct LogRow {
    enum class Kind : std::uint8_t {
        Line,
        Continued, ///< the line of the row before goes on: it was too long for one
        Gap,       ///< words of ours: the stream was cut here
        Started,   ///< words of ours: another instance of the container
        Done,      ///< words of ours: the container ended well
        Failed,    ///< words of ours: it ended badly
    };

    LineTime time = 0;
    std::uint32_t text = 0; ///< where it begins in the block's text
    std::uint32_t length = 0;
    std::uint32_t span = 0; ///< its first in the block's spans
    std::uint32_t spans = 0;
    Kind kind = Kind::Line;
    Level level = Level::None;
    std::uint8_t word = 0; ///< where the level's word stands, in bytes; in words of ours where `time` belongs, for who knows the zone
    std::uint8_t wordLength = 0;

    [[nodiscard]] bool isLine() const { return kind == Kind::Line || kind == Kind::Continued; }
};

/// Some rows of a log with their text in one piece. Immutable once it is shared: pool tasks search it while the GUI thread paints it.
struct LogBlock {
    std::string text;
    std::vector<Span> spans;
    std::vector<LogRow> rows;

    [[nodiscard]] std::string_view textOf(const LogRow &row) const { return std::string_view(text).substr(row.text, row.length); }
    [[nodiscard]] std::span<const Span> spansOf(const LogRow &row) const { return std::span(spans).subspan(row.span, row.spans); }
    [[nodiscard]] std::size_t bytes() const
    {
        return sizeof(LogBlock) + text.capacity() + spans.capacity() * sizeof(Span) + rows.capacity() * sizeof(LogRow);
    }
};

using LogBlockPtr = std::shared_ptr<const LogBlock>;

/// A block with one row of our own words: `before`, the time, `after`; without a time where it is 0.
[[nodiscard]] LogBlockPtr blockOf(LogRow::Kind kind, std::string_view before, LineTime time = 0, std::string_view after = {});

} // namespace fairlead::logs
