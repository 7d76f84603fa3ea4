// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/lanerows.h"
#include "ui/jobs/loadstrip.h"
#include "ui/jobs/runpath.h"
#include "ui/jobs/timelineframe.h"
#include "ui/jobs/timescale.h"
#include "ui/widgets/theme.h"

#include <QAbstractScrollArea>
#include <QPixmap>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::ui {

class HoverCard;

/// Lanes of runs on an axis of time, painted.
///
/// Promise: costs of a frame grow with the lanes that are visible and the runs in them. The chosen run and lane are kept by uid while others come
/// and go; while it follows, now stays where it is. Keyboard: Left and Right go from run to run and on to what comes due, Up and Down from lane to
/// lane, Home and End to a lane's first and last run, + and - zoom, Page Up and Down pan, N goes to now, F folds a group and opens it again,
/// Enter opens the run. The wheel scrolls; with Ctrl it zooms, with Shift it pans; dragging pans; a click on a heading folds. A screen reader is told
/// of lanes and runs as a tree, and of the chosen run where it changes (TimelineAccessible). Thread: GUI.
class TimelineView : public QAbstractScrollArea {
    Q_OBJECT

public:
    using Wanted = LaneRows::Wanted;
    using Grouping = LaneRows::Grouping;

    explicit TimelineView(const Theme &theme, QWidget *parent = nullptr);

    /// What is shown; null: nothing. It outlives this, or is taken back.
    void setTimeline(const jobs::JobTimeline *timeline);

    /// Lanes for which this is false are not shown.
    void setWanted(Wanted wanted);
    void setGrouping(Grouping grouping);
    [[nodiscard]] Grouping grouping() const { return m_rows.grouping(); }
    void fold(const std::string &group, bool folded);
    /// Time has passed, and nothing else.
    void setNow(jobs::Moment now);
    [[nodiscard]] jobs::Moment now() const { return m_now; }
    /// Since when there is no word from the server; none: there is.
    void setStale(std::optional<jobs::Moment> since);
    /// How much time is seen, around what is in the middle, or with now where it is.
    void setSpan(std::chrono::milliseconds span);
    [[nodiscard]] std::chrono::milliseconds span() const { return m_span; }
    [[nodiscard]] TimeScale scale() const;
    void goToNow();
    [[nodiscard]] bool follows() const { return m_follows; }
    /// The timeline has changed.
    void refresh();

    void choose(const std::string &runUid);
    void chooseLane(const std::string &laneUid, const std::string &runUid);
    [[nodiscard]] const jobs::Run *chosenRun() const;
    [[nodiscard]] const jobs::ComingRun *chosenComing() const;
    [[nodiscard]] const jobs::Lane *chosenLane() const;
    [[nodiscard]] const LaneRows &rows() const { return m_rows; }
    [[nodiscard]] const LoadStrip &strip() const { return m_strip; }
    [[nodiscard]] std::size_t laneCount() const { return m_rows.lanes().size(); }
    /// Where a row is, in the viewport; a lane's whole height, may lie outside.
    [[nodiscard]] QRect rowRect(std::size_t row) const;
    /// Where a run of a row is painted.
    [[nodiscard]] QRect runRect(std::size_t row, const jobs::Run &run) const;
    /// All that is shown, in words: a line a lane, and below it a line a run.
    [[nodiscard]] QString plainText() const;
    /// All of what is seen, axis and lanes of all heights, onto another device; `height`: how much it takes.
    void paintWhole(QPainter &painter);
    [[nodiscard]] int wholeHeight() const;
    [[nodiscard]] QSize sizeHint() const override { return {800, 400}; }
    [[nodiscard]] HoverCard &card() const { return *m_card; }

Q_SIGNALS:
    void chosenChanged();
    void spanChanged();
    void opened(); ///< the chosen run is to be opened
    void rowsChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Hit {
        const TimelineRow *row = nullptr;
        const jobs::Run *run = nullptr;
        const jobs::ComingRun *coming = nullptr;
        QRect rect;
    };
    [[nodiscard]] Hit hitAt(const QPoint &point) const;
    [[nodiscard]] static int top() { return TimelineFrame::top(); }
    [[nodiscard]] static int heightOf(const TimelineRow &row) { return row.lane ? timeline::lane : timeline::heading; }
    void build();
    void workOut();
    [[nodiscard]] TimelineFrame::Look look() const;
    void moved();
    void repaintAll();
    void hover(const QPoint &point);
    void pan(qreal share);
    void zoom(qreal factor, qreal around);
    void step(bool moved);
    void foldCurrent();
    void chosen();
    void bring();
    void say();
    [[nodiscard]] const TimelineRow *currentRow() const;

    const Theme &m_theme;
    const jobs::JobTimeline *m_timeline = nullptr;
    LaneRows m_rows;
    std::vector<int> m_tops; ///< of each row, and of what would come after the last
    LoadStrip m_strip;
    std::optional<TimeScale> m_looked; ///< of which piece it is known what comes
    TextLines m_lines;
    QPixmap m_column;
    bool m_columnStale = true;
    jobs::Moment m_now;
    jobs::Moment m_from;
    std::chrono::milliseconds m_span{std::chrono::hours(1)};
    bool m_follows = true;
    std::optional<jobs::Moment> m_stale;
    Choice m_choice;
    QPoint m_pressed;
    jobs::Moment m_pressedFrom;
    bool m_drags = false;
    HoverCard *m_card;
};

} // namespace fairlead::ui
