// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme.h"

#include <QChartView>
#include <QMargins>
#include <QStringList>

class QValueAxis;

namespace fairlead::ui {

/// QtCharts without its furniture: no margins, legend, title, animation, labels or grid of its own. It scales series and paints them; hairlines and
/// at most three labels a side are ours, at exact places, and charts above each other have one left edge.
///
/// Thread: GUI. Not for a screen reader: the table twin is. Source of each setting: the design's measurements of Qt 6.4.2.
class TamedChart : public QChartView {
    Q_OBJECT

public:
    explicit TamedChart(const Theme &theme, QWidget *parent = nullptr);

    /// No word from the server: no colour.
    void setStale(bool stale);

protected:
    static constexpr int left = 36;
    static constexpr int right = 12;
    static constexpr int below = 20;
    static constexpr int above = 6;

    /// Colours anew: of the theme, or because what is shown is stale.
    virtual void takeColours() = 0;
    /// Room around the plot.
    void setInsets(const QMargins &insets);
    [[nodiscard]] QRectF plot() const;
    [[nodiscard]] QColor ink(Ink ink) const { return m_stale ? m_theme.tokens().muted : m_theme.colour(ink); }
    /// An axis that only scales.
    [[nodiscard]] QValueAxis *bareAxis();
    /// The next round value at or above, so that three lines stand at whole numbers: 2, 4, 10, 20, 40, 100.
    [[nodiscard]] static double roundTop(double value);
    /// Labels: y from below (bottom, middle, top), x from the left.
    void setLabels(const QStringList &x, const QStringList &y);

    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

    const Theme &m_theme;

private:
    void place();

    QMargins m_insets{left, above, right, below};
    QStringList m_x;
    QStringList m_y;
    bool m_stale = false;
};

} // namespace fairlead::ui
