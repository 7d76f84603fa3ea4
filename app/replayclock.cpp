// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/replayclock.h"

#include <algorithm>
#include <chrono>

namespace fairlead::app {

using namespace std::chrono_literals;

ReplayClock::ReplayClock(recording::ReplayTransport &replay, SystemClock &clock, QObject *parent)
    : QObject(parent)
    , m_replay(replay)
    , m_clock(clock)
{
    m_timer.setInterval(100ms);
    connect(&m_timer, &QTimer::timeout, this, &ReplayClock::step);
}

void ReplayClock::start()
{
    if (m_elapsed.isValid())
        return;
    m_from = m_replay.now();
    m_elapsed.start();
    m_timer.start();
    step();
}

void ReplayClock::step()
{
    if (m_replay.now() >= m_replay.last()) {
        m_timer.stop();
        QTimer::singleShot(1s, this, &ReplayClock::ended);
        return;
    }
    const Moment to = std::min(m_from + std::chrono::milliseconds(m_elapsed.elapsed()), m_replay.last());
    m_replay.moveTo(to);
    m_clock.stand(to);
}

} // namespace fairlead::app
