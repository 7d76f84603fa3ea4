// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/banner.h"

#include "ui/widgets/button.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>

namespace fairlead::ui {

Banner::Banner(const Theme &theme, Hairline hairline, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_hairline(hairline)
    , m_sentence(new PlainLabel(theme, FontRole::Bold, theme.tokens().text))
    , m_rest(new PlainLabel(theme, FontRole::Body, theme.tokens().text))
    , m_action(new Button(theme, ButtonKind::Link, QString()))
{
    const int line = hairline == Hairline::Below ? 1 : 0;
    setFixedHeight(measure::notice + line);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(measure::margin + measure::shape + 6, 0, measure::margin, line);
    row->setSpacing(6);
    row->addWidget(m_sentence);
    row->addWidget(m_rest, 1);
    row->addWidget(m_action);
    m_action->hide();
    connect(m_action, &QAbstractButton::clicked, this, &Banner::acted);
}

void Banner::say(Shape shape, const QString &sentence, const QString &rest)
{
    m_shape = shape;
    m_sentence->setLine(sentence);
    m_rest->setLine(rest);
    setAccessibleName(rest.isEmpty() ? sentence : sentence + QLatin1Char(' ') + rest);
    update();
}

void Banner::offer(const QString &action, std::optional<Icon> icon)
{
    m_action->setVisible(!action.isEmpty());
    m_action->setKind(icon ? ButtonKind::Flat : ButtonKind::Link);
    m_action->setWords(action);
    if (icon)
        m_action->showIcon(*icon);
    // The word's end stands where the window's other ends do.
    layout()->setContentsMargins(
        measure::margin + measure::shape + 6, 0, icon ? measure::inside : measure::margin - 4, m_hairline == Hairline::Below ? 1 : 0);
}

void Banner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = m_theme.tokens();
    const QColor colour = shapeColour(t, m_shape);
    painter.fillRect(rect(), tint(t, colour));
    if (m_hairline == Hairline::Below)
        painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
    drawShape(painter, QRectF(measure::margin, 0, measure::shape, measure::notice), m_shape, colour);
}

} // namespace fairlead::ui
