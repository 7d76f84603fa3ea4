// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/jobscommand.h"

#include "app/jobsprinter.h"
#include "base/platform/zonefile.h"
#include "support/jobsworld.h"
#include "support/objectworld.h"
#include "support/offerfixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

using namespace fairlead;
using test::answer;
using test::at;
using test::held;
using test::object;

namespace {

const jobs::Moment now = at("2026-01-01T00:00:00Z");
const char *const cronJobs = "/apis/batch/v1/cronjobs";
const char *const allJobs = "/apis/batch/v1/jobs";
const char *const pods = "/api/v1/pods";

struct Ran {
    int exitCode = -1;
    QByteArray output;
    QByteArray messages;

    [[nodiscard]] QJsonDocument json() const { return QJsonDocument::fromJson(output); }
};

// A server that has the scenario's jobs, at 2026-11-24T14:40:00Z; what a test has said before comes first.
class Bench {
public:
    test::ObjectWorld world;

    void serve(const std::string &path, const std::string &text)
    {
        world.server().on(net::Verb::List, path, answer(text));
        world.server().on(net::Verb::Watch, path, held());
    }
    Ran run(std::vector<std::string> words)
    {
        for (const auto &[path, file] : {std::pair(cronJobs, "cronjobs.batch"), {allJobs, "jobs.batch"}, {pods, "pods"}})
            serve(path, test::fixture("kinds/" + std::string(file) + ".json"));
        QTemporaryFile output;
        QTemporaryFile messages;
        Ran ran;
        if (!output.open() || !messages.open())
            return ran;
        words.insert(words.begin(), "jobs");
        const auto arguments = app::parseArguments(std::move(words));
        if (!arguments)
            return ran;
        {
            app::Output out(output.handle());
            app::Output err(messages.handle());
            app::JobsCommand command(
                *arguments, arguments->space.empty() ? "team-a" : arguments->space, world.session(), platform::readZoneFile, out, err);
            QObject::connect(&command, &app::JobsCommand::finished, [&ran](int exitCode) { ran.exitCode = exitCode; });
            command.start();
            world.settle();
        }
        output.seek(0);
        messages.seek(0);
        ran.output = output.readAll();
        ran.messages = messages.readAll();
        return ran;
    }
};

jobs::Lane nightly()
{
    jobs::Lane lane{.space = "team-a", .name = "nightly", .uid = "c-nightly", .cron = true};
    lane.plan = test::planOf(object("nightly", "", "`spec`:{`schedule`:`0 3 * * *`,`concurrencyPolicy`:`Forbid`}"));
    for (int i = 0; i < 2; ++i) {
        jobs::Run run;
        run.space = "team-a";
        run.name = "nightly-" + std::to_string(i);
        run.cronJob = "nightly";
        run.state = i == 0 ? jobs::RunState::Failed : jobs::RunState::Succeeded;
        run.reason = i == 0 ? "BackoffLimitExceeded" : "";
        run.failed = i == 0 ? 2 : 0;
        run.scheduled = at("2025-12-30T03:00:00Z") + std::chrono::days(i);
        run.start = *run.scheduled + std::chrono::seconds(1);
        run.end = *run.start + std::chrono::minutes(10);
        lane.runs.push_back(run);
    }
    lane.durations = jobs::durationsOf(lane.runs);
    lane.outcomes = jobs::outcomesOf(lane.runs);
    return lane;
}

} // namespace

// Against a server: live/tst_jobs.
class JobsCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void listAsTable()
    {
        const jobs::Lane lane = nightly();
        jobs::Lane alone{.space = "team-a", .name = "alone\x1b[31m", .uid = "u"};
        const jobs::Lane *const lanes[] = {&lane, &alone};
        QCOMPARE(QString::fromStdString(app::lanesTable(lanes, now)),
            QStringLiteral("NAMESPACE   NAME          KIND      SCHEDULE    NEXT     LAST                ACTIVE   MEDIAN   SUCCESS\n"
                           "team-a      nightly       CronJob   0 3 * * *   in 3h    succeeded 20h ago   0        10m      50%\n"
                           "team-a      alone^[[31m   Job       <none>      <none>   <none>              0        <none>   <none>\n"));
    }
    void runsAsTable()
    {
        const jobs::Lane lane = nightly();
        const app::RunOfLane runs[] = {{&lane, &lane.runs[0]}};
        QCOMPARE(QString::fromStdString(app::runsTable(runs, now)),
            QStringLiteral(
                "NAMESPACE   JOB         CRONJOB   SCHEDULED              STARTED   DURATION   STATE\n"
                "team-a      nightly-0   nightly   2025-12-30T03:00:00Z   44h       10m        failed, BackoffLimitExceeded after 2 failed tries\n"));
    }
    void forecastInThreeForms()
    {
        const jobs::Lane lane = nightly();
        std::string name = "a, b; c\\ ";
        for (int i = 0; i < 30; ++i)
            name += "ä€";
        const jobs::CronPlan foreign = [&] {
            jobs::CronPlan plan = test::planOf(object("x", "", "`spec`:{`schedule`:`0 3 2 1 *`}"));
            plan.name = name;
            return plan;
        }();
        const jobs::Planned planned[] = {
            {.plan = &*lane.plan, .usual = std::chrono::seconds(600), .running = {}}, {.plan = &foreign, .usual = {}, .running = {}}};
        const jobs::Forecast coming = jobs::forecast(planned, now, now + std::chrono::days(2));
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(app::forecastJson(coming, planned))).object();
        QCOMPARE(json.keys(), (QStringList{QStringLiteral("perMinute"), QStringLiteral("runs")}));
        QCOMPARE(json[QLatin1String("runs")].toArray().at(0).toObject(),
            (QJsonObject{{QStringLiteral("cronJob"), QStringLiteral("nightly")}, {QStringLiteral("namespace"), QStringLiteral("team-a")},
                {QStringLiteral("at"), QStringLiteral("2026-01-01T03:00:00Z")}}));
        QCOMPARE(json[QLatin1String("perMinute")].toArray().at(1).toObject(),
            (QJsonObject{{QStringLiteral("at"), QStringLiteral("2026-01-02T03:00:00Z")}, {QStringLiteral("count"), 2}}));
        QCOMPARE(app::forecastJson({}, {}), std::string("{\n    \"runs\": [],\n    \"perMinute\": []\n}\n"));

        const QByteArray calendar = QByteArray::fromStdString(app::forecastCalendar(coming, planned, now));
        QVERIFY(calendar.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
        QVERIFY(calendar.endsWith("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        QCOMPARE(calendar.count("BEGIN:VEVENT\r\n"), 3);
        QVERIFY(calendar.contains("DTSTAMP:20260101T000000Z\r\nDTSTART:20260101T030000Z\r\nDTEND:20260101T031000Z\r\nSUMMARY:team-a/nightly\r\n"));
        QCOMPARE(calendar.count('\n'), calendar.count("\r\n"));
        for (const QByteArray &line : calendar.split('\n')) {
            QVERIFY2(line.size() <= 76, line.constData()); // with its CR
            QVERIFY2(QString::fromUtf8(line).toUtf8() == line, "cut within a character");
        }
        QVERIFY(QByteArray(calendar).replace("\r\n ", "").contains("SUMMARY:team-a/a\\, b\\; c\\\\ ä€"));
        QVERIFY(app::forecastTable(coming, planned).starts_with("AT                     NAMESPACE   CRONJOB"));
    }
    void overlapsAreSaid()
    {
        const jobs::CronPlan forbid = test::planOf(object("f", "", "`spec`:{`schedule`:`* * * * *`,`concurrencyPolicy`:`Forbid`}"));
        const jobs::CronPlan replace = test::planOf(object("r", "", "`spec`:{`schedule`:`* * * * *`,`concurrencyPolicy`:`Replace`}"));
        const jobs::Planned planned[] = {{.plan = &forbid, .usual = std::chrono::seconds(200), .running = {}},
            {.plan = &replace, .usual = std::chrono::seconds(90), .running = {}}};
        const jobs::Forecast coming = jobs::forecast(planned, now, now + std::chrono::minutes(4));
        const QByteArray lines = QByteArray::fromStdString(app::forecastTable(coming, planned));
        QCOMPARE(lines.count("likely to be skipped: the run before it goes on\n"), 2);
        QCOMPARE(lines.count("starts late, 2026-01-01T00:04:20Z: the run before it goes on\n"), 1);
        QCOMPARE(lines.count("likely to be killed by the next one"), 3);
        // All that comes due stands in the JSON; what is skipped is no event of the calendar.
        QCOMPARE(QByteArray::fromStdString(app::forecastJson(coming, planned)).count("\"cronJob\""), 8);
        QCOMPARE(QByteArray::fromStdString(app::forecastCalendar(coming, planned, now)).count("BEGIN:VEVENT"), 6);
    }

    void list()
    {
        Bench bench;
        const Ran ran = bench.run({"list", "-A", "-o", "json"});
        QVERIFY2(ran.exitCode == app::Done, ran.messages.constData());
        QMap<QString, QJsonObject> lanes;
        for (const QJsonValue &each : ran.json().array())
            lanes[each[QLatin1String("name")].toString()] = each.toObject();
        QCOMPARE(lanes[QStringLiteral("every-minute")][QLatin1String("kind")].toString(), QStringLiteral("CronJob"));
        QCOMPARE(lanes[QStringLiteral("every-minute")][QLatin1String("next")].toString(), QStringLiteral("2026-11-24T14:41:00Z"));
        QCOMPARE(lanes[QStringLiteral("every-minute")][QLatin1String("last")][QLatin1String("state")].toString(), QStringLiteral("succeeded"));
        QVERIFY(lanes[QStringLiteral("paused")][QLatin1String("next")].isNull());
        QCOMPARE(lanes[QStringLiteral("nightly")][QLatin1String("next")].toString(), QStringLiteral("2026-11-25T02:30:00Z"));
        QCOMPARE(lanes[QStringLiteral("import-failed")][QLatin1String("kind")].toString(), QStringLiteral("Job"));
        QCOMPARE(lanes[QStringLiteral("import-running")][QLatin1String("active")].toInt(), 1);
    }
    void runsOfOneCronJob()
    {
        Bench bench;
        const Ran ran = bench.run({"runs", "every-minute", "-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Done));
        QVERIFY(ran.json().array().size() >= 2);
        for (const QJsonValue &each : ran.json().array())
            QCOMPARE(each[QLatin1String("cronJob")].toString(), QStringLiteral("every-minute"));
        const Ran none = Bench().run({"runs", "nobody", "-A"});
        QCOMPARE(none.exitCode, int(app::Failed));
        QCOMPARE(none.messages, QByteArray("Error from server (NotFound): cronjobs.batch \"nobody\" not found\n"));
        QCOMPARE(Bench().run({"runs", "import-failed", "-A"}).exitCode, int(app::Failed)); // a job is no cron job
        const Ran idle = Bench().run({"runs", "nightly", "-A"});
        QCOMPARE(idle.exitCode, int(app::Done));
        QCOMPARE(idle.output, QByteArray());
        QCOMPARE(idle.messages, QByteArray("No runs found\n"));
    }
    void show()
    {
        const Ran ran = Bench().run({"show", "import-failed", "-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Done));
        const QJsonObject job = ran.json().object();
        QCOMPARE(job[QLatin1String("state")].toString(), QStringLiteral("failed"));
        QCOMPARE(job[QLatin1String("reason")].toString(), QStringLiteral("BackoffLimitExceeded"));
        QCOMPARE(job[QLatin1String("attempts")].toArray().size(), 1); // of two, as it was recorded
        QCOMPARE(job[QLatin1String("attempts")].toArray().at(0)[QLatin1String("exitCode")].toInt(), 3);
        QCOMPARE(job[QLatin1String("backOff")][QLatin1String("left")].toInt(-1), 0);
        const Ran text = Bench().run({"show", "shards", "-A"});
        QVERIFY2(text.output.contains("Indexes failed:   2,4\n"), text.output.constData());
        const Ran none = Bench().run({"show", "nobody", "-A"});
        QCOMPARE(none.exitCode, int(app::Failed));
        QCOMPARE(none.messages, QByteArray("Error from server (NotFound): jobs.batch \"nobody\" not found\n"));
    }
    void namesOfSeveralNamespaces()
    {
        Bench bench;
        std::string other = object("same", "", "");
        for (const auto &[from, to] : {std::pair<std::string, std::string>("team-a", "team-b"), {"u-same", "u-other"}})
            other.replace(other.find(from), from.size(), to);
        bench.serve(allJobs, test::tableText({object("same", "", ""), other}));
        const Ran ran = bench.run({"show", "same", "-A"});
        QCOMPARE(ran.exitCode, int(app::Failed));
        QVERIFY2(ran.messages.contains("several namespaces have a job \"same\""), ran.messages.constData());
    }
    void forecast()
    {
        Bench bench;
        const Ran ran = bench.run({"forecast", "--days", "2", "-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Done));
        int nightlies = 0;
        for (const QJsonValue &each : ran.json()[QLatin1String("runs")].toArray()) {
            QVERIFY(each[QLatin1String("cronJob")].toString() != QStringLiteral("paused"));
            nightlies += each[QLatin1String("cronJob")].toString() == QStringLiteral("nightly") ? 1 : 0;
        }
        QCOMPARE(nightlies, 2);
        QCOMPARE(Bench().run({"forecast", "-A", "-o", "ics"}).output.left(15), QByteArray("BEGIN:VCALENDAR"));
    }
    void cronJobsThatNeverRunAreNamed()
    {
        Bench bench;
        bench.serve(cronJobs, test::tableText({object("never", "", "`spec`:{`schedule`:`0 0 30 2 *`}"),
                                  object("mars", "", "`spec`:{`schedule`:`@daily`,`timeZone`:`Mars/X`}")}));
        const Ran ran = bench.run({"forecast", "-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Done));
        QCOMPARE(ran.json()[QLatin1String("runs")].toArray().size(), 0);
        QVERIFY2(ran.messages.contains("cronjob \"never\" in team-a: Its schedule never comes due\n"), ran.messages.constData());
        QVERIFY2(ran.messages.contains("cronjob \"mars\" in team-a: Its time zone is not known here: "), ran.messages.constData());
    }
    // What was asked for counts for the exit code, the rest is a word.
    void whatMayNotBeRead()
    {
        const auto without = [](const char *path, std::vector<std::string> words) {
            Bench bench;
            bench.world.server().on(net::Verb::List, path, test::refusal(403, "Forbidden", "you may not list these"));
            return bench.run(std::move(words));
        };
        Ran ran = without(pods, {"runs", "-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Done));
        QVERIFY(ran.json().array().size() > 5);
        QVERIFY2(ran.messages.contains("you may not list these"), ran.messages.constData());
        ran = without(allJobs, {"runs", "-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Forbidden));
        QCOMPARE(ran.json().array().size(), 0);
        ran = without(allJobs, {"show", "import-failed", "-A"});
        QCOMPARE(ran.exitCode, int(app::Forbidden));
        QVERIFY2(!ran.messages.contains("not found"), ran.messages.constData());
        QCOMPARE(without(allJobs, {"forecast", "-A"}).exitCode, int(app::Done));
        QCOMPARE(without(cronJobs, {"forecast", "-A"}).exitCode, int(app::Forbidden));
        ran = without(cronJobs, {"list", "-A", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Forbidden));
        QVERIFY(ran.json().array().size() > 5);
    }
    void nothingThere()
    {
        Bench bench;
        for (const char *const path : {cronJobs, allJobs, pods})
            bench.serve(path, test::tableText({}));
        QCOMPARE(bench.run({"list", "-A"}).messages, QByteArray("No jobs found\n"));
        Bench other;
        for (const char *const path : {cronJobs, allJobs, pods})
            other.serve(path, test::tableText({}));
        QCOMPARE(other.run({"list", "-A", "-o", "json"}).output, QByteArray("[]\n"));
    }
    // A namespace alone is asked for where no other is named.
    void oneNamespace()
    {
        Bench bench;
        bench.serve("/apis/batch/v1/namespaces/team-b/jobs", test::tableText({object("mine", "", "")}));
        bench.serve("/apis/batch/v1/namespaces/team-b/cronjobs", test::tableText({}));
        bench.serve("/api/v1/namespaces/team-b/pods", test::tableText({}));
        const Ran ran = bench.run({"list", "-n", "team-b", "-o", "json"});
        QCOMPARE(ran.exitCode, int(app::Done));
        QCOMPARE(ran.json().array().size(), 1);
        for (const net::Request &each : bench.world.server().requests())
            QVERIFY2(each.path != allJobs && each.path != pods, each.path.c_str());
    }
};

QTEST_GUILESS_MAIN(JobsCommandTest)
#include "tst_jobscommand.moc"
