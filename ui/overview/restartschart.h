// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tamedchart.h"

#include <QList>

class QAreaSeries;
class QLineSeries;
class QValueAxis;

namespace fairlead::ui {

/// Counts a minute as a line of steps, the last one in words at its right end.
class RestartsChart : public TamedChart {
    Q_OBJECT

public:
    struct Shown {
        QList<double> counts; ///< oldest first
        QStringList times;
        QString unit; ///< "/ min"
        struct Mark {
            qreal at = 0; ///< in counts
            QString words;
            bool operator==(const Mark &) const = default;
        };
        QList<Mark> marks; ///< what happened meanwhile, oldest first
        bool operator==(const Shown &) const = default;
    };

    explicit RestartsChart(const Theme &theme, QWidget *parent = nullptr);
    void show(const Shown &shown);
    [[nodiscard]] const QList<Shown::Mark> &marks() const { return m_shown.marks; }
    /// One for each of them; null: its words have no room. The newer ones go first.
    [[nodiscard]] QList<QRectF> markPlaces() const;

protected:
    void takeColours() override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    void paintMarks(QPainter &painter);

    QLineSeries *m_line;
    QLineSeries *m_base;
    QAreaSeries *m_area;
    QValueAxis *m_time;
    QValueAxis *m_values;
    Shown m_shown;
    double m_top = 2;
};

} // namespace fairlead::ui
