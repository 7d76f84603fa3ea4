// SPDX-License-Identifier: GPL-3.0-or-later
// Counts by time: where a count falls, what is kept and what is not.
#include "overview/countseries.h"
#include "overview/valueseries.h"

#include <QTest>

#include <map>
#include <random>

namespace fairlead {

using namespace overview;
using namespace std::chrono_literals;

class TestOverviewSeries : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsFallIntoSteps();
    void severalStepsAreOne();
    void onlyTheNewestAreKept();
    void inAnyOrderAsByHand();
    void oneValueAStep();
};

void TestOverviewSeries::countsFallIntoSteps()
{
    CountSeries series(5min);
    const Moment at = *parseTime("2026-11-24T14:32:10Z");
    QCOMPARE(series.beginOf(at), *parseTime("2026-11-24T14:30:00Z"));
    QCOMPARE(series.beginOf(*parseTime("1969-12-31T23:59:59Z")), *parseTime("1969-12-31T23:55:00Z"));
    series.add(at, 3);
    series.add(*parseTime("2026-11-24T14:34:59.999Z"));
    series.add(*parseTime("2026-11-24T14:45:00Z"), 2);
    series.add(*parseTime("2026-11-24T14:20:00Z"));
    QCOMPARE(series.last(6, *parseTime("2026-11-24T14:47:00Z")), (std::vector<std::int64_t>{1, 0, 4, 0, 0, 2}));
    QCOMPARE(series.last(2, *parseTime("2026-11-24T14:52:00Z")), (std::vector<std::int64_t>{2, 0}));
    QCOMPARE(series.last(2, *parseTime("2026-11-24T10:00:00Z")), (std::vector<std::int64_t>{0, 0}));
}

// Begins of what is folded are the clock's, whenever one looks; so a bar does not change under way.
void TestOverviewSeries::severalStepsAreOne()
{
    CountSeries series(5min);
    series.add(*parseTime("2026-11-24T13:59:59Z"), 1);
    series.add(*parseTime("2026-11-24T14:00:00Z"), 2);
    series.add(*parseTime("2026-11-24T14:29:59Z"), 4);
    series.add(*parseTime("2026-11-24T14:30:00Z"), 8);
    QCOMPARE(series.beginOf(*parseTime("2026-11-24T14:32:10Z"), 3), *parseTime("2026-11-24T14:30:00Z"));
    for (const char *now : {"2026-11-24T14:30:00Z", "2026-11-24T14:37:00Z", "2026-11-24T14:44:59Z"})
        QCOMPARE(series.last(4, *parseTime(now), 3), (std::vector<std::int64_t>{1, 2, 4, 8}));
    QCOMPARE(series.last(3, *parseTime("2026-11-24T14:45:00Z"), 3), (std::vector<std::int64_t>{4, 8, 0}));
    QCOMPARE(series.last(2, *parseTime("2026-11-24T14:45:00Z"), 12), (std::vector<std::int64_t>{1, 14}));
}

void TestOverviewSeries::onlyTheNewestAreKept()
{
    CountSeries series(1min);
    const Moment begin = *parseTime("2026-11-24T00:00:00Z");
    for (int i = 0; i < 1200; ++i)
        series.add(begin + i * 1min);
    QCOMPARE(series.points(), CountSeries::mostPoints);
    const auto last = series.last(1200, begin + 1199min);
    QCOMPARE(std::count(last.begin(), last.end(), 1), std::ptrdiff_t(CountSeries::mostPoints));
    QCOMPARE(last.front(), std::int64_t(0));
    // Absurd times cost nothing.
    series.add(*parseTime("0001-01-01T00:00:00Z"));
    QCOMPARE(series.points(), CountSeries::mostPoints);
    series.add(*parseTime("9999-12-31T23:59:59Z"));
    QCOMPARE(series.points(), std::size_t(1));
}

void TestOverviewSeries::inAnyOrderAsByHand()
{
    std::mt19937 random(7);
    for (int round = 0; round < 200; ++round) {
        CountSeries series(1min);
        std::map<int, std::int64_t> byHand;
        const Moment begin = *parseTime("2026-11-24T00:00:00Z");
        for (int i = 0; i < 300; ++i) {
            const int minute = int(random() % 480); // all of it is kept
            series.add(begin + minute * 1min + std::chrono::seconds(random() % 60));
            ++byHand[minute];
        }
        const auto last = series.last(480, begin + 479min);
        for (int minute = 0; minute < 480; ++minute)
            QCOMPARE(last[std::size_t(minute)], byHand[minute]);
    }
}

void TestOverviewSeries::oneValueAStep()
{
    ValueSeries series(1min);
    const Moment begin = *parseTime("2026-11-24T00:00:00Z");
    series.put(begin, 1);
    series.put(begin + 30s, 2);
    series.put(begin + 65s, 3);
    QCOMPARE(series.points().size(), std::size_t(2));
    QCOMPARE(series.points().front(), (ValueSeries::Point{begin, 2}));
    QCOMPARE(series.points().back(), (ValueSeries::Point{begin + 60s, 3}));
    for (int i = 2; i < 700; ++i)
        series.put(begin + i * 1min, i);
    QCOMPARE(series.points().size(), CountSeries::mostPoints);
    QCOMPARE(series.points().back().value, 699.0);
}

} // namespace fairlead

QTEST_APPLESS_MAIN(fairlead::TestOverviewSeries)
#include "tst_overview_series.moc"
