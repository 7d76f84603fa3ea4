// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The form of a .flrec file, version 1. Our own; README.md tells it in words. All numbers are little-endian; a text is its length in bytes
/// (32 bits) and its bytes; a time is milliseconds since 1970 in UTC (64 bits, signed), by the server's clock, and never falls in a file.
///
///   file:    head, blocks, and at a good end one trailer
///   head:    magic (8 bytes), version (16 bits), zero (16), time of making (64), zero (64), checksum of the 28 bytes before (32): 32 bytes
///   block:   marker (32), kind (8), codec (8), zero (16), stored size (32), plain size (32), time of its first entry (64), checksum of the
///            stored bytes (32), checksum of the 28 bytes before (32): 32 bytes; then the stored bytes, one frame of zstd (RFC 8878)
///   trailer: magic (8 bytes), offset of the last index block (64), zero (32), checksum of the 20 bytes before (32): 24 bytes
///   entries: one after the other in the plain bytes of a block of kind Entries: entry.h
///   index:   the plain bytes of a block of kind Index: indexpart.h
///
/// Checksums are CRC-32C (RFC 3720, B.4). A change that an older reader would read wrongly raises the version.
namespace fairlead::recording::format {

// With a line end and an end-of-file character, as PNG has them: what treats the file as text shows at once.
inline constexpr std::string_view magic{"FLREC\r\n\x1a", 8};
inline constexpr std::string_view endMagic{"FLEND\r\n\x1a", 8};
inline constexpr std::uint16_t version = 1;
inline constexpr std::size_t headSize = 32;
inline constexpr std::size_t blockHeadSize = 32;
inline constexpr std::size_t trailerSize = 24;
inline constexpr std::uint32_t blockMarker = 0x1a424c46; // "FLB", end of file
inline constexpr std::uint8_t codecZstd = 1;

// Bounds on what a reader believes, so that a hostile file costs no more than these.
inline constexpr std::uint32_t largestPlain = 32u << 20;  ///< bytes of a block, unpacked: the longest entry is a little less
inline constexpr std::uint32_t largestStored = 33u << 20; ///< the same, packed
inline constexpr std::size_t mostBlocks = 1u << 20;
inline constexpr std::size_t mostStreams = 1u << 17;
inline constexpr std::size_t mostShares = 16u << 20; ///< of all streams in all blocks
inline constexpr std::size_t longestName = 1024;     ///< of a stream, and of what is told about the recording
inline constexpr std::size_t mostLists = 4u << 20;

} // namespace fairlead::recording::format
