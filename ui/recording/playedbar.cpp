// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/playedbar.h"

#include "playback/player.h"
#include "ui/recording/timebar.h"

#include <QCoreApplication>
#include <QPointer>

#include <string>

namespace fairlead::ui {

using playback::ActivityFeed;
using playback::Player;
using recording::ActivityMark;
using recording::EventKind;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::TimeBar", text);
}

QString said(const std::string &text)
{
    return QString::fromStdString(text);
}

QString whatText(EventKind what)
{
    switch (what) {
    case EventKind::Added:
        return tr("added");
    case EventKind::Deleted:
        return tr("deleted");
    case EventKind::Modified:
    case EventKind::Bookmark:
        break;
    }
    return tr("modified");
}

void showPhase(TimeBar &bar, const ActivityFeed &feed)
{
    switch (feed.phase()) {
    case ActivityFeed::Phase::Idle:
    case ActivityFeed::Phase::Reading:
        bar.setReading();
        break;
    case ActivityFeed::Phase::Ready:
        bar.setFacts(barFacts(*feed.activity()));
        break;
    case ActivityFeed::Phase::Failed:
        bar.setFailed(said(feed.error()->text()));
        break;
    }
}

} // namespace

BarFacts barFacts(const recording::Activity &activity)
{
    BarFacts facts;
    facts.pieces = QList<quint32>(activity.pieces.begin(), activity.pieces.end());
    facts.changes = activity.changes();
    facts.marksLeftOut = activity.marksLeftOut;
    facts.damaged = activity.damaged;
    facts.marks.reserve(qsizetype(activity.marks.size()));
    for (const ActivityMark &mark : activity.marks) {
        const std::string name = mark.space.empty() ? mark.name : mark.space + "/" + mark.name;
        facts.marks.append({.at = mark.time,
            .weight = mark.weight == ActivityMark::Weight::Failure ? BarMark::Weight::Failure : BarMark::Weight::Warning,
            .object = said(mark.kind + " " + name),
            .words = said(mark.message.empty() ? mark.reason : mark.reason + ", " + mark.message),
            .times = mark.times});
    }
    return facts;
}

BarChange barChange(const recording::Change &change)
{
    return {
        .number = change.number, .kind = said(change.kind), .space = said(change.space), .name = said(change.name), .what = whatText(change.what)};
}

void connectBar(TimeBar &bar, Player &player, ActivityFeed &feed)
{
    // A signal of each finds the others gone, where they are.
    const QPointer<TimeBar> shown(&bar);
    const QPointer<Player> played(&player);
    const QPointer<ActivityFeed> fed(&feed);
    bar.setSpan(player.first(), player.last());
    bar.setNow(player.now());
    bar.setPlaying(player.isPlaying());
    bar.setSpeed(player.speed());
    showPhase(bar, feed);
    feed.lookAt(player.now());

    QObject::connect(&player, &Player::moved, &bar, [shown, fed](Moment now) {
        shown->setNow(now);
        if (fed)
            fed->lookAt(now);
    });
    QObject::connect(&player, &Player::playingChanged, &bar, &TimeBar::setPlaying);
    QObject::connect(&player, &Player::speedChanged, &bar, &TimeBar::setSpeed);
    QObject::connect(&feed, &ActivityFeed::phaseChanged, &bar, [shown, fed] { showPhase(*shown, *fed); });
    const auto tell = [shown, fed] { shown->setChange(fed->change() ? std::optional(barChange(*fed->change())) : std::nullopt); };
    if (feed.hasLooked()) // for another bar, before
        tell();
    QObject::connect(&feed, &ActivityFeed::changeFound, &bar, tell);
    QObject::connect(&bar, &TimeBar::playToggled, &player, &Player::toggle);
    QObject::connect(&bar, &TimeBar::beginWanted, &player, &Player::toBegin);
    QObject::connect(&bar, &TimeBar::endWanted, &player, &Player::toEnd);
    QObject::connect(&bar, &TimeBar::speedWanted, &player, &Player::setSpeed);
    QObject::connect(&bar, &TimeBar::jumpWanted, &player, &Player::jumpTo);
    QObject::connect(&bar, &TimeBar::skipWanted, &player, &Player::jumpBy);
    QObject::connect(&bar, &TimeBar::changeWanted, &player, &Player::stepChange);
    QObject::connect(&bar, &TimeBar::failureWanted, &player, &Player::stepFailure);
    QObject::connect(&bar, &TimeBar::retryWanted, &feed, &ActivityFeed::start);
}

} // namespace fairlead::ui
