// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plainlabel.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

PlainLabel::PlainLabel(const Theme &theme, FontRole font, const QColor &colour, Shaping shaping, QWidget *parent)
    : PlainLabel(theme, font, inkOf(theme.tokens(), colour), shaping, parent)
{
}

PlainLabel::PlainLabel(const Theme &theme, FontRole font, Ink ink, Shaping shaping, QWidget *parent)
    : QLabel(parent)
    , m_theme(theme)
    , m_ink(ink)
    , m_shaping(shaping)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::NoTextInteraction);
    setFont(theme.font(font));
    takeColour();
}

void PlainLabel::setInk(Ink ink)
{
    m_ink = ink;
    takeColour();
    update();
}

void PlainLabel::takeColour()
{
    // Nothing is set where nothing differs: a palette that is set tells of a change, and that is where this is called from.
    const QColor colour = m_theme.colour(m_ink);
    QPalette own = palette();
    if (own.color(QPalette::Active, QPalette::WindowText) == colour && own.color(QPalette::Disabled, QPalette::WindowText) == m_theme.tokens().faint)
        return;
    own.setColor(QPalette::WindowText, colour);
    own.setColor(QPalette::Disabled, QPalette::WindowText, m_theme.tokens().faint);
    setPalette(own);
}

void PlainLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        takeColour();
}

void PlainLabel::setLine(const QString &text)
{
    setText(text);
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
}

QSize PlainLabel::sizeHint() const
{
    if (wordWrap())
        return QLabel::sizeHint();
    return {int(std::ceil(textWidth(text(), font(), m_shaping))), int(std::ceil(QFontMetricsF(font()).height()))};
}

QSize PlainLabel::minimumSizeHint() const
{
    return wordWrap() ? QLabel::minimumSizeHint() : QSize(0, sizeHint().height());
}

bool PlainLabel::cut() const
{
    return !wordWrap() && elided(text(), font(), width(), m_shaping) != text();
}

void PlainLabel::paintEvent(QPaintEvent *event)
{
    if (wordWrap()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    drawText(painter, rect(), alignment(), text(), font(), isEnabled() ? m_theme.colour(m_ink) : m_theme.tokens().faint, m_shaping);
}

void PlainLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    updateToolTip();
}

void PlainLabel::updateToolTip()
{
    setToolTip(cut() ? toolTipText(text()) : QString());
}

} // namespace fairlead::ui
