// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobscommand.h"

#include "app/jobsprinter.h"
#include "app/print/terminaltext.h"
#include "jobs/forecast.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace fairlead::app {

using namespace std::chrono;
using Command = Arguments::Command;
using jobs::JobSources;
using jobs::Lane;

namespace {

constexpr std::string_view notFound = "NotFound";

// kubectl's line for a name that nothing answers to.
Error missing(const std::string &resource, const std::string &name)
{
    return {.code = Code::NotFound, .http = 404, .reason = std::string(notFound), .message = resource + " \"" + name + "\" not found"};
}

} // namespace

JobsCommand::JobsCommand(
    const Arguments &arguments, std::string space, kube::Session &session, kinds::cron::ReadZoneFile zones, Output &output, Output &messages)
    : m_arguments(arguments)
    , m_space(std::move(space))
    , m_session(session)
    , m_output(output)
    , m_messages(messages)
    , m_sources(session.clock(), std::move(zones))
{
    connect(&m_sources, &JobSources::ready, this, &JobsCommand::print, Qt::QueuedConnection);
}

void JobsCommand::start()
{
    m_session.discovery().load().then(this, [this](Result<kube::OfferPtr> offer) {
        if (!offer) {
            fail(offer.error());
            return;
        }
        const kube::Scope scope = m_arguments.allNamespaces ? kube::Scope::all() : kube::Scope::of({m_space});
        const auto started = m_sources.start([this](const kube::Source &source) { return m_session.store(source); }, **offer, scope);
        if (!started)
            fail(started.error());
    });
}

std::vector<Error> JobsCommand::errorsThatCount() const
{
    std::vector<Error> all;
    const auto add = [&](JobSources::Part part) {
        const std::vector<Error> &errors = m_sources.source(part).errors;
        all.insert(all.end(), errors.begin(), errors.end());
    };
    if (m_arguments.command != Command::JobsForecast)
        add(JobSources::Part::Jobs);
    if (m_arguments.command == Command::JobsForecast || m_arguments.command == Command::JobsList)
        add(JobSources::Part::CronJobs);
    return all;
}

void JobsCommand::print()
{
    const Moment now = floor<milliseconds>(m_session.clock().now());
    for (const Error &error : m_sources.errors())
        m_messages.write(failureLines(error));
    const std::vector<Error> errors = errorsThatCount();
    ExitCode code = exitCodeOf(errors);
    const auto printed = text(now);
    if (printed) {
        m_output.write(*printed);
        if (const auto written = m_output.flush(); !written) {
            fail(written.error());
            return;
        }
    } else if (errors.empty()) { // else it is not there, since it may not be read
        m_messages.write(failureLines(printed.error()));
        code = exitCodeOf(printed.error());
    }
    (void)m_messages.flush();
    Q_EMIT finished(code);
}

Result<std::string> JobsCommand::text(Moment now)
{
    if (m_arguments.command == Command::JobsShow)
        return show(now);
    if (m_arguments.command == Command::JobsRuns)
        return runs(now);
    if (m_arguments.command == Command::JobsForecast)
        return forecast(now);
    std::vector<const Lane *> lanes;
    for (const auto &[key, lane] : m_sources.timeline().lanes())
        lanes.push_back(&lane);
    if (m_arguments.format == Format::Json)
        return lanesJson(lanes, now);
    if (lanes.empty() && m_sources.errors().empty())
        m_messages.write(visible(m_arguments.allNamespaces ? std::string("No jobs found\n") : "No jobs found in " + m_space + " namespace.\n"));
    return lanes.empty() ? std::string() : lanesTable(lanes, now);
}

Result<std::string> JobsCommand::runs(Moment now) const
{
    const std::string wanted = m_arguments.operands.empty() ? std::string() : m_arguments.operands.front();
    bool known = wanted.empty();
    std::vector<RunOfLane> found;
    for (const auto &[key, lane] : m_sources.timeline().lanes()) {
        if (!wanted.empty() && (!lane.cron || lane.name != wanted))
            continue;
        known = true;
        for (const jobs::Run &run : lane.runs)
            found.push_back({&lane, &run});
    }
    if (!known)
        return failure(missing("cronjobs.batch", wanted));
    if (m_arguments.format == Format::Json)
        return runsJson(found, now);
    if (found.empty())
        m_messages.write(visible("No runs found" + (m_arguments.allNamespaces ? std::string("\n") : " in " + m_space + " namespace.\n")));
    return found.empty() ? std::string() : runsTable(found, now);
}

Result<std::string> JobsCommand::show(Moment now) const
{
    const std::string &wanted = m_arguments.operands.front();
    std::vector<RunOfLane> found;
    for (const auto &[key, lane] : m_sources.timeline().lanes()) {
        for (const jobs::Run &run : lane.runs) {
            if (run.name == wanted)
                found.push_back({&lane, &run});
        }
    }
    if (found.empty())
        return failure(missing("jobs.batch", wanted));
    if (found.size() > 1)
        return failure(
            {.code = Code::BadInput, .message = "several namespaces have a job \"" + wanted + "\"", .remedy = "Name one with -n, instead of -A."});
    return m_arguments.format == Format::Json ? runJson(found.front(), now) : runText(found.front(), now);
}

std::string JobsCommand::forecast(Moment now)
{
    std::vector<jobs::Planned> planned;
    for (const auto &[key, lane] : m_sources.timeline().lanes()) {
        if (!lane.plan)
            continue;
        if (!lane.plan->problem.empty())
            m_messages.write(visible("cronjob \"" + lane.name + "\" in " + lane.space + ": " + lane.plan->problem + "\n"));
        jobs::Planned each{.plan = &*lane.plan, .usual = {}, .running = {}};
        if (lane.durations)
            each.usual = lane.durations->median;
        for (const jobs::Run &run : lane.runs) {
            if (!run.hasEnded() && run.start && run.state != jobs::RunState::Suspended)
                each.running.push_back(*run.start);
        }
        planned.push_back(std::move(each));
    }
    const jobs::Forecast coming = jobs::forecast(planned, now, now + days(m_arguments.days));
    if (coming.cut)
        m_messages.write("only the first " + std::to_string(coming.runs.size()) + " runs are told: ask for fewer days\n");
    if (m_arguments.format == Format::Json)
        return forecastJson(coming, planned);
    if (m_arguments.format == Format::Calendar)
        return forecastCalendar(coming, planned, now);
    if (coming.runs.empty())
        m_messages.write("No run comes due in that time\n");
    return coming.runs.empty() ? std::string() : forecastTable(coming, planned);
}

void JobsCommand::fail(const Error &error)
{
    m_messages.write(failureLines(error));
    (void)m_messages.flush();
    Q_EMIT finished(exitCodeOf(error));
}

} // namespace fairlead::app
