// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string_view>

namespace fairlead::items {

/// Foreign UTF-8 as a line that shows what is in it: control characters (C0, C1, line ends) and the characters that turn
/// the direction of writing stand as \n, \x1b, \u202e; bytes that are no UTF-8 as U+FFFD. Nothing is cut.
[[nodiscard]] QString plainText(std::string_view utf8);

} // namespace fairlead::items
