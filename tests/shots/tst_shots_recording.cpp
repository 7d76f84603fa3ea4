// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the two lines that a window has while it shows a recording, in each state, written to shots/ beside this program, and what must be
// true of them.
#include "support/barworld.h"
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"

#include "ui/recording/recordingnotice.h"
#include "ui/recording/timebar.h"
#include "ui/recording/timetrack.h"

#include <QApplication>
#include <QImage>
#include <QTest>
#include <QVBoxLayout>

namespace fairlead {

using namespace ui;
using test::barAt;

class TestShotsRecording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyState_data()
    {
        test::addShotRows("recording", {"playing", "begin", "end", "calm", "short", "loading", "failed"}, {QSize(1280, 125), QSize(1920, 125)},
            {1.0, 2.0}, [](bool dark, QSize size, double scale) { return scale > 1 && (dark || size.width() > 1280); });
    }
    void everyState();
};

void TestShotsRecording::everyState()
{
    QFETCH(const QString, state);
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    const Theme theme(dark ? Scheme::Dark : Scheme::Light);
    theme.applyTo(*qApp);
    QWidget both;
    auto *column = new QVBoxLayout(&both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *notice = new RecordingNotice(theme, 8);
    auto *bar = new TimeBar(theme);
    column->addWidget(notice);
    column->addWidget(bar);
    notice->offerLocalCluster(state != QLatin1String("calm"));

    Moment first = test::barFirst;
    Moment last = test::barLast;
    if (state == QLatin1String("short"))
        last = first + std::chrono::seconds(50);
    Moment now = barAt(95.1);
    if (state == QLatin1String("begin"))
        now = first;
    if (state == QLatin1String("end"))
        now = last;
    if (state == QLatin1String("short"))
        now = first + std::chrono::seconds(20);
    bar->setSpan(first, last);
    bar->setNow(now);
    bar->setSpeed(4);
    bar->setPlaying(state == QLatin1String("playing") || state == QLatin1String("loading"));
    BarFacts facts = test::barFacts();
    BarChange change = test::barChange();
    if (state == QLatin1String("calm")) {
        facts.marks.clear();
        change = {.number = 9, .kind = QStringLiteral("Node"), .space = {}, .name = QStringLiteral("node-1"), .what = QStringLiteral("modified")};
    }
    if (state == QLatin1String("short")) {
        facts.marks = {{first + std::chrono::seconds(30), BarMark::Weight::Failure, QStringLiteral("Pod a/b"), QStringLiteral("Failed"), 1}};
        facts.pieces.fill(0, 4096);
        for (const auto &[piece, changes] :
            {std::pair(200, 1), std::pair(900, 3), std::pair(1600, 1), std::pair(2460, 4), std::pair(2500, 1), std::pair(3900, 1)})
            facts.pieces[piece] = quint32(changes);
        facts.changes = 11;
        change.number = 4;
    }
    if (state == QLatin1String("end"))
        change.number = facts.changes;
    if (state == QLatin1String("failed"))
        bar->setFailed(QStringLiteral("shop-demo.flrec became shorter while it was open"));
    else if (state != QLatin1String("loading"))
        bar->setFacts(facts);
    if (state != QLatin1String("begin"))
        bar->setChange(change);

    (void)test::picture(both, size, scale);
    if (state == QLatin1String("end")) {
        bar->track().setFocus(Qt::TabFocusReason);
    }
    const QImage image = test::picture(both, size, scale);
    QVERIFY(image.save(test::shotsFolder().filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
    QCOMPARE(image.size(), size * scale);
    QCOMPARE(test::lookFaults(both).join(QLatin1Char('\n')), QString());
    QCOMPARE(test::contrastFaults(both, image).join(QLatin1Char('\n')), QString());
    QCOMPARE(notice->geometry(), QRect(0, 0, size.width(), 33));
    QCOMPARE(bar->geometry(), QRect(0, 33, size.width(), 92));
    if (scale > 1)
        return;

    const Tokens &t = theme.tokens();
    const TimeTrack &track = bar->track();
    const QPoint corner = track.mapTo(&both, QPoint(0, 0));
    const QRect marks(corner, QSize(size.width(), 20));
    const QRect bars(corner + QPoint(0, 20), QSize(size.width(), 18));
    const QColor past = mix(t.raised, t.accent, dark ? 0.62 : 0.55);
    const QColor coming = mix(t.raised, t.text, dark ? 0.28 : 0.22);
    const bool isThere = state != QLatin1String("loading") && state != QLatin1String("failed");
    // Bars: past before the handle, coming behind it, each four pixels of five.
    const int handle = track.xOf(now);
    const QRect before(bars.topLeft(), QSize(handle - 6, bars.height()));
    const QRect behind(bars.topLeft() + QPoint(handle + 6, 0), QSize(size.width() - handle - 6, bars.height()));
    QCOMPARE(test::pixels(image, before, past) > 20, isThere && state != QLatin1String("begin"));
    QCOMPARE(test::pixels(image, behind, coming) > 20, isThere && state != QLatin1String("end"));
    QCOMPARE(test::pixels(image, before, coming), 0);
    QCOMPARE(test::pixels(image, behind, past), 0);
    const int filled = test::pixels(image, QRect(bars.bottomLeft(), QSize(size.width(), 1)), past) +
                       test::pixels(image, QRect(bars.bottomLeft(), QSize(size.width(), 1)), coming);
    if (isThere && state != QLatin1String("short"))
        QVERIFY2(std::abs(filled - (size.width() - 24) * 4 / 5) < 20, qPrintable(QString::number(filled)));
    // Marks in their colours; none lies over another.
    const bool hasMarks = isThere && state != QLatin1String("calm");
    QCOMPARE(test::pixels(image, marks, t.warn) > 200, hasMarks && state != QLatin1String("short"));
    QCOMPARE(test::pixels(image, marks, t.bad) > 5, hasMarks);
    for (qsizetype i = 1; i < track.spots().size(); ++i)
        QVERIFY(!track.spotRect(track.spots()[i]).intersects(track.spotRect(track.spots()[i - 1])));
    // The handle, always.
    QVERIFY(test::pixels(image, QRect(corner + QPoint(handle - 1, 12), QSize(2, 26)), t.accent) >= 50);
    // Contrast of what is drawn and no label.
    for (const QColor &ink : {t.muted, t.warn, t.bad})
        QVERIFY(contrast(ink, t.raised) >= (ink == t.muted ? 4.5 : 3));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsRecording>(argc, argv);
}

#include "tst_shots_recording.moc"
