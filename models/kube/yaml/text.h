// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::yaml {

/// The code point at `at` and how many bytes it takes; length 0 where the bytes are no UTF-8.
struct CodePoint {
    char32_t value = 0;
    std::size_t length = 0;
};
[[nodiscard]] CodePoint codePointAt(std::string_view text, std::size_t at);

/// A file's bytes as UTF-8 without a byte order mark. UTF-16 with a mark is converted, as Kubernetes' reader does (Windows
/// PowerShell writes it): byte ranges then count in the converted text. Error: BadInput for UTF-16 that is cut or unpaired.
[[nodiscard]] Result<std::string> asUtf8(std::string bytes);

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
