// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/dispatcher.h"
#include "base/redaction.h"
#include "base/reply.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

using namespace fairlead;
using namespace std::chrono_literals;

class BaseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anAnswerComesOnceAndNeverOnTheAskersStack_data()
    {
        QTest::addColumn<bool>("early");
        QTest::newRow("answered before it was asked for") << true;
        QTest::newRow("answered afterwards") << false;
    }
    void anAnswerComesOnceAndNeverOnTheAskersStack()
    {
        QFETCH(bool, early);
        const Promise<int> promise;
        auto reply = promise.reply();
        std::vector<int> answers;
        if (early)
            promise.give(1);
        reply.then(this, [&answers](Result<int> result) { answers.push_back(*result); });
        QVERIFY(answers.empty());
        promise.give(2);
        promise.give(3);
        QVERIFY(answers.empty());
        QCoreApplication::sendPostedEvents();
        QCOMPARE(answers, std::vector<int>{early ? 1 : 2});
        QVERIFY(!promise.wanted());
    }

    void aReplyMayBeLetGoOnceItIsKnownWhoGetsTheAnswer()
    {
        const Promise<int> promise;
        int answer = 0;
        promise.reply().then(this, [&answer](Result<int> result) { answer = *result; });
        promise.give(7);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(answer, 7);
    }

    void cancelReachesTheWorkAndDropsTheAnswer()
    {
        const Promise<int> promise;
        auto reply = promise.reply();
        int cancelled = 0;
        promise.onCancel([&cancelled] { ++cancelled; });
        reply.then(this, [](Result<int>) { QFAIL("a cancelled answer came"); });
        promise.give(1); // on its way already
        reply.cancel();
        reply.cancel();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(cancelled, 1);
        QVERIFY(!promise.wanted());
    }

    void aDroppedReplyAndADeadAskerAreCancels()
    {
        int cancelled = 0;
        const Promise<int> dropped;
        {
            const auto reply = dropped.reply();
            dropped.onCancel([&cancelled] { ++cancelled; });
        }
        QCOMPARE(cancelled, 1);
        const Promise<int> orphan;
        orphan.onCancel([&cancelled] { ++cancelled; });
        auto asker = std::make_unique<QObject>();
        auto reply = orphan.reply();
        reply.then(asker.get(), [](Result<int>) { QFAIL("nobody is home"); });
        orphan.give(1);
        asker.reset();
        QCoreApplication::sendPostedEvents();
        QCOMPARE(cancelled, 2);
    }

    void anAskerMayDieInsideItsAnswer()
    {
        auto asker = std::make_unique<QObject>();
        const Promise<int> promise;
        int answers = 0;
        promise.reply().then(asker.get(), [&](Result<int>) {
            ++answers;
            asker.reset();
        });
        promise.give(1);
        QCoreApplication::sendPostedEvents();
        QCOMPARE(answers, 1);
    }

    void messagesForAClosedNumberFindNobodyHome()
    {
        Dispatcher dispatcher;
        const auto one = dispatcher.open();
        const auto two = dispatcher.open();
        QVERIFY(one != two);
        std::vector<int> seen;
        dispatcher.post(one, [&] { seen.push_back(1); });
        dispatcher.post(two, [&] {
            seen.push_back(2);
            dispatcher.close(one); // also for what is in the same batch
        });
        dispatcher.post(one, [&] { seen.push_back(3); });
        dispatcher.post(two, [&] { seen.push_back(4); });
        QVERIFY(seen.empty());
        QCoreApplication::sendPostedEvents();
        QCOMPARE(seen, (std::vector<int>{1, 2, 4}));
    }

    void messagesOfManyThreadsComeInEachOnesOrder()
    {
        Dispatcher dispatcher;
        const auto number = dispatcher.open();
        constexpr int threads = 8;
        constexpr int messages = 2000;
        std::vector<std::vector<int>> seen(threads);
        {
            std::vector<std::jthread> posting;
            for (std::size_t t = 0; t < threads; ++t) {
                posting.emplace_back([&, t] {
                    for (int i = 0; i < messages; ++i)
                        dispatcher.post(number, [&seen, t, i] { seen[t].push_back(i); });
                });
            }
        }
        QCoreApplication::sendPostedEvents();
        for (const auto &each : seen) {
            QCOMPARE(each.size(), std::size_t(messages));
            QVERIFY(std::is_sorted(each.begin(), each.end()));
        }
    }

    void theServersDateCorrectsTheClock()
    {
        SystemClock clock;
        const auto before = clock.now();
        clock.correct(std::chrono::system_clock::now() + 3600s);
        QVERIFY(clock.now() - before > 3590s);
        clock.correct(std::chrono::system_clock::now() + 1s); // below its resolution
        QVERIFY(clock.now() - before < 60s);
    }

    // Of who shows a recording: nobody's time moves it, and what waits goes on.
    void aClockThatStands()
    {
        SystemClock clock;
        const Clock::TimePoint then(1'000'000s);
        clock.stand(then);
        QVERIFY(clock.now() == then);
        clock.correct(std::chrono::system_clock::now() + 3600s);
        QVERIFY(clock.now() == then);
        const auto before = clock.steady();
        int calls = 0;
        clock.after(2ms, this, [&calls] { ++calls; });
        QTRY_COMPARE(calls, 1);
        QVERIFY(clock.steady() > before && clock.now() == then);
        clock.stand(then + 5s);
        QVERIFY(clock.now() == then + 5s);
    }

    void timersEndWithTheirContextAndWhenCancelled()
    {
        SystemClock clock;
        int calls = 0;
        auto context = std::make_unique<QObject>();
        clock.after(0ms, context.get(), [] { QFAIL("the context is dead"); });
        const auto cancelled = clock.after(0ms, this, [] { QFAIL("it was cancelled"); });
        clock.after(1ms, this, [&calls] { ++calls; });
        context.reset();
        clock.cancel(cancelled);
        QTRY_COMPARE(calls, 1);
        QCOMPARE(clock.timers(), std::size_t(0));
        auto *gone = new SystemClock;
        gone->after(0ms, this, [] { QFAIL("the clock is gone"); });
        delete gone;
        int turns = 0;
        clock.after(5ms, this, [&turns] { ++turns; });
        QTRY_COMPARE(turns, 1); // a later timer has come, the dead clock's has not
    }

    void secretsAreRedacted_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
        };
        row("header", "Authorization: Bearer abc.def-123\r\nAccept: x", "Authorization: [redacted]\r\nAccept: x");
        row("bearer", "sent Bearer sha256~abcdefghij to it", "sent Bearer [redacted] to it");
        row("a word", "a bearer token is wrong", "a bearer token is wrong");
        row("jwt", "got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln-bmF0dXJl here", "got [redacted] here");
        row("yaml", "    token: abc\n    name: x", "    token: [redacted]\n    name: x");
        row("json", "{\"password\":\"a\\\"b\",\"user\":\"u\"}", "{\"password\":[redacted],\"user\":\"u\"}");
        row("key data", "client-key-data: LS0tLS1CRUdJTg==\n", "client-key-data: [redacted]\n");
        row("pem", "x -----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY----- y", "x [redacted] y");
        row("cut pem", "-----BEGIN PRIVATE KEY-----\nabc", "[redacted]");
        row("certificate", "-----BEGIN CERTIFICATE-----\nabc", "-----BEGIN CERTIFICATE-----\nabc");
        row("url", "https://me:pass@host:1/x", "https://[redacted]@host:1/x");
        row("query", "GET /x?access_token=abc&y=1", "GET /x?access_token=[redacted]&y=1");
        row("nothing", "", "");
    }
    void secretsAreRedacted()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(redacted(text.toStdString())), expected);
    }

    void anErrorsTextNamesPlaceAndRemedy()
    {
        const Error error{.code = Code::BadInput,
            .message = "tabs are not allowed",
            .remedy = "Use spaces.",
            .place = {"/home/me/config", 12, 3},
            .causes = {{"spec.x", "FieldValueInvalid", "must be positive"}}};
        QCOMPARE(
            QByteArray::fromStdString(error.text()), QByteArray("/home/me/config:12: tabs are not allowed\n  spec.x: must be positive\nUse spaces."));
        QCOMPARE(Error({.message = "no"}).text(), std::string("no"));
    }
};

QTEST_GUILESS_MAIN(BaseTest)
#include "tst_base.moc"
