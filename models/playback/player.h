// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "playback/activityfeed.h"
#include "playback/controls.h"
#include "recording/replaytransport.h"

#include <QObject>
#include <QPointer>

#include <chrono>
#include <cstdint>

namespace fairlead::playback {

/// The present moment of a recording, and who moves it: time itself, at a speed, or a person.
///
/// Promise: each move goes to the transport and to the session's clock first, then moved() is told, once. wentBack() comes before a move backward
/// reaches the transport: who keeps objects by version gives its session up then, and opens another one. Moments outside of the recording are its
/// ends. Thread: GUI. Owner: who shows the recording; transport, clock and feed outlive it, or are taken back.
class Player : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds tick{100};
    static constexpr std::chrono::milliseconds longestTick{1000}; ///< real time that one tick plays at most
    static constexpr int mostSteps = 20;                          ///< that wait for their answer
    static constexpr std::chrono::milliseconds again{1500};       ///< real time in which a failure that was reached by playing counts as reached
    enum class AtEnd { Stop, BeginAgain };

    /// `clock`: of intervals and timers; not a session's, which stands still.
    Player(recording::ReplayTransport &transport, Clock &clock, QObject *parent = nullptr);
    ~Player() override;

    /// What steps go by; null: they lead nowhere.
    void setActivity(ActivityFeed *feed);
    /// It stands at the moment shown, from now on; null: nobody's does.
    void setSessionClock(SystemClock *clock);
    void setAtEnd(AtEnd atEnd) { m_atEnd = atEnd; }

    [[nodiscard]] Moment now() const { return m_now; }
    [[nodiscard]] Moment first() const { return m_transport.first(); }
    [[nodiscard]] Moment last() const { return m_transport.last(); }
    [[nodiscard]] bool isPlaying() const { return m_playing; }
    [[nodiscard]] double speed() const { return m_speed; }

    /// At the end: from the beginning.
    void play();
    void pause();
    void toggle();
    /// Seconds of the recording a second; within playback::speeds' ends.
    void setSpeed(double speed);
    void jumpTo(Moment moment);
    void jumpBy(std::chrono::milliseconds by) { jumpTo(m_now + by); }
    void toBegin() { jumpTo(first()); }
    void toEnd() { jumpTo(last()); }
    /// To the next moment at which anything changed, or the one before; it pauses. Answered from the file, in a later turn.
    void stepChange(Step step);
    /// To the next failure, or the one before; it goes on playing. Nothing happens where there is none.
    void stepFailure(Step step);

Q_SIGNALS:
    void moved(fairlead::Moment now);
    void wentBack(fairlead::Moment now);
    void playingChanged(bool playing);
    void speedChanged(double speed);

private:
    void setPlaying(bool playing);
    void moveTo(Moment moment);
    void plan();
    void playOn();
    void takeStep();
    void giveUpSteps();

    recording::ReplayTransport &m_transport;
    Clock &m_clock;
    QPointer<ActivityFeed> m_feed;
    QPointer<SystemClock> m_sessionClock;
    Moment m_now;
    bool m_playing = false;
    double m_speed = 1;
    AtEnd m_atEnd = AtEnd::Stop;
    Clock::Timer m_timer = 0;
    Clock::Duration m_played{0}; // steady, up to when it was played
    double m_rest = 0;           // of a millisecond of the recording
    int m_steps = 0;             // that are still to be made; below zero: backward
    bool m_stepping = false;
    std::uint64_t m_asked = 0; // number of the question whose answer counts
};

} // namespace fairlead::playback
