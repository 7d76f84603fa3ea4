// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logs/logfoot.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QPainter>

namespace fairlead::ui {

LogFoot::LogFoot(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedHeight(measure::status);
}

void LogFoot::say(Shape shape, const QString &strong, const QString &rest)
{
    if (m_shape == shape && m_strong == strong && m_rest == rest)
        return;
    m_shape = shape;
    m_strong = strong;
    m_rest = rest;
    name();
}

void LogFoot::sayPlace(const QString &place)
{
    if (m_place == place)
        return;
    m_place = place;
    name();
}

void LogFoot::name()
{
    setAccessibleName(m_place.isEmpty() ? said() : said() + QStringLiteral("; ") + m_place);
    setToolTip(toolTipText(said()));
    update();
}

void LogFoot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    painter.fillRect(rect(), t.raised);
    painter.fillRect(0, 0, width(), 1, t.line);
    const QFont small = m_theme.font(FontRole::Small);
    const QFont medium = m_theme.font(FontRole::SmallMedium);
    const QRectF box(measure::margin, 1, width() - 2 * measure::margin, height() - 1);
    const qreal placeWidth = drawText(painter, box, Qt::AlignRight, m_place, small, t.muted, Shaping::Exact);
    const qreal right = box.right() - placeWidth - measure::group;
    qreal x = box.left();
    if (m_shape != Shape::None) {
        drawShape(painter, QRectF(x, box.top(), measure::shape, box.height()), m_shape, shapeColour(t, m_shape));
        x += measure::shape + 7;
    }
    if (!m_strong.isEmpty())
        x += drawText(painter, QRectF(x, box.top(), right - x, box.height()), Qt::AlignLeft, m_strong, medium, t.text, Shaping::Exact) +
             measure::inside;
    drawText(painter, QRectF(x, box.top(), right - x, box.height()), Qt::AlignLeft, m_rest, small, t.muted, Shaping::Exact);
}

} // namespace fairlead::ui
