// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mark.h"

#include "ui/widgets/measures.h"

#include <QPainter>

namespace fairlead::ui {

Mark::Mark(What what, const QColor &colour, QSize size)
    : m_what(what)
    , m_colour(colour)
{
    if (what == What::Line) {
        setFixedHeight(1);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setFixedSize(size);
    }
}

Mark *Mark::icon(const Theme &theme, Icon icon, int size)
{
    auto *mark = new Mark(What::Icon, theme.tokens().muted, {size, size});
    mark->m_icon = icon;
    return mark;
}

Mark *Mark::shape(const Theme &theme, Shape shape)
{
    auto *mark = new Mark(What::Shape, shapeColour(theme.tokens(), shape), {measure::shape, measure::shape});
    mark->m_shape = shape;
    return mark;
}

Mark *Mark::hairline(const QColor &colour)
{
    return new Mark(What::Line, colour, {});
}

void Mark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    switch (m_what) {
    case What::Icon:
        drawIcon(painter, rect(), m_icon, m_colour);
        break;
    case What::Shape:
        drawShape(painter, rect(), m_shape, m_colour);
        break;
    case What::Line:
        painter.fillRect(rect(), m_colour);
        break;
    }
}

} // namespace fairlead::ui
