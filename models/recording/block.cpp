// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/block.h"

#include "recording/bytereader.h"
#include "recording/bytewriter.h"
#include "recording/checksum.h"
#include "recording/entry.h"
#include "recording/format.h"

#include <zstd.h>

namespace fairlead::recording {
namespace {

tl::unexpected<Error> damaged(std::string what)
{
    return failure({.code = Code::BadInput, .message = "a block is damaged: " + std::move(what)});
}

} // namespace

std::uint64_t BlockHead::size() const
{
    return format::blockHeadSize + stored;
}

Result<std::string> packBlock(BlockKind kind, Moment first, std::string_view plain, int level)
{
    if (plain.size() > format::largestPlain)
        return failure({.code = Code::Internal, .message = "a block would be larger than its bound"});
    std::string out;
    ByteWriter writer(out);
    writer.put32(format::blockMarker);
    writer.put8(static_cast<std::uint8_t>(kind));
    writer.put8(format::codecZstd);
    writer.put16(0);
    const std::size_t storedAt = out.size();
    writer.put32(0);
    writer.put32(static_cast<std::uint32_t>(plain.size()));
    writer.put64(static_cast<std::uint64_t>(first.time_since_epoch().count()));
    writer.put64(0); // both checksums
    out.resize(format::blockHeadSize + ZSTD_compressBound(plain.size()));
    const std::size_t stored =
        ZSTD_compress(out.data() + format::blockHeadSize, out.size() - format::blockHeadSize, plain.data(), plain.size(), level);
    if (ZSTD_isError(stored) != 0)
        return failure({.code = Code::Internal, .message = std::string("a block cannot be packed: ") + ZSTD_getErrorName(stored)});
    out.resize(format::blockHeadSize + stored);
    writer.replace32(storedAt, static_cast<std::uint32_t>(stored));
    writer.replace32(24, checksum(std::string_view(out).substr(format::blockHeadSize)));
    writer.replace32(28, checksum(std::string_view(out).substr(0, 28)));
    return out;
}

std::optional<BlockHead> readBlockHead(std::string_view bytes)
{
    if (bytes.size() < format::blockHeadSize)
        return std::nullopt;
    ByteReader reader(bytes.substr(0, format::blockHeadSize));
    if (reader.get32() != format::blockMarker)
        return std::nullopt;
    const std::uint8_t kind = reader.get8();
    const std::uint8_t codec = reader.get8();
    const std::uint16_t zero = reader.get16();
    BlockHead head;
    head.stored = reader.get32();
    head.plain = reader.get32();
    const auto first = momentOf(reader.get64());
    head.checksum = reader.get32();
    if (reader.get32() != checksum(bytes.substr(0, 28)) || codec != format::codecZstd || zero != 0)
        return std::nullopt;
    if (!first || head.stored > format::largestStored || head.plain > format::largestPlain || (kind != 1 && kind != 2))
        return std::nullopt;
    head.first = *first;
    head.kind = static_cast<BlockKind>(kind);
    return head;
}

Result<std::string> unpackBlock(const BlockHead &head, std::string_view stored)
{
    if (stored.size() != head.stored)
        return damaged("it is cut");
    if (checksum(stored) != head.checksum)
        return damaged("its checksum is wrong");
    std::string plain(head.plain, '\0');
    const std::size_t size = ZSTD_decompress(plain.data(), plain.size(), stored.data(), stored.size());
    if (ZSTD_isError(size) != 0)
        return damaged(ZSTD_getErrorName(size));
    if (size != plain.size())
        return damaged("it holds less than it says");
    return plain;
}

} // namespace fairlead::recording
