// SPDX-License-Identifier: GPL-3.0-or-later
// The engine as it is, above a recording: discovery, stores, single objects, the session's clock.
#include "kube/session.h"
#include "recording/recorder.h"
#include "recording/replaytransport.h"
#include "support/good.h"
#include "support/paths.h"
#include "support/recordedworld.h"
#include "support/told.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace fairlead;
using namespace fairlead::recording;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

constexpr Moment start{std::chrono::milliseconds(1'767'323'200'000)};
const kube::GroupVersionResource pods{"", "v1", "pods"};

std::string fixture(const char *name)
{
    QFile file(QString::fromStdString(sourcePath("tests/fixtures/discovery/aggregated-v2/") + name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

// "namespace/name@version", as Told gives them.
std::vector<std::string> rowsOf(const std::map<std::string, std::string> &truth)
{
    std::vector<std::string> out;
    for (const auto &[key, row] : truth) {
        const std::size_t at = row.find("resourceVersion") + 18;
        out.push_back(key + "@" + row.substr(at, row.find('"', at) - at));
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

class RecordingEngineTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::map<Moment, std::vector<std::string>> m_truth;
    Dispatcher m_dispatcher;
    QThreadPool m_pool;
    std::unique_ptr<ReplayTransport> m_transport;
    std::unique_ptr<kube::Session> m_session;

    void open(Moment at)
    {
        close();
        m_transport = std::make_unique<ReplayTransport>(good(Reader::open(m_folder.filePath(QStringLiteral("a.flrec")).toStdString())), at);
        m_session = std::make_unique<kube::Session>(*m_transport, m_dispatcher, m_pool, "a.flrec", [](const auto &) { return kube::Projection(); });
    }
    void close()
    {
        m_session.reset();
        m_pool.waitForDone();
        m_transport.reset();
    }

private Q_SLOTS:
    // Ten minutes of pods.
    void initTestCase()
    {
        RecordedWorld world(12, 30);
        Recorder recorder(good(Writer::create(
            m_folder.filePath(QStringLiteral("a.flrec")).toStdString(), platform::File::Existing::Replace, start, {{"context", "here"}})));
        const std::string type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        good(recorder.addDocument("/api", type, fixture("api.json"), start));
        good(recorder.addDocument("/apis", type, fixture("apis.json"), start));
        const auto stream = good(recorder.addResource(pods, "Pod", true, start));
        recorder.beginList(stream);
        good(recorder.addPage(stream, world.table(), start));
        good(recorder.endList(stream, start));
        m_truth[start] = rowsOf(world.truth());
        for (int i = 1; i <= 600; ++i) {
            good(recorder.addEvent(stream, world.step(), start + i * 1s));
            m_truth[start + i * 1s] = rowsOf(world.truth());
        }
        good(recorder.close());
    }
    void cleanup() { close(); }

    void discoveryIsTheRecordedOne()
    {
        open(start);
        kube::OfferPtr offer;
        m_session->discovery().load().then(this, [&offer](Result<kube::OfferPtr> answer) { offer = good(std::move(answer)); });
        QTRY_VERIFY_WITH_TIMEOUT(offer, 20'000);
        QVERIFY(offer->resources.size() > 40 && offer->broken.empty());
    }

    // Played and jumped in, a store is at each moment what the cluster was; by its watch, and by a list only where it jumped.
    void storeFollowsTheRecording()
    {
        open(start);
        const auto store = m_session->store({pods, {}, {}});
        Told told;
        QObject context;
        const auto subscription = store->subscribe(
            kube::Detail::Whole, &context, [&](const kube::ChangeSet &set) { told.take(set); },
            [&](const kube::State &state) { told.states.push_back(state); });
        QTRY_VERIFY_WITH_TIMEOUT(told.phase() == kube::Phase::Live, 20'000);
        QVERIFY(told.rows() == m_truth.at(start));
        for (int second = 20; second <= 200; second += 20) {
            m_transport->moveTo(start + std::chrono::seconds(second));
            QTRY_VERIFY_WITH_TIMEOUT(told.rows() == m_truth.at(start + std::chrono::seconds(second)), 20'000);
        }
        QCOMPARE(store->listRequests(), 1);
        m_transport->moveTo(start + 590s);
        QTRY_VERIFY_WITH_TIMEOUT(told.rows() == m_truth.at(start + 590s), 20'000);
        QCOMPARE(store->listRequests(), 2);
        m_transport->moveTo(start + 595s);
        QTRY_VERIFY_WITH_TIMEOUT(told.rows() == m_truth.at(start + 595s), 20'000);
        QCOMPARE(store->listRequests(), 2);
        QVERIFY(told.faults.empty());
    }

    // The clock of a session is the recording's: ages are those of the moment.
    void clockIsTheRecordings()
    {
        open(start + 300s);
        std::optional<Result<kube::OfferPtr>> answer;
        m_session->discovery().load().then(this, [&answer](Result<kube::OfferPtr> offer) { answer = std::move(offer); });
        QTRY_VERIFY_WITH_TIMEOUT(answer, 20'000);
        QVERIFY(std::chrono::abs(m_session->clock().now() - (start + 300s)) < 60s); // of real time, on a machine that is busy
    }

    void oneObject()
    {
        open(start + 100s);
        const std::string first = m_truth.at(start + 100s).front();
        const std::string space = first.substr(0, first.find('/'));
        const std::string name = first.substr(space.size() + 1, first.find('@') - space.size() - 1);
        const auto store = m_session->store({pods, {}, {}});
        std::optional<Result<std::string>> object;
        std::optional<Result<std::string>> missing;
        store->object({pods, space, name}).then(this, [&](Result<std::string> answer) { object = std::move(answer); });
        store->object({pods, space, "gone"}).then(this, [&](Result<std::string> answer) { missing = std::move(answer); });
        QTRY_VERIFY_WITH_TIMEOUT(object && missing, 20'000);
        QVERIFY(good(*object).find(name) != std::string::npos);
        QCOMPARE(missing->error().code, Code::NotFound);
    }
};

QTEST_GUILESS_MAIN(RecordingEngineTest)
#include "tst_recording_engine.moc"
