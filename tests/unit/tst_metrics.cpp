// SPDX-License-Identifier: GPL-3.0-or-later
// What pods and nodes use: how answers of metrics.k8s.io are read, and when it is asked. What a real one says: tests/live/tst_metrics.
#include "kube/discovery.h"
#include "metrics/usagefeed.h"
#include "metrics/usageseries.h"
#include "support/enginebench.h"

#include <QSignalSpy>
#include <QTest>

using namespace fairlead;
using namespace fairlead::metrics;
using namespace fairlead::test;
using namespace std::chrono_literals;
using Phase = UsageFeed::Phase;

namespace {

const std::string podsPath = "/apis/metrics.k8s.io/v1beta1/pods";
const std::string noCore = R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[]})";

std::string pathIn(const std::string &space)
{
    return "/apis/metrics.k8s.io/v1beta1/namespaces/" + space + "/pods";
}

std::string offered(const char *freshness = "Current")
{
    return std::string(R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
        {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":")") +
           freshness + R"(","resources":[
        {"resource":"nodes","responseKind":{"kind":"NodeMetrics"},"scope":"Cluster","verbs":["get","list"]},
        {"resource":"pods","responseKind":{"kind":"PodMetrics"},"scope":"Namespaced","verbs":["get","list"]}]}]}]})";
}

std::string pod(const std::string &space, const std::string &name, const std::string &cpu, const std::string &memory,
    const std::string &window = "15.083s", const std::string &at = "2026-11-30T11:00:00Z")
{
    return R"({"metadata":{"name":")" + name + R"(","namespace":")" + space + R"("},"timestamp":")" + at + R"(","window":")" + window +
           R"(","containers":[{"name":"a","usage":{"cpu":")" + cpu + R"(","memory":")" + memory + R"("}}]})";
}

std::string pods(const std::string &items)
{
    return R"({"kind":"PodMetricsList","apiVersion":"metrics.k8s.io/v1beta1","metadata":{},"items":[)" + items + "]}";
}

Usages read(const std::string &json)
{
    const auto entries = kube::decodeMetrics(json);
    return entries ? Usages(*entries) : Usages();
}

const kinds::UsageKind &podKind()
{
    return *kinds::usageKindOf("", "pods");
}

} // namespace

class MetricsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<EngineBench>();
        m_bench->server.on(net::Verb::Get, "/api", answer(noCore));
    }
    void cleanup()
    {
        m_feed.reset();
        m_discovery.reset();
        m_bench.reset();
    }

    void answersAreRead();
    void nodesAreRead();
    void containersAreSummedBeforeTheyAreRounded();
    void absurdAmountsAreNotKnown();
    void whatIsNoListIsSaid();
    void textsAreThoseOfKubectl_data();
    void textsAreThoseOfKubectl();
    void windowsAreRead_data();
    void windowsAreRead();
    void theSeriesIsBounded();

    void theApisOwnPace();
    void whereItIsNotOfferedNothingIsAsked();
    void hiddenNothingIsAsked();
    void aBrokenApiIsAskedLessAndLess();
    void whatHangsIsGivenUp();
    void whatWasKnownStaysForAWhile();
    void aFewNamespacesOneByOne();
    void anotherSubjectBeginsAnew();
    void theApiComesLater();
    void oneObjectThatIsNotThereYet();

private:
    UsageFeed &feed(const std::string &apis = offered())
    {
        m_bench->server.on(net::Verb::Get, "/apis", answer(apis));
        m_discovery = std::make_unique<kube::Discovery>(m_bench->client, m_bench->clock);
        m_feed = std::make_unique<UsageFeed>(m_bench->client, *m_discovery, m_bench->clock);
        return *m_feed;
    }
    UsageFeed &watching(const std::string &apis = offered())
    {
        feed(apis).setShown(true);
        m_feed->watch(podKind(), kube::Scope::all());
        m_bench->settle();
        return *m_feed;
    }
    [[nodiscard]] int asked(const std::string &path = podsPath) const { return m_bench->server.count(net::Verb::List, path); }

    std::unique_ptr<EngineBench> m_bench;
    std::unique_ptr<kube::Discovery> m_discovery;
    std::unique_ptr<UsageFeed> m_feed;
};

void MetricsTest::answersAreRead()
{
    const Usages usages =
        read(pods(pod("team-a", "web", "1234567n", "20Mi") + "," + pod("team-b", "web", "250m", "1048576", "30s", "2026-11-30T11:00:09Z")));
    QCOMPARE(usages.size(), std::size_t(2));
    const Usage *const web = usages.of("team-a", "web");
    QVERIFY(web != nullptr);
    QCOMPARE(web->nanoCores, 1234567);
    QCOMPARE(web->bytes, 20 << 20);
    QCOMPARE(web->window, 15083ms);
    QCOMPARE(web->at, *parseTime("2026-11-30T11:00:00Z"));
    QVERIFY(usages.of("team-b", "web") != nullptr);
    QVERIFY(usages.of("team-c", "web") == nullptr);
    QVERIFY(usages.of("team-a", "we") == nullptr);
    QCOMPARE(usages.window(), 30000ms);
    QCOMPARE(usages.newest(), parseTime("2026-11-30T11:00:09Z"));
    QCOMPARE(usages.bySpace().at("team-b"), (kinds::Amounts{0.25, 1048576}));
    QCOMPARE(usages.total().memory, double(21 << 20));
}

void MetricsTest::nodesAreRead()
{
    const Usages usages = read(R"({"kind":"NodeMetricsList","items":[{"metadata":{"name":"node-1"},"timestamp":"2026-11-30T11:00:00Z",
        "window":"20s","usage":{"cpu":"1500m","memory":"2Gi"}}]})");
    QCOMPARE(usages.size(), std::size_t(1));
    QCOMPARE(usages.of("", "node-1")->nanoCores, 1'500'000'000);
    // One object, as GET answers it.
    const Usages one = read(R"({"kind":"NodeMetrics","metadata":{"name":"node-1"},"timestamp":"","window":"","usage":{"cpu":"1","memory":"1Ki"}})");
    QCOMPARE(one.of("", "node-1")->bytes, 1024);
    QCOMPARE(one.window(), 0ms);
}

void MetricsTest::containersAreSummedBeforeTheyAreRounded()
{
    const Usages usages = read(pods(R"({"metadata":{"name":"p","namespace":"s"},"containers":[
        {"name":"a","usage":{"cpu":"400u","memory":"700Ki"}},{"name":"b","usage":{"cpu":"400u","memory":"700Ki"}}]})"));
    QCOMPARE(cpuText(usages.of("s", "p")->nanoCores), std::string("1m"));
    QCOMPARE(memoryText(usages.of("s", "p")->bytes), std::string("1Mi"));
}

void MetricsTest::absurdAmountsAreNotKnown()
{
    for (const char *amount : {"-1", "1e100", "1e300", "x", "", "9E"}) {
        const Usages usages = read(pods(pod("s", "bad", amount, "1Mi") + "," + pod("s", "bad2", "1m", amount) + "," + pod("s", "good", "0", "0")));
        QVERIFY2(usages.of("s", "bad") == nullptr, amount);
        QVERIFY2(usages.of("s", "bad2") == nullptr, amount);
        QVERIFY2(usages.of("s", "good") != nullptr, amount);
    }
    // No containers, no name, fields of other types.
    QCOMPARE(
        read(pods(R"({"metadata":{"name":"p"},"containers":[]},{"metadata":{}},{"metadata":{"name":7}},{"metadata":{"name":"q"},"usage":3})")).size(),
        std::size_t(0));
}

void MetricsTest::whatIsNoListIsSaid()
{
    for (const char *text :
        {"", "<html>", "[]", "3", R"({"kind":"PodList","items":[]})", R"({"kind":"PodMetricsList"})", R"({"kind":"PodMetricsList","items":[)"}) {
        const auto entries = kube::decodeMetrics(text);
        QVERIFY2(!entries, text);
        QCOMPARE(entries.error().code, Code::NotKubernetes);
    }
    QVERIFY(kube::decodeMetrics(pods("")).has_value());
}

void MetricsTest::textsAreThoseOfKubectl_data()
{
    QTest::addColumn<qint64>("nanoCores");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << qint64(0) << qint64(0) << QByteArray("0m 0Mi");
    QTest::newRow("a little") << qint64(1) << qint64(1) << QByteArray("1m 0Mi");
    QTest::newRow("just") << qint64(12'000'000) << qint64(34 << 20) << QByteArray("12m 34Mi");
    QTest::newRow("just above and below") << qint64(12'000'001) << qint64((34 << 20) - 1) << QByteArray("13m 33Mi");
    QTest::newRow("much") << qint64(12'345'678'901) << qint64(7) * (1 << 30) << QByteArray("12346m 7168Mi");
}

void MetricsTest::textsAreThoseOfKubectl()
{
    QFETCH(const qint64, nanoCores);
    QFETCH(const qint64, bytes);
    QFETCH(const QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(cpuText(nanoCores) + " " + memoryText(bytes)), text);
}

void MetricsTest::windowsAreRead_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("milliseconds"); // -1: none
    QTest::newRow("seconds") << QByteArray("15.083s") << 15083;
    QTest::newRow("a minute") << QByteArray("1m0s") << 60000;
    QTest::newRow("milliseconds") << QByteArray("900ms") << 900;
    QTest::newRow("an hour") << QByteArray("1h0m0.5s") << 3600500;
    for (const char *bad : {"", "15", "s", "-3s", "15s7", "1e9s", "99999h", "nan"})
        QTest::newRow(bad) << QByteArray(bad) << -1;
}

void MetricsTest::windowsAreRead()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, milliseconds);
    const auto window = parseWindow(text.toStdString());
    QCOMPARE(window ? int(window->count()) : -1, milliseconds);
}

void MetricsTest::theSeriesIsBounded()
{
    UsageSeries series;
    for (int i = 0; i < 700; ++i)
        QVERIFY(series.put({.nanoCores = i, .at = Moment(1s * i)}));
    QCOMPARE(series.samples().size(), UsageSeries::mostSamples);
    QCOMPARE(series.samples().front().nanoCores, 200);
    QVERIFY(!series.put({.nanoCores = 1, .at = Moment(699s)})); // the same window once more
    QVERIFY(!series.put({.nanoCores = 1, .at = Moment(5s)}));
    QCOMPARE(series.samples().back().nanoCores, 699);
}

void MetricsTest::theApisOwnPace()
{
    m_bench->server.on(net::Verb::List, podsPath, answer(pods(pod("s", "p", "5m", "3Mi", "30s"))));
    UsageFeed &feed = watching();
    QCOMPARE(feed.phase(), Phase::Known);
    QCOMPARE(cpuText(feed.usages()->of("s", "p")->nanoCores), std::string("5m"));
    QCOMPARE(asked(), 1);
    m_bench->advance(29s);
    QCOMPARE(asked(), 1);
    m_bench->advance(2s);
    QCOMPARE(asked(), 2);
    m_bench->advance(300s);
    QCOMPARE(asked(), 12);
    // Whatever it says: no more often than `least`, no more seldom than `most`.
    m_bench->server.forget();
    m_bench->server.on(net::Verb::List, podsPath, answer(pods(pod("s", "p", "5m", "3Mi", "10ms"))), 4);
    m_bench->server.on(net::Verb::List, podsPath, answer(pods(pod("s", "p", "5m", "3Mi", "20m"))));
    m_bench->advance(30s);
    QCOMPARE(feed.pause(), UsageFeed::least);
    m_bench->advance(60s);
    QCOMPARE(feed.pause(), UsageFeed::most);
    QCOMPARE(m_bench->server.unexpected(), 0);
}

void MetricsTest::whereItIsNotOfferedNothingIsAsked()
{
    UsageFeed &feed = watching(noCore);
    m_bench->advance(600s);
    QCOMPARE(feed.phase(), Phase::Absent);
    QVERIFY(!feed.isOffered());
    QVERIFY(feed.usages() == nullptr);
    QCOMPARE(asked(), 0);
    QCOMPARE(m_bench->server.unexpected(), 0);
}

void MetricsTest::hiddenNothingIsAsked()
{
    m_bench->server.on(net::Verb::List, podsPath, answer(pods(pod("s", "p", "5m", "3Mi", "15s"))));
    feed().watch(podKind(), kube::Scope::all());
    m_bench->advance(60s);
    QCOMPARE(asked(), 0);
    QVERIFY(m_feed->isOffered());
    m_feed->setShown(true);
    m_bench->settle();
    QCOMPARE(asked(), 1);
    m_feed->setShown(false);
    m_bench->advance(60s);
    QCOMPARE(asked(), 1);
    QVERIFY(m_feed->usages() != nullptr); // not so old that it would be wrong
    m_bench->advance(120s);
    QSignalSpy changed(m_feed.get(), &UsageFeed::changed);
    m_feed->setShown(true);
    QVERIFY(m_feed->usages() == nullptr);
    QCOMPARE(changed.size(), 1);
    m_bench->settle();
    QCOMPARE(asked(), 2);
    // Seen and hidden and seen again within one pace: no further request.
    m_feed->setShown(false);
    m_feed->setShown(true);
    m_bench->settle();
    QCOMPARE(asked(), 2);
    m_bench->advance(16s);
    QCOMPARE(asked(), 3);
    // Hidden while it is under way: taken back, and asked at once when it is seen again.
    m_bench->server.forget();
    m_bench->server.on(net::Verb::List, podsPath, held());
    m_bench->advance(16s);
    QCOMPARE(asked(), 4);
    const int cancelled = m_bench->server.cancelled();
    m_feed->setShown(false);
    m_bench->settle();
    QCOMPARE(m_bench->server.cancelled(), cancelled + 1);
    m_feed->setShown(true);
    m_bench->settle();
    QCOMPARE(asked(), 5);
}

void MetricsTest::aBrokenApiIsAskedLessAndLess()
{
    // As a server says it whose metrics server is down: offered, stale.
    m_bench->server.on(net::Verb::List, podsPath, refusal(503, "ServiceUnavailable", "the server is currently unable to handle the request"), 8);
    UsageFeed &feed = watching(offered("Stale"));
    QVERIFY(feed.isOffered());
    QCOMPARE(feed.phase(), Phase::Failing);
    QVERIFY(feed.why() && feed.why()->code == Code::Unavailable);
    QVERIFY(feed.usages() == nullptr);
    QCOMPARE(asked(), 1);
    Clock::Duration before = feed.pause();
    QCOMPARE(before, UsageFeed::usual);
    for (int i = 2; i <= 7; ++i) {
        m_bench->advance(before + before / 8 + 1s);
        QCOMPARE(asked(), i);
        QCOMPARE(feed.pause(), std::min(before * 2, UsageFeed::longest));
        before = feed.pause();
    }
    QCOMPARE(before, UsageFeed::longest);
    m_bench->server.forget();
    m_bench->server.on(net::Verb::List, podsPath, answer(pods(pod("s", "p", "5m", "3Mi", "15s"))));
    m_bench->advance(before + before / 8 + 1s);
    QCOMPARE(feed.phase(), Phase::Known);
    QVERIFY(!feed.why());
    QCOMPARE(feed.pause(), UsageFeed::usual);
}

void MetricsTest::whatHangsIsGivenUp()
{
    // The transport ends what takes longer than its deadline; that one is handed to it is all that can be seen here (live: it does).
    m_bench->server.on(net::Verb::List, podsPath, held());
    UsageFeed &feed = watching();
    QCOMPARE(asked(), 1);
    QCOMPARE(feed.phase(), Phase::Asking);
    m_bench->advance(60s);
    QCOMPARE(asked(), 1); // one at a time
    const auto requests = m_bench->server.requests();
    QCOMPARE(requests.back().deadline, std::chrono::milliseconds(UsageFeed::deadline));
    m_bench->server.breakWatch({.code = Code::Timeout, .message = "no answer"}, podsPath);
    m_bench->settle();
    QCOMPARE(feed.phase(), Phase::Failing);
    QCOMPARE(feed.why()->code, Code::Timeout);
}

void MetricsTest::whatWasKnownStaysForAWhile()
{
    m_bench->server.on(net::Verb::List, podsPath, answer(pods(pod("s", "p", "5m", "3Mi", "15s"))), 1);
    m_bench->server.on(net::Verb::List, podsPath, refusal(503, "ServiceUnavailable", "down"));
    UsageFeed &feed = watching();
    m_bench->advance(20s);
    QCOMPARE(feed.phase(), Phase::Failing);
    QVERIFY(feed.usages() != nullptr);
    m_bench->advance(60s);
    QVERIFY(feed.usages() != nullptr);
    m_bench->advance(120s);
    QVERIFY(feed.usages() == nullptr);
}

void MetricsTest::aFewNamespacesOneByOne()
{
    kube::Scope scope;
    for (const char *space : {"a", "b", "c", "d", "e", "f"}) {
        scope.namespaces.insert(space);
        if (std::string_view(space) != "c")
            m_bench->server.on(net::Verb::List, pathIn(space), answer(pods(pod(space, "p", "5m", "3Mi"))));
    }
    m_bench->server.on(net::Verb::List, pathIn("c"), refusal(403, "Forbidden", "no"));
    feed().setShown(true);
    m_feed->watch(podKind(), scope);
    m_bench->settle();
    QCOMPARE(m_feed->phase(), Phase::Known);
    QCOMPARE(m_feed->usages()->size(), std::size_t(5));
    QVERIFY(m_feed->usages()->of("f", "p") != nullptr);
    QVERIFY(m_feed->why() && m_feed->why()->code == Code::Forbidden);
    QCOMPARE(asked(), 0);
    QCOMPARE(m_bench->server.unexpected(), 0);
}

void MetricsTest::anotherSubjectBeginsAnew()
{
    m_bench->server.on(net::Verb::List, podsPath, held());
    m_bench->server.on(net::Verb::List, "/apis/metrics.k8s.io/v1beta1/nodes", answer(R"({"kind":"NodeMetricsList","items":[]})"));
    UsageFeed &feed = watching();
    feed.watch(*kinds::usageKindOf("", "nodes"), kube::Scope::of({"team-a"}));
    m_bench->settle();
    QCOMPARE(m_bench->server.cancelled(), 1);
    QCOMPARE(feed.phase(), Phase::Known); // of all nodes: they are in no namespace
    QCOMPARE(feed.usages()->size(), std::size_t(0));
    feed.stop();
    m_bench->advance(60s);
    QCOMPARE(m_bench->server.count(net::Verb::List, "/apis/metrics.k8s.io/v1beta1/nodes"), 1);
    QVERIFY(feed.usages() == nullptr);
}

void MetricsTest::theApiComesLater()
{
    m_bench->server.on(net::Verb::Get, "/apis", answer(noCore), 1);
    m_bench->server.on(net::Verb::List, podsPath, answer(pods(pod("s", "p", "5m", "3Mi"))));
    UsageFeed &feed = watching();
    QCOMPARE(feed.phase(), Phase::Absent);
    m_discovery->reload().then(&m_bench->context, [](const Result<kube::OfferPtr> &) {});
    m_bench->settle();
    QCOMPARE(feed.phase(), Phase::Known);
    QCOMPARE(asked(), 1);
}

void MetricsTest::oneObjectThatIsNotThereYet()
{
    const std::string path = pathIn("s") + "/p";
    m_bench->server.on(net::Verb::Get, path, refusal(404, "NotFound", "podmetrics \"s/p\" not found"), 1);
    m_bench->server.on(net::Verb::Get, path, answer(R"({"kind":"PodMetrics",)" + pod("s", "p", "5m", "3Mi").substr(1)));
    feed().setShown(true);
    m_feed->watch(podKind(), kube::Scope::of({"s"}), "p");
    m_bench->settle();
    QCOMPARE(m_feed->phase(), Phase::Known);
    QCOMPARE(m_feed->usages()->size(), std::size_t(0));
    m_bench->advance(16s);
    QVERIFY(m_feed->usages()->of("s", "p") != nullptr);
}

QTEST_GUILESS_MAIN(MetricsTest)
#include "tst_metrics.moc"
