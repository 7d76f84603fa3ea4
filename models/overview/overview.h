// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/dispatcher.h"
#include "kinds/material/collector.h"
#include "overview/figures.h"
#include "overview/findings.h"
#include "overview/histories.h"
#include "overview/rollouts.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace fairlead::overview {

/// One cluster at a glance, kept current: figures, findings, series.
///
/// Promise: changed() at most once in `interval`, and only while it is shown; what is worked out then is of the rows as they are. Series go on
/// unseen, and outlive this (Histories). Another choice of namespaces begins anew: nothing of the one before is told afterwards.
/// Thread: GUI; figures and findings are worked out on the pool. The session outlives it.
class Overview : public QObject {
    Q_OBJECT

public:
    static constexpr Clock::Duration interval{500};
    /// Some findings come due by time alone (a job that does not get on, what terminates for long): as often it is looked again, whatever changes.
    static constexpr Clock::Duration recheck{15'000};
    static constexpr Clock::Duration again{10'000}; ///< till a server that does not say what it offers is asked once more

    /// What was seen at one moment.
    struct Glance {
        Moment at;
        Figures figures;
        std::vector<kinds::Finding> findings;
        std::vector<Rollout> rollouts;
        struct Unread {
            kube::Resource resource;
            Error why;
            Clock::TimePoint since;
        };
        std::vector<Unread> unread;  ///< kinds that could not be listed
        bool readable = false;       ///< any kind could
        std::int64_t namespaces = 0; ///< with pods in them
    };

    Overview(kube::Session &session, kinds::cron::ReadZoneFile zones, QObject *parent = nullptr);
    ~Overview() override;

    /// Begins, or begins anew.
    void setScope(const kube::Scope &scope);
    void setShown(bool shown);
    void retry();

    /// Null until all kinds have been read or refused once.
    [[nodiscard]] const Glance *glance() const { return m_glance ? &*m_glance : nullptr; }
    [[nodiscard]] const History &history() const { return *m_history; }
    /// glance() is of the rows as they are now: nobody has told of a change since.
    void setRecheck(Clock::Duration every) { m_recheck = every; }
    [[nodiscard]] bool isUpToDate() const { return m_glance && !m_due && !m_working; }
    /// Why nothing can be told at all.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    [[nodiscard]] std::optional<kube::State> state() const { return m_collector ? m_collector->state() : std::nullopt; }
    /// How often figures and findings were worked out: for tests.
    [[nodiscard]] int rounds() const { return m_rounds; }

Q_SIGNALS:
    void changed();
    /// A word has come from the server, or has not for too long.
    void stateChanged();

private:
    void plan();
    void workOut();
    void take(Glance glance);

    kube::Session &m_session;
    const kinds::cron::ReadZoneFile m_zones;
    Dispatcher::Number m_number;
    std::unique_ptr<kinds::Collector> m_collector;
    std::shared_ptr<History> m_history = std::make_shared<History>(); ///< of the choice of namespaces; never null
    std::optional<Glance> m_glance;
    std::optional<Error> m_failure;
    std::uint64_t m_generation = 0; ///< of the choice of namespaces
    bool m_shown = false;
    bool m_due = false; ///< rows differ from what was worked out
    bool m_working = false;
    int m_rounds = 0;
    Clock::Duration m_begun{}; ///< of the last round
    Clock::Duration m_cost{};  ///< likewise
    Clock::Timer m_timer = 0;
    Clock::Timer m_recheckTimer = 0;
    Clock::Duration m_recheck = recheck;
    Clock::Timer m_again = 0;
};

} // namespace fairlead::overview
