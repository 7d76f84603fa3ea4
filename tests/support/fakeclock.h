// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QPointer>

#include <functional>
#include <map>
#include <optional>
#include <random>

namespace fairlead::test {

/// Time that stands still until the test moves it, and chance that is the same each time. Thread: the test's own.
class FakeClock : public Clock {
public:
    [[nodiscard]] TimePoint now() const override { return TimePoint(std::chrono::hours(24 * 365 * 55)) + m_now; }
    [[nodiscard]] Duration steady() const override { return m_now; }
    Timer after(Duration delay, QObject *context, std::function<void()> work) override;
    void cancel(Timer timer) override;
    [[nodiscard]] Duration jitter(Duration most) override;

    /// Of jitter(): the same seed, the same waits.
    void setSeed(unsigned seed) { m_random.seed(seed); }
    /// Timers that are due on the way are called at their time, in order, also those that they start.
    void advance(Duration duration);
    /// Until the next timer is due; none: nothing is waited for.
    [[nodiscard]] std::optional<Duration> untilNext() const;
    [[nodiscard]] std::size_t timers() const { return m_timers.size(); }

private:
    struct Entry {
        Duration due;
        QPointer<QObject> context;
        std::function<void()> work;
    };
    Duration m_now{1'000'000};
    std::map<Timer, Entry> m_timers;
    Timer m_last = 0;
    std::minstd_rand m_random;
};

} // namespace fairlead::test
