// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/croncommand.h"

#include "app/arguments.h"
#include "base/platform/zonefile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryFile>
#include <QTest>

#include <optional>
#include <string>
#include <vector>

using namespace fairlead;

namespace {

struct Run {
    int exitCode = -1;
    QByteArray output;
    QByteArray messages;
};

// As a program would run it at 2026-03-28T12:00:00Z.
Run run(std::vector<std::string> words, const kinds::cron::ReadZoneFile &zones = platform::readZoneFile)
{
    QTemporaryFile output;
    QTemporaryFile messages;
    Run result;
    if (!output.open() || !messages.open())
        return result;
    words.insert(words.begin(), {"cron", "next"});
    const auto arguments = app::parseArguments(std::move(words));
    {
        app::Output out(output.handle());
        app::Output err(messages.handle());
        if (!arguments || arguments->command != app::Arguments::Command::CronNext)
            return result;
        result.exitCode = app::runCronNext(*arguments, *parseTime("2026-03-28T12:00:00Z"), zones, out, err);
    }
    output.seek(0);
    messages.seek(0);
    result.output = output.readAll();
    result.messages = messages.readAll();
    return result;
}

} // namespace

class CronCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fiveTimesFromNowInUtc()
    {
        const Run result = run({"0 */6 * * *"});
        QCOMPARE(result.output, QByteArray("2026-03-28T18:00:00Z\n2026-03-29T00:00:00Z\n2026-03-29T06:00:00Z\n2026-03-29T12:00:00Z\n"
                                           "2026-03-29T18:00:00Z\n"));
        QCOMPARE(result.messages, QByteArray());
        QCOMPARE(result.exitCode, 0);
    }
    void asAsked()
    {
        const Run result = run({"--count=2", "30 2 * * *", "--zone", "Europe/Berlin", "--from", "2026-10-25T01:00:00+02:00"});
        QCOMPARE(result.output, QByteArray("2026-10-25T02:30:00+02:00\n2026-10-25T02:30:00+01:00\n"));
        QCOMPARE(result.exitCode, 0);
    }
    void json()
    {
        const Run result = run({"30 2 * * *", "--zone", "Europe/Berlin", "--count", "2", "-o", "json"});
        const QJsonDocument document = QJsonDocument::fromJson(result.output);
        QCOMPARE(document.array(), (QJsonArray{QStringLiteral("2026-03-30T02:30:00+02:00"), QStringLiteral("2026-03-31T02:30:00+02:00")}));
        QCOMPARE(result.exitCode, 0);
        QCOMPARE(run({"0 0 30 2 *", "-o", "json"}).output, QByteArray("[]\n"));
    }
    void fewerOrNone()
    {
        const Run none = run({"0 0 30 2 *"});
        QCOMPARE(none.output, QByteArray());
        QCOMPARE(none.messages, QByteArray("no time after 2026-03-28T12:00:00Z: the controller looks five years ahead and finds none\n"));
        QCOMPARE(none.exitCode, 0);
        const Run some = run({"0 0 29 2 *", "--from", "2092-01-01T00:00:00Z"});
        QCOMPARE(some.output, QByteArray("2092-02-29T00:00:00Z\n2096-02-29T00:00:00Z\n"));
        QCOMPARE(some.messages, QByteArray("no further time after 2096-02-29T00:00:00Z: the controller looks five years ahead and finds none\n"));
        QCOMPARE(some.exitCode, 0);
        const Run end = run({"@every 2000000h", "--count", "99"});
        QVERIFY2(end.messages.endsWith(": RFC 3339 ends with the year 9999\n"), end.messages.constData());
        QCOMPARE(end.output.count('\n'), 34);
    }
    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("message");
        QTest::newRow("a field") << QStringList{QStringLiteral("0 25 * * *")} << QStringLiteral("error: schedule: hour \"25\": 25 is above 23\n");
        QTest::newRow("no schedule") << QStringList{QString()} << QStringLiteral("error: schedule: it is empty\n");
        QTest::newRow("TZ") << QStringList{QStringLiteral("TZ=UTC 0 5 * * *")}
                            << QStringLiteral("error: schedule: cannot use TZ or CRON_TZ in schedule");
        QTest::newRow("zone") << QStringList{QStringLiteral("0 5 * * *"), QStringLiteral("--zone=Mars/Olympus")}
                              << QStringLiteral("error: time zone \"Mars/Olympus\": there is no zone of this name\n");
        QTest::newRow("empty zone") << QStringList{QStringLiteral("0 5 * * *"), QStringLiteral("--zone=")}
                                    << QStringLiteral("error: time zone \"\": the name is empty\n");
        QTest::newRow("from") << QStringList{QStringLiteral("0 5 * * *"), QStringLiteral("--from=yesterday")}
                              << QStringLiteral("error: --from \"yesterday\": this is no RFC 3339 time\n");
        QTest::newRow("empty from") << QStringList{QStringLiteral("0 5 * * *"), QStringLiteral("--from=")}
                                    << QStringLiteral("error: --from \"\": this is no RFC 3339 time\n");
        QTest::newRow("control characters") << QStringList{QStringLiteral("\u001b[2J 5 * * *")}
                                            << QStringLiteral("error: schedule: minute \"^[[2J\": ");
    }
    void wrongUsage()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, message);
        std::vector<std::string> typed;
        for (const QString &word : words)
            typed.push_back(word.toStdString());
        const Run result = run(typed);
        QCOMPARE(result.exitCode, 2);
        QCOMPARE(result.output, QByteArray());
        QVERIFY2(result.messages.startsWith(message.toUtf8()), result.messages.constData());
    }
    void withoutZoneFilesTheMachineIsToBlame()
    {
        const auto nothing = [](const std::string &) { return std::optional<std::string>(); };
        const Run result = run({"0 5 * * *", "--zone", "Europe/Berlin"}, nothing);
        QCOMPARE(result.exitCode, 2);
        QVERIFY2(result.messages.contains("tzdata"), result.messages.constData());
        QCOMPARE(run({"0 5 * * *"}, nothing).exitCode, 0); // UTC needs none
    }
};

QTEST_APPLESS_MAIN(CronCommandTest)
#include "tst_croncommand.moc"
