// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// What one entry tells. Its body, after `detail`:
enum class EntryType : std::uint8_t {
    About = 1,       ///< pairs of texts: program, context, version of the server …
    Stream = 2,      ///< what the entry's stream number means; detail: StreamKind; four texts and a flag (8 bits). Again before each list
    List = 3,        ///< begins one of a resource; detail: ListCause; two texts: resourceVersion, column definitions (JSON, empty: no Table)
    Row = 4,         ///< one of a list; three texts: namespace, name, resourceVersion; the rest is the row, JSON: {"cells":…,"object":…}
    ListEnd = 5,     ///< how many rows it had (32 bits): a list without its end, or with fewer, is none
    Event = 6,       ///< of a watch; detail: EventKind; as Row; a bookmark has neither names nor row
    Document = 7,    ///< what GET of a path answered; all of the body
    Log = 8,         ///< whole lines of a container's log, each with its time stamp
    Gap = 9,         ///< from here to the next list nobody watched; a text says why
    Redactions = 10, ///< how many by reason so far (64 bits each)
};

enum class StreamKind : std::uint8_t { None = 0, Resource = 1, Log = 2, Document = 3 };
enum class ListCause : std::uint8_t { Server = 1, Keyframe = 2 }; ///< Keyframe: made of what is known, so that a reader may start here
enum class EventKind : std::uint8_t { Added = 1, Modified = 2, Deleted = 3, Bookmark = 4 };

/// One entry as it lies in a block's plain bytes: size of what follows (32 bits), type (8), detail (8), zero (16), stream (32), time (64),
/// body. Views live as long as the block.
struct Entry {
    EntryType type = EntryType::About;
    std::uint8_t detail = 0;
    std::uint32_t stream = 0;
    Moment time;
    std::string_view body;
};

/// What entries of one number belong to.
///   Resource: group, version, resource, kind; flag: it has namespaces
///   Log: namespace, pod, container; flag: of the container's run before
///   Document: path, media type
struct Stream {
    StreamKind kind = StreamKind::None;
    std::array<std::string, 4> names;
    bool flag = false;

    auto operator<=>(const Stream &) const = default;
};

/// The body of a Row or an Event.
struct RowText {
    std::string_view space;
    std::string_view name;
    std::string_view version;
    std::string_view json;
};

struct ListHead {
    std::string_view version;
    std::string_view columns;
};

inline constexpr std::size_t entryHeadSize = 20;

/// A time as it is stored. None outside the years 1970 to 9999: nothing that a server said, and sums with it would overflow.
[[nodiscard]] std::optional<Moment> momentOf(std::uint64_t stored);

void appendEntry(std::string &plain, const Entry &entry);
[[nodiscard]] std::string bodyOf(const Stream &stream);
[[nodiscard]] std::string bodyOf(const RowText &row);
[[nodiscard]] std::string bodyOf(const ListHead &list);

/// None where the body is not of that form. Thread: any; no state.
[[nodiscard]] std::optional<Stream> readStream(const Entry &entry);
[[nodiscard]] std::optional<RowText> readRow(const Entry &entry);
[[nodiscard]] std::optional<ListHead> readList(const Entry &entry);

} // namespace fairlead::recording
