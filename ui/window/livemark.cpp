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

void LiveMark::say(Shape shape, const QString &words, const QString &more, std::optional<Icon> icon)
{
    setToolTip(toolTipText(more));
    setAccessibleDescription(more);
    if (shape == m_shape && words == m_words && icon == m_icon)
        return;
    m_shape = shape;
    m_icon = icon;
    m_words = words;
    setAccessibleName(words);
    setVisible(!words.isEmpty());
    updateGeometry();
    update();
}

int LiveMark::markWidth() const
{
    return m_icon ? measure::icon : measure::shape;
}

QSize LiveMark::sizeHint() const
{
    return {markWidth() + 5 + int(std::ceil(textWidth(m_words, m_theme.font(FontRole::Body), Shaping::Exact))), measure::control};
}

void LiveMark::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    if (m_icon)
        drawIcon(painter, QRectF(0, 0, measure::icon, height()), *m_icon, t.text);
    else
        drawShape(painter, QRectF(0, 0, measure::shape, height()), m_shape, shapeColour(t, m_shape));
    drawText(painter, QRectF(markWidth() + 5, 0, width() - markWidth() - 5, height()), Qt::AlignLeft, m_words, m_theme.font(FontRole::Body), t.text,
        Shaping::Exact);
}

} // namespace fairlead::ui
