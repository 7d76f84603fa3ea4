// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fairlead::recording {

/// The way back from ByteWriter, out of bytes that nobody vouches for: beyond the end everything is 0 and empty, and isGood() false from
/// then on. Views are those of the bytes handed in. Thread: one at a time.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes)
        : m_bytes(bytes)
    {
    }

    [[nodiscard]] std::uint8_t get8() { return static_cast<std::uint8_t>(get(1)); }
    [[nodiscard]] std::uint16_t get16() { return static_cast<std::uint16_t>(get(2)); }
    [[nodiscard]] std::uint32_t get32() { return static_cast<std::uint32_t>(get(4)); }
    [[nodiscard]] std::uint64_t get64() { return get(8); }
    [[nodiscard]] std::string_view getText() { return getRaw(get32()); }
    [[nodiscard]] std::string_view getRaw(std::size_t size)
    {
        if (!has(size))
            return {};
        const std::string_view out = m_bytes.substr(m_at, size);
        m_at += size;
        return out;
    }
    /// All that is left.
    [[nodiscard]] std::string_view getRest() { return getRaw(m_bytes.size() - m_at); }

    [[nodiscard]] bool isGood() const { return m_good; }
    [[nodiscard]] bool isAtEnd() const { return m_at == m_bytes.size(); }
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }

private:
    bool has(std::size_t size)
    {
        if (m_good && size <= m_bytes.size() - m_at)
            return true;
        m_good = false;
        m_at = m_bytes.size();
        return false;
    }
    std::uint64_t get(std::size_t size)
    {
        if (!has(size))
            return 0;
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < size; ++i)
            value |= static_cast<std::uint64_t>(static_cast<unsigned char>(m_bytes[m_at + i])) << (8 * i);
        m_at += size;
        return value;
    }

    std::string_view m_bytes;
    std::size_t m_at = 0;
    bool m_good = true;
};

} // namespace fairlead::recording
