// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessibletab.h"

#include "ui/widgets/itempaint.h"

namespace fairlead::ui {

AccessibleTab::AccessibleTab(QTabBar *bar, int tab)
    : m_bar(bar)
    , m_tab(tab)
{
}

void *AccessibleTab::interface_cast(QAccessible::InterfaceType type)
{
    return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
}

bool AccessibleTab::isValid() const
{
    return m_bar != nullptr && m_tab < m_bar->count();
}

QAccessibleInterface *AccessibleTab::parent() const
{
    return QAccessible::queryAccessibleInterface(m_bar);
}

QString AccessibleTab::text(QAccessible::Text text) const
{
    if (!isValid() || text != QAccessible::Name)
        return {};
    const QString spoken = m_bar->accessibleTabName(m_tab);
    return spoken.isEmpty() ? withoutMnemonic(m_bar->tabText(m_tab)) : spoken;
}

QRect AccessibleTab::rect() const
{
    if (!isValid() || !m_bar->isVisible())
        return {};
    const QRect own = m_bar->tabRect(m_tab);
    return {m_bar->mapToGlobal(own.topLeft()), own.size()};
}

QAccessible::State AccessibleTab::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    const bool current = m_bar->currentIndex() == m_tab;
    state.selectable = true;
    state.selected = current;
    state.focusable = m_bar->focusPolicy() != Qt::NoFocus;
    state.focused = current && m_bar->hasFocus();
    state.disabled = !m_bar->isEnabled() || !m_bar->isTabEnabled(m_tab);
    state.invisible = !m_bar->isVisible() || !m_bar->isTabVisible(m_tab);
    return state;
}

QStringList AccessibleTab::actionNames() const
{
    return isValid() && !state().disabled ? QStringList{pressAction()} : QStringList();
}

void AccessibleTab::doAction(const QString &name)
{
    if (actionNames().contains(name))
        m_bar->setCurrentIndex(m_tab);
}

} // namespace fairlead::ui
