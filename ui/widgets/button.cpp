// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/button.h"

#include "ui/widgets/accessiblebutton.h"
#include "ui/widgets/text.h"

#include <QKeyEvent>
#include <QPainter>

namespace fairlead::ui {

Button::Button(const Theme &theme, ButtonKind kind, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    AccessibleButton::install();
    m_look.kind = kind;
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    if (kind == ButtonKind::Link)
        setCursor(Qt::PointingHandCursor);
    setWords(text);
}

Button::Button(const Theme &theme, ButtonKind kind, Icon icon, const QString &text, QWidget *parent)
    : Button(theme, kind, text, parent)
{
    m_look.icon = icon;
}

Button *Button::onlyIcon(const Theme &theme, Icon icon, const QString &name, QWidget *parent)
{
    auto *made = new Button(theme, ButtonKind::Flat, icon, QString(), parent);
    made->setAccessibleName(name);
    made->setToolTip(toolTipText(name));
    return made;
}

void Button::setWords(const QString &text)
{
    m_look.text = text;
    if (!text.isEmpty()) {
        setAccessibleName(text);
        setText(itemText(text)); // no mnemonic
    }
    updateGeometry();
    update();
}

void Button::setKind(ButtonKind kind)
{
    m_look.kind = kind;
    updateGeometry();
    update();
}

void Button::showIcon(Icon icon, std::optional<Ink> ink)
{
    m_look.icon = icon;
    m_look.iconInk = ink;
    updateGeometry();
    update();
}

void Button::showShape(Shape shape)
{
    m_look.shape = shape;
    updateGeometry();
    update();
}

void Button::setSmall(bool small)
{
    m_look.small = small;
    updateGeometry();
    update();
}

void Button::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyle::State state = stateOf(*this);
    ButtonLook look = m_look;
    // A switch that is on shows it without the pointer over it.
    if (isChecked() && !look.iconInk)
        look.iconInk = &Tokens::accent;
    paintButton(painter, m_theme, rect(), look, state);
}

void Button::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace fairlead::ui
