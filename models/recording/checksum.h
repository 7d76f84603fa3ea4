// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace fairlead::recording {

/// CRC-32C (Castagnoli). Thread: any; no state. Source: RFC 3720, B.4, whose examples are its test.
[[nodiscard]] std::uint32_t checksum(std::string_view bytes);

} // namespace fairlead::recording
