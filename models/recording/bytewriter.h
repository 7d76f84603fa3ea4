// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// Little-endian numbers and texts with their lengths, put at the end of a string that somebody else owns. Thread: one at a time.
class ByteWriter {
public:
    explicit ByteWriter(std::string &out)
        : m_out(out)
    {
    }

    void put8(std::uint8_t value) { put(value, 1); }
    void put16(std::uint16_t value) { put(value, 2); }
    void put32(std::uint32_t value) { put(value, 4); }
    void put64(std::uint64_t value) { put(value, 8); }
    void putRaw(std::string_view bytes) { m_out.append(bytes); }
    void putText(std::string_view text)
    {
        put32(static_cast<std::uint32_t>(text.size()));
        m_out.append(text);
    }
    /// Over what stands there already.
    void replace32(std::size_t at, std::uint32_t value)
    {
        for (std::size_t i = 0; i < 4; ++i)
            m_out[at + i] = static_cast<char>(value >> (8 * i) & 0xff);
    }

private:
    void put(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i)
            m_out += static_cast<char>(value >> (8 * i) & 0xff);
    }

    std::string &m_out;
};

} // namespace fairlead::recording
