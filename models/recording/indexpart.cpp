// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/indexpart.h"

#include "recording/bytereader.h"
#include "recording/bytewriter.h"
#include "recording/format.h"
#include "recording/indexbuilder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace fairlead::recording {
namespace {

std::uint64_t stored(Moment moment)
{
    return static_cast<std::uint64_t>(moment.time_since_epoch().count());
}

tl::unexpected<Error> wrong(const char *what)
{
    return failure({.code = Code::BadInput, .message = std::string("the index is damaged: ") + what});
}

bool readTime(ByteReader &reader, Moment &into)
{
    const auto time = momentOf(reader.get64());
    if (time)
        into = *time;
    return time.has_value();
}

bool readBlock(ByteReader &reader, BlockPlace &block)
{
    block.offset = reader.get64();
    const bool begins = readTime(reader, block.first);
    const bool timed = readTime(reader, block.last) && begins;
    block.stored = reader.get32();
    block.plain = reader.get32();
    block.entries = reader.get32();
    const std::uint32_t shares = reader.get32();
    if (!timed || !reader.isGood() || shares > reader.left() / 12)
        return false;
    block.shares.resize(shares);
    for (StreamShare &share : block.shares) {
        share.stream = reader.get32();
        share.events = reader.get32();
        share.others = reader.get32();
    }
    return reader.isGood() && block.stored <= format::largestStored && block.plain <= format::largestPlain && block.first <= block.last;
}

} // namespace

std::string IndexPart::encode(const Index &index, const IndexMark &mark, std::uint64_t before)
{
    std::string out;
    ByteWriter writer(out);
    writer.put64(before);
    writer.put32(static_cast<std::uint32_t>(index.blocks.size() - mark.blocks));
    for (std::size_t i = mark.blocks; i < index.blocks.size(); ++i) {
        const BlockPlace &block = index.blocks[i];
        writer.put64(block.offset);
        writer.put64(stored(block.first));
        writer.put64(stored(block.last));
        writer.put32(block.stored);
        writer.put32(block.plain);
        writer.put32(block.entries);
        writer.put32(static_cast<std::uint32_t>(block.shares.size()));
        for (const StreamShare &share : block.shares) {
            writer.put32(share.stream);
            writer.put32(share.events);
            writer.put32(share.others);
        }
    }
    const auto firstNew = index.streams.upper_bound(mark.streams);
    writer.put32(static_cast<std::uint32_t>(std::distance(firstNew, index.streams.end())));
    for (auto stream = firstNew; stream != index.streams.end(); ++stream) {
        writer.put32(stream->first);
        writer.put8(static_cast<std::uint8_t>(stream->second.kind));
        writer.put8(stream->second.flag ? 1 : 0);
        for (const std::string &name : stream->second.names)
            writer.putText(name);
    }
    writer.put32(static_cast<std::uint32_t>(index.lists.size() - mark.lists));
    for (std::size_t i = mark.lists; i < index.lists.size(); ++i) {
        const ListPlace &list = index.lists[i];
        writer.put32(list.stream);
        writer.put64(stored(list.time));
        writer.put64(list.block);
        writer.put32(list.entry);
        writer.put32(list.rows);
        writer.put8(static_cast<std::uint8_t>(list.cause));
    }
    writer.putText(bodyOf(index.about));
    writer.putText(bodyOf(index.redactions));
    return out;
}

Result<IndexPart> IndexPart::decode(std::string_view plain, std::uint64_t offset)
{
    ByteReader reader(plain);
    IndexPart part;
    part.before = reader.get64();
    if (part.before >= offset && part.before != 0)
        return wrong("it points forward");
    std::uint64_t end = format::headSize;
    const std::uint32_t blocks = reader.get32();
    for (std::uint32_t i = 0; i < blocks; ++i) {
        BlockPlace block;
        if (!readBlock(reader, block) || block.offset < end || block.offset > offset)
            return wrong("a block's place is impossible");
        end = block.offset + format::blockHeadSize + block.stored;
        part.index.shares += block.shares.size();
        part.index.blocks.push_back(std::move(block));
    }
    if (end > offset)
        return wrong("a block lies behind it");
    const std::uint32_t streams = reader.get32();
    for (std::uint32_t i = 0; i < streams; ++i) {
        const std::uint32_t number = reader.get32();
        Stream stream;
        const std::uint8_t kind = reader.get8();
        stream.flag = reader.get8() != 0;
        bool isLong = false;
        for (std::string &name : stream.names) {
            const std::string_view text = reader.getText();
            isLong |= text.size() > format::longestName;
            name = text.substr(0, format::longestName);
        }
        if (!reader.isGood() || isLong || number == 0 || kind < 1 || kind > 3)
            return wrong("a stream is none");
        stream.kind = static_cast<StreamKind>(kind);
        part.index.streams.insert_or_assign(number, std::move(stream));
    }
    const std::uint32_t lists = reader.get32();
    for (std::uint32_t i = 0; i < lists; ++i) {
        ListPlace list;
        list.stream = reader.get32();
        const bool timed = readTime(reader, list.time);
        list.block = reader.get64();
        list.entry = reader.get32();
        list.rows = reader.get32();
        const std::uint8_t cause = reader.get8();
        if (!reader.isGood() || !timed || (cause != 1 && cause != 2))
            return wrong("a list's place is impossible");
        list.cause = static_cast<ListCause>(cause);
        part.index.lists.push_back(list);
    }
    noteAbout(part.index, reader.getText());
    noteRedactions(part.index, reader.getText());
    if (!reader.isGood() || !reader.isAtEnd())
        return wrong("it has another length");
    return part;
}

bool IndexPart::appendTo(Index &whole) &&
{
    const bool follows = whole.blocks.empty() || index.blocks.empty() || whole.blocks.back().offset < index.blocks.front().offset;
    if (!follows || whole.blocks.size() + index.blocks.size() > format::mostBlocks || whole.shares + index.shares > format::mostShares ||
        whole.lists.size() + index.lists.size() > format::mostLists || whole.streams.size() + index.streams.size() > format::mostStreams)
        return false;
    std::move(index.blocks.begin(), index.blocks.end(), std::back_inserter(whole.blocks));
    whole.lists.insert(whole.lists.end(), index.lists.begin(), index.lists.end());
    for (auto &[number, stream] : index.streams)
        whole.streams.insert_or_assign(number, std::move(stream));
    for (auto &[key, value] : index.about)
        whole.about.insert_or_assign(key, std::move(value));
    whole.redactions = index.redactions;
    whole.shares += index.shares;
    return true;
}

} // namespace fairlead::recording
