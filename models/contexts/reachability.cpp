// SPDX-License-Identifier: GPL-3.0-or-later
#include "contexts/reachability.h"

#include "kube/client.h"
#include "kube/decode/json.h"

#include <algorithm>
#include <utility>

namespace fairlead::contexts {

namespace {

net::Request versionRequest()
{
    net::Request request;
    request.path = "/version";
    request.deadline = Reachability::deadline;
    return request;
}

Result<std::string> versionOf(kube::Answer &&answer)
{
    const auto json = kube::Json::parse(answer.body);
    std::string version = json ? std::string((*json)["gitVersion"].text()) : std::string();
    if (version.empty()) {
        return failure({.code = Code::NotKubernetes,
            .http = answer.head.status,
            .message = "something answers at this address, but it is not a Kubernetes API server: its /version names no version",
            .remedy = "Check the server's address in the kubeconfig, and whether a path is missing from it."});
    }
    return version;
}

/// Whether another server or another user is meant, so that what is known is known of somebody else.
bool leadsElsewhere(const ContextFacts &before, const ContextFacts &now)
{
    return before.server != now.server || before.cluster != now.cluster || before.user != now.user || before.standing != now.standing ||
           !(before.signIn == now.signIn) || before.place.file != now.place.file;
}

void keepTrip(Reach &reach, std::optional<std::chrono::milliseconds> trip)
{
    reach.trips.push_back(trip);
    if (reach.trips.size() > Reach::mostTrips)
        reach.trips.erase(reach.trips.begin());
}

} // namespace

Reachability::Reachability(Clusters &clusters, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clusters(clusters)
    , m_clock(clock)
{
}

void Reachability::setContexts(const std::vector<ContextFacts> &contexts)
{
    auto before = std::exchange(m_known, {});
    const bool wasSettled = isSettled();
    std::vector<std::string> wanted;
    for (const ContextFacts &facts : contexts) {
        auto found = before.extract(facts.name);
        const bool same = !found.empty() && !leadsElsewhere(found.mapped()->facts, facts);
        if (!found.empty() && !same)
            drop(*found.mapped());
        auto &known = m_known[facts.name];
        known = same ? std::move(found.mapped()) : std::make_unique<Known>();
        known->facts = facts;
        if (!same && !facts.isRecording())
            wanted.push_back(facts.name);
    }
    for (const auto &[name, known] : before)
        drop(*known);
    if (m_watchers > 0) {
        for (const std::string &name : wanted)
            want(name);
    }
    next();
    if (!wasSettled && isSettled())
        Q_EMIT settled();
}

void Reachability::drop(Known &known)
{
    known.opening.cancel();
    known.asking.cancel();
    m_asked -= known.asked ? 1 : 0;
    m_wanted -= known.asked || known.waiting ? 1 : 0;
    known.asked = false;
    known.waiting = false;
}

void Reachability::endWatch()
{
    if (--m_watchers == 0)
        m_clock.cancel(std::exchange(m_round, 0));
}

void Reachability::beginWatch()
{
    if (++m_watchers > 1)
        return;
    for (const auto &[name, known] : m_known) {
        if (!known->facts.isRecording() && (known->reach.state == Reach::State::NotAsked || m_clock.now() - known->reach.checkedAt >= interval))
            want(name);
    }
    next();
    planRound();
}

void Reachability::planRound()
{
    m_round = m_clock.after(interval, this, [this] {
        checkAll();
        planRound();
    });
}

void Reachability::check(const std::string &context)
{
    want(context);
    next();
}

void Reachability::checkAll()
{
    for (const auto &[name, known] : m_known) {
        if (!known->facts.isRecording())
            want(name);
    }
    next();
}

void Reachability::want(const std::string &context)
{
    const auto found = m_known.find(context);
    if (found == m_known.end())
        return;
    Known &known = *found->second;
    if (known.facts.standing != Standing::Usable || known.asked || known.waiting)
        return;
    known.waiting = true;
    ++m_wanted;
    (known.reach.state == Reach::State::Failed ? m_waitingFailed : m_waiting).push_back(context);
    known.reach.checking = true;
    Q_EMIT changed(context);
}

void Reachability::next()
{
    while (m_asked < parallel && !(m_waiting.empty() && m_waitingFailed.empty())) {
        auto &queue = m_waiting.empty() ? m_waitingFailed : m_waiting;
        const auto found = m_known.find(queue.front());
        queue.pop_front();
        if (found != m_known.end() && found->second->waiting)
            ask(*found->second);
    }
}

void Reachability::ask(Known &known)
{
    known.waiting = false;
    known.asked = true;
    ++m_asked;
    known.opening = m_clusters.open(known.facts.name);
    // A Known that goes has cancelled its answers first.
    known.opening.then(this, [this, &known](Result<OpenClusterPtr> cluster) {
        if (cluster)
            askVersion(known, *cluster);
        else
            fail(known, std::move(cluster.error()));
    });
}

void Reachability::askVersion(Known &known, const OpenClusterPtr &cluster)
{
    known.asking = cluster->session->client().ask<std::string>(versionRequest(), versionOf);
    // The answer's function holds the cluster: it stays open as long as the check needs it, and no longer.
    known.asking.then(this, [this, &known, cluster](Result<std::string> version) {
        if (version)
            measure(known, cluster, *version);
        else
            fail(known, std::move(version.error()));
    });
}

void Reachability::measure(Known &known, const OpenClusterPtr &cluster, const std::string &version)
{
    const Clock::Duration began = m_clock.steady();
    known.asking = cluster->session->client().ask<std::string>(versionRequest(), versionOf);
    known.asking.then(this, [this, &known, cluster, version, began](const Result<std::string> &again) {
        // It was reachable a moment ago; that the second request failed is for the next check to say.
        succeed(known, version, again ? std::optional(m_clock.steady() - began) : std::nullopt);
    });
}

void Reachability::succeed(Known &known, const std::string &version, std::optional<std::chrono::milliseconds> roundTrip)
{
    known.reach.error.reset();
    known.reach.version = version;
    known.reach.roundTrip = roundTrip;
    if (roundTrip) // else nothing was measured: no failure, and no time
        keepTrip(known.reach, roundTrip);
    end(known, Reach::State::Reachable);
}

void Reachability::fail(Known &known, Error error)
{
    const Reach::State state = stateOf(error);
    known.reach.error = std::move(error);
    known.reach.roundTrip.reset();
    keepTrip(known.reach, std::nullopt);
    end(known, state);
}

void Reachability::end(Known &known, Reach::State state)
{
    const Reach::State before = std::exchange(known.reach.state, state);
    known.reach.checking = false;
    known.reach.checkedAt = m_clock.now();
    if (before != state)
        known.reach.since = known.reach.checkedAt;
    known.asked = false;
    --m_asked;
    --m_wanted;
    const std::string context = known.facts.name; // who listens may take the context away
    next();
    Q_EMIT changed(context);
    if (isSettled())
        Q_EMIT settled();
}

Reach Reachability::reach(const std::string &context) const
{
    const auto found = m_known.find(context);
    return found == m_known.end() ? Reach{} : found->second->reach;
}

} // namespace fairlead::contexts
