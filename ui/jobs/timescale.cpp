// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/timescale.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace fairlead::ui {

using namespace std::chrono;

namespace {

constexpr qreal farthest = 100'000;
constexpr int apart = 70;
constexpr milliseconds steps[] = {
    minutes(1), minutes(5), minutes(10), minutes(30), hours(1), hours(2), hours(6), hours(12), hours(24), hours(48), hours(24 * 7)};

} // namespace

qreal TimeScale::x(kinds::Moment at) const
{
    const qreal share = static_cast<qreal>((at - from).count()) / static_cast<qreal>(span.count());
    return std::clamp(share * width, -farthest, farthest);
}

kinds::Moment TimeScale::at(qreal x) const
{
    return from + milliseconds(static_cast<qint64>(x / width * static_cast<qreal>(span.count())));
}

std::vector<TimeScale::Tick> TimeScale::ticks() const
{
    milliseconds step = std::end(steps)[-1];
    for (const milliseconds each : steps) {
        if (static_cast<qreal>(each.count()) / static_cast<qreal>(span.count()) * width >= apart) {
            step = each;
            break;
        }
    }
    const QDateTime first = QDateTime::fromMSecsSinceEpoch(from.time_since_epoch().count());
    const qint64 offset = qint64(first.offsetFromUtc()) * 1000;
    const qint64 begin = ((from.time_since_epoch().count() + offset) / step.count()) * step.count() - offset;
    std::vector<Tick> out;
    for (qint64 at = begin; at <= until().time_since_epoch().count() && out.size() < 200; at += step.count()) {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(at);
        const bool day = local.time() == QTime(0, 0);
        out.push_back({kinds::Moment(milliseconds(at)),
            step >= hours(24) || day ? QLocale::c().toString(local, QStringLiteral("ddd d MMM"))
                                     : QLocale::c().toString(local, QStringLiteral("HH:mm")),
            day});
    }
    return out;
}

} // namespace fairlead::ui
