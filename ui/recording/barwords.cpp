// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/recording/barwords.h"

#include "ui/widgets/text.h"
#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <cmath>

namespace fairlead::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("fairlead::ui::TimeBar", text);
}

QDateTime local(Moment at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}

QString zoneText(int offset)
{
    if (offset == 0)
        return QStringLiteral("UTC");
    const int minutes = std::abs(offset) / 60;
    QString text = QStringLiteral("UTC%1%2").arg(offset < 0 ? QStringLiteral("−") : QStringLiteral("+")).arg(minutes / 60);
    if (minutes % 60 != 0)
        text += QStringLiteral(":%1").arg(minutes % 60, 2, 10, QLatin1Char('0'));
    return text;
}

} // namespace

QString dayText(Moment at)
{
    const QDateTime time = local(at);
    return QLocale::c().toString(time, QStringLiteral("d MMM yyyy")) + QStringLiteral(", ") + zoneText(time.offsetFromUtc());
}

QString lengthText(std::chrono::seconds length)
{
    const qint64 all = std::max<qint64>(0, length.count());
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (all >= 3600)
        return QStringLiteral("%1h%2m%3s").arg(QString::number(all / 3600), two(all / 60 % 60), two(all % 60));
    if (all >= 60)
        return QStringLiteral("%1m%2s").arg(QString::number(all / 60), two(all % 60));
    return QStringLiteral("%1s").arg(all);
}

QString speedText(double speed)
{
    return QString::number(speed) + QStringLiteral("×");
}

QString changeText(const BarChange &change, quint64 of, ChangeWords words)
{
    const bool all = words == ChangeWords::All;
    const QString object = all && !change.space.isEmpty() ? change.space + QLatin1Char('/') + change.name : change.name;
    // Not by %1 of one text in the other: a name may hold it.
    QString text = tr("change %1 of %2").arg(grouped(qsizetype(change.number)), grouped(qsizetype(of)));
    text += QStringLiteral(": ") + change.kind + QLatin1Char(' ') + object;
    return all ? text + QStringLiteral(", ") + change.what : text;
}

QString failureText(qsizetype passed, qsizetype all)
{
    if (all == 0)
        return tr("no failures");
    if (passed == 0)
        return all == 1 ? tr("1 failure to come") : tr("%1 failures to come").arg(grouped(all));
    return tr("failure %1 of %2").arg(grouped(passed), grouped(all));
}

QString markText(const BarMark &mark)
{
    QString text = momentText(mark.at) + QStringLiteral("  ") + mark.words + QStringLiteral(": ") + mark.object;
    if (mark.times > 1)
        text += QStringLiteral(", ") + tr("told %1 times").arg(grouped(mark.times));
    return text;
}

QString fileSizeText(quint64 bytes)
{
    const BytesText text = bytesText(double(bytes));
    return text.unit.isEmpty() ? text.figure + QStringLiteral(" B") : text.both() + QLatin1Char('B');
}

} // namespace fairlead::ui
