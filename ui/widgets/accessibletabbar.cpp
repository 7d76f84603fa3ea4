// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessibletabbar.h"

#include "ui/widgets/accessibletab.h"

#include <QTabBar>

#include <utility>

namespace fairlead::ui {

namespace {

/// Asked with each name of the object's classes, the most derived first.
QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *bar = qobject_cast<QTabBar *>(object);
    return bar != nullptr ? new AccessibleTabBar(bar) : nullptr;
}

} // namespace

AccessibleTabBar::AccessibleTabBar(QTabBar *bar)
    : QAccessibleWidget(bar, QAccessible::PageTabList)
{
}

AccessibleTabBar::~AccessibleTabBar()
{
    for (const QAccessible::Id id : std::as_const(m_ids))
        QAccessible::deleteAccessibleInterface(id);
}

void AccessibleTabBar::install()
{
    QAccessible::installFactory(make); // passes over what it knows
}

QTabBar &AccessibleTabBar::bar() const
{
    return *static_cast<QTabBar *>(widget());
}

int AccessibleTabBar::childCount() const
{
    return bar().count();
}

QAccessibleInterface *AccessibleTabBar::child(int index) const
{
    if (index < 0 || index >= childCount())
        return nullptr;
    while (m_ids.size() <= index)
        m_ids.append(QAccessible::registerAccessibleInterface(new AccessibleTab(&bar(), int(m_ids.size()))));
    return QAccessible::accessibleInterface(m_ids.at(index));
}

int AccessibleTabBar::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *tab = dynamic_cast<const AccessibleTab *>(child);
    return tab != nullptr && tab->isValid() ? tab->tab() : -1;
}

QAccessibleInterface *AccessibleTabBar::childAt(int x, int y) const
{
    return child(bar().tabAt(bar().mapFromGlobal(QPoint(x, y))));
}

QAccessibleInterface *AccessibleTabBar::focusChild() const
{
    return bar().hasFocus() ? child(bar().currentIndex()) : nullptr;
}

} // namespace fairlead::ui
