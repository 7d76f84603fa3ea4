// SPDX-License-Identifier: GPL-3.0-or-later
// What a command reads where it is no cluster: a recording at a moment, and the commands over it.
#include "app/commandtarget.h"

#include "app/demo.h"
#include "app/failurewords.h"
#include "app/getcommand.h"
#include "app/getplan.h"
#include "app/recordingmoment.h"
#include "app/replayclock.h"
#include "recording/bytewriter.h"
#include "recording/checksum.h"
#include "recording/format.h"
#include "recording/recorder.h"
#include "recording/recordingfile.h"
#include "recording/writer.h"
#include "support/paths.h"
#include "support/smallrecording.h"
#include "support/tabletext.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <map>
#include <set>
#include <string>
#include <vector>

using namespace fairlead;
using namespace std::chrono_literals;
using app::CommandTarget;
using test::SmallRecording;

namespace {

constexpr Moment start = SmallRecording::start;

struct Ran {
    int exitCode = -1;
    QByteArray output;
    QByteArray messages;
};

std::set<std::string> namesOf(const std::map<std::string, std::string> &truth)
{
    std::set<std::string> names;
    for (const auto &[key, row] : truth)
        names.insert("pod/" + key.substr(key.find('/') + 1));
    return names;
}

std::set<std::string> linesOf(const QByteArray &output)
{
    std::set<std::string> lines;
    for (const QByteArray &line : output.split('\n')) {
        if (!line.isEmpty())
            lines.insert(line.toStdString());
    }
    return lines;
}

std::string newerHead()
{
    std::string head(recording::format::magic);
    recording::ByteWriter writer(head);
    writer.put16(recording::format::version + 1);
    writer.put16(0);
    writer.put64(static_cast<std::uint64_t>(start.time_since_epoch().count()));
    writer.put64(0);
    writer.put32(recording::checksum(head));
    return head;
}

} // namespace

class CommandTargetTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::map<int, std::map<std::string, std::string>> m_truth;
    [[nodiscard]] std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }

    // A get over a recording, up to its end or, with --watch, to that of the recording.
    static Ran get(std::vector<std::string> words)
    {
        words.insert(words.begin(), "get");
        QTemporaryFile output;
        QTemporaryFile messages;
        Ran ran;
        if (!output.open() || !messages.open())
            return ran;
        {
            app::Output out(output.handle());
            app::Output err(messages.handle());
            const auto arguments = app::parseArguments(std::move(words));
            auto target = arguments ? CommandTarget::of(*arguments, err) : Result<CommandTarget>(failure(arguments.error()));
            if (!target) {
                err.write(app::failureLines(target.error()));
            } else {
                const auto engine = target->open();
                app::GetCommand command(*arguments, *app::readOperands(*arguments), target->space(), engine->session(), out, err);
                app::ReplayClock clock(*engine->replay(), engine->session().clock());
                const QSignalSpy finished(&command, &app::GetCommand::finished);
                const QSignalSpy ended(&clock, &app::ReplayClock::ended);
                connect(&command, &app::GetCommand::watchBegun, &clock, &app::ReplayClock::start, Qt::QueuedConnection);
                command.start();
                [&] { QTRY_VERIFY_WITH_TIMEOUT(finished.size() == 1 || ended.size() == 1, 30'000); }();
                ran.exitCode = finished.empty() ? 0 : finished.front().front().toInt();
            }
        }
        output.seek(0);
        messages.seek(0);
        ran.output = output.readAll();
        ran.messages = messages.readAll();
        return ran;
    }

private Q_SLOTS:
    void initTestCase() { m_truth = SmallRecording{.path = path("a.flrec")}.write(); }

    void moments_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("milliseconds"); // from the begin
        const auto row = [](const char *text, std::chrono::milliseconds at) { QTest::newRow(text) << QString::fromLatin1(text) << int(at.count()); };
        row("", 600'250ms);
        row("+0s", 0ms);
        row("+5m", 5min);
        row("+1m30s", 90s);
        row("-0s", 600'250ms);
        row("-30s", 570'250ms);
        row("2026-01-02T03:06:40Z", 0ms);
        row("2026-01-02T04:06:41+01:00", 1s);
        row("2026-01-02T03:06:41.5Z", 1500ms);
        // The second in which it begins or ends.
        row("2026-01-02T03:06:39.5Z", 0ms);
        row("2026-01-02T03:16:41Z", 600'250ms);
        row("+601s", 600'250ms);
    }
    void moments()
    {
        QFETCH(QString, text);
        QFETCH(int, milliseconds);
        const auto moment = app::momentIn(text.toStdString(), start, start + 600'250ms);
        QVERIFY2(moment, moment ? "" : moment.error().text().c_str());
        QCOMPARE((*moment - start).count(), milliseconds);
    }

    void noMoments_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *text, const char *words) { QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(words); };
        for (const char *text : {"5m", "now", "+", "-", "+5", "+-5m", "2026-01-02", "2026-01-02 03:06:40", "+200y", "+<invalid>"})
            row(text, "this is no moment of a recording");
        for (const char *text : {"2026-01-02T03:06:39Z", "-601s", "2025-01-02T03:06:40Z"})
            row(text, "the recording begins later");
        for (const char *text : {"2026-01-02T03:16:41Z", "+11m", "2027-01-02T03:06:40Z"})
            row(text, "the recording ends earlier");
    }
    void noMoments()
    {
        QFETCH(QString, text);
        QFETCH(QString, words);
        const auto moment = app::momentIn(text.toStdString(), start, start + 600s);
        QVERIFY(!moment);
        QCOMPARE(moment.error().code, Code::Invalid);
        QVERIFY2(moment.error().message.find(words.toStdString()) != std::string::npos, moment.error().message.c_str());
        QVERIFY(!moment.error().remedy.empty());
    }

    void aMomentsPods_data()
    {
        QTest::addColumn<QString>("at");
        QTest::addColumn<int>("second");
        QTest::newRow("at its end") << QString() << 600;
        QTest::newRow("in the middle") << QStringLiteral("+5m") << 300;
        QTest::newRow("before the end") << QStringLiteral("-30s") << 570;
        QTest::newRow("at its begin") << QStringLiteral("2026-01-02T03:06:40Z") << 0;
    }
    void aMomentsPods()
    {
        QFETCH(QString, at);
        QFETCH(int, second);
        for (const char *option : {"--recording", "--context"}) { // a file's name in place of a context
            std::vector<std::string> words = {"pods", "-A", "-o", "name", option, path("a.flrec")};
            if (!at.isEmpty())
                words.insert(words.end(), {"--at", at.toStdString()});
            const Ran ran = get(words);
            QCOMPARE(ran.messages, QByteArray());
            QCOMPARE(ran.exitCode, 0);
            QVERIFY(linesOf(ran.output) == namesOf(m_truth.at(second)));
        }
        QVERIFY(m_truth.at(0) != m_truth.at(300) && m_truth.at(300) != m_truth.at(570) && m_truth.at(570) != m_truth.at(600));
    }

    // Ages are those of the moment, however long a command takes.
    void itsClockStands()
    {
        app::Output nowhere(-1);
        const auto arguments = app::parseArguments({"get", "pods", "--recording", path("a.flrec"), "--at", "+5m"});
        const auto engine = CommandTarget::of(*arguments, nowhere)->open();
        QVERIFY(engine->session().clock().now() == start + 300s);
        bool hasAnswered = false;
        engine->session().discovery().load().then(this, [&hasAnswered](const auto &) { hasAnswered = true; });
        QTRY_VERIFY_WITH_TIMEOUT(hasAnswered, 20'000);
        QVERIFY(engine->session().clock().now() == start + 300s);
        app::ReplayClock clock(*engine->replay(), engine->session().clock());
        clock.start();
        QTRY_VERIFY_WITH_TIMEOUT(engine->session().clock().now() > start + 300s, 20'000);
        QVERIFY(engine->session().clock().now() < start + 320s);
    }

    // Without -n and -A the namespace counts that the recorded context had, or that alone was recorded.
    void itsNamespace()
    {
        const auto spaceOf = [this](const std::map<std::string, std::string> &about, const std::vector<std::string> &more) {
            (void)SmallRecording{.path = path("b.flrec"), .about = about, .seconds = 1}.write();
            std::vector<std::string> words = {"get", "pods", "--recording", path("b.flrec")};
            words.insert(words.end(), more.begin(), more.end());
            const auto arguments = app::parseArguments(words);
            app::Output nowhere(-1);
            return CommandTarget::of(*arguments, nowhere)->space();
        };
        QCOMPARE(spaceOf({{"namespace", "team-b"}}, {}), std::string("team-b"));
        QCOMPARE(spaceOf({{"namespace", "team-b"}, {"only namespace", "team-c"}}, {}), std::string("team-c"));
        QCOMPARE(spaceOf({}, {}), std::string("default"));
        QCOMPARE(spaceOf({{"namespace", "team-b"}}, {"-n", "x"}), std::string("x"));
    }

    void watchPlaysItToItsEnd()
    {
        (void)SmallRecording{.path = path("c.flrec"), .seconds = 3}.write();
        QElapsedTimer elapsed;
        elapsed.start();
        const Ran ran = get({"pods", "-A", "-o", "name", "-w", "--recording", path("c.flrec"), "--at", "+1s"});
        QCOMPARE(ran.messages, QByteArray());
        QCOMPARE(ran.exitCode, 0);
        // What was there after a second, and two changes as they came.
        QCOMPARE(ran.output.count('\n'), qsizetype(m_truth.at(1).size() + 2));
        QVERIFY2(elapsed.elapsed() >= 2000, "as time went by");
    }

    void whatIsNotInIt()
    {
        const Ran ran = get({"services", "-A", "--recording", path("a.flrec")});
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.messages.contains("services are not in this recording") && ran.messages.contains("a.flrec"), ran.messages.constData());
    }

    // Rows that are older than they look are not shown without a word.
    void gapsAndDamagesAreToldOf()
    {
        const auto inBlocks = [this](const char *name, bool hasGap) {
            auto writer = recording::Writer::create(path(name), platform::File::Existing::Replace, start, {}, {.blockSize = 1, .blockSpan = 1s});
            recording::Recorder recorder(std::move(*writer));
            QFile discovery(QString::fromStdString(test::sourcePath("tests/fixtures/discovery/aggregated-v2/api.json")));
            QVERIFY(discovery.open(QIODevice::ReadOnly));
            const std::string type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
            QVERIFY(recorder.addDocument("/api", type, discovery.readAll().toStdString(), start));
            QVERIFY(recorder.addDocument("/apis", type, "{\"kind\":\"APIGroupDiscoveryList\",\"metadata\":{},\"items\":[]}", start));
            const auto pods = recorder.addResource({"", "v1", "pods"}, "Pod", true, start);
            const std::string event = test::eventText("ADDED", {.name = "a", .uid = "a", .version = "11"});
            recorder.beginList(*pods);
            QVERIFY(recorder.addPage(*pods, test::tableText({{.name = "web", .uid = "u", .version = "1"}}, "10"), start));
            QVERIFY(recorder.endList(*pods, start));
            QVERIFY(recorder.addEvent(*pods, event, start + 5s));
            if (hasGap)
                QVERIFY(recorder.addGap(*pods, "lost", start + 10s));
            QVERIFY(recorder.close(start + 52s));
        };
        inBlocks("gap.flrec", true);
        Ran ran = get({"pods", "-A", "--recording", path("gap.flrec")});
        QCOMPARE(ran.messages, QByteArray("Warning: pods: nothing was recorded of them for the last 42s\n"));
        ran = get({"pods", "-A", "--recording", path("gap.flrec"), "--at", "+6s"});
        QCOMPARE(ran.messages, QByteArray());
        inBlocks("hurt.flrec", false);
        const auto hurt = [this](Moment at) {
            auto file = recording::RecordingFile::open(path("hurt.flrec"));
            for (const recording::BlockPlace &block : file->index().blocks) {
                if (block.first <= at && block.last >= at)
                    return block.offset;
            }
            return std::uint64_t(0);
        };
        QFile bytes(QString::fromStdString(path("hurt.flrec")));
        const auto offset = hurt(start + 5s);
        QVERIFY(offset > 0 && bytes.open(QIODevice::ReadWrite) && bytes.seek(qint64(offset) + 60) && bytes.write("XXXX") == 4);
        bytes.close();
        ran = get({"pods", "-A", "--recording", path("hurt.flrec")});
        QCOMPARE(ran.messages, QByteArray("Warning: pods: a part of the recording is damaged, and what changed in it is missing\n"));
    }

    // What is cut off before it was listed is not said never to have been there.
    void whatIsCutOff()
    {
        auto writer = recording::Writer::create(path("cut.flrec"), platform::File::Existing::Replace, start, {});
        QVERIFY(writer);
        QFile discovery(QString::fromStdString(test::sourcePath("tests/fixtures/discovery/aggregated-v2/api.json")));
        QVERIFY(discovery.open(QIODevice::ReadOnly));
        {
            recording::Recorder recorder(std::move(*writer));
            const std::string type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
            QVERIFY(recorder.addDocument("/api", type, discovery.readAll().toStdString(), start));
            QVERIFY(recorder.addDocument("/apis", type, "{\"kind\":\"APIGroupDiscoveryList\",\"metadata\":{},\"items\":[]}", start));
            QVERIFY(recorder.flush());
        }
        const Ran ran = get({"pods", "-A", "--recording", path("cut.flrec")});
        QVERIFY2(ran.messages.contains("pods are not in this recording, which breaks off: its end is missing"), ran.messages.constData());
    }

    void whatCannotBeRead()
    {
        for (const auto &[name, words] : {std::pair("none.flrec", "none.flrec: cannot be opened: No such file or directory"),
                 {"new.flrec", "newer form"}, {"young.flrec", "holds nothing of a cluster"}}) {
            if (name == std::string_view("young.flrec")) {
                auto writer = recording::Writer::create(path(name), platform::File::Existing::Replace, start, {});
                QVERIFY(writer && writer->close());
            }
            if (name == std::string_view("new.flrec")) {
                // Of version 2, and sound.
                QFile file(QString::fromStdString(path(name)));
                QVERIFY(file.open(QIODevice::WriteOnly));
                file.write(QByteArray::fromStdString(newerHead()).append(100, '\0'));
            }
            const Ran ran = get({"pods", "--recording", path(name)});
            QVERIFY2(ran.exitCode == -1 && ran.output.isEmpty() && ran.messages.contains(words), ran.messages.constData());
        }
    }

    void damageIsSaidBeforehand()
    {
        QFile source(QString::fromStdString(path("a.flrec")));
        QVERIFY(source.open(QIODevice::ReadOnly));
        QByteArray bytes = source.readAll();
        bytes.chop(40); // without its end the blocks are read to know what is in them
        bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 0x55);
        QFile copy(QString::fromStdString(path("damaged.flrec")));
        QVERIFY(copy.open(QIODevice::WriteOnly) && copy.write(bytes) == bytes.size());
        copy.close();
        const Ran ran = get({"deployments", "-A", "-o", "name", "--recording", path("damaged.flrec")});
        QCOMPARE(ran.exitCode, 0);
        QVERIFY2(ran.messages.startsWith("warning: ") && ran.messages.contains("damaged.flrec: ") && ran.messages.contains("damaged, and what"),
            ran.messages.constData());
        QVERIFY(!ran.output.isEmpty());
    }

    // Wherever the program was copied to: from memory, by whatever name it has there.
    void theDemo()
    {
        auto demo = app::openDemo(QString::fromStdString(path("a.flrec")));
        QVERIFY2(demo, demo ? "" : demo.error().text().c_str());
        QCOMPARE(demo->first(), start);
        QCOMPARE(demo->last(), start + 600s);
        QCOMPARE(demo->file().path(), std::string("the demo"));
        const auto none = app::openDemo(QStringLiteral(":/demo/none.flrec"));
        QVERIFY(!none);
        QCOMPARE(none.error().code, Code::Unsupported);
        QVERIFY(none.error().remedy.find("resources/demo/demo.flrec") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(CommandTargetTest)
#include "tst_commandtarget.moc"
