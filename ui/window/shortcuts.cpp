// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/shortcuts.h"

#include <QCoreApplication>
#include <QShortcut>
#include <QWidget>

namespace fairlead::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Shortcuts", text);
}

QList<QKeySequence> keys(std::initializer_list<const char *> names)
{
    QList<QKeySequence> all;
    for (const char *name : names)
        all << QKeySequence(QString::fromLatin1(name));
    return all;
}

} // namespace

std::vector<Shortcut> allShortcuts()
{
    using Area = Shortcut::Area;
    return {
        {Area::Window, Command::GoTo, keys({"Ctrl+K", "Ctrl+G"}), tr("Go to a kind, object, namespace or context")},
        {Area::Window, Command::Contexts, keys({"Alt+C"}), tr("Choose the context")},
        {Area::Window, Command::Namespaces, keys({"Alt+N"}), tr("Choose namespaces")},
        {Area::Window, Command::SideBar, keys({"Ctrl+B"}), tr("Show or hide the side bar")},
        {Area::Window, Command::NextPart, keys({"F6"}), tr("To the next part of the window")},
        {Area::Window, Command::Reload, keys({"F5", "Ctrl+R"}), tr("Ask the server again")},
        {Area::Window, Command::NewWindow, keys({"Ctrl+N"}), tr("New window")},
        {Area::Window, Command::Shortcuts, keys({"F1"}), tr("This list")},
        {Area::Window, Command::Quit, keys({"Ctrl+Q"}), tr("Quit: all windows come back at the next start")},
        {Area::Tabs, Command::NewTab, keys({"Ctrl+T"}), tr("New tab")},
        {Area::Tabs, Command::CloseTab, keys({"Ctrl+W"}), tr("Close the tab")},
        {Area::Tabs, Command::NextTab, keys({"Ctrl+Tab", "Ctrl+PgDown"}), tr("Next tab")},
        {Area::Tabs, Command::PreviousTab, keys({"Ctrl+Shift+Tab", "Ctrl+PgUp"}), tr("Previous tab")},
        {Area::Rows, Command::Filter, keys({"Ctrl+F"}), tr("Filter, or search")},
        {Area::Rows, std::nullopt, keys({"Return"}), tr("Open the object")},
        {Area::Rows, std::nullopt, keys({"L"}), tr("Its log")},
        {Area::Rows, std::nullopt, keys({"Y"}), tr("Its YAML")},
        {Area::Rows, std::nullopt, keys({"Ctrl+C"}), tr("Copy the rows")},
        {Area::Rows, std::nullopt, keys({"Ctrl+A"}), tr("Choose all rows")},
        {Area::Object, std::nullopt, keys({"Esc"}), tr("Close the pane; in a field, empty it")},
    };
}

QString titleOf(Shortcut::Area area)
{
    switch (area) {
    case Shortcut::Area::Window:
        return tr("Window");
    case Shortcut::Area::Tabs:
        return tr("Tabs");
    case Shortcut::Area::Rows:
        return tr("Rows");
    case Shortcut::Area::Object:
        return tr("Object");
    }
    return {};
}

void installShortcuts(QWidget &window, const std::function<void(Command)> &run)
{
    for (const Shortcut &shortcut : allShortcuts()) {
        if (!shortcut.command)
            continue;
        for (const QKeySequence &keys : shortcut.keys) {
            auto *const listener = new QShortcut(keys, &window);
            QObject::connect(listener, &QShortcut::activated, &window, [run, command = *shortcut.command] { run(command); });
        }
    }
}

} // namespace fairlead::ui
