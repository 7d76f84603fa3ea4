// SPDX-License-Identifier: GPL-3.0-or-later
// A recording of a server that is itself a recording: what was true there must be true here.
#include "recording/jsontext.h"
#include "recording/recordinbox.h"
#include "recording/recordrun.h"
#include "recording/replaytransport.h"
#include "support/good.h"
#include "support/paths.h"
#include "support/recordedworld.h"
#include "support/scriptedtransport.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace fairlead;
using namespace fairlead::recording;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

constexpr Moment start{std::chrono::milliseconds(1'767'323'200'000)};
constexpr std::string_view podsPath = "/api/v1/pods";

std::string contentOf(const std::string &inside)
{
    QFile file(QString::fromStdString(sourcePath(inside)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::map<std::string, std::string> rowsOf(const ResourceState &state)
{
    std::map<std::string, std::string> out;
    for (const auto &[key, row] : state.rows())
        out[key] = row->json;
    return out;
}

std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

// A server that has pods and nothing else.
void offerPods(ScriptedTransport &server)
{
    const std::string kind = "{'kind':'APIGroupDiscoveryList','apiVersion':'apidiscovery.k8s.io/v2','metadata':{},'items':[";
    server.on(net::Verb::Get, "/version", answer("{}"));
    server.on(net::Verb::Get, "/api",
        answer(json(kind +
                    "{'metadata':{'name':''},'versions':[{'version':'v1','freshness':'Current','resources':[{'resource':'pods','responseKind':"
                    "{'group':'','version':'v1','kind':'Pod'},'scope':'Namespaced','singularResource':'pod','verbs':['get','list','watch']}]}]}]}")));
    server.on(net::Verb::Get, "/apis", answer(json(kind + "]}")));
}

// A pod whose one container is in this run; none: it has never run.
test::RowText podOfRun(const std::string &version, const std::string &run)
{
    test::RowText pod{.name = "web", .uid = "u", .version = version};
    pod.spec = json("{},'status':{'containerStatuses':[{'name':'main','containerID':'" + run + "'}]}");
    return pod;
}

} // namespace

class RecordingRunTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::map<Moment, std::map<std::string, std::string>> m_truth;
    [[nodiscard]] std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    [[nodiscard]] Recorder recorder() const
    {
        return Recorder(good(Writer::create(path("b.flrec"), platform::File::Existing::Replace, start, {{"context", "there"}})));
    }

private Q_SLOTS:
    // Ten minutes of pods, and the deployments of the fixtures.
    void initTestCase()
    {
        RecordedWorld world(21, 30);
        Recorder source(good(Writer::create(path("a.flrec"), platform::File::Existing::Replace, start, {{"context", "here"}})));
        const std::string type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        good(source.addDocument("/version", "application/json", "{}", start));
        good(source.addDocument("/api", type, contentOf("tests/fixtures/discovery/aggregated-v2/api.json"), start));
        good(source.addDocument("/apis", type, contentOf("tests/fixtures/discovery/aggregated-v2/apis.json"), start));
        const auto pods = good(source.addResource({"", "v1", "pods"}, "Pod", true, start));
        source.beginList(pods);
        good(source.addPage(pods, world.table(), start));
        good(source.endList(pods, start));
        const auto deployments = good(source.addResource({"apps", "v1", "deployments"}, "Deployment", true, start));
        source.beginList(deployments);
        good(source.addPage(deployments, contentOf("tests/fixtures/kinds/deployments.apps.json"), start));
        good(source.endList(deployments, start));
        m_truth[start] = world.truth();
        for (int i = 1; i <= 600; ++i) {
            good(source.addEvent(pods, world.step(), start + i * 1s));
            m_truth[start + i * 1s] = world.truth();
        }
        good(source.close());
    }

    void whatIsTrueThereIsTrueHere()
    {
        ReplayTransport server(good(Reader::open(path("a.flrec"))), start);
        RecordRun run(server, recorder(), {.resources = {"pods", "deployments.apps"}});
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(run.progress().listed == 2, 20'000);
        for (int second = 50; second <= 300; second += 50) {
            server.moveTo(start + std::chrono::seconds(second));
            QTRY_COMPARE_WITH_TIMEOUT(run.progress().events, static_cast<std::uint64_t>(second), 20'000);
        }
        good(run.stop());
        QVERIFY(run.progress().refused.empty() && run.progress().bytes > 1000);
        Reader reader = good(Reader::open(path("b.flrec")));
        QVERIFY(reader.file().isClosed() && reader.file().damages().empty());
        const auto pods = reader.find(StreamKind::Resource, {"", "v1", "pods"}).value();
        const ResourceState state = good(reader.state(pods, reader.last()));
        QVERIFY(rowsOf(state) == m_truth.at(start + 300s) && !state.gapSince);
        const auto deployments = reader.find(StreamKind::Resource, {"apps", "v1", "deployments", "Deployment"}).value();
        QVERIFY(good(reader.state(deployments, reader.last())).rows().size() > 3);
        for (const char *document : {"/version", "/api", "/apis"})
            QVERIFY(reader.find(StreamKind::Document, {document}));
        // By the server's clock, not by this machine's.
        QVERIFY(reader.first() >= start && reader.last() < start + 600s);
    }

    // A version that is no longer kept is a gap until the list after it.
    void goneIsAGap()
    {
        ReplayTransport server(good(Reader::open(path("a.flrec"))), start);
        RecordRun run(server, recorder(), {.resources = {"pods"}});
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(run.progress().listed == 1, 20'000);
        server.moveTo(start + 10s);
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().events, std::uint64_t(10), 20'000);
        Moment at = start + 400s;
        server.moveTo(at);
        const auto goesOn = [&] {
            server.moveTo(at += 1s);
            return run.progress().events > 10;
        };
        QTRY_VERIFY_WITH_TIMEOUT(goesOn(), 20'000);
        good(run.stop());
        Reader reader = good(Reader::open(path("b.flrec")));
        const auto pods = reader.find(StreamKind::Resource, {"", "v1", "pods"}).value();
        int gaps = 0;
        (void)good(reader.visit(Moment(), reader.last(), pods, [&gaps](const Entry &entry) {
            gaps += entry.type == EntryType::Gap ? 1 : 0;
            return true;
        }));
        QCOMPARE(gaps, 1);
        QCOMPARE(reader.index().lists.size(), std::size_t(2));
        const ResourceState state = good(reader.state(pods, reader.last()));
        QVERIFY(!state.gapSince);
        const auto same =
            std::find_if(m_truth.lower_bound(start + 400s), m_truth.end(), [&](const auto &truth) { return truth.second == rowsOf(state); });
        QVERIFY(same != m_truth.end());
    }

    // Who may not list something records the rest.
    void refusedKindsAreNamed()
    {
        ReplayTransport server(good(Reader::open(path("a.flrec"))), start);
        RecordRun run(server, recorder(), {});
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(
            run.progress().resources > 20 && run.progress().listed + run.progress().refused.size() == run.progress().resources, 30'000);
        QCOMPARE(run.progress().listed, std::size_t(2));
        good(run.stop());
        QVERIFY(good(Reader::open(path("b.flrec"))).file().isClosed());
    }

    // Pages, a watch that ends and one that is lost, as a server and a network do it.
    void endsAndLosses()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        offerPods(server);
        const auto pod = [](const char *name, const char *version) { return test::RowText{.name = name, .uid = name, .version = version}; };
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({pod("a", "1")}, "10", "next")), 1);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({pod("b", "2")}, "10")), 1);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({pod("b", "2"), pod("c", "15")}, "20")));
        server.on(net::Verb::Watch, std::string(podsPath), held());
        RecordRun run(server, recorder(), {});
        run.start();
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.open(podsPath) == 1; }));
        QCOMPARE(server.count(net::Verb::List), 2);
        // Cut in the middle of a line, then whole.
        const std::string line = eventText("MODIFIED", pod("a", "11"));
        server.push(line.substr(0, 20), podsPath);
        server.push(line.substr(20) + bookmarkText("12"), podsPath);
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().events, std::uint64_t(2), 20'000);
        server.endWatch(podsPath);
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.count(net::Verb::Watch) == 2 && now.open(podsPath) == 1; }));
        QCOMPARE(ScriptedTransport::queryValue(server.requests().back(), "resourceVersion"), std::string("12"));
        QCOMPARE(server.count(net::Verb::List), 2);
        server.breakWatch({.code = Code::Interrupted, .message = "lost"}, podsPath);
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.count(net::Verb::Watch) == 3 && now.open(podsPath) == 1; }));
        QCOMPARE(server.count(net::Verb::List), 3);
        good(run.stop());
        QCOMPARE(server.unexpected(), 0);
        Reader reader = good(Reader::open(path("b.flrec")));
        const auto pods = reader.find(StreamKind::Resource, {"", "v1", "pods"}).value();
        const ResourceState state = good(reader.state(pods, reader.last()));
        QVERIFY(state.rows().size() == 2 && state.rows().contains("team-a/c") && state.version() == "20" && !state.gapSince);
    }

    // What is asked of a log, what comes of it, and what comes twice where its connection was lost.
    void logsAreFollowed()
    {
        const std::string log = "/api/v1/namespaces/team-a/pods/web/log";
        const auto line = [](int second, const char *text) { return "2026-01-02T03:04:0" + std::to_string(second) + ".5Z " + text + "\n"; };
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        offerPods(server);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({podOfRun("1", "")}, "10")));
        server.on(net::Verb::Watch, std::string(podsPath), held());
        server.on(net::Verb::Get, log, held({line(1, "one"), line(2, "two").substr(0, 9)}), 1);
        server.on(net::Verb::Get, log, held({line(1, "one"), line(2, "two"), line(3, "password=abcdef")}), 1);
        server.on(net::Verb::Get, log, held({line(7, "again").substr(0, line(7, "again").size() - 1)}));
        RecordRun run(server, recorder(), {.logs = true});
        run.start();
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.open(podsPath) == 1; }));
        QCOMPARE(server.count(net::Verb::Get, log), 0);
        server.push(eventText("MODIFIED", podOfRun("11", "r1")), podsPath);
        server.push(eventText("MODIFIED", podOfRun("12", "r1")), podsPath); // the same run is not begun anew
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().events, std::uint64_t(2), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().logLines, std::uint64_t(1), 20'000);
        QCOMPARE(server.count(net::Verb::Get, log), 1);
        const auto asked = [&] {
            const auto requests = server.requests();
            return *std::find_if(requests.rbegin(), requests.rend(), [](const net::Request &request) { return request.subresource == "log"; });
        };
        QCOMPARE(ScriptedTransport::queryValue(asked(), "container"), std::string("main"));
        QCOMPARE(ScriptedTransport::queryValue(asked(), "timestamps"), std::string("true"));
        QCOMPARE(ScriptedTransport::queryValue(asked(), "tailLines"), std::to_string(RecordLogs::linesBefore));
        QVERIFY(asked().traffic == net::Traffic::Log && asked().deadline == 0ms);
        // Lost in the middle of a line: it goes on behind the last whole one.
        server.breakWatch({.code = Code::Interrupted, .message = "lost"}, log);
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().logLines, std::uint64_t(3), 20'000);
        QCOMPARE(ScriptedTransport::queryValue(asked(), "sinceTime"), std::string("2026-01-02T03:04:01.5Z"));
        QCOMPARE(ScriptedTransport::queryValue(asked(), "tailLines"), std::string());
        // Its end is its end; another run is another request. A last line need not have an end.
        server.endWatch(log);
        server.push(eventText("MODIFIED", podOfRun("13", "r2")), podsPath);
        QVERIFY(server.waitFor([&](const ScriptedTransport &now) { return now.count(net::Verb::Get, log) == 3 && now.open(log) == 1; }));
        server.endWatch(log);
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().logLines, std::uint64_t(4), 20'000);
        good(run.stop());
        QCOMPARE(server.unexpected(), 0);
        Reader reader = good(Reader::open(path("b.flrec")));
        const auto stream = reader.find(StreamKind::Log, {"team-a", "web", "main"});
        QVERIFY(stream);
        QCOMPARE(good(reader.log(*stream, reader.last())), line(1, "one") + line(2, "two") + line(3, "password=xxxxxx") + line(7, "again"));
    }

    // A token that expires: what is recorded stays, and goes on when access is there again.
    void accessThatIsLostLaterIsAGap()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        offerPods(server);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({podOfRun("1", "")}, "10")), 1);
        server.on(net::Verb::List, std::string(podsPath), refusal(401, "Unauthorized", "expired"), 1);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({podOfRun("15", "")}, "20")));
        server.on(net::Verb::Watch, std::string(podsPath), held());
        RecordRun run(server, recorder(), {});
        run.start();
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.open(podsPath) == 1; }));
        server.breakWatch({.code = Code::Interrupted, .message = "lost"}, podsPath);
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.count(net::Verb::Watch) == 2 && now.open(podsPath) == 1; }));
        QVERIFY(run.progress().refused.empty() && run.progress().listed == 1);
        good(run.stop());
        Reader reader = good(Reader::open(path("b.flrec")));
        QCOMPARE(reader.index().lists.size(), std::size_t(2));
    }

    // Who may list and not watch does not ask without a pause.
    void aWatchThatIsRefusedWaits()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        offerPods(server);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({podOfRun("1", "")}, "10")));
        server.on(net::Verb::Watch, std::string(podsPath), refusal(403, "Forbidden", "no"));
        RecordRun run(server, recorder(), {});
        QElapsedTimer elapsed;
        elapsed.start();
        run.start();
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.count(net::Verb::List) == 4; }));
        QVERIFY2(elapsed.elapsed() >= 3000, "0, 1 and 2 s");
        good(run.stop());
    }

    // What can only be listed holds objects, too.
    void whatIsPolledIsRedacted()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        const std::string kind = "{'kind':'APIGroupDiscoveryList','apiVersion':'apidiscovery.k8s.io/v2','metadata':{},'items':[";
        const auto listed = [](const char *name) {
            return std::string("{'resource':'") + name +
                   "','responseKind':{'group':'','version':'v1','kind':'Thing'},'scope':'Cluster','verbs':['list']}";
        };
        server.on(net::Verb::Get, "/version", answer("{}"));
        server.on(net::Verb::Get, "/api",
            answer(json(kind + "{'metadata':{'name':''},'versions':[{'version':'v1','freshness':'Current','resources':[" + listed("things") + "," +
                        listed("others") + "]}]}]}")));
        server.on(net::Verb::Get, "/apis", answer(json(kind + "]}")));
        server.on(net::Verb::List, "/api/v1/things",
            answer(json("{'kind':'ThingList','items':[{'metadata':{'name':'a'},'spec':{'password':'Tr0ub4dor'}}]}")));
        server.on(net::Verb::List, "/api/v1/others", answer("password=Tr0ub4dor"));
        RecordRun run(server, recorder(), {});
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(run.progress().skipped == 1 && run.progress().redactions.total() == 1, 20'000);
        good(run.stop());
        Reader reader = good(Reader::open(path("b.flrec")));
        const auto stream = reader.find(StreamKind::Document, {"/api/v1/things"});
        QVERIFY(stream && !reader.find(StreamKind::Document, {"/api/v1/others"}));
        QCOMPARE(good(reader.document(*stream, reader.last())).value(),
            json("{'kind':'ThingList','items':[{'metadata':{'name':'a'},'spec':{'password':'xxxxxxxxx'}}]}"));
    }

    // More than may wait is not held in memory: a gap, and a list behind it.
    void changesThatComeTooFastAreAGap()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        offerPods(server);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({podOfRun("1", "")}, "10")));
        server.on(net::Verb::Watch, std::string(podsPath), held());
        RecordRun run(server, recorder(), {});
        run.start();
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.open(podsPath) == 1; }));
        std::string much = bookmarkText("12");
        much.resize(RecordInbox::mostBytes, ' ');
        server.push(much + "\n", podsPath);
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.count(net::Verb::Watch) == 2 && now.open(podsPath) == 1; }));
        QCOMPARE(server.cancelled(), 1);
        QCOMPARE(run.progress().events, std::uint64_t(0));
        good(run.stop());
        Reader reader = good(Reader::open(path("b.flrec")));
        std::string why;
        (void)good(reader.visit(Moment(), reader.last(), std::nullopt, [&why](const Entry &entry) {
            why += entry.type == EntryType::Gap ? std::string(entry.body) : std::string();
            return true;
        }));
        QVERIFY2(why.ends_with("faster than they could be written"), why.c_str());
    }

    // What waits is counted as long as it waits.
    void anInboxIsBounded()
    {
        RecordInbox inbox;
        const std::stop_source stop;
        QVERIFY(inbox.offer([] {}, RecordInbox::mostBytes - 10));
        QVERIFY(!inbox.offer([] {}, 11));
        QVERIFY(inbox.offer([] {}, 10));
        inbox.post([] {}); // what is no answer always finds room
        QVERIFY(inbox.next(stop.get_token()));
        QVERIFY(inbox.offer([] {}, RecordInbox::mostBytes - 10));
        QVERIFY(!inbox.offer([] {}, 1));
    }

    // Pods that are gone are not remembered; a file that is full of logs goes on without new ones.
    void logsOfPodsThatAreGone()
    {
        ScriptedTransport server;
        const std::string log = "/api/v1/namespaces/team-a/pods/web/log";
        server.on(net::Verb::Get, log, held());
        Recorder file = recorder();
        const auto inbox = std::make_shared<RecordInbox>();
        const std::stop_source stop;
        Result<void> wrong;
        const auto check = [&wrong](const Result<void> &result) {
            wrong = result ? wrong : result;
            return result.has_value();
        };
        RecordLogs logs(server, file, inbox, check, [] { return start; });
        const std::string pod = podOfRun("1", "r1").object();
        logs.see(pod);
        (void)server.deliver();
        QCOMPARE(logs.followed(), std::size_t(1));
        logs.forget(pod);
        QCOMPARE(logs.followed(), std::size_t(1)); // its last lines still come
        server.endWatch(log);
        (void)server.deliver();
        (*inbox->next(stop.get_token()))();
        QCOMPARE(logs.followed(), std::size_t(0));
        for (int i = 0; wrong && file.addLog("s", std::to_string(i), "c", false, start); ++i) {
        }
        test::RowText other{.name = "other", .uid = "o", .version = "2"};
        other.spec = podOfRun("1", "r1").spec;
        logs.see(other.object());
        QVERIFY(wrong && logs.isFull());
        QCOMPARE(logs.followed(), std::size_t(0));
        good(file.close());
    }

    void whoMayNotReadLogs()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        offerPods(server);
        server.on(net::Verb::List, std::string(podsPath), answer(tableText({podOfRun("1", "r1")}, "10")));
        server.on(net::Verb::Watch, std::string(podsPath), held());
        server.on(net::Verb::Get, "/api/v1/namespaces/team-a/pods/web/log", refusal(403, "Forbidden", "no"));
        RecordRun run(server, recorder(), {.logs = true});
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(run.progress().areLogsRefused, 20'000);
        server.push(eventText("MODIFIED", podOfRun("11", "r2")), podsPath);
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().events, std::uint64_t(1), 20'000);
        QCOMPARE(server.count(net::Verb::Get, "/api/v1/namespaces/team-a/pods/web/log"), 1);
        good(run.stop());
        QVERIFY(run.progress().refused.empty() && !run.progress().failed);
    }

    // A Date is of the moment when it came, though its body comes later; and of a whole second, which corrects nothing within it.
    void anAnswerThatTookLongIsNoClock()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        offerPods(server);
        server.on(
            net::Verb::List, std::string(podsPath), [](const net::Request &) { return true; },
            [](const net::Request &) {
                Answer waits = held();
                waits.head.date = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
                return waits;
            });
        server.on(net::Verb::Watch, std::string(podsPath), held());
        RecordRun run(server, recorder(), {});
        run.start();
        QVERIFY(server.waitFor([](const ScriptedTransport &now) { return now.open(podsPath) == 1; }));
        QElapsedTimer elapsed;
        elapsed.start();
        QTRY_VERIFY_WITH_TIMEOUT(elapsed.elapsed() > 1500, 5'000);
        const auto before = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        server.push(tableText({podOfRun("1", "")}, "10"), podsPath);
        server.endWatch(podsPath);
        QTRY_COMPARE_WITH_TIMEOUT(run.progress().listed, std::size_t(1), 20'000);
        const auto after = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
        good(run.stop());
        Reader reader = good(Reader::open(path("b.flrec")));
        QCOMPARE(reader.index().lists.size(), std::size_t(1));
        const Moment listed = reader.index().lists.front().time;
        QVERIFY2(listed >= before && listed <= after, std::to_string((listed - before).count()).c_str());
    }

    void noServerIsTold()
    {
        ScriptedTransport server(ScriptedTransport::Mode::Threaded);
        for (const char *path : {"/version", "/api", "/apis"})
            server.on(net::Verb::Get, path, noAnswer({.code = Code::Unreachable, .message = "nobody there"}));
        RecordRun run(server, recorder(), {});
        run.start();
        QTRY_VERIFY_WITH_TIMEOUT(run.progress().failed, 20'000);
        QCOMPARE(run.stop().error().code, Code::Unreachable);
    }
};

QTEST_GUILESS_MAIN(RecordingRunTest)
#include "tst_recording_run.moc"
