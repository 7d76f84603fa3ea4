// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kube/yaml/node.h"

#include <string>
#include <string_view>

namespace fairlead::yaml {

/// How a string is to be written so that it reads back as itself: plain where that is safe, as kubectl chooses otherwise.
/// A simple key is one that stands on one line before its colon.
[[nodiscard]] Style scalarStyle(std::string_view text, bool simpleKey);

/// Whether a character must not stand raw in a text that goes to a terminal or a file: C0 but LF, DEL, C1, line ends of
/// Unicode, bidi controls, byte order marks; and what Go's library escapes too, all beyond the basic plane.
[[nodiscard]] bool needsEscape(char32_t c);

/// The character as an escape of double-quoted YAML.
[[nodiscard]] std::string escaped(char32_t c);

} // namespace fairlead::yaml
