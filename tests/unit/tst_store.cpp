// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/storecase.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

Error lost()
{
    return {.code = Code::Interrupted, .message = "the connection was lost"};
}

} // namespace

class StoreTest : public StoreCase {
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    // Promise 1
    void everySubscriberFirstGetsAllThenChangesWithoutAGap()
    {
        lists({pod("a", "1"), pod("b", "2")}, "10");
        watches();
        Told first;
        Told second;
        Store *store = m_bench->makeStore(podsSource());
        const auto one = m_bench->listen(*store, first);
        m_bench->settle();
        QCOMPARE(first.phase(), Phase::Live);
        m_bench->server.push(eventText("ADDED", pod("c", "3", "11")), pods);
        m_bench->advance(100ms);
        const auto two = m_bench->listen(*store, second);
        m_bench->settle();
        m_bench->server.push(eventText("MODIFIED", pod("a", "1", "12")), pods);
        m_bench->advance(100ms);
        QCOMPARE(second.sets.front().cause, kube::Cause::Snapshot);
        QCOMPARE(second.sets.front().added.size(), std::size_t(3));
        QCOMPARE(second.sets.size(), std::size_t(2));
        QCOMPARE(second.sets.back().changed.size(), std::size_t(1));
        QCOMPARE(first.rows(), second.rows());
        QCOMPARE(first.rows(), (Names{"team-a/a@12", "team-a/b@1", "team-a/c@11"}));
        sound(first);
        sound(second);
        QCOMPARE(store->listRequests(), 1);
    }

    void anEmptyListIsToldToo()
    {
        lists({}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->settle();
        QCOMPARE(told.phase(), Phase::Live);
        QVERIFY(!told.sets.empty());
        QVERIFY(told.model.empty());
        QCOMPARE(store->snapshot().columns().size(), std::size_t(2)); // an empty table has a header
        QVERIFY(told.sets.back().columns);
    }

    // Promise 2
    void anOlderVersionNeverReplacesANewer()
    {
        lists({pod("a", "1", "20")}, "20");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->settle();
        m_bench->server.push(eventText("MODIFIED", pod("a", "1", "9")), pods); // fewer digits: older
        m_bench->advance(100ms);
        QCOMPARE(told.rows(), Names{"team-a/a@20"});
        m_bench->server.push(eventText("MODIFIED", pod("a", "1", "100")), pods);
        m_bench->advance(100ms);
        QCOMPARE(told.rows(), Names{"team-a/a@100"});
        sound(told);
    }

    void deletedAndCreatedAgainIsRemovedThenAdded()
    {
        lists({pod("web", "1")}, "10");
        watches({eventText("DELETED", pod("web", "1", "11")) + eventText("ADDED", pod("web", "2", "12"))});
        auto &[told, store, listening] = listened();
        m_bench->advance(200ms);
        QCOMPARE(told.removed(), Names{"web"});
        QCOMPARE(told.added(), (Names{"web", "web"}));
        QCOMPARE(told.changed(), Names{});
        QCOMPARE(store->listRequests(), 1); // a second list would hide a broken watch
        sound(told);
    }

    void aNameWithANewUidInANewListIsRemovedThenAdded()
    {
        lists({pod("web", "1")}, "10", 1);
        lists({pod("web", "2", "15")}, "20");
        watches({errorText(410, "Expired")}, 1);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(3s);
        QCOMPARE(told.removed(), Names{"web"});
        QCOMPARE(told.rows(), Names{"team-a/web@15"});
        sound(told);
    }

    void aNameWithANewUidOnAnEarlyPageReplacesTheOldRowAtOnce()
    {
        lists({pod("web", "1"), pod("x", "9")}, "10", 1);
        m_bench->server.on(net::Verb::List, pods, answer(tableText({pod("web", "2", "15")}, "20", "next")), 1);
        m_bench->server.on(net::Verb::List, pods, held(), 1); // the second page takes its time
        watches({errorText(410, "Expired")}, 1);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(3s);
        QCOMPARE(told.rows(), (Names{"team-a/web@15", "team-a/x@1"}));
        sound(told); // never two rows of one name
        m_bench->server.push(tableText({}, "20"), pods);
        m_bench->server.endWatch(pods);
        m_bench->advance(100ms);
        QCOMPARE(told.rows(), Names{"team-a/web@15"});
        sound(told);
    }

    // Promise 3
    void anExpiredVersionIsADifference()
    {
        lists({pod("a", "1"), pod("b", "2"), pod("c", "3")}, "10", 1);
        lists({pod("a", "1"), pod("b", "2", "18"), pod("d", "4", "19")}, "20");
        watches({errorText(410, "Expired")}, 1);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(3s);
        QCOMPARE(store->listRequests(), 2);
        QCOMPARE(told.changed(), Names{"b"}); // a did not change: no signal
        QCOMPARE(told.removed(), Names{"c"});
        QCOMPARE(told.added(), (Names{"a", "b", "c", "d"}));
        QVERIFY(std::none_of(told.sets.begin(), told.sets.end(), [](const ChangeSet &set) { return set.columns; }));
        QCOMPARE(told.phase(), Phase::Live);
        sound(told);
    }

    void newColumnsAreAReset_data()
    {
        QTest::addColumn<int>("pause"); // between the news and the list, in ms
        QTest::newRow("within a tick") << 0;
        QTest::newRow("after a tick") << 60;
    }
    void newColumnsAreAReset()
    {
        QFETCH(int, pause);
        const std::string wider = columnsText({"Name", "Phase"});
        RowText a = pod("a", "1");
        RowText c = pod("c", "3");
        lists({a, c}, "10", 1);
        a.status = "New cell a"; // another printer column changes no object's version
        c.status = "New cell c";
        m_bench->server.on(net::Verb::List, pods, held(), 1);
        m_bench->server.on(net::Verb::List, pods, answer(tableText({c}, "20", {}, wider)));
        watches({}, 1);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(1s);
        m_bench->server.push(eventText("ADDED", pod("b", "2", "11"), wider), pods);
        m_bench->advance(Clock::Duration(pause));
        m_bench->advance(100ms);
        QVERIFY(std::none_of(told.sets.begin(), told.sets.end(), [](const ChangeSet &set) { return set.columns; })); // not before the rows have them
        m_bench->server.push(tableText({a}, "20", "next", wider), pods);
        m_bench->server.endWatch(pods);
        m_bench->advance(1s);
        QCOMPARE(std::count_if(told.sets.begin(), told.sets.end(), [](const ChangeSet &set) { return set.columns; }), 1);
        QCOMPARE(store->snapshot().columns().at(1).name, std::string("Phase"));
        const auto items = store->snapshot().sorted();
        QCOMPARE(items.size(), std::size_t(2)); // b is in no page
        QCOMPARE(items.at(0)->cell(1), std::string_view("New cell a"));
        QCOMPARE(items.at(1)->cell(1), std::string_view("New cell c"));
        QCOMPARE(store->listRequests(), 2);
    }

    // Promise 4
    void changeSetsComeAtMostEveryTick()
    {
        lists({pod("a", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        const std::size_t before = told.sets.size();
        for (int i = 0; i < 100; ++i) {
            m_bench->server.push(eventText("MODIFIED", pod("a", "1", std::to_string(100 + i))), pods);
            m_bench->advance(10ms);
        }
        m_bench->advance(100ms);
        const std::size_t sets = told.sets.size() - before;
        QVERIFY2(sets >= 15 && sets <= 21, std::to_string(sets).c_str()); // 1 s of changes, one set per 50 ms
        QCOMPARE(told.rows(), Names{"team-a/a@199"});
        sound(told);
    }

    void nothingWhileNobodyListens()
    {
        lists({pod("a", "1")}, "10");
        watches();
        Told told;
        Store *store = m_bench->makeStore(podsSource());
        m_bench->advance(1s);
        QCOMPARE(m_bench->server.count(net::Verb::List), 0);
        auto listening = m_bench->listen(*store, told);
        m_bench->settle();
        QCOMPARE(m_bench->server.open(), 1);
        listening.end();
        m_bench->advance(1s);
        QCOMPARE(m_bench->server.open(), 0);
        QCOMPARE(store->snapshot().size(), std::size_t(0));
        QCOMPARE(m_bench->clock.timers(), std::size_t(0));
    }

    // Promise 5
    void anEndWithinATickIsToldWhereFactsAreHeld_data()
    {
        QTest::addColumn<int>("detail");
        QTest::addColumn<int>("changes");
        QTest::newRow("cells and metadata: the last state travels with removed") << int(Detail::Meta) << 0;
        QTest::newRow("facts: changed comes first") << int(Detail::Facts) << 1;
    }
    void anEndWithinATickIsToldWhereFactsAreHeld()
    {
        QFETCH(int, detail);
        QFETCH(int, changes);
        lists({pod("job", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened(podsSource(), static_cast<Detail>(detail));
        m_bench->advance(100ms);
        m_bench->server.push(eventText("MODIFIED", pod("job", "1", "11")), pods);
        m_bench->settle();
        m_bench->server.push(eventText("MODIFIED", pod("job", "1", "12")) + eventText("DELETED", pod("job", "1", "13")), pods);
        m_bench->advance(100ms);
        QCOMPARE(int(told.sets.back().changed.size()), changes);
        QCOMPARE(told.sets.back().removed.size(), std::size_t(1));
        QCOMPARE(told.sets.back().removed.front().last->version(), std::string_view("13"));
        sound(told);
    }

    // Promise 7
    void silenceIsNotLive()
    {
        lists({pod("a", "1")}, "10");
        watches({}, 1);
        test::Answer deaf = held();
        deaf.sendsHead = false;
        m_bench->server.on(net::Verb::Watch, pods, deaf, 1);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(20s);
        QCOMPARE(told.phase(), Phase::Live);
        m_bench->server.alive(pods);
        m_bench->advance(20s);
        QCOMPARE(told.phase(), Phase::Live); // the connection answered
        m_bench->advance(10s);
        QCOMPARE(told.phase(), Phase::Stale);
        QCOMPARE(told.states.back().why->code, Code::Timeout);
        QCOMPARE(told.rows(), Names{"team-a/a@1"});           // rows stay
        QCOMPARE(m_bench->server.count(net::Verb::Watch), 2); // it was asked again
        m_bench->server.alive(pods);
        m_bench->advance(10s);
        QCOMPARE(told.phase(), Phase::Stale); // a connection that lives is no watch that was accepted
        m_bench->advance(30s);
        QCOMPARE(m_bench->server.count(net::Verb::Watch), 3); // nor is one waited for without an end
        QCOMPARE(told.phase(), Phase::Live);
        m_bench->server.push(bookmarkText("30"), pods);
        m_bench->advance(100ms);
        QCOMPARE(store->snapshot().size(), std::size_t(1)); // a bookmark is no row
        QCOMPARE(told.states.back().version, std::string("30"));
        QCOMPARE(store->listRequests(), 1);
    }

    void aLostConnectionGoesOnWhereItWasWithoutANewList()
    {
        lists({pod("a", "1")}, "10");
        watches({bookmarkText("30")}, 1);
        m_bench->server.on(net::Verb::Watch, pods, noAnswer({.code = Code::Unreachable, .message = "connection refused"}), 2);
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        m_bench->server.breakWatch(lost(), pods);
        m_bench->advance(300ms);
        QCOMPARE(told.phase(), Phase::Stale); // the second try was refused
        QVERIFY(told.states.back().nextTry.has_value());
        QCOMPARE(told.states.back().why->code, Code::Unreachable);
        m_bench->advance(10s);
        QCOMPARE(told.phase(), Phase::Live);
        QCOMPARE(store->listRequests(), 1);
        for (const auto &request : m_bench->server.requests()) {
            if (request.verb == net::Verb::Watch)
                QVERIFY(ScriptedTransport::queryValue(request, "resourceVersion") == "10" ||
                        ScriptedTransport::queryValue(request, "resourceVersion") == "30");
        }
        QCOMPARE(ScriptedTransport::queryValue(m_bench->server.requests().back(), "resourceVersion"), std::string("30"));
    }

    void aCleanEndStartsTheWatchAgain()
    {
        lists({pod("a", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(5s);
        m_bench->server.endWatch(pods);
        m_bench->advance(100ms);
        QCOMPARE(m_bench->server.open(), 1);
        QCOMPARE(told.phase(), Phase::Live);
        QCOMPARE(m_bench->server.count(net::Verb::Watch), 2);
        QCOMPARE(store->listRequests(), 1);
    }

    // Promise 8
    void aListenerMayUnsubscribeInsideTheCallback()
    {
        lists({pod("a", "1")}, "10");
        watches();
        Store *store = m_bench->makeStore(podsSource());
        int calls = 0;
        Told told;
        Subscription one;
        one = store->subscribe(
            Detail::Meta, &m_bench->context,
            [&](const ChangeSet &set) {
                ++calls;
                if (!set.added.empty())
                    one.end();
            },
            [](const State &) {});
        const auto two = m_bench->listen(*store, told);
        m_bench->settle();
        const int after = calls;
        m_bench->server.push(eventText("ADDED", pod("b", "2", "11")), pods);
        m_bench->advance(100ms);
        QCOMPARE(calls, after);
        QCOMPARE(told.model.size(), std::size_t(2));
    }

    void aListenerMayDestroyTheStoreInsideTheCallback()
    {
        lists({pod("a", "1")}, "10");
        watches();
        QPointer<Store> store = m_bench->makeStore(podsSource());
        const auto listening = store->subscribe(
            Detail::Meta, &m_bench->context, [&](const ChangeSet &) {},
            [&](const State &state) {
                if (state.phase == Phase::Live)
                    delete store.data();
            });
        m_bench->advance(200ms);
        QVERIFY(store.isNull());
        QCOMPARE(m_bench->server.open(), 0);
    }

    void aDeadContextIsNotCalled()
    {
        lists({pod("a", "1")}, "10");
        watches();
        Store *store = m_bench->makeStore(podsSource());
        int calls = 0;
        auto context = std::make_unique<QObject>();
        const auto listening = store->subscribe(
            Detail::Meta, context.get(), [&](const ChangeSet &) { ++calls; }, [&](const State &) { ++calls; });
        context.reset();
        m_bench->advance(200ms);
        QCOMPARE(calls, 0);
        QCOMPARE(m_bench->server.open(), 0);
    }

    void whoOnlyWantsTheListStartsNoWatch()
    {
        lists({pod("a", "1")}, "10");
        watches();
        Store *store = m_bench->makeStore(podsSource());
        Subscription listening;
        listening = store->subscribe(
            Detail::Meta, &m_bench->context, [](const ChangeSet &) {},
            [&](const State &state) {
                if (state.phase == Phase::Live)
                    listening.end();
            });
        m_bench->advance(1s);
        QCOMPARE(m_bench->server.count(net::Verb::Watch), 0);
    }

    void reachedWaitsForTheVersion()
    {
        lists({pod("a", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        int done = 0;
        std::optional<Code> failed;
        store->reached("11").then(&m_bench->context, [&](Result<void> result) { done += result.has_value(); });
        store->reached("99").then(&m_bench->context, [&](Result<void> result) { failed = result ? Code::Internal : result.error().code; });
        m_bench->advance(1s);
        QCOMPARE(done, 0);
        m_bench->server.push(eventText("MODIFIED", pod("a", "1", "12")), pods);
        m_bench->advance(100ms);
        QCOMPARE(done, 1);
        m_bench->advance(10s);
        QCOMPARE(failed, std::optional(Code::Timeout));
    }

    void snapshotsDoNotChangeAfterwards()
    {
        lists({pod("a", "1")}, "10");
        watches();
        auto &[told, store, listening] = listened();
        m_bench->advance(100ms);
        const Snapshot before = store->snapshot();
        m_bench->server.push(eventText("DELETED", pod("a", "1", "11")) + eventText("ADDED", pod("b", "2", "12")), pods);
        m_bench->advance(100ms);
        QCOMPARE(before.sorted().size(), std::size_t(1));
        QCOMPARE(before.sorted().front()->name(), std::string_view("a"));
        QCOMPARE(store->snapshot().sorted().front()->name(), std::string_view("b"));
    }

    // Whatever comes in whatever order, a listener's model is what the world is.
    void randomChangesEndEqualToTheWorld()
    {
        const auto seed =
            qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? qEnvironmentVariableIntValue("FAIRLEAD_SEED") : int(std::random_device{}() & 0x7fffffff);
        const int rounds = qEnvironmentVariableIsSet("FAIRLEAD_ROUNDS") ? qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS") : 20;
        qInfo("seed %d, %d rounds", seed, rounds);
        std::mt19937 random(static_cast<unsigned>(seed));
        for (int round = 0; round < rounds; ++round) {
            begin();
            oneRandomWorld(random);
            if (QTest::currentTestFailed())
                return;
        }
    }

private:
    void oneRandomWorld(std::mt19937 &random)
    {
        std::map<std::string, RowText> world; // by name
        int version = 10;
        int uid = 0;
        int relists = 0;
        const auto any = [&random](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
        const auto list = [&](const net::Request &) {
            std::vector<RowText> rows;
            for (const auto &[name, row] : world)
                rows.push_back(row);
            return answer(tableText(rows, std::to_string(version))).splitAt({static_cast<std::size_t>(any(200)), 500});
        };
        m_bench->server.on(
            net::Verb::List, pods, [](const net::Request &) { return true; }, list);
        watches();
        for (int i = 0; i < 10; ++i) {
            const std::string name = "p" + std::to_string(i);
            world[name] = pod(name, std::to_string(++uid), std::to_string(++version));
        }
        Store *store = m_bench->makeStore(podsSource());
        std::vector<std::unique_ptr<Told>> told;
        std::vector<Subscription> listening;
        const auto join = [&] {
            told.push_back(std::make_unique<Told>());
            listening.push_back(m_bench->listen(*store, *told.back()));
        };
        join();
        m_bench->advance(100ms);
        for (int step = 0; step < 60; ++step) {
            std::string lines;
            for (int i = any(5); i >= 0; --i) {
                const std::string name = "p" + std::to_string(any(14));
                const auto it = world.find(name);
                if (it == world.end()) {
                    world[name] = pod(name, std::to_string(++uid), std::to_string(++version));
                    lines += eventText("ADDED", world[name]);
                } else if (any(3) == 0) {
                    RowText gone = it->second;
                    gone.version = std::to_string(++version);
                    lines += eventText("DELETED", gone);
                    world.erase(it);
                } else {
                    it->second.version = std::to_string(++version);
                    lines += eventText("MODIFIED", it->second);
                }
            }
            // Cut where the network pleases.
            const auto cut = static_cast<std::size_t>(any(static_cast<int>(lines.size()) + 1));
            m_bench->server.push(lines.substr(0, cut), pods);
            if (any(4) == 0)
                m_bench->advance(10ms);
            m_bench->server.push(lines.substr(cut), pods);
            if (any(15) == 0) {
                m_bench->server.push(errorText(410, "Expired"), pods);
                ++relists;
                m_bench->advance(40s);
            } else if (any(15) == 0) {
                m_bench->advance(10ms);
                m_bench->server.endWatch(pods);
                m_bench->advance(2s);
            }
            if (any(20) == 0)
                join();
            m_bench->advance(Clock::Duration(any(8) * 10));
        }
        m_bench->advance(200ms);
        std::vector<std::string> expected;
        for (const auto &[name, row] : world)
            expected.push_back("team-a/" + name + "@" + row.version);
        std::sort(expected.begin(), expected.end());
        for (const auto &each : told) {
            sound(*each);
            QCOMPARE(each->rows(), expected);
        }
        QCOMPARE(store->snapshot().size(), world.size());
        QCOMPARE(store->listRequests(), 1 + relists);
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "tst_store.moc"
