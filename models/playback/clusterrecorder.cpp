// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/clusterrecorder.h"

#include <filesystem>
#include <system_error>
#include <utility>

namespace fairlead::playback {

using recording::Recorder;
using recording::RecordRun;
using recording::Writer;

ClusterRecorder::ClusterRecorder(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &ClusterRecorder::look);
}

ClusterRecorder::~ClusterRecorder()
{
    m_pool.waitForDone();
    m_run.reset(); // completes the file
}

void ClusterRecorder::setPhase(Phase phase)
{
    m_phase = phase;
    Q_EMIT changed();
}

std::chrono::milliseconds ClusterRecorder::elapsed() const
{
    return m_phase == Phase::Running ? std::chrono::milliseconds(m_clock.elapsed()) : m_elapsed;
}

void ClusterRecorder::start(std::shared_ptr<kube::Session> session, recording::RecordOrder order)
{
    if (isUnderWay())
        return;
    m_session = std::move(session);
    m_order = std::move(order);
    m_progress = {};
    m_elapsed = {};
    m_error.reset();
    m_hasFile = false;
    m_stopWanted = false;
    const Moment now = std::chrono::floor<std::chrono::milliseconds>(m_session->clock().now());
    const auto number = m_dispatcher.open();
    m_pool.start([this, number, now, order = m_order] {
        const auto box = std::make_shared<Result<Writer>>(recording::createRecording(order, now));
        m_dispatcher.post(number, [this, number, box] {
            m_dispatcher.close(number);
            begin(std::move(*box));
        });
    });
    setPhase(Phase::Beginning);
}

void ClusterRecorder::begin(Result<Writer> writer)
{
    if (!writer) {
        m_error = std::move(writer.error());
        m_session.reset();
        setPhase(Phase::Failed);
        return;
    }
    m_hasFile = true;
    m_run = std::make_unique<RecordRun>(m_session->client().transport(), Recorder(std::move(*writer)), m_order.wish);
    m_clock.start();
    m_run->start();
    m_timer.start();
    setPhase(Phase::Running);
    if (m_stopWanted)
        stop();
}

void ClusterRecorder::look()
{
    m_progress = m_run->progress();
    if (m_progress.failed)
        end(m_progress.failed, false);
    else if (auto nothing = recording::nothingRecorded(m_progress, m_order.wish, m_session->client().server()))
        end(std::move(nothing), true);
    else
        Q_EMIT changed();
}

void ClusterRecorder::stop()
{
    if (m_phase == Phase::Beginning)
        m_stopWanted = true;
    else if (m_phase == Phase::Running)
        end({}, false);
}

void ClusterRecorder::end(std::optional<Error> why, bool remove)
{
    m_timer.stop();
    m_elapsed = std::chrono::milliseconds(m_clock.elapsed());
    m_error = std::move(why);
    m_hasFile = !remove;
    const auto number = m_dispatcher.open();
    // It goes to the pool, which completes the file; its last progress comes back.
    m_pool.start([this, number, remove, file = m_order.file, run = std::shared_ptr<RecordRun>(std::move(m_run))]() mutable {
        const auto stopped = std::make_shared<Result<void>>(run->stop());
        const RecordRun::Progress progress = run->progress();
        run.reset(); // before what it asks may go
        if (remove) {
            std::error_code ignored;
            std::filesystem::remove(file, ignored); // it is ours, and there is nothing in it
        }
        m_dispatcher.post(number, [this, number, stopped, progress] {
            m_dispatcher.close(number);
            m_progress = progress;
            ended(*stopped);
        });
    });
    setPhase(Phase::Ending);
}

void ClusterRecorder::ended(const Result<void> &stopped)
{
    if (!stopped && !m_error)
        m_error = stopped.error();
    if (m_error)
        m_error = recording::withRecordingRemedy(std::move(*m_error));
    m_session.reset();
    setPhase(m_error ? Phase::Failed : Phase::Done);
}

void ClusterRecorder::dismiss()
{
    if (!isUnderWay())
        setPhase(Phase::None);
}

} // namespace fairlead::playback
