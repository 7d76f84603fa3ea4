// SPDX-License-Identifier: GPL-3.0-or-later
// From run to run of a container, in each order in which a real cluster tells of it: the node knows of a run before the status does, and
// the status passes over runs.
#include "logs/linetime.h"
#include "support/followedlog.h"

#include <QTest>

#include <memory>
#include <string>
#include <vector>

using namespace fairlead;
using namespace fairlead::logs;
using namespace fairlead::test;
using namespace std::chrono_literals;
using Phase = LogState::Phase;
using Strings = std::vector<std::string>;

namespace {

const std::string aEnded = "api ended : OOMKilled, exit 137";

} // namespace

class LogRunsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_log = std::make_unique<FollowedLog>(); }
    void cleanup()
    {
        QCOMPARE(m_log->bench.server.unexpected(), 0);
        m_log.reset();
    }

    void aRunThatNobodySawIsRead()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(30, "short")}), logAnswer({logLine(60, "fresh")})});
        m_log->start(running("a", R"(,"restartCount":3)"));
        m_log->end();
        m_log->change(backingOff("a", 3));
        m_log->change(backingOff("b", 4, 31)); // it ran between two words of the status
        QCOMPARE(m_log->rows(), (Strings{"one", aEnded, "api started , restart 4", "short"}));
        m_log->end();
        QCOMPARE(m_log->rows(), (Strings{"one", aEnded, "api started , restart 4", "short", aEnded}));
        QCOMPARE(sinceText(m_log->follower().ring().row(2).time), std::string("2027-01-15T08:00:27Z"));
        QCOMPARE(m_log->follower().state().phase, Phase::Waiting);
        m_log->change(runningAfter("b", "c", 5, 31));
        QCOMPARE(m_log->rows().size(), std::size_t(7));
        QCOMPARE(m_log->rows().back(), std::string("fresh"));
    }

    void aRunThatIsPreviousAlreadyIsReadToo()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(30, "short")}), logAnswer({logLine(60, "fresh")})});
        m_log->start(running("a", R"(,"restartCount":3)"));
        m_log->end();
        m_log->change(runningAfter("b", "c", 5, 31));
        QCOMPARE(m_log->rows(), (Strings{"one", "api ended; its status no longer tells how", "api started , restart 4", "short"}));
        QCOMPARE(m_log->asked("previous"), std::string("true"));
        QCOMPARE(m_log->asked("follow"), std::string());
        m_log->end();
        QCOMPARE(m_log->rows(), (Strings{"one", "api ended; its status no longer tells how", "api started , restart 4", "short", aEnded,
                                    "api started , restart 5", "fresh"}));
        QCOMPARE(m_log->asked("previous"), std::string());
    }

    void runsThatAreGoneAreCounted()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), refusal(400, "BadRequest", "previous terminated container \"api\" in pod \"web\" not found"),
            logAnswer({logLine(90, "fresh")})});
        m_log->start(running("a", R"(,"restartCount":3)"));
        m_log->end();
        m_log->change(runningAfter("d", "e", 7, 80));
        QCOMPARE(m_log->rows(),
            (Strings{"one", "api ended; its status no longer tells how", "2 runs of api ended unseen: the node no longer has what they wrote",
                "api started , restart 6", aEnded, "api started , restart 7", "fresh"}));
    }

    // The node has begun the next run, and the status does not know it yet.
    void aLogOfTheNextRunThatTheStatusDoesNotKnow()
    {
        m_log->answers({logAnswer({logLine(30, "of b"), logLine(31, "more")}), logAnswer({logLine(60, "of c")})});
        m_log->start(backingOff("a", 1));
        QCOMPARE(m_log->rows(), (Strings{"of b", "more"}));
        m_log->change(runningAfter("a", "b", 2));
        QCOMPARE(m_log->rows(), (Strings{"of b", "more"}));
        m_log->end();
        m_log->change(backingOff("b", 2, 32));
        QCOMPARE(m_log->rows(), (Strings{"of b", "more", aEnded}));
        m_log->change(runningAfter("b", "c", 3, 32));
        QCOMPARE(m_log->rows(), (Strings{"of b", "more", aEnded, "api started , restart 3", "of c"}));
        QCOMPARE(m_log->requests().size(), std::size_t(2));
    }

    void theSameWhereTheStatusIsBehindAtItsEndToo()
    {
        m_log->answers({logAnswer({logLine(30, "of b"), logLine(31, "more")}), logAnswer({logLine(31, "more")}), logAnswer({logLine(60, "of c")})});
        m_log->start(backingOff("a", 1));
        m_log->end();
        m_log->bench.advance(3s); // asked again: the end of a stream says nothing
        m_log->end();
        QCOMPARE(m_log->rows(), (Strings{"of b", "more"}));
        m_log->change(backingOff("b", 2, 32));
        QCOMPARE(m_log->rows(), (Strings{"of b", "more", aEnded}));
        m_log->change(runningAfter("b", "c", 3, 32));
        QCOMPARE(m_log->rows().back(), std::string("of c"));
    }

    void aStatusThatComesLateLeavesNoRow()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(1, "one")}), logAnswer({logLine(60, "fresh")})});
        m_log->start(running("a"));
        for (int i = 0; i < 2; ++i) {
            m_log->bench.server.endWatch(FollowedLog::path);
            m_log->bench.advance(i == 0 ? 3s : 1s);
        }
        QCOMPARE(m_log->requests().size(), std::size_t(2));
        m_log->change(backingOff("a", 1));
        QCOMPARE(m_log->rows(), (Strings{"one", aEnded}));
    }

    void aContainerThatEndsWhileItsStreamIsCut()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(1, "one"), logLine(3, "last words")}), logAnswer({logLine(60, "fresh")})});
        m_log->start(running("a"));
        m_log->cut();
        m_log->change(runningAfter("a", "b", 1));
        m_log->bench.advance(2s);
        QCOMPARE(m_log->requests().size(), std::size_t(2));
        QCOMPARE(m_log->asked("previous"), std::string("true"));
        QCOMPARE(m_log->asked("sinceTime"), std::string("2027-01-15T08:00:01Z"));
        m_log->end();
        const Strings seen = m_log->rows();
        QCOMPARE(seen.size(), std::size_t(6));
        QVERIFY(seen[1].starts_with("no lines for "));
        QCOMPARE((Strings{seen[0], seen[2], seen[3], seen[4], seen[5]}), (Strings{"one", "last words", aEnded, "api started , restart 1", "fresh"}));
    }

    // A server that was away answers again before kubelet has told it what happened.
    void aRestartDuringACutThatOnlyTheNodeKnows()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(30, "of b")}), logAnswer({logLine(1, "one"), logLine(3, "last words")}),
            logAnswer({logLine(30, "of b"), logLine(31, "more")})});
        m_log->start(running("a"));
        m_log->cut();
        m_log->bench.advance(2s);
        QCOMPARE(m_log->requests().size(), std::size_t(3));
        QCOMPARE(m_log->asked("previous"), std::string("true"));
        m_log->end();
        m_log->bench.advance(8s);
        QCOMPARE(m_log->rows().size(), std::size_t(3));
        QCOMPARE(m_log->rows().back(), std::string("last words"));
        m_log->change(runningAfter("a", "b", 1));
        const Strings seen = m_log->rows();
        QCOMPARE((Strings(seen.begin() + 2, seen.end())), (Strings{"last words", aEnded, "api started , restart 1", "of b", "more"}));
        QCOMPARE(m_log->requests().size(), std::size_t(4));
    }

    void aStatusThatNeverSaysSo()
    {
        m_log->answers(
            {logAnswer({logLine(1, "one")}), logAnswer({logLine(30, "of b")}), logAnswer({logLine(1, "one")}), logAnswer({logLine(30, "of b")})});
        m_log->start(running("a"));
        m_log->cut();
        m_log->bench.advance(2s);
        m_log->end();
        m_log->bench.advance(20s);
        const Strings seen = m_log->rows();
        QCOMPARE((Strings(seen.begin() + 2, seen.end())), (Strings{"api ended; its status no longer tells how", "api started again", "of b"}));
    }

    void aLogThatWasRotatedDuringACut()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(30, "later")}),
            refusal(400, "BadRequest", "previous terminated container \"api\" in pod \"web\" not found"),
            logAnswer({logLine(30, "later"), logLine(31, "more")})});
        m_log->start(running("a"));
        m_log->cut();
        m_log->bench.advance(2s);
        const Strings seen = m_log->rows();
        QCOMPARE((Strings(seen.begin() + 2, seen.end())),
            (Strings{"lines are missing here: the node has let go of some while the stream was cut", "later", "more"}));
        QCOMPARE(m_log->follower().state().phase, Phase::Following);
        // It has another run as `previous`, which is not the one that was read.
        m_log->answers({logAnswer({logLine(90, "much later")}), logAnswer({logLine(0, "long ago"), logLine(1, "and over")}),
            logAnswer({logLine(90, "much later")})});
        m_log->cut();
        m_log->bench.advance(2s);
        m_log->end();
        QCOMPARE(m_log->rows().back(), std::string("much later"));
        QCOMPARE(m_log->rows().size(), std::size_t(8));
    }

    void aCutAndThenAContainerThatWaits()
    {
        m_log->answers(
            {logAnswer({logLine(1, "one")}), refusal(400, "BadRequest", "container \"api\" in pod \"web\" is waiting to start: ContainerCreating"),
                logAnswer({logLine(60, "of another pod")})});
        m_log->start(running("a"));
        m_log->cut();
        m_log->bench.advance(2s);
        QCOMPARE(m_log->follower().state().phase, Phase::Waiting);
        m_log->change(R"("state":{"waiting":{"reason":"ContainerCreating"}})");
        QCOMPARE(m_log->follower().state().phase, Phase::Waiting);
        m_log->change(running("z"));
        QCOMPARE(m_log->rows(), (Strings{"one", "api ended; its status no longer tells how", "api started ", "of another pod"}));
    }

    void aRunWhoseLogDoesNotOpenAtOnceIsNotCut()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), refusal(500, "InternalError", "the node is busy"), logAnswer({logLine(60, "fresh")})});
        m_log->start(running("a"));
        m_log->end();
        m_log->change(runningAfter("a", "b", 1));
        m_log->bench.advance(2s);
        QCOMPARE(m_log->rows(), (Strings{"one", aEnded, "api started , restart 1", "fresh"}));
    }

    void aStreamThatEndsBeforeItsContainer()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), logAnswer({logLine(1, "one"), logLine(3, "last words")})});
        m_log->start(running("a"));
        m_log->end();
        m_log->change(backingOff("a", 1, 7200)); // by the clock, long after the stream
        m_log->end();
        QCOMPARE(m_log->rows(), (Strings{"one", "last words", aEnded}));
        m_log->bench.advance(60s);
        QCOMPARE(m_log->requests().size(), std::size_t(2));
    }

    void aPodThatNoNodeHasTaken()
    {
        m_log->answers({logAnswer({logLine(1, "one")})});
        m_log->start(R"("none":0)"); // the server would give an empty log
        QCOMPARE(m_log->follower().state().phase, Phase::Waiting);
        m_log->bench.advance(60s);
        QCOMPARE(m_log->requests().size(), std::size_t(0));
        m_log->change(running("a"));
        QCOMPARE(m_log->rows(), Strings{"one"});
    }

    void rightsThatAreLostMeanwhile()
    {
        m_log->answers({logAnswer({logLine(1, "one")}), refusal(403, "Forbidden", "pods \"web\" is forbidden"),
            logAnswer({logLine(1, "one"), logLine(2, "two")})});
        m_log->start(running("a"));
        m_log->cut();
        m_log->bench.advance(2s);
        QCOMPARE(m_log->follower().state().phase, Phase::Failed);
        QCOMPARE(m_log->follower().state().words, std::string("You may not read logs in team-a."));
        QCOMPARE(m_log->rows(), Strings{"one"}); // what was read stays
        m_log->bench.advance(60s);
        QCOMPARE(m_log->requests().size(), std::size_t(2));
        m_log->follower().retry();
        m_log->bench.settle();
        QCOMPARE(m_log->rows(), (Strings{"one", "two"}));
    }

private:
    std::unique_ptr<FollowedLog> m_log;
};

QTEST_GUILESS_MAIN(LogRunsTest)
#include "tst_log_runs.moc"
