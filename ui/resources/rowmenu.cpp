// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/resources/rowmenu.h"

#include "ui/widgets/icons.h"

#include <QCoreApplication>
#include <QMenu>

namespace fairlead::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::RowMenu", text);
}

} // namespace

QMenu *makeRowMenu(const Theme &theme, bool hasLogs, const OpenRow &open, QWidget *parent)
{
    auto *const menu = new QMenu(parent);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](Icon icon, const QString &words, Qt::Key key, const std::string &tab) {
        QAction *const action = menu->addAction(iconOf(theme, icon), words);
        action->setShortcut(key);
        QObject::connect(action, &QAction::triggered, parent, [open, tab] { open(tab, false); });
    };
    add(Icon::External, tr("Open"), Qt::Key_Return, {});
    QObject::connect(menu->addAction(tr("Open in a new tab")), &QAction::triggered, parent, [open] { open({}, true); });
    if (hasLogs)
        add(Icon::File, tr("Log"), Qt::Key_L, "log");
    add(Icon::File, tr("YAML"), Qt::Key_Y, "yaml");
    return menu;
}

QMenu *addCopyMenu(QMenu &menu, const Theme &theme)
{
    menu.addSeparator();
    return menu.addMenu(iconOf(theme, Icon::Copy), tr("Copy"));
}

} // namespace fairlead::ui
