// SPDX-License-Identifier: GPL-3.0-or-later
// Where jobs may disturb services, as the page of jobs shows it: two tables, their states, what is live, where they lead.
#include "support/jobsstage.h"
#include "support/lookasserts.h"
#include "support/offscreenmain.h"

#include "ui/jobs/interferencetable.h"
#include "ui/jobs/interferenceview.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/messagepanel.h"
#include "ui/widgets/segmentedswitch.h"
#include "ui/widgets/tableview.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QTest>

namespace fairlead {

using namespace ui;
using test::JobsStage;

class InterferenceGuiTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothEvidencesAreThere()
    {
        JobsStage stage;
        serve(stage, true);
        JobsPage &page = stage.show({.page = "jobs", .view = "beside"});
        QVERIFY(page.isComplete());
        QVERIFY(!stage.view().isVisible());
        const TableView &shared = table(stage, "Used by jobs and services alike");
        QCOMPARE(row(shared, 0).mid(0, 5), QStringList({QStringLiteral("orders-db/url"), QStringLiteral("Secret, database"), QStringLiteral("shop"),
                                               QStringLiteral("2: export, report"), QStringLiteral("checkout")}));
        // By schedule, from the hour on in which it is read: 14:40.
        QVERIFY2(row(shared, 0)[6].startsWith(QStringLiteral("2 + 1 at 15:00")), qPrintable(row(shared, 0)[6]));
        const auto hours = shared.model()->index(0, 5).data(InterferenceTable::HoursRole).value<QList<int>>();
        QCOMPARE(hours.size(), 24);
        QCOMPARE(hours[1], 2);
        QCOMPARE(hours[2], 1);
        const TableView &crowded = table(stage, "Jobs without limits beside services");
        QCOMPARE(crowded.model()->rowCount(), 1);
        QCOMPARE(row(crowded, 0), QStringList({QStringLiteral("export-1-aaaaa"), QStringLiteral("shop"), QStringLiteral("CronJob export"),
                                      QStringLiteral("CPU, memory"), QStringLiteral("node-b"), QStringLiteral("1")}));
        (void)test::picture(page, {1068, 706});
        QCOMPARE(test::lookFaults(page).join(QLatin1Char('\n')), QString());
    }

    // A screen reader hears the hours that are painted.
    void hoursAreSpoken()
    {
        JobsStage stage;
        serve(stage, true);
        stage.show({.page = "jobs", .view = "beside"});
        TableView &shared = table(stage, "Used by jobs and services alike");
        auto *const spoken = QAccessible::queryAccessibleInterface(&shared)->tableInterface();
        QVERIFY2(spoken->cellAt(0, 5)->text(QAccessible::Name).contains(QStringLiteral("2 at 15:00, 1 at 16:00")),
            qPrintable(spoken->cellAt(0, 5)->text(QAccessible::Name)));
    }

    void rowsLeadToTheirObjects()
    {
        JobsStage stage;
        serve(stage, true);
        stage.show({.page = "jobs", .view = "beside"});
        TableView &shared = table(stage, "Used by jobs and services alike");
        shared.setFocus();
        shared.setCurrentIndex(shared.model()->index(0, 0));
        QTest::keyClick(&shared, Qt::Key_Return);
        QCOMPARE(stage.wanted.size(), std::size_t(1));
        QCOMPARE(stage.wanted[0].kind + "/" + stage.wanted[0].space + "/" + stage.wanted[0].name, std::string("secrets/shop/orders-db"));
        TableView &crowded = table(stage, "Jobs without limits beside services");
        crowded.setCurrentIndex(crowded.model()->index(0, 0));
        QTest::keyClick(&crowded, Qt::Key_Return);
        QCOMPARE(stage.wanted.back().kind + "/" + stage.wanted.back().name, std::string("pods/export-1-aaaaa"));
    }

    void apartIsOneCalmLine()
    {
        JobsStage stage;
        serve(stage, false);
        JobsPage &page = stage.show({.page = "jobs", .view = "beside"});
        QVERIFY2(said(page).contains(QStringLiteral("Jobs and services keep apart in this cluster")), qPrintable(said(page)));
        QVERIFY(!table(stage, "Used by jobs and services alike").isVisible());
    }

    // Only while somebody looks: it reads all pods.
    void itReadsOnlyWhileItIsShown()
    {
        JobsStage stage;
        serve(stage, true);
        JobsPage &page = stage.show({.page = "jobs"});
        QCOMPARE(asked(stage), 0);
        page.setView(JobsPage::View::Beside);
        QVERIFY(stage.wait([&] { return page.isComplete(); }));
        QVERIFY(asked(stage) > 0);
        QVERIFY(stage.world.server().open(deployments) > 0);
        page.setView(JobsPage::View::Timeline);
        QVERIFY(stage.view().isVisible());
        QCOMPARE(page.destination().view, std::string("timeline"));
        stage.world.settle();
        QCOMPARE(stage.world.server().open(deployments), 0); // it has let go
    }

    // The next page begins with what a person chose last; a link that names a view leaves that choice alone.
    void theViewChosenLastIsKept()
    {
        JobsStage stage;
        serve(stage, true);
        JobsPage &page = stage.show({.page = "jobs"});
        QCOMPARE(page.destination().view, std::string("timeline"));
        views(page).part(int(JobsPage::View::Beside))->click();
        QCOMPARE(page.destination().view, std::string("beside"));
        QCOMPARE(stage.show({.page = "jobs"}).destination().view, std::string("beside"));
        QCOMPARE(stage.show({.page = "jobs", .view = "table"}).destination().view, std::string("table"));
        QCOMPARE(stage.show({.page = "jobs"}).destination().view, std::string("beside"));
    }

    void whatIsMendedGoes()
    {
        JobsStage stage;
        serve(stage, true);
        JobsPage &page = stage.show({.page = "jobs", .view = "beside"});
        TableView &shared = table(stage, "Used by jobs and services alike");
        QCOMPARE(shared.model()->rowCount(), 1);
        const QAbstractItemModelTester tester(shared.model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        stage.world.server().push(modified(service("checkout", "")), deployments);
        QVERIFY(stage.wait([&] { return shared.model()->rowCount() == 0; }));
        QVERIFY(page.isComplete());
    }

    void refusedIsSaid()
    {
        JobsStage stage;
        stage.serveSmall();
        for (const char *path : {deployments, "/apis/apps/v1/statefulsets", "/apis/apps/v1/daemonsets", "/apis/apps/v1/replicasets",
                 "/api/v1/services", "/api/v1/replicationcontrollers"})
            stage.world.server().on(net::Verb::List, path, test::refusal(403, "Forbidden", "you may not"));
        JobsPage &page = stage.show({.page = "jobs", .view = "beside"});
        QVERIFY(page.isComplete());
        bool told = false;
        for (const Banner *banner : page.findChildren<Banner *>())
            told = told || (banner->isVisible() && banner->accessibleName().contains(QStringLiteral("Not all of it can be told")));
        QVERIFY(told);
    }

private:
    static constexpr const char *deployments = "/apis/apps/v1/deployments";

    static std::string service(const std::string &name, const std::string &secret) { return JobsStage::deployment("shop", name, entries(secret)); }
    static std::vector<std::string> entries(const std::string &secret)
    {
        return secret.empty() ? std::vector<std::string>() : std::vector<std::string>{JobsStage::fromKey("secret", secret, "url")};
    }
    // A service and two cron jobs on one secret, a run of one of them without limits on the service's node; or nothing of it.
    static void serve(JobsStage &stage, bool shared)
    {
        const std::string secret = shared ? "orders-db" : "";
        stage.serve(deployments, {service("checkout", secret)});
        stage.serve(JobsStage::cronJobs, {JobsStage::cronUsing("shop", "export", "0 * * * *", entries(secret)),
                                             JobsStage::cronUsing("shop", "report", "30 15 * * *", entries(secret))});
        stage.serve(JobsStage::allJobs, {JobsStage::job("shop", "export-1", "export", JobsStage::running(2))});
        stage.serve(JobsStage::pods, {JobsStage::unlimited("shop", "checkout-5d8f", "ReplicaSet", "checkout-5d8f-aaaaa", "node-b"),
                                         JobsStage::unlimited("shop", "export-1", "Job", "export-1-aaaaa", shared ? "node-b" : "node-c")});
        for (const char *path : {"/apis/apps/v1/statefulsets", "/apis/apps/v1/daemonsets", "/apis/apps/v1/replicasets", "/api/v1/services",
                 "/api/v1/replicationcontrollers"})
            stage.serve(path, {});
    }
    // A line of a watch.
    static std::string modified(const std::string &object)
    {
        const char quote = '"';
        return std::string("{") + quote + "type" + quote + ":" + quote + "MODIFIED" + quote + "," + quote + "object" + quote + ":" +
               test::tableText({object}) + "}\n";
    }
    static SegmentedSwitch &views(const JobsPage &page)
    {
        for (SegmentedSwitch *each : page.findChildren<SegmentedSwitch *>()) {
            if (each->accessibleName() == QLatin1String("How runs are shown"))
                return *each;
        }
        qFatal("no switch of views");
    }
    static TableView &table(JobsStage &stage, const char *name)
    {
        for (TableView *each : stage.page->findChildren<TableView *>()) {
            if (each->accessibleName() == QLatin1String(name))
                return *each;
        }
        qFatal("no table %s", name);
    }
    static QStringList row(const TableView &table, int row)
    {
        QStringList cells;
        for (int column = 0; column < table.model()->columnCount(); ++column)
            cells << table.model()->index(row, column).data().toString();
        return cells;
    }
    static QString said(const JobsPage &page)
    {
        QStringList all;
        for (const MessagePanel *panel : page.findChildren<MessagePanel *>()) {
            for (const QWidget *each : panel->findChildren<QWidget *>()) {
                if (each->isVisibleTo(&page) && !each->accessibleName().isEmpty())
                    all << each->accessibleName();
            }
        }
        return all.join(QLatin1Char('\n'));
    }
    static int asked(JobsStage &stage)
    {
        const auto all = stage.world.server().requests();
        return int(std::count_if(all.begin(), all.end(), [](const net::Request &request) { return request.path == deployments; }));
    }
};

} // namespace fairlead

int main(int argc, char **argv)
{
    return fairlead::test::offscreenMain<fairlead::InterferenceGuiTest>(argc, argv);
}

#include "tst_interference_gui.moc"
