// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fairlead::ui::measure {

// Logical pixels, on a grid of 4. Source: the design's look.
inline constexpr int inside = 4;         // inside a control
inline constexpr int between = 8;        // between controls; left and right of a cell's text
inline constexpr int margin = 12;        // of a page; outer side of the first and last column
inline constexpr int group = 16;         // between groups
inline constexpr int row = 24;           // of a menu or a list that opens; of tables and trees: density.h
inline constexpr int caption = 26;       // a table's header
inline constexpr int bar = 36;           // window header, page header
inline constexpr int control = 24;       // button, field
inline constexpr int notice = 30;        // one line about what is wrong
inline constexpr int status = 22;        // status line
inline constexpr int band = 4;           // in the context's colour
inline constexpr int bandProduction = 6; // a hatch in 4 px is mud
inline constexpr int icon = 16;
inline constexpr int shape = 12; // a state's shape with its air

} // namespace fairlead::ui::measure
