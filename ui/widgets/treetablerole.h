// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>

namespace fairlead::ui {

/// The role of a tree with columns. AT-SPI has one for it, "tree table", which Qt's list of roles lacks: no QAccessible::Role leads to it.
/// Where AT-SPI is in use and this was built with the very Qt that runs, one more role is put into Qt's table; else it is a Tree.
/// Thread: GUI.
[[nodiscard]] QAccessible::Role treeTableRole();

} // namespace fairlead::ui
