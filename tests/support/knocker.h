// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <cstddef>
#include <ctime>
#include <thread>
#include <vector>

namespace fairlead::test {

/// Knocks at the door of the thread that it was made on, every two milliseconds, and notes how long nobody opened: by the clock, and in what
/// that thread itself worked meanwhile, which other programs on the same processors do not lengthen.
///
/// Thread: the one that it was made on, which turns an event loop.
class Knocker : public QObject {
public:
    Knocker();
    ~Knocker() override;

    struct Held {
        double longest = 0; ///< milliseconds
        double median = 0;
        double longestWork = 0;
        std::size_t knocks = 0;
    };
    [[nodiscard]] std::size_t knocks() const { return m_held.size(); } ///< since then, too
    /// Since it was asked last.
    Held take();

protected:
    bool event(QEvent *event) override;

private:
    clockid_t m_cpu{};
    std::atomic<bool> m_waiting = false;
    std::atomic<bool> m_isTimed = false;
    double m_at = 0; // written between m_waiting and m_isTimed, read behind them
    double m_workedAt = 0;
    std::vector<double> m_held;
    double m_longestWork = 0;
    std::jthread m_thread; // last: it uses all the others
};

} // namespace fairlead::test
