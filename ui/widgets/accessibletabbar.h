// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessibleWidget>
#include <QList>

class QTabBar;

namespace fairlead::ui {

/// What a screen reader is told of a tab bar. Qt's own interface calls the bar by the words of the tab in front, and strips every & of a
/// tab's words, also those that are meant.
///
/// Promise: role PageTabList, named as the bar is; its children are the tabs in their order, nothing else, role PageTab, by the words that
/// are seen (or the accessible name of the tab); the one in front is selected, and only focused where the bar is. Pressing one brings it
/// to the front.
/// Thread: GUI. Owner: Qt's registry.
class AccessibleTabBar : public QAccessibleWidget {
public:
    explicit AccessibleTabBar(QTabBar *bar);
    ~AccessibleTabBar() override;

    /// From now on every tab bar gets this interface. Can be called again.
    static void install();

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    [[nodiscard]] QAccessibleInterface *focusChild() const override;

private:
    [[nodiscard]] QTabBar &bar() const;

    mutable QList<QAccessible::Id> m_ids; ///< by the tab's number; kept where a tab is closed, for the next one there
};

} // namespace fairlead::ui
