// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/metrics/usagechart.h"

#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int lastRoom = 64;  // at the right of the plot
constexpr int labelRoom = 56; // at its left

// Three labels stand at whole figures: of cores and bytes alike a round share of the largest.
double topOf(double largest)
{
    if (!(largest > 0))
        return 1;
    const double unit = std::pow(2.0, std::floor(std::log2(largest)));
    for (const double factor : {1.0, 1.25, 1.5, 1.75, 2.0}) {
        if (largest <= unit * factor)
            return unit * factor;
    }
    return unit * 2;
}

} // namespace

UsageChart::UsageChart(const Theme &theme, std::function<QString(double)> words, QWidget *parent)
    : TamedChart(theme, parent)
    , m_words(std::move(words))
    , m_time(bareAxis())
    , m_values(bareAxis())
{
    setInsets({labelRoom, above + 4, lastRoom, below});
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_values, Qt::AlignLeft);
    setRenderHint(QPainter::Antialiasing, true);
    addRun();
    takeColours();
}

void UsageChart::addRun()
{
    Run run{new QLineSeries(this), new QLineSeries(this), nullptr};
    run.area = new QAreaSeries(run.line, run.base);
    chart()->addSeries(run.area);
    run.area->attachAxis(m_time);
    run.area->attachAxis(m_values);
    m_runs.append(run);
}

void UsageChart::takeColours()
{
    const Tokens &t = m_theme.tokens();
    const QColor own = ink(&Tokens::progress);
    for (const Run &run : std::as_const(m_runs)) {
        QPen pen(own, 1.5);
        pen.setCosmetic(true);
        run.area->setPen(pen);
        run.area->setBrush(mix(t.surface, own, t.scheme == Scheme::Dark ? 0.16 : 0.10));
    }
}

QList<QList<QPointF>> UsageChart::runs(const QList<Sample> &samples)
{
    QList<QList<QPointF>> runs;
    for (qsizetype i = 0; i < samples.size(); ++i) {
        if (i == 0 || samples[i].at - samples[i - 1].at > longestGap)
            runs.append(QList<QPointF>());
        runs.last().append(QPointF(qreal((samples[i].at - samples[0].at).count()), samples[i].value));
    }
    return runs;
}

void UsageChart::show(const Shown &shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    const QList<QList<QPointF>> runs = UsageChart::runs(shown.samples);
    while (m_runs.size() < runs.size())
        addRun();
    for (qsizetype i = 0; i < m_runs.size(); ++i) {
        const QList<QPointF> line = i < runs.size() ? runs[i] : QList<QPointF>();
        m_runs[i].line->replace(line);
        m_runs[i].base->replace(line.isEmpty() ? line : QList<QPointF>{{line.first().x(), 0}, {line.last().x(), 0}});
    }
    double largest = std::max(shown.most, shown.asked);
    for (const Sample &sample : shown.samples)
        largest = std::max(largest, sample.value);
    m_top = topOf(largest);
    m_values->setRange(0, m_top);
    takeColours();
    if (shown.samples.isEmpty()) {
        setLabels({}, {});
        return;
    }
    const Moment first = shown.samples.first().at;
    const Moment last = std::max(shown.samples.last().at, first + shortest);
    m_time->setRange(0, double((last - first).count()));
    setLabels({clockText(first), clockText(first + (last - first) / 2), clockText(last)}, {QStringLiteral("0"), m_words(m_top / 2), m_words(m_top)});
}

void UsageChart::drawLimit(QPainter &painter, double value, Ink colour, const QString &word) const
{
    if (!(value > 0))
        return;
    const QRectF room = plot();
    const qreal y = std::round(room.bottom() - room.height() * value / m_top) + 0.5;
    QPen pen(ink(colour), 1, Qt::DashLine);
    painter.setPen(pen);
    painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y));
    drawText(painter, QRectF(room.right() + 5, y - 8, lastRoom - 6, 15), Qt::AlignLeft, word, m_theme.font(FontRole::Small), ink(colour));
}

void UsageChart::drawForeground(QPainter *painter, const QRectF &rect)
{
    TamedChart::drawForeground(painter, rect);
    if (m_shown.samples.isEmpty())
        return;
    painter->save();
    painter->resetTransform();
    painter->setRenderHint(QPainter::Antialiasing, false);
    drawLimit(*painter, m_shown.most, &Tokens::bad, tr("limit"));
    if (m_shown.asked != m_shown.most)
        drawLimit(*painter, m_shown.asked, &Tokens::muted, tr("requested"));
    painter->restore();
}

} // namespace fairlead::ui
