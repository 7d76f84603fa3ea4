// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/contextband.h"

#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"

#include <QPainter>

namespace fairlead::ui {

ContextBand::ContextBand(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setContext(nullptr);
}

void ContextBand::setContext(const contexts::ContextFacts *facts)
{
    m_production = facts != nullptr && facts->production;
    m_colour = facts != nullptr ? m_theme.contextColour(facts->identity) : m_theme.tokens().edge;
    setFixedHeight(m_production ? measure::bandProduction : measure::band);
    update();
}

void ContextBand::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_production)
        drawHatch(painter, rect(), m_colour, mix(m_colour, m_theme.tokens().surface, 0.55), 10);
    else
        painter.fillRect(rect(), m_colour);
}

} // namespace fairlead::ui
