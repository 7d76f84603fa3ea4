// SPDX-License-Identifier: GPL-3.0-or-later
// A window's recorder above a server that is itself a recording.
#include "playback/clusterrecorder.h"

#include "app/engine.h"
#include "recording/reader.h"
#include "support/smallrecording.h"

#include <QFile>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <memory>
#include <string>
#include <vector>

#include <sys/resource.h>

using namespace fairlead;
using namespace std::chrono_literals;
using playback::ClusterRecorder;
using recording::Reader;
using recording::RecordRun;
using test::SmallRecording;
using Phase = ClusterRecorder::Phase;

class ClusterRecorderTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    [[nodiscard]] std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    [[nodiscard]] std::shared_ptr<kube::Session> server() const
    {
        const auto engine = std::make_shared<app::Engine>(std::move(*Reader::open(path("server.flrec"))), SmallRecording::start, "here");
        return {engine, &engine->session()};
    }
    [[nodiscard]] recording::RecordOrder order(const char *name, RecordRun::Wish wish = {}) const
    {
        return {.file = path(name), .context = "there", .contextSpace = "team-a", .wish = std::move(wish)};
    }

private Q_SLOTS:
    void initTestCase() { (void)SmallRecording{.path = path("server.flrec")}.write(); }

    void recordsUntilItIsStopped()
    {
        ClusterRecorder recorder;
        QSignalSpy changed(&recorder, &ClusterRecorder::changed);
        QCOMPARE(recorder.phase(), Phase::None);
        auto session = server();
        const std::weak_ptr<kube::Session> held = session;
        recorder.start(std::move(session), order("a.flrec", {.space = {}, .resources = {"pods", "deployments.apps"}, .logs = false}));
        QCOMPARE(recorder.phase(), Phase::Beginning);
        QVERIFY(recorder.isUnderWay() && !recorder.hasFile());
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Running, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(recorder.progress().resources > 0 && recorder.progress().listed == recorder.progress().resources, 20'000);
        QVERIFY(recorder.elapsed() > 0ms);
        QVERIFY(!changed.isEmpty());
        recorder.stop();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Done, 20'000);
        QVERIFY(recorder.hasFile() && !recorder.error());
        QVERIFY(recorder.elapsed() > 0ms);
        QVERIFY(held.expired()); // nobody needs the server any more
        auto reader = Reader::open(path("a.flrec"));
        QVERIFY(reader && reader->file().isClosed() && reader->file().damages().empty());
        QCOMPARE(reader->index().about.at("context"), std::string("there"));
        QCOMPARE(reader->index().about.at("namespace"), std::string("team-a"));
        QVERIFY(reader->find(recording::StreamKind::Resource, {"", "v1", "pods"}).has_value());
        QCOMPARE(recorder.progress().bytes, std::uint64_t(QFile(QString::fromStdString(path("a.flrec"))).size()));
        recorder.dismiss();
        QCOMPARE(recorder.phase(), Phase::None);
    }

    void oneNamespace()
    {
        ClusterRecorder recorder;
        recorder.start(server(), order("one.flrec", {.space = "team-a", .resources = {"pods"}, .logs = false}));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.progress().listed, std::size_t(1), 20'000);
        recorder.stop();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Done, 20'000);
        auto reader = Reader::open(path("one.flrec"));
        QVERIFY(reader.has_value());
        QCOMPARE(reader->index().about.at("only namespace"), std::string("team-a"));
    }

    void anExistingFileStaysAsItIs()
    {
        QFile there(QString::fromStdString(path("there.flrec")));
        QVERIFY(there.open(QIODevice::WriteOnly) && there.write("mine") == 4);
        there.close();
        ClusterRecorder recorder;
        recorder.start(server(), order("there.flrec"));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Failed, 20'000);
        QVERIFY(recorder.error() && recorder.error()->remedy.find("another file") != std::string::npos);
        QVERIFY(!recorder.hasFile()); // it is not ours
        QVERIFY(there.open(QIODevice::ReadOnly));
        QCOMPARE(there.readAll(), QByteArray("mine"));
        // And then another one can be begun.
        recorder.start(server(), order("second.flrec"));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Running, 20'000);
        QVERIFY(!recorder.error());
    }

    void aFolderThatIsNotThere()
    {
        ClusterRecorder recorder;
        recorder.start(server(), order("none/x.flrec"));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Failed, 20'000);
        QVERIFY(recorder.error()->remedy.find("Make the folder") != std::string::npos);
    }

    void stoppedBeforeItHasBegun()
    {
        ClusterRecorder recorder;
        recorder.start(server(), order("early.flrec"));
        recorder.stop();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Done, 20'000);
        auto reader = Reader::open(path("early.flrec"));
        QVERIFY(reader && reader->file().isClosed());
    }

    // It ends by itself, and what is said of it is that; of a file with nothing in it nothing is left.
    void whoMayListNothingIsTold()
    {
        ClusterRecorder recorder;
        recorder.start(server(), order("nothing.flrec", {.space = {}, .resources = {"services"}, .logs = false}));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Failed, 20'000);
        QVERIFY(recorder.error() && recorder.error()->message.find("you may list nothing") != std::string::npos);
        QVERIFY(!recorder.hasFile());
        QVERIFY(!QFile::exists(QString::fromStdString(path("nothing.flrec"))));
    }

    // As on a full disk: it ends by itself, with what to do; what was written until then can be read.
    void theDiskIsFull()
    {
        (void)std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit before = {};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        const auto engine = std::make_shared<app::Engine>(std::move(*Reader::open(path("server.flrec"))), SmallRecording::start, "here");
        ClusterRecorder recorder;
        recorder.start({engine, &engine->session()}, order("full.flrec", {.space = {}, .resources = {"pods"}, .logs = false}));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.progress().listed, std::size_t(1), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(QFile(QString::fromStdString(path("full.flrec"))).size() > 2000, 20'000);
        struct rlimit small = before;
        small.rlim_cur = 2000;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto restore = qScopeGuard([&] { (void)setrlimit(RLIMIT_FSIZE, &before); });
        engine->replay()->moveTo(SmallRecording::start + 60s);
        const bool hasEnded = QTest::qWaitFor([&] { return recorder.phase() == Phase::Failed; }, 20'000);
        (void)setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(hasEnded);
        QVERIFY(recorder.error()->text().find("File too large") != std::string::npos);
        QCOMPARE(recorder.error()->remedy, std::string("Make room, or name a file on another disk."));
        QVERIFY(recorder.hasFile());
        auto reader = Reader::open(path("full.flrec"));
        QVERIFY(reader && reader->find(recording::StreamKind::Resource, {"", "v1", "pods"}).has_value());
    }

    // The window closes: what was recorded is whole.
    void goneWhileItRuns()
    {
        {
            ClusterRecorder recorder;
            recorder.start(server(), order("gone.flrec", {.space = {}, .resources = {"pods"}, .logs = false}));
            QTRY_VERIFY_WITH_TIMEOUT(recorder.progress().resources > 0 && recorder.progress().listed == recorder.progress().resources, 20'000);
        }
        auto reader = Reader::open(path("gone.flrec"));
        QVERIFY(reader && reader->file().isClosed() && reader->file().damages().empty());
        QVERIFY(reader->find(recording::StreamKind::Resource, {"", "v1", "pods"}).has_value());
    }

    void oneAtATime()
    {
        ClusterRecorder recorder;
        recorder.start(server(), order("first.flrec"));
        recorder.start(server(), order("other.flrec"));
        QCOMPARE(recorder.order().file, path("first.flrec"));
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Running, 20'000);
        recorder.dismiss();
        QCOMPARE(recorder.phase(), Phase::Running);
        QVERIFY(!QFile::exists(QString::fromStdString(path("other.flrec"))));
    }

    void nothingMayBeListed()
    {
        RecordRun::Progress progress;
        QVERIFY(!recording::nothingRecorded(progress, {}, "s")); // it is not known yet
        progress.resources = 2;
        progress.refused = {"pods"};
        QVERIFY(!recording::nothingRecorded(progress, {}, "s"));
        progress.refused = {"pods", "services"};
        const auto all = recording::nothingRecorded(progress, {}, "https://s");
        QVERIFY(all && all->code == Code::Forbidden && all->server == "https://s");
        QVERIFY(all->message.find("all namespaces") != std::string::npos);
        progress.listed = 1; // and then lost its access: the file stays
        QVERIFY(!recording::nothingRecorded(progress, {}, "s"));
        progress.listed = 0;
        QVERIFY(recording::nothingRecorded(progress, {.space = "team-a"}, "s")->message.find("team-a") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ClusterRecorderTest)
#include "tst_clusterrecorder.moc"
