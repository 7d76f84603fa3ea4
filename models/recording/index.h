// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "recording/entry.h"
#include "recording/redactions.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace fairlead::recording {

/// How much of a block belongs to one stream.
struct StreamShare {
    std::uint32_t stream = 0;
    std::uint32_t events = 0;
    std::uint32_t others = 0; ///< rows of lists, documents, pieces of logs

    bool operator==(const StreamShare &) const = default;
};

struct BlockPlace {
    std::uint64_t offset = 0;
    Moment first;
    Moment last;
    std::uint32_t stored = 0;
    std::uint32_t plain = 0;
    std::uint32_t entries = 0;
    std::vector<StreamShare> shares; ///< by stream; a block without a stream's share need not be read for it

    bool operator==(const BlockPlace &) const = default;
};

/// A complete list: where reading of a resource may begin.
struct ListPlace {
    std::uint32_t stream = 0;
    Moment time; ///< of its first entry
    std::uint64_t block = 0;
    std::uint32_t entry = 0; ///< number in that block
    std::uint32_t rows = 0;
    ListCause cause = ListCause::Server;

    bool operator==(const ListPlace &) const = default;
};

/// What lies where in a recording. It can be made again from the blocks (indexbuilder.h); that in the file only saves the time.
struct Index {
    std::map<std::string, std::string> about;
    std::map<std::uint32_t, Stream> streams;
    std::vector<BlockPlace> blocks; ///< of entries, in the file's order
    std::vector<ListPlace> lists;   ///< in the order of their ends
    Redactions redactions;
    std::size_t shares = 0; ///< of all blocks

    bool operator==(const Index &) const = default;
};

} // namespace fairlead::recording
