// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/jobtimeline.h"

#include "kinds/kinds.h"

#include <algorithm>

namespace fairlead::jobs {

using namespace std::chrono;
using kube::ItemPtr;

namespace {

constexpr std::size_t mostDue = 5'000;

kinds::Facts factsOf(const ItemPtr &item, JobTimeline::Part part)
{
    const bool pods = part == JobTimeline::Part::Pods;
    const kinds::Kind &kind = kinds::kindOf(pods ? "" : "batch", pods ? "pods" : part == JobTimeline::Part::Jobs ? "jobs" : "cronjobs");
    return {kind.facts, item->meta()};
}

} // namespace

JobTimeline::JobTimeline(kinds::cron::ReadZoneFile zones)
    : m_zones(std::move(zones))
{
}

JobTimeline::Key JobTimeline::keyOf(const Run &run) const
{
    if (run.cronJobUid.empty())
        return {run.space, run.name, run.uid};
    return {run.space, run.cronJob, run.cronJobUid};
}

bool JobTimeline::apply(Part part, const kube::ChangeSet &changes, Moment now)
{
    if (part == Part::Jobs && !m_watchedSince)
        m_watchedSince = now;
    for (const ItemPtr &item : changes.changed)
        take(item, part);
    for (const kube::ChangeSet::Removed &each : changes.removed)
        remove(each.last, part, now);
    for (const ItemPtr &item : changes.added)
        take(item, part);
    forgetOldest();
    const bool any = !m_dirty.empty();
    for (const Key &key : m_dirty)
        build(key);
    m_dirty.clear();
    return any;
}

void JobTimeline::take(const ItemPtr &item, Part part)
{
    const std::string uid(item->uid());
    if (uid.empty())
        return;
    const kinds::Facts facts = factsOf(item, part);
    if (part == Part::CronJobs) {
        CronPlan plan = cronPlanOf(facts, m_zones);
        m_dirty.insert({plan.space, plan.name, uid});
        m_plans.insert_or_assign(uid, std::move(plan));
        return;
    }
    if (part == Part::Pods) {
        Attempt attempt = attemptOf(facts);
        if (attempt.jobUid.empty())
            return;
        const auto job = m_jobs.find(attempt.jobUid);
        if (job == m_jobs.end()) {
            m_strays[attempt.jobUid].insert_or_assign(uid, std::move(attempt));
            return;
        }
        m_dirty.insert(keyOf(job->second.run));
        job->second.attempts.insert_or_assign(uid, std::move(attempt));
        return;
    }
    Job &job = m_jobs[uid];
    // Who owns a job can change, by adoption and by orphaning.
    if (!job.run.uid.empty()) {
        const Key before = keyOf(job.run);
        m_members[before].erase(uid);
        m_dirty.insert(before);
    }
    job.run = runOf(facts);
    if (const auto strays = m_strays.find(uid); strays != m_strays.end()) {
        job.attempts.merge(strays->second);
        m_strays.erase(strays);
    }
    m_members[keyOf(job.run)].insert(uid);
    m_dirty.insert(keyOf(job.run));
}

void JobTimeline::remove(const ItemPtr &item, Part part, Moment now)
{
    const std::string uid(item->uid());
    const kinds::Facts facts = factsOf(item, part);
    if (part == Part::CronJobs) {
        m_plans.erase(uid);
        m_dirty.insert({std::string(item->space()), std::string(item->name()), uid});
        return;
    }
    if (part == Part::Pods) {
        Attempt attempt = attemptOf(facts);
        if (const auto strays = m_strays.find(attempt.jobUid); strays != m_strays.end()) {
            strays->second.erase(uid);
            if (strays->second.empty())
                m_strays.erase(strays);
        }
        const auto job = m_jobs.find(attempt.jobUid);
        if (job == m_jobs.end())
            return;
        if (!attempt.hasEnded()) {
            attempt.state = Attempt::State::Gone;
            attempt.end = now;
        }
        m_dirty.insert(keyOf(job->second.run));
        job->second.attempts.insert_or_assign(uid, std::move(attempt));
        return;
    }
    const auto job = m_jobs.find(uid);
    if (job == m_jobs.end() || job->second.run.gone)
        return;
    Run run = runOf(facts);
    run.gone = true;
    if (!run.hasEnded()) {
        run.state = RunState::Killed;
        run.end = now;
        run.reason = "Removed";
        run.deadline.reset();
    }
    run.removal.reset();
    m_dirty.insert(keyOf(run));
    job->second.run = std::move(run);
    m_gone.push_back(uid);
}

void JobTimeline::forgetOldest()
{
    while (m_gone.size() > mostGone) {
        const auto job = m_jobs.find(m_gone.front());
        m_gone.pop_front();
        if (job == m_jobs.end())
            continue;
        const Key key = keyOf(job->second.run);
        m_members[key].erase(job->first);
        m_dirty.insert(key);
        m_jobs.erase(job);
    }
}

void JobTimeline::build(const Key &key)
{
    const auto members = m_members.find(key);
    const auto plan = m_plans.find(key.uid);
    if (members != m_members.end() && members->second.empty())
        m_members.erase(members);
    const auto kept = m_members.find(key);
    if (kept == m_members.end() && plan == m_plans.end()) {
        m_lanes.erase(key);
        return;
    }
    Lane lane{.space = key.space, .name = key.name, .uid = key.uid};
    if (plan != m_plans.end())
        lane.plan = plan->second;
    lane.cron = lane.plan.has_value();
    if (kept != m_members.end()) {
        for (const std::string &uid : kept->second) {
            const Job &job = m_jobs.at(uid);
            lane.cron = lane.cron || !job.run.cronJobUid.empty();
            std::vector<Attempt> attempts;
            attempts.reserve(job.attempts.size());
            for (const auto &[pod, attempt] : job.attempts)
                attempts.push_back(attempt);
            setAttempts(lane.runs.emplace_back(job.run), std::move(attempts));
        }
    }
    std::sort(lane.runs.begin(), lane.runs.end(), [](const Run &a, const Run &b) {
        const auto at = a.place();
        const auto other = b.place();
        return at != other ? at < other : a.name != b.name ? a.name < b.name : a.uid < b.uid;
    });
    lane.durations = durationsOf(lane.runs);
    lane.outcomes = outcomesOf(lane.runs);
    m_lanes.insert_or_assign(key, std::move(lane));
}

const Lane *JobTimeline::laneOf(std::string_view runUid) const
{
    const auto job = m_jobs.find(std::string(runUid));
    if (job == m_jobs.end())
        return nullptr;
    const auto lane = m_lanes.find(keyOf(job->second.run));
    return lane == m_lanes.end() ? nullptr : &lane->second;
}

const Run *JobTimeline::run(std::string_view uid) const
{
    const Lane *const lane = laneOf(uid);
    if (!lane)
        return nullptr;
    const auto found = std::find_if(lane->runs.begin(), lane->runs.end(), [uid](const Run &each) { return each.uid == uid; });
    return found == lane->runs.end() ? nullptr : &*found;
}

std::size_t JobTimeline::podsWithoutJob() const
{
    std::size_t count = 0;
    for (const auto &[job, pods] : m_strays)
        count += pods.size();
    return count;
}

std::vector<Stretch> unknownStretches(const Lane &lane, Moment from, Moment until, Moment watchedSince)
{
    std::vector<Stretch> out;
    const Moment end = std::min(until, watchedSince);
    if (!lane.plan || !lane.plan->schedule)
        return out;
    const Moment begin = std::max(from, lane.plan->created.value_or(from));
    if (begin >= end)
        return out;
    std::set<Moment> known;
    for (const Run &each : lane.runs) {
        if (each.scheduled)
            known.insert(floor<seconds>(*each.scheduled));
    }
    const std::vector<sys_seconds> due = lane.plan->due(begin, end, mostDue);
    for (std::size_t i = 0; i < due.size(); ++i) {
        if (known.count(due[i]) > 0)
            continue;
        const Moment next = i + 1 < due.size() ? Moment(due[i + 1]) : end;
        if (!out.empty() && out.back().until == due[i])
            out.back().until = next;
        else
            out.push_back({due[i], next});
    }
    return out;
}

} // namespace fairlead::jobs
