// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace fairlead::recording {

/// What one thread has to do, now or later; filled by others, which may outlive it: after close() nothing is taken any more.
/// Thread: any; next() is called by the one that works.
class RecordInbox {
public:
    using Work = std::function<void()>;
    using Clock = std::chrono::steady_clock;

    void post(Work work)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed)
                return;
            m_now.push_back(std::move(work));
        }
        m_changed.notify_all();
    }
    void postLater(std::chrono::milliseconds delay, Work work)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed)
                return;
            m_later.emplace(Clock::now() + delay, std::move(work));
        }
        m_changed.notify_all();
    }
    /// Waits for the next thing to do; none once it is to stop.
    [[nodiscard]] std::optional<Work> next(const std::stop_token &stop)
    {
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested()) {
            if (!m_later.empty() && m_later.begin()->first <= Clock::now()) {
                Work work = std::move(m_later.begin()->second);
                m_later.erase(m_later.begin());
                return work;
            }
            if (!m_now.empty()) {
                Work work = std::move(m_now.front());
                m_now.pop_front();
                return work;
            }
            const auto until = m_later.empty() ? Clock::now() + std::chrono::hours(1) : m_later.begin()->first;
            m_changed.wait_until(lock, stop, until, [this, until] { return !m_now.empty() || (!m_later.empty() && m_later.begin()->first < until); });
        }
        return std::nullopt;
    }
    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_now.clear();
        m_later.clear();
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Work> m_now;
    std::multimap<Clock::time_point, Work> m_later;
    bool m_closed = false;
};

} // namespace fairlead::recording
