// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

namespace fairlead {

SystemClock::SystemClock(QObject *parent)
    : QObject(parent)
{
}

Clock::TimePoint SystemClock::now() const
{
    return std::chrono::system_clock::now() + m_offset;
}

Clock::Duration SystemClock::steady() const
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

Clock::Timer SystemClock::after(Duration delay, QObject *context, std::function<void()> work)
{
    const Timer number = ++m_last;
    auto timer = std::make_unique<QTimer>();
    timer->setSingleShot(true);
    timer->setTimerType(delay < std::chrono::seconds(2) ? Qt::PreciseTimer : Qt::CoarseTimer);
    // The timer is deleted later: this runs inside its own signal.
    connect(timer.get(), &QTimer::timeout, context, [this, number, work = std::move(work)] {
        const auto it = m_timers.find(number);
        if (it == m_timers.end())
            return;
        it->second.release()->deleteLater();
        m_timers.erase(it);
        work();
    });
    timer->start(delay);
    m_timers.emplace(number, std::move(timer));
    return number;
}

void SystemClock::cancel(Timer timer)
{
    m_timers.erase(timer);
}

void SystemClock::correct(TimePoint serverDate)
{
    const auto difference = std::chrono::duration_cast<std::chrono::milliseconds>(serverDate - std::chrono::system_clock::now());
    // Date is cut to the second and has travelled: below two seconds it says nothing.
    m_offset = std::chrono::abs(difference) < std::chrono::seconds(2) ? std::chrono::milliseconds(0) : difference;
}

} // namespace fairlead
