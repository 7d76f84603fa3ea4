// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/statusline.h"

#include "ui/widgets/accessiblerole.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>

#include <cmath>

namespace fairlead::ui {

StatusLine::StatusLine(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_right(new PlainLabel(theme, FontRole::Small, theme.tokens().muted, Shaping::Exact))
{
    speakAs(*this, QAccessible::StatusBar);
    setFixedHeight(measure::status);
    m_right->setAlignment(Qt::AlignRight);
    m_right->setMaximumWidth(480);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(measure::margin, 1, measure::margin, 0);
    row->addStretch(1);
    row->addWidget(m_right);
}

void StatusLine::say(Shape shape, const QStringList &facts, const QString &right, std::optional<Icon> icon)
{
    m_shape = shape;
    m_icon = icon;
    m_facts = facts;
    m_right->setLine(right);
    setAccessibleName(facts.join(QStringLiteral(", ")));
    update();
}

void StatusLine::paintEvent(QPaintEvent *)
{
    const Tokens &t = m_theme.tokens();
    QPainter painter(this);
    painter.fillRect(rect(), t.raised);
    painter.fillRect(QRect(0, 0, width(), 1), t.line);
    qreal x = measure::margin;
    const qreal end = m_right->geometry().left() - measure::group;
    if (m_icon) {
        drawIcon(painter, QRectF(x, 1, measure::icon, height() - 1), *m_icon, t.muted);
        x += measure::icon + 5;
    } else if (m_shape != Shape::None) {
        drawShape(painter, QRectF(x, 1, measure::shape, height() - 1), m_shape, shapeColour(t, m_shape));
        x += measure::shape + 5;
    }
    const QFont font = m_theme.font(FontRole::Small);
    for (qsizetype i = 0; i < m_facts.size(); ++i) {
        if (i > 0) {
            painter.fillRect(QRectF(std::round(x + 7), 7, 1, height() - 13), t.edge);
            x = std::round(x + 15);
        }
        x += drawText(painter, QRectF(x, 1, end - x, height() - 1), Qt::AlignLeft, m_facts[i], font, t.muted, Shaping::Exact);
    }
}

} // namespace fairlead::ui
