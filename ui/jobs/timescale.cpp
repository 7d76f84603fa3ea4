// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timescale.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <iterator>

namespace fairlead::ui {

using namespace std::chrono;
using kinds::Moment;

namespace {

constexpr qreal farthest = 100'000;
constexpr int apart = 70;
constexpr std::size_t mostTicks = 200;
constexpr milliseconds steps[] = {minutes(1), minutes(2), minutes(5), minutes(10), minutes(15), minutes(30), hours(1), hours(2), hours(3), hours(6),
    hours(12), hours(24), hours(48), hours(24 * 7)};

QDateTime local(Moment at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

Moment begins(QDate day)
{
    return Moment(milliseconds(day.startOfDay().toMSecsSinceEpoch()));
}

} // namespace

qreal TimeScale::x(Moment at) const
{
    const qreal share = static_cast<qreal>((at - from).count()) / static_cast<qreal>(span.count());
    return std::clamp(share * width, -farthest, farthest);
}

Moment TimeScale::at(qreal x) const
{
    return from + milliseconds(static_cast<qint64>(x / width * static_cast<qreal>(span.count())));
}

milliseconds TimeScale::step() const
{
    const auto found = std::find_if(std::begin(steps), std::end(steps),
        [this](milliseconds each) { return static_cast<qreal>(each.count()) / static_cast<qreal>(span.count()) * width >= apart; });
    return found == std::end(steps) ? std::end(steps)[-1] : *found;
}

// Day by day: each begins at its own midnight, also where the clocks change.
std::vector<TimeScale::Tick> TimeScale::ticks() const
{
    const milliseconds step = this->step();
    std::vector<Tick> out;
    for (QDate day = local(from).date(); begins(day) <= until() && out.size() < mostTicks; day = day.addDays(1)) {
        const Moment midnight = begins(day);
        if (step >= hours(24)) {
            const qint64 days = step / hours(24);
            if (day.toJulianDay() % days == 0)
                out.push_back({midnight, QLocale::c().toString(day, QStringLiteral("ddd d")), day.dayOfWeek() == 1});
            continue;
        }
        const Moment end = std::min(begins(day.addDays(1)), until() + milliseconds(1));
        const auto passed = midnight < from ? (from - midnight) / step : 0;
        for (Moment at = midnight + passed * step; at < end && out.size() < mostTicks; at += step)
            out.push_back({at, QLocale::c().toString(local(at), QStringLiteral("HH:mm")), at == midnight});
    }
    return out;
}

std::vector<TimeScale::Tick> TimeScale::heads() const
{
    const bool months = step() >= hours(24);
    std::vector<Tick> out;
    QDate day = local(from).date();
    if (months)
        day = QDate(day.year(), day.month(), 1);
    while (begins(day) <= until() && out.size() < mostTicks) {
        out.push_back({begins(day), QLocale::c().toString(day, months ? QStringLiteral("MMMM yyyy") : QStringLiteral("ddd d MMMM")), true});
        day = months ? day.addMonths(1) : day.addDays(1);
    }
    return out;
}

} // namespace fairlead::ui
