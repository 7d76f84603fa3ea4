// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/ansitext.h"
#include "logs/logblock.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fairlead::logs {

/// Bytes of a log with time stamps, in any pieces, as blocks of rows; and what joins two streams of it without repeating or losing a
/// line.
///
/// A log is asked for again from the whole second of its last line (`sinceTime` knows no fractions), so a part of that second comes
/// twice: lines of it are known by time and text, and left out as often as they have been there.
///
/// Threads: feed() on the pool, one at a time; take() anywhere; all else on the GUI thread while no feed() runs or is to come.
/// Bounds: what nobody takes is kept up to `mostRows` rows (a block more) and `mostBytes`, the newest; a line longer than `longestPiece` goes on in
/// further rows.
class LogReader {
public:
    static constexpr std::size_t longestPiece = 16u << 10;
    static constexpr std::size_t mostRows = 100'000;
    static constexpr std::size_t mostBytes = 64u << 20;

    struct Taken {
        std::vector<LogBlockPtr> blocks;
        std::uint64_t skipped = 0; ///< lines that were lost before these: nobody took them in time
        std::uint64_t known = 0;   ///< lines that came again after resume(), or are older than all that was asked for
        bool met = false;          ///< the very line of before was among them: it is the same log
        bool gap = false; ///< the stream after resume() did not begin where the last one ended: the node has let go of lines, or it is another log
    };

    /// What is known of a log's lines between two of its streams.
    struct Joint {
        LineTime oldest = 0;
        LineTime newest = 0;
        LineTime second = 0;             ///< the whole second of the newest line
        std::vector<std::size_t> recent; ///< hashes of the lines of that second
        bool begun = false;              ///< a line of this instance has come
    };

    LogReader() = default;
    explicit LogReader(Joint joint);

    /// `skipped`: lines that were dropped before these bytes; the first of them begins a line.
    void feed(std::string_view bytes, std::uint64_t skipped = 0);
    [[nodiscard]] Taken take();

    /// The next bytes are of another stream of the same container instance, asked for from resumeFrom() on.
    void resume();
    /// The next bytes are of the container's next instance, from its beginning.
    void startInstance();
    /// No more bytes: an unfinished line becomes a row.
    void finish();

    /// The whole second of the newest line, in the time of its stamps; 0 where none has come.
    [[nodiscard]] LineTime resumeFrom() const { return m_now.second; }
    [[nodiscard]] LineTime newest() const { return m_now.newest; }
    /// Where the stream of the moment was joined: for another reader that joins another one there. Also while feed() runs.
    [[nodiscard]] const Joint &joint() const { return m_joint; }

private:
    enum class Piece { Middle, Last };
    void addBytes(std::string_view bytes, Piece piece);
    void emitRow(std::string_view raw, Piece piece);
    [[nodiscard]] bool isKnown(std::size_t hash);
    void remember(std::size_t hash);
    void publish();

    std::string m_line;        // begun, without its line end
    std::uint32_t m_piece = 0; // of the line under way
    LineTime m_time = 0;       // of it
    AnsiText m_ansi;
    std::vector<Span> m_rowSpans;
    std::shared_ptr<LogBlock> m_block;

    Joint m_now;
    Joint m_joint;           // as it was at the last resume
    bool m_checking = false; // lines may have been there already
    bool m_overlaps = false; // and some must
    bool m_met = false;
    std::unordered_map<std::size_t, int> m_known;

    std::mutex m_mutex;
    Taken m_out;             // under m_mutex
    std::size_t m_rows = 0;  // under m_mutex, in m_out
    std::size_t m_bytes = 0; // under m_mutex, in m_out
};

} // namespace fairlead::logs
