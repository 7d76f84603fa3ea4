// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <random>
#include <unordered_map>

class QTimer;

namespace fairlead {

/// A session's time: what the server calls now, timers, and the chance in how long one waits. Handed in, never asked of the system by who uses it, so
/// that tests and recordings can be their own masters of time.
///
/// Thread: the one it was made on. Units: std::chrono.
class Clock {
public:
    using TimePoint = std::chrono::system_clock::time_point;
    using Duration = std::chrono::milliseconds;
    using Timer = std::uint64_t; ///< 0 is none

    virtual ~Clock() = default;

    /// Wall clock as the cluster sees it.
    [[nodiscard]] virtual TimePoint now() const = 0;
    /// Never goes backwards; for intervals only.
    [[nodiscard]] virtual Duration steady() const = 0;
    /// Calls `work` once, from the event loop, unless cancelled or `context` has died.
    virtual Timer after(Duration delay, QObject *context, std::function<void()> work) = 0;
    virtual void cancel(Timer timer) = 0;
    /// From 0 to `most`, another each time: what is added to a wait, so that many who wait do not all come back at once.
    [[nodiscard]] virtual Duration jitter(Duration most) = 0;
};

/// The system's clock, corrected by the server's Date header; or the one of who shows a recording.
class SystemClock : public QObject, public Clock {
    Q_OBJECT

public:
    explicit SystemClock(QObject *parent = nullptr);
    ~SystemClock() override; ///< no timer of it fires afterwards

    [[nodiscard]] TimePoint now() const override;
    [[nodiscard]] Duration steady() const override;
    Timer after(Duration delay, QObject *context, std::function<void()> work) override;
    void cancel(Timer timer) override;
    [[nodiscard]] Duration jitter(Duration most) override;

    /// Takes the server's Date as truth where it differs by more than its own resolution of a second.
    void correct(TimePoint serverDate);
    /// From now on it is this time until it is called again, and no Date changes that: a recording stands still while nobody plays it.
    /// Intervals and timers go on.
    void stand(TimePoint at);
    /// Those that wait, for tests.
    [[nodiscard]] std::size_t timers() const;

private:
    std::chrono::milliseconds m_offset{0};
    std::optional<TimePoint> m_stands;
    std::unordered_map<Timer, QPointer<QTimer>> m_timers;
    Timer m_last = 0;
    std::minstd_rand m_random{std::random_device{}()};
};

} // namespace fairlead
