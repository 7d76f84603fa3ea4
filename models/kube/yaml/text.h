// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

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

} // namespace fairlead::yaml
