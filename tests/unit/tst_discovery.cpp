// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/discovery.h"
#include "kube/discoveryround.h"
#include "support/enginebench.h"
#include "support/offerfixture.h"
#include "support/tabletext.h"

#include <QTest>

#include <algorithm>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

const std::string crds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const std::string services = "/apis/apiregistration.k8s.io/v1/apiservices";

// An aggregated document with one group of one's own for each name: "things" in "things.test".
std::string groups(const std::vector<std::string> &names, const std::string &stale = {})
{
    std::string items;
    for (const std::string &name : names) {
        if (!items.empty())
            items += ',';
        items += R"({"metadata":{"name":")" + name + R"(.test"},"versions":[{"version":"v1","freshness":")" + (name == stale ? "Stale" : "Current") +
                 R"(","resources":[{"resource":")" + name +
                 R"(","responseKind":{"kind":"Kind"},"scope":"Namespaced","singularResource":"","verbs":["list"]}]}]})";
    }
    return R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[)" + items + "]}";
}

std::string legacyGroups(const std::vector<std::string> &names)
{
    std::string list;
    for (const std::string &name : names) {
        if (!list.empty())
            list += ',';
        list += R"({"name":")" + name + R"(.test","versions":[{"version":"v1"}],"preferredVersion":{"version":"v1"}})";
    }
    return R"({"kind":"APIGroupList","groups":[)" + list + "]}";
}

std::string legacyResources(const std::string &name)
{
    return R"({"kind":"APIResourceList","resources":[{"name":")" + name + R"(","kind":"Kind","namespaced":true,"verbs":["list"]}]})";
}

const std::string noCore = R"({"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[]})";

QStringList names(const OfferPtr &offer)
{
    QStringList out;
    if (offer) {
        for (const Resource &resource : offer->resources)
            out << QString::fromStdString(resource.id.resource);
    }
    return out;
}

QStringList list(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class DiscoveryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_bench = std::make_unique<EngineBench>();
        m_apis = groups({"cows"});
        m_changes.clear();
        m_answers.clear();
        m_discovery = std::make_unique<Discovery>(m_bench->client, m_bench->clock);
        connect(m_discovery.get(), &Discovery::changed, m_discovery.get(), [this](const OfferPtr &offer) {
            QCOMPARE(offer, m_discovery->offer());
            m_changes << names(offer).join(QLatin1Char(' '));
        });
    }
    void cleanup()
    {
        m_discovery.reset();
        m_bench.reset();
    }

    void asksOnceHoweverManyWait()
    {
        aggregated();
        QVERIFY(!m_discovery->offer());
        load();
        load();
        settle();
        load();
        settle();
        QCOMPARE(m_answers, list("cows cows cows"));
        QCOMPARE(m_changes, list("cows"));
        QCOMPARE(rounds(), 1);
        QCOMPARE(m_bench->server.count(net::Verb::Get, "/api"), 1);
        for (const net::Request &request : m_bench->server.requests())
            QVERIFY(request.accept.find("as=APIGroupDiscoveryList") != std::string::npos);
    }

    void readsARealServersAnswer()
    {
        m_bench->server.on(net::Verb::Get, "/api", answer(fixture("discovery/aggregated-v2/api.json")));
        m_bench->server.on(net::Verb::Get, "/apis", answer(fixture("discovery/aggregated-v2/apis.json")));
        load();
        settle();
        QVERIFY(m_discovery->offer());
        QVERIFY(m_discovery->offer()->resources == standardOffer().resources);
    }

    void reloadTellsWhatCameAfterIt()
    {
        aggregated();
        load();
        m_bench->server.deliver(); // the answer is on its way, and old
        m_apis = groups({"cows", "hens"});
        reload();
        settle();
        QCOMPARE(m_answers, (QStringList{QStringLiteral("cows"), QStringLiteral("cows hens")}));
        QCOMPARE(m_changes, m_answers);
        QCOMPARE(rounds(), 2);
        reload();
        settle();
        QCOMPARE(rounds(), 3);
        QCOMPARE(m_changes.size(), 2); // the same again is no change
        QCOMPARE(m_answers.size(), 3);
    }

    void anOldServerIsAskedGroupByGroup()
    {
        m_bench->server.on(net::Verb::Get, "/api", answer(fixture("discovery/legacy/api.json")));
        m_bench->server.on(net::Verb::Get, "/apis", answer(fixture("discovery/legacy/apis.json")));
        m_bench->server.on(net::Verb::Get, "/api/v1", answer(fixture("discovery/legacy/api_v1.json")));
        const auto doc = decodeDiscovery(fixture("discovery/legacy/apis.json"));
        QVERIFY(doc);
        for (const GroupVersion &version : doc->versions)
            m_bench->server.on(
                net::Verb::Get, version.path(), answer(fixture("discovery/legacy/apis_" + version.group + "_" + version.version + ".json")));
        load();
        settle();
        QVERIFY(m_discovery->offer());
        QVERIFY(m_discovery->offer()->broken.empty());
        const auto sorted = [](std::vector<Resource> resources) {
            std::sort(resources.begin(), resources.end(), [](const Resource &a, const Resource &b) { return a.id < b.id; });
            return resources;
        };
        QVERIFY(sorted(m_discovery->offer()->resources) == sorted(standardOffer().resources));
        QCOMPARE(m_discovery->offer()->resources.front().id.group, std::string());
        QCOMPARE(m_bench->server.unexpected(), 0);
    }

    void onlySoManyAreAskedAtATime()
    {
        std::vector<std::string> many;
        for (int i = 0; i < 20; ++i)
            many.push_back("g" + std::to_string(i));
        m_bench->server.on(net::Verb::Get, "/api", answer(noCore));
        m_bench->server.on(net::Verb::Get, "/apis", answer(legacyGroups(many)));
        for (const std::string &name : many)
            m_bench->server.on(net::Verb::Get, "/apis/" + name + ".test/v1", held({legacyResources(name)}));
        load();
        settle();
        QCOMPARE(m_bench->server.open(), DiscoveryRound::parallel);
        for (int turn = 0; turn < 20; ++turn) {
            QVERIFY(m_bench->server.open() <= DiscoveryRound::parallel);
            m_bench->server.endWatch("/apis/g" + std::to_string(19 - turn) + ".test/v1");
            m_bench->server.endWatch("/apis/g" + std::to_string(turn) + ".test/v1");
            settle();
        }
        for (int turn = 0; turn < 20; ++turn) {
            m_bench->server.endWatch();
            settle();
        }
        QCOMPARE(m_answers.size(), 1);
        QCOMPARE(m_discovery->offer()->resources.size(), many.size());
        for (std::size_t i = 0; i < many.size(); ++i)
            QCOMPARE(m_discovery->offer()->resources[i].id.resource, many[i]); // the server's order, not that of the answers
    }

    void aBrokenGroupHidesNoOther()
    {
        m_apis = groups({"cows", "hens", "pigs"}, "hens");
        aggregated();
        load();
        settle();
        QCOMPARE(m_answers, QStringList{QStringLiteral("cows pigs")});
        QCOMPARE(m_discovery->offer()->broken.size(), std::size_t(1));
        QVERIFY(m_discovery->offer()->broken[0].message.starts_with("hens.test/v1: "));
        QCOMPARE(m_discovery->offer()->broken[0].server, m_bench->client.server());
        m_apis = groups({"cows", "hens", "pigs"}); // it comes back
        reload();
        settle();
        QCOMPARE(m_changes.last(), QStringLiteral("cows hens pigs"));
        QVERIFY(m_discovery->offer()->broken.empty());
    }

    void aBrokenGroupOfAnOldServerHidesNoOther()
    {
        m_bench->server.on(net::Verb::Get, "/api", answer(R"({"kind":"APIVersions","versions":["v1"]})"));
        m_bench->server.on(net::Verb::Get, "/apis", answer(legacyGroups({"cows", "hens"})));
        m_bench->server.on(net::Verb::Get, "/api/v1", answer(legacyResources("pods")));
        m_bench->server.on(
            net::Verb::Get, "/apis/cows.test/v1", refusal(503, "ServiceUnavailable", "the server is currently unable to handle the request"));
        m_bench->server.on(net::Verb::Get, "/apis/hens.test/v1", answer(legacyResources("hens")));
        load();
        settle();
        QCOMPARE(m_answers, QStringList{QStringLiteral("pods hens")});
        QCOMPARE(m_discovery->offer()->broken.size(), std::size_t(1));
        QCOMPARE(m_discovery->offer()->broken[0].code, Code::Unavailable);
        QCOMPARE(m_discovery->offer()->broken[0].message, std::string("cows.test/v1: the server is currently unable to handle the request"));
    }

    void nothingThatCanBeReadIsAFailure()
    {
        m_bench->server.on(net::Verb::Get, "/api", answer(noCore));
        m_bench->server.on(net::Verb::Get, "/apis", answer(legacyGroups({"cows", "hens"})));
        m_bench->server.on(net::Verb::Get, "/apis/cows.test/v1", noAnswer({.code = Code::Unreachable, .message = "refused"}), 1);
        m_bench->server.on(net::Verb::Get, "/apis/hens.test/v1", noAnswer({.code = Code::Unreachable, .message = "refused"}), 1);
        load();
        settle();
        QCOMPARE(m_answers, QStringList{QStringLiteral("! Unreachable refused")});
        QVERIFY(!m_discovery->offer());
    }

    void saysWhatStandsInTheWay_data()
    {
        QTest::addColumn<int>("core");
        QTest::addColumn<int>("named");
        QTest::addColumn<QByteArray>("body"); // of both; empty: as an API server refuses
        QTest::addColumn<QString>("answer");
        QTest::newRow("not signed in") << 401 << 401 << QByteArray() << QStringLiteral("! Unauthorized no");
        QTest::newRow("forbidden") << 200 << 403 << QByteArray() << QStringLiteral("! Forbidden no");
        QTest::newRow("forbidden core") << 403 << 200 << QByteArray() << QStringLiteral("! Forbidden no");
        QTest::newRow("no core") << 404 << 200 << QByteArray() << QStringLiteral("cows");
        QTest::newRow("neither") << 404 << 404 << QByteArray()
                                 << QStringLiteral(
                                        "! NotKubernetes the server answers, but has neither /api nor /apis: it is not a Kubernetes API server");
        QTest::newRow("a page") << 200 << 200 << QByteArray("<html>Sign in</html>")
                                << QStringLiteral("! NotKubernetes the server's list of what it offers could not be read: not JSON: a comma, colon, "
                                                  "quote or bracket is wrong near line 1, column 1");
    }
    void saysWhatStandsInTheWay()
    {
        QFETCH(int, core);
        QFETCH(int, named);
        QFETCH(QByteArray, body);
        QFETCH(QString, answer);
        const auto reply = [&](int status, const std::string &good) {
            return status != 200 ? refusal(status, "", "no") : test::answer(body.isEmpty() ? good : body.toStdString());
        };
        m_bench->server.on(net::Verb::Get, "/api", reply(core, noCore));
        m_bench->server.on(net::Verb::Get, "/apis", reply(named, m_apis));
        load();
        settle();
        QCOMPARE(m_answers, QStringList{answer});
        if (answer.startsWith(QLatin1Char('!')))
            QVERIFY(!m_errors.back().remedy.empty() && m_errors.back().server == m_bench->client.server());
    }

    void aFailureIsForgottenAtTheNextAttempt()
    {
        m_bench->server.on(net::Verb::Get, "/api", noAnswer({.code = Code::Unreachable, .message = "refused"}), 1);
        aggregated();
        load();
        settle();
        load();
        settle();
        QCOMPARE(m_answers, (QStringList{QStringLiteral("! Unreachable refused"), QStringLiteral("cows")}));
        // And what is there stays through a bad time.
        m_bench->server.forget();
        m_bench->server.on(net::Verb::Get, "/api", refusal(500, "InternalError", "broken"));
        m_bench->server.on(net::Verb::Get, "/apis", refusal(500, "InternalError", "broken"));
        reload();
        settle();
        QCOMPARE(m_answers.last(), QStringLiteral("! ServerError broken"));
        QCOMPARE(names(m_discovery->offer()), list("cows"));
        QCOMPARE(m_changes, list("cows"));
    }

    void mayDieInTheSignal()
    {
        aggregated();
        load();
        connect(m_discovery.get(), &Discovery::changed, &m_bench->context, [this] { m_discovery.reset(); });
        settle();
        QVERIFY(!m_discovery);
        QCOMPARE(m_changes, list("cows"));
    }

    void mayDieWhileAsking()
    {
        aggregated();
        load();
        m_discovery.reset();
        settle();
        QVERIFY(m_answers.isEmpty());
        QCOMPARE(m_bench->server.cancelled(), 2);
    }

    void aNewKindIsNoticed()
    {
        followed();
        const int before = rounds();
        m_apis = groups({"cows", "hens"});
        m_bench->server.push(eventText("ADDED", {.name = "hens.hens.test", .space = "", .uid = "9", .version = "20"}), crds);
        m_bench->advance(290ms);
        QCOMPARE(rounds(), before); // gathers for a moment
        m_bench->advance(20ms);
        QCOMPARE(rounds(), before + 1);
        QCOMPARE(m_changes, (QStringList{QStringLiteral("cows"), QStringLiteral("cows hens")}));
        m_apis = groups({"cows"});
        m_bench->server.push(eventText("DELETED", {.name = "v1.hens.test", .space = "", .uid = "9", .version = "21"}), services);
        m_bench->advance(310ms);
        QCOMPARE(m_changes.last(), QStringLiteral("cows"));
        QCOMPARE(m_changes.size(), 3);
    }

    void aServerThatIsLateIsLookedAtAgain()
    {
        followed();
        const int before = rounds();
        m_bench->server.push(eventText("MODIFIED", {.name = "hens.hens.test", .space = "", .uid = "9", .version = "20"}), crds);
        m_bench->advance(1s);
        QCOMPARE(rounds(), before + 1);
        m_apis = groups({"cows", "hens"});
        m_bench->advance(400ms);
        QCOMPARE(m_changes.last(), QStringLiteral("cows hens"));
        m_bench->advance(30s);
        QCOMPARE(rounds(), before + 4); // and not for ever
        QCOMPARE(m_changes.size(), 2);
    }

    void manyEventsAreOneLook()
    {
        followed();
        const int before = rounds();
        for (int i = 0; i < 20; ++i) {
            m_bench->server.push(eventText("MODIFIED", {.name = "hens.hens.test", .space = "", .uid = "9", .version = std::to_string(20 + i)}), crds);
            m_bench->advance(100ms);
        }
        QCOMPARE(rounds(), before);
        m_bench->advance(300ms);
        QCOMPARE(rounds(), before + 1);
        // But a storm that never pauses is looked at too.
        for (int i = 0; i < 33; ++i) {
            m_bench->server.push(eventText("MODIFIED", {.name = "hens.hens.test", .space = "", .uid = "9", .version = std::to_string(50 + i)}), crds);
            m_bench->advance(100ms);
        }
        QCOMPARE(rounds(), before + 2);
    }

    void bookmarksAreNoNews()
    {
        followed();
        const int before = rounds();
        m_bench->server.push(bookmarkText("90"), crds);
        m_bench->advance(20s);
        QCOMPARE(rounds(), before);
    }

    void aLostWatchLooksAgainByItself()
    {
        followed();
        m_bench->server.push(errorText(410, "Expired"), crds);
        settle();
        m_apis = groups({"cows", "hens"});
        m_bench->advance(2s);
        QCOMPARE(m_changes.last(), QStringLiteral("cows hens"));
        QCOMPARE(m_bench->server.count(net::Verb::List, crds), 2);
        QCOMPARE(m_bench->server.open(crds), 1);
    }

    void whoMayNotWatchPolls()
    {
        aggregated();
        m_bench->server.on(net::Verb::List, crds, refusal(403, "Forbidden", "no"));
        m_bench->server.on(net::Verb::List, services, refusal(403, "Forbidden", "no"));
        load();
        m_discovery->follow();
        m_bench->advance(59s);
        const int before = rounds();
        m_apis = groups({"cows", "hens"});
        m_bench->advance(2s);
        QCOMPARE(rounds(), before + 1);
        QCOMPARE(m_changes.last(), QStringLiteral("cows hens"));
        m_bench->advance(540s);
        QCOMPARE(rounds(), before + 10);
        QCOMPARE(m_bench->server.count(net::Verb::List, crds), 2); // a refusal is not asked for every minute
        // The right is given: the next try watches, and polling ends.
        m_bench->server.forget();
        aggregated();
        announcers();
        m_bench->advance(601s);
        QCOMPARE(m_bench->server.open(crds), 1);
        const int then = rounds();
        for (int i = 0; i < 30; ++i) {
            m_bench->server.alive(); // as the transport says of a healthy silence
            m_bench->advance(10s);
        }
        QCOMPARE(rounds(), then);
    }

private:
    // A chain of answers that each cause the next question needs a few turns.
    void settle()
    {
        for (int i = 0; i < 3; ++i)
            m_bench->settle();
    }

    void aggregated()
    {
        m_bench->server.on(net::Verb::Get, "/api", answer(noCore));
        m_bench->server.on(net::Verb::Get, "/apis", {}, [this](const net::Request &) { return answer(m_apis); });
    }

    void announcers()
    {
        for (const std::string &path : {crds, services}) {
            m_bench->server.on(net::Verb::List, path, answer(tableText({}, "10")));
            m_bench->server.on(net::Verb::Watch, path, held());
        }
    }

    // A discovery that follows and has come to rest.
    void followed()
    {
        aggregated();
        announcers();
        load();
        m_discovery->follow();
        m_discovery->follow(); // the same as once
        m_bench->advance(20s);
        QCOMPARE(m_bench->server.open(crds), 1);
        QCOMPARE(m_bench->server.open(services), 1);
        QCOMPARE(m_changes, list("cows"));
    }

    void take(Reply<OfferPtr> reply)
    {
        reply.then(&m_bench->context, [this](Result<OfferPtr> offer) {
            if (offer) {
                m_answers << names(*offer).join(QLatin1Char(' '));
            } else {
                m_errors.push_back(offer.error());
                m_answers << QStringLiteral("! %1 %2").arg(
                    QString::fromStdString(std::string(name(offer.error().code))), QString::fromStdString(offer.error().message));
            }
        });
    }
    void load() { take(m_discovery->load()); }
    void reload() { take(m_discovery->reload()); }
    int rounds() const { return m_bench->server.count(net::Verb::Get, "/apis"); }

    std::unique_ptr<EngineBench> m_bench;
    std::unique_ptr<Discovery> m_discovery;
    std::string m_apis;
    QStringList m_changes;
    QStringList m_answers;
    std::vector<Error> m_errors;
};

QTEST_GUILESS_MAIN(DiscoveryTest)
#include "tst_discovery.moc"
