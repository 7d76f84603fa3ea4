// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/commandsmenu.h"

#include "ui/widgets/dropbutton.h"

#include <QCoreApplication>
#include <QMenu>

#include <utility>

namespace fairlead::ui {

void addCommands(DropButton &button, const std::function<void(Command)> &run)
{
    const std::pair<Command, const char *> offered[] = {{Command::SideBar, QT_TRANSLATE_NOOP("CommandsMenu", "Side bar")},
        {Command::NewWindow, QT_TRANSLATE_NOOP("CommandsMenu", "New window")},
        {Command::Shortcuts, QT_TRANSLATE_NOOP("CommandsMenu", "Keyboard shortcuts")}};
    const std::vector<Shortcut> all = allShortcuts();
    for (const auto &[command, name] : offered) {
        QString words = QCoreApplication::translate("CommandsMenu", name);
        for (const Shortcut &shortcut : all) {
            if (shortcut.command == command)
                words += QLatin1Char('\t') + shortcut.keys.front().toString(QKeySequence::NativeText);
        }
        QObject::connect(button.menu()->addAction(words), &QAction::triggered, &button, [run, command = command] { run(command); });
    }
}

} // namespace fairlead::ui
