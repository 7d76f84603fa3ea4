// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/recording/axisticks.h"
#include "ui/recording/barfacts.h"
#include "ui/recording/markspots.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

class QHelpEvent;

namespace fairlead::ui {

/// The whole time of a recording as a line: bars of changes (their height by the square root, so that one storm does not flatten all else), marks of
/// what went wrong, an axis, and a handle at the moment shown, which can be dragged.
///
/// Promise: a press shows the moment under it (scrubbed), its release goes there (jumped); a mark leads to its own moment; Escape gives a drag up.
/// The pointer over a mark or a bar says what it is, literally. A screen reader gets a slider (TrackAccessible). Costs of a frame grow with its width
/// only. Thread: GUI. 60 px high.
class TimeTrack : public QWidget {
    Q_OBJECT

public:
    static constexpr int barEvery = 5; ///< px
    static constexpr int barWidth = 4;

    explicit TimeTrack(const Theme &theme, QWidget *parent = nullptr);

    void setSpan(Moment first, Moment last);
    void setNow(Moment now);
    /// None: it is not known yet, or never will be.
    void setFacts(const std::optional<BarFacts> &facts);
    /// A screen reader is to hear of the moment.
    void tell();
    /// The moment in words, for who cannot see it.
    void setWords(const QString &words) { m_words = words; }

    [[nodiscard]] Moment first() const { return m_first; }
    [[nodiscard]] Moment last() const { return m_last; }
    [[nodiscard]] Moment now() const { return m_now; }
    [[nodiscard]] Moment shown() const { return m_dragged.value_or(m_now); } ///< where the handle is
    [[nodiscard]] bool isDragged() const { return m_dragged.has_value(); }
    [[nodiscard]] const QString &words() const { return m_words; }
    /// Somebody wants to go there; within the recording.
    void wantJump(Moment moment);

    [[nodiscard]] int xOf(Moment at) const;
    [[nodiscard]] Moment momentAt(qreal x) const;
    [[nodiscard]] const QList<MarkSpot> &spots() const { return m_spots; }
    [[nodiscard]] QRect spotRect(const MarkSpot &spot) const;
    [[nodiscard]] QRect handleRect() const;
    [[nodiscard]] const QList<int> &barHeights() const { return m_bars; }
    /// What the pointer is told there; empty: nothing.
    [[nodiscard]] QString tipAt(const QPoint &point) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void jumped(fairlead::Moment to);
    void scrubbed(fairlead::Moment at); ///< also back to now, where a drag is given up
    void told();                        ///< the moment, to a screen reader

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] qreal barLeft(qsizetype bar) const;
    [[nodiscard]] qreal room() const;
    [[nodiscard]] const MarkSpot *spotAt(const QPoint &point) const;
    [[nodiscard]] double changesUntil(double share) const;
    void layOut();
    void paintBars(QPainter &painter) const;
    void paintMarks(QPainter &painter) const;
    void paintAxis(QPainter &painter) const;
    void paintHandle(QPainter &painter) const;

    const Theme &m_theme;
    Moment m_first;
    Moment m_last;
    Moment m_now;
    std::optional<BarFacts> m_facts;
    QString m_words;
    std::optional<Moment> m_dragged;
    qreal m_grip = 0; // from the pointer to the handle's middle
    bool m_byKey = false;
    // Worked out for the width.
    std::vector<double> m_sums; // of the pieces up to each
    QList<int> m_bars;          // heights
    QList<MarkSpot> m_spots;
    std::vector<AxisTick> m_ticks;
};

} // namespace fairlead::ui
