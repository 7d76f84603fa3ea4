// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/changefinder.h"

#include "recording/entryreader.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

constexpr Moment::duration step{1};

} // namespace

ChangeFinder::ChangeFinder(Reader reader, std::shared_ptr<const Activity> activity)
    : m_reader(std::move(reader))
    , m_activity(std::move(activity))
{
}

// A file that has grown since has blocks that the activity does not know.
std::uint64_t ChangeFinder::changesOf(std::size_t block) const
{
    const auto &before = m_activity->changesBefore;
    return block + 1 < before.size() ? before[block + 1] - before[block] : 0;
}

Result<const std::string *> ChangeFinder::load(std::size_t block)
{
    if (m_loaded != block) {
        m_loaded.reset();
        auto plain = m_reader.file().read(m_reader.index().blocks[block]);
        if (!plain)
            return failure(std::move(plain.error()));
        m_plain = std::move(*plain);
        m_loaded = block;
    }
    return &m_plain;
}

Change ChangeFinder::told(const Entry &entry, std::uint64_t number) const
{
    Change change{.number = number, .time = entry.time, .what = static_cast<EventKind>(entry.detail), .kind = {}, .space = {}, .name = {}};
    const auto stream = m_reader.index().streams.find(entry.stream);
    if (stream != m_reader.index().streams.end())
        change.kind = stream->second.names[3];
    if (const auto row = readRow(entry)) {
        change.space = row->space;
        change.name = row->name;
    }
    return change;
}

Result<std::optional<Change>> ChangeFinder::at(Moment moment)
{
    const auto &blocks = m_reader.index().blocks;
    const auto later = std::partition_point(blocks.begin(), blocks.end(), [moment](const BlockPlace &block) { return block.first <= moment; });
    for (auto block = static_cast<std::size_t>(later - blocks.begin()); block-- > 0;) {
        if (changesOf(block) == 0)
            continue;
        const auto plain = load(block);
        if (!plain)
            return failure(plain.error());
        std::optional<Change> found;
        std::uint64_t number = m_activity->changesBefore[block];
        EntryReader entries(**plain);
        std::optional<Entry> last;
        std::uint64_t lastNumber = 0;
        while (const auto entry = entries.next()) {
            if (!isChange(*entry))
                continue;
            ++number;
            if (entry->time > moment)
                break;
            last = entry;
            lastNumber = number;
        }
        if (last)
            return told(*last, lastNumber);
    }
    return std::nullopt;
}

Result<std::optional<Change>> ChangeFinder::after(Moment moment)
{
    const auto &blocks = m_reader.index().blocks;
    const auto from = std::partition_point(blocks.begin(), blocks.end(), [moment](const BlockPlace &block) { return block.last <= moment; });
    for (auto block = static_cast<std::size_t>(from - blocks.begin()); block < blocks.size(); ++block) {
        if (changesOf(block) == 0)
            continue;
        const auto plain = load(block);
        if (!plain)
            return failure(plain.error());
        EntryReader entries(**plain);
        while (const auto entry = entries.next()) {
            // Of the same moment more may follow, also in the next block.
            if (!isChange(*entry) || entry->time <= moment)
                continue;
            auto found = at(entry->time);
            if (found && *found && (*found)->time <= moment)
                return std::nullopt; // times that go backward, as no recorder writes them: a step must not lead back
            return found;
        }
    }
    return std::nullopt;
}

Result<std::optional<Change>> ChangeFinder::before(Moment moment)
{
    return at(moment - step);
}

} // namespace fairlead::recording
