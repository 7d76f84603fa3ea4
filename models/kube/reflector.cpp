// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/reflector.h"

#include "kube/listwatch.h"
#include "kube/version.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace fairlead::kube {

Reflector::Reflector(Client &client, Clock &clock, const Source &source, Detail detail, const Projection &projection, Cause cause,
    Clock::Duration quietSince, Listener listener)
    : m_listener(std::move(listener))
{
    if (source.scope.isAll())
        m_spaces.emplace_back();
    else
        m_spaces.assign(source.scope.namespaces.begin(), source.scope.namespaces.end());
    for (Lane lane = 0; lane < m_spaces.size(); ++lane) {
        ListWatch::Request request{collectionPath(source.resource, m_spaces[lane]), source.selector, detail, projection, cause, quietSince};
        ListWatch::Listener laneListener;
        laneListener.page = [this, lane](
                                TablePage page, Cause why, bool first, bool last) { m_listener.page(lane, std::move(page), why, first, last); };
        laneListener.events = [this, lane](std::vector<WatchEvent> events) { m_listener.events(lane, std::move(events)); };
        laneListener.status = [this] { laneChanged(); };
        m_lanes.push_back(std::make_unique<ListWatch>(client, clock, std::move(request), std::move(laneListener)));
    }
}

Reflector::~Reflector() = default;

void Reflector::start()
{
    startMore();
}

void Reflector::startMore()
{
    auto busy =
        std::count_if(m_lanes.begin(), m_lanes.begin() + static_cast<std::ptrdiff_t>(m_started), [](const auto &lane) { return lane->isStarting(); });
    while (m_started < m_lanes.size() && busy < parallelLists) {
        m_lanes[m_started++]->start();
        ++busy;
    }
}

void Reflector::retry()
{
    for (const auto &lane : m_lanes)
        lane->retry();
}

void Reflector::laneChanged()
{
    startMore();
    m_listener.state();
}

State Reflector::state() const
{
    State state;
    state.version = version({});
    std::size_t loading = 0;
    std::size_t firstPage = 0;
    std::size_t live = 0;
    std::size_t ended = 0;
    const ListWatch *stale = nullptr;
    const ListWatch *failing = nullptr;
    for (Lane i = 0; i < m_lanes.size(); ++i) {
        const ListWatch &lane = *m_lanes[i];
        state.lastWord = std::max(state.lastWord, lane.lastWord());
        if (lane.nextTry() && (!state.nextTry || *lane.nextTry() < *state.nextTry))
            state.nextTry = lane.nextTry();
        const bool isRefused = m_lanes.size() > 1 && lane.why() && lane.phase() != Phase::Stale && lane.why()->code == Code::Forbidden;
        if (isRefused) {
            state.refused.emplace(m_spaces[i], *lane.why());
            continue;
        }
        switch (lane.phase()) {
        case Phase::Loading:
            ++loading;
            if (lane.why())
                failing = &lane;
            break;
        case Phase::FirstPage:
            ++firstPage;
            break;
        case Phase::Live:
            ++live;
            break;
        case Phase::Stale:
            stale = &lane;
            break;
        case Phase::Ended:
            ++ended;
            failing = &lane;
            break;
        }
    }
    if (state.refused.size() == m_lanes.size()) {
        state.phase = Phase::Loading;
        state.why = state.refused.begin()->second;
    } else if (stale) {
        state.phase = Phase::Stale;
        state.why = stale->why();
    } else if (ended > 0 && live + firstPage + loading == 0) {
        state.phase = Phase::Ended;
        state.why = failing->why();
    } else if (loading + firstPage == 0) {
        state.phase = Phase::Live;
    } else {
        state.phase = live + firstPage > 0 ? Phase::FirstPage : Phase::Loading;
        if (failing)
            state.why = failing->why();
    }
    return state;
}

std::string Reflector::version(const std::string &space) const
{
    std::string oldest;
    for (Lane i = 0; i < m_lanes.size(); ++i) {
        if (!space.empty() && !m_spaces[i].empty() && m_spaces[i] != space)
            continue;
        const ListWatch &lane = *m_lanes[i];
        if (lane.version().empty() && lane.why() && lane.why()->code == Code::Forbidden)
            continue;
        if (lane.version().empty())
            return {};
        if (oldest.empty() || isOlder(lane.version(), oldest))
            oldest = lane.version();
    }
    return oldest;
}

Clock::Duration Reflector::quietSince() const
{
    Clock::Duration last{0};
    for (const auto &lane : m_lanes)
        last = std::max(last, lane->quietSince());
    return last;
}

bool Reflector::hasStarted(Lane lane) const
{
    return lane < m_started && !m_lanes[lane]->isStarting();
}

int Reflector::listRequests() const
{
    int sum = 0;
    for (const auto &lane : m_lanes)
        sum += lane->listRequests();
    return sum;
}

} // namespace fairlead::kube
