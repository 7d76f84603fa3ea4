// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/forecast.h"
#include "support/jobsworld.h"

#include <QStringList>
#include <QTest>

using namespace fairlead;
using namespace fairlead::jobs;
using namespace std::chrono_literals;
using test::at;
using test::object;

namespace {

CronPlan plan(const std::string &name, const std::string &spec, const std::string &status = {})
{
    return test::planOf(object(name, "", "`spec`:{" + spec + "}" + (status.empty() ? "" : ",`status`:{" + status + "}")));
}

// "00:05", with its outcome where it does not simply start.
QStringList lines(const Forecast &forecast)
{
    constexpr const char *words[] = {"", " late", " skipped", " replaces"};
    const auto clock = [](Moment moment) {
        const auto inDay = std::chrono::floor<std::chrono::seconds>(moment) - std::chrono::floor<std::chrono::days>(moment);
        const std::chrono::hh_mm_ss time(inDay);
        return QStringLiteral("%1:%2:%3")
            .arg(time.hours().count(), 2, 10, QLatin1Char('0'))
            .arg(time.minutes().count(), 2, 10, QLatin1Char('0'))
            .arg(time.seconds().count(), 2, 10, QLatin1Char('0'));
    };
    QStringList out;
    for (const ComingRun &each : forecast.runs) {
        QString line = clock(each.at) + QLatin1String(words[static_cast<int>(each.outcome)]);
        if (each.outcome == ComingRun::Outcome::Late)
            line += QLatin1Char(' ') + clock(each.start);
        if (each.killed)
            line += QStringLiteral(" killed ") + clock(*each.end);
        out.append(line);
    }
    return out;
}

QStringList of(
    const CronPlan &plan, const char *from, const char *until, std::optional<std::chrono::seconds> usual = {}, std::vector<Moment> running = {})
{
    const Planned planned[] = {{.plan = &plan, .usual = usual, .running = std::move(running)}};
    return lines(forecast(planned, at(from), at(until)));
}

} // namespace

class JobsForecastTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void planOfACronJob()
    {
        const CronPlan all = plan("n",
            "`schedule`:`30 3 * * 1-5`,`timeZone`:`Europe/Vienna`,`suspend`:true,`concurrencyPolicy`:`Replace`,`startingDeadlineSeconds`:600,"
            "`successfulJobsHistoryLimit`:2,`failedJobsHistoryLimit`:0",
            "`lastScheduleTime`:`2026-01-02T02:30:00Z`,`active`:[{`name`:`x`}]");
        QCOMPARE(all.words(), std::string("30 3 * * 1-5 in Europe/Vienna"));
        QVERIFY(all.suspended && !all.runs() && all.problem.empty());
        QCOMPARE(name(all.policy), std::string_view("Replace"));
        QCOMPARE(all.startingDeadline, std::optional<std::chrono::seconds>(600s));
        QCOMPARE(all.keepsSucceeded, std::int64_t(2));
        QCOMPARE(all.keepsFailed, std::int64_t(0));
        QCOMPARE(all.active, std::int64_t(1));
        QVERIFY(!all.next(at("2026-01-02T00:00:00Z")));
        const CronPlan bare = plan("n", "`schedule`:`@hourly`");
        QCOMPARE(bare.keepsSucceeded, std::int64_t(3));
        QCOMPARE(bare.keepsFailed, std::int64_t(1));
        QCOMPARE(bare.next(at("2026-01-02T00:00:00Z")),
            std::optional<std::chrono::sys_seconds>(std::chrono::floor<std::chrono::seconds>(at("2026-01-02T01:00:00Z"))));
    }

    void neverRuns_data()
    {
        QTest::addColumn<QString>("spec");
        QTest::addColumn<QString>("problem");
        QTest::newRow("February 30th") << QStringLiteral("`schedule`:`0 0 30 2 *`") << QStringLiteral("Its schedule never comes due");
        QTest::newRow("no such zone") << QStringLiteral("`schedule`:`0 0 * * *`,`timeZone`:`Mars/Olympus`")
                                      << QStringLiteral("Its time zone is not known here: ");
        QTest::newRow("no schedule") << QString() << QStringLiteral("Its schedule cannot be read: ");
        QTest::newRow("not a schedule") << QStringLiteral("`schedule`:`99 * * * *`") << QStringLiteral("Its schedule cannot be read: ");
        QTest::newRow("not a text") << QStringLiteral("`schedule`:{`a`:1},`timeZone`:7") << QStringLiteral("Its schedule cannot be read: ");
    }
    void neverRuns()
    {
        QFETCH(QString, spec);
        QFETCH(QString, problem);
        const CronPlan never = plan("n", spec.toStdString());
        QVERIFY2(QString::fromStdString(never.problem).startsWith(problem), never.problem.c_str());
        QVERIFY(!never.runs());
        QVERIFY(!never.next(at("2026-01-01T00:00:00Z")));
        QCOMPARE(of(never, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), QStringList());
    }

    void everyCountsFromTheLastRun()
    {
        const CronPlan counted = plan("n", "`schedule`:`@every 7m`", "`lastScheduleTime`:`2026-01-01T00:01:30Z`");
        QCOMPARE(of(counted, "2026-01-01T00:10:00Z", "2026-01-01T00:30:00Z"),
            (QStringList{QStringLiteral("00:15:30"), QStringLiteral("00:22:30"), QStringLiteral("00:29:30")}));
        // From its creation, where it never ran; a year later, and at once.
        QCOMPARE(of(plan("n", "`schedule`:`@every 1s`"), "2027-01-01T00:00:00Z", "2027-01-01T00:00:02Z"),
            (QStringList{QStringLiteral("00:00:01"), QStringLiteral("00:00:02")}));
    }

    void timesAfterFromUpToUntil()
    {
        const CronPlan five = plan("n", "`schedule`:`*/5 * * * *`");
        QCOMPARE(of(five, "2026-01-01T00:05:00Z", "2026-01-01T00:15:00Z"), (QStringList{QStringLiteral("00:10:00"), QStringLiteral("00:15:00")}));
        QCOMPARE(of(five, "2026-01-01T00:04:59.999Z", "2026-01-01T00:05:00Z"), (QStringList{QStringLiteral("00:05:00")}));
        QCOMPARE(of(plan("n", "`schedule`:`*/5 * * * *`,`suspend`:true"), "2026-01-01T00:05:00Z", "2026-01-01T00:15:00Z"), QStringList());
        // Over a change to summer time: 02:30 does not exist on that day.
        QCOMPARE(of(plan("n", "`schedule`:`30 2 * * *`,`timeZone`:`Europe/Vienna`"), "2026-03-28T12:00:00Z", "2026-03-31T00:00:00Z"),
            (QStringList{QStringLiteral("00:30:00")}));
    }

    void withoutLengthsNothingIsSaidOfOverlaps()
    {
        const CronPlan minutely = plan("n", "`schedule`:`* * * * *`,`concurrencyPolicy`:`Forbid`");
        QCOMPARE(of(minutely, "2026-01-01T00:00:00Z", "2026-01-01T00:03:00Z", {}, {at("2026-01-01T00:00:00Z")}),
            (QStringList{QStringLiteral("00:01:00"), QStringLiteral("00:02:00"), QStringLiteral("00:03:00")}));
    }

    // The run before takes 90 s: what passed meanwhile is started when it ends, and what passed before that is dropped.
    void forbid()
    {
        const std::string spec = "`schedule`:`* * * * *`,`concurrencyPolicy`:`Forbid`";
        QCOMPARE(of(plan("n", spec), "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z", 90s),
            (QStringList{QStringLiteral("00:01:00"), QStringLiteral("00:02:00 late 00:02:30"), QStringLiteral("00:03:00 skipped"),
                QStringLiteral("00:04:00"), QStringLiteral("00:05:00 late 00:05:30")}));
        QCOMPARE(of(plan("n", spec), "2026-01-01T00:00:00Z", "2026-01-01T00:04:00Z", 200s),
            (QStringList{QStringLiteral("00:01:00"), QStringLiteral("00:02:00 skipped"), QStringLiteral("00:03:00 skipped"),
                QStringLiteral("00:04:00 late 00:04:20")}));
        // One that goes on already.
        QCOMPARE(of(plan("n", spec), "2026-01-01T00:00:30Z", "2026-01-01T00:02:00Z", 59s, {at("2026-01-01T00:00:20Z")}),
            (QStringList{QStringLiteral("00:01:00 late 00:01:19"), QStringLiteral("00:02:00 late 00:02:18")}));
        // Its starting deadline has passed by then.
        QCOMPARE(of(plan("n", spec + ",`startingDeadlineSeconds`:10"), "2026-01-01T00:00:00Z", "2026-01-01T00:04:00Z", 90s),
            (QStringList{
                QStringLiteral("00:01:00"), QStringLiteral("00:02:00 skipped"), QStringLiteral("00:03:00"), QStringLiteral("00:04:00 skipped")}));
        QCOMPARE(of(plan("n", spec), "2026-01-01T00:00:00Z", "2026-01-01T00:02:00Z", 60s),
            (QStringList{QStringLiteral("00:01:00"), QStringLiteral("00:02:00")}));
    }

    void replace()
    {
        const std::string spec = "`schedule`:`* * * * *`,`concurrencyPolicy`:`Replace`";
        QCOMPARE(of(plan("n", spec), "2026-01-01T00:00:00Z", "2026-01-01T00:03:00Z", 90s, {at("2026-01-01T00:00:00Z")}),
            (QStringList{QStringLiteral("00:01:00 replaces killed 00:02:00"), QStringLiteral("00:02:00 replaces killed 00:03:00"),
                QStringLiteral("00:03:00 replaces")}));
        QCOMPARE(of(plan("n", spec), "2026-01-01T00:00:00Z", "2026-01-01T00:02:00Z", 60s),
            (QStringList{QStringLiteral("00:01:00"), QStringLiteral("00:02:00")}));
        QCOMPARE(of(plan("n", "`schedule`:`* * * * *`"), "2026-01-01T00:00:00Z", "2026-01-01T00:02:00Z", 90s),
            (QStringList{QStringLiteral("00:01:00"), QStringLiteral("00:02:00")}));
    }

    void minutes()
    {
        std::vector<CronPlan> plans;
        for (int i = 0; i < 4; ++i)
            plans.push_back(plan("n" + std::to_string(i), i == 3 ? "`schedule`:`*/10 * * * *`" : "`schedule`:`0 * * * *`"));
        plans.push_back(plan("seconds", "`schedule`:`@every 20s`"));
        std::vector<Planned> planned;
        for (const CronPlan &each : plans)
            planned.push_back({.plan = &each, .usual = {}, .running = {}});
        planned.pop_back();
        Forecast coming = forecast(planned, at("2026-01-01T00:30:00Z"), at("2026-01-01T01:10:00Z"));
        QCOMPARE(coming.perMinute.size(), std::size_t(4));
        QCOMPARE(coming.perMinute[2].at, std::chrono::floor<std::chrono::seconds>(at("2026-01-01T01:00:00Z")));
        QCOMPARE(coming.perMinute[2].count, std::size_t(4));
        QVERIFY(coming.perMinute[2].hot);
        QVERIFY(!coming.perMinute[0].hot && !coming.perMinute[3].hot);
        // The order of those that come due at once is that of the cron jobs.
        QCOMPARE(coming.runs[2].planned, std::size_t(0));
        QCOMPARE(coming.runs[5].planned, std::size_t(3));
        const Planned seconds[] = {{.plan = &plans[4], .usual = {}, .running = {}}};
        coming = forecast(seconds, at("2026-01-01T00:30:00Z"), at("2026-01-01T00:31:59Z"));
        QCOMPARE(coming.perMinute.size(), std::size_t(2));
        QCOMPARE(coming.perMinute[0].count, std::size_t(2)); // :20 and :40
        QCOMPARE(coming.perMinute[1].count, std::size_t(3));
        QVERIFY(!coming.perMinute[1].hot); // three, and no more than usual
    }

    void bounded()
    {
        std::vector<CronPlan> plans;
        for (int i = 0; i < 5; ++i)
            plans.push_back(plan("n" + std::to_string(i), "`schedule`:`* * * * *`"));
        std::vector<Planned> planned;
        for (const CronPlan &each : plans)
            planned.push_back({.plan = &each, .usual = {}, .running = {}});
        const Forecast coming = forecast(planned, at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), 12);
        QVERIFY(coming.cut);
        QCOMPARE(coming.runs.size(), std::size_t(12));
        // The first ones of all, not all of the first.
        QCOMPARE(lines(coming).last(), QStringLiteral("00:03:00"));
        QVERIFY(!forecast(planned, at("2026-01-01T00:00:00Z"), at("2026-01-01T00:02:00Z"), 10).cut);
    }

    // Where it is cut, what becomes of the last one still hangs on the one after it.
    void boundedAmongOverlaps()
    {
        const CronPlan forbid = plan("n", "`schedule`:`* * * * *`,`concurrencyPolicy`:`Forbid`");
        const Planned first[] = {{.plan = &forbid, .usual = 200s, .running = {}}};
        QCOMPARE(lines(forecast(first, at("2026-01-01T00:00:00Z"), at("2026-01-01T01:00:00Z"), 2)),
            (QStringList{QStringLiteral("00:01:00"), QStringLiteral("00:02:00 skipped")}));
        const CronPlan replace = plan("n", "`schedule`:`* * * * *`,`concurrencyPolicy`:`Replace`");
        const Planned second[] = {{.plan = &replace, .usual = 90s, .running = {}}};
        QCOMPARE(lines(forecast(second, at("2026-01-01T00:00:00Z"), at("2026-01-01T01:00:00Z"), 1)),
            (QStringList{QStringLiteral("00:01:00 killed 00:02:00")}));
        QCOMPARE(lines(forecast(second, at("2026-01-01T00:00:00Z"), at("2026-01-01T00:01:30Z"), 1)), (QStringList{QStringLiteral("00:01:00")}));
    }
};

QTEST_APPLESS_MAIN(JobsForecastTest)
#include "tst_jobs_forecast.moc"
