// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>

class QAbstractButton;

namespace fairlead::ui {

/// What a screen reader is told of our buttons: chips, segments, those that open something. Qt's own interface answers the action "toggle" by
/// changing the check mark alone: clicked() is not sent, and who listens to it does nothing while the button says that it is chosen. This one clicks.
///
/// What a drop button has opened is its child: Qt counts no popup among the program's windows, so that nobody would find it.
///
/// Promise: role Button, CheckBox or RadioButton by what the button is; each action does what a click does, and a disabled one has none.
/// Thread: GUI. Owner: Qt's registry. Installed by the widgets that it speaks for.
class AccessibleButton : public QAccessibleWidget {
public:
    explicit AccessibleButton(QAbstractButton *button);

    /// From now on our buttons get this interface. Can be called again.
    static void install();

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessible::State state() const override;
    [[nodiscard]] QString text(QAccessible::Text which) const override;
    [[nodiscard]] QStringList actionNames() const override;
    void doAction(const QString &name) override;

private:
    [[nodiscard]] QAbstractButton &button() const;
    [[nodiscard]] QWidget *opened() const; ///< null: nothing
    [[nodiscard]] QString ownAction() const;
};

} // namespace fairlead::ui
