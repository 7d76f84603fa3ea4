// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::platform {

/// A file that is read at any place, or written to its end by one process at a time. Offsets have 64 bits.
///
/// Thread: reading from any, writing from one at a time. Owner: whoever holds it; closed when it goes. It goes on when the file's name is
/// taken away. Errors name the file in place: NotFound, Forbidden, Conflict (another writes to it), BadInput (no regular file), Interrupted
/// (the disk is full or broken).
class File {
public:
    enum class Existing { Refuse, Replace };

    [[nodiscard]] static Result<File> openToRead(const std::string &path);
    /// Bytes in memory as a file that can be read; `name` stands in errors.
    [[nodiscard]] static Result<File> ofBytes(std::string_view bytes, const std::string &name);
    /// Makes it, and holds the writer's lock as long as it is open. A file that is there and not empty is refused or emptied.
    [[nodiscard]] static Result<File> openToWrite(const std::string &path, Existing existing);

    File(File &&other) noexcept;
    File &operator=(File &&other) noexcept;
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    ~File();

    /// How many bytes came: fewer than asked for where the file ends.
    [[nodiscard]] Result<std::size_t> readAt(std::uint64_t offset, char *into, std::size_t size) const;
    /// All of them, or an error: then what was written of them is cut off again, where the disk lets us.
    [[nodiscard]] Result<void> append(std::string_view bytes);
    [[nodiscard]] Result<void> sync();
    [[nodiscard]] Result<std::uint64_t> size() const;
    /// Some other process, or another File of this one, holds the writer's lock now.
    [[nodiscard]] bool isBeingWritten() const;
    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    File(int descriptor, std::string path);
    [[nodiscard]] tl::unexpected<Error> failed(int error, const char *what) const;

    int m_descriptor = -1;
    std::string m_path;
    std::uint64_t m_end = 0; // of what was written
};

} // namespace fairlead::platform
