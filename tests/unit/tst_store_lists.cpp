// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/oneobject.h"
#include "kube/session.h"
#include "support/storecase.h"

#include <QFile>
#include <QPointer>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;
using namespace std::chrono_literals;

// How lists, pages and refusals come to a store. The contract's promises: tst_store.cpp; details: tst_store_detail.cpp.
class StoreListsTest : public StoreCase {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    // Lists
    void pagesAreOneList()
    {
        m_bench->server.on(net::Verb::List, pods, answer(tableText({pod("a", "1")}, "10", "next")), 1);
        m_bench->server.on(net::Verb::List, pods, answer(tableText({pod("b", "2")}, "10")), 1);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        QCOMPARE(told.rows(), (Names{"team-a/a@1", "team-a/b@1"}));
        QVERIFY(std::any_of(told.states.begin(), told.states.end(), [](const State &state) { return state.phase == Phase::FirstPage; }));
        QCOMPARE(store->listRequests(), 1);
        QCOMPARE(ScriptedTransport::queryValue(m_bench->server.requests().at(1), "continue"), std::string("next"));
    }

    void anExpiredPageIsReadInOne()
    {
        m_bench->server.on(net::Verb::List, pods, answer(tableText({pod("a", "1")}, "10", "next")), 1);
        m_bench->server.on(net::Verb::List, pods, refusal(410, "Expired", "the token is too old"), 1);
        lists({pod("a", "1"), pod("b", "2")}, "12");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        QCOMPARE(told.phase(), Phase::Live);
        QCOMPARE(told.rows(), (Names{"team-a/a@1", "team-a/b@1"}));
        QCOMPARE(ScriptedTransport::queryValue(m_bench->server.requests().at(2), "limit"), std::string());
        sound(told);
    }

    void refusedNamespacesAreNamedAndTheOthersLive()
    {
        m_bench->server.on(net::Verb::List, "/api/v1/namespaces/team-a/pods", answer(tableText({pod("a", "1")}, "10")));
        m_bench->server.on(net::Verb::List, "/api/v1/namespaces/team-b/pods", refusal(403, "Forbidden", "pods is forbidden"));
        m_bench->server.on(net::Verb::Watch, "/api/v1/namespaces/team-a/pods", held());
        Source source = podsSource();
        source.scope = Scope::of({"team-a", "team-b"});
        auto &[told, store, listening] = listened(source);
        m_bench->advance(1s);
        QCOMPARE(told.phase(), Phase::Live);
        QCOMPARE(told.states.back().refused.size(), std::size_t(1));
        QCOMPARE(told.states.back().refused.at("team-b").code, Code::Forbidden);
        QCOMPARE(told.rows(), Names{"team-a/a@1"});
    }

    void manyNamespacesAreListedAFewAtATime()
    {
        Source source = podsSource();
        for (int i = 0; i < 40; ++i) {
            const std::string space = "n" + std::to_string(100 + i);
            source.scope.namespaces.insert(space);
            RowText row = pod("a", space);
            row.space = space;
            m_bench->server.on(net::Verb::List, "/api/v1/namespaces/" + space + "/pods", answer(tableText({row}, "10")));
            m_bench->server.on(net::Verb::Watch, "/api/v1/namespaces/" + space + "/pods", held());
        }
        auto &[told, store, listening] = listened(source);
        QCOMPARE(m_bench->server.count(net::Verb::List), 6);
        m_bench->advance(1s);
        QCOMPARE(told.model.size(), std::size_t(40));
        QCOMPARE(told.phase(), Phase::Live);
    }

    void aRefusalIsSaidWhileLoadingAndTriedAgain()
    {
        m_bench->server.on(net::Verb::List, pods, refusal(403, "Forbidden", "pods is forbidden: no right"), 1);
        lists({pod("a", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        QCOMPARE(told.phase(), Phase::Loading);
        QCOMPARE(told.states.back().why->code, Code::Forbidden);
        store->retry();
        m_bench->advance(100ms);
        QCOMPARE(told.phase(), Phase::Live);
    }

    void aNewListThatBreaksOffIsReadAgainFromItsStart()
    {
        lists({pod("a", "1"), pod("b", "2")}, "10", 1);
        m_bench->server.on(net::Verb::List, pods, answer(tableText({pod("a", "1")}, "20", "next")), 1);
        m_bench->server.on(net::Verb::List, pods, noAnswer({.code = Code::Interrupted, .message = "cut"}), 1);
        lists({pod("a", "1")}, "21"); // b went while nobody watched
        watches({errorText(410, "Expired")}, 1);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(10s);
        QCOMPARE(told.phase(), Phase::Live);
        QCOMPARE(told.rows(), Names{"team-a/a@1"});
        QCOMPARE(told.removed(), Names{"b"});
        sound(told);
    }

    void aWatchThatIsNeverHadIsNotAskedForWithoutPause_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("reason");
        QTest::addColumn<int>("most"); // lists in five minutes
        QTest::newRow("always expired") << 410 << QStringLiteral("Expired") << 20;
        QTest::newRow("a kind that cannot be watched") << 405 << QStringLiteral("MethodNotAllowed") << 12;
        QTest::newRow("a broken server") << 500 << QStringLiteral("InternalError") << 20;
    }
    void aWatchThatIsNeverHadIsNotAskedForWithoutPause()
    {
        QFETCH(int, status);
        QFETCH(QString, reason);
        QFETCH(int, most);
        lists({pod("a", "1")}, "10");
        m_bench->server.on(net::Verb::Watch, pods, refusal(status, reason.toStdString(), "no watch"));
        auto &[told, store, listening] = listened();
        m_bench->advance(5min);
        QVERIFY2(store->listRequests() > 3 && store->listRequests() <= most, std::to_string(store->listRequests()).c_str());
        QCOMPARE(told.rows(), Names{"team-a/a@1"});
    }

    void aKindThatVanishedHasEndedInEveryNamespace()
    {
        Source source = podsSource();
        source.scope = Scope::of({"team-a", "team-b"}); // without a rule the server answers 404
        auto &[told, store, listening] = listened(source);
        m_bench->advance(1s);
        QCOMPARE(told.phase(), Phase::Ended);
        QVERIFY(told.states.back().refused.empty());
        QCOMPARE(told.states.back().why->code, Code::NotFound);
    }

    void rowsAreNotThrownAwayForTheFirstPageAlone()
    {
        lists({pod("a", "1")}, "10");
        watches();
        Told cells;
        Told meta;
        Store *store = m_bench->makeStore(podsSource());
        const auto one = m_bench->listen(*store, cells, Detail::Cells);
        auto two = m_bench->listen(*store, meta);
        m_bench->advance(1s);
        two.end();
        for (int i = 0; i < 15; ++i) {
            m_bench->server.alive(pods);
            m_bench->advance(10s);
        }
        QCOMPARE(cells.phase(), Phase::Live);
        QCOMPARE(m_bench->server.open(), 1); // still watched
    }

    void aStoreMayDieWhileItsReflectorIsReplaced()
    {
        lists({pod("a", "1")}, "10");
        watches();
        Told told;
        Store *store = m_bench->makeStore(podsSource());
        auto one = m_bench->listen(*store, told);
        m_bench->advance(1s);
        std::optional<Code> answer;
        store->reached("99").then(&m_bench->context, [&](Result<void> result) { answer = result ? Code::Internal : result.error().code; });
        auto two = m_bench->listen(*store, told, Detail::Whole);
        delete store;
        m_bench->settle();
        QCOMPARE(m_bench->server.open(), 0);
        QCOMPARE(m_bench->clock.timers(), std::size_t(0));
        QCOMPARE(answer, std::optional(Code::Cancelled)); // a writer does not wait for ever
    }

    void reachedIsOfTheNamespaceThatWasWrittenTo()
    {
        for (const std::string space : {"team-a", "team-b"}) {
            m_bench->server.on(net::Verb::List, "/api/v1/namespaces/" + space + "/pods", answer(tableText({}, "10")));
            m_bench->server.on(net::Verb::Watch, "/api/v1/namespaces/" + space + "/pods", held());
        }
        Source source = podsSource();
        source.scope = Scope::of({"team-a", "team-b"});
        auto &[told, store, listening] = listened(source);
        m_bench->advance(100ms);
        std::vector<std::string> reached;
        store->reached("15", "team-a").then(&m_bench->context, [&](Result<void> result) { reached.push_back(result ? "a" : "late"); });
        store->reached("15", "team-b").then(&m_bench->context, [&](Result<void> result) { reached.push_back(result ? "b" : "late"); });
        store->reached("15").then(&m_bench->context, [&](Result<void> result) { reached.push_back(result ? "all" : "late"); });
        m_bench->server.push(bookmarkText("20"), "/api/v1/namespaces/team-b/pods");
        m_bench->advance(1s);
        QCOMPARE(reached, std::vector<std::string>{"b"});
        m_bench->server.push(bookmarkText("21"), "/api/v1/namespaces/team-a/pods");
        m_bench->advance(1s);
        QCOMPARE(reached, (std::vector<std::string>{"b", "a", "all"}));
    }

    void reachedWaitsForThePublishedRow()
    {
        lists({pod("a", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        m_bench->server.push(eventText("MODIFIED", pod("a", "1", "11")), pods); // told at once: a tick begins
        m_bench->settle();
        m_bench->server.push(eventText("MODIFIED", pod("a", "1", "12")), pods); // held back by the tick
        m_bench->settle();
        std::string seen;
        store->reached("12").then(&m_bench->context, [&](Result<void>) { seen = store->snapshot().sorted().front()->version(); });
        m_bench->settle();
        QCOMPARE(seen, std::string());
        m_bench->advance(100ms);
        QCOMPARE(seen, std::string("12"));
    }

    // 10,000 pods with metadata as heavy as real ones stay far below the 250 MB that are promised.
    void tenThousandRowsAreSmall()
    {
        const auto residentMegabytes = [] {
            QFile file(QStringLiteral("/proc/self/statm"));
            return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').at(1).toLongLong() * 4096 / 1000000 : 0;
        };
        const std::string heavy(1500, 'x'); // what a real pod's labels, annotations and owners come to
        int page = 0;
        m_bench->server.on(
            net::Verb::List, pods, [](const net::Request &) { return true; },
            [&](const net::Request &) {
                std::vector<RowText> rows;
                for (int i = 0; i < 500; ++i) {
                    const std::string number = std::to_string(10000 + page * 500 + i);
                    rows.push_back({.name = "service-" + number, .uid = "00000000-0000-0000-0000-0000000" + number, .status = "Running " + heavy});
                }
                ++page;
                return answer(tableText(rows, "10", page < 20 ? "next" : ""));
            });
        watches();
        const auto before = residentMegabytes();
        auto &[told, store, listening] = listened();
        m_bench->advance(1s);
        QCOMPARE(store->snapshot().size(), std::size_t(10000));
        QCOMPARE(page, 20);
        std::size_t cost = 0;
        store->snapshot().forEach([&cost](const ItemPtr &item) { cost += item->meta().cost(); });
        QVERIFY2(cost < 40'000'000, std::to_string(cost).c_str()); // what the rows say of themselves
        const auto grown = residentMegabytes() - before;
        QVERIFY2(grown < 250, std::to_string(grown).c_str()); // pages, parsers and the test's own texts included
    }

    void answersAreDecodedOnThePool()
    {
        m_bench->server.on(net::Verb::Get, "/version", answer("{}"));
        std::thread::id decodedOn;
        net::Request request;
        request.path = "/version";
        bool answered = false;
        auto reply = m_bench->client.ask<int>(request, [&decodedOn](kube::Answer &&) -> Result<int> {
            decodedOn = std::this_thread::get_id();
            return 1;
        });
        reply.then(&m_bench->context, [&answered](Result<int>) { answered = true; });
        m_bench->settle();
        QVERIFY(answered);
        QVERIFY(decodedOn != std::thread::id());
        QVERIFY(decodedOn != std::this_thread::get_id());
    }

    void aSessionGivesAllTheSameStoreOfASource()
    {
        Session session(m_bench->server, m_bench->dispatcher, m_bench->pool, "https://test.example", Session::ProjectionOf());
        auto one = session.store(podsSource());
        auto two = session.store(podsSource());
        QCOMPARE(one.get(), two.get());
        Source other = podsSource();
        other.selector.labels = "app=web";
        QVERIFY(session.store(other).get() != one.get());
        const QPointer<Store> watched = one.get();
        one.reset();
        QVERIFY(!watched.isNull());
        two.reset();
        m_bench->settle();
        QVERIFY(watched.isNull());
    }

    // A server that does not take the question for a Table is asked in plain, and watched so.
    void whoRefusesTablesIsAskedInPlain()
    {
        const auto asksForTable = [](const net::Request &request) { return request.accept.find("as=Table") != std::string::npos; };
        m_bench->server.on(net::Verb::List, pods, asksForTable, [](const net::Request &) { return refusal(406, "NotAcceptable", "only JSON"); });
        m_bench->server.on(net::Verb::Watch, pods, asksForTable, [](const net::Request &) { return refusal(406, "NotAcceptable", "only JSON"); });
        m_bench->server.on(net::Verb::List, pods, answer(plainListText({pod("a", "1")}, "10")));
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        QCOMPARE(told.phase(), Phase::Live);
        QCOMPARE(store->snapshot().columns().size(), std::size_t(2));
        m_bench->server.push(plainEventText("ADDED", pod("b", "2", "11")), pods);
        m_bench->advance(100ms);
        QCOMPARE(told.rows(), (Names{"team-a/a@1", "team-a/b@11"}));
        QCOMPARE(m_bench->server.count(net::Verb::List), 2);
        QCOMPARE(m_bench->server.count(net::Verb::Watch), 1);
        QCOMPARE(told.phase(), Phase::Live);
    }

    // Two sets of columns in turn would be two resets a second.
    void aListAndAWatchOfTwoFormsAreNotMixed()
    {
        lists({pod("a", "1")}, "10");
        watches({plainEventText("ADDED", pod("b", "2", "11"))});
        auto &[told, store, listening] = listened();
        m_bench->advance(1min);
        QCOMPARE(told.phase(), Phase::Stale);
        QCOMPARE(told.states.back().why->code, Code::Unsupported);
        QCOMPARE(told.rows(), Names{"team-a/a@1"});
        QVERIFY(store->listRequests() <= 3);
    }

    void oneObjectIsReadWhole()
    {
        const std::string path = "/api/v1/namespaces/team-a/pods/web";
        const std::string body = R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","managedFields":[{}]}})";
        m_bench->server.on(net::Verb::Get, path, answer(body), 1);
        m_bench->server.on(net::Verb::Get, path, answer("<html>sign in</html>", 200, "text/html"), 1);
        m_bench->server.on(net::Verb::Get, path, refusal(406, "NotAcceptable", "only application/json"), 1);
        m_bench->server.on(net::Verb::Get, path, answer(body), 1);
        Store *store = m_bench->makeStore(podsSource());
        const ObjectRef web{podsSource().resource, "team-a", "web"};
        std::vector<Result<std::string>> objects;
        store->object(web).then(&m_bench->context, [&](Result<std::string> object) { objects.push_back(std::move(object)); });
        m_bench->settle();
        QCOMPARE(objects.at(0).value(), body);
        store->object(web).then(&m_bench->context, [&](Result<std::string> object) { objects.push_back(std::move(object)); });
        m_bench->settle();
        QCOMPARE(objects.at(1).error().code, Code::NotKubernetes);
        std::string row;
        getRow(m_bench->client, web).then(&m_bench->context, [&](Result<TablePage> page) { row = page ? page->rows.at(0).cell(0) : "failed"; });
        m_bench->settle();
        QCOMPARE(row, std::string("web"));
        // Nobody waits any more: the second question is not even asked.
        auto dropped = getRow(m_bench->client, web);
        dropped.cancel();
        m_bench->settle();
        QCOMPARE(m_bench->server.cancelled(), 1);
    }

    void retryAfterIsWaitedFor()
    {
        test::Answer busy = refusal(429, "TooManyRequests", "too many requests");
        busy.head.retryAfter = 7s;
        m_bench->server.on(net::Verb::List, pods, busy, 1);
        lists({}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(6500ms);
        QCOMPARE(m_bench->server.count(net::Verb::List), 1);
        m_bench->advance(1s);
        QCOMPARE(m_bench->server.count(net::Verb::List), 2);
        QCOMPARE(told.phase(), Phase::Live);
    }
};

QTEST_GUILESS_MAIN(StoreListsTest)
#include "tst_store_lists.moc"
