// SPDX-License-Identifier: GPL-3.0-or-later
// The bar of a recording put together with a player and with what happened, above a real file.
#include "playback/player.h"
#include "recording/recorder.h"
#include "support/barworld.h"
#include "support/fakeclock.h"
#include "support/good.h"
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/tabletext.h"

#include "ui/recording/playedbar.h"
#include "ui/recording/timebar.h"
#include "ui/recording/timetrack.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/plainlabel.h"

#include <QApplication>
#include <QFile>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace fairlead {

using namespace ui;
using namespace std::chrono_literals;
using test::barFirst;
using test::good;

class TestPlayedBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_theme = std::make_unique<Theme>(Scheme::Light);
        m_theme->applyTo(*qApp);
        m_bar = std::make_unique<TimeBar>(*m_theme);
        (void)test::picture(*m_bar, {1280, TimeBar::tall});
    }
    void cleanup() { m_bar.reset(); }

    void playedTogether();
    void whatCannotBeReadIsSaidAndTriedAgain();
    void factsAreThoseOfTheFile();

private:
    [[nodiscard]] TimeTrack &track() const { return m_bar->track(); }
    [[nodiscard]] QString said() const
    {
        QStringList all;
        for (const PlainLabel *label : m_bar->findChildren<PlainLabel *>()) {
            if (label->isVisibleTo(m_bar.get()))
                all << label->text();
        }
        return all.join(QLatin1Char('|'));
    }
    template<typename T = QAbstractButton>
    [[nodiscard]] T *button(const QWidget &of, const char *name) const
    {
        for (T *each : of.findChildren<T *>()) {
            if (each->accessibleName() == QString::fromUtf8(name))
                return each;
        }
        qFatal("no button %s", name);
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TimeBar> m_bar;
};

// What happened is read, and what is wanted is done.
void TestPlayedBar::playedTogether()
{
    QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a.flrec")).toStdString();
    {
        using namespace recording;
        Recorder recorder(good(Writer::create(path, platform::File::Existing::Replace, barFirst, {{"context", "here"}})));
        const auto stream = good(recorder.addResource({"", "v1", "pods"}, "Pod", true, barFirst));
        recorder.beginList(stream);
        good(recorder.addPage(stream, test::tableText({}, "1"), barFirst));
        good(recorder.endList(stream, barFirst));
        std::string failing = "{},'status':{'phase':'Failed','reason':'Evicted'}";
        std::replace(failing.begin(), failing.end(), '\'', '"');
        for (int i = 1; i <= 10; ++i) {
            const test::RowText row{
                .name = "pod-" + std::to_string(i), .space = "shop", .uid = "u", .version = std::to_string(i), .spec = i == 5 ? failing : "{}"};
            good(recorder.addEvent(stream, test::eventText("ADDED", row), barFirst + i * 10s));
        }
        good(recorder.close());
    }
    QThreadPool pool;
    Dispatcher dispatcher;
    test::FakeClock clock;
    recording::ReplayTransport transport(good(recording::Reader::open(path)), barFirst + 20s);
    playback::ActivityFeed feed(path, dispatcher, pool);
    auto player = std::make_unique<playback::Player>(transport, clock);
    player->setActivity(&feed);
    connectBar(*m_bar, *player, feed);
    QVERIFY2(said().startsWith(QStringLiteral("13:35:18|24 Nov 2026, UTC|20s of 1m40s|Reading")), qPrintable(said()));
    QStringList meanwhile; // what it says while the change at this moment is still looked up
    connect(&feed, &playback::ActivityFeed::phaseChanged, m_bar.get(), [&meanwhile, this] { meanwhile << said(); });
    feed.start();
    QTRY_VERIFY2_WITH_TIMEOUT(
        said().endsWith(QStringLiteral("|change 2 of 10: Pod shop/pod-2, added|1 failure to come")), qPrintable(said()), 20'000);
    QVERIFY(!meanwhile.isEmpty());
    QVERIFY2(meanwhile.filter(QStringLiteral("before the first")).isEmpty(), qPrintable(meanwhile.join(u'\n')));
    QVERIFY2(track().tipAt({track().xOf(barFirst + 50s), 12}) == QStringLiteral("13:35:48  Evicted: Pod shop/pod-5"),
        qPrintable(track().tipAt({track().xOf(barFirst + 50s), 12})));
    QTest::mouseClick(button(*m_bar, "Play"), Qt::LeftButton);
    clock.advance(3s);
    QVERIFY2(said().startsWith(QStringLiteral("13:35:21|")), qPrintable(said()));
    button<DropButton>(*m_bar, "Speed 1×")->menu()->actions().at(3)->trigger();
    clock.advance(1s);
    QVERIFY(button(*m_bar, "Speed 4×") && player->now() == barFirst + 27s);
    QTest::mouseClick(button(*m_bar, "Pause"), Qt::LeftButton);
    QVERIFY(!player->isPlaying());
    track().setFocus();
    QTest::keyClick(&track(), Qt::Key_Right);
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("|change 3 of 10: Pod shop/pod-3, added|")), qPrintable(said()), 20'000);
    QTest::keyClick(&track(), Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(player->now() == barFirst + 40s);
    QTest::keyClick(&track(), Qt::Key_PageDown);
    QVERIFY(player->now() == barFirst + 50s);
    QVERIFY2(said().endsWith(QStringLiteral("|failure 1 of 1")), qPrintable(said()));
    QTest::mouseClick(button(*m_bar, "To the end"), Qt::LeftButton);
    QVERIFY(player->now() == barFirst + 100s);
    QTest::keyClick(&track(), Qt::Key_Home);
    QVERIFY(player->now() == barFirst);
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("|before the first of 10 changes|")), qPrintable(said()), 20'000);
    QTest::mouseClick(&track(), Qt::LeftButton, {}, {track().xOf(barFirst + 80s), 30});
    QVERIFY(std::abs((player->now() - barFirst - 80s) / 1ms) < 100);
    // Any of the three may go first.
    player.reset();
    QTest::keyClick(&track(), Qt::Key_Home);
    m_bar.reset();
    feed.lookAt(barFirst);
    pool.waitForDone();
    QCoreApplication::sendPostedEvents();
}

// The file is gone when what happened in it is read; then it is back.
void TestPlayedBar::whatCannotBeReadIsSaidAndTriedAgain()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.flrec"));
    const QString away = folder.filePath(QStringLiteral("away.flrec"));
    {
        using namespace recording;
        Recorder recorder(good(Writer::create(path.toStdString(), platform::File::Existing::Replace, barFirst, {{"context", "here"}})));
        const auto stream = good(recorder.addResource({"", "v1", "pods"}, "Pod", true, barFirst));
        recorder.beginList(stream);
        good(recorder.addPage(stream, test::tableText({}, "1"), barFirst));
        good(recorder.endList(stream, barFirst));
        good(recorder.addEvent(stream, test::eventText("ADDED", {.name = "web", .uid = "u"}), barFirst + 10s));
        good(recorder.close());
    }
    QThreadPool pool;
    Dispatcher dispatcher;
    test::FakeClock clock;
    recording::ReplayTransport transport(good(recording::Reader::open(path.toStdString())), barFirst + 10s);
    QVERIFY(QFile::rename(path, away));
    playback::ActivityFeed feed(path.toStdString(), dispatcher, pool);
    playback::Player player(transport, clock);
    player.setActivity(&feed);
    connectBar(*m_bar, player, feed);
    feed.start();
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("What happened could not be read: ")), qPrintable(said()), 20'000);
    QVERIFY2(said().contains(QStringLiteral("a.flrec")), qPrintable(said())); // and why
    QVERIFY(QFile::rename(away, path));
    QTest::mouseClick(button(*m_bar, "Try again"), Qt::LeftButton);
    QTRY_VERIFY2_WITH_TIMEOUT(said().contains(QStringLiteral("change 1 of 1: Pod team-a/web, added")), qPrintable(said()), 20'000);
    QVERIFY(!button(*m_bar, "Try again")->isVisibleTo(m_bar.get()));
    pool.waitForDone();
    m_bar.reset();
}

void TestPlayedBar::factsAreThoseOfTheFile()
{
    using recording::EventKind;
    const std::array words{
        std::pair(EventKind::Added, "added"), std::pair(EventKind::Modified, "modified"), std::pair(EventKind::Deleted, "deleted")};
    for (const auto &[what, word] : words)
        QCOMPARE(barChange({.number = 1, .time = barFirst, .what = what, .kind = "Pod", .space = {}, .name = "web"}).what, QLatin1String(word));
    recording::Activity activity;
    activity.pieces = {3, 4};
    activity.changesBefore = {0, 3, 7};
    activity.marksLeftOut = 5;
    activity.damaged = 2;
    const BarFacts facts = barFacts(activity);
    QCOMPARE(facts.pieces, (QList<quint32>{3, 4}));
    QCOMPARE(facts.changes, quint64(7));
    QCOMPARE(facts.marksLeftOut, quint64(5));
    QCOMPARE(facts.damaged, quint64(2));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestPlayedBar>(argc, argv);
}

#include "tst_playedbar.moc"
