// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QSize>

class QPainter;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionTab;
class QTabBar;

/// How the style draws the items of menus, tab bars and column captions.
namespace fairlead::ui {

/// A text with its mnemonic marks taken out: "&Save && close" is "Save & close".
[[nodiscard]] QString withoutMnemonic(const QString &text);

[[nodiscard]] QSize menuItemSize(const Theme &theme, const QStyleOptionMenuItem &item);
void paintMenuItem(QPainter &painter, const Theme &theme, const QStyleOptionMenuItem &item);
[[nodiscard]] QColor menuGround(const Tokens &tokens);

/// Two looks: the window's pages (documentMode), and the parts of one page, underlined. A tab's data, where it is a text, is a count
/// behind its name.
[[nodiscard]] QSize tabSize(const Theme &theme, const QStyleOptionTab &tab, const QTabBar *bar);
void paintTabShape(QPainter &painter, const Theme &theme, const QStyleOptionTab &tab, const QTabBar *bar);
void paintTabLabel(QPainter &painter, const Theme &theme, const QStyleOptionTab &tab, const QTabBar *bar);

void paintCaption(QPainter &painter, const Theme &theme, const QStyleOptionHeader &header);

} // namespace fairlead::ui
