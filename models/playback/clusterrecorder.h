// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "kube/session.h"
#include "recording/startrecording.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace fairlead::playback {

/// Records an open cluster while its window goes on: one at a time, until it is stopped or this object goes; the file is complete then.
///
/// Promise: files are made and completed on a pool, so that no window waits for a disk. The cluster stays open as long as it is recorded.
/// Thread: GUI. Owner: a window; its destructor waits for the file.
class ClusterRecorder : public QObject {
    Q_OBJECT

public:
    enum class Phase {
        None,
        Beginning, ///< the file is being made
        Running,
        Ending, ///< the file is being completed
        Done,
        Failed, ///< error() says why; what the file holds can be read
    };
    static constexpr std::chrono::milliseconds interval{500}; ///< of changed() while it runs

    explicit ClusterRecorder(QObject *parent = nullptr);
    ~ClusterRecorder() override;

    /// Not while one is under way.
    void start(std::shared_ptr<kube::Session> session, recording::RecordOrder order);
    void stop();
    /// What has ended is forgotten.
    void dismiss();

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] bool isUnderWay() const { return m_phase == Phase::Beginning || m_phase == Phase::Running || m_phase == Phase::Ending; }
    [[nodiscard]] const recording::RecordOrder &order() const { return m_order; }
    [[nodiscard]] const recording::RecordRun::Progress &progress() const { return m_progress; }
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// The file can be opened: it holds something.
    [[nodiscard]] bool hasFile() const { return m_hasFile && !isUnderWay(); }

Q_SIGNALS:
    void changed();

private:
    void setPhase(Phase phase);
    void begin(Result<recording::Writer> writer);
    void look();
    void end(std::optional<Error> why, bool remove);
    void ended(const Result<void> &stopped);

    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    QTimer m_timer;
    QElapsedTimer m_clock;
    Phase m_phase = Phase::None;
    std::shared_ptr<kube::Session> m_session;
    recording::RecordOrder m_order;
    std::unique_ptr<recording::RecordRun> m_run;
    recording::RecordRun::Progress m_progress;
    std::chrono::milliseconds m_elapsed{0};
    std::optional<Error> m_error;
    bool m_hasFile = false;
    bool m_stopWanted = false; // while it begins
};

} // namespace fairlead::playback
