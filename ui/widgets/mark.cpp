// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mark.h"

#include "ui/widgets/measures.h"

#include <QPainter>

#include <utility>

namespace fairlead::ui {

Mark::Mark(const Theme &theme, What what, Ink ink, QSize size)
    : m_theme(theme)
    , m_what(what)
    , m_ink(ink)
{
    if (what == What::Line) {
        setFixedHeight(1);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    } else {
        setFixedSize(size);
    }
}

Mark *Mark::icon(const Theme &theme, Icon icon, int size, Ink ink)
{
    auto *mark = new Mark(theme, What::Icon, ink, {size, size});
    mark->m_icon = icon;
    return mark;
}

Mark *Mark::shape(const Theme &theme, Shape shape)
{
    auto *mark = new Mark(theme, What::Shape, &Tokens::text, {measure::shape, measure::shape});
    mark->m_shape = shape;
    return mark;
}

Mark *Mark::hairline(const Theme &theme, Ink ink)
{
    return new Mark(theme, What::Line, ink, {});
}

void Mark::setStale(bool stale)
{
    if (std::exchange(m_stale, stale) != stale)
        update();
}

void Mark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    switch (m_what) {
    case What::Icon:
        drawIcon(painter, rect(), m_icon, m_theme.colour(m_ink));
        break;
    case What::Shape:
        drawShape(painter, rect(), m_shape, m_stale ? m_theme.tokens().muted : shapeColour(m_theme.tokens(), m_shape));
        break;
    case What::Line:
        painter.fillRect(rect(), m_theme.colour(m_ink));
        break;
    }
}

} // namespace fairlead::ui
