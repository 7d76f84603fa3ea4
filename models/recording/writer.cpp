// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/writer.h"

#include "recording/block.h"
#include "recording/bytewriter.h"
#include "recording/checksum.h"
#include "recording/format.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

std::string headBytes(Moment now)
{
    std::string out(format::magic);
    ByteWriter writer(out);
    writer.put16(format::version);
    writer.put16(0);
    writer.put64(static_cast<std::uint64_t>(now.time_since_epoch().count()));
    writer.put64(0);
    writer.put32(checksum(out));
    return out;
}

std::string trailerBytes(std::uint64_t index)
{
    std::string out(format::endMagic);
    ByteWriter writer(out);
    writer.put64(index);
    writer.put32(0);
    writer.put32(checksum(out));
    return out;
}

} // namespace

Writer::Writer(platform::File file, Options options)
    : m_file(std::move(file))
    , m_options(options)
    , m_parts(std::make_unique<Parts>())
{
}

Result<Writer> Writer::create(
    const std::string &path, platform::File::Existing existing, Moment now, const std::map<std::string, std::string> &about, Options options)
{
    auto file = platform::File::openToWrite(path, existing);
    if (!file) {
        Error error = std::move(file.error());
        if (error.code == Code::Conflict)
            error.remedy = "Name another file for this recording.";
        return failure(std::move(error));
    }
    Writer writer(std::move(*file), options);
    writer.m_last = now;
    if (auto done = writer.write(headBytes(now)); !done)
        return failure(std::move(done.error()));
    const std::string body = bodyOf(about);
    if (auto done = writer.append({.type = EntryType::About, .time = now, .body = body}); !done)
        return failure(std::move(done.error()));
    return writer;
}

Result<Writer> Writer::create(const std::string &path, platform::File::Existing existing, Moment now, const std::map<std::string, std::string> &about)
{
    return create(path, existing, now, about, Options());
}

Result<std::uint32_t> Writer::stream(const Stream &stream, Moment now)
{
    if (const auto known = m_numbers.find(stream); known != m_numbers.end())
        return known->second;
    if (m_numbers.size() >= format::mostStreams)
        return failure({.code = Code::Unsupported, .message = "a recording holds no more kinds and logs than it has now"});
    const bool isLong =
        std::any_of(stream.names.begin(), stream.names.end(), [](const std::string &name) { return name.size() > format::longestName; });
    if (isLong)
        return failure({.code = Code::Unsupported, .message = "a name is too long to be recorded"});
    const auto number = static_cast<std::uint32_t>(m_numbers.size() + 1);
    const std::string body = bodyOf(stream);
    if (auto done =
            append({.type = EntryType::Stream, .detail = static_cast<std::uint8_t>(stream.kind), .stream = number, .time = now, .body = body});
        !done)
        return failure(std::move(done.error()));
    m_numbers.emplace(stream, number);
    return number;
}

Result<void> Writer::append(Entry entry)
{
    if (m_error || m_closed)
        return failed();
    const std::size_t size = entryHeadSize + entry.body.size();
    if (size > format::largestPlain - 1024)
        return failure({.code = Code::Invalid, .message = "an object is too large to be recorded"});
    entry.time = std::max(entry.time, m_last);
    const bool isOld = m_entries > 0 && entry.time - m_first >= m_options.blockSpan;
    if (isOld || (m_entries > 0 && m_plain.size() + size > m_options.blockSize)) {
        if (auto done = flush(); !done)
            return done;
    }
    if (m_entries == 0) {
        m_first = entry.time;
        m_parts->builder.beginBlock(m_offset, m_first);
    }
    m_last = entry.time;
    appendEntry(m_plain, entry);
    m_parts->builder.add(entry, m_entries++);
    return {};
}

Result<void> Writer::flush()
{
    if (m_error || m_closed)
        return failed();
    if (m_entries == 0)
        return {};
    if (m_redactions != m_written) {
        m_written = m_redactions;
        const std::string body = bodyOf(m_redactions);
        const Entry entry{.type = EntryType::Redactions, .time = m_last, .body = body};
        appendEntry(m_plain, entry);
        m_parts->builder.add(entry, m_entries++);
    }
    auto packed = packBlock(BlockKind::Entries, m_first, m_plain, m_options.level);
    if (!packed) {
        m_error = packed.error();
        return failed();
    }
    const auto head = readBlockHead(*packed);
    if (auto done = write(*packed); !done)
        return done;
    m_parts->builder.endBlock(head.value_or(BlockHead()));
    m_plain.clear();
    m_entries = 0;
    ++m_blocks;
    const Index &index = m_parts->index;
    // An index part that parts a list would lose it where no later one was written any more.
    if (index.blocks.size() >= m_options.blocksPerIndex &&
        (!m_parts->builder.hasOpenLists() || index.blocks.size() >= 16u * m_options.blocksPerIndex))
        return writeIndex();
    return {};
}

Result<void> Writer::writeIndex()
{
    Index &index = m_parts->index;
    auto packed = packBlock(BlockKind::Index, m_last, IndexPart::encode(index, {.streams = m_indexedStreams}, m_indexBefore), m_options.level);
    if (!packed) {
        m_error = packed.error();
        return failed();
    }
    const std::uint64_t offset = m_offset;
    if (auto done = write(*packed); !done)
        return done;
    m_indexBefore = offset;
    m_indexedStreams = static_cast<std::uint32_t>(m_numbers.size());
    m_shares += index.shares;
    index.blocks.clear();
    index.lists.clear();
    index.streams.clear();
    index.shares = 0;
    if (m_blocks >= format::mostBlocks - 2 || m_shares >= format::mostShares / 2)
        m_error = Error{.code = Code::Unsupported, .message = "the recording is as long as a recording can be", .remedy = "Begin another one."};
    return {};
}

Result<void> Writer::close()
{
    if (auto done = flush(); !done)
        return done;
    if (!m_parts->index.blocks.empty() || m_indexBefore == 0) {
        if (auto done = writeIndex(); !done)
            return done;
    }
    if (auto done = write(trailerBytes(m_indexBefore)); !done)
        return done;
    m_closed = true;
    return m_file.sync();
}

Result<void> Writer::write(std::string_view bytes)
{
    if (auto done = m_file.append(bytes); !done) {
        m_error = done.error();
        return done;
    }
    m_offset += bytes.size();
    return {};
}

Result<void> Writer::failed() const
{
    return failure(m_error.value_or(Error{.code = Code::Internal, .message = "the recording is closed already"}));
}

} // namespace fairlead::recording
