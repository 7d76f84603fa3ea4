// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/logfollower.h"

#include "base/age.h"
#include "kube/logstream.h"
#include "logs/linetime.h"
#include "logs/logreader.h"
#include "logs/podwatch.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fairlead::logs {
namespace {

using namespace std::chrono_literals;

constexpr Clock::Duration firstDelay = 800ms;
constexpr Clock::Duration longestDelay = 30s;
// A stream ends a moment before the pod's status tells why.
constexpr Clock::Duration statusDelay = 2s;
// Where no status is known, a container that has not started is asked for again.
constexpr Clock::Duration startDelay = 5s;

LineTime lineTime(Clock::TimePoint time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

LineTime lineTime(std::optional<Moment> time, LineTime otherwise)
{
    return time ? std::chrono::duration_cast<std::chrono::nanoseconds>(time->time_since_epoch()).count() : otherwise;
}

std::string howItEnded(const Ending &ending)
{
    std::string words = ending.reason.empty() ? "ended" : ending.reason;
    if (ending.signal != 0)
        words += ", signal " + std::to_string(ending.signal);
    return words + ", exit " + std::to_string(ending.exitCode);
}

bool isTransient(Code code)
{
    switch (code) {
    case Code::TooManyRequests:
    case Code::ServerError: // also: the API server does not reach the node
    case Code::Unavailable:
    case Code::Unreachable:
    case Code::Timeout:
    case Code::Interrupted:
    case Code::Cancelled:
    case Code::Internal:
        return true;
    default:
        return false;
    }
}

bool has(const Error &error, std::string_view words)
{
    return error.message.find(words) != std::string::npos;
}

// What the API server says of a container that has no log yet: "container \"api\" in pod \"web\" is waiting to start: ContainerCreating".
std::string whyWaiting(const Error &error)
{
    constexpr std::string_view words = "is waiting to start: ";
    const auto at = error.message.find(words);
    return at == std::string::npos ? std::string() : error.message.substr(at + words.size());
}

} // namespace

LogFollower::LogFollower(kube::Client &client, Clock &clock, PodWatch &pod, std::string space, std::string name, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_clock(clock)
    , m_pod(pod)
    , m_space(std::move(space))
    , m_name(std::move(name))
{
    connect(&pod, &PodWatch::changed, this, &LogFollower::podChanged);
    connect(&pod, &PodWatch::reached, this, [this] {
        if (m_state.phase == LogState::Phase::Cut)
            retry();
    });
}

LogFollower::~LogFollower()
{
    m_clock.cancel(m_timer);
}

const Container *LogFollower::container() const
{
    return m_pod.find(m_wish.container);
}

LineTime LogFollower::now() const
{
    return lineTime(m_clock.now());
}

void LogFollower::open(const LogWish &wish)
{
    m_stream.reset();
    stopWaiting();
    m_wish = wish;
    m_ring.clear();
    m_reader = std::make_shared<LogReader>();
    m_run.clear();
    m_saidRun.clear();
    m_over = m_older = false;
    m_cutSince.reset();
    m_failures = 0;
    m_lines = 0;
    Q_EMIT rowsChanged();
    begin();
}

void LogFollower::retry()
{
    if (m_state.phase == LogState::Phase::Failed) {
        open(LogWish(m_wish));
    } else if (m_state.phase == LogState::Phase::Cut && !m_stream) {
        stopWaiting();
        request(Ask::Resume);
    }
}

// The first request of a wish, or of a container that was waited for.
void LogFollower::begin()
{
    const Container *known = container();
    if (m_pod.isGone())
        return setPhase(LogState::Phase::Failed, "The pod " + m_name + " is not there any more.");
    if (!m_wish.previous && known && known->stage == Container::Stage::Waiting && known->currentRun().empty()) {
        const std::string reason = known->waitingReason.empty() ? "waiting" : known->waitingReason;
        return setPhase(LogState::Phase::Waiting, m_wish.container + " has not started: " + reason + ". Its log begins here when it does.");
    }
    request(Ask::Beginning);
}

void LogFollower::request(Ask how)
{
    stopWaiting();
    kube::LogRequest request{.space = m_space, .pod = m_name, .container = m_wish.container};
    request.previous = m_wish.previous;
    request.follow = !m_wish.previous;
    const bool resumes = how == Ask::Resume && m_reader->resumeFrom() != 0;
    m_first = how == Ask::Beginning;
    if (resumes) {
        request.sinceTime = sinceText(m_reader->resumeFrom());
        m_reader->resume();
    } else {
        constexpr auto most = static_cast<std::int64_t>(LogRing::mostRows);
        request.tail = most;
        if (how != Ask::NextRun) {
            request.tail = std::min(m_wish.tail.value_or(most), most);
            request.since = m_wish.since;
            if (m_wish.sinceTime)
                request.sinceTime = sinceText(lineTime(m_wish.sinceTime, 0));
        }
    }
    if (how != Ask::Resume) {
        if (how == Ask::NextRun)
            m_reader->startInstance();
        m_run.clear();
    }
    if (const Container *known = container(); known && m_run.empty())
        m_run = m_wish.previous ? (known->before ? known->before->id : std::string()) : known->currentRun();
    m_over = false;
    m_askedAt = now();
    m_lastCame = m_clock.steady();
    if (!m_cutSince)
        setPhase(LogState::Phase::Opening);
    m_stream = std::make_unique<kube::LogStream>(m_client, request,
        kube::LogStream::Listener{
            .read = [reader = m_reader](std::string_view bytes, std::uint64_t skipped) { reader->feed(bytes, skipped); },
            .opened = [this] { opened(); },
            .came = [this] { came(); },
            .alive = [] {},
            .ended = [this](Result<void> result) { ended(std::move(result)); },
        });
}

void LogFollower::opened()
{
    m_failures = 0;
    resumed();
    setPhase(m_wish.previous ? LogState::Phase::Reading : LogState::Phase::Following);
}

void LogFollower::came()
{
    resumed();
    m_lastCame = m_clock.steady();
    takeRows();
}

void LogFollower::takeRows()
{
    LogReader::Taken taken = m_reader->take();
    if (taken.gap)
        append(blockOf(LogRow::Kind::Gap, "lines are missing here: the node has let go of some while the stream was cut"));
    if (taken.skipped > 0)
        append(blockOf(LogRow::Kind::Gap, std::to_string(taken.skipped) + " lines were skipped here: they came faster than they could be read"),
            taken.skipped);
    for (LogBlockPtr &block : taken.blocks) {
        if (m_first)
            m_lines += static_cast<std::uint64_t>(
                std::count_if(block->rows.begin(), block->rows.end(), [this](const LogRow &row) { return row.time < m_askedAt; }));
        append(std::move(block));
    }
    if (m_first && m_lines >= static_cast<std::uint64_t>(m_wish.tail.value_or(LogRing::mostRows)))
        m_older = true;
    if (!taken.blocks.empty() || taken.gap || taken.skipped > 0)
        Q_EMIT rowsChanged();
}

void LogFollower::append(LogBlockPtr block, std::uint64_t skipped)
{
    m_ring.append(std::move(block), skipped);
}

// The row that says so stands between the lines from before and those from after.
void LogFollower::resumed()
{
    if (!m_cutSince)
        return;
    const auto gone = std::max(1s, std::chrono::ceil<std::chrono::seconds>(m_clock.steady() - *m_cutSince));
    m_cutSince.reset();
    if (m_ring.size() == 0)
        return;
    append(blockOf(LogRow::Kind::Gap, "no lines for " + formatAge(gone) + ": stream cut, resumed ", now()));
    Q_EMIT rowsChanged();
}

void LogFollower::ended(Result<void> result)
{
    m_stream.reset();
    if (!result && result.error().http >= 400)
        return failed(std::move(result.error()));
    if (!result) {
        takeRows();
        return isTransient(result.error().code) ? cut(std::move(result.error())) : failed(std::move(result.error()));
    }
    resumed();
    takeRows();
    m_failures = 0;
    m_over = true;
    m_overSince = m_clock.steady();
    judgeEnd();
}

void LogFollower::failed(Error error)
{
    const std::string &name = m_wish.container;
    if (const std::string why = whyWaiting(error); !why.empty() && !m_wish.previous) {
        setPhase(LogState::Phase::Waiting, name + " has not started: " + why + ". Its log begins here when it does.");
        if (!container())
            wait(startDelay, [this] { begin(); });
        return;
    }
    if (has(error, "previous terminated container")) {
        const Container *known = container();
        const bool restarted = known && known->restarts > 0;
        return setPhase(LogState::Phase::Failed,
            restarted ? "The node no longer has the log of the run before." : name + " has not been restarted: there is no run before this one.",
            std::move(error));
    }
    if (isTransient(error.code))
        return cut(std::move(error));
    std::string words;
    if (error.http == 404)
        words = "The pod " + m_name + " is not there any more.";
    else if (error.code == Code::Forbidden)
        words = "You may not read logs in " + m_space + ".";
    else
        words = "The log of " + name + " cannot be read.";
    setPhase(LogState::Phase::Failed, std::move(words), std::move(error));
}

void LogFollower::cut(Error error)
{
    if (!m_cutSince)
        m_cutSince = m_clock.steady();
    const double grown = std::pow(2.0, std::min(m_failures++, 10));
    const auto most = std::min<Clock::Duration>(longestDelay, Clock::Duration(static_cast<Clock::Duration::rep>(double(firstDelay.count()) * grown)));
    auto delay = most / 2 + m_clock.jitter(most / 2);
    delay = std::max(delay, error.retryAfter.value_or(Clock::Duration(0)));
    const auto since = m_state.phase == LogState::Phase::Cut ? m_state.since : m_clock.now();
    m_state.nextTry = m_clock.now() + delay;
    m_state.phase = LogState::Phase::Cut;
    m_state.since = since;
    m_state.words.clear();
    m_state.why = std::move(error);
    wait(delay, [this] { request(Ask::Resume); });
    Q_EMIT stateChanged();
}

// The stream ended cleanly: the container did, or the server let go of it.
void LogFollower::judgeEnd()
{
    if (!m_over)
        return;
    const Container *known = container();
    if (m_wish.previous || m_pod.isGone()) {
        stopWaiting();
        m_reader->finish();
        takeRows();
        if (m_wish.previous && known && known->before)
            sayEnding(*known);
        return setPhase(LogState::Phase::Ended, m_pod.isGone() ? "The pod is gone." : std::string());
    }
    const bool ran = known && (known->ending || (known->stage == Container::Stage::Running && !m_run.empty() && known->runningId != m_run));
    if (!ran) {
        const auto left = m_overSince + statusDelay - m_clock.steady();
        if (left > 0ms) {
            if (m_timer == 0)
                wait(left, [this] { judgeEnd(); });
            return;
        }
        m_over = false;
        return cut({.code = Code::Interrupted, .message = "the server ended the stream, and the container runs on", .server = m_client.server()});
    }
    stopWaiting();
    m_reader->finish();
    takeRows();
    sayEnding(*known);
    if (known->stage == Container::Stage::Running)
        return startNextRun(*known);
    setPhase(known->stage == Container::Stage::Waiting ? LogState::Phase::Waiting : LogState::Phase::Ended);
}

void LogFollower::sayEnding(const Container &container)
{
    const bool isBefore = m_wish.previous || container.stage == Container::Stage::Running;
    const std::optional<Ending> &ending = isBefore ? container.before : container.ending;
    if (!ending || (ending->id == m_saidRun && !m_saidRun.empty()) || (!m_run.empty() && ending->id != m_run))
        return;
    m_saidRun = ending->id;
    append(blockOf(ending->exitCode == 0 ? LogRow::Kind::Done : LogRow::Kind::Failed, container.name + " ended ", lineTime(ending->finishedAt, now()),
        ": " + howItEnded(*ending)));
    Q_EMIT rowsChanged();
}

void LogFollower::startNextRun(const Container &container)
{
    append(blockOf(LogRow::Kind::Started, container.name + " started ", lineTime(container.startedAt, now()),
        container.restarts > 0 ? ", restart " + std::to_string(container.restarts) : std::string()));
    Q_EMIT rowsChanged();
    request(Ask::NextRun);
}

void LogFollower::podChanged()
{
    if (m_wish.container.empty() || m_state.phase == LogState::Phase::Idle)
        return;
    const Container *known = container();
    if (m_over)
        return judgeEnd();
    if (m_stream && m_run.empty() && known)
        m_run = m_wish.previous ? (known->before ? known->before->id : std::string()) : known->currentRun();
    if (m_stream || m_wish.previous)
        return;
    // Waited for, or refused because there was no such run.
    const bool refused = m_state.phase == LogState::Phase::Failed && !m_state.why;
    if (m_state.phase == LogState::Phase::Waiting || refused || (m_state.phase == LogState::Phase::Failed && known && known->currentRun() != m_run))
        begin();
}

void LogFollower::setPhase(LogState::Phase phase, std::string words, std::optional<Error> why)
{
    if (m_state.phase == phase && m_state.words == words && !why && !m_state.why)
        return;
    if (m_state.phase != phase)
        m_state.since = m_clock.now();
    m_state.phase = phase;
    m_state.words = std::move(words);
    m_state.why = std::move(why);
    m_state.nextTry.reset();
    Q_EMIT stateChanged();
}

void LogFollower::wait(Clock::Duration delay, std::function<void()> work)
{
    stopWaiting();
    m_timer = m_clock.after(delay, this, [this, work = std::move(work)] {
        m_timer = 0;
        work();
    });
}

void LogFollower::stopWaiting()
{
    m_clock.cancel(std::exchange(m_timer, 0));
}

} // namespace fairlead::logs
