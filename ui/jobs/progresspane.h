// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/runlook.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <optional>
#include <vector>

namespace fairlead::ui {

/// How far a run is, when it may end, and what is left of its budgets; of a cron job's run also how its runs usually go. Painted; a screen reader
/// gets the same lines as the description. Thread: GUI.
class ProgressPane : public QWidget {
    Q_OBJECT

public:
    explicit ProgressPane(const Theme &theme, QWidget *parent = nullptr);

    /// Both are looked at now and not kept.
    void show(const jobs::Lane &lane, const jobs::Run &run, jobs::Moment now);
    /// Label and value, as they stand below the bar.
    [[nodiscard]] const QList<RunFact> &facts() const { return m_facts; }
    /// "412 of 600, 8 run, 5 failed".
    [[nodiscard]] QString progressWords() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Counts {
        std::int64_t wanted = 0; ///< 0: nobody says how many
        std::int64_t succeeded = 0;
        std::int64_t active = 0;
        std::int64_t ready = 0;
        std::int64_t terminating = 0;
        std::int64_t failed = 0;
    };
    [[nodiscard]] qreal paintFigure(QPainter &painter, const QRectF &rect) const;
    [[nodiscard]] qreal paintCounts(QPainter &painter, const QRectF &rect) const;
    [[nodiscard]] qreal paintEstimate(QPainter &painter, const QRectF &rect) const;

    const Theme &m_theme;
    jobs::Moment m_now;
    Counts m_counts;
    QList<RunFact> m_facts;
    std::optional<jobs::Estimate> m_estimate;
    std::optional<std::int64_t> m_left; ///< of the back-off's budget
    std::int64_t m_limit = 0;
    std::vector<std::chrono::seconds> m_lengths;
    std::chrono::seconds m_length{0};
};

} // namespace fairlead::ui
