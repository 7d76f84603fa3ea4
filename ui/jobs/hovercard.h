// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobs/runlook.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <vector>

namespace fairlead::ui {

/// What is known of the run under the pointer: its name and state, when and how long, and where that lies among the lengths of the lane's runs.
/// Never takes the pointer or the focus; a screen reader hears the same of the chosen run. Owner: the timeline's viewport. Thread: GUI.
class HoverCard : public QWidget {
    Q_OBJECT

public:
    HoverCard(const Theme &theme, QWidget *parent);

    /// Beside `at` (of the parent), wherever there is room; all of it is copied.
    void showRun(const jobs::Lane &lane, const jobs::Run &run, jobs::Moment now, const QRect &at);
    void showComing(const jobs::Lane &lane, const jobs::ComingRun &run, jobs::Moment now, const QRect &at);
    [[nodiscard]] QString title() const { return m_title; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void place(const QRect &at);

    const Theme &m_theme;
    QString m_title;
    Shape m_shape = Shape::None;
    QList<RunFact> m_facts;
    std::vector<std::chrono::seconds> m_lengths; ///< of the lane's runs
    std::chrono::seconds m_length{0};            ///< of this one so far
};

/// The lengths as dots from the shortest to the longest, and `own` as a line among them.
void paintLengths(
    QPainter &painter, const Theme &theme, const QRectF &rect, const std::vector<std::chrono::seconds> &lengths, std::chrono::seconds own);
/// Of the lane's last runs that succeeded.
[[nodiscard]] std::vector<std::chrono::seconds> lengthsOf(const jobs::Lane &lane);

} // namespace fairlead::ui
