// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"

#include <QTimer>

#include <algorithm>

namespace fairlead {

SystemClock::SystemClock(QObject *parent)
    : QObject(parent)
{
}

SystemClock::~SystemClock()
{
    for (const auto &[number, timer] : m_timers)
        delete timer.data();
}

Clock::TimePoint SystemClock::now() const
{
    return m_stands ? *m_stands : std::chrono::system_clock::now() + m_offset;
}

Clock::Duration SystemClock::steady() const
{
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

Clock::Timer SystemClock::after(Duration delay, QObject *context, std::function<void()> work)
{
    const Timer number = ++m_last;
    // The context owns the timer: it dies with it. What that leaves in the map is swept from time to time.
    if (number % 64 == 0)
        std::erase_if(m_timers, [](const auto &entry) { return entry.second.isNull(); });
    auto *timer = new QTimer(context);
    timer->setSingleShot(true);
    timer->setTimerType(delay < std::chrono::seconds(2) ? Qt::PreciseTimer : Qt::CoarseTimer);
    connect(timer, &QTimer::timeout, context, [this, number, timer, work = std::move(work)] {
        m_timers.erase(number);
        timer->deleteLater(); // this runs inside its own signal
        work();
    });
    timer->start(delay);
    m_timers.emplace(number, timer);
    return number;
}

void SystemClock::cancel(Timer timer)
{
    const auto it = m_timers.find(timer);
    if (it == m_timers.end())
        return;
    delete it->second.data();
    m_timers.erase(it);
}

Clock::Duration SystemClock::jitter(Duration most)
{
    return Duration(std::uniform_int_distribution<Duration::rep>(0, most.count())(m_random));
}

std::size_t SystemClock::timers() const
{
    return static_cast<std::size_t>(std::count_if(m_timers.begin(), m_timers.end(), [](const auto &entry) { return !entry.second.isNull(); }));
}

void SystemClock::correct(TimePoint serverDate)
{
    const auto difference = std::chrono::duration_cast<std::chrono::milliseconds>(serverDate - std::chrono::system_clock::now());
    // Date is cut to the second and has travelled: below two seconds it says nothing.
    m_offset = std::chrono::abs(difference) < std::chrono::seconds(2) ? std::chrono::milliseconds(0) : difference;
}

void SystemClock::stand(TimePoint at)
{
    m_stands = at;
}

} // namespace fairlead
