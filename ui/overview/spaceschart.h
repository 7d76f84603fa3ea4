// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tamedchart.h"

#include <QList>

#include <optional>

class QBarCategoryAxis;
class QBarSet;
class QHorizontalStackedBarSeries;
class QValueAxis;

namespace fairlead::ui {

/// What namespaces ask for, and what they use where that is known, a bar each, in the order of the rows: its name at the left, its figures at the
/// right. What is used beyond what was asked for stands out.
class SpacesChart : public TamedChart {
    Q_OBJECT

public:
    static constexpr int most = 9;
    static constexpr int figureWide = 44; ///< of a column of figures

    struct Row {
        QString name;
        double asked = 0;
        std::optional<double> used; ///< none: not known
        bool others = false;        ///< several in one
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
    [[nodiscard]] int figureRoom() const;

    QHorizontalStackedBarSeries *m_series;
    QBarSet *m_used;
    QBarSet *m_over;  ///< used beyond what was asked for
    QBarSet *m_asked; ///< and not used
    QBarCategoryAxis *m_names;
    QValueAxis *m_values;
    QList<Row> m_rows;
};

} // namespace fairlead::ui
