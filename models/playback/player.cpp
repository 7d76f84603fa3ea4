// SPDX-License-Identifier: GPL-3.0-or-later
#include "playback/player.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fairlead::playback {

using recording::ActivityMark;

Player::Player(recording::ReplayTransport &transport, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_now(transport.now())
{
}

Player::~Player()
{
    m_clock.cancel(m_timer);
}

void Player::setActivity(ActivityFeed *feed)
{
    giveUpSteps();
    m_feed = feed;
}

void Player::setSessionClock(SystemClock *clock)
{
    m_sessionClock = clock;
    if (m_sessionClock)
        m_sessionClock->stand(m_now);
}

void Player::play()
{
    if (m_playing || first() == last())
        return;
    if (m_now >= last())
        moveTo(first());
    setPlaying(true);
}

void Player::pause()
{
    setPlaying(false);
}

void Player::toggle()
{
    if (m_playing)
        pause();
    else
        play();
}

void Player::setPlaying(bool playing)
{
    if (std::exchange(m_playing, playing) == playing)
        return;
    m_clock.cancel(std::exchange(m_timer, 0));
    giveUpSteps();
    if (playing) {
        m_played = m_clock.steady();
        m_rest = 0;
        plan();
    }
    Q_EMIT playingChanged(playing);
}

void Player::setSpeed(double speed)
{
    speed = std::clamp(speed, speeds.front(), speeds.back());
    if (speed == m_speed)
        return;
    m_speed = speed;
    Q_EMIT speedChanged(speed);
}

void Player::jumpTo(Moment moment)
{
    giveUpSteps();
    moveTo(moment);
}

void Player::moveTo(Moment moment)
{
    moment = std::clamp(moment, first(), last());
    if (moment == m_now)
        return;
    const bool isBack = moment < m_now;
    m_now = moment;
    m_rest = 0;
    if (isBack)
        Q_EMIT wentBack(moment);
    m_transport.moveTo(moment);
    if (m_sessionClock)
        m_sessionClock->stand(moment);
    Q_EMIT moved(moment);
}

void Player::plan()
{
    m_timer = m_clock.after(tick, this, [this] {
        m_timer = 0;
        playOn();
    });
}

void Player::playOn()
{
    const Clock::Duration now = m_clock.steady();
    const Clock::Duration passed = std::clamp<Clock::Duration>(now - std::exchange(m_played, now), Clock::Duration(0), longestTick);
    const double way = static_cast<double>(passed.count()) * m_speed + m_rest;
    const double whole = std::floor(way);
    if (m_now >= last()) { // somebody jumped there
        if (m_atEnd == AtEnd::Stop)
            return setPlaying(false);
        moveTo(first());
    } else {
        moveTo(m_now + std::chrono::milliseconds(static_cast<std::int64_t>(whole)));
        m_rest = way - whole;
        if (m_now >= last() && m_atEnd == AtEnd::Stop)
            return setPlaying(false);
    }
    if (m_playing && m_timer == 0) // whoever heard of the move may have paused
        plan();
}

void Player::stepChange(Step step)
{
    pause();
    const int way = step == Step::Next ? 1 : -1;
    if (m_steps * way < 0)
        giveUpSteps();
    m_steps = std::clamp(m_steps + way, -mostSteps, mostSteps);
    takeStep();
}

void Player::giveUpSteps()
{
    m_steps = 0;
    m_stepping = false;
    ++m_asked; // an answer that is on its way is nobody's
}

void Player::takeStep()
{
    if (m_stepping || m_steps == 0)
        return;
    if (!m_feed) {
        m_steps = 0;
        return;
    }
    m_stepping = true;
    const bool isForward = m_steps > 0;
    const auto what = isForward ? ActivityFeed::Find::After : ActivityFeed::Find::Before;
    m_feed->find(what, m_now).then(this, [this, isForward, number = ++m_asked](Result<ActivityFeed::FoundChange> found) {
        if (number != m_asked)
            return;
        m_stepping = false;
        if (!found || !*found) {
            m_steps = 0;
            return;
        }
        m_steps += isForward ? -1 : 1;
        moveTo((*found)->time);
        takeStep();
    });
}

void Player::stepFailure(Step step)
{
    if (!m_feed || !m_feed->activity())
        return;
    // While it plays, the failure that was just reached is behind already: who presses twice means the one before.
    const auto grace = std::chrono::milliseconds(m_playing ? static_cast<std::int64_t>(static_cast<double>(again.count()) * m_speed) : 0);
    std::optional<Moment> to;
    for (const ActivityMark &mark : m_feed->activity()->marks) {
        if (mark.weight != ActivityMark::Weight::Failure)
            continue;
        if (step == Step::Previous && mark.time < m_now - grace)
            to = mark.time;
        if (step == Step::Next && mark.time > m_now) {
            to = mark.time;
            break;
        }
    }
    if (to)
        jumpTo(*to);
}

} // namespace fairlead::playback
