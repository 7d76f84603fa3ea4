// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runlook.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <chrono>

namespace fairlead::ui {

using namespace std::chrono;
using jobs::Moment;
using jobs::RunState;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::RunLook", text);
}

QString age(seconds length)
{
    return QString::fromStdString(formatAge(length));
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

QColor colourOf(const Tokens &tokens, RunState state)
{
    return shapeColour(tokens, shapeOf(state));
}

QString localTime(Moment at, Moment now)
{
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
    const QDateTime today = QDateTime::fromMSecsSinceEpoch(now.time_since_epoch().count());
    return QLocale::c().toString(local, local.date() == today.date() ? QStringLiteral("HH:mm:ss") : QStringLiteral("d MMM HH:mm:ss"));
}

QString nextWords(const jobs::Lane &lane, Moment now)
{
    if (!lane.plan)
        return lane.cron ? tr("cron job is gone") : tr("by hand");
    if (lane.plan->suspended)
        return tr("suspended");
    const auto next = lane.plan->next(now);
    return next ? tr("in %1").arg(age(ceil<seconds>(*next - now))) : tr("never");
}

QStringList runLines(const jobs::Lane &lane, const jobs::Run &run, Moment now)
{
    QStringList lines = {QString::fromStdString(run.name) + QStringLiteral(": ") + QString::fromStdString(run.words())};
    if (run.scheduled)
        lines << tr("Due %1").arg(localTime(*run.scheduled, now));
    if (run.start)
        lines << tr("Started %1").arg(localTime(*run.start, now));
    if (const auto length = run.length()) {
        QString took = tr("Took %1").arg(age(*length));
        if (lane.durations)
            took += tr(", median %1").arg(age(lane.durations->median));
        if (const auto unusual = lane.durations ? jobs::outlierWords(*length, *lane.durations) : std::nullopt)
            took += QStringLiteral(", ") + QString::fromStdString(*unusual);
        lines << took;
    } else if (run.start && !run.hasEnded()) {
        lines << tr("Runs for %1").arg(age(floor<seconds>(now - *run.start))) +
                     (lane.durations ? tr(", median %1").arg(age(lane.durations->median)) : QString());
    }
    if (const auto estimate = jobs::estimateEnd(run, lane.durations, now))
        lines
            << tr("Ends about %1 (%2 to %3)").arg(localTime(estimate->likely, now), localTime(estimate->early, now), localTime(estimate->late, now));
    if (run.gone)
        lines << tr("No longer in the cluster");
    if (!run.oddity.empty())
        lines << QString::fromStdString(run.oddity);
    return lines;
}

} // namespace fairlead::ui
