// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/forecast.h"
#include "jobs/jobtimeline.h"
#include "ui/jobs/timelinecanvas.h"
#include "ui/jobs/timescale.h"
#include "ui/widgets/theme.h"

#include <QAbstractScrollArea>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace fairlead::ui {

/// Lanes of runs on an axis of time, painted.
///
/// Promise: costs grow with the lanes that are visible and the runs in them. The chosen run and lane are kept by uid while others come and go;
/// while it follows, now stays where it is. Keyboard: Left and Right go from run to run, Up and Down from lane to lane, Home and End to a lane's
/// first and last run, + and - zoom, Page Up and Down pan, N goes to now. The wheel scrolls; with Ctrl it zooms, with Shift it pans. A screen reader
/// is told of the chosen run in words, as the widget's description. Thread: GUI.
class TimelineView : public QAbstractScrollArea {
    Q_OBJECT

public:
    using Wanted = std::function<bool(const jobs::Lane &lane)>;

    explicit TimelineView(const Theme &theme, QWidget *parent = nullptr);

    /// What is shown; null: nothing. It outlives this, or is taken back.
    void setTimeline(const jobs::JobTimeline *timeline);

    /// Lanes for which this is false are not shown.
    void setWanted(Wanted wanted);
    void setNow(jobs::Moment now);
    /// How much time is seen, around what is in the middle, or with now where it is.
    void setSpan(std::chrono::milliseconds span);
    [[nodiscard]] std::chrono::milliseconds span() const { return m_span; }
    void goToNow();
    [[nodiscard]] bool follows() const { return m_follows; }
    /// The timeline has changed.
    void refresh();

    void choose(const std::string &runUid);
    [[nodiscard]] const jobs::Run *chosenRun() const;
    [[nodiscard]] const jobs::Lane *chosenLane() const;
    [[nodiscard]] std::size_t laneCount() const;
    /// All that is shown, in words: a line a lane, and below it a line a run.
    [[nodiscard]] QString plainText() const;
    [[nodiscard]] QSize sizeHint() const override { return {800, 400}; }

Q_SIGNALS:
    void chosenChanged();
    void spanChanged(); ///< by a person: wheel or key

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int, int) override { viewport()->update(); }
    void changeEvent(QEvent *event) override;

private:
    struct Hit {
        const jobs::Lane *lane = nullptr;
        const jobs::Run *run = nullptr;
    };
    [[nodiscard]] Hit hitAt(const QPoint &point) const;
    [[nodiscard]] TimeScale scale() const;
    [[nodiscard]] int top() const { return timeline::axis + timeline::strip; }
    [[nodiscard]] int heightOf(const TimelineRow &row) const { return row.lane ? timeline::lane : timeline::heading; }
    void build();
    void pan(qreal share);
    void zoom(qreal factor, qreal around);
    void step(int lanes, int runs);
    void bring();
    void say();

    const Theme &m_theme;
    const jobs::JobTimeline *m_timeline = nullptr;
    Wanted m_wanted;
    std::vector<TimelineRow> m_rows;
    std::vector<jobs::Minute> m_minutes;
    jobs::Moment m_now;
    jobs::Moment m_from;
    std::chrono::milliseconds m_span{std::chrono::hours(1)};
    bool m_follows = true;
    std::string m_lane; ///< uid
    std::string m_run;  ///< uid
    QPoint m_pressed;
    jobs::Moment m_pressedFrom;
};

} // namespace fairlead::ui
