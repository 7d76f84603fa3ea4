// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clusters/problempane.h"

#include "ui/widgets/banner.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/plainlabel.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace fairlead::ui {

ProblemPane::ProblemPane(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_banner(new Banner(theme, Banner::Hairline::None))
    , m_remedy(new PlainLabel(theme, FontRole::Body, theme.tokens().text))
    , m_place(new PlainLabel(theme, FontRole::Small, theme.tokens().muted, Shaping::Exact))
{
    m_place->setAlignment(Qt::AlignRight);
    m_place->setMaximumWidth(360);
    auto *below = new QHBoxLayout;
    // Under the banner's words, not under its shape.
    below->setContentsMargins(measure::margin + measure::shape + 6, measure::between, measure::margin, measure::between);
    below->setSpacing(measure::group);
    below->addWidget(m_remedy, 1);
    below->addWidget(m_place);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_banner);
    column->addLayout(below);
}

void ProblemPane::say(Shape shape, const QString &name, const QString &why, const QString &remedy, const QString &place)
{
    m_banner->say(shape, name, why);
    m_remedy->setLine(remedy);
    m_place->setLine(place);
}

void ProblemPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.tokens().line);
}

} // namespace fairlead::ui
