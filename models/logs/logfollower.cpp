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
// What kubelet could not tell a server that was away, it tells every 10 s.
constexpr Clock::Duration longestStatusDelay = 15s;
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

// What kubelet says of a container that has no log yet: "container \"api\" in pod \"web\" is waiting to start: ContainerCreating",
// "… is waiting to start - no logs yet", "… is not available" (it has not heard of the pod).
std::optional<std::string> whyWaiting(const Error &error)
{
    constexpr std::string_view words = "is waiting to start";
    if (error.http != 400)
        return std::nullopt;
    const auto at = error.message.find(words);
    if (at != std::string::npos && error.message.find(": ", at) != std::string::npos)
        return error.message.substr(at + words.size() + 2);
    return at != std::string::npos || has(error, "is not available") ? std::optional<std::string>("waiting") : std::nullopt;
}

bool hasStarted(const Container &container)
{
    return container.stage == Container::Stage::Running || container.ending;
}

std::string counted(std::uint64_t number, std::string_view what)
{
    return std::to_string(number) + " " + std::string(what) + (number == 1 ? "" : "s");
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
    m_opened = m_saidEnd = m_rested = m_over = m_nodeSays = m_letGo = m_older = false;
    m_cutSince.reset();
    m_cutFor.reset();
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
        resume();
    }
}

// The first request of a wish, or of a container that was waited for.
void LogFollower::begin()
{
    const Container *known = container();
    if (m_pod.isGone())
        return setPhase(LogState::Phase::Failed, "The pod " + m_name + " is not there any more.");
    // Of a pod that no node has taken yet the server gives an empty log, and ends it.
    if (!m_wish.previous && known && !hasStarted(*known))
        return setNotStarted(known->waitingReason);
    m_run.clear();
    request(Ask::Beginning, m_wish.previous);
}

void LogFollower::resume()
{
    const Container *known = container();
    if (m_wish.previous || !known)
        return request(Ask::Resume, m_wish.previous);
    m_run.learn(*known);
    const RunTrack::Where where = m_run.id().empty() ? RunTrack::Where::Current : m_run.where(*known);
    if (where == RunTrack::Where::Gone && m_run.isOver(*known)) {
        resumed();
        m_over = true;
        m_overAt = m_clock.now();
        return goOn();
    }
    request(Ask::Resume, where == RunTrack::Where::Previous);
}

void LogFollower::request(Ask how, bool previous)
{
    stopWaiting();
    kube::LogRequest request{.space = m_space, .pod = m_name, .container = m_wish.container};
    request.previous = previous;
    request.follow = !previous;
    m_ask = how;
    m_first = how == Ask::Beginning;
    switch (how) {
    case Ask::Beginning:
    case Ask::Run:
        m_reader->startInstance();
        break;
    case Ask::Resume:
        m_reader->resume();
        break;
    case Ask::Probe:
        m_reader = std::make_shared<LogReader>(m_reader->joint());
        m_reader->resume();
        break;
    case Ask::Rest:
        m_reader = std::make_shared<LogReader>(m_reader->joint());
        m_reader->startInstance();
        break;
    }
    if (how != Ask::Beginning && how != Ask::Run && m_reader->resumeFrom() != 0) {
        request.sinceTime = sinceText(m_reader->resumeFrom());
    } else {
        constexpr auto most = static_cast<std::int64_t>(LogRing::mostRows);
        request.tail = most;
        if (how != Ask::Run) {
            request.tail = std::min(m_wish.tail.value_or(most), most);
            request.since = m_wish.since;
            if (m_wish.sinceTime)
                request.sinceTime = sinceText(lineTime(m_wish.sinceTime, 0));
        }
    }
    if (const Container *known = container())
        m_run.learn(*known, m_wish.previous);
    m_over = m_nodeSays = m_probeMet = false;
    m_lastCame = m_clock.steady();
    if (!m_cutSince && how != Ask::Probe && how != Ask::Rest)
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
    if (!m_opened)
        m_cutSince.reset(); // its log is read from the beginning: no line is missing
    else if (!m_letGo)
        resumed();
    else if (m_cutSince)
        m_cutFor = m_clock.steady() - *m_cutSince; // said once a line has come that shows that it was cut
    m_opened = true;
    m_answeredAt = now(); // a line written while one asked may be of the tail
    setPhase(m_wish.previous ? LogState::Phase::Reading : LogState::Phase::Following);
}

void LogFollower::came()
{
    m_lastCame = m_clock.steady();
    takeRows();
}

void LogFollower::takeRows()
{
    LogReader::Taken taken = m_reader->take();
    m_probeMet = m_probeMet || taken.met;
    if (taken.gap && m_ask == Ask::Resume && !m_wish.previous)
        return probe();
    if (taken.gap && m_ask == Ask::Probe)
        return probed();
    if (taken.blocks.empty() && !taken.gap && taken.skipped == 0)
        return;
    resumed();
    if (taken.gap)
        say(LogRow::Kind::Gap, "lines are missing here: the node has let go of some while the stream was cut");
    if (taken.skipped > 0)
        m_ring.append(blockOf(LogRow::Kind::Gap, counted(taken.skipped, "line") + " were skipped here: they came faster than they could be read"),
            taken.skipped);
    for (LogBlockPtr &block : taken.blocks) {
        if (m_first)
            m_lines += static_cast<std::uint64_t>(
                std::count_if(block->rows.begin(), block->rows.end(), [this](const LogRow &row) { return row.time < m_answeredAt; }));
        m_run.saw(block->rows.back().time);
        m_ring.append(std::move(block));
    }
    if (m_first && m_lines >= static_cast<std::uint64_t>(m_wish.tail.value_or(LogRing::mostRows)))
        m_older = true;
    Q_EMIT rowsChanged();
}

void LogFollower::say(LogRow::Kind kind, std::string_view before, LineTime time, std::string_view after)
{
    m_ring.append(blockOf(kind, before, time, after));
    Q_EMIT rowsChanged();
}

// The row that says so stands between the lines from before and those from after.
void LogFollower::resumed()
{
    m_letGo = false;
    if (!m_cutSince)
        return;
    const auto gone = std::max(1s, std::chrono::ceil<std::chrono::seconds>(m_cutFor.value_or(m_clock.steady() - *m_cutSince)));
    m_cutSince.reset();
    m_cutFor.reset();
    if (m_ring.size() > 0)
        say(LogRow::Kind::Gap, "no lines for " + formatAge(gone) + ": stream cut, resumed ", now());
}

// What came after a cut does not begin where the log had been read to. The container may have been started again, which the status may not
// know yet, or the node has rotated its log: only the node knows, and what it gives as `previous` tells.
void LogFollower::probe()
{
    request(Ask::Probe, true);
}

// It was not that.
void LogFollower::probed()
{
    say(LogRow::Kind::Gap, "lines are missing here: the node has let go of some while the stream was cut");
    request(Ask::Rest);
}

void LogFollower::ended(Result<void> result)
{
    m_stream.reset();
    if (!result && result.error().http >= 400)
        return failed(std::move(result.error()));
    takeRows();
    if (m_stream) // it was another log
        return;
    if (!result)
        return isTransient(result.error().code) ? cut(std::move(result.error())) : failed(std::move(result.error()));
    if (m_ask == Ask::Probe && !m_probeMet)
        return probed();
    if (!m_letGo)
        resumed();
    m_cutSince.reset();
    m_cutFor.reset();
    m_failures = 0;
    m_over = true;
    m_nodeSays = m_ask == Ask::Probe;
    m_overAt = m_clock.now();
    m_overSince = m_clock.steady();
    goOn();
}

void LogFollower::failed(Error error)
{
    const std::string &name = m_wish.container;
    if (m_ask == Ask::Probe && !isTransient(error.code))
        return probed();
    if (const auto why = whyWaiting(error); why && !m_wish.previous) {
        m_cutSince.reset();
        m_cutFor.reset();
        m_letGo = false;
        setNotStarted(*why);
        // What was read is over, then, whatever the status says.
        m_over = m_nodeSays = m_opened;
        m_overAt = m_clock.now();
        m_overSince = m_clock.steady();
        if (!container())
            wait(startDelay, [this] { m_over ? resume() : begin(); });
        return;
    }
    if (has(error, "previous terminated container")) {
        const Container *known = container();
        if (!m_wish.previous && known && m_run.isOver(*known)) { // the status was behind
            m_over = true;
            m_overAt = m_clock.now();
            return goOn();
        }
        const bool restarted = known && known->restarts > 0;
        return setPhase(LogState::Phase::Failed,
            restarted ? "The node no longer has the log of the run before." : name + " has not been restarted: there is no run before this one.",
            std::move(error));
    }
    if (isTransient(error.code))
        return cut(std::move(error));
    if (error.http == 404 && m_opened)
        return setPhase(LogState::Phase::Ended, "The pod is gone.");
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
    if (!m_cutSince || m_cutFor)
        m_cutSince = m_clock.steady();
    m_cutFor.reset();
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
    wait(delay, [this] { resume(); });
    Q_EMIT stateChanged();
}

// The stream ended cleanly: the container did, or the server let go of it.
void LogFollower::goOn()
{
    if (!m_over)
        return;
    if (m_wish.previous || m_pod.isGone())
        return endOfWish();
    const Container *known = container();
    if (known)
        m_run.learn(*known);
    if (known && !hasStarted(*known)) // nor has it been: a pod of the same name
        return setNotStarted(known->waitingReason);
    if (!known || !m_run.isOver(*known))
        return awaitStatus();
    stopWaiting();
    const RunTrack::Where where = m_run.where(*known);
    const auto &ending = m_run.ending();
    if (!m_rested && ending && ending->finishedAt && m_overAt < *ending->finishedAt && where != RunTrack::Where::Gone) {
        m_rested = true; // the server let go of it first
        return request(Ask::Resume, where == RunTrack::Where::Previous);
    }
    if (!finish())
        return;
    sayEnding();
    if (const auto next = m_run.next(*known))
        return startRun(*next);
    setPhase(known->stage == Container::Stage::Waiting ? LogState::Phase::Waiting : LogState::Phase::Ended);
}

// The log is whole: a line without an end is one. False: it was of another run.
bool LogFollower::finish()
{
    m_reader->finish();
    takeRows();
    return !m_stream;
}

// Nothing comes after it.
void LogFollower::endOfWish()
{
    stopWaiting();
    if (!finish())
        return;
    if (const Container *known = container(); known && m_wish.previous) {
        m_run.learn(*known, true);
        sayEnding();
    }
    setPhase(LogState::Phase::Ended, m_pod.isGone() ? "The pod is gone." : std::string());
}

void LogFollower::awaitStatus()
{
    const auto left = m_overSince + (m_nodeSays ? longestStatusDelay : statusDelay) - m_clock.steady();
    if (left > 0ms) {
        if (m_timer == 0)
            wait(left, [this] { goOn(); });
        return;
    }
    if (m_nodeSays)
        return startUntoldRun();
    m_over = false;
    m_letGo = true;
    cut({.code = Code::Interrupted, .message = "the server ended the stream, and the container runs on", .server = m_client.server()});
}

void LogFollower::sayEnding()
{
    if (std::exchange(m_saidEnd, true))
        return;
    const std::string &name = m_wish.container;
    if (const auto &ending = m_run.ending())
        say(ending->exitCode == 0 ? LogRow::Kind::Done : LogRow::Kind::Failed, name + " ended ", lineTime(ending->finishedAt, now()),
            ": " + howItEnded(*ending));
    else
        say(LogRow::Kind::Gap, name + " ended; its status no longer tells how");
}

void LogFollower::startRun(const RunTrack::Run &run)
{
    if (run.unseen > 0)
        say(LogRow::Kind::Gap, counted(static_cast<std::uint64_t>(run.unseen), "run") + " of " + m_wish.container +
                                   " ended unseen: the node no longer has what they wrote");
    say(LogRow::Kind::Started, m_wish.container + " started ", lineTime(run.startedAt, now()),
        run.number > 0 ? ", restart " + std::to_string(run.number) : std::string());
    m_run.begin(run);
    m_opened = m_saidEnd = m_rested = m_letGo = false;
    request(Ask::Run, run.where == RunTrack::Where::Previous);
}

// The status has not said so for long.
void LogFollower::startUntoldRun()
{
    if (!finish())
        return;
    sayEnding();
    say(LogRow::Kind::Started, m_wish.container + " started again");
    m_run.pass();
    m_opened = m_saidEnd = m_rested = false;
    request(Ask::Run);
}

void LogFollower::podChanged()
{
    if (m_wish.container.empty() || m_state.phase == LogState::Phase::Idle)
        return;
    const Container *known = container();
    if (m_over)
        return goOn();
    if (m_stream && known)
        m_run.learn(*known, m_wish.previous);
    if (m_stream || m_wish.previous)
        return;
    // Waited for, or refused because there was no such run.
    const bool refused = m_state.phase == LogState::Phase::Failed && !m_state.why;
    const bool another = m_state.phase == LogState::Phase::Failed && known && known->currentRun() != m_run.id();
    if (m_opened && another)
        resume();
    else if (m_state.phase == LogState::Phase::Waiting || refused || another)
        begin();
}

void LogFollower::setNotStarted(std::string reason)
{
    setPhase(LogState::Phase::Waiting,
        m_wish.container + " has not started: " + (reason.empty() ? "waiting" : reason) + ". Its log begins here when it does.");
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
