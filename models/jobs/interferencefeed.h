// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "jobs/interference.h"
#include "kinds/material/collector.h"
#include "kube/session.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>

namespace fairlead::jobs {

/// Where jobs may disturb services, kept current while somebody looks: it reads all pods and all that makes them.
///
/// Promise: changed() at most once in `interval`, and never after stop() or the destructor. What cannot be read is tried again by itself.
/// Thread: GUI; worked out on the pool. The session outlives it.
class InterferenceFeed : public QObject {
    Q_OBJECT

public:
    static constexpr Clock::Duration interval{2'000};
    static constexpr Clock::Duration again{10'000}; ///< till a server that does not say what it offers is asked once more

    InterferenceFeed(kube::Session &session, kinds::cron::ReadZoneFile zones, QObject *parent = nullptr);
    ~InterferenceFeed() override;

    /// Begins; anew with another choice of namespaces.
    void watch(const kube::Scope &scope);
    /// Lets go of all that it holds.
    void stop();
    void retry();

    /// Null until all kinds have been read or refused once.
    [[nodiscard]] const Interference *told() const { return m_told ? &*m_told : nullptr; }
    /// Why nothing can be told at all.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    [[nodiscard]] std::optional<kube::State> state() const { return m_collector ? m_collector->state() : std::nullopt; }

Q_SIGNALS:
    void changed();
    void stateChanged();

private:
    void plan();
    void workOut();
    void take(Interference found, bool readable);

    kube::Session &m_session;
    const kinds::cron::ReadZoneFile m_zones;
    Dispatcher::Number m_number;
    std::unique_ptr<kinds::Collector> m_collector;
    std::optional<Interference> m_told;
    std::optional<Error> m_failure;
    std::uint64_t m_generation = 0; ///< of the choice of namespaces
    bool m_due = false;             ///< rows differ from what was worked out
    bool m_working = false;
    Clock::Duration m_begun{}; ///< of the last round
    Clock::Timer m_timer = 0;
    Clock::Timer m_again = 0;
};

} // namespace fairlead::jobs
