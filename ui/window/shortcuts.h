// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

class QWidget;

namespace fairlead::ui {

/// What the window does for a key, wherever the cursor is.
enum class Command {
    GoTo,
    Filter,
    Reload,
    NewTab,
    CloseTab,
    NextTab,
    PreviousTab,
    NewWindow,
    Contexts,
    Namespaces,
    SideBar,
    NextPart,
    Shortcuts,
    Quit,
};

/// A line of the list of shortcuts.
struct Shortcut {
    enum class Area { Window, Tabs, Rows, Object };
    Area area = Area::Window;
    std::optional<Command> command; ///< none: the view that has the cursor does it by itself
    QList<QKeySequence> keys;       ///< each of them does it
    QString meaning;
};

/// All that there are: F1 shows them, and the window listens to those that have a command. One table, so that neither forgets one.
[[nodiscard]] std::vector<Shortcut> allShortcuts();
[[nodiscard]] QString titleOf(Shortcut::Area area);

/// Makes the window listen.
void installShortcuts(QWidget &window, const std::function<void(Command)> &run);

} // namespace fairlead::ui
