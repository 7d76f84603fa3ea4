// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/table.h"
#include "kube/decode/watchlines.h"
#include "recording/fieldselector.h"
#include "recording/jsontext.h"
#include "recording/labelselector.h"
#include "recording/logcut.h"
#include "recording/recorder.h"
#include "recording/replaytransport.h"
#include "recording/requestpath.h"
#include "support/collected.h"
#include "support/good.h"
#include "support/paths.h"
#include "support/recordedworld.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace fairlead;
using namespace fairlead::recording;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

constexpr Moment start{std::chrono::milliseconds(1'767'323'200'000)}; // 2026-01-02T03:06:40Z
constexpr std::string_view tableAccept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
const kube::GroupVersionResource pods{"", "v1", "pods"};

using Query = std::vector<std::pair<std::string, std::string>>;
net::Request request(net::Verb verb, std::string path, Query query = {}, std::string_view accept = "application/json")
{
    return {.verb = verb, .path = std::move(path), .query = std::move(query), .accept = std::string(accept)};
}

net::Request listOf(std::string path, Query query = {})
{
    query.emplace_back("includeObject", "Object");
    return request(net::Verb::List, std::move(path), std::move(query), tableAccept);
}

net::Request watchOf(std::string path, std::string version, Query query = {})
{
    query.emplace_back("watch", "1");
    query.emplace_back("resourceVersion", std::move(version));
    query.emplace_back("includeObject", "Object");
    return request(net::Verb::Watch, std::move(path), std::move(query), tableAccept);
}

using Rows = std::map<std::string, std::string>; // namespace/name to version
void take(Rows &rows, const kube::WatchEvent &event)
{
    for (const kube::Row &row : event.rows) {
        const std::string key = std::string(row.space()) + "/" + std::string(row.name());
        if (event.type == kube::WatchEvent::Type::Deleted)
            rows.erase(key);
        else
            rows[key] = row.version();
    }
}

Rows rowsOf(const kube::TablePage &page)
{
    Rows rows;
    for (const kube::Row &row : page.rows)
        rows[std::string(row.space()) + "/" + std::string(row.name())] = row.version();
    return rows;
}

// With ` for quotation marks: moc cannot read all that the compiler can.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '`', '"');
    return text;
}

} // namespace

class RecordingReplayTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::map<Moment, Rows> m_truth;
    Moment m_end;
    [[nodiscard]] std::string path() const { return m_folder.filePath(QStringLiteral("a.flrec")).toStdString(); }
    [[nodiscard]] std::unique_ptr<ReplayTransport> replay(Moment at) const
    {
        return std::make_unique<ReplayTransport>(good(Reader::open(path())), at);
    }
    [[nodiscard]] std::unique_ptr<ReplayTransport> replayEnd() const { return replay(m_end); }
    [[nodiscard]] Rows listed(net::Transport &transport) const
    {
        return rowsOf(good(kube::decodeTable(fetch(transport, listOf("/api/v1/pods")).body, kube::Detail::Meta, {})));
    }

private Q_SLOTS:
    // Two minutes of pods that change; every kind of the fixtures; documents and a log.
    void initTestCase()
    {
        RecordedWorld world(8, 40);
        Recorder recorder(good(Writer::create(path(), platform::File::Existing::Replace, start, {{"context", "here"}})), {.events = 40, .perRow = 0});
        good(recorder.addDocument("/version", "application/json", R"({"gitVersion":"v1.34.4"})", start));
        good(recorder.addDocument(
            "/api", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", R"({"kind":"APIGroupDiscoveryList"})", start));
        const auto stream = good(recorder.addResource(pods, "Pod", true, start));
        recorder.beginList(stream);
        good(recorder.addPage(stream, world.table(), start));
        good(recorder.endList(stream, start));
        const auto rows = [&world] {
            Rows out;
            for (const auto &[key, row] : world.truth())
                out[key] = textAt(row, {"object", "metadata", "resourceVersion"});
            return out;
        };
        m_truth[start] = rows();
        const QDir folder(QString::fromStdString(sourcePath("tests/fixtures/kinds")));
        for (const QString &name : folder.entryList({QStringLiteral("*.json")})) {
            if (name == QStringLiteral("pods.json"))
                continue;
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string base = name.chopped(5).toStdString();
            const std::size_t dot = base.find('.');
            const auto kind =
                good(recorder.addResource({dot == std::string::npos ? "" : base.substr(dot + 1), "v1", base.substr(0, dot)}, "Kind", true, start));
            recorder.beginList(kind);
            good(recorder.addPage(kind, file.readAll().toStdString(), start));
            good(recorder.endList(kind, start));
        }
        const auto log = good(recorder.addLog("team-a", "web", "main", false, start));
        Moment now = start;
        for (int i = 1; i <= 120; ++i) {
            now = start + i * 1s;
            good(recorder.addEvent(stream, world.step(), now));
            if (i % 3 == 0) // two at one moment
                good(recorder.addEvent(stream, world.step(), now));
            m_truth[now] = rows();
            if (i % 10 == 0) {
                good(recorder.addDocument("/apis/metrics.k8s.io/v1beta1/pods", "application/json",
                    json(
                        "{`kind`:`PodMetricsList`,`apiVersion`:`metrics.k8s.io/v1beta1`,`metadata`:{},`items`:[{`metadata`:{`name`:`a`,`namespace`:`x`},`window`:`" +
                        std::to_string(i) + "s`},{`metadata`:{`name`:`b`,`namespace`:`y`},`window`:`1s`}]}"),
                    now));
                good(recorder.addLines(log, "2026-01-02T03:06:" + std::to_string(40 + i / 10) + "Z line " + std::to_string(i) + "\n", now));
            }
        }
        good(recorder.addEvent(stream, bookmarkText("99999"), now));
        m_end = now;
        good(recorder.close());
    }

    void readOnlyByConstruction()
    {
        const auto transport = replayEnd();
        const net::Capabilities can = transport->can();
        QVERIFY(can.readOnly && can.replay);
        QCOMPARE(can.whyReadOnly, std::string("this is a recording"));
        const auto may = [&](const char *verb) {
            net::Request review = request(net::Verb::Review, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
            review.body = json("{`kind`:`SelfSubjectAccessReview`,`apiVersion`:`authorization.k8s.io/v1`,`spec`:{`resourceAttributes`:{`verb`:`" +
                               std::string(verb) + "`}}}");
            const auto seen = fetch(*transport, review);
            return textAt(seen.body, {"status", "allowed"}) + " " + textAt(seen.body, {"kind"});
        };
        QCOMPARE(may("list"), std::string("true SelfSubjectAccessReview"));
        QCOMPARE(may("delete"), std::string("false SelfSubjectAccessReview"));
    }

    void documentsAreThoseOfTheMoment()
    {
        const auto transport = replay(start + 25s);
        const auto version = fetch(*transport, request(net::Verb::Get, "/version"));
        QCOMPARE(version.body, std::string(R"({"gitVersion":"v1.34.4"})"));
        QVERIFY(version.head->date == start + 25s);
        QCOMPARE(fetch(*transport, request(net::Verb::Get, "/api")).head->contentType,
            std::string("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
        const std::string metrics = "/apis/metrics.k8s.io/v1beta1/";
        QVERIFY(fetch(*transport, request(net::Verb::List, metrics + "pods")).body.find(R"("20s")") != std::string::npos);
        const std::string one = fetch(*transport, request(net::Verb::Get, metrics + "namespaces/x/pods/a")).body;
        QCOMPARE(one,
            std::string(R"({"kind":"PodMetrics","apiVersion":"metrics.k8s.io/v1beta1","metadata":{"name":"a","namespace":"x"},"window":"20s"})"));
        const std::string some = fetch(*transport, request(net::Verb::List, metrics + "namespaces/y/pods")).body;
        QVERIFY(some.find(R"("b")") != std::string::npos && some.find(R"("a")") == std::string::npos);
        QCOMPARE(fetch(*transport, request(net::Verb::Get, metrics + "namespaces/y/pods/a")).head->status, 404);
        for (const char *nowhere : {"/apis/nothing.example.com/v1/things", "/nothing", "/api/v1/pods/web/exec"})
            QCOMPARE(fetch(*transport, request(net::Verb::Get, nowhere)).head->status, 404);
    }

    void listsAreThoseOfTheMoment()
    {
        for (const auto &[moment, rows] : m_truth) {
            const auto transport = replay(moment);
            QVERIFY(listed(*transport) == rows);
        }
        // One transport that is moved, forward and backward.
        const auto transport = replay(start);
        for (const auto &step : {1s, 50s, 49s, 120s, 0s, 75s, 76s, 77s}) {
            transport->moveTo(start + step);
            QVERIFY(listed(*transport) == m_truth.at(start + step));
            QVERIFY(transport->now() == start + step);
        }
        transport->moveTo(start + 1000h);
        QVERIFY(listed(*transport) == m_truth.at(m_end));
    }

    void pagesAreOfOneMoment()
    {
        const auto transport = replay(start + 60s);
        std::string token;
        Rows rows;
        int pages = 0;
        std::string last;
        do {
            Query query{{"limit", "7"}};
            if (!token.empty())
                query.emplace_back("continue", token);
            const auto page = good(kube::decodeTable(fetch(*transport, listOf("/api/v1/pods", query)).body, kube::Detail::Meta, {}));
            QVERIFY(page.rows.size() == 7 || page.continueToken.empty());
            for (const auto &[key, version] : rowsOf(page)) {
                QVERIFY2(key > last, "in the server's order, over all pages");
                QVERIFY(rows.emplace(key, version).second);
            }
            last = rows.rbegin()->first;
            QCOMPARE(page.remaining < 0 ? 0u : static_cast<std::size_t>(page.remaining), m_truth.at(start + 60s).size() - rows.size());
            token = page.continueToken;
            transport->moveTo(start + 60s + std::chrono::seconds(++pages)); // meanwhile time goes on
        } while (!token.empty());
        QVERIFY(rows == m_truth.at(start + 60s));
        QVERIFY(pages > 4);
        QCOMPARE(fetch(*transport, listOf("/api/v1/pods", {{"continue", "nonsense"}})).head->status, 400);
    }

    // The same row in each form.
    void forms()
    {
        const auto transport = replayEnd();
        const Rows &rows = m_truth.at(m_end);
        const std::string key = rows.begin()->first;
        const std::string space = key.substr(0, key.find('/'));
        const std::string name = key.substr(key.find('/') + 1);
        const std::string path = "/api/v1/namespaces/" + space + "/pods/" + name;
        const auto table = [&](const char *include) {
            const auto seen = fetch(*transport, request(net::Verb::Get, path, {{"includeObject", include}}, tableAccept));
            return good(kube::decodeTable(seen.body, kube::Detail::Whole, {}));
        };
        QCOMPARE(table("Object").rows.at(0).name(), std::string_view(name));
        QCOMPARE(table("Object").rows.at(0).kind(), std::string_view("Pod"));
        QVERIFY(table("Object").rows.at(0).body().find("nodeName") != std::string_view::npos);
        QCOMPARE(table("Metadata").rows.at(0).name(), std::string_view(name));
        QVERIFY(table("Metadata").rows.at(0).body().find("nodeName") == std::string_view::npos);
        QCOMPARE(table("Metadata").columns.size(), std::size_t(2));
        QVERIFY(table("None").rows.at(0).name().empty());
        QCOMPARE(table("None").rows.at(0).cell(0), std::string_view(name));
        const std::string object = fetch(*transport, request(net::Verb::Get, path)).body;
        QCOMPARE(textAt(object, {"kind"}) + textAt(object, {"metadata", "name"}), "Pod" + name);
        const std::string list = fetch(*transport, request(net::Verb::List, "/api/v1/pods")).body;
        QCOMPARE(textAt(list, {"kind"}), std::string("PodList"));
        QCOMPARE(textAt(list, {"apiVersion"}), std::string("v1"));
        const std::string metadata =
            fetch(*transport, request(net::Verb::List, "/api/v1/pods", {}, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")).body;
        QCOMPARE(textAt(metadata, {"kind"}), std::string("PartialObjectMetadataList"));
        QVERIFY(metadata.find("nodeName") == std::string::npos && metadata.find(name) != std::string::npos);
        QCOMPARE(fetch(*transport, request(net::Verb::List, "/api/v1/pods", {}, "application/vnd.kubernetes.protobuf")).head->status, 406);
        QCOMPARE(fetch(*transport, request(net::Verb::Get, "/api/v1/namespaces/a/pods/gone")).head->status, 404);
    }

    void everyKindIsListed()
    {
        const auto transport = replayEnd();
        const Reader reader = good(Reader::open(path()));
        int kinds = 0;
        for (const auto &[number, stream] : reader.index().streams) {
            if (stream.kind != StreamKind::Resource)
                continue;
            const auto seen = fetch(
                *transport, listOf(stream.names[0].empty() ? "/api/v1/" + stream.names[2] : "/apis/" + stream.names[0] + "/v1/" + stream.names[2]));
            const auto page = kube::decodeTable(seen.body, kube::Detail::Whole, {});
            QVERIFY2(page && !page->rows.empty() && !page->columns.empty(), stream.names[2].c_str());
            ++kinds;
        }
        QVERIFY(kinds > 40);
    }

    // Ages are those of the moment, as the server would write them.
    void ageIsOfTheMoment()
    {
        const auto transport = replayEnd();
        const auto page = good(kube::decodeTable(fetch(*transport, listOf("/apis/apps/v1/deployments")).body, kube::Detail::Meta, {}));
        std::size_t column = 0;
        while (page.columns.at(column).name != "Age")
            ++column;
        for (const kube::Row &row : page.rows)
            QCOMPARE(row.cell(column), std::string_view(formatAge(parseTime(row.created()).value(), m_end)));
    }

    void selectors()
    {
        const auto transport = replayEnd();
        const auto count = [&](Query query, const char *path = "/api/v1/pods") {
            const auto seen = fetch(*transport, listOf(path, std::move(query)));
            return seen.head->status == 200 ? static_cast<int>(good(kube::decodeTable(seen.body, kube::Detail::Meta, {})).rows.size())
                                            : -seen.head->status;
        };
        const int all = static_cast<int>(m_truth.at(m_end).size());
        const std::string name = m_truth.at(m_end).begin()->first.substr(m_truth.at(m_end).begin()->first.find('/') + 1);
        QCOMPARE(count({{"labelSelector", "app=web"}}), all);
        QCOMPARE(count({{"labelSelector", "app!=web"}}), 0);
        QCOMPARE(count({{"fieldSelector", "metadata.name=" + name}}), 1);
        QCOMPARE(count({{"fieldSelector", "metadata.name!=" + name}, {"labelSelector", "app"}}), all - 1);
        QCOMPARE(count({{"fieldSelector", "spec.nodeName=n"}}), all);
        QCOMPARE(count({}, "/api/v1/namespaces/team/pods") + count({}, "/api/v1/namespaces/team-a/pods"), all);
        QCOMPARE(count({{"fieldSelector", "metadata.namespace=team"}}), count({}, "/api/v1/namespaces/team/pods"));
        QCOMPARE(count({{"labelSelector", "a=="}}), 0);
        QCOMPARE(count({{"labelSelector", "=b"}}), -400);
        QCOMPARE(count({{"fieldSelector", "name"}}), -400);
    }

    void labelSelectors_data()
    {
        QTest::addColumn<QString>("selector");
        QTest::addColumn<int>("matches"); // of app=web, tier=front, n=5; -1: refused
        for (const auto &[text, matches] : std::vector<std::pair<const char *, int>>{{"", 1}, {"app=web", 1}, {"app==web", 1}, {"app = web", 1},
                 {"app=api", 0}, {"app!=api", 1}, {"app!=web", 0}, {"other!=web", 1}, {"app", 1}, {"other", 0}, {"!other", 1}, {"!app", 0},
                 {"app in (web,api)", 1}, {"app in (api)", 0}, {"app notin (api)", 1}, {"app notin (web)", 0}, {"other notin (a)", 1},
                 {"app=web,tier=front", 1}, {"app=web,tier=back", 0}, {"app in (web),tier in (a,front),!x", 1}, {"n>4", 1}, {"n>5", 0}, {"n<6", 1},
                 {"app>1", 0}, {"app in ()", 0}, {"x=", 0}, {"app in web", -1}, {"=web", -1}, {"app=web,", -1}, {"n>x", -1}, {"a b", -1},
                 {"app in (web", -1}, {"!", -1}})
            QTest::newRow(text) << QString::fromUtf8(text) << matches;
    }
    void labelSelectors()
    {
        QFETCH(const QString, selector);
        QFETCH(const int, matches);
        const auto parsed = LabelSelector::parse(selector.toStdString());
        QCOMPARE(parsed ? static_cast<int>(parsed->matches(R"({"app":"web","tier":"front","n":"5"})")) : -1, matches);
    }

    void fieldSelectors()
    {
        const std::string pod =
            R"({"metadata":{"name":"a,b"},"spec":{"hostNetwork":true},"status":{"phase":"Running","succeeded":3},"source":{"component":"k"}})";
        const auto matches = [&](const char *text) {
            const auto parsed = FieldSelector::parse(text);
            return parsed ? static_cast<int>(parsed->matches(pod)) : -1;
        };
        for (const char *text :
            {"", "status.phase=Running", "status.phase==Running", "status.phase!=Failed", "metadata.name=a\\,b", "spec.hostNetwork=true",
                "spec.nodeName=", "status.successful=3", "source=k", "spec.unschedulable=false", "status.phase=Running,source!=x"})
            QCOMPARE(matches(text), 1);
        for (const char *text :
            {"status.phase=Failed", "status.phase!=Running", "spec.hostNetwork=false", "spec.nodeName!=", "status.phase=Running,source=x"})
            QCOMPARE(matches(text), 0);
        for (const char *text : {"name", "=x", "!=x", "a=b,c"})
            QCOMPARE(matches(text), -1);
    }

    void paths()
    {
        const auto told = [](const char *text) {
            const auto path = RequestPath::parse(text);
            return path ? path->resource.group + "|" + path->resource.version + "|" + path->resource.resource + "|" + path->space + "|" + path->name +
                              "|" + path->subresource
                        : std::string("none");
        };
        QCOMPARE(told("/api/v1/pods"), std::string("|v1|pods|||"));
        QCOMPARE(told("/api/v1/namespaces"), std::string("|v1|namespaces|||"));
        QCOMPARE(told("/api/v1/namespaces/a"), std::string("|v1|namespaces||a|"));
        QCOMPARE(told("/api/v1/namespaces/a/status"), std::string("|v1|namespaces||a|status"));
        QCOMPARE(told("/api/v1/namespaces/a/pods/b/log"), std::string("|v1|pods|a|b|log"));
        QCOMPARE(told("/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode"),
            std::string("rbac.authorization.k8s.io|v1|clusterroles||system:node|"));
        for (const char *none : {"", "/", "/api", "/api/v1", "/apis/apps/v1", "/version", "/openapi/v3/api/v1"})
            QCOMPARE(told(none), std::string("none"));
    }

    // A watch from a list's version, while time goes on, comes to what a list says then.
    void watchTellsWhatChanges_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("each second") << 1;
        QTest::newRow("seven seconds at once") << 7;
        QTest::newRow("a minute at once") << 60;
    }
    void watchTellsWhatChanges()
    {
        QFETCH(const int, step);
        const auto transport = replay(start);
        const auto page = good(kube::decodeTable(fetch(*transport, listOf("/api/v1/pods")).body, kube::Detail::Meta, {}));
        Rows rows = rowsOf(page);
        const Collected seen;
        const net::Ticket ticket = transport->start(watchOf("/api/v1/pods", page.version, {{"allowWatchBookmarks", "true"}}), seen.sink());
        kube::WatchLines lines(kube::Detail::Whole, {});
        std::size_t read = 0;
        int first = 0;
        for (int second = step; second <= 120; second += step) {
            transport->moveTo(start + std::chrono::seconds(second));
            QVERIFY(listed(*transport) == m_truth.at(start + std::chrono::seconds(second))); // and the move was made
            const std::string body = seen.seen().body;
            const auto batch = lines.feed(std::string_view(body).substr(read));
            read = body.size();
            QVERIFY(!batch.broken);
            for (const auto &event : batch.events) {
                first += event.columns.empty() ? 0 : 1;
                take(rows, event);
            }
            QVERIFY(rows == m_truth.at(start + std::chrono::seconds(second)));
        }
        QCOMPARE(first, 1); // the columns come once
        transport->moveTo(m_end);
        transport->cancel(ticket);
        QVERIFY(seen.waitForEnd());
        QVERIFY(seen.error() && seen.error()->code == Code::Cancelled);
        QVERIFY(seen.seen().body.find("99999") != std::string::npos || step == 7); // the bookmark
    }

    void watchFromAnOlderVersion()
    {
        const auto old = replay(start + 25s); // between two keyframes
        const auto page = good(kube::decodeTable(fetch(*old, listOf("/api/v1/pods")).body, kube::Detail::Meta, {}));
        Rows rows = rowsOf(page);
        const auto transport = replay(start + 100s);
        const Collected seen;
        (void)transport->start(watchOf("/api/v1/pods", page.version), seen.sink());
        QVERIFY(listed(*transport) == m_truth.at(start + 100s));
        kube::WatchLines lines(kube::Detail::Meta, {});
        for (const auto &event : lines.feed(seen.seen().body).events) {
            QVERIFY2(std::stoi(event.version) > std::stoi(page.version), "and nothing that was told before");
            take(rows, event);
        }
        QVERIFY(rows == m_truth.at(start + 100s));
    }

    // Without a version a watch begins with all that is there; narrowed, with what comes into and leaves its choice.
    void watchWithoutVersionAndWithSelector()
    {
        const auto transport = replay(start);
        const Collected all;
        const Collected some;
        (void)transport->start(watchOf("/api/v1/pods", "0"), all.sink());
        (void)transport->start(watchOf("/api/v1/namespaces/team/pods", "", {{"fieldSelector", "metadata.name!=web-1"}}), some.sink());
        transport->moveTo(start + 100s);
        Rows expected = m_truth.at(start + 100s);
        QVERIFY(listed(*transport) == expected);
        Rows rows;
        for (const auto &event : kube::WatchLines(kube::Detail::Meta, {}).feed(all.seen().body).events)
            take(rows, event);
        QVERIFY(rows == expected);
        rows.clear();
        for (const auto &event : kube::WatchLines(kube::Detail::Meta, {}).feed(some.seen().body).events)
            take(rows, event);
        std::erase_if(expected, [](const auto &row) { return !row.first.starts_with("team/") || row.first == "team/web-1"; });
        QVERIFY(rows == expected && !rows.empty());
    }

    // What changed while nobody watched is told where the next list shows it; what a selector lets in or out, as the server tells it.
    void listAfterAGapIsToldAsADifference()
    {
        const std::string other = m_folder.filePath(QStringLiteral("b.flrec")).toStdString();
        const auto pod = [](const char *name, const char *version, const char *node) {
            return test::RowText{.name = name, .uid = name, .version = version, .spec = json(std::string("{`nodeName`:`") + node + "`}")};
        };
        {
            Recorder recorder(good(Writer::create(other, platform::File::Existing::Replace, start, {})));
            const auto stream = good(recorder.addResource(pods, "Pod", true, start));
            const auto list = [&](const std::vector<test::RowText> &rows, const char *version, Moment now) {
                recorder.beginList(stream);
                good(recorder.addPage(stream, tableText(rows, version), now));
                good(recorder.endList(stream, now));
            };
            list({pod("a", "1", "x"), pod("b", "2", "x"), pod("c", "3", "y")}, "10", start);
            good(recorder.addEvent(stream, eventText("MODIFIED", pod("a", "11", "y")), start + 1s));
            good(recorder.addEvent(stream, eventText("MODIFIED", pod("c", "12", "x")), start + 2s));
            good(recorder.addGap(stream, "lost", start + 3s));
            list({pod("b", "14", "x"), pod("c", "12", "x"), pod("d", "13", "y")}, "20", start + 4s);
            good(recorder.addEvent(stream, eventText("DELETED", pod("c", "21", "x")), start + 5s));
            good(recorder.close());
        }
        ReplayTransport transport(good(Reader::open(other)), start);
        const Collected all;
        const Collected some;
        (void)transport.start(watchOf("/api/v1/pods", "10"), all.sink());
        (void)transport.start(watchOf("/api/v1/pods", "10", {{"fieldSelector", "spec.nodeName=x"}}), some.sink());
        transport.moveTo(start + 5s);
        QCOMPARE(fetch(transport, listOf("/api/v1/pods")).head->status, 200);
        const auto told = [](const std::string &body) {
            QStringList out;
            for (const auto &event : kube::WatchLines(kube::Detail::Meta, {}).feed(body).events) {
                const std::string_view name = event.rows.at(0).name();
                out << QString::number(static_cast<int>(event.type)) + QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
            }
            return out.join(QLatin1Char(' '));
        };
        // 0 added, 1 modified, 2 deleted
        QCOMPARE(told(all.seen().body), QStringLiteral("1a 1c 2a 1b 0d 2c"));
        QCOMPARE(told(some.seen().body), QStringLiteral("2a 0c 1b 2c"));
        // The same for who comes later with the old version.
        const Collected late;
        (void)transport.start(watchOf("/api/v1/pods", "10"), late.sink());
        QCOMPARE(fetch(transport, listOf("/api/v1/pods")).head->status, 200);
        QCOMPARE(told(late.seen().body), QStringLiteral("1a 1c 2a 1b 0d 2c"));
    }

    void movedElsewhereIs410()
    {
        const auto transport = replay(start + 50s);
        const Collected backward;
        const Collected later;
        (void)transport->start(watchOf("/api/v1/pods", ""), backward.sink());
        transport->moveTo(start + 10s);
        QVERIFY(backward.waitForEnd());
        QVERIFY(!backward.error());
        const auto events = kube::WatchLines(kube::Detail::Meta, {}).feed(backward.seen().body).events;
        QVERIFY(events.back().type == kube::WatchEvent::Type::Error && events.back().error.code == Code::Gone);
        // From a moment that lies ahead now, and from before the recording.
        for (const char *version : {"999999", "1"}) {
            const auto seen = fetch(*transport, watchOf("/api/v1/pods", version));
            QVERIFY(kube::WatchLines(kube::Detail::Meta, {}).feed(seen.body).events.back().error.code == Code::Gone);
        }
    }

    void logsOfTheMoment()
    {
        const auto transport = replay(start + 35s);
        const auto log = [&](Query query, const char *pod = "web") {
            net::Request asked = request(net::Verb::Get, std::string("/api/v1/namespaces/team-a/pods/") + pod, std::move(query));
            asked.subresource = "log";
            return fetch(*transport, asked);
        };
        QCOMPARE(log({{"timestamps", "true"}}).body,
            std::string("2026-01-02T03:06:41Z line 10\n2026-01-02T03:06:42Z line 20\n2026-01-02T03:06:43Z line 30\n"));
        QCOMPARE(log({{"container", "main"}}).body, std::string("line 10\nline 20\nline 30\n"));
        QCOMPARE(log({{"tailLines", "1"}}).body, std::string("line 30\n"));
        QCOMPARE(log({{"tailLines", "0"}}).body, std::string());
        QCOMPARE(log({{"sinceTime", "2026-01-02T03:06:42Z"}}).body, std::string("line 20\nline 30\n"));
        QCOMPARE(log({{"limitBytes", "9"}}).body, std::string("line 10\nl"));
        QCOMPARE(log({{"container", "other"}}).head->status, 404);
        QCOMPARE(log({{"previous", "true"}}).head->status, 404);
        QCOMPARE(log({}, "gone").head->status, 404);
        const Collected followed;
        net::Request asked = request(net::Verb::Get, "/api/v1/namespaces/team-a/pods/web", {{"follow", "true"}, {"tailLines", "1"}});
        asked.subresource = "log";
        const net::Ticket ticket = transport->start(asked, followed.sink());
        transport->moveTo(start + 52s);
        QVERIFY(followed.waitFor([](const Collected::Seen &seen) { return seen.body == "line 30\nline 40\nline 50\n"; }));
        transport->cancel(ticket);
        QVERIFY(followed.waitForEnd());
    }

    void stillIsAlive()
    {
        const Collected seen;
        {
            ReplayTransport transport(good(Reader::open(path())), m_end, 5ms);
            (void)transport.start(watchOf("/api/v1/pods", ""), seen.sink());
            QVERIFY(seen.waitFor([](const Collected::Seen &now) { return now.alive >= 3; }));
            QVERIFY(!seen.seen().result);
        }
        QVERIFY(seen.error() && seen.error()->code == Code::Cancelled); // the transport has gone
        QVERIFY(!seen.seen().disorder && seen.seen().ends == 1);
    }

    void cancelBeforeItBegan()
    {
        const auto transport = replayEnd();
        std::vector<Collected> all(50);
        std::vector<net::Ticket> tickets;
        for (const Collected &seen : all)
            tickets.push_back(transport->start(listOf("/api/v1/pods"), seen.sink()));
        for (const net::Ticket ticket : tickets)
            transport->cancel(ticket);
        for (const Collected &seen : all) {
            QVERIFY(seen.waitForEnd());
            QVERIFY(seen.seen().ends == 1 && !seen.seen().disorder);
        }
        QVERIFY(all.back().error() && all.back().error()->code == Code::Cancelled);
    }
};

QTEST_GUILESS_MAIN(RecordingReplayTest)
#include "tst_recording_replay.moc"
