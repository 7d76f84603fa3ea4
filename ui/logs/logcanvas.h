// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logs/logexport.h"
#include "logs/logring.h"
#include "logs/logsearch.h"
#include "ui/logs/loglines.h"
#include "ui/logs/logselection.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>
#include <QPoint>

#include <compare>
#include <optional>

namespace fairlead::ui {

/// The rows of a ring, painted: 17 px each, a time stamp that stays at the left, text in its own colours, rows of our own in their state's
/// tint, hits of a search, a selection.
///
/// Promise: costs grow with what is visible, never with the ring. While it follows, the last row is visible; scrolling up ends that, the end
/// begins it again. Selection and place are kept by row number while older rows are dropped.
/// Keyboard: arrows and pages scroll, Home and End go to both ends; with Shift they select; Ctrl+A, Ctrl+C.
/// A screen reader gets the visible lines as its text (LogAccessible), named "log".
/// Thread: GUI. Ring and search outlive it.
class LogCanvas : public QAbstractScrollArea {
    Q_OBJECT

public:
    LogCanvas(const Theme &theme, const logs::LogRing &ring, const logs::LogSearch &search, QWidget *parent = nullptr);
    ~LogCanvas() override;

    void setStamps(bool shown);
    void setWrapped(bool wrapped);
    void setFollowing(bool following);
    /// Behind the words of the last row, where that one is ours: "next start in 2m41s".
    void setSuffix(const QString &suffix);
    void setCurrentHit(const std::optional<logs::LogSearch::Hit> &hit);

    [[nodiscard]] bool hasStamps() const { return m_stamps; }
    [[nodiscard]] bool isWrapped() const { return m_wrapped; }
    [[nodiscard]] bool isFollowing() const { return m_following; }
    [[nodiscard]] bool isAtEnd() const;
    [[nodiscard]] logs::RowNumber topRow() const { return m_top.row; }
    /// One more than the last row that is at least partly visible.
    [[nodiscard]] logs::RowNumber bottomRow() const;
    /// As it is painted, stamp included.
    [[nodiscard]] QString lineText(logs::RowNumber row) const { return m_lines.text(row); }
    /// Where it is painted; empty where it is not visible.
    [[nodiscard]] QRectF rowRect(logs::RowNumber row) const;

    /// The ring has changed.
    void rowsChanged();
    void hitsChanged();
    /// Scrolls as little as needed, to the middle where it is far.
    void bring(logs::RowNumber row, std::size_t byte = 0);

    /// What is selected; none: nothing.
    [[nodiscard]] std::optional<logs::LogPart> selection() const { return m_selection.part(); }
    void selectAll();
    void clearSelection();

Q_SIGNALS:
    void followingChanged(bool following);
    void selectionChanged();
    void copyWanted();
    void scrolled();

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Top {
        logs::RowNumber row = 0;
        int line = 0; ///< of a row that takes several
        auto operator<=>(const Top &) const = default;
    };

    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] int wrapColumns() const;
    [[nodiscard]] Top endTop() const;
    [[nodiscard]] Top moved(Top top, int lines) const;
    void goTo(Top top);
    void scrollLines(int lines);
    void settle();
    void updateBars();
    void followIfAtEnd();
    void forgetLaid();

    void paintRow(QPainter &painter, logs::RowNumber row, qreal y);
    void paintOurs(QPainter &painter, logs::RowNumber row, qreal y);
    void paintHits(QPainter &painter, logs::RowNumber row, const LaidRow &laidRow, const QPointF &at);

    void selected();
    [[nodiscard]] LogSelection::Place placeAt(const QPoint &point) const;
    bool showStampTip(const QPoint &point, const QPoint &global);

    const Theme &m_theme;
    const logs::LogRing &m_ring;
    const logs::LogSearch &m_search;
    LogLines m_lines;
    LogSelection m_selection;
    Top m_top;
    bool m_stamps = true;
    bool m_wrapped = false;
    bool m_following = true;
    bool m_settling = false;
    std::optional<logs::LogSearch::Hit> m_hit;
    std::uint64_t m_generation = 0;
    logs::RowNumber m_measured = 0; // rows below are in m_widest
    std::size_t m_widest = 0;
    QBasicTimer m_dragging;
    QPoint m_pointer;
    qint64 m_doubleClick = 0;
};

} // namespace fairlead::ui
