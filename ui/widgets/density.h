// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fairlead::ui {

/// How close rows stand to each other, as a person likes it. All else (controls, menus, captions) keeps its measures.
enum class Density { Compact, Usual, Comfortable };

/// Heights in logical pixels. Source: the design's look; those of the side bar and of two lines follow the table's.
struct RowHeights {
    int table;
    int twoLines;    ///< a row with a second line
    int sideKind;    ///< of the window's side bar
    int sideContext; ///< likewise
};

[[nodiscard]] constexpr RowHeights rowHeights(Density density)
{
    switch (density) {
    case Density::Compact:
        return {.table = 20, .twoLines = 36, .sideKind = 20, .sideContext = 22};
    case Density::Usual:
        break;
    case Density::Comfortable:
        return {.table = 28, .twoLines = 47, .sideKind = 26, .sideContext = 28};
    }
    return {.table = 24, .twoLines = 41, .sideKind = 22, .sideContext = 24};
}

} // namespace fairlead::ui
