// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/looksmenu.h"

#include "ui/widgets/appearance.h"
#include "ui/widgets/dropbutton.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QMenu>

#include <functional>
#include <utility>
#include <vector>

namespace fairlead::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LooksMenu", text);
}

/// A choice of one among several; `chosen` is what another window may have changed meanwhile.
template<typename Value>
void addChoice(
    DropButton &button, const std::vector<std::pair<Value, QString>> &all, std::function<Value()> chosen, const std::function<void(Value)> &choose)
{
    auto *group = new QActionGroup(&button);
    for (const auto &[value, name] : all) {
        QAction *const action = group->addAction(button.menu()->addAction(name));
        action->setCheckable(true);
        action->setChecked(value == chosen());
        QObject::connect(action, &QAction::triggered, &button, [choose, value = value] { choose(value); });
    }
    QObject::connect(&button, &DropButton::opening, group, [group, all, chosen = std::move(chosen)] {
        for (std::size_t at = 0; at < all.size(); ++at)
            group->actions().at(int(at))->setChecked(all[at].first == chosen());
    });
    button.menu()->addSeparator();
}

} // namespace

void addLooks(DropButton &button, Appearance &appearance, Settings &settings)
{
    using Choice = Appearance::Choice;
    addChoice<Choice>(
        button, {{Choice::System, tr("As the desktop")}, {Choice::Light, tr("Light")}, {Choice::Dark, tr("Dark")}},
        [&appearance] { return appearance.choice(); },
        [&appearance, &settings](Choice choice) {
            appearance.setChoice(choice);
            settings.set(QLatin1String(looksKey), int(choice));
        });
    addChoice<Density>(
        button, {{Density::Compact, tr("Compact rows")}, {Density::Usual, tr("Usual rows")}, {Density::Comfortable, tr("Comfortable rows")}},
        [&appearance] { return appearance.density(); },
        [&appearance, &settings](Density density) {
            appearance.setDensity(density);
            settings.set(QLatin1String(rowsKey), int(density));
        });
}

Density rememberedDensity(const Settings &settings)
{
    const int kept = settings.value(QLatin1String(rowsKey)).toInt(int(Density::Usual));
    return kept == int(Density::Compact) || kept == int(Density::Comfortable) ? Density(kept) : Density::Usual;
}

} // namespace fairlead::ui
