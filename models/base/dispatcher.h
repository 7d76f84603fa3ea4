// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <cstdint>
#include <functional>
#include <mutex>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fairlead {

/// The only way from the network thread and the pool back to the GUI thread.
///
/// Whoever expects messages opens a number and closes it when it dies; a message for a closed number is dropped when its
/// turn comes, on the GUI thread, so that a dying receiver is no race. Numbers are never used again.
/// Thread: post() from any; all else on the thread that made it. Owner: app/, which destroys it after the network thread
/// and the pool are joined. Promise: messages of one posting thread arrive in the order in which they were posted; many
/// posts between two turns of the event loop cost one event.
class Dispatcher : public QObject {
    Q_OBJECT

public:
    using Number = std::uint64_t; ///< 0 is none

    explicit Dispatcher(QObject *parent = nullptr);
    ~Dispatcher() override;

    [[nodiscard]] Number open();
    void close(Number number);

    void post(Number number, std::function<void()> message);

protected:
    bool event(QEvent *event) override;

private:
    void deliver();

    std::mutex m_mutex;
    std::vector<std::pair<Number, std::function<void()>>> m_queue; // guarded by m_mutex
    bool m_woken = false;                                          // guarded by m_mutex
    std::unordered_set<Number> m_open;                             // GUI thread only
    Number m_last = 0;
};

} // namespace fairlead
