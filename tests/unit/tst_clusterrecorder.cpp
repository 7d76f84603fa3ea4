// SPDX-License-Identifier: GPL-3.0-or-later
// A window's recorder above a server that is itself a recording.
#include "playback/clusterrecorder.h"

#include "app/engine.h"
#include "recording/reader.h"
#include "support/smallrecording.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <string>
#include <vector>

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
        recorder.start(server(), order("a.flrec", {.space = {}, .resources = {"pods", "deployments.apps"}, .logs = false}));
        QCOMPARE(recorder.phase(), Phase::Beginning);
        QVERIFY(recorder.isUnderWay() && !recorder.hasFile());
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Running, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(recorder.progress().resources > 0 && recorder.progress().listed == recorder.progress().resources, 20'000);
        QVERIFY(recorder.elapsed() > 0ms);
        QVERIFY(!changed.isEmpty());
        recorder.stop();
        QTRY_COMPARE_WITH_TIMEOUT(recorder.phase(), Phase::Done, 20'000);
        QVERIFY(recorder.hasFile() && !recorder.error());
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
