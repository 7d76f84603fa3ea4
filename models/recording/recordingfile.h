// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/platform/file.h"
#include "base/result.h"
#include "recording/block.h"
#include "recording/index.h"
#include "recording/indexbuilder.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fairlead::recording {

/// A place of the file that could not be read, and was passed over.
struct Damage {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::string what;
};

/// A recording's blocks and its index: the one in the file, or where that is missing or damaged, one made by reading the blocks.
///
/// Thread: one at a time. Memory: the index, and one block while it is read; both bounded by format.h, whatever the file says.
/// Promise: what is whole is found, before and behind what is damaged. The file may grow while it is open: refresh().
class RecordingFile {
public:
    /// Errors: those of platform::File; BadInput: empty, or no recording; Unsupported: of a newer version.
    [[nodiscard]] static Result<RecordingFile> open(const std::string &path);
    [[nodiscard]] static Result<RecordingFile> open(platform::File file);

    [[nodiscard]] const Index &index() const { return m_parts->index; }
    /// The first hundred; there may be more.
    [[nodiscard]] const std::vector<Damage> &damages() const { return m_damages; }
    [[nodiscard]] std::uint64_t damageCount() const { return m_damageCount; }
    /// Its writer came to a good end.
    [[nodiscard]] bool isClosed() const { return m_closed; }
    [[nodiscard]] bool isBeingWritten() const { return !m_closed && m_file.isBeingWritten(); }
    [[nodiscard]] std::uint64_t size() const { return m_size; } ///< bytes, when last looked at
    [[nodiscard]] const std::string &path() const { return m_file.path(); }

    /// Looks whether the file has grown. True: the index has more blocks than before.
    [[nodiscard]] Result<bool> refresh();
    /// The plain bytes of a block of the index. Error: BadInput where it is damaged; that is noted, once.
    [[nodiscard]] Result<std::string> read(const BlockPlace &place);

private:
    using Found = std::pair<std::uint64_t, BlockHead>;

    explicit RecordingFile(platform::File file);
    [[nodiscard]] Result<void> readHead();
    [[nodiscard]] bool readByTrailer();
    [[nodiscard]] Result<void> scan();
    [[nodiscard]] Result<std::uint64_t> nextBlock(std::uint64_t from) const;
    [[nodiscard]] Result<std::string> readBytes(std::uint64_t offset, std::uint64_t size) const;
    [[nodiscard]] Result<std::string> readBlock(std::uint64_t offset, const BlockHead &head) const;
    void takeEntries(const std::vector<Found> &blocks);
    void takeIndex(std::uint64_t offset, const BlockHead &head, std::vector<Found> &pending);
    void note(std::uint64_t offset, std::uint64_t size, std::string what);

    // Behind a pointer, so that the builder's reference stays good when the file is moved.
    struct Parts {
        Index index;
        IndexBuilder builder{index};
    };

    platform::File m_file;
    std::unique_ptr<Parts> m_parts;
    std::vector<Damage> m_damages;
    std::uint64_t m_damageCount = 0;
    std::uint64_t m_size = 0;
    std::uint64_t m_scanned = 0; // up to here all is known
    bool m_closed = false;
};

} // namespace fairlead::recording
