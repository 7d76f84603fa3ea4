// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/interferencefeed.h"

#include <algorithm>
#include <utility>

namespace fairlead::jobs {

using kinds::Collector;

InterferenceFeed::InterferenceFeed(kube::Session &session, kinds::cron::ReadZoneFile zones, QObject *parent)
    : QObject(parent)
    , m_session(session)
    , m_zones(std::move(zones))
    , m_number(session.client().dispatcher().open())
{
}

InterferenceFeed::~InterferenceFeed()
{
    stop();
    m_session.client().dispatcher().close(m_number);
}

void InterferenceFeed::watch(const kube::Scope &scope)
{
    if (m_collector && m_collector->scope() == scope)
        return;
    stop();
    const std::span<const kinds::KindKey> wanted = interferenceKinds();
    m_collector =
        std::make_unique<Collector>(m_session, std::vector<kinds::KindKey>(wanted.begin(), wanted.end()), scope, Collector::Follow::Current);
    Collector *const collector = m_collector.get();
    connect(collector, &Collector::settled, this, &InterferenceFeed::plan);
    connect(collector, &Collector::rowsChanged, this, &InterferenceFeed::plan);
    connect(collector, &Collector::stateChanged, this, &InterferenceFeed::plan);
    connect(collector, &Collector::stateChanged, this, &InterferenceFeed::stateChanged);
    connect(collector, &Collector::failed, this, [this](const Error &error) {
        m_failure = error;
        Q_EMIT changed();
        // Rows are asked for again by their stores; what a server offers is by us.
        m_session.clock().cancel(std::exchange(m_again, m_session.clock().after(again, this, [this] {
            m_again = 0;
            if (m_failure && m_collector)
                m_collector->retry();
        })));
    });
    collector->start();
}

void InterferenceFeed::stop()
{
    ++m_generation;
    m_session.clock().cancel(std::exchange(m_timer, 0));
    m_session.clock().cancel(std::exchange(m_again, 0));
    m_collector.reset();
    m_told.reset();
    m_failure.reset();
    m_due = false;
    m_working = false;
}

void InterferenceFeed::retry()
{
    if (m_collector)
        m_collector->retry();
}

void InterferenceFeed::plan()
{
    m_due = true;
    if (m_working || m_timer != 0 || !m_collector || !m_collector->isSettled())
        return;
    const Clock::Duration wait = m_told ? m_begun + interval - m_session.clock().steady() : Clock::Duration(0);
    if (wait <= Clock::Duration(0)) {
        workOut();
        return;
    }
    m_timer = m_session.clock().after(wait, this, [this] {
        m_timer = 0;
        workOut();
    });
}

void InterferenceFeed::workOut()
{
    m_due = false;
    m_working = true;
    m_begun = m_session.clock().steady();
    // What crosses is a number and a value: the pool touches nothing of ours.
    m_session.client().pool().start([this, &dispatcher = m_session.client().dispatcher(), number = m_number, generation = m_generation,
                                        material = m_collector->material(), zones = m_zones] {
        auto found = std::make_shared<Interference>(interferenceOf(material, zones));
        dispatcher.post(number, [this, generation, found, readable = material.isReadable()] {
            if (generation == m_generation)
                take(std::move(*found), readable);
        });
    });
}

void InterferenceFeed::take(Interference found, bool readable)
{
    m_working = false;
    m_failure.reset();
    if (!readable && !found.errors.empty())
        m_failure = found.errors.front();
    m_told = std::move(found);
    Q_EMIT changed();
    if (m_due)
        plan();
}

} // namespace fairlead::jobs
