// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/looksmenu.h"

#include "ui/widgets/appearance.h"
#include "ui/widgets/dropbutton.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

#include <utility>

namespace fairlead::ui {

void addLooks(DropButton &button, Appearance &appearance, Settings &settings)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("LooksMenu", text); };
    QMenu &menu = *button.menu();
    auto *looks = new QActionGroup(&button);
    const std::pair<Appearance::Choice, QString> all[] = {
        {Appearance::Choice::System, tr("As the desktop")}, {Appearance::Choice::Light, tr("Light")}, {Appearance::Choice::Dark, tr("Dark")}};
    for (const auto &[choice, name] : all) {
        QAction *const action = looks->addAction(menu.addAction(name));
        action->setCheckable(true);
        action->setChecked(choice == appearance.choice());
        QObject::connect(action, &QAction::triggered, &button, [&appearance, &settings, choice = choice] {
            appearance.setChoice(choice);
            settings.set(QLatin1String(looksKey), int(choice));
        });
    }
    // Another window may have chosen.
    QObject::connect(&button, &DropButton::opening, looks, [&appearance, looks] { looks->actions().at(int(appearance.choice()))->setChecked(true); });
    menu.addSeparator();
}

} // namespace fairlead::ui
