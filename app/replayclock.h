// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "recording/replaytransport.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace fairlead::app {

/// Moves a recording, and its session's clock with it, forward as time went by when it was made, up to its end: for `get --watch`.
///
/// Thread: the command's only one. Both references outlive it.
class ReplayClock : public QObject {
    Q_OBJECT

public:
    ReplayClock(recording::ReplayTransport &replay, SystemClock &clock, QObject *parent = nullptr);

    /// From where the recording stands now. Again: nothing.
    void start();

Q_SIGNALS:
    /// It stands at its end, and has for a second: what was told of it is printed by then.
    void ended();

private:
    void step();

    recording::ReplayTransport &m_replay;
    SystemClock &m_clock;
    QTimer m_timer;
    QElapsedTimer m_elapsed;
    Moment m_from;
};

} // namespace fairlead::app
