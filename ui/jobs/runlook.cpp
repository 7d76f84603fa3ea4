// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runlook.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <chrono>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Attempt;
using jobs::ComingRun;
using jobs::Moment;
using jobs::RunState;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::RunLook", text);
}

QDateTime localDate(Moment at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

// 0 to `below`, else -1.
int number(const QString &text, int below)
{
    bool is = false;
    const int value = text.toInt(&is);
    return is && value >= 0 && value < below ? value : -1;
}

// Only what is said shorter in words than in fields; empty: the rest.
QString plainSchedule(const QString &text)
{
    const QStringList fields = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (fields.size() != 5 || fields[2] != QLatin1String("*") || fields[3] != QLatin1String("*"))
        return {};
    const int minute = number(fields[0], 60);
    const int hour = number(fields[1], 24);
    const bool daily = fields[4] == QLatin1String("*");
    if (minute >= 0 && hour >= 0) {
        const QString clock = QStringLiteral("%1:%2").arg(hour, 2, 10, QLatin1Char('0')).arg(minute, 2, 10, QLatin1Char('0'));
        if (daily)
            return tr("daily at %1").arg(clock);
        return fields[4] == QLatin1String("1-5") ? tr("Mon to Fri at %1").arg(clock) : QString();
    }
    if (!daily)
        return {};
    if (fields[1] == QLatin1String("*")) {
        if (minute >= 0)
            return tr("hourly at :%1").arg(minute, 2, 10, QLatin1Char('0'));
        if (fields[0] == QLatin1String("*") || fields[0] == QLatin1String("*/1"))
            return tr("every minute");
        const int step = fields[0].startsWith(QLatin1String("*/")) ? number(fields[0].mid(2), 60) : -1;
        return step > 0 && 60 % step == 0 ? tr("every %1 min").arg(step) : QString();
    }
    const int step = fields[1].startsWith(QLatin1String("*/")) ? number(fields[1].mid(2), 24) : -1;
    return minute == 0 && step > 0 && 24 % step == 0 ? tr("every %1 h").arg(step) : QString();
}

} // namespace

Shape shapeOf(RunState state)
{
    switch (state) {
    case RunState::Succeeded:
        return Shape::Ok;
    case RunState::Failed:
    case RunState::Killed:
        return Shape::Bad;
    case RunState::Running:
    case RunState::Ending:
        return Shape::Progress;
    case RunState::Retrying:
    case RunState::Waiting:
        return Shape::Warn;
    case RunState::Suspended:
        return Shape::Idle;
    case RunState::Unknown:
        return Shape::Unknown;
    }
    return Shape::None;
}

Shape shapeOf(const Attempt &attempt)
{
    switch (attempt.state) {
    case Attempt::State::Failed:
        return Shape::Bad;
    case Attempt::State::Succeeded:
        return Shape::Ok;
    case Attempt::State::Running:
        return Shape::Progress;
    case Attempt::State::Waiting:
        return Shape::Warn;
    case Attempt::State::Gone:
        return Shape::Idle;
    case Attempt::State::Unknown:
        return Shape::Unknown;
    }
    return Shape::None;
}

QColor colourOf(const Tokens &tokens, RunState state)
{
    return shapeColour(tokens, shapeOf(state));
}

bool goesOn(const jobs::Run &run)
{
    return run.state == RunState::Running || run.state == RunState::Retrying || run.state == RunState::Waiting || run.state == RunState::Ending;
}

bool lastFailed(const jobs::Lane &lane)
{
    const auto last = std::find_if(lane.runs.rbegin(), lane.runs.rend(), [](const jobs::Run &run) { return run.hasEnded(); });
    return last != lane.runs.rend() && last->state == RunState::Failed;
}

QString lengthWords(seconds length)
{
    return QString::fromStdString(formatAge(length));
}

QString localTime(Moment at, Moment now)
{
    const QDateTime local = localDate(at);
    return QLocale::c().toString(local, local.date() == localDate(now).date() ? QStringLiteral("HH:mm:ss") : QStringLiteral("d MMM HH:mm:ss"));
}

QString untilWords(Moment at, Moment now)
{
    return at <= now ? tr("now") : tr("in %1").arg(lengthWords(ceil<seconds>(at - now)));
}

QString scheduleWords(const jobs::Lane &lane)
{
    if (!lane.plan)
        return lane.cron ? tr("its cron job is gone") : tr("by hand");
    const QString written = QString::fromStdString(lane.plan->scheduleText);
    const QString plain = plainSchedule(written);
    const QString words = plain.isEmpty() ? written : plain;
    return lane.plan->zoneName.empty() ? words : words + QLatin1Char(' ') + QString::fromStdString(lane.plan->zoneName);
}

QString nextWords(const jobs::Lane &lane, Moment now)
{
    if (!lane.plan)
        return {};
    if (lane.plan->suspended)
        return tr("suspended");
    const auto next = lane.plan->next(now);
    if (!next)
        return tr("never");
    const QDateTime local = localDate(*next);
    const qint64 days = localDate(now).date().daysTo(local.date());
    if (Moment(*next) - now < hours(3) || days == 0)
        return untilWords(*next, now);
    if (days == 1)
        return tr("tomorrow %1").arg(QLocale::c().toString(local, QStringLiteral("HH:mm")));
    return QLocale::c().toString(local, days < 7 ? QStringLiteral("ddd HH:mm") : QStringLiteral("d MMM yyyy"));
}

QList<RunFact> runFacts(const jobs::Lane &lane, const jobs::Run &run, Moment now)
{
    QList<RunFact> facts;
    const QString median = lane.durations && lane.durations->count > 1 ? tr(", median %1").arg(lengthWords(lane.durations->median)) : QString();
    if (run.scheduled)
        facts << RunFact{tr("Due"), localTime(*run.scheduled, now)};
    if (run.start)
        facts << RunFact{
            tr("Started"), localTime(*run.start, now) + QLocale::c().toString(localDate(*run.start).toUTC(), QStringLiteral(" (HH:mm:ss 'UTC')"))};
    if (const auto length = run.length()) {
        QString took = lengthWords(*length) + median;
        if (const auto unusual = lane.durations ? jobs::outlierWords(*length, *lane.durations) : std::nullopt)
            took += QStringLiteral(", ") + QString::fromStdString(*unusual);
        facts << RunFact{tr("Took"), took};
    } else if (run.start && !run.hasEnded()) {
        facts << RunFact{tr("Runs for"), lengthWords(floor<seconds>(std::max(now, *run.start) - *run.start)) + median};
    }
    if (const auto estimate = jobs::estimateEnd(run, lane.durations, now)) {
        QString ends = localTime(estimate->likely, now);
        if (estimate->early != estimate->late)
            ends += QStringLiteral(" (%1 – %2)").arg(localTime(estimate->early, now), localTime(estimate->late, now));
        facts << RunFact{tr("Ends about"), ends};
    }
    if (!run.message.empty() && !run.rule && run.state != RunState::Succeeded)
        facts << RunFact{tr("Says"), QString::fromStdString(run.message)};
    if (run.gone)
        facts << RunFact{tr("Object"), tr("no longer in the cluster")};
    if (!run.oddity.empty())
        facts << RunFact{tr("Odd"), QString::fromStdString(run.oddity)};
    return facts;
}

QStringList runLines(const jobs::Lane &lane, const jobs::Run &run, Moment now)
{
    QStringList lines = {QString::fromStdString(run.name) + QStringLiteral(": ") + QString::fromStdString(run.words())};
    for (const RunFact &each : runFacts(lane, run, now))
        lines << each.label + QLatin1Char(' ') + each.value;
    return lines;
}

QStringList comingLines(const jobs::Lane &lane, const ComingRun &run, Moment now)
{
    QStringList lines = {
        QString::fromStdString(lane.name) + QStringLiteral(": ") + tr("due %1, %2").arg(localTime(run.at, now), untilWords(run.at, now))};
    switch (run.outcome) {
    case ComingRun::Outcome::Starts:
        if (run.end)
            lines << tr("Likely to end %1").arg(localTime(*run.end, now));
        break;
    case ComingRun::Outcome::Late:
        lines << tr("Likely to start late, %1, once the run before it has ended (Forbid)").arg(localTime(run.start, now));
        break;
    case ComingRun::Outcome::Skipped:
        lines << tr("Likely to be skipped: the run before it goes on (Forbid)");
        break;
    case ComingRun::Outcome::Replaces:
        lines << tr("Likely to kill the run before it (Replace)");
        break;
    }
    if (run.killed)
        lines << tr("Likely to be killed by the next one (Replace)");
    return lines;
}

} // namespace fairlead::ui
