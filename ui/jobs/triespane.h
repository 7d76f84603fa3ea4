// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/run.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::ui {

/// The tries of a run: of an indexed job a grid, index by try; else a line each. Below them exit codes summed up, and the policy's rule that fired.
///
/// Promise: drawn for any number of indexes; where there are more than cells, each cell is the worst of its indexes. A try is chosen by click or
/// by arrow keys; `chosenChanged` then. Cost: by the tries there are, and the cells. Thread: GUI.
class TriesPane : public QWidget {
    Q_OBJECT

public:
    explicit TriesPane(const Theme &theme, QWidget *parent = nullptr);

    /// Copied.
    void show(const jobs::Run &run, jobs::Moment now);
    /// The one whose log is worth reading: the chosen one, else the last that failed, else the last. Null: no pod of it is known.
    [[nodiscard]] const jobs::Attempt *attempt() const;
    /// "137 OOMKilled × 21", of those that failed, the most frequent first.
    [[nodiscard]] const QStringList &exits() const { return m_exits; }
    [[nodiscard]] QString ruleWords() const;
    /// What a cell shows: indexes from..to-1. For tests and the tool tip.
    enum class Cell : std::uint8_t { Waits, Done, Runs, Retried, Failed };
    [[nodiscard]] Cell stateOf(std::int64_t from, std::int64_t to) const;
    [[nodiscard]] std::int64_t indexAt(const QPointF &point) const; ///< -1: none
    [[nodiscard]] std::int64_t indexesACell() const { return m_indexesACell; }

Q_SIGNALS:
    void chosenChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRectF area() const;
    void lay();
    void choose(int attempt);
    void paintGrid(QPainter &painter) const;
    void paintBand(QPainter &painter, const QRectF &rect, std::int64_t from, std::int64_t to) const;
    void paintList(QPainter &painter) const;
    void paintFoot(QPainter &painter) const;
    void paintKey(QPainter &painter, const QRectF &rect) const;
    [[nodiscard]] QColor colourOf(Cell cell) const;
    [[nodiscard]] QString cellWords(std::int64_t index) const;
    [[nodiscard]] int attemptOf(std::int64_t index) const;

    const Theme &m_theme;
    jobs::Run m_run;
    jobs::Moment m_now;
    std::vector<std::int64_t> m_running; ///< indexes, rising
    std::vector<std::int64_t> m_retried; ///< with a try that failed
    std::string m_chosen;                ///< uid of a pod
    QStringList m_exits;
    // How the grid lies.
    int m_columns = 0;
    qreal m_cell = 0;
    qreal m_row = 0;
    bool m_bands = false; ///< a row a try
    std::int64_t m_indexesACell = 1;
};

} // namespace fairlead::ui
