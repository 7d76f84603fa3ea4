// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/json.h"
#include "kube/decode/table.h"
#include "kube/decode/watchlines.h"
#include "support/paths.h"
#include "support/tabletext.h"

#include <QFile>
#include <QTest>

using namespace fairlead;
using namespace fairlead::kube;
using namespace fairlead::test;

namespace {

std::string fixture(const char *name)
{
    QFile file(QString::fromStdString(sourcePath("tests/fixtures/table/") + name));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

TablePage decoded(const std::string &text, Detail detail = Detail::Meta, const Projection &projection = {})
{
    auto page = decodeTable(text, detail, projection);
    if (!page)
        qFatal("%s", page.error().text().c_str());
    return std::move(*page);
}

// What a stream came to, in words that can be compared.
std::string summary(const std::vector<WatchEvent> &events)
{
    std::string text;
    for (const WatchEvent &event : events) {
        text += std::to_string(static_cast<int>(event.type)) + "@" + event.version + "(" + std::to_string(event.columns.size()) + ")";
        for (const Row &row : event.rows) {
            text += " " + std::string(row.space()) + "/" + std::string(row.name()) + "@" + std::string(row.version());
            for (std::size_t i = 0; i < row.cellCount(); ++i)
                text += "|" + std::string(row.cell(i));
        }
        text += "\n";
    }
    return text;
}

} // namespace

class TableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPartOfARowIsKept()
    {
        const TablePage page = decoded(fixture("everything.json"));
        QCOMPARE(page.version, std::string("77"));
        QCOMPARE(page.continueToken, std::string("tok"));
        QCOMPARE(page.remaining, std::int64_t(12));
        QCOMPARE(page.columns.size(), std::size_t(2));
        QCOMPARE(page.columns[1], (Column{"Count", "integer", "", "", 1}));
        const Row &row = page.rows.at(0);
        QCOMPARE(row.cell(0), std::string_view("web\t\x1b[1m"));
        QCOMPARE(row.cell(1), std::string_view("3"));
        QCOMPARE(row.cellType(1), CellType::Integer);
        QCOMPARE(row.name(), std::string_view("web"));
        QCOMPARE(row.space(), std::string_view("team-a"));
        QCOMPARE(row.uid(), std::string_view("u-1"));
        QCOMPARE(row.version(), std::string_view("5"));
        QCOMPARE(row.generation(), std::int64_t(4));
        QCOMPARE(row.created(), std::string_view("2026-01-02T03:04:05Z"));
        QCOMPARE(row.deleted(), std::string_view("2026-01-03T03:04:05Z"));
        QCOMPARE(row.labelValue("app"), std::string_view("web"));
        QCOMPARE(row.label(1).first, std::string_view("a\"b"));
        QCOMPARE(row.annotationCount(), std::size_t(1)); // the copy of the object is dropped
        QCOMPARE(row.annotation(0).second, std::string_view("<b>x</b>"));
        QCOMPARE(row.owner(0).name, std::string_view("web-1"));
        QVERIFY(row.owner(0).controller);
    }

    void aRowWithFewerCellsIsFilledAndWithMoreIsCut()
    {
        const TablePage page = decoded(R"({"kind":"Table","metadata":{},"columnDefinitions":[{"name":"A"},{"name":"B"}],
            "rows":[{"cells":["x"]},{"cells":["x","y","z"]},{},{"cells":[true,null]},{"cells":[1.5,{"a":1}]}]})");
        QCOMPARE(page.rows.size(), std::size_t(5));
        for (const Row &row : page.rows)
            QCOMPARE(row.cellCount(), std::size_t(2));
        QCOMPARE(page.rows[0].cellType(1), CellType::Null);
        QCOMPARE(page.rows[3].cell(0), std::string_view("true"));
        QCOMPARE(page.rows[4].cellType(0), CellType::Real);
        QCOMPARE(page.rows[4].cell(1), std::string_view(R"({"a":1})"));
        QCOMPARE(page.rows[4].cell(99), std::string_view());
    }

    void factsAreAProjection()
    {
        const TablePage page = decoded(R"({"kind":"Table","metadata":{},"columnDefinitions":[{"name":"A"}],"rows":[{"cells":["x"],"object":
            {"kind":"CronJob","apiVersion":"batch/v1","metadata":{"name":"n"},"spec":{"schedule":"* * * * *","suspend":false},"status":{"active":[{"name":"a"}]}}}]})",
            Detail::Facts, {"/status/active/0/name", "/spec/suspend", "/spec/none/deeper", "/spec/schedule", "/status/active"});
        const Row &row = page.rows.at(0);
        QCOMPARE(row.kind(), std::string_view("CronJob"));
        QCOMPARE(row.fact(0), std::string_view(R"("a")"));
        QCOMPARE(row.fact(1), std::string_view("false"));
        QCOMPARE(row.fact(2), std::string_view());
        QCOMPARE(row.fact(3), std::string_view(R"("* * * * *")"));
        QCOMPARE(row.fact(4), std::string_view(R"([{"name":"a"}])"));
        QVERIFY(row.body().empty());
    }

    // What lists hold, however deep, in one flat list each; what is not there leaves no trace.
    void factsAreGatheredFromLists()
    {
        const TablePage page = decoded(R"({"kind":"Table","metadata":{},"columnDefinitions":[{"name":"A"}],"rows":[{"cells":["x"],"object":
            {"metadata":{"name":"n"},"spec":{"a":[{"b":[{"c":1},{"d":"x"},{"c":"two"}]},{"b":7},null,{"b":[{"c":null},{"c":[3]}]}],"e":[{"f":1}],"g":{"f":2}}}},
            {"cells":["y"],"object":{"metadata":{"name":"m"}}}]})",
            Detail::Whole, {"/spec/a/+/b/+/c", "/spec/e/*/f", "/spec/a/+/b/+/d", "/spec/e/+", "/spec/g/+/f", "/spec/g/f"});
        const Row &row = page.rows.at(0);
        QCOMPARE(row.fact(0), std::string_view(R"([1,"two",[3]])"));
        QCOMPARE(row.fact(1), std::string_view("[1]"));
        QCOMPARE(row.fact(2), std::string_view(R"(["x"])"));
        QCOMPARE(row.fact(3), std::string_view(R"([{"f":1}])"));
        QCOMPARE(row.fact(4), std::string_view());
        QCOMPARE(row.fact(5), std::string_view("2"));
        QVERIFY(row.body().find("\"e\"") != std::string_view::npos);
        QCOMPARE(page.rows.at(1).factCount(), std::size_t(6));
        QCOMPARE(page.rows.at(1).fact(0), std::string_view());
    }

    // A path may begin another: an entry as a whole, and a member of it.
    void aGatheredEntryIsGoneThroughToo()
    {
        const TablePage page = decoded(R"({"kind":"Table","metadata":{},"columnDefinitions":[{"name":"A"}],"rows":[{"cells":["x"],"object":
            {"metadata":{"name":"n"},"spec":{"a":[{"b":[{"c":1,"d":{"e":"x"}},{"d":{}}, { } ,{"d":{"e":"y"}}]},{"b":[]},{"b":[7,null]},{"b":"no list"}],"f":[{"g":1},[2]]},
            "status":{"h":3}}},{"cells":["y"],"object":{"metadata":{"name":"m"},"spec":{"a":[{"b":[{"d":{"e":"z"}}]}]}}}]})",
            Detail::Facts, {"/spec/a/+/b/+/d/e", "/spec/a/+/b/+", "/spec/a/+/b", "/spec/f/+", "/spec/f/+/g", "/status/h"});
        const Row &row = page.rows.at(0);
        QCOMPARE(row.fact(0), std::string_view(R"(["x","y"])"));
        QCOMPARE(row.fact(1), std::string_view(R"([{"c":1,"d":{"e":"x"}},{"d":{}},{ },{"d":{"e":"y"}},7])"));
        QCOMPARE(row.fact(2), std::string_view(R"([[{"c":1,"d":{"e":"x"}},{"d":{}}, { } ,{"d":{"e":"y"}}],[],[7,null],"no list"])"));
        QCOMPARE(row.fact(3), std::string_view(R"([{"g":1},[2]])"));
        QCOMPARE(row.fact(4), std::string_view("[1]"));
        QCOMPARE(row.fact(5), std::string_view("3"));
        QCOMPARE(page.rows.at(1).fact(0), std::string_view(R"(["z"])"));
        QCOMPARE(page.rows.at(1).fact(1), std::string_view(R"([{"d":{"e":"z"}}])"));
    }

    void aWholeBodyIsTheObjectWithoutManagedFields_data()
    {
        QTest::addColumn<QByteArray>("metadata");
        QTest::newRow("first") << QByteArray("{\"managedFields\":[{\"a\":\"},]\"}],\"name\":\"n\"}");
        QTest::newRow("middle") << QByteArray(R"({"uid":"1", "managedFields" : [ ] , "name":"n"})");
        QTest::newRow("last") << QByteArray(R"({"name":"n" , "managedFields":[{}] })");
        QTest::newRow("alone") << QByteArray(R"({"managedFields":[]})");
        QTest::newRow("none") << QByteArray(R"({"name":"n"})");
    }
    void aWholeBodyIsTheObjectWithoutManagedFields()
    {
        QFETCH(QByteArray, metadata);
        const std::string text =
            R"({"kind":"Table","metadata":{},"columnDefinitions":[{"name":"A"}],"rows":[{"cells":["x"],"object":{"kind":"Pod","metadata":)" +
            metadata.toStdString() + R"(,"spec":{"managedFields":1}}}]})";
        const TablePage page = decoded(text, Detail::Whole);
        const auto body = Json::parse(page.rows.at(0).body());
        QVERIFY2(body.has_value(), std::string(page.rows.at(0).body()).c_str());
        QCOMPARE((*body)["metadata"]["managedFields"].type(), Json::Type::Null);
        QCOMPARE((*body)["spec"]["managedFields"].integer(), std::int64_t(1)); // only the server's own
        QCOMPARE(
            (*body)["metadata"].map().size(), (*Json::parse(metadata.toStdString())).map().size() - (metadata.contains("managedFields") ? 1u : 0u));
    }

    // A server that does not know Tables, as kubectl shows what it sends: a name and an age.
    void aListWithoutATableIsNamesAndAges()
    {
        const std::string created = R"("creationTimestamp":"2001-02-03T04:05:06Z")";
        const std::string text =
            R"({"apiVersion":"shop.example.com/v1","items":[{"metadata":{"name":"a","namespace":"team-a","uid":"1","resourceVersion":"5",)" +
            created + R"(,"labels":{"x":"y"},"managedFields":[{}]},"spec":{"n":1}},{"apiVersion":"v9","kind":"Own","metadata":{"name":"b"}}],)" +
            R"("kind":"OrderList","metadata":{"resourceVersion":"77","continue":"more","remainingItemCount":3}})";
        const TablePage page = decoded(text, Detail::Whole, {"/spec/n"});
        QVERIFY(page.isPlain);
        QCOMPARE(page.version, std::string("77"));
        QCOMPARE(page.continueToken, std::string("more"));
        QCOMPARE(page.columns.size(), std::size_t(2));
        QCOMPARE(page.columns.at(0).name, std::string("Name"));
        QCOMPARE(page.columns.at(0).format, std::string("name"));
        QCOMPARE(page.columns.at(1).name, std::string("Age"));
        const Row &a = page.rows.at(0);
        QCOMPARE(a.cell(0), std::string_view("a"));
        QVERIFY(a.cell(1).ends_with('y'));
        QCOMPARE(a.space(), std::string_view("team-a"));
        QCOMPARE(a.labelValue("x"), std::string_view("y"));
        QCOMPARE(a.fact(0), std::string_view("1"));
        // The list says the kind of its entries; a body says it for itself.
        QCOMPARE(a.kind(), std::string_view("Order"));
        const auto body = Json::parse(a.body());
        QVERIFY2(body.has_value(), std::string(a.body()).c_str());
        QCOMPARE((*body)["apiVersion"].text(), std::string_view("shop.example.com/v1"));
        QCOMPARE((*body)["kind"].text(), std::string_view("Order"));
        QCOMPARE((*body)["metadata"]["managedFields"].type(), Json::Type::Null);
        const Row &b = page.rows.at(1);
        QCOMPARE(b.cell(1), std::string_view("<unknown>"));
        QCOMPARE(b.kind(), std::string_view("Own"));
        QCOMPARE((*Json::parse(b.body()))["apiVersion"].text(), std::string_view("v9"));
    }

    void anObjectWithoutATableIsOneRow()
    {
        const TablePage page = decoded(R"({"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","resourceVersion":"7"},"spec":{}})");
        QVERIFY(page.isPlain);
        QCOMPARE(page.rows.size(), std::size_t(1));
        QCOMPARE(page.rows.at(0).cell(0), std::string_view("a"));
        QCOMPARE(page.rows.at(0).version(), std::string_view("7"));
        WatchLines lines(Detail::Meta, {});
        const auto batch = lines.feed(R"({"type":"MODIFIED","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","resourceVersion":"8"}}})"
                                      "\n"
                                      R"({"type":"BOOKMARK","object":{"apiVersion":"v1","kind":"Pod","metadata":{"resourceVersion":"9"}}})"
                                      "\n");
        QVERIFY(!batch.broken);
        QVERIFY(batch.events.at(0).isPlain);
        QCOMPARE(batch.events.at(0).rows.at(0).cell(0), std::string_view("a"));
        QCOMPARE(batch.events.at(1).version, std::string("9"));
        QVERIFY(batch.events.at(1).rows.empty());
    }

    // A window that closes waits for the pool: not for all of a long list.
    void whoHasGoneIsNotDecodedFor()
    {
        std::stop_source gone;
        gone.request_stop();
        const std::string page = tableText({{.name = "a", .uid = "1"}}, "1");
        QVERIFY(decodeTable(page, Detail::Meta, {}).has_value());
        const auto decoded = decodeTable(page, Detail::Meta, {}, 0, gone.get_token());
        QVERIFY(!decoded.has_value());
        QCOMPARE(decoded.error().code, Code::Cancelled);
        WatchLines lines(Detail::Meta, {}, gone.get_token());
        QVERIFY(lines.feed(eventText("ADDED", {.name = "a", .uid = "1"}, columnsText())).events.empty());
    }

    void whatIsNoTableIsSaid_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("html") << QByteArray("<html>sign in</html>");
        QTest::newRow("list of no API") << QByteArray(R"({"kind":"PodList","items":[]})");
        QTest::newRow("status") << QByteArray(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success"})");
        QTest::newRow("neither list nor object") << QByteArray(R"({"kind":"Pod","apiVersion":"v1","items":{}})");
        QTest::newRow("list of numbers") << QByteArray(R"({"kind":"PodList","apiVersion":"v1","items":[{"metadata":{}},7]})");
        QTest::newRow("array") << QByteArray("[1,2]");
        QTest::newRow("scalar") << QByteArray("7");
        QTest::newRow("no kind") << QByteArray("{}");
        QTest::newRow("cut") << QByteArray(R"({"kind":"Table","metadata":{},"rows":[{"cells":["a")");
        QTest::newRow("bad utf-8") << QByteArray("{\"kind\":\"Table\",\"rows\":[{\"cells\":[\"\xff\"]}]}");
        QTest::newRow("lone surrogate") << QByteArray(R"({"kind":"Table","columnDefinitions":[{"name":"a"}],"rows":[{"cells":["\ud800"]}]})");
        QTest::newRow("more behind it") << QByteArray(R"({"kind":"Table"} x)");
        QTest::newRow("rows of numbers") << QByteArray(R"({"kind":"Table","rows":[1,2]})");
        QTest::newRow("deep") << QByteArray("{\"kind\":\"Table\",\"rows\":") + QByteArray(5000, '[') + QByteArray(5000, ']') + QByteArray("}");
    }
    void whatIsNoTableIsSaid()
    {
        QFETCH(QByteArray, text);
        const auto page = decodeTable(text.toStdString(), Detail::Whole, {"/a"});
        QVERIFY(!page.has_value());
        QCOMPARE(page.error().code, Code::NotKubernetes);
        QVERIFY(!page.error().message.empty());
        QVERIFY(!page.error().remedy.empty());
    }

    // A recorded stream of a real server, cut at every point there is.
    void aWatchReadsTheSameHoweverItIsCut()
    {
        const std::string stream = fixture("watch-configmaps.jsonl");
        QVERIFY(stream.size() > 2000);
        WatchLines whole(Detail::Meta, {});
        const auto all = whole.feed(stream);
        QVERIFY(!all.broken);
        QVERIFY(all.events.size() >= 4);
        const std::string expected = summary(all.events);
        for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
            WatchLines lines(Detail::Meta, {});
            auto events = lines.feed(std::string_view(stream).substr(0, cut)).events;
            auto rest = lines.feed(std::string_view(stream).substr(cut)).events;
            std::move(rest.begin(), rest.end(), std::back_inserter(events));
            if (summary(events) != expected)
                QCOMPARE(QByteArray::fromStdString(summary(events)), QByteArray::fromStdString(expected));
        }
        WatchLines bytes(Detail::Meta, {});
        std::vector<WatchEvent> events;
        for (const char byte : stream) {
            auto more = bytes.feed(std::string_view(&byte, 1)).events;
            std::move(more.begin(), more.end(), std::back_inserter(events));
        }
        QCOMPARE(QByteArray::fromStdString(summary(events)), QByteArray::fromStdString(expected));
        QVERIFY(!bytes.isPartial());
    }

    // A page that is cut is an error at every point, never half a list taken for a whole one.
    void aCutPageIsNeverAList()
    {
        const std::string page = fixture("list-configmaps.json");
        QVERIFY(page.size() > 2000);
        QVERIFY(decodeTable(page, Detail::Meta, {}).has_value());
        const std::size_t end = page.find_last_of('}');
        for (std::size_t cut = 0; cut < end; ++cut)
            QVERIFY2(!decodeTable(std::string_view(page).substr(0, cut + (cut == end)), Detail::Meta, {}).has_value(), std::to_string(cut).c_str());
    }

    void bookmarksAreNoRowsAndErrorsAreErrors()
    {
        WatchLines lines(Detail::Meta, {});
        const auto batch = lines.feed(bookmarkText("42") + errorText(410, "Expired") + "\r\n\n");
        QVERIFY(!batch.broken);
        QCOMPARE(batch.events.size(), std::size_t(2));
        QCOMPARE(batch.events[0].version, std::string("42"));
        QVERIFY(batch.events[0].rows.empty());
        QCOMPARE(batch.events[1].error.code, Code::Gone);
    }

    void aBrokenLineKeepsWhatCameBeforeIt()
    {
        WatchLines lines(Detail::Meta, {});
        const auto batch =
            lines.feed(eventText("ADDED", {.name = "a", .uid = "1"}, columnsText()) + "{\"type\":\"ADDED\",\"object\":\n" + bookmarkText("9"));
        QCOMPARE(batch.events.size(), std::size_t(1));
        QVERIFY(batch.broken.has_value());
    }

    void laterEventsHaveTheFirstOnesColumns()
    {
        WatchLines lines(Detail::Meta, {});
        const auto batch = lines.feed(
            eventText("ADDED", {.name = "a", .uid = "1"}, columnsText()) + eventText("MODIFIED", {.name = "a", .uid = "1", .version = "2"}));
        QCOMPARE(batch.events.at(0).columns.size(), std::size_t(2));
        QVERIFY(batch.events.at(1).columns.empty());
        QCOMPARE(batch.events.at(1).rows.at(0).cell(1), std::string_view("Running"));
    }
};

QTEST_GUILESS_MAIN(TableTest)
#include "tst_table.moc"
