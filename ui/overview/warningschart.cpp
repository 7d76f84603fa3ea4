// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/warningschart.h"

#include "ui/widgets/text.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QChart>
#include <QStackedBarSeries>
#include <QValueAxis>

#include <algorithm>

namespace fairlead::ui {

namespace {

constexpr qreal widestBar = 18;

} // namespace

WarningsChart::WarningsChart(const Theme &theme, QWidget *parent)
    : TamedChart(theme, parent)
    , m_series(new QStackedBarSeries)
    , m_steps(new QBarCategoryAxis(chart()))
    , m_values(bareAxis())
{
    for (int i = 0; i < most; ++i) {
        auto *set = new QBarSet(QString());
        set->setPen(Qt::NoPen);
        m_sets.append(set);
        m_series->append(set);
    }
    chart()->addSeries(m_series);
    m_steps->setLabelsVisible(false);
    m_steps->setLineVisible(false);
    m_steps->setGridLineVisible(false);
    chart()->addAxis(m_steps, Qt::AlignBottom);
    chart()->addAxis(m_values, Qt::AlignLeft);
    m_series->attachAxis(m_steps);
    m_series->attachAxis(m_values);
    setRenderHint(QPainter::Antialiasing, false);
    takeColours();
}

Ink WarningsChart::inkOf(int place)
{
    constexpr Ink inks[] = {&Tokens::bad, &Tokens::warn, &Tokens::unknown, &Tokens::idle};
    return inks[std::clamp(place, 0, most - 1)];
}

void WarningsChart::takeColours()
{
    for (int i = 0; i < most; ++i)
        m_sets[i]->setBrush(ink(inkOf(i)));
}

void WarningsChart::show(const Shown &shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    const qsizetype steps = shown.counts.isEmpty() ? 0 : shown.counts.front().size();
    if (m_steps->count() != steps) {
        QStringList categories;
        for (qsizetype i = 0; i < steps; ++i)
            categories.append(QString::number(i));
        m_steps->setCategories(categories);
    }
    QList<double> sums(steps, 0);
    for (int i = 0; i < most; ++i) {
        QList<qreal> values(steps, 0);
        if (i < shown.counts.size()) {
            for (qsizetype at = 0; at < steps; ++at) {
                values[at] = shown.counts[i][at];
                sums[at] += shown.counts[i][at];
            }
        }
        m_sets[i]->remove(0, m_sets[i]->count());
        m_sets[i]->append(values);
    }
    const double top = roundTop(sums.isEmpty() ? 0 : *std::max_element(sums.begin(), sums.end()));
    m_values->setRange(0, top);
    setLabels(shown.times, {QStringLiteral("0"), grouped(qsizetype(top / 2)), grouped(qsizetype(top))});
    resizeEvent(nullptr);
}

void WarningsChart::resizeEvent(QResizeEvent *event)
{
    if (event != nullptr)
        TamedChart::resizeEvent(event);
    const int steps = std::max(1, int(m_steps->count()));
    m_series->setBarWidth(std::min(0.6, widestBar / std::max(1.0, plot().width() / steps)));
}

} // namespace fairlead::ui
