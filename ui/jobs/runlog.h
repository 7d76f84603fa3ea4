// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/clusters.h"
#include "jobs/attempt.h"
#include "logs/logfollower.h"
#include "logs/podwatch.h"
#include "ui/widgets/theme.h"

#include <QWidget>

#include <memory>
#include <string>

namespace fairlead::ui {

/// The last lines that a try wrote: of the container whose exit code it is, else of the pod's default one. Read once a try is shown; lines stay
/// when the pod goes. Painted, as many as there is room for; a screen reader gets them as the description. Thread: GUI.
class RunLog : public QWidget {
    Q_OBJECT

public:
    static constexpr int lines = 60; ///< that are asked for

    RunLog(const Theme &theme, contexts::OpenClusterPtr cluster, QWidget *parent = nullptr);
    ~RunLog() override;

    /// Null: of no try anything is known. The same try again changes nothing but its heading.
    void show(const std::string &space, const jobs::Attempt *attempt);
    /// Lines are there, or a reason why not.
    [[nodiscard]] bool isComplete() const;
    /// What is shown instead of lines; empty: lines are.
    [[nodiscard]] QString words() const;
    [[nodiscard]] QStringList shownLines() const;

Q_SIGNALS:
    void linesChanged(); ///< or what is said instead of them

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Reading {
        Reading(kube::Session &session, const std::string &space, const std::string &pod);
        logs::PodWatch pod;
        logs::LogFollower follower;
        bool opened = false;
    };
    void open();
    void changed();

    const Theme &m_theme;
    const contexts::OpenClusterPtr m_cluster;
    std::string m_space;
    jobs::Attempt m_attempt;
    bool m_any = false;
    std::unique_ptr<Reading> m_reading;
};

} // namespace fairlead::ui
