// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/platform/file.h"
#include "base/result.h"
#include "recording/index.h"
#include "recording/indexbuilder.h"
#include "recording/indexpart.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// Writes entries to a file, block by block: what append() took is on its way to the disk after `blockSpan` of the recording's time, or
/// `blockSize` bytes, or flush().
///
/// Thread: one at a time. Owner: a Recorder. Memory: one block, the names of all streams, the index since its last part.
/// Promise: whatever happens to the process, the file can be read up to its last whole block. Times never fall: an earlier one than the
/// last is raised to it. After an error (the disk is full) nothing more is written, and each call gives that error again.
/// Not promised: that the disk has it before close() returned.
class Writer {
public:
    struct Options {
        std::size_t blockSize = 256u << 10; ///< plain bytes
        std::chrono::milliseconds blockSpan{5'000};
        std::uint32_t blocksPerIndex = 256;
        int level = 3; ///< zstd's
    };

    /// Errors: those of platform::File; Conflict where another records to this file.
    [[nodiscard]] static Result<Writer> create(
        const std::string &path, platform::File::Existing existing, Moment now, const std::map<std::string, std::string> &about, Options options);
    [[nodiscard]] static Result<Writer> create(
        const std::string &path, platform::File::Existing existing, Moment now, const std::map<std::string, std::string> &about);

    /// The number of a stream, which is declared where it is new.
    [[nodiscard]] Result<std::uint32_t> stream(const Stream &stream, Moment now);
    /// Error: Invalid, and nothing is written, where the entry is too long for a block.
    [[nodiscard]] Result<void> append(Entry entry);
    /// Noted in the file with the next block.
    void setRedactions(const Redactions &redactions) { m_redactions = redactions; }
    [[nodiscard]] Result<void> flush();
    /// Index and trailer. Nothing may be appended afterwards.
    [[nodiscard]] Result<void> close();

    [[nodiscard]] Moment last() const { return m_last; }
    [[nodiscard]] std::uint64_t size() const { return m_offset; } ///< bytes written so far

private:
    Writer(platform::File file, Options options);
    [[nodiscard]] Result<void> write(std::string_view bytes);
    [[nodiscard]] Result<void> writeIndex();
    [[nodiscard]] Result<void> failed() const;

    // Behind a pointer, so that the builder's reference stays good when the writer is moved.
    struct Parts {
        Index index; // since the last index part
        IndexBuilder builder{index};
    };

    platform::File m_file;
    Options m_options;
    std::unique_ptr<Parts> m_parts;
    std::string m_plain;
    std::uint32_t m_entries = 0; // in it
    Moment m_first;              // of them
    Moment m_last;
    std::uint64_t m_offset = 0;
    std::uint64_t m_indexBefore = 0;
    std::size_t m_blocks = 0;
    std::size_t m_shares = 0;
    std::map<Stream, std::uint32_t> m_numbers;
    std::uint32_t m_indexedStreams = 0;
    Redactions m_redactions;
    Redactions m_written;
    std::optional<Error> m_error;
    bool m_closed = false;
};

} // namespace fairlead::recording
