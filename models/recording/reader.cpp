// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/reader.h"

#include "recording/entryreader.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

bool hasShare(const BlockPlace &block, std::uint32_t stream)
{
    const auto found = std::lower_bound(
        block.shares.begin(), block.shares.end(), stream, [](const StreamShare &share, std::uint32_t wanted) { return share.stream < wanted; });
    return found != block.shares.end() && found->stream == stream;
}

tl::unexpected<Error> tooLarge(const char *what)
{
    return failure({.code = Code::Unsupported, .message = std::string(what) + " of this recording is larger than may be held in memory"});
}

// Puts one resource together from its entries.
class StateBuilder {
public:
    StateBuilder(ResourceState &state, Moment upTo)
        : m_state(state)
        , m_upTo(upTo)
    {
    }

    void take(const Entry &entry)
    {
        switch (entry.type) {
        case EntryType::List:
            m_skips = m_state.isKnown; // a later list that did not come to its end, or not in time
            if (const auto list = readList(entry); list && !m_skips) {
                m_state.begin(*list);
                m_lists = true;
            }
            break;
        case EntryType::Row:
            if (const auto row = readRow(entry); row && !m_skips)
                m_state.add(*row);
            break;
        case EntryType::ListEnd:
            m_lists &= m_skips;
            m_skips = false;
            break;
        case EntryType::Event:
            if (const auto row = readRow(entry); row && entry.time <= m_upTo && entry.detail >= 1 && entry.detail <= 4)
                (void)m_state.apply(static_cast<EventKind>(entry.detail), *row);
            break;
        case EntryType::Gap:
            if (entry.time <= m_upTo)
                m_state.gapSince = entry.time;
            break;
        default:
            break;
        }
    }
    // What follows lies beyond the moment.
    [[nodiscard]] bool isOver(const Entry &entry) const { return hasList() && entry.time > m_upTo; }
    [[nodiscard]] bool hasList() const { return !m_lists && m_state.isKnown; }

private:
    ResourceState &m_state;
    const Moment m_upTo;
    bool m_lists = false; // in the middle of the list that it begins with
    bool m_skips = false;
};

} // namespace

Reader::Reader(RecordingFile file, Bounds bounds)
    : m_file(std::move(file))
    , m_bounds(bounds)
{
}

Result<Reader> Reader::open(const std::string &path, Bounds bounds)
{
    auto file = RecordingFile::open(path);
    if (!file)
        return failure(std::move(file.error()));
    return Reader(std::move(*file), bounds);
}

Result<Reader> Reader::open(const std::string &path)
{
    return open(path, Bounds());
}

Result<Reader> Reader::open(platform::File file)
{
    auto recording = RecordingFile::open(std::move(file));
    if (!recording)
        return failure(std::move(recording.error()));
    return Reader(std::move(*recording), Bounds());
}

Moment Reader::first() const
{
    return index().blocks.empty() ? Moment() : index().blocks.front().first;
}

Moment Reader::last() const
{
    Moment last;
    for (const BlockPlace &block : index().blocks)
        last = std::max(last, block.last);
    return last;
}

std::optional<std::uint32_t> Reader::find(const Stream &stream) const
{
    for (const auto &[number, known] : index().streams) {
        if (known == stream)
            return number;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> Reader::find(StreamKind kind, std::initializer_list<std::string_view> names) const
{
    for (const auto &[number, known] : index().streams) {
        if (known.kind == kind && names.size() <= known.names.size() && std::equal(names.begin(), names.end(), known.names.begin()))
            return number;
    }
    return std::nullopt;
}

const std::string *Reader::load(const BlockPlace &place)
{
    if (m_loaded == place.offset)
        return &m_plain;
    auto plain = m_file.read(place);
    if (!plain)
        return nullptr;
    m_plain = std::move(*plain);
    m_loaded = place.offset;
    return &m_plain;
}

const ListPlace *Reader::listFor(std::uint32_t stream, Moment at) const
{
    const ListPlace *earliest = nullptr;
    const ListPlace *best = nullptr;
    for (const ListPlace &list : index().lists) {
        if (list.stream != stream)
            continue;
        if (!earliest)
            earliest = &list;
        if (list.time <= at)
            best = &list;
    }
    return best ? best : earliest;
}

Result<ResourceState> Reader::state(std::uint32_t stream, Moment at)
{
    ResourceState state;
    const ListPlace *list = listFor(stream, at);
    if (!list)
        return state;
    StateBuilder builder(state, std::max(at, list->time));
    bool lost = false;
    for (const BlockPlace &block : index().blocks) {
        if (block.offset < list->block || !hasShare(block, stream))
            continue;
        // The list itself is read to its end, whenever that was.
        if (block.first > at && builder.hasList())
            break;
        const std::string *plain = load(block);
        if (!plain) {
            lost = true;
            continue;
        }
        EntryReader entries(*plain);
        while (const auto entry = entries.next()) {
            if (entry->stream != stream || (block.offset == list->block && entries.number() < list->entry))
                continue;
            if (builder.isOver(*entry))
                break;
            builder.take(*entry);
            if (state.bytes() > m_bounds.state)
                return tooLarge("one kind");
        }
    }
    state.isDamaged = lost;
    return state;
}

Result<std::uint64_t> Reader::visit(Moment after, Moment upTo, std::optional<std::uint32_t> stream, const Visitor &visitor)
{
    std::uint64_t lost = 0;
    for (const BlockPlace &block : index().blocks) {
        if (block.last <= after || block.first > upTo || (stream && !hasShare(block, *stream)))
            continue;
        const std::string *plain = load(block);
        if (!plain) {
            ++lost;
            continue;
        }
        EntryReader entries(*plain);
        while (const auto entry = entries.next()) {
            if (entry->time <= after || entry->time > upTo || (stream && entry->stream != *stream))
                continue;
            if (!visitor(*entry))
                return lost;
        }
    }
    return lost;
}

Result<std::optional<std::string>> Reader::document(std::uint32_t stream, Moment at)
{
    const auto &blocks = index().blocks;
    // From the last block that may hold one backwards; where none is old enough, the first of all.
    const auto lastOf = [&](const BlockPlace &block, Moment upTo) -> std::optional<std::string> {
        std::optional<std::string> found;
        const std::string *plain = load(block);
        if (!plain)
            return found;
        EntryReader entries(*plain);
        while (const auto entry = entries.next()) {
            if (entry->type == EntryType::Document && entry->stream == stream && entry->time <= upTo)
                found = std::string(entry->body);
        }
        return found;
    };
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
        if (block->first > at || !hasShare(*block, stream))
            continue;
        if (auto found = lastOf(*block, at))
            return found;
    }
    std::optional<std::string> found;
    const auto visited = visit(Moment(Moment::duration(-1)), Moment::max(), stream, [&found](const Entry &entry) {
        if (entry.type == EntryType::Document)
            found = std::string(entry.body);
        return !found;
    });
    if (!visited)
        return failure(visited.error());
    return found;
}

Result<std::string> Reader::log(std::uint32_t stream, Moment upTo)
{
    std::string out;
    const auto visited = visit(Moment(Moment::duration(-1)), upTo, stream, [&](const Entry &entry) {
        if (entry.type != EntryType::Log)
            return true;
        out.append(entry.body);
        if (out.size() > 2 * m_bounds.log) { // twice, so that it is not moved with each piece
            const std::size_t line = out.find('\n', out.size() - m_bounds.log);
            out.erase(0, line == std::string::npos ? out.size() : line + 1);
        }
        return true;
    });
    if (!visited)
        return failure(visited.error());
    if (out.size() > m_bounds.log) {
        const std::size_t line = out.find('\n', out.size() - m_bounds.log);
        out.erase(0, line == std::string::npos ? out.size() : line + 1);
    }
    return out;
}

} // namespace fairlead::recording
