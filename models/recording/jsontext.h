// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::recording {

/// The content of a JSON string whose escapes JsonCursor has found sound. Half a surrogate pair becomes U+FFFD. Thread: any; no state.
[[nodiscard]] std::string unescaped(std::string_view raw);
/// And for each byte of it where in `raw` it comes from; one more for the end.
[[nodiscard]] std::string unescaped(std::string_view raw, std::vector<std::uint32_t> &places);

/// With its quotes.
void appendQuoted(std::string &json, std::string_view text);

/// The value at a path of member names ("metadata", "name"), as it stands in the text; empty where there is none. The first of equal names.
[[nodiscard]] std::string_view valueAt(std::string_view json, std::initializer_list<std::string_view> path);
[[nodiscard]] std::string_view valueAt(std::string_view json, const std::vector<std::string_view> &path);
/// The content of a string there; of a number or a word its text; empty for all else.
[[nodiscard]] std::string textAt(std::string_view json, const std::vector<std::string_view> &path);
/// The values of a list, as they stand in the text; none of what is no list.
[[nodiscard]] std::vector<std::string_view> elementsOf(std::string_view list);

} // namespace fairlead::recording
