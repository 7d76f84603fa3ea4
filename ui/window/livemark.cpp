// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/livemark.h"

#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <cmath>

namespace fairlead::ui {

LiveMark::LiveMark(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    speakAs(*this, QAccessible::StaticText);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void LiveMark::say(Shape shape, const QString &words, const QString &more)
{
    setToolTip(toolTipText(more));
    setAccessibleDescription(more);
    if (shape == m_shape && words == m_words)
        return;
    m_shape = shape;
    m_words = words;
    setAccessibleName(words);
    setVisible(!words.isEmpty());
    updateGeometry();
    update();
}

QSize LiveMark::sizeHint() const
{
    return {measure::shape + 5 + int(std::ceil(textWidth(m_words, m_theme.font(FontRole::Body), Shaping::Exact))), measure::control};
}

void LiveMark::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    drawShape(painter, QRectF(0, 0, measure::shape, height()), m_shape, shapeColour(t, m_shape));
    drawText(painter, QRectF(measure::shape + 5, 0, width() - measure::shape - 5, height()), Qt::AlignLeft, m_words, m_theme.font(FontRole::Body),
        t.text, Shaping::Exact);
}

} // namespace fairlead::ui
