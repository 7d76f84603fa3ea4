// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dropbutton.h"

#include "ui/widgets/accessiblebutton.h"
#include "ui/widgets/text.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScreen>

#include <algorithm>

namespace fairlead::ui {

DropButton::DropButton(const Theme &theme, Frame frame, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    AccessibleButton::install();
    m_look.kind = frame == Frame::Outlined ? ButtonKind::Normal : ButtonKind::Flat;
    m_look.menu = true;
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setWords(text);
    connect(this, &QAbstractButton::clicked, this, &DropButton::open);
}

void DropButton::setWords(const QString &text)
{
    m_look.text = text;
    setText(itemText(text));
    name();
}

void DropButton::setCaption(const QString &caption)
{
    m_look.caption = caption;
    name();
}

void DropButton::setStrong(bool strong)
{
    m_look.strong = strong;
    name();
}

void DropButton::showIcon(Icon icon)
{
    m_look.icon = icon;
    name();
}

void DropButton::showShape(Shape shape, const QString &word)
{
    m_look.shape = shape;
    m_shapeWord = word;
    name();
}

void DropButton::setOnlyIcon(bool only)
{
    m_onlyIcon = only;
    name();
}

void DropButton::setMostWidth(int width)
{
    m_mostWidth = width;
    name();
}

void DropButton::name()
{
    setAccessibleName(m_look.caption.isEmpty() ? m_look.text : QStringLiteral("%1 %2").arg(m_look.caption, m_look.text));
    setAccessibleDescription(m_shapeWord);
    const bool cut = m_mostWidth > 0 && buttonSize(m_theme, m_look).width() > m_mostWidth;
    setToolTip(m_onlyIcon || cut ? toolTipText(m_look.text) : QString());
    updateGeometry();
    update();
}

ButtonLook DropButton::look() const
{
    ButtonLook look = m_look;
    if (m_onlyIcon)
        look.text.clear();
    return look;
}

QSize DropButton::sizeHint() const
{
    const QSize whole = buttonSize(m_theme, look());
    return m_mostWidth > 0 ? QSize(std::min(whole.width(), m_mostWidth), whole.height()) : whole;
}

void DropButton::setMenu(QMenu *menu)
{
    setUpPopup(menu);
}

void DropButton::setPopup(QWidget *popup)
{
    popup->setWindowFlags(Qt::Popup | Qt::FramelessWindowHint);
    setUpPopup(popup);
}

void DropButton::setUpPopup(QWidget *popup)
{
    if (m_popup != nullptr && m_popup != popup)
        m_popup->deleteLater();
    popup->setParent(this, popup->windowFlags());
    popup->hide();
    popup->installEventFilter(this);
    if (popup->accessibleName().isEmpty())
        popup->setAccessibleName(accessibleName());
    m_popup = popup;
}

QMenu *DropButton::menu() const
{
    return qobject_cast<QMenu *>(m_popup);
}

void DropButton::open()
{
    if (m_popup == nullptr || m_popup->isVisible())
        return;
    Q_EMIT opening();
    if (m_popup == nullptr)
        return;
    QPoint corner = mapToGlobal(QPoint(0, height() + 2));
    if (QMenu *const own = menu()) {
        setDown(true);
        own->popup(corner);
        return;
    }
    m_popup->adjustSize();
    if (const QScreen *on = screen()) {
        const QRect room = on->availableGeometry();
        corner.setX(std::max(room.left(), std::min(corner.x(), room.right() - m_popup->width())));
        if (corner.y() + m_popup->height() > room.bottom())
            corner.setY(std::max(room.top(), mapToGlobal(QPoint(0, 0)).y() - m_popup->height() - 2));
    }
    m_popup->move(corner);
    setDown(true);
    m_popup->show();
    m_popup->setFocus(Qt::PopupFocusReason);
}

bool DropButton::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_popup && event->type() == QEvent::Hide)
        setDown(false);
    return QAbstractButton::eventFilter(watched, event);
}

void DropButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintButton(painter, m_theme, rect(), look(), stateOf(*this));
}

void DropButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Down) {
        open();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace fairlead::ui
