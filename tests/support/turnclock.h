// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/fakeclock.h"

#include <functional>
#include <utility>
#include <vector>

namespace fairlead::test {

/// Turns of the event loop by hand: what asks for one waits until the test gives it.
class TurnClock : public FakeClock {
public:
    Timer after(Duration delay, QObject *context, std::function<void()> work) override
    {
        if (delay > Duration(0))
            return FakeClock::after(delay, context, std::move(work));
        m_waiting.emplace_back(++m_lastTurn, std::move(work));
        return m_lastTurn;
    }
    void cancel(Timer timer) override
    {
        std::erase_if(m_waiting, [timer](const auto &each) { return each.first == timer; });
        FakeClock::cancel(timer);
    }
    /// False: nobody asked for one.
    bool turn()
    {
        if (m_waiting.empty())
            return false;
        const auto work = std::move(m_waiting.front().second);
        m_waiting.erase(m_waiting.begin());
        work();
        return true;
    }

private:
    std::vector<std::pair<Timer, std::function<void()>>> m_waiting;
    Timer m_lastTurn = Timer(1) << 32U; // beyond those of the base
};

} // namespace fairlead::test
