// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/zonefile.h"
#include "jobs/jobtimeline.h"
#include "support/jobsworld.h"

#include <QStringList>
#include <QTest>

#include <algorithm>
#include <random>

using namespace fairlead;
using namespace fairlead::jobs;
using namespace std::chrono_literals;
using Part = JobTimeline::Part;
using test::at;
using test::object;

namespace {

const Moment now = at("2026-01-01T01:00:00Z");

kube::ChangeSet added(std::vector<kube::ItemPtr> items)
{
    kube::ChangeSet set;
    set.added = std::move(items);
    return set;
}
kube::ChangeSet changed(std::vector<kube::ItemPtr> items)
{
    kube::ChangeSet set;
    set.changed = std::move(items);
    return set;
}
kube::ChangeSet removed(const std::vector<kube::ItemPtr> &items)
{
    kube::ChangeSet set;
    for (const kube::ItemPtr &each : items)
        set.removed.push_back({each->id(), each});
    return set;
}

std::string cronJob(const std::string &name, const std::string &schedule)
{
    std::string text = object(name, "", "`spec`:{`schedule`:`" + schedule + "`}");
    text.replace(text.find("u-" + name), name.size() + 2, "c-" + name);
    return text;
}
std::string job(const std::string &name, const std::string &owner, const std::string &status)
{
    return object(name, owner.empty() ? "" : test::ownedBy(owner), "`spec`:{`completions`:1},`status`:{" + status + "}");
}
std::string pod(const std::string &name, const std::string &jobName, const std::string &phase = "Running")
{
    return object(name,
        "`ownerReferences`:[{`apiVersion`:`batch/v1`,`kind`:`Job`,`name`:`" + jobName + "`,`uid`:`u-" + jobName + "`,`controller`:true}]",
        "`status`:{`phase`:`" + phase + "`}");
}
std::string done(const std::string &start, const std::string &end)
{
    return "`startTime`:`" + start + "`,`completionTime`:`" + end + "`,`conditions`:[{`type`:`Complete`,`status`:`True`}]";
}

// "team-a/nightly[n-1 succeeded, n-2 running(2)]", the number of tries in brackets where there are any.
QStringList lines(const JobTimeline &timeline)
{
    QStringList out;
    for (const auto &[key, lane] : timeline.lanes()) {
        QStringList runs;
        for (const Run &run : lane.runs)
            runs.append(QString::fromStdString(run.name + " " + std::string(name(run.state)) + (run.gone ? " gone" : "") +
                                               (run.attempts.empty() ? std::string() : "(" + std::to_string(run.attempts.size()) + ")")));
        out.append(QString::fromStdString(lane.space + "/" + lane.name) + (lane.plan ? QLatin1String("*[") : QLatin1String("[")) +
                   runs.join(QStringLiteral(", ")) + QLatin1Char(']'));
    }
    return out;
}

} // namespace

class JobsTimelineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lanes()
    {
        JobTimeline timeline(platform::readZoneFile);
        QVERIFY(
            timeline.apply(Part::CronJobs, added(test::itemsOf("cronjobs.batch", {cronJob("n", "0 * * * *"), cronJob("idle", "0 0 1 1 *")})), now));
        timeline.apply(Part::Jobs,
            added(test::itemsOf("jobs.batch", {job("n-2", "n", "`startTime`:`2026-01-01T00:30:00Z`,`active`:1"),
                                                  job("n-1", "n", done("2026-01-01T00:10:00Z", "2026-01-01T00:11:00Z")), job("alone", "", ""),
                                                  job("x-1", "lost", done("2026-01-01T00:10:00Z", "2026-01-01T00:13:00Z"))})),
            now);
        timeline.apply(
            Part::Pods, added(test::itemsOf("pods", {pod("p1", "n-2"), pod("p2", "n-2"), pod("stray", "never-seen"), object("web", "", "")})), now);
        const QStringList all = {QStringLiteral("team-a/alone[alone waiting]"), QStringLiteral("team-a/idle*[]"),
            QStringLiteral("team-a/lost[x-1 succeeded]"), QStringLiteral("team-a/n*[n-1 succeeded, n-2 running(2)]")};
        QCOMPARE(lines(timeline), all);
        QCOMPARE(timeline.podsWithoutJob(), std::size_t(1));
        const Lane *const lane = timeline.laneOf("u-n-1");
        QVERIFY(lane && lane->cron && lane->plan);
        QCOMPARE(lane->durations->median, 60s);
        QVERIFY(timeline.laneOf("u-x-1")->cron && !timeline.laneOf("u-alone")->cron);
        QCOMPARE(timeline.run("u-n-2")->attempts.front().pod, std::string("p1"));
        QVERIFY(!timeline.run("u-nobody") && !timeline.laneOf("u-nobody"));
    }

    // In whatever order the rows come, the lanes are the same.
    void orderDoesNotMatter()
    {
        struct Step {
            Part part;
            std::vector<kube::ItemPtr> items;
        };
        std::vector<Step> steps;
        for (const kube::ItemPtr &each : test::recordedItems("cronjobs.batch"))
            steps.push_back({Part::CronJobs, {each}});
        for (const kube::ItemPtr &each : test::recordedItems("jobs.batch"))
            steps.push_back({Part::Jobs, {each}});
        for (const kube::ItemPtr &each : test::recordedItems("pods"))
            steps.push_back({Part::Pods, {each}});
        QStringList expected;
        std::mt19937 random(7);
        for (int round = 0; round < 20; ++round) {
            JobTimeline timeline(platform::readZoneFile);
            for (const Step &each : steps)
                timeline.apply(each.part, added(each.items), now);
            if (round == 0)
                expected = lines(timeline);
            QCOMPARE(lines(timeline), expected);
            QCOMPARE(timeline.podsWithoutJob(), std::size_t(0));
            std::shuffle(steps.begin(), steps.end(), random);
        }
        QVERIFY(expected.size() > 8);
    }

    void whatIsRemovedHasStillHappened()
    {
        JobTimeline timeline(platform::readZoneFile);
        const auto jobs = test::itemsOf("jobs.batch", {job("n-1", "n", done("2026-01-01T00:10:00Z", "2026-01-01T00:11:00Z")),
                                                          job("n-2", "n", "`startTime`:`2026-01-01T00:30:00Z`,`active`:1")});
        const auto pods = test::itemsOf("pods", {pod("p1", "n-1", "Succeeded"), pod("p2", "n-2")});
        timeline.apply(Part::Jobs, added(jobs), now);
        timeline.apply(Part::Pods, added(pods), now);
        timeline.apply(Part::Pods, removed(pods), now + 5s);
        timeline.apply(Part::Jobs, removed(jobs), now + 6s);
        QCOMPARE(lines(timeline), QStringList{QStringLiteral("team-a/n[n-1 succeeded gone(1), n-2 killed gone(1)]")});
        QCOMPARE(timeline.run("u-n-2")->end, std::optional<Moment>(now + 6s));
        QCOMPARE(timeline.run("u-n-2")->attempts.front().state, Attempt::State::Gone);
        QCOMPARE(timeline.run("u-n-1")->attempts.front().state, Attempt::State::Succeeded);
        QCOMPARE(timeline.run("u-n-1")->end, std::optional<Moment>(at("2026-01-01T00:11:00Z")));
    }

    // Deleted and made again: another job, with another uid.
    void namesComeAgain()
    {
        JobTimeline timeline(platform::readZoneFile);
        const auto first = test::itemsOf("jobs.batch", {job("again", "", done("2026-01-01T00:10:00Z", "2026-01-01T00:11:00Z"))});
        std::string text = job("again", "", "`startTime`:`2026-01-01T00:50:00Z`,`active`:1");
        text.replace(text.find("u-again"), 7, "u-other");
        timeline.apply(Part::Jobs, added(first), now);
        kube::ChangeSet set = removed(first);
        set.added = test::itemsOf("jobs.batch", {text});
        timeline.apply(Part::Jobs, set, now);
        QCOMPARE(lines(timeline), (QStringList{QStringLiteral("team-a/again[again succeeded gone]"), QStringLiteral("team-a/again[again running]")}));
    }

    void changes()
    {
        JobTimeline timeline(platform::readZoneFile);
        timeline.apply(Part::CronJobs, added(test::itemsOf("cronjobs.batch", {cronJob("n", "0 * * * *")})), now);
        timeline.apply(Part::Jobs, added(test::itemsOf("jobs.batch", {job("n-1", "n", "`startTime`:`2026-01-01T00:30:00Z`,`active`:1")})), now);
        QVERIFY(timeline.apply(
            Part::Jobs, changed(test::itemsOf("jobs.batch", {job("n-1", "n", done("2026-01-01T00:30:00Z", "2026-01-01T00:31:00Z"))})), now));
        QCOMPARE(lines(timeline), QStringList{QStringLiteral("team-a/n*[n-1 succeeded]")});
        // Set free by its owner, it stands alone; the empty lane stays for its plan, and goes with it.
        timeline.apply(Part::Jobs, changed(test::itemsOf("jobs.batch", {job("n-1", "", done("2026-01-01T00:30:00Z", "2026-01-01T00:31:00Z"))})), now);
        QCOMPARE(lines(timeline), (QStringList{QStringLiteral("team-a/n*[]"), QStringLiteral("team-a/n-1[n-1 succeeded]")}));
        timeline.apply(Part::CronJobs, removed(test::itemsOf("cronjobs.batch", {cronJob("n", "0 * * * *")})), now);
        QCOMPARE(lines(timeline), QStringList{QStringLiteral("team-a/n-1[n-1 succeeded]")});
        QVERIFY(!timeline.apply(Part::Pods, added(test::itemsOf("pods", {object("web", "", "")})), now));
    }

    void unknown()
    {
        Lane lane;
        lane.plan = test::planOf(object("n", "", "`spec`:{`schedule`:`0 * * * *`}"));
        for (const char *const time : {"2026-01-01T05:00:00Z", "2026-01-01T06:00:00Z", "2026-01-01T08:00:00Z"})
            lane.runs.push_back({}), lane.runs.back().scheduled = at(time);
        const Moment watched = at("2026-01-01T09:30:00Z");
        // Created at 00:00: from 01:00 to 05:00 nobody knows, at 07:00 neither, nor at 09:00; 10:00 was watched.
        const std::vector<Stretch> expected = {{at("2026-01-01T01:00:00Z"), at("2026-01-01T05:00:00Z")},
            {at("2026-01-01T07:00:00Z"), at("2026-01-01T08:00:00Z")}, {at("2026-01-01T09:00:00Z"), watched}};
        QCOMPARE(unknownStretches(lane, at("2025-12-31T00:00:00Z"), at("2026-01-01T11:00:00Z"), watched), expected);
        QCOMPARE(unknownStretches(lane, at("2026-01-01T04:30:00Z"), at("2026-01-01T06:30:00Z"), watched), std::vector<Stretch>());
        QCOMPARE(unknownStretches(lane, at("2026-01-01T09:40:00Z"), at("2026-01-01T11:00:00Z"), watched), std::vector<Stretch>());
        lane.plan.reset();
        QCOMPARE(unknownStretches(lane, at("2025-12-31T00:00:00Z"), at("2026-01-01T11:00:00Z"), watched), std::vector<Stretch>());
    }
};

QTEST_APPLESS_MAIN(JobsTimelineTest)
#include "tst_jobs_timeline.moc"
