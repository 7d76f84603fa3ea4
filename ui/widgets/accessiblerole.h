// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAccessible>

class QWidget;

namespace fairlead::ui {

/// What a screen reader is told that a widget of ours is; Qt says "filler" of every class that it does not know. To be called first in the
/// constructor of its class, before it has a name: an interface that was made before keeps its role.
void speakAs(QWidget &widget, QAccessible::Role role);

} // namespace fairlead::ui
