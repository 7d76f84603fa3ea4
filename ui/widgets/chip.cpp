// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chip.h"

#include "ui/widgets/accessiblebutton.h"
#include "ui/widgets/text.h"

#include <QKeyEvent>
#include <QPainter>

namespace fairlead::ui {

Chip::Chip(const Theme &theme, Shape shape, const QString &name, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_shape(shape)
    , m_name(name)
{
    AccessibleButton::install();
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(itemText(name));
    this->name();
}

void Chip::setCount(std::optional<qsizetype> count)
{
    if (count == m_count)
        return;
    const QSize before = sizeHint();
    m_count = count;
    name();
    if (sizeHint() != before)
        updateGeometry();
    update();
}

void Chip::setNarrow(bool narrow)
{
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    name();
    updateGeometry();
    update();
}

void Chip::name()
{
    setAccessibleName(m_count ? QStringLiteral("%1 %2").arg(m_name, grouped(*m_count)) : m_name);
    setToolTip(m_narrow ? toolTipText(accessibleName()) : QString());
}

ChipLook Chip::look() const
{
    return {.shape = m_shape, .text = m_narrow ? QString() : m_name, .count = m_count ? grouped(*m_count) : QString(), .none = m_count == 0};
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintChip(painter, m_theme, rect(), look(), stateOf(*this));
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace fairlead::ui
