// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/axisticks.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <chrono>

namespace fairlead::ui {

using namespace std::chrono;

namespace {

constexpr std::size_t mostTicks = 200;
constexpr std::array<milliseconds, 16> steps{seconds(1), seconds(5), seconds(15), seconds(30), minutes(1), minutes(5), minutes(15), minutes(30),
    hours(1), hours(3), hours(6), hours(12), hours(24), hours(48), hours(24 * 7), hours(24 * 28)};

QDateTime local(Moment at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

Moment begins(QDate day)
{
    return Moment(milliseconds(day.startOfDay().toMSecsSinceEpoch()));
}

QString dayOf(QDate day)
{
    return QLocale::c().toString(day, QStringLiteral("d MMM"));
}

} // namespace

std::vector<AxisTick> axisTicks(Moment first, Moment last, int width, int apart)
{
    std::vector<AxisTick> ticks;
    const milliseconds span = last - first;
    if (span <= milliseconds(0) || width <= 0)
        return ticks;
    const auto wanted = milliseconds(static_cast<qint64>(static_cast<double>(span.count()) * apart / width));
    const auto *found = std::find_if(steps.begin(), steps.end(), [wanted](milliseconds each) { return each >= wanted; });
    milliseconds step = found == steps.end() ? steps.back() : *found;
    while (step < wanted)
        step *= 2;
    if (step >= hours(24)) {
        const qint64 days = step / hours(24);
        QDate day = local(first).date();
        day = day.addDays((days - day.toJulianDay() % days) % days);
        for (; begins(day) <= last && ticks.size() < mostTicks; day = day.addDays(days)) {
            if (begins(day) >= first)
                ticks.push_back({begins(day), dayOf(day)});
        }
        return ticks;
    }
    // Day by day: each begins at its own midnight, also where the clocks change.
    const QString form = step < minutes(1) ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    for (QDate day = local(first).date(); begins(day) <= last && ticks.size() < mostTicks; day = day.addDays(1)) {
        const Moment midnight = begins(day);
        const Moment end = std::min(begins(day.addDays(1)), last + milliseconds(1));
        const qint64 passed = midnight < first ? (first - midnight + step - milliseconds(1)) / step : 0;
        for (Moment at = midnight + passed * step; at < end && ticks.size() < mostTicks; at += step)
            ticks.push_back({at, at == midnight ? dayOf(day) : QLocale::c().toString(local(at), form)});
    }
    return ticks;
}

QString axisEndText(Moment at, Moment first, Moment last)
{
    const QString form = last - first > hours(24) ? QStringLiteral("d MMM HH:mm") : QStringLiteral("HH:mm:ss");
    return QLocale::c().toString(local(at), form);
}

} // namespace fairlead::ui
