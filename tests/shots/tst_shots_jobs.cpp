// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the page of jobs in each of its states, written to shots/ beside this program, and what must be true of them.
#include "support/jobsstage.h"
#include "support/lookasserts.h"
#include "support/offscreenmain.h"
#include "support/shotrows.h"

#include "ui/jobs/hovercard.h"
#include "ui/jobs/runlog.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/placeholderrows.h"

#include <QImage>
#include <QSignalSpy>
#include <QTest>

namespace fairlead {

using namespace ui;
using namespace std::chrono;
using test::JobsStage;

namespace {

QRect laneOf(const TimelineView &view, const char *name)
{
    const auto &rows = view.rows().rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].lane && rows[i].lane->name == name)
            return view.rowRect(i);
    }
    return {};
}

} // namespace

class TestShotsJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyState_data()
    {
        test::addShotRows("jobs",
            {"timeline", "chosen", "failed-run", "hover", "nodes", "folded", "month", "table", "beside", "apart", "empty", "loading", "refused",
                "stale"},
            {QSize(1068, 706), QSize(1708, 1106)}, {1.0, 2.0},
            [](bool dark, QSize size, double scale) { return scale > 1 && (dark || size.width() > 1100); });
    }
    void everyState();
};

void TestShotsJobs::everyState()
{
    QFETCH(const QString, state);
    QFETCH(const bool, dark);
    QFETCH(const QSize, size);
    QFETCH(const double, scale);
    JobsStage stage(dark ? Scheme::Dark : Scheme::Light);
    const bool content = state != QLatin1String("empty") && state != QLatin1String("loading") && state != QLatin1String("refused");
    const bool beside = state == QLatin1String("beside") || state == QLatin1String("apart");
    if (beside) {
        stage.serveBeside(state == QLatin1String("beside"));
    } else if (content) {
        stage.serveRich();
    } else if (state == QLatin1String("empty")) {
        for (const char *const path : {JobsStage::cronJobs, JobsStage::allJobs, JobsStage::pods})
            stage.serve(path, {});
    } else if (state == QLatin1String("refused")) {
        for (const char *const path : {JobsStage::cronJobs, JobsStage::allJobs, JobsStage::pods})
            stage.world.server().on(net::Verb::List, path,
                test::refusal(403, "Forbidden", "jobs.batch is forbidden: User \\\"dev\\\" cannot list resource \\\"jobs\\\" at the cluster scope"));
    }
    if (state == QLatin1String("loading")) {
        stage.page = std::make_unique<JobsPage>(stage.context, Destination{.page = "jobs"});
        (void)test::picture(*stage.page, size);
        QSignalSpy shown(stage.page->findChild<PlaceholderRows *>(), &PlaceholderRows::shown);
        QVERIFY(!shown.isEmpty() || shown.wait());
    } else {
        stage.show({.page = "jobs", .view = beside ? "beside" : ""}, size);
        QVERIFY(stage.page->isComplete());
    }
    TimelineView &view = stage.view();
    view.setSpan(hours(5));
    view.setFocus();
    (void)test::picture(*stage.page, size, scale);
    if (state == QLatin1String("chosen"))
        view.choose("u-thumbnail-reindex");
    else if (state == QLatin1String("failed-run"))
        view.choose("u-nightly-report-1");
    else if (state == QLatin1String("nodes"))
        view.setGrouping(TimelineView::Grouping::Node);
    else if (state == QLatin1String("folded"))
        view.fold("data", true);
    else if (state == QLatin1String("month"))
        view.setSpan(hours(24 * 30));
    else if (state == QLatin1String("table"))
        stage.page->setView(JobsPage::View::Table);
    if (state == QLatin1String("chosen") || state == QLatin1String("failed-run"))
        QVERIFY(stage.wait([&] { return stage.cockpit().log().shownLines().size() > 3; }));
    if (state == QLatin1String("stale")) {
        stage.world.server().forget();
        for (const char *const path : {JobsStage::cronJobs, JobsStage::allJobs, JobsStage::pods}) {
            for (const net::Verb verb : {net::Verb::List, net::Verb::Watch})
                stage.world.server().on(verb, path, test::refusal(503, "ServiceUnavailable", "not now"));
            stage.world.server().breakWatch({.code = Code::Interrupted, .message = "the connection was lost"}, path);
        }
        QVERIFY(stage.wait([&] {
            const auto *banner = stage.page->findChild<Banner *>();
            return stage.page->freshness() && stage.page->freshness()->phase == kube::Phase::Stale && banner->isVisible() &&
                   banner->accessibleName().startsWith(QStringLiteral("No word"));
        }));
    }
    (void)test::picture(*stage.page, size, scale);
    if (state == QLatin1String("hover")) {
        const QRect lane = laneOf(view, "db-backup");
        const QPointF at(timeline::laneColumn + view.scale().x(view.now()) - 20, lane.center().y());
        QMouseEvent move(QEvent::MouseMove, at, view.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(view.viewport(), &move);
        QVERIFY(view.card().isVisible());
    }
    const QImage image = test::picture(*stage.page, size, scale);
    QVERIFY(image.save(test::shotsFolder().filePath(QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png"))));
    QCOMPARE(image.size(), size * scale);
    QCOMPARE(test::lookFaults(*stage.page).join(QLatin1Char('\n')), QString());
    QCOMPARE(test::contrastFaults(*stage.page, image).join(QLatin1Char('\n')), QString());
    if (scale > 1 || !content || beside || state == QLatin1String("table"))
        return;

    const Tokens &t = stage.theme.tokens();
    const QPoint origin = view.viewport()->mapTo(stage.page.get(), QPoint(0, 0));
    const QRect time(origin + QPoint(timeline::laneColumn, timeline::axis + timeline::strip),
        view.viewport()->size() - QSize(timeline::laneColumn, timeline::axis + timeline::strip));
    const int now = time.left() + int(std::lround(view.scale().x(view.now())));
    // Now is a line from the axis to the bottom, and behind it the ground is sunken.
    int line = 0;
    for (int x = now - 1; x <= now + 1; ++x)
        line = std::max(line, test::pixels(image, QRect(x, time.top(), 1, time.height()), t.text));
    if (state != QLatin1String("hover"))
        QVERIFY2(line > time.height() - 4 * timeline::heading - timeline::bar, qPrintable(QString::number(line)));
    QVERIFY(test::pixels(image, QRect(now + 2, time.top(), time.right() - now, time.height()), t.sunken) > 1000);
    QCOMPARE(test::pixels(image, QRect(time.left(), time.top(), now - 2 - time.left(), time.height()), t.sunken), 0);
    // Nothing of the runs stands in the lane column: marks are at its right only, names are text.
    const QRect names(origin + QPoint(14, timeline::axis + timeline::strip), QSize(100, time.height()));
    QCOMPARE(test::pixels(image, names, t.progress), 0);
    if (state == QLatin1String("stale")) {
        const QRect lanes(origin + QPoint(0, timeline::axis + timeline::strip), QSize(timeline::laneColumn, time.height()));
        const QRect strip(time.left(), origin.y() + timeline::axis, time.width(), timeline::strip);
        for (const QColor &colour : {t.bad, t.ok, t.warn})
            QCOMPARE(test::pixels(image, time, colour) + test::pixels(image, lanes, colour) + test::pixels(image, strip, colour), 0);
        return;
    }
    // Outcomes by colour: what went well, what failed, what runs.
    QVERIFY(test::pixels(image, time, t.bad) > 20);
    QVERIFY(test::pixels(image, time, t.progress) > 20);
    if (state == QLatin1String("timeline")) {
        // A failed run has its cross right of its bar, a skipped or replaced one the colour of a warning.
        QVERIFY(test::pixels(image, laneOf(view, "nightly-report").translated(origin).intersected(time), t.bad) > 30);
        if (const QRect lane = laneOf(view, "stock-import").translated(origin); time.contains(lane.adjusted(timeline::laneColumn, 0, 0, 0)))
            QVERIFY(test::pixels(image, lane.intersected(time), t.warn) > 10);
        // The axis' days and hours do not run into each other: text rows are as high as they were made.
        QCOMPARE(laneOf(view, "db-backup").height(), int(timeline::lane));
    }
}

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::TestShotsJobs>(argc, argv);
}

#include "tst_shots_jobs.moc"
