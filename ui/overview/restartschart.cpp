// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/restartschart.h"

#include "ui/widgets/text.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace fairlead::ui {

namespace {

constexpr int lastRoom = 40; // at the right of the plot

} // namespace

RestartsChart::RestartsChart(const Theme &theme, QWidget *parent)
    : TamedChart(theme, parent)
    , m_line(new QLineSeries(this))
    , m_base(new QLineSeries(this))
    , m_area(new QAreaSeries(m_line, m_base))
    , m_time(bareAxis())
    , m_values(bareAxis())
{
    setInsets({left, above, lastRoom, below});
    chart()->addSeries(m_area);
    chart()->addAxis(m_time, Qt::AlignBottom);
    chart()->addAxis(m_values, Qt::AlignLeft);
    m_area->attachAxis(m_time);
    m_area->attachAxis(m_values);
    setRenderHint(QPainter::Antialiasing, true);
    takeColours();
}

void RestartsChart::takeColours()
{
    const Tokens &t = m_theme.tokens();
    const bool calm = std::all_of(m_shown.counts.begin(), m_shown.counts.end(), [](double count) { return count == 0; });
    const QColor own = ink(calm ? &Tokens::muted : &Tokens::bad);
    QPen pen(own, 1.25);
    pen.setCosmetic(true);
    m_area->setPen(pen);
    m_area->setBrush(mix(t.surface, own, t.scheme == Scheme::Dark ? 0.16 : 0.10));
}

void RestartsChart::show(const Shown &shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    // There is no series of steps: two points a value.
    QList<QPointF> line;
    for (qsizetype i = 0; i < shown.counts.size(); ++i)
        line << QPointF(qreal(i), shown.counts[i]) << QPointF(qreal(i + 1), shown.counts[i]);
    m_line->replace(line);
    m_base->replace(QList<QPointF>{{0, 0}, {qreal(shown.counts.size()), 0}});
    m_top = roundTop(shown.counts.isEmpty() ? 0 : *std::max_element(shown.counts.begin(), shown.counts.end()));
    m_time->setRange(0, std::max(1.0, double(shown.counts.size())));
    m_values->setRange(0, m_top);
    takeColours();
    setLabels(shown.times, {QStringLiteral("0"), grouped(qsizetype(m_top / 2)), grouped(qsizetype(m_top))});
}

QList<QRectF> RestartsChart::markPlaces() const
{
    const QRectF room = plot();
    const QFont small = m_theme.font(FontRole::Small);
    const qreal each = room.width() / std::max<qreal>(1, qreal(m_shown.counts.size()));
    QList<QRectF> places;
    qreal end = room.right();
    for (auto mark = m_shown.marks.rbegin(); mark != m_shown.marks.rend(); ++mark) {
        const qreal x = room.left() + mark->at * each;
        const qreal wide = textWidth(mark->words, small, Shaping::Exact) + 4;
        // Left of its line, or right of it where the plot begins.
        qreal at = std::min(x, end) - wide;
        if (at < room.left())
            at = x + 4;
        if (at + wide > end || at < room.left()) {
            places.append(QRectF());
            continue;
        }
        places.append(QRectF(at, room.top(), wide, 15));
        end = std::min(at, x) - 4;
    }
    std::reverse(places.begin(), places.end());
    return places;
}

void RestartsChart::paintMarks(QPainter &painter)
{
    const Tokens &t = m_theme.tokens();
    const QRectF room = plot();
    const qreal each = room.width() / std::max<qreal>(1, qreal(m_shown.counts.size()));
    const QList<QRectF> places = markPlaces();
    QPen pen(t.muted, 1, Qt::DotLine);
    pen.setCosmetic(true);
    painter.setPen(pen);
    for (qsizetype i = 0; i < m_shown.marks.size(); ++i) {
        const qreal x = std::round(room.left() + m_shown.marks[i].at * each) + 0.5;
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()));
    }
    for (qsizetype i = 0; i < m_shown.marks.size(); ++i) {
        if (places[i].isNull())
            continue;
        painter.fillRect(places[i], t.surface);
        drawText(painter, places[i], Qt::AlignLeft, m_shown.marks[i].words, m_theme.font(FontRole::Small), t.muted, Shaping::Exact);
    }
}

void RestartsChart::drawForeground(QPainter *painter, const QRectF &rect)
{
    TamedChart::drawForeground(painter, rect);
    if (m_shown.counts.isEmpty())
        return;
    painter->save();
    painter->resetTransform();
    paintMarks(*painter);
    const Tokens &t = m_theme.tokens();
    const QRectF room = plot();
    const double last = m_shown.counts.last();
    const qreal y = std::clamp(room.bottom() - room.height() * last / m_top, room.top() + 10, room.bottom() - 12);
    const QFont small = m_theme.font(FontRole::Small);
    drawText(*painter, QRectF(room.right() + 5, y - 14, lastRoom - 6, 15), Qt::AlignLeft, grouped(qsizetype(last)),
        m_theme.font(FontRole::SmallMedium), last > 0 ? ink(&Tokens::bad) : t.muted, Shaping::Exact);
    drawText(*painter, QRectF(room.right() + 5, y - 1, lastRoom - 6, 15), Qt::AlignLeft, m_shown.unit, small, t.muted);
    painter->restore();
}

} // namespace fairlead::ui
