// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/spaceschart.h"

#include "ui/overview/words.h"
#include "ui/widgets/measures.h"
#include "ui/widgets/text.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QHorizontalStackedBarSeries>
#include <QPainter>
#include <QValueAxis>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr int nameRoom = 100;
constexpr int figureRoom = 60;
constexpr qreal thickest = 11;
constexpr int tallestRow = 34;

} // namespace

SpacesChart::SpacesChart(const Theme &theme, QWidget *parent)
    : TamedChart(theme, parent)
    , m_series(new QHorizontalStackedBarSeries)
    , m_asked(new QBarSet(QString()))
    , m_names(new QBarCategoryAxis(chart()))
    , m_values(bareAxis())
{
    m_asked->setPen(Qt::NoPen);
    m_series->append(m_asked);
    chart()->addSeries(m_series);
    m_names->setLabelsVisible(false);
    m_names->setLineVisible(false);
    m_names->setGridLineVisible(false);
    chart()->addAxis(m_names, Qt::AlignLeft);
    chart()->addAxis(m_values, Qt::AlignBottom);
    m_series->attachAxis(m_names);
    m_series->attachAxis(m_values);
    setRenderHint(QPainter::Antialiasing, false);
    takeColours();
}

void SpacesChart::takeColours()
{
    m_asked->setBrush(mix(m_theme.tokens().surface, ink(&Tokens::progress), m_theme.tokens().scheme == Scheme::Dark ? 0.55 : 0.45));
}

void SpacesChart::show(const QList<Row> &rows)
{
    if (rows == m_rows)
        return;
    m_rows = rows;
    QStringList categories;
    QList<qreal> values;
    double largest = 0;
    for (qsizetype i = rows.size() - 1; i >= 0; --i) { // QtCharts counts from below
        categories.append(QString::number(i));
        values.append(rows[i].asked);
        largest = std::max(largest, rows[i].asked);
    }
    m_asked->remove(0, m_asked->count());
    m_names->setCategories(categories);
    m_asked->append(values);
    m_values->setRange(0, largest > 0 ? largest : 1);
    resizeEvent(nullptr);
    viewport()->update();
}

void SpacesChart::resizeEvent(QResizeEvent *event)
{
    if (event != nullptr)
        TamedChart::resizeEvent(event);
    const int rows = std::max(1, int(m_rows.size()));
    const int rowHigh = std::min(tallestRow, std::max(1, (height() - 10) / rows)); // few rows stand at the top, not spread out
    setInsets({nameRoom, 4, figureRoom, std::max(0, height() - 4 - rowHigh * rows)});
    m_series->setBarWidth(std::min(0.6, thickest / rowHigh));
}

void SpacesChart::drawForeground(QPainter *painter, const QRectF &)
{
    painter->save();
    painter->resetTransform();
    const Tokens &t = m_theme.tokens();
    const QRectF room = plot();
    const QFont small = m_theme.font(FontRole::Small);
    const qreal high = m_rows.isEmpty() ? 0 : room.height() / qreal(m_rows.size());
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const QRectF line(0, room.top() + high * qreal(i), width(), high);
        drawText(*painter, QRectF(measure::margin, line.top(), nameRoom - measure::margin - measure::between, line.height()), Qt::AlignLeft,
            m_rows[i].name, small, m_rows[i].others ? t.muted : t.text, Shaping::Exact);
        drawText(*painter, QRectF(room.right() + 4, line.top(), figureRoom - measure::margin - 4, line.height()), Qt::AlignRight, m_rows[i].words,
            small, t.text, Shaping::Exact);
    }
    painter->restore();
}

} // namespace fairlead::ui
