// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tamedchart.h"

#include "ui/widgets/pixels.h"
#include "ui/widgets/text.h"

#include <QChart>
#include <QEvent>
#include <QGraphicsLayout>
#include <QLegend>
#include <QPainter>
#include <QValueAxis>

#include <cmath>

namespace fairlead::ui {

TamedChart::TamedChart(const Theme &theme, QWidget *parent)
    : QChartView(new QChart, parent)
    , m_theme(theme)
{
    QChart *const made = chart();
    made->setMargins({0, 0, 0, 0});
    made->layout()->setContentsMargins(0, 0, 0, 0);
    made->setBackgroundVisible(false);
    made->setBackgroundRoundness(0);
    made->setAnimationOptions(QChart::NoAnimation);
    made->legend()->hide();
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setFocusPolicy(Qt::NoFocus);
    setMinimumHeight(60);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
}

void TamedChart::setStale(bool stale)
{
    if (stale == m_stale)
        return;
    m_stale = stale;
    takeColours();
    viewport()->update();
}

void TamedChart::setInsets(const QMargins &insets)
{
    m_insets = insets;
    place();
}

void TamedChart::place()
{
    chart()->setPlotArea(QRectF(rect().marginsRemoved(m_insets)));
}

QRectF TamedChart::plot() const
{
    return QRectF(rect().marginsRemoved(m_insets));
}

QValueAxis *TamedChart::bareAxis()
{
    auto *axis = new QValueAxis(chart());
    axis->setLabelsVisible(false);
    axis->setLineVisible(false);
    axis->setGridLineVisible(false);
    axis->setMinorGridLineVisible(false);
    return axis;
}

double TamedChart::roundTop(double value)
{
    if (!(value > 2) || !std::isfinite(value))
        return 2;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 4.0, 6.0, 10.0}) {
        if (value <= step * power && std::fmod(step * power, 2) == 0)
            return step * power;
    }
    return 10 * power;
}

void TamedChart::setLabels(const QStringList &x, const QStringList &y)
{
    m_x = x;
    m_y = y;
    viewport()->update();
}

void TamedChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    place();
}

void TamedChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        takeColours();
}

void TamedChart::drawBackground(QPainter *painter, const QRectF &)
{
    painter->save();
    painter->resetTransform();
    const Tokens &t = m_theme.tokens();
    painter->fillRect(rect(), t.surface);
    const QRectF room = plot();
    const qsizetype lines = m_y.size();
    for (qsizetype i = 0; i < lines; ++i) {
        const qreal y = room.bottom() - room.height() * qreal(i) / qreal(std::max<qsizetype>(lines - 1, 1));
        painter->fillRect(onPixels(*painter, QRectF(room.left(), std::round(y), room.width(), 1)), i == 0 ? t.line : t.lineSoft);
    }
    painter->restore();
}

void TamedChart::drawForeground(QPainter *painter, const QRectF &)
{
    painter->save();
    painter->resetTransform();
    const Tokens &t = m_theme.tokens();
    QFont font = m_theme.font(FontRole::Small);
    font.setPointSizeF(8);
    const QRectF room = plot();
    for (qsizetype i = 0; i < m_y.size(); ++i) {
        const qreal y = room.bottom() - room.height() * qreal(i) / qreal(std::max<qsizetype>(m_y.size() - 1, 1));
        drawText(*painter, QRectF(0, y - 8, room.left() - 8, 16), Qt::AlignRight, m_y[i], font, t.muted, Shaping::Exact);
    }
    for (qsizetype i = 0; i < m_x.size(); ++i) {
        const qreal x = room.left() + room.width() * qreal(i) / qreal(std::max<qsizetype>(m_x.size() - 1, 1));
        const qreal wide = textWidth(m_x[i], font, Shaping::Exact) + 2;
        const qreal from = i == 0 ? x : i + 1 == m_x.size() ? x - wide : x - wide / 2; // the outer ones inside
        drawText(*painter, QRectF(from, room.bottom() + 3, wide + 2, 16), Qt::AlignLeft, m_x[i], font, t.muted, Shaping::Exact);
    }
    painter->restore();
}

} // namespace fairlead::ui
