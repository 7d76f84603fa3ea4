// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "jobs/jobtimeline.h"
#include "kube/discovery.h"
#include "kube/store.h"

#include <QObject>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace fairlead::jobs {

/// The stores that a timeline of jobs is made of: cron jobs, jobs, and pods that bear a job's label. What may not be read is left out and
/// stands in errors(); the rest is told all the same.
///
/// Promise: `ready` once, as soon as each of them has answered with all its rows or with a reason why not; `changed` after each change set
/// from the first on. Thread: the GUI thread, or the only thread of a command. `clock` outlives it.
class JobSources : public QObject {
    Q_OBJECT

public:
    using Part = JobTimeline::Part;
    using StoreOf = std::function<std::shared_ptr<kube::Store>(const kube::Source &)>;

    struct Source {
        kube::Resource resource;
        std::shared_ptr<kube::Store> store; ///< null: the cluster does not offer it
        kube::State state;
        std::optional<kube::Revision> revision; ///< what the timeline has; none: nothing yet
        std::vector<Error> errors;              ///< of now
        kube::Subscription subscription;        // last: it ends first

        /// With all its rows, or with a reason why not.
        [[nodiscard]] bool hasAnswered() const;
    };

    JobSources(Clock &clock, kinds::cron::ReadZoneFile zones, QObject *parent = nullptr);
    ~JobSources() override;

    /// Once. Error: the cluster offers no jobs.
    [[nodiscard]] Result<void> start(const StoreOf &storeOf, const kube::Offer &offer, const kube::Scope &scope);

    [[nodiscard]] const JobTimeline &timeline() const { return m_timeline; }
    [[nodiscard]] const Source &source(Part part) const { return m_sources[static_cast<std::size_t>(part)]; }
    [[nodiscard]] bool isReady() const { return m_ready; }
    /// Of all parts.
    [[nodiscard]] std::vector<Error> errors() const;
    /// Of the jobs' store; the others' reasons stand in errors().
    [[nodiscard]] kube::State state() const { return source(Part::Jobs).state; }
    void retry();

Q_SIGNALS:
    void ready();
    void changed();
    /// Phase, reason or last word of any of them.
    void stateChanged();

private:
    void takeState(Part part, const kube::State &state);
    void readyIfWhole();

    Clock &m_clock;
    JobTimeline m_timeline;
    std::array<Source, 3> m_sources; ///< by Part
    bool m_ready = false;
};

} // namespace fairlead::jobs
