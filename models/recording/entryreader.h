// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/bytereader.h"
#include "recording/entry.h"

#include <optional>
#include <string_view>

namespace fairlead::recording {

/// The entries of a block's plain bytes, in order. Entries of types that a later program may add are passed over.
/// Thread: one at a time; the bytes outlive it.
class EntryReader {
public:
    explicit EntryReader(std::string_view plain)
        : m_reader(plain)
    {
    }

    /// None at the end, and at an entry that is no entry: isBroken() then.
    [[nodiscard]] std::optional<Entry> next();
    [[nodiscard]] bool isBroken() const { return m_broken; }
    /// The number of the entry that next() gave, from 0; those passed over count.
    [[nodiscard]] std::uint32_t number() const { return m_count - 1; }

private:
    ByteReader m_reader;
    std::uint32_t m_count = 0;
    bool m_broken = false;
};

} // namespace fairlead::recording
