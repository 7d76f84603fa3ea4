// SPDX-License-Identifier: GPL-3.0-or-later
// The bar of a recording: what it shows of what it is told, and what it says that a person wants, by pointer, key and screen reader.
#include "playback/controls.h"
#include "support/barworld.h"
#include "support/lookasserts.h"
#include "support/offscreenmain.h"

#include "ui/recording/barwords.h"
#include "ui/recording/recordingnotice.h"
#include "ui/recording/timebar.h"
#include "ui/recording/timetrack.h"
#include "ui/widgets/button.h"
#include "ui/widgets/dropbutton.h"
#include "ui/widgets/mark.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/words.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <memory>

namespace fairlead {

using namespace ui;
using namespace std::chrono_literals;
using playback::Step;
using test::barAt;
using test::barFirst;
using test::barLast;

class TestTimeBar : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_bar.reset(); }

    void whatItSays();
    void whatItSaysWhileReading();
    void whatItSaysWhenItFailed();
    void changeHasLessWordsInLessRoom();
    void words_data();
    void words();
    void buttons();
    void buttonsThatLeadNowhere();
    void speeds();
    void keys_data();
    void keys();
    void aClickGoesThere();
    void aDragGoesWhereItIsLetGo();
    void aDragCanBeGivenUp();
    void aMarkLeadsToItsMoment();
    void tips();
    void hostileTextsAreShownLiterally();
    void barsAreTheChanges();
    void marksWithoutRoomAreTold();
    void ticks_data();
    void ticks();
    void oneMoment();
    void spoken();
    void spokenOnlyWhileNothingPlays();
    void notice();

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
    void fill()
    {
        m_bar->setFacts(test::barFacts());
        m_bar->setNow(barAt(95.1));
        m_bar->setChange(test::barChange());
    }
    [[nodiscard]] QPoint at(double minutes, int y = 30) const { return {track().xOf(barAt(minutes)), y}; }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<TimeBar> m_bar;
};

void TestTimeBar::init()
{
    m_theme = std::make_unique<Theme>(Scheme::Light);
    m_theme->applyTo(*qApp);
    m_bar = std::make_unique<TimeBar>(*m_theme);
    m_bar->setSpan(barFirst, barLast);
    m_bar->setNow(barFirst);
    (void)test::picture(*m_bar, {1280, TimeBar::tall});
}

void TestTimeBar::whatItSays()
{
    fill();
    QCOMPARE(m_bar->size(), QSize(1280, 92));
    QCOMPARE(
        said(), QStringLiteral("14:35:06|24 Nov 2026, UTC|1h00m08s of 1h29m14s|change 27,914 of 41,806: Pod cart-6f8d7b9c4d-t8zkp|failure 4 of 6"));
    m_bar->setNow(barAt(50));
    QVERIFY2(said().endsWith(QStringLiteral("|6 failures to come")), qPrintable(said()));
    m_bar->setChange({});
    QVERIFY2(said().contains(QStringLiteral("|before the first of 41,806 changes|")), qPrintable(said()));
    BarFacts calm = test::barFacts();
    calm.marks.clear();
    calm.changes = 0;
    m_bar->setFacts(calm);
    QVERIFY2(said().endsWith(QStringLiteral("|nothing changed|no failures")), qPrintable(said()));
    QVERIFY(!button(*m_bar, "Next failure")->isVisible());
    // What is not known is said.
    QVERIFY(!m_bar->words().contains(QStringLiteral("missing")));
    calm.damaged = 1;
    calm.marksLeftOut = 1200;
    m_bar->setFacts(calm);
    const QString missing =
        QStringLiteral("one part of the file could not be read, what happened in it is missing; 1,200 more warnings and failures are not shown");
    QVERIFY2(m_bar->words().endsWith(missing), qPrintable(m_bar->words()));
    const auto marks = m_bar->findChildren<Mark *>();
    QVERIFY(std::any_of(
        marks.begin(), marks.end(), [](const Mark *mark) { return mark->isVisible() && mark->toolTip().contains(QStringLiteral("1,200 more")); }));
    QCOMPARE(test::lookFaults(*m_bar).join(QLatin1Char('\n')), QString());
}

void TestTimeBar::whatItSaysWhileReading()
{
    QCOMPARE(said(), QStringLiteral("13:34:58|24 Nov 2026, UTC|0s of 1h29m14s|Reading what happened…"));
    QVERIFY(!button(*m_bar, "Next failure")->isVisible() && !button(*m_bar, "Try again")->isVisible());
    // What needs only the time works.
    QSignalSpy jumps(m_bar.get(), &TimeBar::jumpWanted);
    QTest::mouseClick(&track(), Qt::LeftButton, {}, at(80));
    QCOMPARE(jumps.size(), 1);
    QVERIFY(track().spots().isEmpty());
    // Again, after it was there.
    fill();
    m_bar->setReading();
    QVERIFY2(said().endsWith(QStringLiteral("|Reading what happened…")), qPrintable(said()));
    QVERIFY(track().spots().isEmpty());
}

void TestTimeBar::whatItSaysWhenItFailed()
{
    m_bar->setFailed(QStringLiteral("<b>the file</b> became shorter"));
    QVERIFY2(said().endsWith(QStringLiteral("|What happened could not be read: <b>the file</b> became shorter")), qPrintable(said()));
    QSignalSpy retries(m_bar.get(), &TimeBar::retryWanted);
    button(*m_bar, "Try again")->click();
    QCOMPARE(retries.size(), 1);
    m_bar->setReading();
    QVERIFY(!button(*m_bar, "Try again")->isVisible());
}

void TestTimeBar::changeHasLessWordsInLessRoom()
{
    fill();
    const QString whole = QStringLiteral("change 27,914 of 41,806: Pod shop/cart-6f8d7b9c4d-t8zkp, modified");
    QVERIFY(!said().contains(whole));
    (void)test::picture(*m_bar, {1920, TimeBar::tall});
    QVERIFY2(said().contains(whole), qPrintable(said()));
    (void)test::picture(*m_bar, {1280, TimeBar::tall});
    QVERIFY(!said().contains(whole));
    // Who cannot see it hears all of it.
    QVERIFY(m_bar->words().endsWith(whole));
}

void TestTimeBar::words_data()
{
    QTest::addColumn<QString>("is");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("nothing") << lengthText(0s) << "0s";
    QTest::newRow("before") << lengthText(-5s) << "0s";
    QTest::newRow("seconds") << lengthText(59s) << "59s";
    QTest::newRow("minutes") << lengthText(605s) << "10m05s";
    QTest::newRow("hours") << lengthText(3608s) << "1h00m08s";
    QTest::newRow("days") << lengthText(100h + 61s) << "100h01m01s";
    QTest::newRow("half") << speedText(0.5) << QString::fromUtf8("0.5×");
    QTest::newRow("sixty") << speedText(60) << QString::fromUtf8("60×");
    QTest::newRow("one failure") << failureText(0, 1) << "1 failure to come";
    QTest::newRow("all failures") << failureText(1204, 1204) << "failure 1,204 of 1,204";
    QTest::newRow("of no namespace")
        << changeText({.number = 1, .kind = QStringLiteral("Node"), .space = {}, .name = QStringLiteral("n"), .what = QStringLiteral("added")}, 2,
               ChangeWords::All)
        << "change 1 of 2: Node n, added";
    QTest::newRow("a name with places") << changeText({.number = 1,
                                                          .kind = QStringLiteral("%1"),
                                                          .space = QStringLiteral("%2"),
                                                          .name = QStringLiteral("%3"),
                                                          .what = QStringLiteral("added")},
                                               2, ChangeWords::All)
                                        << "change 1 of 2: %1 %2/%3, added";
    QTest::newRow("told once") << markText({barFirst, BarMark::Weight::Warning, QStringLiteral("Pod a/b"), QStringLiteral("BackOff"), 1})
                               << "13:34:58  BackOff: Pod a/b";
    QTest::newRow("told again") << markText({barFirst, BarMark::Weight::Warning, QStringLiteral("Pod a/b"), QStringLiteral("BackOff"), 1204})
                                << "13:34:58  BackOff: Pod a/b, told 1,204 times";
}

void TestTimeBar::words()
{
    QFETCH(const QString, is);
    QTEST(is, "wanted");
}

void TestTimeBar::buttons()
{
    fill();
    const auto presses = [this](const char *name, auto signal) {
        QSignalSpy spy(m_bar.get(), signal);
        QTest::mouseClick(button(*m_bar, name), Qt::LeftButton);
        return spy.size();
    };
    QCOMPARE(presses("To the beginning", &TimeBar::beginWanted), 1);
    QCOMPARE(presses("To the end", &TimeBar::endWanted), 1);
    QCOMPARE(presses("Play", &TimeBar::playToggled), 1);
    m_bar->setPlaying(true);
    QCOMPARE(presses("Pause", &TimeBar::playToggled), 1);
    QVERIFY(button(*m_bar, "Pause")->toolTip().contains(QStringLiteral("Pause")));
    m_bar->setPlaying(false);
    QVERIFY(button(*m_bar, "Play"));
    QSignalSpy failures(m_bar.get(), &TimeBar::failureWanted);
    QTest::mouseClick(button(*m_bar, "Next failure"), Qt::LeftButton);
    QTest::mouseClick(button(*m_bar, "Previous failure"), Qt::LeftButton);
    QCOMPARE(failures.size(), 2);
    QVERIFY(failures[0][0].value<Step>() == Step::Next && failures[1][0].value<Step>() == Step::Previous);
}

void TestTimeBar::buttonsThatLeadNowhere()
{
    fill();
    const auto enabled = [this] {
        QString all;
        for (const char *name : {"To the beginning", "Previous failure", "Next failure", "To the end"})
            all += button(*m_bar, name)->isEnabled() ? QLatin1Char('+') : QLatin1Char('-');
        return all;
    };
    QCOMPARE(enabled(), QStringLiteral("++++"));
    m_bar->setNow(barFirst);
    QCOMPARE(enabled(), QStringLiteral("--++"));
    m_bar->setNow(barLast);
    QCOMPARE(enabled(), QStringLiteral("++--"));
    m_bar->setNow(barAt(61.6)); // at the first one
    QCOMPARE(enabled(), QStringLiteral("+-++"));
}

void TestTimeBar::speeds()
{
    m_bar->setSpeed(4);
    auto *drop = button<DropButton>(*m_bar, "Speed 4×");
    QStringList names;
    QStringList chosen;
    for (const QAction *action : drop->menu()->actions()) {
        names << action->text();
        if (action->isChecked())
            chosen << action->text();
    }
    QCOMPARE(names.join(QLatin1Char(' ')), QString::fromUtf8("0.5× 1× 2× 4× 10× 30× 60×"));
    QCOMPARE(chosen, QStringList(QString::fromUtf8("4×")));
    QSignalSpy wanted(m_bar.get(), &TimeBar::speedWanted);
    drop->menu()->actions().at(5)->trigger();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].toDouble(), 30.0);
}

void TestTimeBar::keys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<bool>("shift");
    QTest::addColumn<QString>("wanted");
    QTest::newRow("space") << int(Qt::Key_Space) << false << "play";
    QTest::newRow("left") << int(Qt::Key_Left) << false << "change 0";
    QTest::newRow("right") << int(Qt::Key_Right) << false << "change 1";
    QTest::newRow("shift left") << int(Qt::Key_Left) << true << "skip -10000";
    QTest::newRow("shift right") << int(Qt::Key_Right) << true << "skip 10000";
    QTest::newRow("home") << int(Qt::Key_Home) << false << "begin";
    QTest::newRow("end") << int(Qt::Key_End) << false << "end";
    QTest::newRow("page up") << int(Qt::Key_PageUp) << false << "failure 0";
    QTest::newRow("page down") << int(Qt::Key_PageDown) << false << "failure 1";
    QTest::newRow("another") << int(Qt::Key_A) << false << "";
    QTest::newRow("with shift") << int(Qt::Key_Home) << true << "";
}

void TestTimeBar::keys()
{
    QFETCH(const int, key);
    QFETCH(const bool, shift);
    QStringList all;
    connect(m_bar.get(), &TimeBar::playToggled, this, [&] { all << QStringLiteral("play"); });
    connect(m_bar.get(), &TimeBar::beginWanted, this, [&] { all << QStringLiteral("begin"); });
    connect(m_bar.get(), &TimeBar::endWanted, this, [&] { all << QStringLiteral("end"); });
    connect(m_bar.get(), &TimeBar::changeWanted, this, [&](Step step) { all << QStringLiteral("change %1").arg(int(step)); });
    connect(m_bar.get(), &TimeBar::failureWanted, this, [&](Step step) { all << QStringLiteral("failure %1").arg(int(step)); });
    connect(m_bar.get(), &TimeBar::skipWanted, this, [&](std::chrono::milliseconds by) { all << QStringLiteral("skip %1").arg(by.count()); });
    fill();
    track().setFocus();
    QTest::keyClick(&track(), Qt::Key(key), shift ? Qt::ShiftModifier : Qt::NoModifier);
    QTEST(all.join(QLatin1Char(',')), "wanted");
}

void TestTimeBar::aClickGoesThere()
{
    fill();
    QSignalSpy jumps(m_bar.get(), &TimeBar::jumpWanted);
    QTest::mouseClick(&track(), Qt::LeftButton, {}, at(60, 45));
    QCOMPARE(jumps.size(), 1);
    const Moment to = jumps[0][0].value<Moment>();
    QVERIFY(to > barAt(60) - 5s && to < barAt(60) + 5s); // a pixel is 4 s
    QTest::mouseClick(&track(), Qt::RightButton, {}, at(70));
    QCOMPARE(jumps.size(), 1);
    // The margins belong to the ends.
    QTest::mouseClick(&track(), Qt::LeftButton, {}, {2, 30});
    QTest::mouseClick(&track(), Qt::LeftButton, {}, {1279, 30});
    QVERIFY(jumps[1][0].value<Moment>() == barFirst && jumps[2][0].value<Moment>() == barLast);
    // Who presses the handle and lets it go does not go anywhere.
    QTest::mouseClick(&track(), Qt::LeftButton, {}, track().handleRect().center() + QPoint(3, 0));
    QCOMPARE(jumps.size(), 3);
}

void TestTimeBar::aDragGoesWhereItIsLetGo()
{
    fill();
    QSignalSpy jumps(m_bar.get(), &TimeBar::jumpWanted);
    const QPoint held = track().handleRect().center() + QPoint(3, 0);
    QTest::mousePress(&track(), Qt::LeftButton, {}, held);
    QTest::mouseMove(&track(), held - QPoint(100, 0));
    QVERIFY(track().isDragged());
    QCOMPARE(track().handleRect().center().x(), held.x() - 103);
    // The words go along, nothing else does.
    QVERIFY2(!said().contains(QStringLiteral("14:35:06")), qPrintable(said()));
    QVERIFY2(said().contains(momentText(track().shown())), qPrintable(said()));
    QVERIFY2(!said().contains(QStringLiteral("change ")), qPrintable(said()));
    QVERIFY(jumps.isEmpty());
    m_bar->setNow(barAt(95.2)); // it goes on playing meanwhile
    QCOMPARE(track().handleRect().center().x(), held.x() - 103);
    QTest::mouseMove(&track(), {-50, 30});
    QVERIFY(track().shown() == barFirst);
    QTest::mouseMove(&track(), held + QPoint(50, 0));
    QTest::mouseRelease(&track(), Qt::LeftButton, {}, held + QPoint(50, 0));
    QCOMPARE(jumps.size(), 1);
    const Moment to = jumps[0][0].value<Moment>();
    QVERIFY(std::abs(track().xOf(to) - (held.x() + 47)) <= 1);
    QVERIFY(!track().isDragged());
}

void TestTimeBar::aDragCanBeGivenUp()
{
    fill();
    QSignalSpy jumps(m_bar.get(), &TimeBar::jumpWanted);
    QTest::mousePress(&track(), Qt::LeftButton, {}, at(60));
    QVERIFY(track().isDragged());
    QTest::keyClick(&track(), Qt::Key_Escape);
    QVERIFY(!track().isDragged());
    QVERIFY2(said().startsWith(QStringLiteral("14:35:06|")), qPrintable(said()));
    QVERIFY2(said().contains(QStringLiteral("change 27,914")), qPrintable(said()));
    QTest::mouseRelease(&track(), Qt::LeftButton, {}, at(60));
    QVERIFY(jumps.isEmpty());
}

void TestTimeBar::aMarkLeadsToItsMoment()
{
    fill();
    QSignalSpy jumps(m_bar.get(), &TimeBar::jumpWanted);
    QTest::mouseClick(&track(), Qt::LeftButton, {}, at(72.3, 12) + QPoint(4, 2));
    QCOMPARE(jumps.size(), 1);
    QVERIFY(jumps[0][0].value<Moment>() == barAt(72.3));
    // Below it a press means the place.
    QTest::mouseClick(&track(), Qt::LeftButton, {}, at(72.3, 30) + QPoint(4, 2));
    QVERIFY(jumps[1][0].value<Moment>() != barAt(72.3));
}

void TestTimeBar::tips()
{
    QCOMPARE(track().tipAt(at(60)), momentText(track().momentAt(at(60).x()))); // while it is read
    fill();
    QCOMPARE(track().tipAt(at(61.6, 12)), QStringLiteral("14:01:36  CrashLoopBackOff, container cart: Pod shop/cart-6f8d7b9c4d-t8zkp"));
    QCOMPARE(track().tipAt(at(44, 12)),
        QStringLiteral("13:44:00  Unhealthy, Readiness probe failed: HTTP 503: Pod shop/web-5b6c7d8e9f-4kq2z, told 4 times"));
    QVERIFY2(track().tipAt(at(60)).contains(QStringLiteral(" changes in 21s")), qPrintable(track().tipAt(at(60))));
    QCOMPARE(track().tipAt({3, 30}), QString());
}

void TestTimeBar::hostileTextsAreShownLiterally()
{
    BarFacts facts = test::barFacts();
    facts.marks = {{barAt(60), BarMark::Weight::Failure, QStringLiteral("Pod a/<img src=x>"), QStringLiteral("<b>bold</b> & %1"), 1}};
    m_bar->setFacts(facts);
    m_bar->setChange(BarChange{1, QStringLiteral("<i>Kind</i>"), QStringLiteral("&amp;"), QStringLiteral("<u>name</u>"), QStringLiteral("added")});
    QVERIFY2(said().contains(QStringLiteral(": <i>Kind</i> &amp;/<u>name</u>, added")), qPrintable(said()));
    QHelpEvent help(QEvent::ToolTip, at(60, 12), track().mapToGlobal(at(60, 12)));
    QApplication::sendEvent(&track(), &help);
    QVERIFY2(QToolTip::text().contains(QStringLiteral("&lt;b&gt;bold&lt;/b&gt; &amp; %1")), qPrintable(QToolTip::text()));
    QVERIFY2(QToolTip::text().contains(QStringLiteral("&lt;img")), qPrintable(QToolTip::text()));
    QToolTip::hideText();
}

void TestTimeBar::barsAreTheChanges()
{
    BarFacts facts;
    facts.pieces.fill(0, 1000);
    facts.pieces[0] = 100; // all of its first bar
    facts.pieces[500] = 25;
    facts.changes = 125;
    m_bar->setFacts(facts);
    QList<int> expected(251, 0);
    expected[0] = 18;
    expected[125] = 9; // a quarter of the changes, half of the height
    QCOMPARE(track().barHeights(), expected);
    // Another width, the same changes.
    (void)test::picture(*m_bar, {1920, TimeBar::tall});
    QCOMPARE(track().barHeights().size(), 379);
    QCOMPARE(track().barHeights()[0], 18);
}

void TestTimeBar::marksWithoutRoomAreTold()
{
    const auto xOf = [](Moment at) { return int(at.time_since_epoch() / 1s); };
    const auto mark = [](int second, BarMark::Weight weight) {
        return BarMark{Moment(std::chrono::seconds(second)), weight, QStringLiteral("o"), QString::number(second), 1};
    };
    using Weight = BarMark::Weight;
    const QList<BarMark> marks = {mark(0, Weight::Warning), mark(5, Weight::Failure), mark(12, Weight::Failure), mark(19, Weight::Failure),
        mark(24, Weight::Warning), mark(32, Weight::Warning), mark(100, Weight::Warning)};
    QStringList words;
    for (const MarkSpot &spot : markSpots(marks, xOf, 13)) {
        QStringList told;
        for (const qsizetype each : spot.marks)
            told << marks[each].words;
        words << QStringLiteral("%1%2: %3")
                     .arg(spot.x)
                     .arg(spot.weight == Weight::Failure ? QLatin1Char('x') : QLatin1Char('!'))
                     .arg(told.join(QLatin1Char('+')));
    }
    QCOMPARE(words.join(QLatin1Char(' ')), QStringLiteral("5x: 0+5+12 19x: 19+24 32!: 32 100!: 100"));
    // Many of them: the tip ends.
    BarFacts facts = test::barFacts();
    facts.marks.clear();
    for (int i = 0; i < 100; ++i)
        facts.marks.append({barAt(60) + i * 10ms, Weight::Failure, QStringLiteral("Pod a/b"), QStringLiteral("Failed"), 1});
    m_bar->setFacts(facts);
    QCOMPARE(track().spots().size(), 1);
    const QStringList lines = track().tipAt(at(60, 12)).split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 7);
    QCOMPARE(lines.last(), QStringLiteral("and 94 more"));
}

void TestTimeBar::ticks_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("some");
    QTest::newRow("seconds") << qint64(20) << "13:35:00,13:35:05,13:35:10,13:35:15";
    QTest::newRow("ten minutes") << qint64(600) << "13:35,13:36,13:37,13:38,13:39,13:40,13:41,13:42,13:43,13:44";
    QTest::newRow("the picture's") << qint64(5354) << "13:45,14:00,14:15,14:30,14:45,15:00";
    QTest::newRow("a day") << qint64(86'400) << "15:00,18:00,21:00,25 Nov,03:00,06:00,09:00,12:00";
    QTest::newRow("nothing") << qint64(0) << "";
}

void TestTimeBar::ticks()
{
    QFETCH(const qint64, seconds);
    QStringList all;
    for (const AxisTick &tick : axisTicks(barFirst, barFirst + std::chrono::seconds(seconds), 1256, 110))
        all << tick.text;
    QTEST(all.join(QLatin1Char(',')), "some");
    // Whatever a file says.
    QVERIFY(axisTicks(Moment(), Moment(std::chrono::milliseconds(253'402'300'799'999)), 1256, 110).size() <= 12);
    QVERIFY(axisTicks(barFirst, barFirst + 1ms, 1256, 110).size() <= 1);
}

// A recording of one moment: nothing to play, nothing to divide by.
void TestTimeBar::oneMoment()
{
    m_bar->setSpan(barFirst, barFirst);
    BarFacts facts;
    facts.pieces = {5};
    facts.changes = 5;
    m_bar->setFacts(facts);
    QVERIFY(!button(*m_bar, "Play")->isEnabled());
    QSignalSpy jumps(m_bar.get(), &TimeBar::jumpWanted);
    QTest::mouseClick(&track(), Qt::LeftButton, {}, {600, 30});
    QVERIFY(jumps.isEmpty());
    QVERIFY(track().momentAt(600) == barFirst);
    QVERIFY2(said().contains(QStringLiteral("|0s of 0s|")), qPrintable(said()));
    (void)test::picture(*m_bar, {1280, TimeBar::tall});
}

void TestTimeBar::spoken()
{
    fill();
    QAccessibleInterface *const slider = QAccessible::queryAccessibleInterface(&track());
    QVERIFY(slider);
    QCOMPARE(slider->role(), QAccessible::Slider);
    QCOMPARE(slider->text(QAccessible::Name), QStringLiteral("Moment of the recording"));
    QCOMPARE(slider->text(QAccessible::Value),
        QStringLiteral("14:35:06, 24 Nov 2026, UTC, 1h00m08s of 1h29m14s, change 27,914 of 41,806: Pod shop/cart-6f8d7b9c4d-t8zkp, modified"));
    QVERIFY(!slider->text(QAccessible::Description).isEmpty());
    QAccessibleValueInterface *const value = slider->valueInterface();
    QVERIFY(value);
    QCOMPARE(value->currentValue().toDouble(), 3608.0);
    QCOMPARE(value->minimumValue().toDouble(), 0.0);
    QCOMPARE(value->maximumValue().toDouble(), 5354.0);
    QSignalSpy jumps(m_bar.get(), &TimeBar::jumpWanted);
    value->setCurrentValue(60.5);
    value->setCurrentValue(1e12);
    value->setCurrentValue(-5);
    value->setCurrentValue(QVariant(std::nan("")));
    QCOMPARE(jumps.size(), 3);
    QVERIFY(jumps[0][0].value<Moment>() == barFirst + 60500ms);
    QVERIFY(jumps[1][0].value<Moment>() == barLast && jumps[2][0].value<Moment>() == barFirst);
    QVERIFY(slider->state().focusable);
    QAccessibleInterface *const whole = QAccessible::queryAccessibleInterface(m_bar.get());
    QCOMPARE(whole->role(), QAccessible::ToolBar);
    QCOMPARE(test::lookFaults(*m_bar).join(QLatin1Char('\n')), QString()); // names of all that takes the focus
}

void TestTimeBar::spokenOnlyWhileNothingPlays()
{
    fill();
    QList<qint64> heard;
    connect(&track(), &TimeTrack::told, this, [&] { heard.append((track().now() - barFirst) / 1s); });
    m_bar->setNow(barFirst + 10s);
    m_bar->setPlaying(true);
    m_bar->setNow(barFirst + 11s);
    m_bar->setPlaying(false);
    m_bar->setNow(barFirst + 12s);
    m_bar->setNow(barFirst + 12s);
    QCOMPARE(heard, QList<qint64>({10, 12}));
}

void TestTimeBar::notice()
{
    RecordingNotice notice(*m_theme, 8);
    (void)test::picture(notice, {1280, RecordingNotice::tall});
    QCOMPARE(notice.height(), 33);
    QVERIFY(!button(notice, "Start a local test cluster")->isVisible());
    notice.offerLocalCluster(true);
    (void)test::picture(notice, {1280, RecordingNotice::tall});
    QSignalSpy opens(&notice, &RecordingNotice::openWanted);
    QSignalSpy starts(&notice, &RecordingNotice::localClusterWanted);
    QSignalSpy closes(&notice, &RecordingNotice::closed);
    QTest::mouseClick(button(notice, "Open your own cluster…"), Qt::LeftButton);
    QTest::mouseClick(button(notice, "Start a local test cluster"), Qt::LeftButton);
    QVERIFY(notice.isVisible());
    QTest::mouseClick(button(notice, "Hide this line"), Qt::LeftButton);
    QVERIFY(opens.size() == 1 && starts.size() == 1 && closes.size() == 1 && !notice.isVisible());
    QVERIFY(notice.accessibleName().startsWith(QStringLiteral("This is a recording of a real cluster. Ages")));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestTimeBar>(argc, argv);
}

#include "tst_timebar.moc"
