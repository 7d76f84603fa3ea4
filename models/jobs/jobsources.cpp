// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobsources.h"

#include <algorithm>

namespace fairlead::jobs {

using namespace std::chrono;

namespace {

struct Wanted {
    JobSources::Part part;
    std::string_view group;
    std::string_view resource;
    std::string_view labels;
};

constexpr std::array<Wanted, 3> wantedSources = {{
    {JobSources::Part::CronJobs, "batch", "cronjobs", {}},
    {JobSources::Part::Jobs, "batch", "jobs", {}},
    {JobSources::Part::Pods, "", "pods", podSelector},
}};

} // namespace

JobSources::JobSources(Clock &clock, kinds::cron::ReadZoneFile zones, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_timeline(std::move(zones))
{
}

JobSources::~JobSources() = default;

// The end of the list is told by the rows themselves: who is live may still have a set on its way.
bool JobSources::Source::hasAnswered() const
{
    if (!store)
        return true;
    if (state.phase != kube::Phase::Live)
        return state.why.has_value();
    return revision && *revision == store->snapshot().revision();
}

Result<void> JobSources::start(const StoreOf &storeOf, const kube::Offer &offer, const kube::Scope &scope)
{
    for (const Wanted &each : wantedSources) {
        Source &source = m_sources[static_cast<std::size_t>(each.part)];
        const auto found = std::find_if(offer.resources.begin(), offer.resources.end(), [&](const kube::Resource &resource) {
            return resource.preferred && resource.id.group == each.group && resource.id.resource == each.resource && resource.can("list");
        });
        if (found == offer.resources.end())
            continue;
        source.resource = *found;
        source.store = storeOf({.resource = found->id, .scope = scope, .selector = {.labels = std::string(each.labels), .fields = {}}});
        source.state = source.store->state();
    }
    if (!m_sources[static_cast<std::size_t>(Part::Jobs)].store)
        return failure({.code = Code::NotKubernetes, .message = "the server offers no jobs"});
    for (const Wanted &each : wantedSources) {
        Source &source = m_sources[static_cast<std::size_t>(each.part)];
        if (!source.store)
            continue;
        source.subscription = source.store->subscribe(
            kube::Detail::Facts, this,
            [this, part = each.part](const kube::ChangeSet &set) {
                const bool any = m_timeline.apply(part, set, floor<milliseconds>(m_clock.now()));
                m_sources[static_cast<std::size_t>(part)].revision = set.to;
                if (any)
                    Q_EMIT changed();
                readyIfWhole();
            },
            [this, part = each.part](const kube::State &state) { takeState(part, state); });
    }
    return {};
}

void JobSources::takeState(Part part, const kube::State &state)
{
    Source &source = m_sources[static_cast<std::size_t>(part)];
    source.state = state;
    source.errors.clear();
    for (const auto &[space, why] : state.refused)
        source.errors.push_back(why);
    if (state.why && state.phase != kube::Phase::Live)
        source.errors.push_back(kube::withWayOut(*state.why, source.resource));
    Q_EMIT stateChanged();
    readyIfWhole();
}

void JobSources::readyIfWhole()
{
    if (m_ready || !std::all_of(m_sources.begin(), m_sources.end(), [](const Source &each) { return each.hasAnswered(); }))
        return;
    m_ready = true;
    Q_EMIT ready();
}

std::vector<Error> JobSources::errors() const
{
    std::vector<Error> all;
    for (const Source &each : m_sources)
        all.insert(all.end(), each.errors.begin(), each.errors.end());
    return all;
}

void JobSources::retry()
{
    for (const Source &each : m_sources) {
        if (each.store)
            each.store->retry();
    }
}

} // namespace fairlead::jobs
