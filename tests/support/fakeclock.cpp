// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeclock.h"

#include <algorithm>

namespace fairlead::test {

Clock::Timer FakeClock::after(Duration delay, QObject *context, std::function<void()> work)
{
    m_timers.emplace(++m_last, Entry{m_now + delay, context, std::move(work)});
    return m_last;
}

void FakeClock::cancel(Timer timer)
{
    m_timers.erase(timer);
}

std::optional<Clock::Duration> FakeClock::untilNext() const
{
    std::optional<Duration> next;
    for (const auto &[timer, entry] : m_timers) {
        if (!next || entry.due - m_now < *next)
            next = std::max(Duration(0), entry.due - m_now);
    }
    return next;
}

Clock::Duration FakeClock::jitter(Duration most)
{
    return Duration(std::uniform_int_distribution<Duration::rep>(0, most.count())(m_random));
}

void FakeClock::advance(Duration duration)
{
    const Duration end = m_now + duration;
    for (;;) {
        const auto next =
            std::min_element(m_timers.begin(), m_timers.end(), [](const auto &a, const auto &b) { return a.second.due < b.second.due; });
        if (next == m_timers.end() || next->second.due > end)
            break;
        const Entry entry = std::move(next->second);
        m_timers.erase(next);
        m_now = std::max(m_now, entry.due);
        if (entry.context)
            entry.work();
    }
    m_now = end;
}

} // namespace fairlead::test
