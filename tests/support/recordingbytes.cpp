// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/recordingbytes.h"

#include "recording/block.h"
#include "recording/bytewriter.h"
#include "recording/checksum.h"
#include "recording/entry.h"
#include "recording/format.h"

#include <chrono>
#include <cstdlib>

namespace fairlead::test {
namespace {

using namespace recording;

constexpr Moment start{std::chrono::milliseconds(1'764'000'000'000)};

std::string head()
{
    std::string out(format::magic);
    ByteWriter writer(out);
    writer.put16(format::version);
    writer.put16(0);
    writer.put64(static_cast<std::uint64_t>(start.time_since_epoch().count()));
    writer.put64(0);
    writer.put32(checksum(out));
    return out;
}

std::string block(BlockKind kind, std::string_view plain)
{
    auto packed = packBlock(kind, start, plain, 1);
    if (!packed)
        std::abort();
    return std::move(*packed);
}

} // namespace

std::string fileOfEntries(std::string_view plain)
{
    return head() + block(BlockKind::Entries, plain);
}

std::string fileOfIndex(std::string_view plain)
{
    std::string entries;
    const std::string stream = bodyOf(Stream{.kind = StreamKind::Resource, .names = {"", "v1", "pods", "Pod"}, .flag = true});
    appendEntry(entries, {.type = EntryType::Stream, .detail = 1, .stream = 1, .time = start, .body = stream});
    appendEntry(entries, {.type = EntryType::List, .detail = 1, .stream = 1, .time = start, .body = bodyOf(ListHead{"7", "[]"})});
    appendEntry(entries, {.type = EntryType::ListEnd, .stream = 1, .time = start, .body = std::string_view("\0\0\0\0", 4)});
    std::string file = fileOfEntries(entries);
    const std::size_t index = file.size();
    file += block(BlockKind::Index, plain);
    std::string trailer(format::endMagic);
    ByteWriter writer(trailer);
    writer.put64(index);
    writer.put32(0);
    writer.put32(checksum(trailer));
    return file + trailer;
}

} // namespace fairlead::test
