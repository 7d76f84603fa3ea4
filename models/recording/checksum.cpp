// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/checksum.h"

#include <array>
#include <cstddef>

namespace fairlead::recording {
namespace {

constexpr std::uint32_t polynomial = 0x82f63b78; // 0x1edc6f41, bits turned round

using Tables = std::array<std::array<std::uint32_t, 256>, 4>;

constexpr Tables makeTables()
{
    Tables tables{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ ((value & 1) != 0 ? polynomial : 0);
        tables[0][i] = value;
    }
    for (std::size_t i = 0; i < 256; ++i) {
        for (std::size_t step = 1; step < 4; ++step)
            tables[step][i] = (tables[step - 1][i] >> 8) ^ tables[0][tables[step - 1][i] & 0xff];
    }
    return tables;
}

constexpr Tables tables = makeTables();

} // namespace

// Four bytes a step: every byte that is read or written passes here.
std::uint32_t checksum(std::string_view bytes)
{
    std::uint32_t value = 0xffffffff;
    std::size_t at = 0;
    const auto byte = [&bytes](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
    for (; at + 4 <= bytes.size(); at += 4) {
        value ^= byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16 | byte(at + 3) << 24;
        value = tables[3][value & 0xff] ^ tables[2][(value >> 8) & 0xff] ^ tables[1][(value >> 16) & 0xff] ^ tables[0][value >> 24];
    }
    for (; at < bytes.size(); ++at)
        value = (value >> 8) ^ tables[0][(value ^ byte(at)) & 0xff];
    return ~value;
}

} // namespace fairlead::recording
