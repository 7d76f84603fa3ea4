// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/age.h"
#include "ui/widgets/tamedchart.h"

#include <QList>
#include <QPointF>

#include <functional>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace fairlead::ui {

/// What one object used over time, as a line, under a dashed line for what it may use at most, and one for what it asks for. Where nothing was
/// told for long the line is broken: what is not known is not drawn. The last value stands in words at the right. Thread: GUI.
class UsageChart : public TamedChart {
    Q_OBJECT

public:
    struct Sample {
        Moment at;
        double value = 0;
        bool operator==(const Sample &) const = default;
    };
    struct Shown {
        QList<Sample> samples; ///< oldest first
        double most = 0;       ///< 0: none
        double asked = 0;      ///< 0: none
        bool operator==(const Shown &) const = default;
    };
    /// A gap longer than this is one in which nothing was told.
    static constexpr std::chrono::seconds longestGap{95};
    /// The shortest time that the axis spans: one sample is no line across the whole width.
    static constexpr std::chrono::seconds shortest{300};

    /// `words`: of a value.
    UsageChart(const Theme &theme, std::function<QString(double)> words, QWidget *parent = nullptr);

    void show(const Shown &shown);
    [[nodiscard]] const Shown &shown() const { return m_shown; }
    /// Runs without a gap, in milliseconds since the first sample and values. For tests, too.
    [[nodiscard]] static QList<QList<QPointF>> runs(const QList<Sample> &samples);

protected:
    void takeColours() override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    struct Run {
        QLineSeries *line;
        QLineSeries *base;
        QAreaSeries *area;
    };
    void addRun();
    void drawLimit(QPainter &painter, double value, Ink ink, const QString &word) const;

    std::function<QString(double)> m_words;
    QList<Run> m_runs;
    QValueAxis *m_time;
    QValueAxis *m_values;
    Shown m_shown;
    double m_top = 1;
};

} // namespace fairlead::ui
