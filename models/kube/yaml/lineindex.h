// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace fairlead::yaml {

/// Line numbers of byte offsets. Lines and columns count from 1, columns in bytes.
class LineIndex {
public:
    explicit LineIndex(std::string_view text);
    [[nodiscard]] int line(std::size_t offset) const;
    [[nodiscard]] int column(std::size_t offset) const;
    /// Offset of the first byte of the line.
    [[nodiscard]] std::size_t start(int line) const;

private:
    std::vector<std::uint32_t> m_starts;
};

} // namespace fairlead::yaml
