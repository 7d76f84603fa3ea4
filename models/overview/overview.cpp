// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/overview.h"

#include "kinds/findings/rules.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::overview {

using kinds::Collector;
using kinds::Material;

namespace {

Overview::Glance glanceOf(const Material &material, const kinds::cron::ReadZoneFile &zones)
{
    Overview::Glance glance;
    glance.at = material.now;
    glance.figures = figuresOf(material);
    glance.findings = findingsOf(material, zones);
    glance.rollouts = rolloutsOf(material);
    glance.readable = material.isReadable();
    glance.namespaces = std::int64_t(glance.figures.spaces.size());
    for (const Material::Part &part : material.parts) {
        if (!part.answered && !part.errors.empty())
            glance.unread.push_back({part.resource, part.errors.front(), part.since});
    }
    return glance;
}

} // namespace

Overview::Overview(kube::Session &session, kinds::cron::ReadZoneFile zones, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_zones(std::move(zones))
    , m_number(session.client().dispatcher().open())
{
}

Overview::~Overview()
{
    m_session.clock().cancel(m_timer);
    m_session.clock().cancel(m_again);
    m_session.clock().cancel(m_recheckTimer);
    m_session.client().dispatcher().close(m_number);
}

void Overview::setScope(const kube::Scope &scope)
{
    if (m_collector && m_collector->scope() == scope)
        return;
    ++m_generation;
    m_session.clock().cancel(std::exchange(m_timer, 0));
    m_session.clock().cancel(std::exchange(m_again, 0));
    m_glance.reset();
    m_failure.reset();
    m_history = Histories::of(m_session).look(scope);
    m_due = false;
    m_working = false;
    m_collector = std::make_unique<Collector>(m_session, kinds::diagnosedKinds(), scope, Collector::Follow::Current);
    Collector *const collector = m_collector.get();
    connect(collector, &Collector::settled, this, &Overview::plan);
    connect(collector, &Collector::stateChanged, this, &Overview::plan);
    connect(collector, &Collector::stateChanged, this, &Overview::stateChanged);
    connect(collector, &Collector::failed, this, [this](const Error &error) {
        m_failure = error;
        Q_EMIT changed();
        // Rows are asked for again by their stores; what a server offers is by us.
        m_session.clock().cancel(std::exchange(m_again, m_session.clock().after(again, this, [this] {
            m_again = 0;
            if (m_failure)
                m_collector->retry();
        })));
    });
    connect(collector, &Collector::rowsChanged, this, [this](const kinds::Kind &kind, const kube::Snapshot &rows, const kube::ChangeSet &changes) {
        m_history->take(kind, rows.columns(), changes, std::chrono::floor<std::chrono::milliseconds>(m_session.clock().now()));
        plan();
    });
    collector->start();
    Q_EMIT changed();
}

void Overview::setShown(bool shown)
{
    if (shown == m_shown)
        return;
    m_shown = shown;
    if (m_shown && (m_due || m_rounds > 0)) // what has come due by time meanwhile
        plan();
    if (!m_shown) {
        m_session.clock().cancel(std::exchange(m_timer, 0));
        m_session.clock().cancel(std::exchange(m_recheckTimer, 0));
    }
}

void Overview::retry()
{
    if (m_collector)
        m_collector->retry();
}

void Overview::plan()
{
    m_due = true;
    if (!m_shown || m_working || m_timer != 0 || !m_collector || !m_collector->isSettled())
        return;
    // Whoever has to judge ten thousand pods for long rests as long: the pool has other work.
    const Clock::Duration pause = std::max(interval, 2 * m_cost);
    const Clock::Duration passed = m_session.clock().steady() - m_begun;
    const Clock::Duration wait = m_rounds == 0 || !m_glance ? Clock::Duration(0) : std::max(Clock::Duration(0), pause - passed);
    if (wait == Clock::Duration(0)) {
        workOut();
        return;
    }
    m_timer = m_session.clock().after(wait, this, [this] {
        m_timer = 0;
        workOut();
    });
}

void Overview::workOut()
{
    m_due = false;
    m_working = true;
    m_begun = m_session.clock().steady();
    // What crosses is a number and a value: the pool touches nothing of ours.
    m_session.client().pool().start([this, &dispatcher = m_session.client().dispatcher(), number = m_number, generation = m_generation,
                                        material = m_collector->material(), zones = m_zones] {
        auto glance = std::make_shared<Glance>(glanceOf(material, zones));
        dispatcher.post(number, [this, generation, glance] {
            if (generation == m_generation)
                take(std::move(*glance));
        });
    });
}

void Overview::take(Glance glance)
{
    m_working = false;
    ++m_rounds;
    m_cost = m_session.clock().steady() - m_begun;
    const Figures &figures = glance.figures;
    if (figures.pods.known) {
        m_history->put(History::Pods, glance.at, double(figures.pods.total));
        m_history->put(History::Cpu, glance.at, figures.asked.requests.cpu);
        m_history->put(History::Memory, glance.at, figures.asked.requests.memory);
    }
    if (figures.workloads.known)
        m_history->put(History::Workloads, glance.at, double(figures.workloads.total));
    if (figures.jobs.known)
        m_history->put(History::Jobs, glance.at, double(figures.jobs.of(kinds::Health::Progressing)));
    if (figures.nodes.known)
        m_history->put(History::Nodes, glance.at, double(figures.nodes.total));
    m_failure.reset();
    if (!glance.readable && !glance.unread.empty())
        m_failure = glance.unread.front().why;
    m_glance = std::move(glance);
    Q_EMIT changed();
    if (m_due)
        plan();
    if (m_shown)
        m_session.clock().cancel(std::exchange(m_recheckTimer, m_session.clock().after(m_recheck, this, [this] {
            m_recheckTimer = 0;
            plan();
        })));
}

} // namespace fairlead::overview
