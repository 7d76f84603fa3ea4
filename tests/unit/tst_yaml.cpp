// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/reader.h"
#include "support/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <functional>
#include <string>

using namespace fairlead;

namespace {

/// The only document of a text; a failure of it fails the test.
yaml::Document one(const std::string &text)
{
    const Result<std::vector<yaml::Document>> documents = yaml::parse(text, "f.yaml");
    if (!documents)
        QTest::qFail(documents.error().text().c_str(), __FILE__, __LINE__);
    return !documents || documents->empty() ? yaml::Document() : documents->front();
}

Error refusal(const std::string &text)
{
    const Result<std::vector<yaml::Document>> documents = yaml::parse(text, "f.yaml");
    return documents ? Error{.message = "accepted"} : documents.error();
}

QByteArray compact(const QJsonValue &value)
{
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
}

} // namespace

class YamlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsScalarsAsKubernetesDoes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("json"); // as sigs.k8s.io/yaml 1.6 gave it
        const auto row = [](const char *text, const char *json) { QTest::newRow(text) << QByteArray(text) << QByteArray(json); };
        for (const char *yes : {"y", "Y", "yes", "Yes", "YES", "on", "On", "true", "TRUE"})
            row(yes, "true");
        for (const char *no : {"n", "N", "no", "off", "OFF", "false", "False"})
            row(no, "false");
        for (const char *text : {"yEs", "tRue", "oN", "nO", "nuLL", "12:30", "1:2:3", "2001-01-01", "2001-01-01T10:00:00Z", "1e400", "_1", "0o9",
                 "0xg", "0b2", "+", "--1", ".", "1.2.3", "v1", "4Gi", "<<", "=", "1e", ".5_0"})
            row(text, QByteArray("\"" + QByteArray(text) + "\"").constData());
        for (const char *nothing : {"~", "null", "Null", "NULL", ""})
            row(nothing, "null");
        row("014", "12");
        row("0o14", "12");
        row("0x1F", "31");
        row("0b11", "3");
        row("1_000", "1000");
        row("08", "8");
        row("+12", "12");
        row("-0x10", "-16");
        row("0", "0");
        row("1.5", "1.5");
        row("1e3", "1000");
        row(".5", "0.5");
        row("-1.25e-3", "-0.00125");
        row("1e-400", "0");
        row("9223372036854775807", "9223372036854775807");
        row("\"1\"", "\"1\"");
        row("'yes'", "\"yes\"");
        row("! 2", "\"2\"");
        row("!!str 2", "\"2\"");
        row("!!int 0x10", "16");
        row("!!float 2", "2");
        row("!!bool yes", "true");
        row("!!binary aGk=", "\"hi\"");
        row("!foo 3", "\"3\"");
        row("\"\\N\\_\\u00e9\\x41\\e\"", "\"\xC2\x85\xC2\xA0\xC3\xA9\x41\\u001b\"");
    }
    void readsScalarsAsKubernetesDoes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, json);
        const yaml::Document document = one("a: " + text.toStdString() + "\n");
        const QJsonValue value = test::toJson(document.root().find("a"));
        QCOMPARE(compact(value), compact(QJsonDocument::fromJson("[" + json + "]").array().first()));
    }

    void keysBecomeTheirReading()
    {
        const yaml::Document document = one("y: 1\n014: 2\n1.5: 3\n1e6: 4\n\"no\": 5\n");
        const yaml::Node root = document.root();
        QStringList names;
        for (const yaml::Entry &entry : root.entries())
            names.append(QString::fromStdString(entry.name));
        QCOMPARE(
            names, (QStringList{QStringLiteral("true"), QStringLiteral("12"), QStringLiteral("1.5"), QStringLiteral("1e+06"), QStringLiteral("no")}));
        QCOMPARE(root.find("true").scalar(), std::string_view("1"));
        QVERIFY(!root.find("y").isValid());
    }

    void everyNodeKnowsItsPlace()
    {
        const yaml::Document document = one("\xEF\xBB\xBF"
                                            "a: 1\r\nb:\r\n  - \xC3\xA4\r\n  - {c: \"d\"}\r\ne:\r\nf: |\r\n  x\r\n  y\r\n");
        const yaml::Node root = document.root();
        const auto place = [](const yaml::Node &node) { return QStringLiteral("%1:%2").arg(node.line()).arg(node.column()); };
        QCOMPARE(place(root.find("a")), QStringLiteral("1:4"));
        QCOMPARE(place(root.find("b").items()[0]), QStringLiteral("3:5"));
        QCOMPARE(place(root.find("b").items()[1].find("c")), QStringLiteral("4:9"));
        QCOMPARE(place(root.find("e")), QStringLiteral("5:3")); // an empty value stands after its key's colon, not at the next key
        QCOMPARE(place(root.find("f")), QStringLiteral("6:4"));
        QCOMPARE(document.place(root.find("a")).file, std::string("f.yaml"));
        QCOMPARE(root.find("f").scalar(), std::string_view("x\ny\n"));
    }

    // What editing one value in place stands on: the range holds exactly the node, whatever its style.
    void byteRangesHoldTheNode_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char *value :
            {"plain", "two words", "plain\n    over lines\n\n    more", "'it''s'", "\"a \\\" b\"", "\"over\n  lines\"", "|\n    x\n      y\n    z",
                "|2-\n    x", ">+\n    x\n\n    y\n\n", "[1, [2, 3], {a: b}]", "{a: [], b: {}, c: }", "[a, # ] comment\n     b]", "~",
                "\xC3\xA4\xC3\xB6", "{\"a\":1}", "- 1\n  - 2\n  - - 3", "x: 1\n  y:\n    z: 2", "&anchor text", "!!str 12", "&a !!str \"q\""})
            QTest::newRow(value) << QByteArray(value);
    }
    void byteRangesHoldTheNode()
    {
        QFETCH(QByteArray, value);
        const bool block = value.startsWith("- ") || value.startsWith("x: ");
        const std::string before = block ? "k:\n  " : "k: ";
        for (const std::string after : {"", "\nlast: 1\n"}) {
            const yaml::Document document = one(before + value.toStdString() + after);
            const yaml::Node node = document.root().find("k");
            const std::string range(document.source().substr(node.begin(), node.end() - node.begin()));
            const std::string whole = value.toStdString();
            // Anchor and tag stand before the range; trailing blank lines belong to a block scalar only.
            QVERIFY2(whole.ends_with(range) || QByteArray(range.c_str()).trimmed() == value.trimmed(), range.c_str());
            QVERIFY(!range.empty());
            if (block || range.find('\n') != std::string::npos || node.tag() == "tag:yaml.org,2002:str")
                continue;
            // Read by itself the range gives the same value.
            const yaml::Document alone = one("k: " + range);
            QCOMPARE(compact(test::toJson(alone.root().find("k"))), compact(test::toJson(node)));
        }
    }

    void textIsCutIntoDocuments()
    {
        const std::vector<Result<yaml::Document>> documents =
            yaml::readEach("# only a comment\n---\na: 1\n--- # named\n\tb: wrong\n---\n---\nc: 3\n...\n", "f.yaml");
        QCOMPARE(documents.size(), std::size_t(4));
        QVERIFY(documents[0]);
        QVERIFY(!documents[1]); // and it hides no other
        QCOMPARE(documents[1].error().place.line, 5);
        QVERIFY(documents[2] && documents[2]->root().isNull());
        QVERIFY(documents[3]);
        QCOMPARE(documents[3]->root().find("c").line(), 8);
        QVERIFY(yaml::readEach("# nothing\n\n", "f.yaml").empty());
    }

    void mergeKeysAreAppliedWhereTheyStand()
    {
        const yaml::Document document = one(
            "base: &b {p: 1, q: 2}\nother: &o {q: 8, r: 9}\nafter: {<<: *b, p: 7}\nbefore: {p: 7, <<: *b}\nlist: {<<: [*b, *o]}\nquoted: {'<<': 1}\n");
        const yaml::Node root = document.root();
        QCOMPARE(compact(test::toJson(root.find("after"))), QByteArray(R"([{"p":7,"q":2}])"));
        QCOMPARE(compact(test::toJson(root.find("before"))), QByteArray(R"([{"p":1,"q":2}])"));
        QCOMPARE(compact(test::toJson(root.find("list"))), QByteArray(R"([{"p":1,"q":2,"r":9}])"));
        QCOMPARE(compact(test::toJson(root.find("quoted"))), QByteArray(R"([{"<<":1}])"));
        QCOMPARE(root.find("after").find("q").line(), 1); // where it was written
    }

    void duplicateKeysAreFoundWithBothLines()
    {
        const yaml::Document document = one("a: 1\nb: {c: 1, d: 2, 'c': 3}\na: 2\ny: 1\n\"true\": 2\n");
        QCOMPARE(document.duplicates().size(), std::size_t(3));
        QCOMPARE(document.duplicates()[0].name, std::string("a"));
        QCOMPARE(document.duplicates()[0].firstLine, 1);
        QCOMPARE(document.duplicates()[0].secondLine, 3);
        QCOMPARE(document.duplicates()[1].name, std::string("true"));
        QCOMPARE(document.duplicates()[2].name, std::string("c"));
        QCOMPARE(document.root().find("a").scalar(), std::string_view("2")); // the last one counts
        QCOMPARE(document.root().find("b").find("c").scalar(), std::string_view("3"));
        QCOMPARE(document.root().writtenEntries().size(), std::size_t(5));
    }

    void aliasesAreBounded()
    {
        std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 10; ++i) {
            const std::string before = "*a" + std::to_string(i - 1);
            bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
            for (int j = 1; j < 10; ++j)
                bomb += ", " + before;
            bomb += "]\n";
        }
        const Error error = refusal(bomb);
        QCOMPARE(error.code, Code::BadInput);
        QVERIFY2(error.message.find("aliases") != std::string::npos, error.message.c_str());
        QCOMPARE(error.place.line, 2);

        std::string many = "base: &b {a: 1, b: 2}\nlist:\n";
        for (int i = 0; i < 2000; ++i)
            many += "- *b\n"; // as templates do it: allowed
        const yaml::Document repeated = one(many);
        QCOMPARE(repeated.root().find("list").items().size(), std::size_t(2000));
    }

    void refusesWithPlaceAndRemedy_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, QByteArray text, int line, const char *says) {
            QTest::newRow(name) << std::move(text) << line << QByteArray(says);
        };
        row("tab", "a:\n  b: 1\n\tc: 2\n", 3, "tab");
        row("tab under a key", "a:\n\tb: c\n", 2, "tab");
        row("wrong indentation", "a:\n    b: 1\n  c: 2\n", 3, "does not fit");
        row("open double quote", "a: 1\nb: \"x\nc: d\n", 2, "never closed");
        row("open single quote", "a: 'x\n", 1, "never closed");
        row("open flow map", "a: {b: 1\n", 2, "never closed");
        row("open flow list", "a: [1, 2", 1, "never closed");
        row("cut key", "a: 1\nb:\n  c: 1\n  cli", 4, "no colon");
        row("control byte", QByteArray("a: b\x04\nc: d\n"), 1, "0x04");
        row("nul byte", QByteArray("a: b\0c", 6), 1, "0x00");
        row("not utf-8", "a: \xff\n", 1, "UTF-8");
        row("latin-1", "a: caf\xe9\n", 1, "UTF-8");
        row("c1 byte", "a: \xC2\x9B\n", 1, "not allow");
        row("lone carriage return", "a: b\rc: d\n", 1, "carriage return");
        row("line separator", "a: \xE2\x80\xA8\n", 1, "line end");
        row("half utf-16",
            QByteArray("\xff\xfe"
                       "a",
                3),
            0, "UTF-16");
        row("null key", "~: 1\n", 1, "key is empty or null");
        row("empty key", ": 1\n", 1, "key is empty or null");
        row("list key", "? [a]\n: 1\n", 1, "map or a list");
        row("template", "a: {{ .Values.x }}\n", 1, "map or a list");
        row("infinity", "a: .inf\n", 1, "infinite");
        row("wrong tag", "a: !!int x\n", 1, "!!int");
        row("binary tag", "a: !!binary '***'\n", 1, "base64");
        row("directive", "%YAML 1.2\n---\na: b\n", 1, "directive");
        row("text on the separator", "a: b\n---foo\n", 2, "---");
        row("unknown anchor", "a: *b\n", 1, "anchor");
        row("alias in itself", "a: &a [*a]\n", 1, "inside the node");
        row("strange anchor", "a: &x.y b\n", 1, "anchor");
        row("merge of text", "a: {<<: b}\n", 1, "merge key");
        row("comma first", "a: [, b]\n", 1, "comma");
        row("colon without space", "a: {b:, c: d}\n", 1, "colon");
        row("tag without space", "a: [!b, c]\n", 1, "tag");
        row("unknown escape", "a: \"\\q\"\n", 1, "escape");
        row("at sign", "a: @b\n", 1, "start a value");
        row("comma only", ",", 1, "");
        row("anchor and comma", "&a ,", 1, "");
        row("tag and comma", "!,", 1, "");
        row("two roots", "a: b\n...\nc: d\n", 3, "follows after the end");
        row("deep", QByteArray(3000, '['), 1, "");
    }
    void refusesWithPlaceAndRemedy()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, line);
        QFETCH(QByteArray, says);
        const Error error = refusal(text.toStdString());
        QCOMPARE(error.code, Code::BadInput);
        QCOMPARE(error.place.file, std::string("f.yaml"));
        QCOMPARE(error.place.line, line);
        QVERIFY2(error.message.find(says.toStdString()) != std::string::npos, error.message.c_str());
        QVERIFY(!error.remedy.empty());
    }

    // No half of a file crashes the reader, and what it then accepts has no node outside its text.
    void everyPrefixIsReadOrRefused()
    {
        const std::string whole =
            "%a: &x {b: [1, 'c', \"d\\n\"], e: *x2}\nf:\n- |\n  text\n- >-\n  more\n  text\n- !!str 1\n- ? k\n  : v\ng: {<<: *x}\n---\nh: ~\n";
        for (const std::string &text : {whole, whole.substr(1), "x2: &x2 1\n" + whole.substr(1)}) {
            for (std::size_t size = 0; size <= text.size(); ++size) {
                for (const Result<yaml::Document> &document : yaml::readEach(text.substr(0, size), "f.yaml")) {
                    if (document)
                        QVERIFY(test::toJson(document->root()).type() != QJsonValue::Undefined);
                    else
                        QVERIFY(!document.error().remedy.empty());
                }
            }
        }
    }

    void utf16IsReadAsKubernetesDoes()
    {
        const QString text = QStringLiteral("a: \u00e4\U0001F600\n");
        QByteArray little("\xff\xfe");
        little.append(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
        QByteArray big("\xfe\xff");
        for (const QChar c : text)
            big.append(char(c.unicode() >> 8)).append(char(c.unicode() & 0xff));
        for (const QByteArray &bytes : {little, big}) {
            const yaml::Document document = one(bytes.toStdString());
            QCOMPARE(document.root().find("a").scalar(), std::string_view("\xC3\xA4\xF0\x9F\x98\x80"));
        }
    }

    void jsonIsReadInBounds()
    {
        const yaml::Document document = one(R"( {"a":[1,true,null,"x\/y\u00e4"],"b":{}} )");
        QCOMPARE(
            compact(test::toJson(document.root())), QJsonDocument::fromJson(R"([{"a":[1,true,null,"x/yä"],"b":{}}])").toJson(QJsonDocument::Compact));
        yaml::Limits limits;
        limits.flowText = 10;
        QVERIFY(!yaml::parse("{\"a\": \"0123456789\"}", "f.json", limits));
        limits.text = 10;
        const Result<std::vector<yaml::Document>> large = yaml::parse("a: 0123456789\n", "f.yaml", limits);
        QVERIFY(!large);
        QVERIFY(large.error().message.find("larger") != std::string::npos);
    }

    // 10 MB as a kubeconfig has them: long texts and many small nodes. The time is bench's matter; the memory is counted here.
    void tenMegabytesStaySmall()
    {
        std::string text = "users:\n";
        const std::string data(1500, 'A');
        while (text.size() < 10'000'000)
            text += "- name: user\n  user:\n    client-certificate-data: " + data + "\n    token: \"abc\"\n";
        const yaml::Document document = one(text);
        QVERIFY(document.root().find("users").items().size() > 5000);
        QVERIFY2(document.memory() < 3'000'000, std::to_string(document.memory()).c_str());
    }
};

QTEST_APPLESS_MAIN(YamlTest)
#include "tst_yaml.moc"
