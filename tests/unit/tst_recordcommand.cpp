// SPDX-License-Identifier: GPL-3.0-or-later
// The command above a server that is itself a recording.
#include "app/recordcommand.h"

#include "app/engine.h"
#include "recording/reader.h"
#include "support/scriptedtransport.h"
#include "support/smallrecording.h"
#include "support/tabletext.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>
#include <QThreadPool>

#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <sys/resource.h>

using namespace fairlead;
using namespace std::chrono_literals;
using app::RecordCommand;
using recording::Reader;
using test::SmallRecording;

namespace {

constexpr Moment start = SmallRecording::start;

// One command over a recording that stands at its begin.
struct World {
    QTemporaryFile outputFile;
    QTemporaryFile messagesFile;
    app::Engine engine;
    std::unique_ptr<app::Output> output;
    std::unique_ptr<app::Output> messages;
    app::Arguments arguments;
    std::unique_ptr<RecordCommand> command;
    std::unique_ptr<QSignalSpy> finished;

    explicit World(const std::string &server)
        : engine(std::move(*Reader::open(server)), start, "here")
    {
        if (!outputFile.open() || !messagesFile.open())
            qFatal("no files");
        output = std::make_unique<app::Output>(outputFile.handle());
        messages = std::make_unique<app::Output>(messagesFile.handle());
    }
    void begin(std::vector<std::string> words, RecordCommand::Messages kind = RecordCommand::Messages::Lines)
    {
        words.insert(words.begin(), "record");
        auto parsed = app::parseArguments(std::move(words));
        if (!parsed)
            qFatal("%s", parsed.error().text().c_str());
        arguments = std::move(*parsed);
        command = std::make_unique<RecordCommand>(arguments, "there", "team-a", engine.session(), kind, *output, *messages);
        finished = std::make_unique<QSignalSpy>(command.get(), &RecordCommand::finished);
        command->start();
    }
    [[nodiscard]] int exitCode() const { return finished->size() == 1 ? finished->front().front().toInt() : -1; }
    QByteArray said(QTemporaryFile &file)
    {
        (void)output->flush();
        (void)messages->flush();
        QFile copy(file.fileName());
        return copy.open(QIODevice::ReadOnly) ? copy.readAll() : QByteArray();
    }
    QByteArray said() { return said(messagesFile); }
    QByteArray printed() { return said(outputFile); }
};

} // namespace

class RecordCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::map<int, std::map<std::string, std::string>> m_truth;
    [[nodiscard]] std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }

private Q_SLOTS:
    void initTestCase() { m_truth = SmallRecording{.path = path("server.flrec")}.write(); }

    void recordsUntilItIsStopped()
    {
        World world(path("server.flrec"));
        world.begin({"pods", "deploy", "-A", "-o", path("a.flrec")});
        QTRY_VERIFY_WITH_TIMEOUT(world.said().contains("2 of 2 kinds"), 20'000);
        world.engine.replay()->moveTo(start + 20s);
        // Every event is asked for by its count; there is one a second.
        QTRY_VERIFY_WITH_TIMEOUT(
            [&] {
                const auto reader = Reader::open(path("a.flrec"));
                return reader && reader->last() >= start;
            }(),
            20'000);
        QTRY_VERIFY_WITH_TIMEOUT(world.engine.replay()->now() == start + 20s, 20'000);
        world.command->stop(130);
        QTRY_COMPARE(world.exitCode(), 0);
        const QByteArray printed = world.printed();
        QVERIFY2(printed.startsWith(QByteArray::fromStdString(path("a.flrec")) + ": 2 kinds, ") && printed.contains("Made unreadable: nothing\n"),
            printed.constData());
        auto reader = Reader::open(path("a.flrec"));
        QVERIFY(reader && reader->file().isClosed() && reader->file().damages().empty());
        QCOMPARE(reader->index().about.at("context"), std::string("there"));
        QCOMPARE(reader->index().about.at("namespace"), std::string("team-a"));
        QVERIFY(!reader->index().about.contains("only namespace"));
        QCOMPARE(reader->index().about.at("program"), std::string("fairlead " FAIRLEAD_VERSION));
        const auto pods = reader->find(recording::StreamKind::Resource, {"", "v1", "pods"});
        QVERIFY(pods);
        const auto rows = reader->state(*pods, reader->last())->rows();
        QVERIFY(rows.size() == m_truth.at(0).size() || rows.size() > 10);
        QVERIFY(!reader->find(recording::StreamKind::Resource, {"", "v1", "services"}));
    }

    void oneNamespace()
    {
        World world(path("server.flrec"));
        world.begin({"pods", "-n", "team-a", "--for", "1s", "-o", path("one.flrec")});
        QTRY_COMPARE_WITH_TIMEOUT(world.exitCode(), 0, 20'000);
        auto reader = Reader::open(path("one.flrec"));
        QVERIFY(reader && reader->file().isClosed());
        QCOMPARE(reader->index().about.at("only namespace"), std::string("team-a"));
        const auto rows = reader->state(*reader->find(recording::StreamKind::Resource, {"", "v1", "pods"}), reader->last())->rows();
        QVERIFY(!rows.empty());
        for (const auto &[key, row] : rows)
            QCOMPARE(row->space, std::string("team-a"));
    }

    // Its length is that of the recording, not of the first lists.
    void endsWhenItsTimeIsOver()
    {
        World world(path("server.flrec"));
        QElapsedTimer elapsed;
        elapsed.start();
        world.begin({"pods", "-A", "--for", "2s", "-o", path("two.flrec")});
        QTRY_COMPARE_WITH_TIMEOUT(world.exitCode(), 0, 20'000);
        QVERIFY2(elapsed.elapsed() >= 2000, "earlier");
        QVERIFY2(world.printed().contains(" in 2s, "), world.printed().constData());
        // All of it was recorded, though nothing has changed.
        auto reader = Reader::open(path("two.flrec"));
        QVERIFY(reader && reader->last() - reader->first() >= 1900ms);
    }

    void aLineThatChanges()
    {
        World world(path("server.flrec"));
        world.begin({"pods", "-A", "--for", "1s", "-o", path("line.flrec")}, RecordCommand::Messages::Terminal);
        QTRY_COMPARE_WITH_TIMEOUT(world.exitCode(), 0, 20'000);
        const QByteArray said = world.said();
        QVERIFY2(said.startsWith("\rRecording there: 0 of 0 kinds, ") && said.contains("\x1b[K\r") && said.endsWith("\x1b[K\n"), said.constData());
        QCOMPARE(said.count('\n'), 1);
    }

    // Nothing of what was there is lost, and nothing is left where there was none.
    void refusals_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("words");
        QTest::newRow("there already") << "pods -A -o there.flrec" << 1 << "there.flrec: is there already\nName another file for this recording.\n";
        QTest::newRow("being written") << "pods -A -o busy.flrec" << 1
                                       << "busy.flrec: is being written by someone else\nName another file for this recording.\n";
        QTest::newRow("no folder")
            << "pods -A -o none/x.flrec" << 1
            << "none/x.flrec: cannot be written: No such file or directory\nMake the folder first, or name a file in another one.\n";
        QTest::newRow("a folder") << "pods -A -o folder" << 1 << "folder: cannot be written: Is a directory\nName a file that is not there yet.\n";
        QTest::newRow("unknown kind") << "nonsense -A -o x.flrec" << 1 << "the server doesn't have a resource type \"nonsense\"\n";
        QTest::newRow("without namespace") << "nodes -o x.flrec" << 2
                                           << "nodes are in no namespace, and only the namespace team-a is to be recorded\n";
        QTest::newRow("not listable") << "bindings -A -o x.flrec" << 2 << "bindings cannot be listed";
        QTest::newRow("logs of no pods") << "services -A --logs -o x.flrec" << 2 << "--logs are the logs of pods";
    }
    void refusals()
    {
        QFETCH(QString, line);
        QFETCH(int, exitCode);
        QFETCH(QString, words);
        QFile there(QString::fromStdString(path("there.flrec")));
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("mine") == 4);
        there.close();
        QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("folder")));
        const auto busy = platform::File::openToWrite(path("busy.flrec"), platform::File::Existing::Replace);
        QVERIFY(busy);
        World world(path("server.flrec"));
        std::vector<std::string> typed;
        for (const QString &word : line.split(u' '))
            typed.push_back(word.toStdString());
        typed.back() = m_folder.filePath(QString::fromStdString(typed.back())).toStdString();
        world.begin(typed);
        QTRY_COMPARE_WITH_TIMEOUT(world.exitCode(), exitCode, 20'000);
        QVERIFY2(world.said().contains(words.toUtf8()), world.said().constData());
        QCOMPARE(world.printed(), QByteArray());
        QVERIFY(there.open(QIODevice::ReadOnly));
        QCOMPARE(there.readAll(), QByteArray("mine"));
        QVERIFY(!QFile::exists(QString::fromStdString(path("x.flrec"))));
    }

    // As on a full disk: what was written until then can be read.
    void theDiskIsFull()
    {
        World world(path("server.flrec"));
        (void)std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit before = {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        world.begin({"pods", "-A", "-o", path("full.flrec")});
        QTRY_VERIFY_WITH_TIMEOUT(world.said().contains("1 of 1 kind"), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(QFile(QString::fromStdString(path("full.flrec"))).size() > 2000, 20'000);
        struct rlimit small = before;
        small.rlim_cur = 2000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto restore = qScopeGuard([&] { (void)setrlimit(RLIMIT_FSIZE, &before); });
        world.engine.replay()->moveTo(start + 60s);
        const bool hasEnded = QTest::qWaitFor([&] { return world.exitCode() >= 0; }, 20'000);
        (void)setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(hasEnded);
        QCOMPARE(world.exitCode(), 1);
        const QByteArray said = world.said();
        QVERIFY2(said.contains(
                     "full.flrec: cannot be written: File too large\nMake room, or name a file on another disk.\nWhat was recorded until then") &&
                     said.contains("recording info "),
            said.constData());
        QVERIFY(world.printed().contains("full.flrec: 1 kind, "));
        auto reader = Reader::open(path("full.flrec"));
        QVERIFY(reader && reader->file().damages().empty() && reader->find(recording::StreamKind::Resource, {"", "v1", "pods"}));
    }

    void stoppedBeforeItBegan()
    {
        World world(path("server.flrec"));
        world.begin({"pods", "-A", "-o", path("early.flrec")});
        world.command->stop(130);
        QTRY_COMPARE(world.exitCode(), 130);
        QTRY_VERIFY_WITH_TIMEOUT(world.engine.session().discovery().offer() != nullptr, 20'000);
        QVERIFY(!QFile::exists(QString::fromStdString(path("early.flrec"))));
    }

    // Who may list nothing gets no empty file.
    void nothingMayBeListed()
    {
        World world(path("server.flrec"));
        world.begin({"services", "-A", "-o", path("nothing.flrec")}); // not in that recording: 404
        QTRY_COMPARE_WITH_TIMEOUT(world.exitCode(), 4, 20'000);
        QVERIFY2(world.said().contains("you may list nothing of it in all namespaces\n"), world.said().constData());
        QVERIFY(!QFile::exists(QString::fromStdString(path("nothing.flrec"))));
    }

    // Who may no longer list, after seconds or hours of it, keeps the file.
    void accessIsLostLater()
    {
        World world(path("server.flrec")); // for its outputs
        test::ScriptedTransport server(test::ScriptedTransport::Mode::Threaded);
        const std::string kind = "{\"kind\":\"APIGroupDiscoveryList\",\"apiVersion\":\"apidiscovery.k8s.io/v2\",\"metadata\":{},\"items\":[";
        const std::string pods =
            "{\"metadata\":{\"name\":\"\"},\"versions\":[{\"version\":\"v1\",\"freshness\":\"Current\",\"resources\":[{\"resource\":"
            "\"pods\",\"responseKind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"},\"scope\":\"Namespaced\",\"singularResource\":"
            "\"pod\",\"verbs\":[\"get\",\"list\",\"watch\"]}]}]}";
        const std::string type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        server.on(net::Verb::Get, "/version", test::answer("{}"));
        server.on(net::Verb::Get, "/api", test::answer(kind + pods + "]}", 200, type));
        server.on(net::Verb::Get, "/apis", test::answer(kind + "]}", 200, type));
        server.on(net::Verb::List, "/api/v1/pods", test::answer(test::tableText({{.name = "web", .uid = "u", .version = "1"}}, "10")), 1);
        server.on(net::Verb::List, "/api/v1/pods", test::refusal(401, "Unauthorized", "expired"));
        server.on(net::Verb::Watch, "/api/v1/pods", test::held());
        Dispatcher dispatcher;
        QThreadPool pool;
        kube::Session session(server, dispatcher, pool, "https://s", [](const kube::GroupVersionResource &) { return kube::Projection(); });
        world.arguments = *app::parseArguments({"record", "pods", "-A", "-o", path("lost.flrec")});
        RecordCommand command(world.arguments, "there", "team-a", session, RecordCommand::Messages::Lines, *world.output, *world.messages);
        const QSignalSpy finished(&command, &RecordCommand::finished);
        command.start();
        QTRY_COMPARE_WITH_TIMEOUT(server.open("/api/v1/pods"), 1, 20'000);
        server.breakWatch({.code = Code::Interrupted, .message = "lost"}, "/api/v1/pods");
        QTRY_COMPARE_WITH_TIMEOUT(server.count(net::Verb::List, "/api/v1/pods"), 3, 20'000);
        QVERIFY(finished.empty());
        command.stop(130);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished.front().front().toInt(), 0);
        auto reader = Reader::open(path("lost.flrec"));
        QVERIFY(reader && reader->file().isClosed());
        const auto state = reader->state(*reader->find(recording::StreamKind::Resource, {"", "v1", "pods"}), reader->last());
        QVERIFY(state && state->rows().size() == 1 && state->gapSince);
    }

    void someMayNotBeListed()
    {
        World world(path("server.flrec"));
        world.begin({"services", "pods", "-A", "--for", "1s", "-o", path("some.flrec")});
        QTRY_COMPARE_WITH_TIMEOUT(world.exitCode(), 0, 20'000);
        QVERIFY2(world.said().contains("Not recorded, since you may not read them: services\n"), world.said().constData());
    }
};

QTEST_GUILESS_MAIN(RecordCommandTest)
#include "tst_recordcommand.moc"
