// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icons.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QStyle>

#include <optional>

class QAbstractButton;

/// How our controls look in each state: one function a control, called by the control, by the style and by the gallery.
/// `state`: of QStyle's flags Enabled, MouseOver, Sunken, On and HasFocus (which means: the ring is drawn).
namespace fairlead::ui {

enum class ButtonKind {
    Normal,
    Primary, ///< one a page
    Danger,  ///< in dialogs that ask
    Flat,    ///< no outline until the pointer is over it
    Link,    ///< a word that leads somewhere
};

struct ButtonLook {
    ButtonKind kind = ButtonKind::Normal;
    QString text; ///< as shown, no mnemonic
    std::optional<Icon> icon;
    std::optional<Ink> iconInk; ///< none: muted, or the text's on a filled button
    bool menu = false;          ///< an arrow behind the text
    QString caption;            ///< muted, before the text
    bool strong = false;        ///< the text is a name that is meant
    bool small = false;         ///< beside what matters more
    Shape shape = Shape::None;  ///< how that does
};

[[nodiscard]] QSize buttonSize(const Theme &theme, const ButtonLook &look);
void paintButton(QPainter &painter, const Theme &theme, const QRectF &rect, const ButtonLook &look, QStyle::State state);

struct ChipLook {
    Shape shape = Shape::None;
    QString text;
    QString count;
    bool none = false; ///< the count is 0
};

[[nodiscard]] QSize chipSize(const Theme &theme, const ChipLook &look);
void paintChip(QPainter &painter, const Theme &theme, const QRectF &rect, const ChipLook &look, QStyle::State state);

/// The ground of a control that is not filled.
[[nodiscard]] QColor controlGround(const Tokens &tokens, QStyle::State state);
/// Drawn over a control that has the keyboard's focus.
void paintFocusRing(QPainter &painter, const Tokens &tokens, const QRectF &rect);
void paintCheckBox(QPainter &painter, const Tokens &tokens, const QRectF &rect, QStyle::State state);
void paintRadioButton(QPainter &painter, const Tokens &tokens, const QRectF &rect, QStyle::State state);
/// `wrong`: what was typed is refused.
void paintField(QPainter &painter, const Tokens &tokens, const QRectF &rect, QStyle::State state, bool wrong);

/// What the button's own state asks for. The focus ring is drawn after a key, not after a click.
[[nodiscard]] QStyle::State stateOf(const QAbstractButton &button);

} // namespace fairlead::ui
