// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fairlead::app {

// Text of a cluster on its way to a terminal. Thread: any; no state. In and out: UTF-8.
//
// ESC is `^[`, CR is `\r`, as kubectl prints them (k8s.io/cli-runtime pkg/printers/terminal.go and tableprinter.go). All
// other C0 controls and DEL are `\xNN`, C1 and bidi controls `\uNNNN`, a byte that is no UTF-8 is `\xNN`: kubectl would
// let those through, and then a name could repaint the terminal.

/// Appends a cell: cut at the first form feed, line feed or carriage return, with `...` in its place.
void appendCell(std::string &out, std::string_view text);

/// Messages: line ends stay, all else as in a cell.
[[nodiscard]] std::string visible(std::string_view text);

/// How many places the table layout counts for a text: its code points, as Go's tabwriter does, not what a terminal makes of them.
[[nodiscard]] std::size_t runeCount(std::string_view text);

/// Every code point to upper case by itself, as Go's strings.ToUpper does with the names of columns.
[[nodiscard]] std::string upperCase(std::string_view text);

} // namespace fairlead::app
