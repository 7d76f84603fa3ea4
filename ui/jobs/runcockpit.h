// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobtimeline.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>

namespace fairlead::ui {

/// What is known of one run: how far it is, what is left of its budgets, its indexes as a grid, its tries. Painted; a screen reader gets
/// all of it in words, as the description. 220 px high. Thread: GUI.
class RunCockpit : public QWidget {
    Q_OBJECT

public:
    explicit RunCockpit(const Theme &theme, QWidget *parent = nullptr);

    /// Null: nothing is chosen. Both are copied.
    void setRun(const jobs::Lane *lane, const jobs::Run *run, jobs::Moment now);
    [[nodiscard]] QStringList lines() const; ///< as they are shown at the left
    [[nodiscard]] QSize sizeHint() const override { return {800, 220}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void paintProgress(QPainter &painter, const QRectF &rect) const;
    void paintGrid(QPainter &painter, const QRectF &rect) const;
    void paintAttempts(QPainter &painter, const QRectF &rect) const;

    const Theme &m_theme;
    std::optional<jobs::Lane> m_lane; ///< without runs
    std::optional<jobs::Run> m_run;
    jobs::Moment m_now;
};

} // namespace fairlead::ui
