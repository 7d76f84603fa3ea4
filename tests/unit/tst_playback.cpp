// SPDX-License-Identifier: GPL-3.0-or-later
// A recording that is played: by a clock that stands until the test turns it.
#include "playback/player.h"
#include "recording/recorder.h"
#include "support/fakeclock.h"
#include "support/good.h"
#include "support/tabletext.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace fairlead;
using namespace fairlead::playback;
using namespace fairlead::recording;
using namespace std::chrono_literals;
using test::FakeClock;
using test::good;

namespace {

constexpr Moment start{std::chrono::milliseconds(1'764'000'000'000)};
constexpr Moment end = start + 600s;

} // namespace

class PlaybackTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    FakeClock m_clock;
    std::unique_ptr<ReplayTransport> m_transport;
    std::unique_ptr<Player> m_player;

    [[nodiscard]] std::string path() const { return m_folder.filePath(QStringLiteral("a.flrec")).toStdString(); }
    Player &open(Moment at = start)
    {
        m_player.reset();
        m_transport = std::make_unique<ReplayTransport>(good(Reader::open(path())), at);
        m_player = std::make_unique<Player>(*m_transport, m_clock);
        return *m_player;
    }
    [[nodiscard]] int second() const { return int((m_player->now() - start) / 1s); }

private Q_SLOTS:
    // Ten minutes: a change at each 10 s, failures at 105 s, 205 s and 305 s.
    void initTestCase()
    {
        Recorder recorder(good(Writer::create(path(), platform::File::Existing::Replace, start, {{"context", "here"}})));
        const auto stream = good(recorder.addResource({"", "v1", "pods"}, "Pod", true, start));
        recorder.beginList(stream);
        good(recorder.addPage(stream, test::tableText({}, "1"), start));
        good(recorder.endList(stream, start));
        for (int i = 1; i <= 60; ++i) {
            const std::string number = std::to_string(i);
            good(recorder.addEvent(stream, test::eventText("ADDED", {.name = "pod-" + number, .uid = number, .version = number}), start + i * 10s));
            if (i == 10 || i == 20 || i == 30) {
                std::string spec = "{},'status':{'phase':'Failed'}";
                std::replace(spec.begin(), spec.end(), '\'', '"');
                good(recorder.addEvent(stream,
                    test::eventText("MODIFIED", {.name = "pod-" + number, .uid = number, .version = number + "0", .spec = spec}),
                    start + i * 10s + 5s));
            }
        }
        good(recorder.close());
    }
    void cleanup()
    {
        m_player.reset();
        m_transport.reset();
        m_pool.waitForDone();
    }

    void plays_data()
    {
        QTest::addColumn<double>("speed");
        QTest::addColumn<int>("moved"); // ms of the recording in 2 s
        for (const double speed : speeds)
            QTest::addRow("%g", speed) << speed << int(2000 * speed);
        QTest::newRow("slower than it can") << 0.1 << 1000;
        QTest::newRow("faster than it can") << 1e9 << 120'000;
    }
    void plays()
    {
        QFETCH(const double, speed);
        QFETCH(const int, moved);
        Player &player = open();
        QSignalSpy moves(&player, &Player::moved);
        QSignalSpy playing(&player, &Player::playingChanged);
        QSignalSpy speedChanges(&player, &Player::speedChanged);
        m_clock.advance(5s);
        QVERIFY(player.now() == start && moves.isEmpty());
        player.setSpeed(speed);
        QCOMPARE(speedChanges.size(), speed == 1 ? 0 : 1);
        player.play();
        player.play();
        QCOMPARE(playing.size(), 1);
        m_clock.advance(2s);
        QCOMPARE(int((player.now() - start) / 1ms), moved);
        QCOMPARE(moves.size(), 20);
        QVERIFY(moves.last().first().value<Moment>() == player.now());
        QTRY_VERIFY_WITH_TIMEOUT(m_transport->now() == player.now(), 20'000);
        player.pause();
        QVERIFY(!player.isPlaying());
        m_clock.advance(5s);
        QCOMPARE(moves.size(), 20);
        QCOMPARE(m_clock.timers(), std::size_t(0));
        QCOMPARE(playing.size(), 2);
    }

    // Parts of a millisecond are not lost: ticks of 101 ms at half the speed.
    void slowTicksAddUp()
    {
        class Late : public FakeClock {
        public:
            [[nodiscard]] Duration steady() const override { return FakeClock::steady() * 101 / 100; }
        } clock;
        m_transport = std::make_unique<ReplayTransport>(good(Reader::open(path())), start);
        Player player(*m_transport, clock);
        player.setSpeed(0.5);
        player.play();
        clock.advance(1s);
        QCOMPARE(int((player.now() - start) / 1ms), 505);
    }

    // A program that was stopped for an hour goes on where it was.
    void longPausesOfTheMachineAreNotPlayed()
    {
        class Stopped : public FakeClock {
        public:
            [[nodiscard]] Duration steady() const override { return FakeClock::steady() + asleep; }
            Duration asleep{0};
        } clock;
        m_transport = std::make_unique<ReplayTransport>(good(Reader::open(path())), start);
        Player player(*m_transport, clock);
        player.setSpeed(60);
        player.play();
        clock.asleep = 1h;
        clock.advance(Player::tick);
        QVERIFY(player.now() == start + 60s);
        clock.advance(Player::tick);
        QVERIFY(player.now() == start + 66s);
    }

    void stopsAtTheEnd()
    {
        Player &player = open(end - 1s);
        QSignalSpy back(&player, &Player::wentBack);
        player.play();
        m_clock.advance(1s);
        QVERIFY(player.now() == end && !player.isPlaying()); // at once, not with the next tick
        QCOMPARE(m_clock.timers(), std::size_t(0));
        QVERIFY(back.isEmpty());
        // From there it begins again.
        player.toggle();
        QVERIFY(player.isPlaying() && player.now() == start);
        QCOMPARE(back.size(), 1);
        player.toggle();
        QVERIFY(!player.isPlaying());
    }

    void theDemoBeginsAgain()
    {
        Player &player = open(end - 1s);
        player.setAtEnd(Player::AtEnd::BeginAgain);
        QSignalSpy back(&player, &Player::wentBack);
        player.play();
        m_clock.advance(3s);
        QVERIFY(player.isPlaying());
        QCOMPARE(back.size(), 1);
        QVERIFY(back.first().first().value<Moment>() == start);
        QVERIFY(player.now() > start && player.now() < start + 3s);
        // Jumped to its end, too.
        player.toEnd();
        QVERIFY(player.now() == end);
        m_clock.advance(1s);
        QVERIFY(player.isPlaying() && player.now() < start + 1s);
    }

    // Nothing moves in it; it would begin again with each tick.
    void aSingleMomentIsNotPlayed()
    {
        const std::string place = m_folder.filePath(QStringLiteral("moment.flrec")).toStdString();
        Recorder recorder(good(Writer::create(place, platform::File::Existing::Replace, start, {{"context", "here"}})));
        good(recorder.close());
        m_transport = std::make_unique<ReplayTransport>(good(Reader::open(place)), start);
        Player player(*m_transport, m_clock);
        QVERIFY(player.first() == player.last());
        player.setAtEnd(Player::AtEnd::BeginAgain);
        player.play();
        QVERIFY(!player.isPlaying());
        QCOMPARE(m_clock.timers(), std::size_t(0));
    }

    void jumps()
    {
        Player &player = open();
        QStringList order;
        connect(&player, &Player::wentBack, this, [&] { order << QStringLiteral("back to %1").arg((player.now() - start) / 1s); });
        connect(&player, &Player::moved, this, [&] { order << QStringLiteral("at %1").arg((player.now() - start) / 1s); });
        player.jumpTo(start + 300s);
        player.jumpBy(-10s);
        player.jumpBy(5s);
        player.jumpTo(end + 1h);
        player.toEnd(); // is there
        player.jumpTo(start - 1h);
        player.toBegin();
        QCOMPARE(order.join(QLatin1Char(',')), QStringLiteral("at 300,back to 290,at 290,at 295,at 600,back to 0,at 0"));
        QTRY_VERIFY_WITH_TIMEOUT(m_transport->now() == start, 20'000);
        // Playing goes on from where it was jumped to.
        player.play();
        player.jumpTo(start + 100s);
        m_clock.advance(2s);
        QCOMPARE(second(), 102);
    }

    // It is told before the transport is moved: whoever keeps objects by version is gone by then.
    void backIsToldFirst()
    {
        Player &player = open(start + 100s);
        bool hasMoved = true;
        connect(&player, &Player::wentBack, this, [&] {
            // Long enough for its thread.
            hasMoved = QTest::qWaitFor([&] { return m_transport->now() != start + 100s; }, 200);
        });
        player.jumpTo(start + 50s);
        QVERIFY(!hasMoved);
        QTRY_VERIFY_WITH_TIMEOUT(m_transport->now() == start + 50s, 20'000);
    }

    // A session's clock is that of the moment: it stands while nobody plays, whatever Date says.
    void sessionClockGoesAlong()
    {
        Player &player = open(start + 7s);
        auto clock = std::make_unique<SystemClock>();
        QVERIFY(clock->now() > end + 24h);
        player.setSessionClock(clock.get());
        QVERIFY(clock->now() == start + 7s);
        clock->correct(start + 300s);
        QVERIFY(clock->now() == start + 7s);
        player.jumpTo(start + 50s);
        QVERIFY(clock->now() == start + 50s);
        player.play();
        m_clock.advance(1s);
        QVERIFY(clock->now() == start + 51s);
        SystemClock next; // of the session that begins anew
        player.setSessionClock(&next);
        QVERIFY(next.now() == start + 51s);
        m_clock.advance(1s);
        QVERIFY(next.now() == start + 52s && clock->now() == start + 51s);
        player.setSessionClock(clock.get());
        clock.reset();
        m_clock.advance(1s); // nobody's
        QCOMPARE(second(), 53);
    }

    void stepsFromChangeToChange()
    {
        ActivityFeed feed(path(), m_dispatcher, m_pool);
        Player &player = open();
        player.stepChange(Step::Next); // leads nowhere
        player.setActivity(&feed);
        player.stepChange(Step::Next); // it is not read yet
        feed.start();
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ActivityFeed::Phase::Ready, 20'000);
        QVERIFY(player.now() == start);
        player.play();
        player.stepChange(Step::Next);
        QVERIFY(!player.isPlaying());
        QTRY_COMPARE_WITH_TIMEOUT(second(), 10, 20'000);
        // Keys that come faster than answers.
        for (int i = 0; i < 11; ++i)
            player.stepChange(Step::Next);
        QTRY_COMPARE_WITH_TIMEOUT(second(), 110, 20'000); // one of them is the failure's at 105 s
        player.stepChange(Step::Previous);
        QTRY_COMPARE_WITH_TIMEOUT(second(), 105, 20'000);
        // The other way means the other way.
        player.stepChange(Step::Next);
        player.stepChange(Step::Next);
        player.stepChange(Step::Previous);
        QTRY_COMPARE_WITH_TIMEOUT(second(), 100, 20'000);
        // A jump gives up what is on its way.
        player.stepChange(Step::Next);
        player.jumpTo(start + 355s);
        player.stepChange(Step::Next);
        QTRY_COMPARE_WITH_TIMEOUT(second(), 360, 20'000);
        player.toEnd();
        player.stepChange(Step::Next);
        player.stepChange(Step::Previous);
        QTRY_COMPARE_WITH_TIMEOUT(second(), 590, 20'000);
    }

    // A key that is held down does not run on for long once it is let go.
    void stepsThatWaitAreBounded()
    {
        ActivityFeed feed(path(), m_dispatcher, m_pool);
        Player &player = open();
        player.setActivity(&feed);
        feed.start();
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ActivityFeed::Phase::Ready, 20'000);
        for (int i = 0; i < Player::mostSteps + 5; ++i)
            player.stepChange(Step::Next);
        QTRY_COMPARE_WITH_TIMEOUT(second(), 190, 20'000); // the twentieth change: one each 10 s, and one at 105 s
        QVERIFY(!QTest::qWaitFor([&] { return second() != 190; }, 200));
    }

    void warningsAreNoFailures()
    {
        const std::string place = m_folder.filePath(QStringLiteral("warned.flrec")).toStdString();
        Recorder recorder(good(Writer::create(place, platform::File::Existing::Replace, start, {{"context", "here"}})));
        const auto stream = good(recorder.addResource({"", "v1", "events"}, "Event", true, start));
        recorder.beginList(stream);
        good(recorder.addPage(stream, test::tableText({}, "1"), start));
        good(recorder.endList(stream, start));
        std::string warning =
            "{},'type':'Warning','reason':'BackOff','message':'again','involvedObject':{'kind':'Pod','namespace':'shop','name':'web'}";
        std::replace(warning.begin(), warning.end(), '\'', '"');
        const test::RowText row{.name = "web.1", .space = "shop", .uid = "e", .version = "2", .spec = warning};
        good(recorder.addEvent(stream, test::eventText("ADDED", row), start + 50s));
        good(recorder.close());
        ActivityFeed feed(place, m_dispatcher, m_pool);
        m_transport = std::make_unique<ReplayTransport>(good(Reader::open(place)), start);
        Player player(*m_transport, m_clock);
        player.setActivity(&feed);
        feed.start();
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ActivityFeed::Phase::Ready, 20'000);
        QCOMPARE(feed.activity()->marks.size(), std::size_t(1));
        QVERIFY(feed.activity()->marks.front().weight == recording::ActivityMark::Weight::Warning);
        player.stepFailure(Step::Next);
        QVERIFY(player.now() == start);
    }

    void stepsFromFailureToFailure()
    {
        ActivityFeed feed(path(), m_dispatcher, m_pool);
        Player &player = open();
        player.setActivity(&feed);
        player.stepFailure(Step::Next);
        QVERIFY(player.now() == start);
        feed.start();
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ActivityFeed::Phase::Ready, 20'000);
        player.stepFailure(Step::Previous);
        QCOMPARE(second(), 0);
        for (const int wanted : {105, 205, 305, 305}) {
            player.stepFailure(Step::Next);
            QCOMPARE(second(), wanted);
        }
        player.stepFailure(Step::Previous);
        QCOMPARE(second(), 205);
        // It goes on playing; and who goes back twice is not held by the one that was just reached.
        player.setSpeed(10);
        player.play();
        player.stepFailure(Step::Next);
        m_clock.advance(1s);
        QVERIFY(player.isPlaying());
        QCOMPARE(second(), 315);
        player.stepFailure(Step::Previous);
        QCOMPARE(second(), 205);
        player.stepFailure(Step::Next);
        m_clock.advance(3s);
        player.stepFailure(Step::Previous);
        QCOMPARE(second(), 305);
    }

    void whatHappenedIsRead()
    {
        ActivityFeed feed(path(), m_dispatcher, m_pool);
        QSignalSpy phases(&feed, &ActivityFeed::phaseChanged);
        QVERIFY(feed.phase() == ActivityFeed::Phase::Idle && !feed.activity());
        feed.lookAt(start + 25s); // is remembered
        feed.start();
        feed.start();
        QVERIFY(feed.phase() == ActivityFeed::Phase::Reading);
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ActivityFeed::Phase::Ready, 20'000);
        QCOMPARE(phases.size(), 2);
        QCOMPARE(feed.activity()->changes(), std::uint64_t(63));
        QCOMPARE(feed.activity()->marks.size(), std::size_t(3));
        QTRY_VERIFY_WITH_TIMEOUT(feed.change(), 20'000);
        QVERIFY(feed.change()->name == "pod-2" && feed.change()->number == 2);
        // Of many, the last one counts.
        QSignalSpy found(&feed, &ActivityFeed::changeFound);
        for (int i = 3; i <= 60; ++i)
            feed.lookAt(start + i * 10s);
        QTRY_VERIFY_WITH_TIMEOUT(feed.change()->name == "pod-60", 20'000);
        QVERIFY(found.size() <= 3);
        feed.lookAt(start);
        QTRY_VERIFY_WITH_TIMEOUT(!feed.change(), 20'000);
    }

    void whatCannotBeReadIsSaidAndTriedAgain()
    {
        const std::string place = m_folder.filePath(QStringLiteral("b.flrec")).toStdString();
        ActivityFeed feed(place, m_dispatcher, m_pool);
        feed.start();
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ActivityFeed::Phase::Failed, 20'000);
        QVERIFY(feed.error()->code == Code::NotFound && !feed.activity());
        QVERIFY(QFile::copy(QString::fromStdString(path()), QString::fromStdString(place)));
        feed.start();
        QVERIFY(!feed.error());
        QTRY_VERIFY_WITH_TIMEOUT(feed.phase() == ActivityFeed::Phase::Ready, 20'000);
    }

    // It may die while it is read, and while something is looked for.
    void diesInTheMiddle()
    {
        for (int i = 0; i < 20; ++i) {
            auto feed = std::make_unique<ActivityFeed>(path(), m_dispatcher, m_pool);
            feed->start();
            if (i % 2 == 0) {
                QTRY_VERIFY_WITH_TIMEOUT(feed->phase() == ActivityFeed::Phase::Ready, 20'000);
                feed->lookAt(start + 100s);
                Player &player = open();
                player.setActivity(feed.get());
                player.stepChange(Step::Next);
            }
            feed.reset();
        }
        m_pool.waitForDone();
        QCoreApplication::sendPostedEvents();
    }
};

QTEST_GUILESS_MAIN(PlaybackTest)
#include "tst_playback.moc"
