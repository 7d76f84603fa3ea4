// SPDX-License-Identifier: GPL-3.0-or-later
// Cells that tell a length of time, told again as of another moment; each as kubectl 1.34 shows it then.
#include "recording/timecolumns.h"

#include <QTest>

#include <algorithm>

using namespace fairlead;
using namespace fairlead::recording;

namespace {

const Moment now = parseTime("2026-11-30T12:10:00Z").value();

/// With ' for ", which moc 6.4 does not follow everywhere.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

Stream streamOf(const char *group, const char *resource)
{
    return {.kind = StreamKind::Resource, .names = {group, "v1", resource, "Kind"}, .flag = true};
}

std::string columnsOf(const QList<QByteArray> &names)
{
    std::string text = "[";
    for (const QByteArray &name : names)
        text += (text.size() > 1 ? "," : "") + std::string("{'name':'") + name.toStdString() + "','type':'string'}";
    return json(text + "]");
}

std::string pod(const char *initialized)
{
    return std::string("{'metadata':{'name':'p','creationTimestamp':'2026-11-30T12:00:00Z'},"
                       "'spec':{'initContainers':[{'name':'once'},{'name':'sidecar','restartPolicy':'Always'}]},"
                       "'status':{'conditions':[{'type':'Ready','status':'False'},{'type':'Initialized','status':'") +
           initialized +
           "'}],"
           "'initContainerStatuses':["
           "    {'name':'once','lastState':{'terminated':{'finishedAt':'2026-11-30T12:09:55Z'}}},"
           "    {'name':'sidecar','lastState':{'terminated':{'finishedAt':'2026-11-30T12:08:00Z'}}}],"
           "'containerStatuses':[{'name':'main','lastState':{'terminated':{'finishedAt':'2026-11-30T12:07:00Z'}}},{'name':'calm','lastState':{}}]}}";
}

} // namespace

class RecordingTimeColumnsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_data()
    {
        QTest::addColumn<QString>("group");
        QTest::addColumn<QString>("resource");
        QTest::addColumn<QString>("columns"); // with commas
        QTest::addColumn<QString>("object");
        QTest::addColumn<QString>("recorded");
        QTest::addColumn<QString>("told");
        const auto row = [](const char *name, const char *group, const char *resource, const char *columns, const std::string &object,
                             const char *recorded, const char *told) {
            QTest::newRow(name) << group << resource << columns << QString::fromStdString(object) << recorded << told;
        };
        const std::string plain = "{'metadata':{'creationTimestamp':'2026-11-30T12:00:00Z'}}";
        row("an age", "", "services", "Name,Age", plain, "['a','3s']", "['a','10m']");
        row("of a custom resource", "shop.example.com", "orders", "Name,Age", plain, "['a','3s']", "['a','10m']");
        row("not created", "", "services", "Name,Age", "{'metadata':{'creationTimestamp':null}}", "['a','<unknown>']", "['a','<unknown>']");
        row("no object", "", "services", "Name,Age", "", "['a','3s']", "['a','3s']");
        row("none of them", "", "services", "Name,Type", plain, "['a','b']", "['a','b']");
        row("fewer cells", "", "services", "Name,Age", plain, "['a']", "['a']");
        row("other cells as they stand", "", "services", "A,Age,B", plain, "[ {'x':[1]} ,  '3s', '\\u00e9' ]", "[ {'x':[1]} ,  '10m', '\\u00e9' ]");
        row("a cron job", "batch", "cronjobs", "Name,Active,Last Schedule,Age",
            "{'metadata':{'creationTimestamp':'2026-11-30T12:00:00Z'},'status':{'lastScheduleTime':'2026-11-30T12:09:00Z'}}", "['a',1,'0s','9m']",
            "['a',1,'60s','10m']");
        row("a cron job that has not run", "batch", "cronjobs", "Name,Last Schedule", "{'metadata':{},'status':{}}", "['a','<none>']",
            "['a','<none>']");
        row("a job that runs", "batch", "jobs", "Name,Duration", "{'status':{'startTime':'2026-11-30T12:08:30Z'}}", "['a','3s']", "['a','90s']");
        row("a job that has ended", "batch", "jobs", "Name,Duration",
            "{'status':{'startTime':'2026-11-30T12:08:30Z','completionTime':'2026-11-30T12:08:40Z'}}", "['a','10s']", "['a','10s']");
        row("a job that waits", "batch", "jobs", "Name,Duration", "{'status':{}}", "['a','']", "['a','']");
        row("somebody's own jobs", "ci.example.com", "jobs", "Name,Duration", "{'status':{'startTime':'2026-11-30T12:08:30Z'}}", "['a','3s']",
            "['a','3s']");
        row("restarts", "", "pods", "Name,Restarts,Age", pod("True"), "['a','14 (2s ago)','1m']", "['a','14 (2m ago)','10m']");
        row("restarts of init containers", "", "pods", "Name,Restarts,Age", pod("False"), "['a','3 (2s ago)','1m']", "['a','3 (5s ago)','10m']");
        row("no restarts", "", "pods", "Name,Restarts,Age", pod("True"), "['a','0','1m']", "['a','0','10m']");
        row("an event", "", "events", "Last Seen,Type,First Seen", "{'firstTimestamp':'2026-11-30T12:00:00Z','lastTimestamp':'2026-11-30T12:09:50Z'}",
            "['1s','Warning','1s']", "['10s','Warning','10m']");
        row("an event of the newer kind", "", "events", "Last Seen,First Seen",
            "{'firstTimestamp':null,'lastTimestamp':null,'eventTime':'2026-11-30T12:09:00.123456Z'}", "['1s','1s']", "['59s','59s']");
        row("a series", "events.k8s.io", "events", "Last Seen,First Seen",
            "{'deprecatedFirstTimestamp':null,'eventTime':'2026-11-30T12:00:00.000000Z','series':{'count':3,'lastObservedTime':'2026-11-30T12:09:30.000000Z'}}",
            "['1s','1s']", "['30s','10m']");
    }
    void cells()
    {
        QFETCH(const QString, group);
        QFETCH(const QString, resource);
        QFETCH(const QString, columns);
        QFETCH(const QString, object);
        QFETCH(const QString, recorded);
        QFETCH(const QString, told);
        const TimeColumns times(streamOf(group.toLatin1(), resource.toLatin1()), columnsOf(columns.toLatin1().split(',')));
        QCOMPARE(QString::fromStdString(times.cells(json(recorded.toStdString()), json(object.toStdString()), now)),
            QString::fromStdString(json(told.toStdString())));
    }

    // Whatever stands there: no more than what was recorded.
    void brokenTexts()
    {
        const TimeColumns times(streamOf("", "pods"), columnsOf({"Name", "Restarts", "Age"}));
        for (const char *cells : {"", "[", "{}", "[1,2,3]", "['a','x (',", "['a','1 ( ago)','2s']", "null"})
            QVERIFY(times.cells(json(cells), "{", now).size() < 40);
        QVERIFY(TimeColumns(streamOf("", "pods"), "").isEmpty());
        QVERIFY(TimeColumns(streamOf("", "pods"), "[1,{}]").isEmpty());
    }
};

QTEST_GUILESS_MAIN(RecordingTimeColumnsTest)
#include "tst_recording_timecolumns.moc"
