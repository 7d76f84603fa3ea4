// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace fairlead::recording {

/// What one thread has to do, now or later; filled by others, which may outlive it: after close() nothing is taken any more.
/// What servers send is counted, and bounded: where the one that works (a disk) is slower than they are, offer() takes no more.
/// Thread: any; next() is called by the one that works.
class RecordInbox {
public:
    using Work = std::function<void()>;
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t mostBytes = 64u << 20; ///< that wait

    void post(Work work)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed)
                return;
            m_now.push_back({std::move(work), 0});
        }
        m_changed.notify_all();
    }
    /// What holds so many bytes. False: they are too many with those that wait, and nothing is taken.
    [[nodiscard]] bool offer(Work work, std::size_t bytes)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_closed)
                return true;
            if (bytes > mostBytes - m_bytes)
                return false;
            m_bytes += bytes;
            m_now.push_back({std::move(work), bytes});
        }
        m_changed.notify_all();
        return true;
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
                Work work = std::move(m_now.front().work);
                m_bytes -= m_now.front().bytes;
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
        m_bytes = 0;
        m_now.clear();
        m_later.clear();
    }

private:
    struct Waiting {
        Work work;
        std::size_t bytes;
    };

    std::mutex m_mutex;
    std::condition_variable_any m_changed;
    std::deque<Waiting> m_now;
    std::size_t m_bytes = 0; // of m_now
    std::multimap<Clock::time_point, Work> m_later;
    bool m_closed = false;
};

} // namespace fairlead::recording
