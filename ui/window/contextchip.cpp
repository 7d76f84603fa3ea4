// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/contextchip.h"

#include "items/plaintext.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int beforeName = 24; // the square and its air
constexpr int afterName = 28;  // the arrow and its air
constexpr int square = 8;

} // namespace

ContextChip::ContextChip(const Theme &theme, QWidget *parent)
    : DropButton(theme, Frame::Outlined, QString(), parent)
    , m_theme(theme)
{
}

void ContextChip::setContext(const contexts::ContextFacts &facts)
{
    m_name = items::plainText(facts.name);
    m_identity = facts.identity;
    m_production = facts.production;
    setWords(m_name);
    setAccessibleName(m_production ? tr("Context %1, production").arg(m_name) : tr("Context %1").arg(m_name));
    const QString server = items::plainText(facts.server);
    setToolTip(toolTipText(server.isEmpty() ? m_name : m_name + QLatin1Char('\n') + server));
    updateGeometry();
    update();
}

QSize ContextChip::sizeHint() const
{
    const int name = int(std::ceil(textWidth(m_name, m_theme.font(FontRole::Bold), Shaping::Exact)));
    return {std::min(mostWide, beforeName + name + afterName), measure::control};
}

void ContextChip::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    const bool dark = t.scheme == Scheme::Dark;
    const QColor colour = m_theme.contextColour(m_identity);
    const QStyle::State state = stateOf(*this);
    const double stronger = state & QStyle::State_Sunken ? 0.12 : state & QStyle::State_MouseOver ? 0.06 : 0;
    QPainter painter(this);
    drawBox(painter, rect(), mix(t.raised, colour, (dark ? 0.22 : 0.12) + stronger), mix(t.raised, colour, dark ? 0.6 : 0.55));
    const QRectF mark(9, (height() - square) / 2.0, square, square);
    if (m_production)
        drawHatch(painter, mark, colour, mix(colour, t.raised, 0.7), 4);
    else
        painter.fillRect(mark, colour);
    drawText(painter, QRectF(beforeName, 0, width() - beforeName - afterName + 4, height()), Qt::AlignLeft, m_name, m_theme.font(FontRole::Bold),
        t.text, Shaping::Exact);
    drawIcon(painter, QRectF(width() - 20, 0, 14, height()), Icon::Down, t.text, 1.5);
    if (state & QStyle::State_HasFocus)
        paintFocusRing(painter, t, rect());
}

} // namespace fairlead::ui
