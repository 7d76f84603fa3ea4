// SPDX-License-Identifier: GPL-3.0-or-later
// The page of jobs as a person uses it: lanes, the path from run to run, zoom, chips, what is chosen, and its states.
#include "support/jobsstage.h"

#include "ui/jobs/hovercard.h"
#include "ui/jobs/progresspane.h"
#include "ui/jobs/runlog.h"
#include "ui/jobs/runtable.h"
#include "ui/jobs/timelineaccessible.h"
#include "ui/jobs/triespane.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/tableview.h"

#include <QAbstractItemModelTester>
#include <QImage>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

namespace fairlead {

using namespace ui;
using namespace std::chrono;
using test::JobsStage;

namespace {

/// The row of a lane; the last where there is none.
std::size_t rowOf(const TimelineView &view, const char *lane)
{
    const auto &rows = view.rows().rows();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].lane && rows[i].lane->name == lane)
            return i;
    }
    return rows.size() - 1;
}

const jobs::Run &runOf(const TimelineView &view, const char *lane, const char *name)
{
    const auto &runs = view.rows().rows()[rowOf(view, lane)].lane->runs;
    const auto found = std::find_if(runs.begin(), runs.end(), [&](const jobs::Run &run) { return run.name == name; });
    return found == runs.end() ? runs.front() : *found;
}

QStringList headings(const TimelineView &view)
{
    QStringList out;
    for (const TimelineRow &row : view.rows().rows()) {
        if (!row.lane)
            out << row.heading;
    }
    return out;
}

/// All rows as texts, in order: what a table twin must be equal to.
QStringList rowsOf(const QAbstractItemModel &model)
{
    QStringList out;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList line;
        for (int column = 0; column < model.columnCount(); ++column)
            line << model.index(row, column).data().toString();
        out << line.join(QLatin1Char('|'));
    }
    return out;
}

} // namespace

class JobsGuiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lanes()
    {
        JobsStage stage;
        stage.serveSmall();
        JobsPage &page = stage.show();
        QVERIFY(page.isComplete());
        QVERIFY(!page.failure());
        QVERIFY(stage.view().isVisible());
        QVERIFY(!stage.cockpit().isVisible());
        QCOMPARE(stage.view().laneCount(), std::size_t(3));
        const QString text = stage.view().plainText();
        QVERIFY2(text.contains(QStringLiteral("hourly, team-a, every 10 min, in ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("  hourly-3: running. ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("  nightly-1: failed, BackoffLimitExceeded after 7 failed tries. ")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("alone, team-a, by hand")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("nightly, team-a, daily at 03:00, tomorrow 03:00")), qPrintable(text));
    }

    void keyboardPath()
    {
        JobsStage stage;
        stage.serveSmall();
        stage.show();
        TimelineView &view = stage.view();
        view.setFocus();
        const QSignalSpy told(&view, &TimelineView::chosenChanged);
        QTest::keyClick(&view, Qt::Key_Down); // from nothing into the first lane
        QCOMPARE(stage.chosen(), QStringLiteral("alone"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-3")); // its last run
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-2"));
        QTest::keyClick(&view, Qt::Key_Home);
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-1"));
        QTest::keyClick(&view, Qt::Key_Left); // there is none before it
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-1"));
        QTest::keyClick(&view, Qt::Key_End);
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-3"));
        QTest::keyClick(&view, Qt::Key_Right); // on into what comes due
        QCOMPARE(stage.chosen(), QString());
        QVERIFY(view.chosenComing());
        QVERIFY2(view.accessibleDescription().contains(QStringLiteral("hourly: due 14:50:00, in ")), qPrintable(view.accessibleDescription()));
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-3"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(stage.chosen(), QStringLiteral("nightly-1"));
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(stage.chosen(), QStringLiteral("nightly-1"));
        QVERIFY(told.count() >= 8);
        QVERIFY2(view.accessibleDescription().contains(QStringLiteral("nightly-1: failed, BackoffLimitExceeded")),
            qPrintable(view.accessibleDescription()));
        QVERIFY(stage.cockpit().isVisible());
        const QString lines = stage.cockpit().lines().join(QLatin1Char('|'));
        QVERIFY2(lines.contains(QStringLiteral("Succeeded 0% of 1 runs")), qPrintable(lines));
        QCOMPARE(stage.page->destination().select, std::string("nightly-1"));
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(stage.wanted.size(), std::size_t(1));
        QCOMPARE(stage.wanted[0].kind + "/" + stage.wanted[0].name, std::string("jobs.batch/nightly-1"));
    }

    void folding()
    {
        JobsStage stage;
        stage.serveRich();
        stage.show();
        TimelineView &view = stage.view();
        QCOMPARE(headings(view), QStringList({QStringLiteral("data"), QStringLiteral("ml"), QStringLiteral("platform"), QStringLiteral("shop")}));
        const std::size_t all = view.rows().rows().size();
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_F);
        QCOMPARE(view.rows().rows().size(), all - 4);
        QVERIFY(view.rows().rows()[0].folded);
        QVERIFY(view.rows().rows()[0].runs.size() >= 8); // their trace stays
        QCOMPARE(view.laneCount(), std::size_t(15));     // and they count
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(view.chosenLane() && view.chosenLane()->space == "ml");
        QTest::keyClick(&view, Qt::Key_Up); // a folded heading is a stop
        QVERIFY(!view.chosenLane());
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(view.rows().rows().size(), all);
        // By the pointer: on the heading.
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rowRect(0).center());
        QCOMPARE(view.rows().rows().size(), all - 4);
        // What is chosen from outside opens its group.
        view.choose("u-db-backup-1");
        QCOMPARE(view.rows().rows().size(), all);
        QCOMPARE(stage.chosen(), QStringLiteral("db-backup-1"));
    }

    void grouping()
    {
        JobsStage stage;
        stage.serveRich();
        stage.show();
        TimelineView &view = stage.view();
        view.setGrouping(TimelineView::Grouping::Owner);
        QCOMPARE(headings(view), QStringList({QStringLiteral("Cron jobs"), QStringLiteral("Jobs that nobody owns")}));
        view.setGrouping(TimelineView::Grouping::Node);
        QCOMPARE(headings(view), QStringList({QStringLiteral("node-a"), QStringLiteral("node-b"), QStringLiteral("No node is known")}));
        QCOMPARE(view.laneCount(), std::size_t(15)); // each once, however many rows it has
        const auto &rows = view.rows().rows();
        const auto first =
            std::find_if(rows.begin(), rows.end(), [](const TimelineRow &row) { return row.lane && row.lane->name == "nightly-report"; });
        QCOMPARE(first->group, std::string("1node-b")); // its pods bear no index
        QCOMPARE(first->runs.size(), std::size_t(1));
        QVERIFY(first->coming.empty());
    }

    void zoomAndPan()
    {
        JobsStage stage;
        stage.serveSmall();
        stage.show();
        TimelineView &view = stage.view();
        QCOMPARE(view.span(), milliseconds(hours(1)));
        QVERIFY(view.follows());
        QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(view.span(), milliseconds(minutes(48)));
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&view, Qt::Key_Minus);
        QCOMPARE(view.span(), milliseconds(hours(24 * 30)));
        for (int i = 0; i < 60; ++i)
            QTest::keyClick(&view, Qt::Key_Plus);
        QCOMPARE(view.span(), milliseconds(minutes(5)));
        QTest::keyClick(&view, Qt::Key_PageUp);
        QVERIFY(!view.follows());
        QTest::keyClick(&view, Qt::Key_N);
        QVERIFY(view.follows());
        for (SegmentedSwitch *const presets : stage.page->findChildren<SegmentedSwitch *>()) {
            if (presets->part(3))
                QTest::mouseClick(presets->part(3), Qt::LeftButton);
        }
        QCOMPARE(view.span(), milliseconds(hours(24)));
        // The moment under the pointer stays under it.
        QTest::keyClick(&view, Qt::Key_PageUp);
        const jobs::Moment under = view.scale().at(300);
        const QPointF at(timeline::laneColumn + 300, 200);
        QWheelEvent wheel(at, view.viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view.viewport(), &wheel);
        QVERIFY(view.span() < milliseconds(hours(24)));
        QVERIFY(qAbs((view.scale().at(300) - under).count()) < 2000);
        // Dragging moves time as far as the pointer.
        const jobs::Moment from = view.scale().from;
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, QPoint(600, 400));
        QMouseEvent move(QEvent::MouseMove, QPointF(500, 400), view.viewport()->mapToGlobal(QPointF(500, 400)), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(view.viewport(), &move);
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, QPoint(500, 400));
        const double wantedMove = 100.0 / view.scale().width * double(view.span().count());
        QVERIFY(qAbs(double((view.scale().from - from).count()) - wantedMove) < 2000);
    }

    void clicks()
    {
        JobsStage stage;
        stage.serveSmall();
        stage.show();
        TimelineView &view = stage.view();
        const std::size_t row = rowOf(view, "hourly");
        const QPoint on = view.runRect(row, runOf(view, "hourly", "hourly-2")).center();
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, on);
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-2"));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, QPoint(20, view.rowRect(row).center().y()));
        QCOMPARE(stage.chosen(), QString()); // the lane alone
        QVERIFY(view.chosenLane() && view.chosenLane()->name == "hourly");
        QVERIFY(!stage.cockpit().isVisible());
        QTest::mouseMove(view.viewport(), on);
        QMouseEvent move(QEvent::MouseMove, QPointF(on), view.viewport()->mapToGlobal(QPointF(on)), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(view.viewport(), &move);
        QVERIFY(view.card().isVisible());
        QCOMPARE(view.card().title(), QStringLiteral("hourly-2"));
        QVERIFY(view.viewport()->rect().contains(view.card().geometry()));
    }

    void chips()
    {
        JobsStage stage;
        stage.serveRich();
        stage.show();
        const QList<Chip *> chips = stage.page->findChildren<Chip *>();
        QCOMPARE(chips[0]->accessibleName(), QStringLiteral("Running 5"));
        QCOMPARE(chips[1]->accessibleName(), QStringLiteral("Failed 1"));      // whose last one did
        QCOMPARE(chips[2]->accessibleName(), QStringLiteral("Overlapping 2")); // Forbid that takes too long, Replace that is killed
        chips[2]->click();
        QCOMPARE(stage.view().laneCount(), std::size_t(2));
        chips[1]->click();
        QCOMPARE(stage.view().laneCount(), std::size_t(3));
        chips[1]->click();
        chips[2]->click();
        QCOMPARE(stage.view().laneCount(), std::size_t(15));
    }

    void forecastOnRows()
    {
        JobsStage stage;
        stage.serveRich();
        stage.show();
        TimelineView &view = stage.view();
        view.setSpan(hours(5));
        using Outcome = jobs::ComingRun::Outcome;
        const auto has = [&](const char *lane, Outcome outcome) {
            const auto &coming = view.rows().rows()[rowOf(view, lane)].coming;
            return std::any_of(coming.begin(), coming.end(), [&](const jobs::ComingRun &run) { return run.outcome == outcome; });
        };
        QVERIFY(has("cart-cleanup", Outcome::Starts));
        QVERIFY(has("stock-import", Outcome::Replaces));
        QVERIFY(has("etl-orders", Outcome::Late));
        QVERIFY(!has("smoke-test", Outcome::Starts)); // suspended
        QVERIFY(view.strip().hottest());
        QCOMPARE(view.strip().hottest()->at, sys_seconds(floor<seconds>(test::at("2026-11-24T15:00:00Z"))));
        QCOMPARE(view.strip().now(), 5);
        // Where nobody knows whether there was a run, it is hatched: every other time of etl-orders; of cert-check there is each.
        QVERIFY(!view.rows().rows()[rowOf(view, "etl-orders")].unknown.empty());
        const auto &known = view.rows().rows()[rowOf(view, "cert-check")].unknown;
        QVERIFY(std::none_of(known.begin(), known.end(), [](const jobs::Stretch &each) { return each.until > test::at("2026-11-24T10:00:00Z"); }));
    }

    void cockpit()
    {
        JobsStage stage;
        stage.serveRich();
        stage.show({.page = "jobs", .select = "thumbnail-reindex"});
        QVERIFY(stage.wait([&] { return stage.cockpit().isVisible() && !stage.cockpit().log().shownLines().isEmpty(); }));
        QCOMPARE(stage.cockpit().progress().progressWords(), QStringLiteral("412 of 600 succeeded, 8 active, 8 ready, 35 failed tries"));
        const TriesPane &tries = stage.cockpit().tries();
        QCOMPARE(tries.attempt()->pod, std::string("thumbnail-reindex-317-c")); // the last one that failed
        QCOMPARE(tries.stateOf(317, 318), TriesPane::Cell::Failed);
        QCOMPARE(tries.stateOf(414, 415), TriesPane::Cell::Runs);
        QCOMPARE(tries.stateOf(500, 501), TriesPane::Cell::Waits);
        QCOMPARE(tries.stateOf(5, 6), TriesPane::Cell::Done);
        QVERIFY2(tries.exits().contains(QStringLiteral("exit 42 × 1")), qPrintable(tries.exits().join(QLatin1Char('|'))));
        QCOMPARE(stage.cockpit().log().shownLines().last(), QStringLiteral("ERROR shard cannot succeed, exit 42"));
        QCOMPARE(stage.cockpit().log().words(), QString());
        // Another try by keyboard: its log is asked for, and is not there.
        stage.cockpit().tries().setFocus();
        QTest::keyClick(&stage.cockpit().tries(), Qt::Key_Left);
        QVERIFY(tries.attempt()->pod != "thumbnail-reindex-317-c");
    }

    void tenThousandIndexes_data()
    {
        QTest::addColumn<int>("indexes");
        for (const int count : {1, 7, 100, 600, 10'000, 100'000})
            QTest::addRow("%d", count) << count;
    }
    void tenThousandIndexes()
    {
        QFETCH(const int, indexes);
        const Theme theme(Scheme::Dark);
        TriesPane pane(theme);
        pane.resize(440, 236);
        jobs::Run run;
        run.uid = "u";
        run.indexed = true;
        run.completions = indexes;
        run.failedIndexes = *jobs::IndexSet::parse(std::to_string(indexes - 1));
        pane.show(run, {});
        const QImage image = pane.grab().toImage();
        int bad = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                bad += y > 30 && QColor(image.pixel(x, y)) == theme.tokens().bad ? 1 : 0;
        }
        QVERIFY(bad > 0); // the last one is seen, however many there are
        std::int64_t last = -1;
        for (int y = 0; y < pane.height(); ++y) {
            for (int x = 0; x < pane.width(); ++x)
                last = std::max(last, pane.indexAt(QPointF(x, y)));
        }
        QVERIFY2(last + pane.indexesACell() >= indexes, qPrintable(QString::number(last)));
    }

    void tableTwin()
    {
        JobsStage stage;
        stage.serveRich();
        JobsPage &page = stage.show();
        page.setView(JobsPage::View::Table);
        auto *const table = page.findChild<TableView *>();
        QVERIFY(table->isVisible() && !stage.view().isVisible());
        QVERIFY(table->model()->rowCount() > 100);
        const int row = page.table().rowOf("u-nightly-report-1");
        QVERIFY(row >= 0);
        QCOMPARE(page.table().index(row, RunTable::StateColumn).data().toString(), QStringLiteral("failed"));
        table->setCurrentIndex(page.table().index(row, RunTable::RunColumn));
        QCOMPARE(stage.chosen(), QStringLiteral("nightly-report-1"));
        QVERIFY(stage.cockpit().isVisible());
    }

    // Against a table that is made anew, with runs that come, go and change.
    void tableByLeastSteps()
    {
        QRandomGenerator random(7);
        RunTable table;
        const QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QSignalSpy resets(&table, &QAbstractItemModel::modelReset);
        const QSignalSpy inserted(&table, &QAbstractItemModel::rowsInserted);
        const jobs::Moment now = test::at("2026-11-24T14:40:00Z");
        std::vector<jobs::Lane> lanes(6);
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            lanes[i].space = i % 2 == 0 ? "a" : "b";
            lanes[i].name = "lane-" + std::to_string(i);
            lanes[i].uid = "l-" + std::to_string(i);
        }
        int made = 0;
        for (int round = 0; round < 400; ++round) {
            jobs::Lane &lane = lanes[random.bounded(quint32(lanes.size()))];
            const quint32 what = random.bounded(3U);
            if (what == 0 || lane.runs.empty()) {
                jobs::Run &run = lane.runs.emplace_back();
                run.space = lane.space;
                run.uid = "u-" + std::to_string(++made);
                run.name = "run-" + std::to_string(made);
                run.state = jobs::RunState::Running;
                run.start = now - minutes(random.bounded(1000U));
            } else if (what == 1) {
                lane.runs.erase(lane.runs.begin() + random.bounded(quint32(lane.runs.size())));
            } else {
                jobs::Run &run = lane.runs[random.bounded(quint32(lane.runs.size()))];
                run.state = jobs::RunState::Succeeded;
                run.end = now;
            }
            std::vector<const jobs::Lane *> shown;
            for (const jobs::Lane &each : lanes)
                shown.push_back(&each);
            table.show(shown, now);
            RunTable fresh;
            fresh.show(shown, now);
            QCOMPARE(rowsOf(table), rowsOf(fresh));
        }
        QCOMPARE(resets.count(), 0);
        QVERIFY(inserted.count() > 50 && inserted.count() < 400);
    }

    void exports()
    {
        JobsStage stage;
        stage.serveRich();
        JobsPage &page = stage.show();
        QTemporaryDir folder;
        page.exportTo(ExportForm::Png, folder.filePath(QStringLiteral("a.png")));
        const QImage image(folder.filePath(QStringLiteral("a.png")));
        QCOMPARE(image.height(), stage.view().wholeHeight()); // also what is scrolled away
        QVERIFY(stage.view().wholeHeight() > 500);
        page.exportTo(ExportForm::Svg, folder.filePath(QStringLiteral("a.svg")));
        QFile svg(folder.filePath(QStringLiteral("a.svg")));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        QXmlStreamReader reader(svg.readAll());
        int shapes = 0;
        QString described;
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement)
                continue;
            shapes += reader.name() == QLatin1String("rect") || reader.name() == QLatin1String("path") ? 1 : 0;
            if (reader.name() == QLatin1String("desc"))
                described = reader.readElementText();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(shapes > 300);
        QVERIFY(described.contains(QStringLiteral("nightly-report-1: failed")));
        page.exportTo(ExportForm::Csv, folder.filePath(QStringLiteral("a.csv")));
        QFile csv(folder.filePath(QStringLiteral("a.csv")));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(csv.readAll()).split(QStringLiteral("\r\n"));
        QCOMPARE(lines[0], QStringLiteral("Lane,Namespace,Run,State,Due,Started,Ended,Took,Tries,In words"));
        const QStringList failed = lines.filter(QStringLiteral("nightly-report-1,"));
        QCOMPARE(failed.size(), 1);
        QVERIFY2(failed[0].startsWith(QStringLiteral(
                     "nightly-report,data,nightly-report-1,failed,2026-11-24T13:00:00Z,2026-11-24T13:00:00Z,2026-11-24T13:48:00Z,48m,3,")),
            qPrintable(failed[0]));
        page.exportTo(ExportForm::Csv, folder.filePath(QStringLiteral("no/such/folder.csv")));
        QVERIFY2(page.statusText().startsWith(QStringLiteral("Not saved: ")), qPrintable(page.statusText()));
    }

    void spoken()
    {
        JobsStage stage;
        stage.serveSmall();
        stage.show();
        TimelineView &view = stage.view();
        view.setFocus();
        QAccessibleInterface *const tree = QAccessible::queryAccessibleInterface(&view);
        QVERIFY(tree);
        QCOMPARE(tree->role(), QAccessible::Tree);
        QCOMPARE(tree->childCount(), 4);
        QCOMPARE(tree->child(0)->text(QAccessible::Name), QStringLiteral("team-a, 2 cron jobs, 1 job"));
        QAccessibleInterface *const lane = tree->child(2);
        QVERIFY2(
            lane->text(QAccessible::Name).startsWith(QStringLiteral("hourly, team-a, every 10 min, in ")), qPrintable(lane->text(QAccessible::Name)));
        QCOMPARE(lane->childCount(), 3);
        QCOMPARE(lane->child(1)->text(QAccessible::Name), QStringLiteral("hourly-2: succeeded"));
        QCOMPARE(tree->indexOfChild(lane), 2);
        QCOMPARE(lane->indexOfChild(lane->child(1)), 1);
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Left);
        QAccessibleInterface *const now = tree->focusChild();
        QVERIFY(now);
        QCOMPARE(now->text(QAccessible::Name), QStringLiteral("hourly-2: succeeded"));
        QVERIFY(now->state().focused && now->state().selected);
        QVERIFY(!lane->child(0)->state().focused);
        QVERIFY(now->parent() == lane);
        QVERIFY(view.viewport()->rect().contains(view.viewport()->mapFromGlobal(now->rect().center())));
    }

    void chosenFromOutside()
    {
        JobsStage stage;
        stage.serveSmall();
        stage.show({.page = "jobs", .select = "hourly-1"});
        QCOMPARE(stage.chosen(), QStringLiteral("hourly-1"));
        QVERIFY(stage.cockpit().isVisible());
    }

    void empty()
    {
        JobsStage stage;
        for (const char *const path : {JobsStage::cronJobs, JobsStage::allJobs, JobsStage::pods})
            stage.serve(path, {});
        JobsPage &page = stage.show();
        QVERIFY(page.isComplete());
        QVERIFY(!page.failure());
        QVERIFY(!stage.view().isVisible());
        QVERIFY(page.findChild<MessagePanel *>()->isVisible());
    }

    void failed()
    {
        JobsStage stage;
        for (const char *const path : {JobsStage::cronJobs, JobsStage::allJobs, JobsStage::pods})
            stage.world.server().on(net::Verb::List, path, test::refusal(403, "Forbidden", "you may not list these"));
        JobsPage &page = stage.show();
        QVERIFY(page.failure());
        QCOMPARE(page.failure()->code, Code::Forbidden);
        QVERIFY(page.findChild<MessagePanel *>()->isVisible());
    }

    // Pods may not be read: the rest is told, and that it is not all.
    void partly()
    {
        JobsStage stage;
        stage.world.server().on(net::Verb::List, JobsStage::pods, test::refusal(403, "Forbidden", "you may not list pods"));
        stage.serveSmall();
        stage.show();
        QCOMPARE(stage.view().laneCount(), std::size_t(3));
        QVERIFY(stage.page->findChild<Banner *>()->isVisible());
    }
};

} // namespace fairlead

int main(int argc, char **argv)
{
    qputenv("TZ", "UTC"); // before any time is looked at
    QApplication application(argc, argv);
    fairlead::JobsGuiTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_jobs_gui.moc"
