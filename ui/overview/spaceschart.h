// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/overview/tamedchart.h"

#include <QList>

class QBarCategoryAxis;
class QBarSet;
class QHorizontalStackedBarSeries;
class QValueAxis;

namespace fairlead::ui {

/// What namespaces ask for, a bar each, the largest at the top: its name at the left, its figure at the right.
class SpacesChart : public TamedChart {
    Q_OBJECT

public:
    static constexpr int most = 9;

    struct Row {
        QString name;
        double asked = 0;
        QString words;       ///< of `asked`
        bool others = false; ///< several in one
        bool operator==(const Row &) const = default;
    };

    explicit SpacesChart(const Theme &theme, QWidget *parent = nullptr);
    void show(const QList<Row> &rows);
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }

protected:
    void takeColours() override;
    void resizeEvent(QResizeEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    QHorizontalStackedBarSeries *m_series;
    QBarSet *m_asked;
    QBarCategoryAxis *m_names;
    QValueAxis *m_values;
    QList<Row> m_rows;
};

} // namespace fairlead::ui
