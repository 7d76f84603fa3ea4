// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "recording/recordingfile.h"
#include "recording/resourcestate.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// What a recording says about any moment of its time.
///
/// Thread: one at a time. Memory: the index, one block, and what is asked for: states up to `Bounds::state`, logs up to `Bounds::log`.
/// Errors: Unsupported where an answer would be larger than its bound; those of RecordingFile. A damaged block is no error: what is asked
/// for says that something is missing.
class Reader {
public:
    struct Bounds {
        std::uint64_t state = 1u << 30;
        std::uint64_t log = 64u << 20;
    };
    /// False: enough.
    using Visitor = std::function<bool(const Entry &)>;

    [[nodiscard]] static Result<Reader> open(const std::string &path, Bounds bounds);
    [[nodiscard]] static Result<Reader> open(const std::string &path);
    [[nodiscard]] static Result<Reader> open(platform::File file);

    [[nodiscard]] const Index &index() const { return m_file.index(); }
    [[nodiscard]] RecordingFile &file() { return m_file; }
    [[nodiscard]] Moment first() const;
    [[nodiscard]] Moment last() const;
    /// The number of a stream with these names.
    [[nodiscard]] std::optional<std::uint32_t> find(const Stream &stream) const;
    /// The first of its kind whose first names are these: a resource by group, version, name; a document by path.
    [[nodiscard]] std::optional<std::uint32_t> find(StreamKind kind, std::initializer_list<std::string_view> names) const;

    /// A resource at a moment: its last list until then, and the events up to it, that moment included. Before its first list it is as
    /// in that list. One that was never listed is not known.
    [[nodiscard]] Result<ResourceState> state(std::uint32_t stream, Moment at);
    /// The entries with after < time <= upTo, in the file's order; of one stream, where one is named. Says how many blocks were damaged.
    [[nodiscard]] Result<std::uint64_t> visit(Moment after, Moment upTo, std::optional<std::uint32_t> stream, const Visitor &visitor);
    /// What a path answered at a moment: the last answer until then, or else the first of all.
    [[nodiscard]] Result<std::optional<std::string>> document(std::uint32_t stream, Moment at);
    /// The log's lines up to a moment; where they are more than the bound, its last ones, from a line's beginning.
    [[nodiscard]] Result<std::string> log(std::uint32_t stream, Moment upTo);

private:
    Reader(RecordingFile file, Bounds bounds);
    [[nodiscard]] const std::string *load(const BlockPlace &place);
    [[nodiscard]] const ListPlace *listFor(std::uint32_t stream, Moment at) const;

    RecordingFile m_file;
    Bounds m_bounds;
    std::string m_plain; // of the block at
    std::uint64_t m_loaded = 0;
};

} // namespace fairlead::recording
