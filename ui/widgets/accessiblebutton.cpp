// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessiblebutton.h"

#include "ui/widgets/dropbutton.h"

#include <QAbstractButton>

namespace fairlead::ui {

namespace {

QAccessible::Role roleOf(const QAbstractButton &button)
{
    if (!button.isCheckable())
        return QAccessible::Button;
    return button.autoExclusive() ? QAccessible::RadioButton : QAccessible::CheckBox;
}

/// Asked with each name of the object's classes, the most derived first.
QAccessibleInterface *make(const QString &className, QObject *object)
{
    if (!className.startsWith(QLatin1String("fairlead::ui::")))
        return nullptr; // others know how to speak of theirs
    auto *button = qobject_cast<QAbstractButton *>(object);
    return button != nullptr ? new AccessibleButton(button) : nullptr;
}

} // namespace

AccessibleButton::AccessibleButton(QAbstractButton *button)
    : QAccessibleWidget(button, roleOf(*button))
{
}

void AccessibleButton::install()
{
    QAccessible::installFactory(make); // passes over what it knows
}

QAbstractButton &AccessibleButton::button() const
{
    return *static_cast<QAbstractButton *>(widget());
}

QWidget *AccessibleButton::opened() const
{
    const auto *drop = qobject_cast<const DropButton *>(&button());
    return drop != nullptr && drop->popup() != nullptr && drop->popup()->isVisible() ? drop->popup() : nullptr;
}

int AccessibleButton::childCount() const
{
    return opened() != nullptr ? 1 : QAccessibleWidget::childCount();
}

QAccessibleInterface *AccessibleButton::child(int index) const
{
    QWidget *const popup = opened();
    if (popup == nullptr)
        return QAccessibleWidget::child(index);
    return index == 0 ? QAccessible::queryAccessibleInterface(popup) : nullptr;
}

int AccessibleButton::indexOfChild(const QAccessibleInterface *child) const
{
    QWidget *const popup = opened();
    if (popup == nullptr)
        return QAccessibleWidget::indexOfChild(child);
    return child != nullptr && child->object() == popup ? 0 : -1;
}

QAccessible::State AccessibleButton::state() const
{
    QAccessible::State state = QAccessibleWidget::state();
    state.checkable = button().isCheckable();
    state.checked = button().isChecked();
    state.pressed = button().isDown();
    state.hasPopup = qobject_cast<const DropButton *>(&button()) != nullptr;
    return state;
}

QString AccessibleButton::text(QAccessible::Text which) const
{
    const QString said = QAccessibleWidget::text(which);
    return said.isEmpty() && which == QAccessible::Name ? button().text() : said;
}

QString AccessibleButton::ownAction() const
{
    return button().isCheckable() ? toggleAction() : pressAction();
}

QStringList AccessibleButton::actionNames() const
{
    QStringList names = QAccessibleWidget::actionNames();
    if (button().isEnabled())
        names.prepend(ownAction());
    return names;
}

void AccessibleButton::doAction(const QString &name)
{
    if (name == ownAction() && button().isEnabled())
        button().click();
    else
        QAccessibleWidget::doAction(name);
}

} // namespace fairlead::ui
