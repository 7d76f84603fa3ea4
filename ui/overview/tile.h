// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/overview/tilekey.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/theme.h"

#include <QList>
#include <QString>
#include <QWidget>

#include <optional>

namespace fairlead::ui {

/// What a tile shows.
struct TileFacts {
    struct Part {
        double share = 0;      ///< of the bar, absolute: parts are stacked up to `whole`
        Ink ink = &Tokens::ok; ///< of the bar's part
        double strength = 1;   ///< of that colour on the page's ground
        Shape shape = Shape::None;
        QString words;  ///< "1,162"; with a square instead of a shape: "req. 61 %"
        QString name;   ///< what it counts, for people who do not see it: "12 waiting pods"; empty: it leads nowhere
        QString target; ///< handed back by partChosen()

        bool operator==(const Part &) const = default;
    };
    QString title;  ///< "Pods"
    QString figure; ///< "1,204"; empty while it loads
    QString unit;   ///< small, behind it
    QString note;   ///< at the right of the title
    Ink noteInk = &Tokens::muted;
    QString trendHigh; ///< of the points, in words: for the table twin
    QString trendLow;
    QList<double> trend; ///< oldest first; fewer than two: none is drawn
    Ink trendInk = &Tokens::progress;
    QList<Part> parts;
    double whole = 0; ///< 0: the sum of the parts
    QString unknown;  ///< why nothing is known: then the bar is hatched, and this stands below it
    QString spoken;   ///< the whole of it, for a screen reader

    bool operator==(const TileFacts &) const = default;
};

/// One figure at a glance: title, figure, trend, a stacked bar and its parts in numbers.
///
/// A click on a part of the bar, or its number, leads to the rows that it counts. 100 px high. Thread: GUI.
class Tile : public QWidget {
    Q_OBJECT

public:
    static constexpr int high = 100;

    explicit Tile(const Theme &theme, QWidget *parent = nullptr);

    void show(const TileFacts &facts);
    [[nodiscard]] const TileFacts &facts() const { return m_facts; }
    void setStale(bool stale);
    /// Words instead of the small chart.
    void setTwin(bool twin);
    /// Where the part that leads to `target` lies in the bar; empty: it is not drawn.
    [[nodiscard]] QRectF barOf(const QString &target) const;

Q_SIGNALS:
    void partChosen(const QString &target);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] QRectF bar() const;
    [[nodiscard]] QList<QRectF> bars() const;
    [[nodiscard]] int partAt(const QPointF &point) const;
    void placeKeys();
    void paintTrend(QPainter &painter, const QRectF &room) const;

    const Theme &m_theme;
    TileFacts m_facts;
    QList<TileKey *> m_keys;
    bool m_stale = false;
    bool m_twin = false;
};

} // namespace fairlead::ui
