// SPDX-License-Identifier: GPL-3.0-or-later
// The line about a recording that is being made: what it says and offers in each state.
#include "support/offscreenmain.h"
#include "ui/recording/recordbar.h"

#include "ui/widgets/button.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

namespace fairlead {

using namespace ui;
using namespace std::chrono_literals;
using Phase = RecordFacts::Phase;

class RecordBarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysHowItGoes();
    void saysHowItGoes_data();
    void offersWhatCanBeDone();
    void foreignNamesAreShownAsTheyAre();

private:
    [[nodiscard]] static RecordFacts facts()
    {
        RecordFacts facts;
        facts.phase = Phase::Running;
        facts.context = QStringLiteral("staging-eu");
        facts.file = QStringLiteral("/home/x/night.flrec");
        facts.listed = facts.kinds = 59;
        facts.rows = 1204;
        facts.changes = 310;
        facts.bytes = 1258291;
        facts.length = 65s;
        return facts;
    }
    [[nodiscard]] static QStringList buttons(const RecordBar &bar)
    {
        QStringList names;
        for (const auto *button : bar.findChildren<QAbstractButton *>()) {
            if (button->isVisible())
                names << button->accessibleName();
        }
        return names;
    }
    Theme m_theme{Scheme::Light};
};

void RecordBarTest::saysHowItGoes_data()
{
    QTest::addColumn<RecordFacts>("facts");
    QTest::addColumn<QString>("words");
    RecordFacts one = facts();
    QTest::newRow("running") << one << "Recording staging-eu. 59 kinds, 1,204 rows, 310 changes in 1m05s, 1.2 MiB";
    one.listed = 38;
    one.space = QStringLiteral("shop");
    one.unreadable = 14;
    one.refused = 1;
    QTest::newRow("all parts") << one
                               << "Recording staging-eu, namespace shop. 38 of 59 kinds, 1,204 rows, 310 changes in 1m05s, 1.2 MiB; 14 secrets made "
                                  "unreadable; 1 kind may not be read";
    one = facts();
    one.kinds = one.listed = one.rows = one.changes = one.lines = 1;
    QTest::newRow("one of each") << one << "Recording staging-eu. 1 kind, 1 row, 1 line of logs, 1 change in 1m05s, 1.2 MiB";
    one = facts();
    one.kinds = 0;
    QTest::newRow("at first") << one << "Recording staging-eu. The server is being asked what it offers.";
    one = facts();
    one.phase = Phase::Ending;
    QTest::newRow("ending") << one << "Recording staging-eu. night.flrec is being completed.";
    one.phase = Phase::Done;
    QTest::newRow("done") << one << "staging-eu was recorded. night.flrec: 59 kinds, 1,204 rows, 310 changes in 1m05s, 1.2 MiB";
    one.phase = Phase::Failed;
    one.why = QStringLiteral("the disk is full");
    QTest::newRow("not begun") << one << "staging-eu was not recorded. the disk is full";
    one.canOpen = true;
    QTest::newRow("cut") << one << "The recording of staging-eu ended early. the disk is full";
}

void RecordBarTest::saysHowItGoes()
{
    QFETCH(const RecordFacts, facts);
    QFETCH(const QString, words);
    RecordBar bar(m_theme);
    bar.say(facts);
    QCOMPARE(bar.words(), words);
    QCOMPARE(bar.accessibleName(), words);
    QCOMPARE(bar.height(), RecordBar::tall);
}

void RecordBarTest::offersWhatCanBeDone()
{
    RecordBar bar(m_theme);
    bar.resize(1280, RecordBar::tall);
    bar.show();
    RecordFacts one = facts();
    bar.say(one);
    QCOMPARE(buttons(bar), QStringList{QStringLiteral("Stop")});
    QSignalSpy stopped(&bar, &RecordBar::stopWanted);
    for (auto *button : bar.findChildren<QAbstractButton *>()) {
        if (button->isVisible())
            button->click();
    }
    QCOMPARE(stopped.size(), 1);
    one.phase = Phase::Ending;
    bar.say(one);
    QVERIFY(!bar.findChildren<Button *>().front()->isEnabled());
    one.phase = Phase::Done;
    one.canOpen = true;
    bar.say(one);
    QCOMPARE(buttons(bar), (QStringList{QStringLiteral("Open the recording"), QStringLiteral("Hide this line")}));
    one.phase = Phase::Failed;
    one.canOpen = false;
    bar.say(one);
    QCOMPARE(buttons(bar), QStringList{QStringLiteral("Hide this line")});
}

void RecordBarTest::foreignNamesAreShownAsTheyAre()
{
    RecordBar bar(m_theme);
    RecordFacts one = facts();
    one.context = QStringLiteral("<b>x</b> & y");
    bar.say(one);
    QVERIFY2(bar.words().startsWith(QStringLiteral("Recording <b>x</b> & y.")), qPrintable(bar.words()));
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::RecordBarTest>(argc, argv);
}

#include "tst_recordbar.moc"
