// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/words.h"

#include "ui/widgets/text.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <array>
#include <cmath>

namespace fairlead::ui {

namespace {

// Two figures behind the point below one, one below a hundred, none above; no zeros at the end.
QString shortFigure(double value)
{
    if (!std::isfinite(value))
        return QStringLiteral("–");
    if (value >= 99.95)
        return grouped(qsizetype(std::llround(std::min(value, 9e15))));
    QString text = QString::number(value, 'f', value < 1 ? 2 : 1);
    while (text.contains(QLatin1Char('.')) && (text.endsWith(QLatin1Char('0')) || text.endsWith(QLatin1Char('.'))))
        text.chop(1);
    return text;
}

QDateTime timeOf(Moment at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

} // namespace

QString coresText(double cores)
{
    return shortFigure(cores);
}

BytesText bytesText(double bytes)
{
    constexpr std::array units = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
    std::size_t unit = 0;
    while (unit + 1 < units.size() && bytes >= 1024) {
        bytes /= 1024;
        ++unit;
    }
    return {shortFigure(bytes), QString::fromLatin1(units[unit])};
}

QString percentText(double part, double whole)
{
    return whole > 0 ? QStringLiteral("%1 %").arg(std::llround(std::min(part / whole * 100, 99999.0))) : QString();
}

QString clockText(Moment at)
{
    return timeOf(at).toString(QStringLiteral("HH:mm"));
}

QString momentText(Moment at)
{
    return QLocale::c().toString(timeOf(at), QStringLiteral("HH:mm:ss"));
}

QString ageText(Moment since, Moment now)
{
    return QString::fromStdString(formatAge(since, now));
}

QString exactTime(Moment at)
{
    const QDateTime local = timeOf(at);
    return local.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t")) + QStringLiteral("\n") +
           local.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss 'UTC'"));
}

} // namespace fairlead::ui
