// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/factlink.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

FactLink::FactLink(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setFont(theme.font(FontRole::Body));
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FactLink::setTarget(const QString &text, int stem, const Destination &target)
{
    m_target = target;
    if (m_text == text && m_stem == stem)
        return;
    m_text = text;
    m_stem = stem;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

Destination FactLink::destination() const
{
    Destination target = m_target;
    target.newTab = m_newTab;
    return target;
}

int FactLink::wantedWidth() const
{
    return int(std::ceil(textWidth(m_text, font(), Shaping::Exact))) + 1;
}

QSize FactLink::sizeHint() const
{
    return {wantedWidth(), int(std::ceil(QFontMetricsF(font()).height()))};
}

QSize FactLink::minimumSizeHint() const
{
    return {std::min(24, wantedWidth()), sizeHint().height()};
}

bool FactLink::hitButton(const QPoint &point) const
{
    return point.x() >= 0 && point.x() < wantedWidth();
}

void FactLink::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    const QRectF place = contentsRect();
    const QString shown = elidedName(m_text, m_stem < 0 ? m_text.size() : m_stem, font(), place.width());
    const qreal width = drawText(painter, place, Qt::AlignLeft, shown, font(), t.accent, Shaping::Exact);
    const QStyle::State state = stateOf(*this);
    if (state & QStyle::State_MouseOver) {
        const qreal base = std::round(place.center().y() + QFontMetricsF(font()).capHeight() / 2) + 2;
        painter.fillRect(QRectF(place.left(), base, width, 1), t.accent);
    }
    if (state & QStyle::State_HasFocus)
        paintFocusRing(painter, t, QRectF(place.left() - 2, 1, std::min(width + 4, place.width() + 2), height() - 2));
}

void FactLink::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        m_newTab = event->modifiers() & Qt::ControlModifier;
        click();
        m_newTab = false;
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void FactLink::mouseReleaseEvent(QMouseEvent *event)
{
    m_newTab = event->modifiers() & Qt::ControlModifier || event->button() == Qt::MiddleButton;
    if (event->button() == Qt::MiddleButton) {
        if (hitButton(event->position().toPoint()))
            click();
    } else {
        QAbstractButton::mouseReleaseEvent(event);
    }
    m_newTab = false;
}

void FactLink::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    updateToolTip();
}

void FactLink::updateToolTip()
{
    setToolTip(wantedWidth() - 1 > contentsRect().width() ? toolTipText(m_text) : QString());
}

} // namespace fairlead::ui
