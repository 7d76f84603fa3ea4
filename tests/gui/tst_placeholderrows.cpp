// SPDX-License-Identifier: GPL-3.0-or-later
// What stands where rows will: not before the delay is over, and as the rows will stand.
#include "support/lookasserts.h"
#include "support/offscreenmain.h"

#include "ui/widgets/placeholderrows.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

namespace fairlead {

using namespace ui;

class TestPlaceholderRows : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_theme.applyTo(*qApp); }
    void theyWait();
    void theyAreRowsOfOneOrTwoLines_data();
    void theyAreRowsOfOneOrTwoLines();

private:
    const Theme m_theme{Scheme::Light};
};

void TestPlaceholderRows::theyWait()
{
    PlaceholderRows rows(m_theme);
    rows.setAttribute(Qt::WA_DontShowOnScreen);
    rows.resize(600, 200);
    QSignalSpy shown(&rows, &PlaceholderRows::shown);
    rows.begin();
    QVERIFY(!rows.isVisible()); // what is quick does not flicker
    rows.end();
    QVERIFY(!shown.wait(PlaceholderRows::delay + 50));
    QElapsedTimer timer;
    timer.start();
    rows.begin();
    rows.begin(); // loading still: nothing begins anew
    QVERIFY(shown.wait());
    QVERIFY(timer.elapsed() >= PlaceholderRows::delay - 20);
    QVERIFY(rows.isVisible());
    rows.begin();
    QVERIFY(rows.isVisible());
    rows.end();
    QVERIFY(!rows.isVisible());
}

// One bar a line, at the pitch of the rows that will come.
void TestPlaceholderRows::theyAreRowsOfOneOrTwoLines_data()
{
    QTest::addColumn<bool>("twoLines");
    QTest::addColumn<QList<int>>("bars"); // where they begin
    QTest::newRow("one line") << false << QList<int>{8, 32, 56};
    QTest::newRow("two lines") << true << QList<int>{9, 24, 50, 65, 91, 106};
}

void TestPlaceholderRows::theyAreRowsOfOneOrTwoLines()
{
    QFETCH(const bool, twoLines);
    QFETCH(const QList<int>, bars);
    PlaceholderRows rows(m_theme);
    if (twoLines)
        rows.setTwoLines();
    const QImage image = test::picture(rows, {600, 200});
    const QRgb ground = m_theme.tokens().surface.rgb();
    QList<int> found;
    for (int y = 1; y < image.height(); ++y) {
        const auto isBar = [&](int line) { return image.pixel(230, line) != ground && image.pixel(203, line) == ground; }; // no hairline
        if (isBar(y) && !isBar(y - 1))
            found.append(y);
    }
    QCOMPARE(found.mid(0, bars.size()), bars);
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestPlaceholderRows>(argc, argv);
}

#include "tst_placeholderrows.moc"
