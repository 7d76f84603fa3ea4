// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "jobs/jobtimeline.h"
#include "ui/jobs/runlook.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <string>

namespace fairlead::ui {

class ProgressPane;
class RunLog;
class TriesPane;

/// What is known of one run, side by side: how far it is and what is left of its budgets; its tries; the last lines of the one that failed. Hidden
/// while nothing is chosen. Thread: GUI.
class RunCockpit : public QWidget {
    Q_OBJECT

public:
    RunCockpit(const Theme &theme, const contexts::OpenClusterPtr &cluster, QWidget *parent = nullptr);

    /// Null: nothing is chosen. Neither is kept.
    void setRun(const jobs::Lane *lane, const jobs::Run *run, jobs::Moment now);
    /// All that is told of it in words.
    [[nodiscard]] QStringList lines() const { return m_lines; }
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] ProgressPane &progress() const { return *m_progress; }
    [[nodiscard]] TriesPane &tries() const { return *m_tries; }
    [[nodiscard]] RunLog &log() const { return *m_log; }
    [[nodiscard]] QSize sizeHint() const override { return {800, 272}; }

Q_SIGNALS:
    void openWanted(); ///< the job's own page
    void logWanted(const std::string &pod);
    void closeWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showLog();

    const Theme &m_theme;
    std::string m_space;
    QString m_name;
    QString m_words;
    Shape m_shape = Shape::None;
    QStringList m_lines;
    QWidget *m_buttons;
    QWidget *m_whole; ///< leads to the whole log
    ProgressPane *m_progress;
    TriesPane *m_tries;
    RunLog *m_log;
};

} // namespace fairlead::ui
