// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

class QAbstractButton;

namespace fairlead::ui {

/// What a screen reader is told of our buttons, chips and segments. Qt's own interface answers the action "toggle" by changing the check
/// mark alone: clicked() is not sent, and who listens to it does nothing while the button says that it is chosen. This one clicks.
///
/// Promise: role Button, CheckBox or RadioButton by what the button is; each action does what a click does, and a disabled one has none.
/// Thread: GUI. Owner: Qt's registry. Installed by the widgets that it speaks for.
class AccessibleButton : public QAccessibleWidget {
public:
    explicit AccessibleButton(QAbstractButton *button);

    /// From now on our buttons get this interface. Can be called again.
    static void install();

    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    [[nodiscard]] QStringList actionNames() const override;
    void doAction(const QString &name) override;

private:
    [[nodiscard]] QAbstractButton &button() const;
    [[nodiscard]] QString ownAction() const;
};

} // namespace fairlead::ui
