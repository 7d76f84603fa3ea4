// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of the timeline costs with 10,000 runs, while it is panned and zoomed by keys. Prints figures; of a release build it asserts the
// bound too.
#include "support/jobsworld.h"
#include "support/offscreenmain.h"

#include "ui/jobs/timelineview.h"

#include <QApplication>
#include <QDateTime>
#include <QElapsedTimer>
#include <QImage>
#include <QPainter>
#include <QTest>

#include <algorithm>
#include <vector>

namespace fairlead {

using namespace ui;
using namespace std::chrono;

namespace {

constexpr double bound = 8; // milliseconds a frame
const jobs::Moment now = jobs::Moment(seconds(1'795'000'000));

std::string textOf(jobs::Moment at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count(), Qt::UTC).toString(Qt::ISODate).toStdString();
}

/// So many cron jobs with so many runs each, evenly over thirty days; every 17th failed, the last one of each runs.
void fill(jobs::JobTimeline &timeline, int lanes, int runs)
{
    std::vector<std::string> crons;
    std::vector<std::string> all;
    const auto step = milliseconds(hours(24 * 30)) / runs;
    for (int lane = 0; lane < lanes; ++lane) {
        const std::string name = "cron-" + std::to_string(lane);
        std::string cron = test::object(name, "", "`spec`:{`schedule`:`" + std::to_string(lane % 60) + " */2 * * *`}");
        cron.replace(cron.find("`u-"), 3, "`c-");
        crons.push_back(std::move(cron));
        for (int run = 0; run < runs; ++run) {
            const jobs::Moment start = now - step * (runs - run) + seconds(lane * 37);
            const jobs::Moment end = start + milliseconds(step.count() / 3 + lane * 1000);
            std::string status = "`startTime`:`" + textOf(start) + "`,";
            if (run + 1 == runs)
                status += "`active`:1";
            else if ((run + lane) % 17 == 0)
                status += "`failed`:3,`conditions`:[{`type`:`Failed`,`status`:`True`,`reason`:`BackoffLimitExceeded`,`lastTransitionTime`:`" +
                          textOf(end) + "`}]";
            else
                status += "`succeeded`:1,`completionTime`:`" + textOf(end) + "`,`conditions`:[{`type`:`Complete`,`status`:`True`}]";
            all.push_back(test::object(name + "-" + std::to_string(run), test::ownedBy(name), "`spec`:{`completions`:1},`status`:{" + status + "}"));
        }
    }
    kube::ChangeSet set;
    set.added = test::itemsOf("cronjobs.batch", crons);
    timeline.apply(jobs::JobTimeline::Part::CronJobs, set, now);
    set.added = test::itemsOf("jobs.batch", all);
    timeline.apply(jobs::JobTimeline::Part::Jobs, set, now);
}

} // namespace

class TimelineBench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void frames_data()
    {
        QTest::addColumn<int>("lanes");
        QTest::addColumn<int>("runs");
        QTest::newRow("1000 lanes x 10") << 1000 << 10;
        QTest::newRow("100 lanes x 100") << 100 << 100;
        QTest::newRow("20 lanes x 500, all seen") << 20 << 500;
    }
    void frames()
    {
        QFETCH(const int, lanes);
        QFETCH(const int, runs);
        jobs::JobTimeline timeline([](std::string_view) { return std::optional<std::string>(); });
        fill(timeline, lanes, runs);
        const Theme theme(Scheme::Dark);
        theme.applyTo(*qApp);
        TimelineView view(theme);
        view.setAttribute(Qt::WA_DontShowOnScreen);
        view.resize(1492, 734);
        view.show();
        view.setNow(now);
        QElapsedTimer timer;
        timer.start();
        view.setTimeline(&timeline);
        const double built = double(timer.nsecsElapsed()) / 1e6;
        QImage frame(view.size(), QImage::Format_RGB32);
        for (const milliseconds span : {milliseconds(hours(24 * 30)), milliseconds(hours(24)), milliseconds(hours(5))}) {
            view.setSpan(span);
            view.goToNow();
            std::vector<double> took;
            const auto one = [&](Qt::Key key) {
                timer.start();
                QTest::sendKeyEvent(QTest::Click, &view, key, QString(), Qt::NoModifier);
                view.render(&frame);
                took.push_back(double(timer.nsecsElapsed()) / 1e6);
            };
            for (int i = 0; i < 20; ++i)
                one(i < 10 ? Qt::Key_PageUp : Qt::Key_PageDown);
            for (int i = 0; i < 20; ++i)
                one(i < 10 ? Qt::Key_Plus : Qt::Key_Minus);
            std::sort(took.begin(), took.end());
            qInfo("%d lanes, %d runs, %lld h seen: key to painted frame %d x %d: median %.2f ms, worst %.2f ms (rows built in %.1f ms)", lanes,
                lanes * runs, static_cast<long long>(span / hours(1)), frame.width(), frame.height(), took[took.size() / 2], took.back(), built);
            QCOMPARE(view.laneCount(), std::size_t(lanes));
#ifdef NDEBUG
            QVERIFY2(took[took.size() / 2] < bound, "slower than the bound");
#else
            Q_UNUSED(bound)
#endif
        }
    }
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TimelineBench>(argc, argv);
}

#include "tst_bench_timeline.moc"
