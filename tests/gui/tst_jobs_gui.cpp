// SPDX-License-Identifier: GPL-3.0-or-later
// The page of jobs as a person uses it: lanes, the path from run to run, zoom, chips, what is chosen, and its states.
#include "support/jobsworld.h"
#include "support/objectworld.h"

#include "ui/jobs/jobspage.h"
#include "ui/jobs/runcockpit.h"
#include "ui/jobs/timelineview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/segmentedswitch.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

namespace fairlead {

using namespace ui;
using test::answer;
using test::object;

namespace {

const char *const cronJobs = "/apis/batch/v1/cronjobs";
const char *const allJobs = "/apis/batch/v1/jobs";
const char *const pods = "/api/v1/pods";

class NoClusters : public contexts::Clusters {
public:
    Reply<contexts::ContextList> read() override { return answered<contexts::ContextList>(contexts::ContextList()); }
    Reply<contexts::ContextList> look(const std::string &) override { return read(); }
    void setAddedFiles(std::vector<std::string>) override {}
    Reply<contexts::OpenClusterPtr> open(const std::string &) override
    {
        return answered<contexts::OpenClusterPtr>(failure({.code = Code::NotFound, .message = "none"}));
    }
};

std::string run(const std::string &name, const std::string &owner, const std::string &status)
{
    return object(name, owner.empty() ? "" : test::ownedBy(owner), "`spec`:{`completions`:1,`backoffLimit`:6},`status`:{" + status + "}");
}
std::string ended(const char *start, const char *end, bool well = true)
{
    const std::string times = std::string("`startTime`:`2026-11-24T") + start + "Z`,";
    if (well)
        return times + "`completionTime`:`2026-11-24T" + end + "Z`,`succeeded`:1,`conditions`:[{`type`:`Complete`,`status`:`True`}]";
    return times + "`failed`:7,`conditions`:[{`type`:`Failed`,`status`:`True`,`reason`:`BackoffLimitExceeded`,`lastTransitionTime`:`2026-11-24T" +
           end + "Z`}]";
}

/// The page at 2026-11-24T14:40Z: a cron job that went well twice and runs, one whose last run failed, a job that stands alone.
struct Bench {
    Bench()
        : theme(Scheme::Light)
        , settings(QString())
        , context{theme, settings, clusters, world.cluster(), kube::Scope::all()}
    {
        theme.applyTo(*qApp);
    }
    void serve(const char *path, const std::vector<std::string> &objects)
    {
        world.server().on(net::Verb::List, path, answer(test::tableText(objects)));
        world.server().on(net::Verb::Watch, path, test::held());
    }
    void serveAll()
    {
        std::string hourly = object("hourly", "", "`spec`:{`schedule`:`*/10 * * * *`}");
        std::string nightly = object("nightly", "", "`spec`:{`schedule`:`0 3 * * *`}");
        for (std::string *const each : {&hourly, &nightly})
            each->replace(each->find("`u-"), 3, "`c-");
        serve(cronJobs, {hourly, nightly});
        serve(allJobs, {run("hourly-1", "hourly", ended("14:10:00", "14:14:00")), run("hourly-2", "hourly", ended("14:20:00", "14:26:00")),
                           run("hourly-3", "hourly", "`startTime`:`2026-11-24T14:38:00Z`,`active`:1,`ready`:1"),
                           run("nightly-1", "nightly", ended("14:05:00", "14:15:00", false)), run("alone", "", ended("14:30:00", "14:31:00"))});
        serve(pods, {});
    }
    JobsPage &show(const Destination &destination = {})
    {
        page = std::make_unique<JobsPage>(context, destination);
        page->resize(1068, 706);
        page->show();
        page->activateWindow();
        QApplication::setActiveWindow(page.get());
        settle();
        return *page;
    }
    void settle()
    {
        world.settle();
        QCoreApplication::processEvents();
        world.settle();
    }
    [[nodiscard]] TimelineView &view() const { return *page->findChild<TimelineView *>(); }
    [[nodiscard]] RunCockpit &cockpit() const { return *page->findChild<RunCockpit *>(); }
    [[nodiscard]] QString chosen() const { return view().chosenRun() ? QString::fromStdString(view().chosenRun()->name) : QString(); }

    Theme theme;
    Settings settings;
    NoClusters clusters;
    test::ObjectWorld world;
    PageContext context;
    std::unique_ptr<JobsPage> page;
};

} // namespace

class JobsGuiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lanes()
    {
        Bench bench;
        bench.serveAll();
        JobsPage &page = bench.show();
        QVERIFY(page.isComplete());
        QVERIFY(!page.failure());
        QVERIFY(bench.view().isVisible());
        QVERIFY(!bench.cockpit().isVisible());
        QCOMPARE(bench.view().laneCount(), std::size_t(3));
        const QString text = bench.view().plainText();
        QVERIFY2(text.contains(QStringLiteral("hourly, in ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("  hourly-3: running. ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("  nightly-1: failed, BackoffLimitExceeded after 7 failed tries. ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("alone, by hand")), qPrintable(text));
        page.grab().save(QStringLiteral("shots/jobs-content.png"));
    }

    void keyboardPath()
    {
        Bench bench;
        bench.serveAll();
        bench.show();
        TimelineView &view = bench.view();
        view.setFocus();
        const QSignalSpy told(&view, &TimelineView::chosenChanged);
        QTest::keyClick(&view, Qt::Key_Down); // from nothing into the first lane
        QCOMPARE(bench.chosen(), QStringLiteral("alone"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(bench.chosen(), QStringLiteral("hourly-3")); // its last run
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(bench.chosen(), QStringLiteral("hourly-2"));
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(bench.chosen(), QStringLiteral("hourly-1"));
        QTest::keyClick(&view, Qt::Key_Left); // there is none before it
        QCOMPARE(bench.chosen(), QStringLiteral("hourly-1"));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(bench.chosen(), QStringLiteral("hourly-3"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(bench.chosen(), QStringLiteral("nightly-1"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(bench.chosen(), QStringLiteral("nightly-1"));
        QVERIFY(told.count() >= 7);
        QVERIFY2(view.accessibleDescription().contains(QStringLiteral("nightly-1: failed, BackoffLimitExceeded")),
            qPrintable(view.accessibleDescription()));
        QVERIFY(bench.cockpit().isVisible());
        QVERIFY2(
            bench.cockpit().lines().contains(QStringLiteral("0% of 1 runs succeeded")), qPrintable(bench.cockpit().lines().join(QLatin1Char('|'))));
        QCOMPARE(bench.page->destination().select, std::string("nightly-1"));
    }

    void zoomAndPan()
    {
        Bench bench;
        bench.serveAll();
        bench.show();
        TimelineView &view = bench.view();
        QCOMPARE(view.span(), std::chrono::milliseconds(std::chrono::hours(1)));
        QVERIFY(view.follows());
        QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(view.span(), std::chrono::milliseconds(std::chrono::minutes(48)));
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&view, Qt::Key_Minus);
        QCOMPARE(view.span(), std::chrono::milliseconds(std::chrono::hours(24 * 30)));
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(view.span(), std::chrono::milliseconds(std::chrono::minutes(5)));
        QTest::keyClick(&view, Qt::Key_PageUp);
        QVERIFY(!view.follows());
        QTest::keyClick(&view, Qt::Key_N);
        QVERIFY(view.follows());
        auto *const presets = bench.page->findChild<SegmentedSwitch *>();
        QTest::mouseClick(presets->part(3), Qt::LeftButton);
        QCOMPARE(view.span(), std::chrono::milliseconds(std::chrono::hours(24)));
    }

    void clicks()
    {
        Bench bench;
        bench.serveAll();
        bench.show();
        TimelineView &view = bench.view();
        // An hour is 848 px, now stands at 74 % of it: hourly-2 began 20 minutes ago.
        const int lane = timeline::axis + timeline::strip + timeline::heading + timeline::lane + timeline::lane / 2;
        const int width = view.viewport()->width() - timeline::laneColumn;
        const int x = timeline::laneColumn + int(width * (0.74 - 17.0 / 60));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(x, lane));
        QCOMPARE(bench.chosen(), QStringLiteral("hourly-2"));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(timeline::laneColumn + 20, lane));
        QCOMPARE(bench.chosen(), QString()); // the lane alone
        QVERIFY(view.chosenLane() && view.chosenLane()->name == "hourly");
        QVERIFY(!bench.cockpit().isVisible());
    }

    void chips()
    {
        Bench bench;
        bench.serveAll();
        bench.show();
        const QList<Chip *> chips = bench.page->findChildren<Chip *>();
        QCOMPARE(chips[0]->accessibleName(), QStringLiteral("Running 1"));
        QCOMPARE(chips[1]->accessibleName(), QStringLiteral("Failed 1"));
        chips[1]->click();
        QCOMPARE(bench.view().laneCount(), std::size_t(1));
        chips[0]->click();
        QCOMPARE(bench.view().laneCount(), std::size_t(2));
        chips[0]->click();
        chips[1]->click();
        QCOMPARE(bench.view().laneCount(), std::size_t(3));
    }

    void chosenFromOutside()
    {
        Bench bench;
        bench.serveAll();
        bench.show({.page = "jobs", .select = "hourly-1"});
        QCOMPARE(bench.chosen(), QStringLiteral("hourly-1"));
        QVERIFY(bench.cockpit().isVisible());
        bench.page->grab().save(QStringLiteral("shots/jobs-chosen.png"));
    }

    void empty()
    {
        Bench bench;
        for (const char *const path : {cronJobs, allJobs, pods})
            bench.serve(path, {});
        JobsPage &page = bench.show();
        QVERIFY(page.isComplete());
        QVERIFY(!page.failure());
        QVERIFY(!bench.view().isVisible());
        QVERIFY(page.findChild<MessagePanel *>()->isVisible());
    }

    void failed()
    {
        Bench bench;
        for (const char *const path : {cronJobs, allJobs, pods})
            bench.world.server().on(net::Verb::List, path, test::refusal(403, "Forbidden", "you may not list these"));
        JobsPage &page = bench.show();
        QVERIFY(page.failure());
        QCOMPARE(page.failure()->code, Code::Forbidden);
        QVERIFY(page.findChild<MessagePanel *>()->isVisible());
    }

    // Pods may not be read: the rest is told, and that it is not all.
    void partly()
    {
        Bench bench;
        bench.world.server().on(net::Verb::List, pods, test::refusal(403, "Forbidden", "you may not list pods"));
        bench.serveAll();
        bench.show();
        QCOMPARE(bench.view().laneCount(), std::size_t(3));
        QVERIFY(bench.page->findChild<Banner *>()->isVisible());
    }
};

} // namespace fairlead

QTEST_MAIN(fairlead::JobsGuiTest)
#include "tst_jobs_gui.moc"
