// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plainlabel.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

PlainLabel::PlainLabel(const Theme &theme, FontRole font, const QColor &colour, Shaping shaping, QWidget *parent)
    : QLabel(parent)
    , m_colour(colour)
    , m_shaping(shaping)
{
    setTextFormat(Qt::PlainText);
    setTextInteractionFlags(Qt::NoTextInteraction);
    setFont(theme.font(font));
    QPalette own = palette();
    own.setColor(QPalette::WindowText, colour);
    setPalette(own);
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
    drawText(painter, rect(), alignment(), text(), font(), m_colour, m_shaping);
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
