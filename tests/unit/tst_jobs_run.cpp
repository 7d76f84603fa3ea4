// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/backoff.h"
#include "jobs/statistics.h"
#include "support/jobsworld.h"

#include <QTest>

#include <map>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::jobs;
using namespace std::chrono_literals;
using test::at;
using test::object;

namespace {

std::string pod(const std::string &name, const std::string &metadata, const std::string &status)
{
    return object(name,
        "`ownerReferences`:[{`apiVersion`:`batch/v1`,`kind`:`Job`,`name`:`j`,`uid`:`u-j`,`controller`:true}]" +
            (metadata.empty() ? "" : "," + metadata),
        "`status`:{" + status + "}");
}

std::string ended(const std::string &name, int exitCode, const std::string &start, const std::string &end, const std::string &metadata = {})
{
    return pod(name, metadata,
        std::string("`phase`:`") + (exitCode == 0 ? "Succeeded" : "Failed") +
            "`,`containerStatuses`:[{`name`:`work`,`state`:{`terminated`:{`exitCode`:" + std::to_string(exitCode) + ",`reason`:`" +
            (exitCode == 0 ? "Completed" : "Error") + "`,`startedAt`:`" + start + "`,`finishedAt`:`" + end + "`}}}]");
}

std::string index(int number, int failures = 0)
{
    return "`annotations`:{`batch.kubernetes.io/job-completion-index`:`" + std::to_string(number) +
           "`,`batch.kubernetes.io/job-index-failure-count`:`" + std::to_string(failures) + "`}";
}

Run with(const std::string &job, const std::vector<std::string> &pods)
{
    Run run = test::runOf(job);
    std::vector<Attempt> attempts;
    for (const std::string &each : pods)
        attempts.push_back(test::attemptOf(each));
    setAttempts(run, std::move(attempts));
    return run;
}

std::string running(const std::string &spec, const std::string &status)
{
    return object("j", "", "`spec`:{" + spec + "},`status`:{`startTime`:`2026-01-01T00:00:01Z`" + (status.empty() ? "" : "," + status) + "}");
}

} // namespace

class JobsRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void indexes()
    {
        const auto set = IndexSet::parse("0-4,7,99990-99999");
        QVERIFY(set);
        QCOMPARE(set->size(), std::int64_t(16));
        QCOMPARE(set->ranges().size(), std::size_t(3));
        for (const int in : {0, 4, 7, 99990, 99999})
            QVERIFY2(set->has(in), std::to_string(in).c_str());
        for (const int out : {-1, 5, 6, 8, 99989, 100000})
            QVERIFY2(!set->has(out), std::to_string(out).c_str());
        QVERIFY(IndexSet::parse("")->isEmpty());
        for (const char *const bad : {"a", "1-", "-1", "3-1", "1,1", "5,2", "1-3,3", "1,", ",1", "1 ", "99999999999999999999", "1--2"})
            QVERIFY2(!IndexSet::parse(bad), bad);
    }

    void states_data()
    {
        QTest::addColumn<QString>("rest");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("end");
        const auto row = [](const char *name, const char *rest, const char *words, const char *end = "") {
            QTest::newRow(name) << QString::fromLatin1(rest) << QString::fromLatin1(words) << QString::fromLatin1(end);
        };
        row("no status", "`spec`:{}", "waiting");
        row("not even a spec", "", "waiting");
        row("suspended", "`spec`:{`suspend`:true},`status`:{}", "suspended");
        row("runs", "`spec`:{`completions`:5},`status`:{`startTime`:`2026-01-01T00:00:00Z`,`active`:1,`succeeded`:3}", "running, 3 of 5");
        row("retries", "`spec`:{`completions`:1},`status`:{`startTime`:`2026-01-01T00:00:00Z`,`failed`:1}", "retrying, 1 failed try");
        row("succeeded",
            "`spec`:{`completions`:1},`status`:{`startTime`:`2026-01-01T00:00:00Z`,`completionTime`:`2026-01-01T00:01:00Z`,`succeeded`:1,`conditions`:["
            "{`type`:`SuccessCriteriaMet`,`status`:`True`},{`type`:`Complete`,`status`:`True`,`lastTransitionTime`:`2026-01-01T00:01:01Z`}]}",
            "succeeded", "2026-01-01T00:01:00Z");
        row("failed",
            "`status`:{`startTime`:`2026-01-01T00:00:00Z`,`failed`:3,`conditions`:[{`type`:`Failed`,`status`:`True`,`reason`:`BackoffLimitExceeded`,"
            "`lastTransitionTime`:`2026-01-01T00:02:00Z`}]}",
            "failed, BackoffLimitExceeded after 3 failed tries", "2026-01-01T00:02:00Z");
        row("failing",
            "`status`:{`startTime`:`2026-01-01T00:00:00Z`,`conditions`:[{`type`:`FailureTarget`,`status`:`True`,`reason`:`DeadlineExceeded`}]}",
            "ending, DeadlineExceeded");
        row("a condition that does not hold", "`status`:{`conditions`:[{`type`:`Failed`,`status`:`False`}]}", "waiting");
        row("absurd", "`spec`:{`completions`:-5,`parallelism`:-1},`status`:{`startTime`:7,`active`:`x`,`succeeded`:-3,`conditions`:{}}", "waiting");
        row("statuses that are no maps", "`status`:3", "waiting");
    }
    void states()
    {
        QFETCH(QString, rest);
        QFETCH(QString, words);
        QFETCH(QString, end);
        const Run run = test::runOf(object("j", "", rest.toStdString()));
        QCOMPARE(QString::fromStdString(run.words()), words);
        QCOMPARE(run.end, end.isEmpty() ? std::optional<Moment>() : std::optional<Moment>(at(qPrintable(end))));
        QVERIFY(run.succeeded >= 0 && run.active >= 0);
    }

    void endBeforeStart()
    {
        const Run run = test::runOf(object("j", "",
            "`status`:{`startTime`:`2026-01-01T00:05:00Z`,`completionTime`:`2026-01-01T00:01:00Z`,`conditions`:[{`type`:`Complete`,`status`:`True`}]}"));
        QCOMPARE(run.state, RunState::Succeeded);
        QVERIFY(!run.length());
        QCOMPARE(run.oddity, std::string("By its own times it ended before it started"));
        QVERIFY(!durationsOf(std::vector<Run>{run}));
    }

    void scheduled()
    {
        // By the annotation, whatever zone it is written in.
        QCOMPARE(test::runOf(
                     object("n-29453580",
                         test::ownedBy("n") + ",`annotations`:{`batch.kubernetes.io/cronjob-scheduled-timestamp`:`2026-01-01T01:30:00+01:00`}", ""))
                     .scheduled,
            std::optional<Moment>(at("2026-01-01T00:30:00Z")));
        // By the name, of controllers before 1.28.
        const Run named = test::runOf(object("n-29453760", test::ownedBy("n"), ""));
        QCOMPARE(named.scheduled, std::optional<Moment>(at("2026-01-01T00:00:00Z")));
        QCOMPARE(named.cronJob, std::string("n"));
        QCOMPARE(named.cronJobUid, std::string("c-n"));
        // By hand, or of another's name: nobody was due.
        QVERIFY(
            !test::runOf(object("n-29453760", test::ownedBy("n") + ",`annotations`:{`cronjob.kubernetes.io/instantiate`:`manual`}", "")).scheduled);
        for (const char *const name : {"n", "n-", "n-x", "nn-29453760", "n-29453760-1", "n--5", "n-2945376000"})
            QVERIFY2(!test::runOf(object(name, test::ownedBy("n"), "")).scheduled, name);
        QVERIFY(!test::runOf(object("n-29453760", "", "")).scheduled);
    }

    void attempts()
    {
        const Attempt failed = test::attemptOf(pod("p", index(3, 2),
            "`phase`:`Failed`,`containerStatuses`:[{`name`:`a`,`restartCount`:1,`state`:{`terminated`:{`exitCode`:0,`startedAt`:`2026-01-01T00:00:05Z`,"
            "`finishedAt`:`2026-01-01T00:00:09Z`}}},{`name`:`b`,`restartCount`:2,`state`:{`terminated`:{`exitCode`:137,`reason`:`OOMKilled`,"
            "`startedAt`:`2026-01-01T00:00:04Z`,`finishedAt`:`2026-01-01T00:00:12Z`}}}]"));
        QCOMPARE(failed.state, Attempt::State::Failed);
        QCOMPARE(failed.container, std::string("b"));
        QCOMPARE(failed.exitCode, std::optional<std::int64_t>(137));
        QCOMPARE(failed.reason, std::string("OOMKilled"));
        QCOMPARE(failed.start, std::optional<Moment>(at("2026-01-01T00:00:04Z")));
        QCOMPARE(failed.end, std::optional<Moment>(at("2026-01-01T00:00:12Z")));
        QCOMPARE(failed.index, std::optional<std::int64_t>(3));
        QCOMPARE(failed.failuresBefore, std::int64_t(2));
        QCOMPARE(failed.restarts, std::int64_t(3));
        QCOMPARE(failed.jobUid, std::string("u-j"));
        // Its node says nothing of how it ended.
        QCOMPARE(test::attemptOf(pod("p", "",
                                     "`phase`:`Failed`,`reason`:`Evicted`,`conditions`:[{`type`:`Ready`,`status`:`False`,"
                                     "`lastTransitionTime`:`2026-01-01T00:03:00Z`}]"))
                     .end,
            std::optional<Moment>(at("2026-01-01T00:03:00Z")));
        const Attempt waits =
            test::attemptOf(pod("p", "", "`phase`:`Pending`,`containerStatuses`:[{`name`:`a`,`state`:{`waiting`:{`reason`:`ImagePullBackOff`}}}]"));
        QCOMPARE(waits.state, Attempt::State::Waiting);
        QCOMPARE(waits.reason, std::string("ImagePullBackOff"));
        QVERIFY(!waits.end && !waits.start && !waits.exitCode);
        const Attempt init = test::attemptOf(pod("p", "",
            "`phase`:`Failed`,`initContainerStatuses`:[{`name`:`i`,`state`:{`terminated`:{`exitCode`:3,`reason`:`Error`,`startedAt`:`2026-01-01T00:00:02Z`,"
            "`finishedAt`:`2026-01-01T00:00:03Z`}}}],`containerStatuses`:[{`name`:`a`,`state`:{`waiting`:{`reason`:`PodInitializing`}}}]"));
        QCOMPARE(init.exitCode, std::optional<std::int64_t>(3));
        QCOMPARE(init.container, std::string("i"));
        QCOMPARE(init.reason, std::string("Error"));
        // Nothing at all is told, and nothing of it is what it should be.
        QCOMPARE(test::attemptOf(pod("p", "", "")).state, Attempt::State::Unknown);
        const Attempt absurd =
            test::attemptOf(pod("p", "`annotations`:{`batch.kubernetes.io/job-completion-index`:`-7`}", "`phase`:[],`containerStatuses`:{`a`:1}"));
        QCOMPARE(absurd.state, Attempt::State::Unknown);
        QCOMPARE(absurd.index, std::optional<std::int64_t>(0));
    }

    void waitsForItsPods()
    {
        const std::string job = running("`completions`:1", "`active`:1,`ready`:0");
        QCOMPARE(with(job, {pod("p", "", "`phase`:`Pending`,`containerStatuses`:[{`name`:`a`,`state`:{`waiting`:{`reason`:`ImagePullBackOff`}}}]")})
                     .words(),
            std::string("waiting, ImagePullBackOff"));
        QCOMPARE(
            with(job, {pod("p", "", "`phase`:`Running`,`containerStatuses`:[{`name`:`a`,`state`:{`running`:{`startedAt`:`2026-01-01T00:00:03Z`}}}]")})
                .state,
            RunState::Running);
        QCOMPARE(with(job, {}).state, RunState::Running); // jobs without pods: what the job says counts
    }

    void lengthsOfBackOff()
    {
        const int expected[] = {0, 10, 20, 40, 80, 160, 320, 600, 600};
        for (int i = 0; i < 9; ++i)
            QCOMPARE(backOffAfter(i).count(), std::int64_t(expected[i]));
        QCOMPARE(backOffAfter(1'000'000'000'000).count(), std::int64_t(600));
        QCOMPARE(backOffAfter(-1).count(), std::int64_t(0));
    }

    void nextRetry()
    {
        const std::string job = running("`completions`:1,`parallelism`:1,`backoffLimit`:6", "`failed`:2");
        const std::vector<std::string> twoFailures = {
            ended("p1", 1, "2026-01-01T00:00:02Z", "2026-01-01T00:00:05Z"), ended("p2", 1, "2026-01-01T00:00:20Z", "2026-01-01T00:00:25Z")};
        Run run = with(job, twoFailures);
        QCOMPARE(run.state, RunState::Retrying);
        QCOMPARE(run.backOff.nextRetry, std::optional<Moment>(at("2026-01-01T00:00:45Z"))); // 20 s after the second
        QCOMPARE(run.backOff.left(), std::optional<std::int64_t>(4));
        // Failures before the last success do not count.
        run = with(running("`completions`:3,`parallelism`:1,`backoffLimit`:6", "`failed`:2,`succeeded`:1"),
            {twoFailures[0], ended("p3", 0, "2026-01-01T00:00:06Z", "2026-01-01T00:00:15Z"), twoFailures[1]});
        QCOMPARE(run.backOff.nextRetry, std::optional<Moment>(at("2026-01-01T00:00:35Z")));
        // Nobody knows without the pods; none is due while as many run as may.
        QVERIFY(!with(job, {}).backOff.nextRetry);
        QVERIFY(!with(running("`completions`:1,`parallelism`:1", "`failed`:2,`active`:1"), twoFailures).backOff.nextRetry);
        QVERIFY(!with(object("j", "", "`spec`:{`suspend`:true,`completions`:1},`status`:{`failed`:2}"), twoFailures).backOff.nextRetry);
    }

    void nextRetryByIndex()
    {
        const std::string job =
            running("`completionMode`:`Indexed`,`completions`:4,`parallelism`:4,`backoffLimitPerIndex`:3,`backoffLimit`:2147483647",
                "`failed`:4,`completedIndexes`:`0`,`succeeded`:1,`failedIndexes`:`3`");
        const Run run = with(job, {ended("a", 1, "2026-01-01T00:00:02Z", "2026-01-01T00:00:05Z", index(1)),
                                      ended("b", 1, "2026-01-01T00:00:20Z", "2026-01-01T00:00:25Z", index(1, 1)),
                                      ended("c", 1, "2026-01-01T00:00:20Z", "2026-01-01T00:00:30Z", index(2)),
                                      ended("d", 1, "2026-01-01T00:00:02Z", "2026-01-01T00:00:03Z", index(3))});
        // Index 1: 25 + 20 s; index 2: 30 + 10 s; index 3 is given up.
        QCOMPARE(run.backOff.nextRetry, std::optional<Moment>(at("2026-01-01T00:00:40Z")));
        QCOMPARE(run.backOff.retryIndex, std::optional<std::int64_t>(2));
        QVERIFY(!run.backOff.limit);
        QVERIFY(!run.backOff.left());
        QCOMPARE(run.backOff.perIndex, std::optional<std::int64_t>(3));
    }

    void restartsInPlaceUseTheBudget()
    {
        const Run run = with(running("`completions`:1,`backoffLimit`:6", "`active`:1"),
            {pod("p", "",
                "`phase`:`Running`,`containerStatuses`:[{`name`:`a`,`restartCount`:4,`state`:{`waiting`:{`reason`:`CrashLoopBackOff`}},"
                "`lastState`:{`terminated`:{`exitCode`:2}}}]")});
        QCOMPARE(run.backOff.left(), std::optional<std::int64_t>(2));
        QCOMPARE(run.attempts.front().exitCode, std::optional<std::int64_t>(2));
    }

    void countdowns()
    {
        const Run runs = test::runOf(running("`activeDeadlineSeconds`:60", "`active`:1"));
        QCOMPARE(runs.deadline, std::optional<Moment>(at("2026-01-01T00:01:01Z")));
        QVERIFY(!runs.removal);
        const Run ended = test::runOf(object("j", "",
            "`spec`:{`activeDeadlineSeconds`:60,`ttlSecondsAfterFinished`:100},`status`:{`startTime`:`2026-01-01T00:00:00Z`,"
            "`completionTime`:`2026-01-01T00:00:10Z`,`conditions`:[{`type`:`Complete`,`status`:`True`}]}"));
        QVERIFY(!ended.deadline);
        QCOMPARE(ended.removal, std::optional<Moment>(at("2026-01-01T00:01:50Z")));
    }

    void rules()
    {
        const std::string policy =
            "`podFailurePolicy`:{`rules`:[{`action`:`Ignore`,`onPodConditions`:[{`type`:`DisruptionTarget`}]},{`action`:`FailJob`,"
            "`onExitCodes`:{`operator`:`In`,`containerName`:`main`,`values`:[42,43]}}]}";
        const auto failed = [&](const std::string &message, const std::string &reason = "PodFailurePolicy") {
            return test::runOf(object("j", "",
                                   "`spec`:{" + policy + "},`status`:{`conditions`:[{`type`:`Failed`,`status`:`True`,`reason`:`" + reason +
                                       "`,`message`:`" + message + "`}]}"))
                .rule;
        };
        const auto fired = failed("Container main for pod team-a/j-x failed with exit code 42 matching FailJob rule at index 1");
        QVERIFY(fired);
        QCOMPARE(fired->policy, std::string("podFailurePolicy"));
        QCOMPARE(fired->index, std::int64_t(1));
        QCOMPARE(fired->words, std::string("FailJob on exit code 42, 43 of container main"));
        QCOMPARE(failed("Pod team-a/j-x has condition DisruptionTarget matching FailJob rule at index 0")->words,
            std::string("Ignore on the pod's condition DisruptionTarget=True"));
        QCOMPARE(failed("matching FailJob rule at index 7")->words, std::string());
        QVERIFY(!failed("rule at index x"));
        QVERIFY(!failed("rule at index 1", "BackoffLimitExceeded"));
        const auto met = test::runOf(
            object("j", "",
                "`spec`:{`successPolicy`:{`rules`:[{`succeededIndexes`:`0-2`,`succeededCount`:1}]}},`status`:{`conditions`:[{`type`:`SuccessCriteriaMet`,"
                "`status`:`True`,`reason`:`SuccessPolicy`,`message`:`Matched rules at index 0`}]}"))
                             .rule;
        QVERIFY(met);
        QCOMPARE(met->policy + ": " + met->words, std::string("successPolicy: 1 succeeded of the indexes 0-2"));
    }

    void manyCompletions()
    {
        const Run run = with(running("`completionMode`:`Indexed`,`completions`:100000,`parallelism`:10",
                                 "`active`:10,`succeeded`:49999,`completedIndexes`:`0-49997,50000`"),
            {});
        QCOMPARE(run.completedIndexes.size(), std::int64_t(49999));
        QCOMPARE(run.words(), std::string("running, 49999 of 100000"));
        QVERIFY(run.progress() > 0.49 && run.progress() < 0.5);
        const Run bad = test::runOf(running("`completionMode`:`Indexed`,`completions`:3", "`completedIndexes`:`3-1`"));
        QVERIFY(bad.completedIndexes.isEmpty());
        QCOMPARE(bad.oddity, std::string("Its completedIndexes cannot be read: 3-1"));
    }

    // What a real server said of the scenario.
    void theScenario()
    {
        std::map<std::string, std::string> words;
        for (const kube::ItemPtr &each : test::recordedItems("jobs.batch")) {
            const Run run = jobs::runOf(test::factsOf("jobs.batch", each));
            if (run.cronJob.empty())
                words[run.name] = run.words();
            else
                QVERIFY2(run.scheduled && run.start && *run.start - *run.scheduled < 60s && *run.start >= *run.scheduled, run.name.c_str());
            QVERIFY2(run.oddity.empty(), run.oddity.c_str());
        }
        QCOMPARE(words["import-done"], std::string("succeeded"));
        QCOMPARE(words["import-failed"], std::string("failed, BackoffLimitExceeded after 2 failed tries"));
        QCOMPARE(words["import-running"], std::string("running"));
        QCOMPARE(words["import-suspended"], std::string("suspended"));
        QCOMPARE(words["import-too-slow"].substr(0, 24), std::string("failed, DeadlineExceeded"));
        QCOMPARE(words["shards"], std::string("failed, FailedIndexes after 2 failed tries"));
        std::size_t ofJobs = 0;
        for (const kube::ItemPtr &each : test::recordedItems("pods")) {
            const Attempt attempt = jobs::attemptOf(test::factsOf("pods", each));
            if (attempt.jobUid.empty())
                continue;
            ++ofJobs;
            QVERIFY2(!attempt.hasEnded() || attempt.length(), attempt.pod.c_str());
        }
        QVERIFY(ofJobs > 5);
    }

    void statistics()
    {
        QVERIFY(!durationsOf(std::vector<std::chrono::seconds>()));
        const auto odd = durationsOf(std::vector{50s, 10s, 20s});
        QCOMPARE(odd->median, 20s);
        QCOMPARE(odd->shortest, 10s);
        QCOMPARE(odd->longest, 50s);
        const auto even = durationsOf(std::vector{10s, 20s, 30s, 40s});
        QCOMPARE(even->median, 25s);
        QCOMPARE(even->lowerQuartile, 10s);
        QCOMPARE(even->upperQuartile, 30s);
        QCOMPARE(outlierWords(78s, *even), std::optional<std::string>("3.1 × its median"));
        QVERIFY(!outlierWords(49s, *even));
        QVERIFY(!outlierWords(60s, *even)); // twice the median, and still within the fence of 60 s
        QVERIFY(!outlierWords(900s, *odd)); // of three nothing is usual
        QVERIFY(!outlierWords(9s, *durationsOf(std::vector{0s, 0s, 0s, 0s})));
        std::vector<Run> runs(5);
        runs[0].state = runs[1].state = runs[2].state = RunState::Succeeded;
        runs[3].state = RunState::Failed;
        runs[4].state = RunState::Killed;
        QCOMPARE(outcomesOf(runs).successRate(), std::optional<double>(0.75));
        QVERIFY(!Outcomes().successRate());
    }

    void whenItMayEnd()
    {
        Run run = test::runOf(running("`completions`:1", "`active`:1"));
        const auto usual = durationsOf(std::vector{60s, 80s, 100s, 200s});
        const auto estimate = estimateEnd(run, usual, at("2026-01-01T00:00:31Z"));
        QCOMPARE(estimate, std::optional<Estimate>({at("2026-01-01T00:01:01Z"), at("2026-01-01T00:01:31Z"), at("2026-01-01T00:01:41Z")}));
        // Past its median it can still be as long as the longest; beyond that nobody knows. Never in the past.
        const auto late = estimateEnd(run, usual, at("2026-01-01T00:02:31Z"));
        QCOMPARE(late, std::optional<Estimate>({at("2026-01-01T00:02:31Z"), at("2026-01-01T00:03:21Z"), at("2026-01-01T00:03:21Z")}));
        QVERIFY(!estimateEnd(run, usual, at("2026-01-01T00:04:00Z")));
        QVERIFY(!estimateEnd(run, std::nullopt, at("2026-01-01T00:00:31Z")));
        // By its own tries: two of six are done in 10 s each, two at once.
        run = with(running("`completions`:6,`parallelism`:2", "`active`:2,`succeeded`:2"),
            {ended("a", 0, "2026-01-01T00:00:02Z", "2026-01-01T00:00:12Z"), ended("b", 0, "2026-01-01T00:00:02Z", "2026-01-01T00:00:12Z")});
        QCOMPARE(estimateEnd(run, std::nullopt, at("2026-01-01T00:00:20Z")),
            std::optional<Estimate>({at("2026-01-01T00:00:35Z"), at("2026-01-01T00:00:35Z"), at("2026-01-01T00:00:40Z")}));
    }
};

QTEST_APPLESS_MAIN(JobsRunTest)
#include "tst_jobs_run.moc"
