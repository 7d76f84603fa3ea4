// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/zonefile.h"
#include "kinds/cron/goduration.h"
#include "kinds/cron/schedule.h"
#include "kinds/cron/zone.h"

#include <QTest>

#include <chrono>
#include <string>

using namespace fairlead;
using namespace fairlead::kinds::cron;
using namespace std::chrono;

namespace {

Zone zone(const std::string &name)
{
    auto read = zoneNamed(name, platform::readZoneFile);
    if (!read)
        qFatal("%s", read.error().text().c_str());
    return std::move(*read);
}

// The next times in a line; "none" where there is none.
QString following(const QString &schedule, const QString &zoneName, const QString &from, int count)
{
    const auto parsed = Schedule::parse(schedule.toStdString());
    if (!parsed)
        return QString::fromStdString(parsed.error().message);
    const auto start = parseTime(from.toStdString());
    if (!start)
        qFatal("%s is no time", qPrintable(from));
    const Zone in = zone(zoneName.toStdString());
    Moment at = *start;
    QStringList out;
    for (int i = 0; i < count; ++i) {
        const auto next = parsed->next(at, in);
        if (!next) {
            out.append(QStringLiteral("none"));
            break;
        }
        out.append(QString::fromStdString(in.text(*next)));
        at = *next;
    }
    return out.join(u' ');
}

} // namespace

// What the expected texts say, the controller's library says too: tst_cron_oracle (label live) asks it.
class CronTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void calendar_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("times");
        const auto row = [](const char *name, const char *schedule, const char *from, const char *times) {
            QTest::newRow(name) << QString::fromUtf8(schedule) << QString::fromLatin1(from) << QString::fromLatin1(times);
        };
        row("after, not at", "* * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z 2026-01-01T00:02:00Z");
        row("a fraction before", "* * * * *", "2026-01-01T00:00:59.999Z", "2026-01-01T00:01:00Z 2026-01-01T00:02:00Z");
        row("steps", "*/20 3 * * *", "2026-01-01T03:20:00Z", "2026-01-01T03:40:00Z 2026-01-02T03:00:00Z 2026-01-02T03:20:00Z");
        row("a step from a number goes on to the end", "5/20 * * * *", "2026-01-01T00:00:00Z",
            "2026-01-01T00:05:00Z 2026-01-01T00:25:00Z 2026-01-01T00:45:00Z 2026-01-01T01:05:00Z");
        row("a step in a range", "10-30/15 0 * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:10:00Z 2026-01-01T00:25:00Z 2026-01-02T00:10:00Z");
        row("a step beyond the range", "3/99 0 * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:03:00Z 2026-01-02T00:03:00Z");
        row("either day", "0 0 1,15 * 1", "2026-01-01T00:00:00Z", "2026-01-05T00:00:00Z 2026-01-12T00:00:00Z 2026-01-15T00:00:00Z");
        row("a stepped star restricts: either", "0 0 1 * */2", "2026-01-02T00:00:00Z",
            "2026-01-03T00:00:00Z 2026-01-04T00:00:00Z 2026-01-06T00:00:00Z");
        row("a star in steps of one does not", "0 0 1 * */1", "2026-01-02T00:00:00Z", "2026-02-01T00:00:00Z 2026-03-01T00:00:00Z");
        row("a question mark is a star", "0 0 1 * ?", "2026-01-02T00:00:00Z", "2026-02-01T00:00:00Z 2026-03-01T00:00:00Z");
        row("a star in a list is a star", "0 0 13 * 5,*", "2026-01-02T00:00:00Z", "2026-01-13T00:00:00Z 2026-02-13T00:00:00Z");
        row("both days, with a star's step", "0 0 */2 * 1", "2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z 2026-01-05T00:00:00Z 2026-01-07T00:00:00Z");
        row("names", "0 12 * JAN-mar Fri", "2026-01-25T00:00:00Z", "2026-01-30T12:00:00Z 2026-02-06T12:00:00Z");
        row("a name with the Turkish capital", "0 12 * * FR\u0130", "2026-01-25T00:00:00Z", "2026-01-30T12:00:00Z");
        row("months of 31 days", "0 0 31 * *", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z 2026-05-31T00:00:00Z 2026-07-31T00:00:00Z");
        row("leap days", "0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z 2032-02-29T00:00:00Z 2036-02-29T00:00:00Z");
        row("no leap day in eight years", "0 0 29 2 *", "2096-03-01T00:00:00Z", "none");
        row("never", "0 0 30 2 *", "2026-01-01T00:00:00Z", "none");
        row("commas alone hold nothing", ", * * * *", "2026-01-01T00:00:00Z", "none");
        row("nor does an hour of commas", "0 ,, * * *", "2026-01-01T00:00:00Z", "none");
        row("nor a month", "0 0 1 , *", "2026-01-01T00:00:00Z", "none");
        row("but the other day does", "0 0 , * 1", "2026-01-01T00:00:00Z", "2026-01-05T00:00:00Z 2026-01-12T00:00:00Z");
        row("what follows a star's hyphen is not looked at", "*-x 0 1 1 *", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z 2026-01-01T00:02:00Z");
        row("a plus", "+5 0 * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z");
        row("blanks of any kind", "\t0\v0 \xC2\xA0 1\xE3\x80\x80* *\n", "2026-01-02T00:00:00Z", "2026-02-01T00:00:00Z");
        row("@yearly", "@yearly", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        row("@annually", "@annually", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        row("@monthly", "@monthly", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
        row("@weekly", "@weekly", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00Z");
        row("@daily", "@daily", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
        row("@midnight", "@midnight", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
        row("@hourly", "@hourly", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z");
        row("@every counts from the start", "@every 1h30m", "2026-01-01T00:10:05.5Z", "2026-01-01T01:40:05Z 2026-01-01T03:10:05Z");
        row("@every drops fractions", "@every 1900ms", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z 2026-01-01T00:00:02Z");
        row("@every has at least a second", "@every -5m", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z");
        row("the end of the calendar", "0 0 1 1 *", "9998-06-01T00:00:00Z", "9999-01-01T00:00:00Z none");
        row("the end of the calendar, by a length", "@every 2000000h", "9900-06-01T00:00:00Z", "none");
        row("after the end", "* * * * *", "9999-12-31T23:59:59Z", "none");
        row("long ago", "0 0 1 1 *", "0001-01-01T00:00:00Z", "0002-01-01T00:00:00Z");
    }
    void calendar()
    {
        QFETCH(QString, schedule);
        QFETCH(QString, from);
        QFETCH(QString, times);
        QCOMPARE(following(schedule, QStringLiteral("UTC"), from, int(times.count(u' ')) + 1), times);
    }

    void changeOvers_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("zoneName");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("times");
        const auto row = [](const char *name, const char *schedule, const char *zoneName, const char *from, const char *times) {
            QTest::newRow(name) << QString::fromLatin1(schedule) << QString::fromLatin1(zoneName) << QString::fromLatin1(from)
                                << QString::fromLatin1(times);
        };
        row("a time that is left out does not run", "30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z",
            "2026-03-28T02:30:00+01:00 2026-03-30T02:30:00+02:00");
        row("a time that comes twice runs twice", "30 2 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z",
            "2026-10-24T02:30:00+02:00 2026-10-25T02:30:00+02:00 2026-10-25T02:30:00+01:00 2026-10-26T02:30:00+01:00");
        row("half hours through the repeat", "*/30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z",
            "2026-10-25T02:30:00+02:00 2026-10-25T02:00:00+01:00 2026-10-25T02:30:00+01:00 2026-10-25T03:00:00+01:00");
        row("every other hour over the gap", "0 */2 * * *", "Europe/Berlin", "2026-03-28T22:30:00Z",
            "2026-03-29T00:00:00+01:00 2026-03-29T04:00:00+02:00");
        row("a zone that is UTC in winter", "30 1 * * *", "Europe/London", "2026-03-28T12:00:00Z", "2026-03-30T01:30:00+01:00");
        row("no midnight", "0 0 * * *", "America/Sao_Paulo", "2018-11-02T12:00:00Z", "2018-11-03T00:00:00-03:00 2018-11-05T00:00:00-02:00");
        row("a day that is stepped over without its midnight", "0 0 5 * *", "America/Sao_Paulo", "2018-11-02T12:00:00Z",
            "2018-11-05T00:00:00-02:00 2018-12-05T00:00:00-02:00");
        row("no midnight, by the last rule", "0 0 * * *", "Asia/Beirut", "2026-03-27T12:00:00Z",
            "2026-03-28T00:00:00+02:00 2026-03-30T00:00:00+03:00");
        row("weekly, no midnight", "@weekly", "America/Havana", "2026-03-07T00:00:00Z", "2026-03-15T00:00:00-04:00 2026-03-22T00:00:00-04:00");
        row("a change of half an hour loses even the time after it", "0 3 * * *", "Australia/Lord_Howe", "2026-10-02T12:00:00Z",
            "2026-10-03T03:00:00+10:30 2026-10-05T03:00:00+11:00");
        row("a change within an hour is not stepped over", "45 23 * * *", "Asia/Pyongyang", "2018-05-04T14:30:00Z", "2018-05-05T23:45:00+09:00");
        row("nor one that loses the minute", "45 2 * * *", "America/Caracas", "2016-05-01T06:30:00Z", "2016-05-02T02:45:00-04:00");
        row("a month without its first midnight is lost", "0 0 1 * *", "Asia/Amman", "2011-03-02T00:00:00Z",
            "2011-05-01T00:00:00+03:00 2011-06-01T00:00:00+03:00");
        row("a day left out, where the library never returns", "0 0 * * 6", "Pacific/Apia", "2011-12-28T12:00:00Z", "none");
        row("lengths go over it", "@every 1h", "Europe/Berlin", "2026-03-29T00:10:00Z", "2026-03-29T03:10:00+02:00 2026-03-29T04:10:00+02:00");
        row("beyond what files list", "0 9 * * *", "America/New_York", "2050-03-12T00:00:00Z", "2050-03-12T09:00:00-05:00 2050-03-13T09:00:00-04:00");
        row("south, beyond what files list", "0 9 * * *", "Australia/Sydney", "2050-04-01T12:00:00Z",
            "2050-04-02T09:00:00+11:00 2050-04-03T09:00:00+10:00");
        row("half hours east", "0 9 * * *", "Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T09:00:00+05:30");
        row("west", "0 9 * * *", "America/St_Johns", "2026-01-01T00:00:00Z", "2026-01-01T09:00:00-03:30");
        row("offsets with seconds are told in UTC", "0 9 * * *", "Africa/Monrovia", "1960-01-01T00:00:00Z", "1960-01-01T09:44:30Z");
    }
    void changeOvers()
    {
        QFETCH(QString, schedule);
        QFETCH(QString, zoneName);
        QFETCH(QString, from);
        QFETCH(QString, times);
        QCOMPARE(following(schedule, zoneName, from, int(times.count(u' ')) + 1), times);
    }

    void refused_data()
    {
        QTest::addColumn<QString>("schedule");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *schedule, const char *message) {
            QTest::newRow(schedule) << QString::fromLatin1(schedule) << QString::fromLatin1(message);
        };
        row("", "it is empty");
        row("   ", "it has 0 fields where five are due");
        row("* * * *", "it has 4 fields where five are due");
        row("0 * * * * *", "it has 6 fields where five are due");
        row(" @daily", "it has 1 field where five are due");
        row("60 * * * *", "minute \"60\": 60 is above 59");
        row("* 24 * * *", "hour \"24\": 24 is above 23");
        row("* * 0 * *", "day of month \"0\": 0 is below 1");
        row("* * * 13 *", "month \"13\": 13 is above 12");
        row("* * * * 7", "day of week \"7\": 7 is above 6");
        row("* * * * sun-mon-tue", "day of week \"sun-mon-tue\": a range has one hyphen");
        row("* * * * fri-mon", "day of week \"fri-mon\": 5 is beyond the end of its range, 1");
        row("* * * january *", "month \"january\": \"january\" is neither a number nor a name");
        row("* * mon * *", "day of month \"mon\": \"mon\" is no number");
        row("*/0 * * * *", "minute \"*/0\": a step of 0 leads nowhere");
        row("*/x * * * *", "minute \"*/x\": the step \"x\" is no number");
        row("*/1/2 * * * *", "minute \"*/1/2\": a step has one slash");
        row("-5 * * * *", "minute \"-5\": \"\" is no number");
        row("5- * * * *", "minute \"5-\": \"\" is no number");
        row("1,2,x * * * *", "minute \"x\": \"x\" is no number");
        row("99999999999999999999 * * * *", "minute \"99999999999999999999\": \"99999999999999999999\" is no number");
        row("+-5 * * * *", "minute \"+-5\": \"+\" is no number");
        row("TZ=UTC * * * * *", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        row("CRON_TZ=Europe/Berlin 0 0 * * *", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        row("TZ=UTC", "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
        row("@reboot", "there is no \"@reboot\"");
        row("@Daily", "there is no \"@Daily\"");
        row("@daily ", "there is no \"@daily \"");
        row("@every", "there is no \"@every\"");
        row("@every 1d", "@every \"1d\" is no length of time");
        row("@every 5", "@every \"5\" is no length of time");
        row("@every  5m", "@every \" 5m\" is no length of time");
    }
    void refused()
    {
        QFETCH(QString, schedule);
        QFETCH(QString, message);
        const auto parsed = Schedule::parse(schedule.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(QString::fromStdString(parsed.error().message), QStringLiteral("schedule: ") + message);
        QVERIFY(parsed.error().code == Code::Invalid);
        QVERIFY(!parsed.error().remedy.empty());
    }

    void lengths_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("nanoseconds");
        QTest::newRow("0") << QStringLiteral("0") << qint64(0);
        QTest::newRow("-0") << QStringLiteral("-0") << qint64(0);
        QTest::newRow("all") << QStringLiteral("1h2m3s4ms5us6ns") << qint64(3'723'004'005'006);
        QTest::newRow("any order, twice") << QStringLiteral("1s1h1s") << qint64(3'602'000'000'000);
        QTest::newRow("point") << QStringLiteral("+1.5h") << qint64(5'400'000'000'000);
        QTest::newRow("point first") << QStringLiteral(".5s") << qint64(500'000'000);
        QTest::newRow("point last") << QStringLiteral("5.s") << qint64(5'000'000'000);
        QTest::newRow("micro") << QStringLiteral("7\u00B5s8\u03BCs") << qint64(15'000);
        QTest::newRow("long fraction") << QStringLiteral("0.9223372036854775807123h") << qint64(3'320'413'933'267);
        QTest::newRow("largest") << QStringLiteral("9223372036854775807ns") << std::numeric_limits<qint64>::max();
        QTest::newRow("smallest") << QStringLiteral("-9223372036854775808ns") << std::numeric_limits<qint64>::min();
    }
    void lengths()
    {
        QFETCH(QString, text);
        QFETCH(qint64, nanoseconds);
        const auto length = parseGoDuration(text.toStdString());
        QVERIFY(length);
        QCOMPARE(qint64(length->count()), nanoseconds);
    }
    void noLengths()
    {
        for (const char *text : {"", "-", "h", ".", ".s", "-.s", "1", "1hh", "1h ", " 1h", "1h-1m", "1d", "1,5h", "9223372036854775808ns", "2562048h",
                 "99999999999999999999h", "1\xC2s", "0x1h", "1e3s", "3000000h1m"})
            QVERIFY2(!parseGoDuration(text), text);
    }

    void zonesAreRefusedAsTheApiDoes_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
            {"", "Local", "LOCAL", "local", "Mars/Olympus", "Europe", "Europe/", "/Europe/Berlin", "Europe//Berlin", "../etc/passwd",
                "Europe/./Berlin", "Europe/Ber lin", "-Europe", "Europe/AVeryLongCityName", "UTC\n", "zone.tab", "a..b", "Europe/B\u00E9rlin"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void zonesAreRefusedAsTheApiDoes()
    {
        QFETCH(QString, name);
        const auto read = zoneNamed(name.toStdString(), platform::readZoneFile);
        QVERIFY(!read);
        QVERIFY(read.error().code == Code::Invalid);
        QVERIFY(QString::fromStdString(read.error().message).startsWith(QStringLiteral("time zone \"%1\": ").arg(name)));
    }
    // Refused before any file is asked for, whatever there may be.
    void namesNeverLeadOut()
    {
        const std::string berlin = platform::readZoneFile("Europe/Berlin").value_or("");
        for (const char *name : {"a..b", "../x", "/x", "x//y", "x/", "-x", "LOCAL", "Europe/AVeryLongCityName", "x y", ""}) {
            bool asked = false;
            const auto read = zoneNamed(name, [&](const std::string &) {
                asked = true;
                return std::optional<std::string>(berlin);
            });
            QVERIFY2(!read && !asked, name);
        }
    }
    // Cut anywhere, a zone's file is none; never is anything read that is not there.
    void cutZoneFiles()
    {
        const std::string whole = platform::readZoneFile("Europe/Berlin").value_or("");
        QVERIFY(whole.size() > 200);
        QVERIFY(Zone::read(whole));
        // The rule at the end is a line of its own, and the file is good without it.
        const std::size_t line = whole.rfind('\n', whole.size() - 2);
        for (std::size_t size = 0; size < line; ++size)
            QVERIFY2(!Zone::read(std::string_view(whole).substr(0, size)), qPrintable(QString::number(size)));
        // Without it the last change-over in the file holds for ever.
        const auto cut = Zone::read(std::string_view(whole).substr(0, line));
        QVERIFY(cut);
        const sys_seconds summer = sys_days(year(2100) / July / 1);
        QVERIFY(cut->offset(summer) == hours(1));
        QVERIFY(Zone::read(whole)->offset(summer) == hours(2));
    }
    void rules_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<int>("february");
        QTest::addColumn<int>("july");
        QTest::newRow("none") << QStringLiteral("<+0330>-3:30") << 210 << 210;
        QTest::newRow("north") << QStringLiteral("CET-1CEST,M3.5.0,M10.5.0/3") << 60 << 120;
        QTest::newRow("south") << QStringLiteral("AEST-10AEDT,M10.1.0,M4.1.0/3") << 660 << 600;
        QTest::newRow("own offset") << QStringLiteral("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0") << 660 << 630;
        QTest::newRow("winter is the exception") << QStringLiteral("IST-1GMT0,M10.5.0,M3.5.0/1") << 0 << 60;
        QTest::newRow("days without leap days") << QStringLiteral("AAA3BBB,J60/0,J300/0") << -180 << -120;
        QTest::newRow("days of the year") << QStringLiteral("AAA3BBB,59/0,300/0") << -180 << -120;
        QTest::newRow("hours below zero") << QStringLiteral("<-02>2<-01>,M3.5.0/-1,M10.5.0/0") << -120 << -60;
        QTest::newRow("rules not said") << QStringLiteral("EST5EDT") << -300 << -240;
    }
    void rules()
    {
        QFETCH(QString, rule);
        QFETCH(int, february);
        QFETCH(int, july);
        const auto read = ZoneRule::parse(rule.toStdString());
        QVERIFY(read);
        QCOMPARE(int(read->offset(sys_days(year(2048) / February / 29)).count() / 60), february);
        QCOMPARE(int(read->offset(sys_days(year(2048) / July / 1)).count() / 60), july);
    }
    void rulesToTheSecond()
    {
        const auto berlin = ZoneRule::parse("CET-1CEST,M3.5.0,M10.5.0/3");
        const auto leap = ZoneRule::parse("AAA0BBB,J60/0,J300/0");
        const auto day = ZoneRule::parse("AAA0BBB,59/0,300/0");
        QVERIFY(berlin && leap && day);
        const sys_seconds spring = sys_days(year(2049) / March / 28) + hours(1);
        QVERIFY(berlin->offset(spring - seconds(1)) == hours(1) && berlin->offset(spring) == hours(2));
        const sys_seconds autumn = sys_days(year(2049) / October / 31) + hours(1);
        QVERIFY(berlin->offset(autumn - seconds(1)) == hours(2) && berlin->offset(autumn) == hours(1));
        // J60 is March 1st in every year; the 59th day, counted from 0, is February 29th in a leap year.
        const sys_seconds march = sys_days(year(2048) / March / 1);
        QVERIFY(leap->offset(march - seconds(1)) == hours(0) && leap->offset(march) == hours(1));
        QVERIFY(day->offset(march - days(1)) == hours(1) && day->offset(march - days(1) - seconds(1)) == hours(0));
    }
    void noRules()
    {
        for (const char *text : {"", "CE-1", "CET", "CET-", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,", "CET-1CEST,M13.5.0,M10.5.0",
                 "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0x", "<CET-1", "CET-200",
                 "CET-1:60", "CET-1CEST,J0,J300", "CET-1CEST,366,300", "CET-1CEST.M3.5.0,M10.5.0"})
            QVERIFY2(!ZoneRule::parse(text), text);
    }
};

QTEST_APPLESS_MAIN(CronTest)
#include "tst_cron.moc"
