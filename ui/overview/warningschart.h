// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tamedchart.h"

#include <QList>
#include <QString>

class QBarCategoryAxis;
class QBarSet;
class QStackedBarSeries;
class QValueAxis;

namespace fairlead::ui {

/// Counts in steps of time, stacked by what was counted: at most three and the rest.
class WarningsChart : public TamedChart {
    Q_OBJECT

public:
    static constexpr int most = 4;

    struct Shown {
        QStringList names;           ///< at most `most`
        QList<QList<double>> counts; ///< of each name, oldest first
        QStringList times;           ///< first, middle, last
        bool operator==(const Shown &) const = default;
    };

    explicit WarningsChart(const Theme &theme, QWidget *parent = nullptr);
    void show(const Shown &shown);
    /// The colour of a name by its place.
    [[nodiscard]] static Ink inkOf(int place);

protected:
    void takeColours() override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QStackedBarSeries *m_series;
    QList<QBarSet *> m_sets;
    QBarCategoryAxis *m_steps;
    QValueAxis *m_values;
    Shown m_shown;
};

} // namespace fairlead::ui
