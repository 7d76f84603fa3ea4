// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/spaceschart.h"

#include "ui/widgets/words.h"
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
constexpr qreal thickest = 11;
constexpr int tallestRow = 34;

} // namespace

SpacesChart::SpacesChart(const Theme &theme, QWidget *parent)
    : TamedChart(theme, parent)
    , m_series(new QHorizontalStackedBarSeries)
    , m_used(new QBarSet(QString()))
    , m_over(new QBarSet(QString()))
    , m_asked(new QBarSet(QString()))
    , m_names(new QBarCategoryAxis(chart()))
    , m_values(bareAxis())
{
    for (QBarSet *set : {m_used, m_over, m_asked}) {
        set->setPen(Qt::NoPen);
        m_series->append(set);
    }
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
    m_used->setBrush(ink(&Tokens::progress));
    m_over->setBrush(ink(&Tokens::warn));
    m_asked->setBrush(mix(m_theme.tokens().surface, ink(&Tokens::progress), m_theme.tokens().scheme == Scheme::Dark ? 0.55 : 0.45));
}

void SpacesChart::show(const QList<Row> &rows)
{
    if (rows == m_rows)
        return;
    m_rows = rows;
    QStringList categories;
    QList<qreal> used;
    QList<qreal> over;
    QList<qreal> asked;
    double largest = 0;
    for (qsizetype i = rows.size() - 1; i >= 0; --i) { // QtCharts counts from below
        categories.append(QString::number(i));
        const double taken = rows[i].used.value_or(0);
        used.append(std::min(taken, rows[i].asked));
        over.append(std::max(0.0, taken - rows[i].asked));
        asked.append(std::max(0.0, rows[i].asked - taken));
        largest = std::max({largest, rows[i].asked, taken});
    }
    for (QBarSet *set : {m_used, m_over, m_asked})
        set->remove(0, set->count());
    m_names->setCategories(categories);
    m_used->append(used);
    m_over->append(over);
    m_asked->append(asked);
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
    setInsets({nameRoom, 4, figureRoom(), std::max(0, height() - 4 - rowHigh * rows)});
    m_series->setBarWidth(std::min(0.6, thickest / rowHigh));
}

int SpacesChart::figureRoom() const
{
    const bool two = std::any_of(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.used.has_value(); });
    return measure::margin + 4 + (two ? 2 : 1) * figureWide;
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
        const auto &[name, asked, used, others] = m_rows[i];
        QRectF figure(width() - measure::margin - figureWide, line.top(), figureWide, line.height());
        drawText(*painter, figure, Qt::AlignRight, coresText(asked), small, used ? t.muted : t.text, Shaping::Exact);
        figure.translate(-figureWide, 0);
        if (used)
            drawText(*painter, figure, Qt::AlignRight, coresText(*used), small, *used > asked ? ink(&Tokens::warn) : t.text, Shaping::Exact);
    }
    painter->restore();
}

} // namespace fairlead::ui
