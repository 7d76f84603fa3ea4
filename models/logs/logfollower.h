// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/error.h"
#include "kube/client.h"
#include "logs/logring.h"
#include "logs/podcontainers.h"
#include "logs/runtrack.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

namespace fairlead::kube {
class LogStream;
}

namespace fairlead::logs {

class LogReader;
class PodWatch;

/// Which log of a pod is meant.
struct LogWish {
    std::string container;
    bool previous = false;                     ///< of the run before; it has ended, so nothing is followed
    std::optional<std::chrono::seconds> since; ///< no older lines than that; at most one of these two
    std::optional<Moment> sinceTime;           ///< or than then, to the second
    std::optional<std::int64_t> tail;          ///< no more than the last so many; never more than the ring holds

    bool operator==(const LogWish &) const = default;
};

struct LogState {
    enum class Phase {
        Idle,      ///< nothing was asked for
        Opening,   ///< asked, no answer yet
        Reading,   ///< of a log that has ended
        Following, ///< what is there has come or comes, and more may
        Waiting,   ///< the container does not run: words say why; goes on by itself
        Cut,       ///< the stream broke; why, and nextTry
        Ended,     ///< whole: the container has ended, or the pod is gone
        Failed,    ///< why; goes on only by retry() or another wish
    };
    Phase phase = Phase::Idle;
    Clock::TimePoint since; ///< of the phase
    std::string words;      ///< a sentence about Waiting, Ended and Failed; foreign parts in it
    std::optional<Error> why;
    std::optional<Clock::TimePoint> nextTry;
};

/// One container's log, kept current: rows in a ring, and rows of our own where something happened to it.
///
/// Promises:
///  - a stream that is cut is asked for again from its last line, with a jittered back-off of 0.8 s doubling to 30 s, at once when the pod's
///    watch has word again; no line is repeated, none lost that the node still has; a row says how long it was cut;
///  - the end of a container is a row with reason and exit code; its next run is followed behind it, from its beginning; a run that came
///    and went unseen, between two words of the status or while the stream was cut, is read too as long as the node has it;
///  - a container that has not started is waited for, without asking again and again;
///  - 100,000 lines at most are asked for and kept (LogRing).
/// Thread: GUI. Owner: who shows it; everything handed in outlives it. Time: the session's clock.
class LogFollower : public QObject {
    Q_OBJECT

public:
    LogFollower(kube::Client &client, Clock &clock, PodWatch &pod, std::string space, std::string name, QObject *parent = nullptr);
    ~LogFollower() override;

    /// Forgets what is there and begins anew.
    void open(const LogWish &wish);
    /// Tries at once what waits for its next try, or has failed.
    void retry();

    [[nodiscard]] const LogRing &ring() const { return m_ring; }
    [[nodiscard]] const LogState &state() const { return m_state; }
    [[nodiscard]] const LogWish &wish() const { return m_wish; }
    /// When something came last, by the clock's steady time; the opening where nothing has.
    [[nodiscard]] Clock::Duration lastCame() const { return m_lastCame; }
    /// The node has older lines than those that were asked for.
    [[nodiscard]] bool hasOlder() const { return m_older; }

Q_SIGNALS:
    void rowsChanged();
    void stateChanged();

private:
    // What a stream is asked for.
    enum class Ask {
        Beginning, // of a wish
        Resume,    // the log that was read, from its last line
        Run,       // another run, from its beginning
        Probe,     // whether the log that was read is `previous` now, from its last line
        Rest,      // what there is now behind the last line, whatever is missing between
    };

    void begin();
    void resume();
    void request(Ask how, bool previous = false);
    void came();
    void opened();
    void ended(Result<void> result);
    void failed(Error error);
    void cut(Error error);
    void resumed();
    void probe();
    void probed();
    void goOn();
    [[nodiscard]] bool finish();
    void endOfWish();
    void awaitStatus();
    void sayEnding();
    void startRun(const RunTrack::Run &run);
    void startUntoldRun();
    void podChanged();
    void say(LogRow::Kind kind, std::string_view before, LineTime time = 0, std::string_view after = {});
    void takeRows();
    void setNotStarted(std::string reason);
    void setPhase(LogState::Phase phase, std::string words = {}, std::optional<Error> why = {});
    void wait(Clock::Duration delay, std::function<void()> work);
    void stopWaiting();
    [[nodiscard]] const Container *container() const;
    [[nodiscard]] LineTime now() const;

    kube::Client &m_client;
    Clock &m_clock;
    PodWatch &m_pod;
    const std::string m_space;
    const std::string m_name;

    LogWish m_wish;
    LogState m_state;
    LogRing m_ring;
    std::shared_ptr<LogReader> m_reader; // of the stream, which may be read on the pool
    std::unique_ptr<kube::LogStream> m_stream;
    Ask m_ask = Ask::Beginning;
    RunTrack m_run;        // what is read
    bool m_opened = false; // a log of the run has been there
    bool m_saidEnd = false;
    bool m_rested = false;   // what stood behind its last line has been asked for
    bool m_over = false;     // its stream ended cleanly, and what that means is not known
    bool m_nodeSays = false; // the run is over by the node's word; the status may be behind
    bool m_letGo = false;    // nothing but a clean end says that the stream was cut
    bool m_probeMet = false;
    bool m_older = false;
    bool m_first = false;      // the stream is the first one of its wish
    std::uint64_t m_lines = 0; // of it that were there when its answer began
    LineTime m_answeredAt = 0;
    Clock::TimePoint m_overAt;
    Clock::Duration m_overSince{0};
    Clock::Duration m_lastCame{0};
    std::optional<Clock::Duration> m_cutSince;
    std::optional<Clock::Duration> m_cutFor; // it has been resumed
    int m_failures = 0;
    Clock::Timer m_timer = 0;
};

} // namespace fairlead::logs
