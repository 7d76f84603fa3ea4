// SPDX-License-Identifier: GPL-3.0-or-later
// Cells that tell a length of time, told again as of another moment; each as kubectl 1.34 shows it then.
#include "recording/timecolumns.h"

#include <QTest>

using namespace fairlead;
using namespace fairlead::recording;

namespace {

const Moment now = parseTime("2026-11-30T12:10:00Z").value();

Stream streamOf(const char *group, const char *resource)
{
    return {.kind = StreamKind::Resource, .names = {group, "v1", resource, "Kind"}, .flag = true};
}

std::string columnsOf(const QList<QByteArray> &names)
{
    std::string text = "[";
    for (const QByteArray &name : names)
        text += (text.size() > 1 ? "," : "") + R"({"name":")" + name.toStdString() + R"(","type":"string"})";
    return text + "]";
}

std::string pod(const char *initialized)
{
    return std::string(R"({"metadata":{"name":"p","creationTimestamp":"2026-11-30T12:00:00Z"},
        "spec":{"initContainers":[{"name":"once"},{"name":"sidecar","restartPolicy":"Always"}]},
        "status":{"conditions":[{"type":"Ready","status":"False"},{"type":"Initialized","status":")") +
           initialized + R"("}],
        "initContainerStatuses":[
            {"name":"once","lastState":{"terminated":{"finishedAt":"2026-11-30T12:09:55Z"}}},
            {"name":"sidecar","lastState":{"terminated":{"finishedAt":"2026-11-30T12:08:00Z"}}}],
        "containerStatuses":[{"name":"main","lastState":{"terminated":{"finishedAt":"2026-11-30T12:07:00Z"}}},{"name":"calm","lastState":{}}]}})";
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
        const std::string plain = R"({"metadata":{"creationTimestamp":"2026-11-30T12:00:00Z"}})";
        row("an age", "", "services", "Name,Age", plain, R"(["a","3s"])", R"(["a","10m"])");
        row("of a custom resource", "shop.example.com", "orders", "Name,Age", plain, R"(["a","3s"])", R"(["a","10m"])");
        row("not created", "", "services", "Name,Age", R"({"metadata":{"creationTimestamp":null}})", R"(["a","<unknown>"])", R"(["a","<unknown>"])");
        row("no object", "", "services", "Name,Age", "", R"(["a","3s"])", R"(["a","3s"])");
        row("none of them", "", "services", "Name,Type", plain, R"(["a","b"])", R"(["a","b"])");
        row("fewer cells", "", "services", "Name,Age", plain, R"(["a"])", R"(["a"])");
        row("other cells as they stand", "", "services", "A,Age,B", plain, R"([ {"x":[1]} ,  "3s", "\u00e9\"" ])",
            R"([ {"x":[1]} ,  "10m", "\u00e9\"" ])");
        row("a cron job", "batch", "cronjobs", "Name,Active,Last Schedule,Age",
            R"({"metadata":{"creationTimestamp":"2026-11-30T12:00:00Z"},"status":{"lastScheduleTime":"2026-11-30T12:09:00Z"}})",
            R"(["a",1,"0s","9m"])", R"(["a",1,"60s","10m"])");
        row("a cron job that has not run", "batch", "cronjobs", "Name,Last Schedule", R"({"metadata":{},"status":{}})", R"(["a","<none>"])",
            R"(["a","<none>"])");
        row("a job that runs", "batch", "jobs", "Name,Duration", R"({"status":{"startTime":"2026-11-30T12:08:30Z"}})", R"(["a","3s"])",
            R"(["a","90s"])");
        row("a job that has ended", "batch", "jobs", "Name,Duration",
            R"({"status":{"startTime":"2026-11-30T12:08:30Z","completionTime":"2026-11-30T12:08:40Z"}})", R"(["a","10s"])", R"(["a","10s"])");
        row("a job that waits", "batch", "jobs", "Name,Duration", R"({"status":{}})", R"(["a",""])", R"(["a",""])");
        row("somebody's own jobs", "ci.example.com", "jobs", "Name,Duration", R"({"status":{"startTime":"2026-11-30T12:08:30Z"}})", R"(["a","3s"])",
            R"(["a","3s"])");
        row("restarts", "", "pods", "Name,Restarts,Age", pod("True"), R"(["a","14 (2s ago)","1m"])", R"(["a","14 (2m ago)","10m"])");
        row("restarts of init containers", "", "pods", "Name,Restarts,Age", pod("False"), R"(["a","3 (2s ago)","1m"])", R"(["a","3 (5s ago)","10m"])");
        row("no restarts", "", "pods", "Name,Restarts,Age", pod("True"), R"(["a","0","1m"])", R"(["a","0","10m"])");
        row("an event", "", "events", "Last Seen,Type,First Seen",
            R"({"firstTimestamp":"2026-11-30T12:00:00Z","lastTimestamp":"2026-11-30T12:09:50Z"})", R"(["1s","Warning","1s"])",
            R"(["10s","Warning","10m"])");
        row("an event of the newer kind", "", "events", "Last Seen,First Seen",
            R"({"firstTimestamp":null,"lastTimestamp":null,"eventTime":"2026-11-30T12:09:00.123456Z"})", R"(["1s","1s"])", R"(["59s","59s"])");
        row("a series", "events.k8s.io", "events", "Last Seen,First Seen",
            R"({"deprecatedFirstTimestamp":null,"eventTime":"2026-11-30T12:00:00.000000Z","series":{"count":3,"lastObservedTime":"2026-11-30T12:09:30.000000Z"}})",
            R"(["1s","1s"])", R"(["30s","10m"])");
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
        QCOMPARE(QString::fromStdString(times.cells(recorded.toStdString(), object.toStdString(), now)), told);
    }

    // Whatever stands there: no more than what was recorded.
    void brokenTexts()
    {
        const TimeColumns times(streamOf("", "pods"), columnsOf({"Name", "Restarts", "Age"}));
        for (const char *cells : {"", "[", "{}", "[1,2,3]", R"(["a","x (",)", R"(["a","1 ( ago)","2s"])", "null"})
            (void)times.cells(cells, "{", now);
            QVERIFY(TimeColumns(streamOf("", "pods"), "").isEmpty());
            QVERIFY(TimeColumns(streamOf("", "pods"), "[1,{}]").isEmpty());
    }
    };

    QTEST_GUILESS_MAIN(RecordingTimeColumnsTest)
#include "tst_recording_timecolumns.moc"
