// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/knocker.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

#include <pthread.h>

namespace fairlead::test {

using namespace std::chrono_literals;

namespace {

double now(clockid_t clock)
{
    timespec time{};
    clock_gettime(clock, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// When that time is over, or when it is to stop: false.
bool waitFor(const std::stop_token &stop, std::chrono::milliseconds time)
{
    std::mutex mutex;
    std::condition_variable_any condition;
    std::unique_lock lock(mutex);
    condition.wait_for(lock, stop, time, [] { return false; });
    return !stop.stop_requested();
}

} // namespace

Knocker::Knocker()
{
    pthread_getcpuclockid(pthread_self(), &m_cpu);
    m_thread = std::jthread([this](const std::stop_token &stop) {
        while (waitFor(stop, 2ms)) {
            if (m_waiting.exchange(true))
                continue;
            // First the knock, then the time: while this thread waits for a processor between the two, the other one may turn many times, and all
            // of that would count as one.
            m_isTimed = false;
            QCoreApplication::postEvent(this, new QEvent(QEvent::User));
            m_at = now(CLOCK_MONOTONIC);
            m_workedAt = now(m_cpu);
            m_isTimed = true;
        }
    });
}

Knocker::~Knocker() = default;

Knocker::Held Knocker::take()
{
    Held held;
    std::sort(m_held.begin(), m_held.end());
    held.knocks = m_held.size();
    held.longest = m_held.empty() ? 0 : m_held.back();
    held.median = m_held.empty() ? 0 : m_held[m_held.size() / 2];
    held.longestWork = m_longestWork;
    m_held.clear();
    m_longestWork = 0;
    return held;
}

bool Knocker::event(QEvent *event)
{
    if (event->type() != QEvent::User)
        return QObject::event(event);
    const bool isTimed = m_isTimed; // else it was opened at once
    m_held.push_back(isTimed ? now(CLOCK_MONOTONIC) - m_at : 0);
    m_longestWork = std::max(m_longestWork, isTimed ? now(m_cpu) - m_workedAt : 0);
    m_waiting = false;
    return true;
}

} // namespace fairlead::test
