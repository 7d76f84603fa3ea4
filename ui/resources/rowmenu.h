// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <functional>
#include <string>

class QMenu;
class QWidget;

namespace fairlead::ui {

/// Where a row leads to: the object's page, or one of its tabs, or a tab of the window.
using OpenRow = std::function<void(const std::string &tab, bool newTab)>;

/// What can be done with one row. It goes when it closes. Thread: GUI. Owner: `parent`.
[[nodiscard]] QMenu *makeRowMenu(const Theme &theme, bool hasLogs, const OpenRow &open, QWidget *parent);
/// Its part for copies, empty as yet.
[[nodiscard]] QMenu *addCopyMenu(QMenu &menu, const Theme &theme);

} // namespace fairlead::ui
