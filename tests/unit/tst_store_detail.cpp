// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/client.h"
#include "kube/rowtable.h"
#include "support/storecase.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;
using namespace std::chrono_literals;

// How much of each object a store holds, and what becomes of rows that are read again for more. The contract's promises: tst_store.cpp.
class StoreDetailTest : public StoreCase {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void moreDetailIsADifferenceWithoutSignalsForWhatDidNotChange()
    {
        const Projection suspend{"/spec/suspend", "/spec/nothing"};
        lists({pod("a", "1"), pod("b", "2")}, "10", 1);
        RowText suspended = pod("a", "1");
        suspended.spec = R"({"suspend":true})";
        lists({suspended, pod("b", "2", "15")}, "20");
        watches();
        Told cells;
        Told facts;
        Store *store = m_bench->makeStore(podsSource(), suspend);
        const auto one = m_bench->listen(*store, cells);
        m_bench->advance(1s);
        auto two = m_bench->listen(*store, facts, Detail::Facts);
        m_bench->advance(1s);
        QCOMPARE(store->listRequests(), 2);
        QCOMPARE(cells.changed(), Names{"b"});
        // Rows that are read again are not loading.
        const auto live = std::find_if(cells.states.begin(), cells.states.end(), [](const State &state) { return state.phase == Phase::Live; });
        QVERIFY(std::all_of(live, cells.states.end(), [](const State &state) { return state.phase == Phase::Live; }));
        QCOMPARE(facts.sets.front().added.size(), std::size_t(2));
        for (const auto &[id, item] : facts.model) {
            if (item->name() == "a")
                QCOMPARE(item->fact(0), std::string_view("true"));
            QVERIFY(item->fact(1).empty());
            QVERIFY(item->body().empty());
        }
        QCOMPARE(ScriptedTransport::queryValue(m_bench->server.requests().back(), "includeObject"), std::string("Object"));
        // Lowering waits two minutes.
        two.end();
        for (int i = 0; i < 11; ++i) {
            m_bench->server.alive(pods);
            m_bench->advance(10s);
        }
        QCOMPARE(store->listRequests(), 2);
        m_bench->advance(15s);
        QCOMPARE(store->listRequests(), 3);
        QCOMPARE(ScriptedTransport::queryValue(m_bench->server.requests().back(), "includeObject"), std::string("Metadata"));
        sound(cells);
        sound(facts);
    }

    // A namespace whose list fails keeps nobody from what the others have; when it comes back, its rows' facts are news.
    void aFailingNamespaceHoldsNobodysFactsBack()
    {
        const std::string a = "/api/v1/namespaces/team-a/pods";
        const std::string b = "/api/v1/namespaces/team-b/pods";
        RowText inA = pod("a", "1");
        inA.spec = R"({"suspend":true})";
        RowText inB = pod("b", "2");
        inB.space = "team-b";
        inB.spec = inA.spec;
        const auto wantsObjects = [](const net::Request &request) { return ScriptedTransport::queryValue(request, "includeObject") == "Object"; };
        m_bench->server.on(net::Verb::List, a, answer(tableText({inA}, "10")));
        m_bench->server.on(
            net::Verb::List, b, wantsObjects, [](const net::Request &) { return refusal(500, "InternalError", "broken"); }, 3);
        m_bench->server.on(net::Verb::List, b, answer(tableText({inB}, "10")));
        m_bench->server.on(net::Verb::Watch, a, held());
        m_bench->server.on(net::Verb::Watch, b, held());
        Source source = podsSource();
        source.scope = Scope::of({"team-a", "team-b"});
        Told meta;
        Told facts;
        Store *store = m_bench->makeStore(source, {"/spec/suspend"});
        const auto one = m_bench->listen(*store, meta);
        m_bench->advance(1s);
        const auto two = m_bench->listen(*store, facts, Detail::Facts);
        m_bench->advance(200ms);
        const auto factOf = [&facts](const std::string &name) {
            for (const auto &[id, item] : facts.model) {
                if (item->name() == name)
                    return std::string(item->fact(0));
            }
            return std::string("no row");
        };
        QCOMPARE(factOf("a"), std::string("true"));
        QCOMPARE(factOf("b"), std::string()); // the row stays, as it was
        QCOMPARE(facts.phase(), Phase::Stale);
        QCOMPARE(facts.states.back().why->code, Code::ServerError);
        m_bench->advance(20s);
        QCOMPARE(factOf("b"), std::string("true"));
        QCOMPARE(facts.changed(), Names{"b"});
        QCOMPARE(facts.phase(), Phase::Live);
        sound(meta);
        sound(facts);
    }

    // The second change comes between the namespaces' new lists: what has the first one's cells is read once more, but not without pause.
    void columnsThatChangeAgainWhileRowsAreReadAgain()
    {
        Source source = podsSource();
        source.scope = Scope::of({"team-a", "team-b"});
        int columns = 0;
        bool flapping = false;
        for (const std::string space : {"team-a", "team-b"}) {
            const std::string path = "/api/v1/namespaces/" + space + "/pods";
            m_bench->server.on(
                net::Verb::List, path, [](const net::Request &) { return true; },
                [&, space](const net::Request &) {
                    if (columns == 1 || flapping)
                        ++columns; // whoever is asked next has others
                    RowText row = pod(space, space, "1");
                    row.space = space;
                    row.status = "cell " + std::to_string(columns);
                    return answer(tableText({row}, "10", {}, columnsText({"Name", "Column " + std::to_string(columns)})));
                });
            m_bench->server.on(net::Verb::Watch, path, held());
        }
        auto &[told, store, listening] = listened(source);
        m_bench->advance(1s);
        columns = 1;
        m_bench->server.push(errorText(410, "Expired"), "/api/v1/namespaces/team-a/pods");
        m_bench->advance(10s);
        QCOMPARE(store->snapshot().columns().at(1).name, "Column " + std::to_string(columns));
        for (const ItemPtr &item : store->snapshot().sorted())
            QCOMPARE(item->cell(1), std::string_view("cell " + std::to_string(columns)));
        QCOMPARE(told.phase(), Phase::Live);
        const int before = store->listRequests();
        flapping = true;
        m_bench->server.push(errorText(410, "Expired"), "/api/v1/namespaces/team-a/pods");
        m_bench->advance(30s);
        QVERIFY2(store->listRequests() - before < 20, std::to_string(store->listRequests() - before).c_str());
        flapping = false;
        m_bench->advance(10s);
        for (const ItemPtr &item : store->snapshot().sorted())
            QCOMPARE(item->cell(1), std::string_view("cell " + std::to_string(columns)));
        sound(told);
    }

    // 36 MB in one answer: whoever closes its window waits for a row, not for the list.
    void aClosingWindowDoesNotWaitForALongList()
    {
        const std::string heavy(3600, 'x');
        std::vector<RowText> rows;
        for (int i = 0; i < 10'000; ++i)
            rows.push_back({.name = "p" + std::to_string(i), .uid = std::to_string(i), .status = heavy});
        const std::string text = tableText(rows, "10");
        QElapsedTimer timer;
        timer.start();
        QVERIFY(decodeTable(text, Detail::Meta, {}).has_value());
        const qint64 whole = timer.elapsed();
        m_bench->server.on(net::Verb::List, pods, answer(text));
        qint64 waited = whole;
        for (int attempt = 0; attempt < 3 && waited > whole * 2 / 3; ++attempt) { // others want the processors too
            auto client = std::make_unique<Client>(m_bench->server, m_bench->dispatcher, m_bench->pool, "https://test.example");
            auto store = std::make_unique<Store>(*client, m_bench->clock, podsSource(), Projection());
            Told told;
            const auto listening = m_bench->listen(*store, told);
            (void)m_bench->server.deliver(); // the pool is at work
            timer.start();
            store.reset();
            client.reset();
            m_bench->pool.clear();
            m_bench->pool.waitForDone();
            waited = timer.elapsed();
            m_bench->settle();
        }
        qInfo("decoded in %lld ms, waited for %lld ms", whole, waited);
        QVERIFY(waited <= whole * 2 / 3);
    }

    void oneListsEndLooksAtNoOtherNamespacesRows()
    {
        RowTable rows;
        const auto add = [&rows](const std::string &name, std::uint32_t lane) -> RowTable::Entry & { return rows.insert(name, nullptr, lane, 1); };
        const auto of = [&rows](std::uint32_t lane) {
            Names names;
            rows.forEachOf(lane, [&names](const RowTable::Entry &entry) { names.push_back(*entry.key); });
            std::sort(names.begin(), names.end());
            return names;
        };
        for (int i = 0; i < 1000; ++i) // the entries' places in memory change nothing
            add("x" + std::to_string(i), 7);
        RowTable::Entry &b = add("b", 0);
        add("a", 0);
        add("c", 0);
        QCOMPARE(of(0), (Names{"a", "b", "c"}));
        rows.moveTo(b, 2);
        QCOMPARE(of(0), (Names{"a", "c"}));
        QCOMPARE(of(2), Names{"b"});
        rows.remove("c");
        rows.remove("b");
        rows.remove("x500");
        QCOMPARE(of(0), Names{"a"});
        QCOMPARE(of(2), Names{});
        QCOMPARE(of(7).size(), std::size_t(999));
        QCOMPARE(of(99), Names{});
    }

    // Rows that are read again are Live no longer than the bound of silence, though a list has two minutes for its answer.
    void aListThatBringsNoWordIsNotLive_data()
    {
        QTest::addColumn<bool>("raised");
        QTest::newRow("more detail is read") << true;
        QTest::newRow("the version has expired") << false;
    }
    void aListThatBringsNoWordIsNotLive()
    {
        QFETCH(bool, raised);
        lists({pod("a", "1")}, "10", 1);
        test::Answer deaf = held();
        deaf.sendsHead = false;
        m_bench->server.on(net::Verb::List, pods, deaf, 1);
        watches();
        Told told;
        Told whole;
        Store *store = m_bench->makeStore(podsSource());
        const auto listening = m_bench->listen(*store, told);
        m_bench->advance(10s);
        Subscription more;
        if (raised)
            more = m_bench->listen(*store, whole, Detail::Whole);
        else
            m_bench->server.push(errorText(410, "Expired"), pods);
        m_bench->advance(10s);
        QCOMPARE(told.phase(), Phase::Live);
        m_bench->advance(16s);
        QCOMPARE(told.phase(), Phase::Stale);
        QCOMPARE(told.states.back().why->code, Code::Timeout);
        QCOMPARE(told.rows(), Names{"team-a/a@1"});
        QCOMPARE(m_bench->server.count(net::Verb::List), 2); // it still has its time
        m_bench->server.push(tableText({pod("a", "1", "12")}, "20"), pods);
        m_bench->server.endWatch(pods);
        m_bench->advance(1s);
        QCOMPARE(told.phase(), Phase::Live);
        QVERIFY(!told.states.back().why);
        QCOMPARE(told.rows(), Names{"team-a/a@12"});
        sound(told);
    }

    void wholeObjectsComeWithoutManagedFields()
    {
        lists({pod("a", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened(podsSource(), Detail::Whole);
        m_bench->settle();
        const std::string body(told.model.begin()->second->body());
        QVERIFY(body.find("managedFields") == std::string::npos);
        QVERIFY(body.find(R"("spec":{})") != std::string::npos);
    }

    void cellsAreTheFirstPageOnly()
    {
        m_bench->server.on(net::Verb::List, pods, answer(tableText({pod("a", "1")}, "10", "more")));
        auto &[told, store, listening] = listened(podsSource(), Detail::Cells);
        m_bench->advance(2s);
        QCOMPARE(told.phase(), Phase::FirstPage);
        QCOMPARE(m_bench->server.count(net::Verb::List), 1);
        QCOMPARE(m_bench->server.count(net::Verb::Watch), 0);
    }
};

QTEST_GUILESS_MAIN(StoreDetailTest)
#include "tst_store_detail.moc"
