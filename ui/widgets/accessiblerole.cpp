// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessiblerole.h"

#include <QAccessibleWidget>
#include <QVariant>
#include <QWidget>

namespace fairlead::ui {

namespace {

constexpr const char *roleProperty = "fairleadAccessibleRole";

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *widget = qobject_cast<QWidget *>(object);
    const QVariant role = widget != nullptr ? widget->property(roleProperty) : QVariant();
    return role.isValid() ? new QAccessibleWidget(widget, QAccessible::Role(role.toInt())) : nullptr;
}

} // namespace

void speakAs(QWidget &widget, QAccessible::Role role)
{
    QAccessible::installFactory(make); // passes over what it knows
    widget.setProperty(roleProperty, int(role));
}

} // namespace fairlead::ui
