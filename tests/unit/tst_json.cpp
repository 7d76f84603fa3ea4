// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/json.h"

#include <QTest>

using namespace fairlead;
using kube::Json;

class JsonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryType()
    {
        const auto json = Json::parse(R"( {"text":"a\n\u00e9\ud83d\ude00","yes":true,"no":false,"none":null,"list":[1,[],{}],"map":{"a":"b"}} )");
        QVERIFY(json);
        QCOMPARE((*json)["text"].type(), Json::Type::String);
        QCOMPARE((*json)["text"].text(), std::string_view("a\n\xC3\xA9\xF0\x9F\x98\x80"));
        QVERIFY((*json)["yes"].boolean());
        QCOMPARE((*json)["no"].type(), Json::Type::Boolean);
        QVERIFY(!(*json)["no"].boolean());
        QCOMPARE((*json)["none"].type(), Json::Type::Null);
        QCOMPARE((*json)["list"].list().size(), std::size_t(3));
        QCOMPARE((*json)["list"].list()[1].type(), Json::Type::List);
        QCOMPARE((*json)["list"].list()[2].type(), Json::Type::Map);
        QCOMPARE((*json)["map"]["a"].text(), std::string_view("b"));
        QCOMPARE(json->map().front().first, std::string("text")); // the text's order
    }

    void numbersKeepTheirDigits_data()
    {
        QTest::addColumn<QByteArray>("digits");
        QTest::addColumn<qint64>("integer");
        QTest::newRow("zero") << QByteArray("0") << qint64(0);
        QTest::newRow("negative") << QByteArray("-17") << qint64(-17);
        QTest::newRow("minus zero") << QByteArray("-0") << qint64(0);
        QTest::newRow("largest") << QByteArray("9223372036854775807") << qint64(9223372036854775807);
        QTest::newRow("beyond 64 bits") << QByteArray("123456789012345678901234567890") << qint64(-1);
        QTest::newRow("fraction") << QByteArray("1.50") << qint64(-1);
        QTest::newRow("exponent") << QByteArray("1E+400") << qint64(-1);
    }
    void numbersKeepTheirDigits()
    {
        QFETCH(QByteArray, digits);
        QFETCH(qint64, integer);
        for (const QByteArray &text : {digits, "[" + digits + "]", "{\"a\": " + digits + " }"}) {
            const auto json = Json::parse(text.toStdString());
            QVERIFY(json);
            const Json &number = json->type() == Json::Type::List ? json->list()[0] : json->type() == Json::Type::Map ? (*json)["a"] : *json;
            QCOMPARE(number.type(), Json::Type::Number);
            QCOMPARE(number.text(), std::string_view(digits.constData(), std::size_t(digits.size())));
            QCOMPARE(number.integer(-1), integer);
        }
    }

    void lookUpsMayBeChained()
    {
        const auto json = Json::parse(R"({"a":{"b":1},"a":{"b":2},"s":"x"})");
        QVERIFY(json);
        QCOMPARE((*json)["a"]["b"].integer(), 2); // the last one counts
        QCOMPARE((*json)["x"]["y"]["z"].type(), Json::Type::Null);
        QCOMPARE((*json)["s"]["y"].text(), std::string_view());
        QCOMPARE((*json)["s"].integer(7), 7);
    }

    void aByteOrderMarkIsSkipped()
    {
        const auto json = Json::parse("\xEF\xBB\xBF[1]");
        QVERIFY(json);
        QCOMPARE(json->list().size(), std::size_t(1));
    }

    void refusesWhatIsNotJson_data()
    {
        QTest::addColumn<QByteArray>("text");
        const std::vector<const char *> texts = {"", " \n", "tru", "nul", "nullx", "'a'", "{a:1}", "{\"a\" 1}", "{\"a\":1,}", "[1,]", "[,1]", "[1 2]",
            "[1}", "{\"a\":1]", "1,2", "[1],[2]", "1]", "]", "[1]]", "01", "-", "1.", ".5", "1e", "+1", "0x1", "NaN", "\"\\x\"", "\"\\u12g4\"",
            "\"a\nb\"", "{\"a\":1}{}", "<html></html>", "\"a\" \"b\""};
        for (const char *text : texts)
            QTest::newRow(QByteArray(text).toPercentEncoding(" {}[]\":,<>'\\+").constData()) << QByteArray(text);
        QTest::newRow("bad UTF-8") << QByteArray("{\"a\":\"\xFF\"}");
        QTest::newRow("overlong") << QByteArray("\"\xC0\xAF\"");
        QTest::newRow("lone high surrogate") << QByteArray("\"\\ud800\"");
        QTest::newRow("lone low surrogate") << QByteArray("\"\\udc00x\"");
        QTest::newRow("NUL after the end") << QByteArray("1\0", 2);
    }
    void refusesWhatIsNotJson()
    {
        QFETCH(QByteArray, text);
        const auto json = Json::parse(std::string_view(text.constData(), std::size_t(text.size())));
        QVERIFY(!json);
        QCOMPARE(json.error().code, Code::BadInput);
        QVERIFY(json.error().message.starts_with("not JSON: "));
    }

    void saysWhere()
    {
        const auto json = Json::parse("{\n \"a\": 1,\n \"b\": 08 }");
        QVERIFY(!json);
        QCOMPARE(json.error().place.line, 3);
        QCOMPARE(json.error().place.column, 7);
        QCOMPARE(json.error().message, std::string("not JSON: a wrong number near line 3, column 7"));
    }

    void everyCutIsSeen()
    {
        const std::string text = "{\"kind\":\"Status\",\"list\":[1,{\"a\":\"b\\\"c\"},true],\"x\":{\"y\":null}}";
        QVERIFY(Json::parse(text));
        for (std::size_t size = 1; size < text.size(); ++size) {
            const auto json = Json::parse(std::string_view(text).substr(0, size));
            QVERIFY2(!json, text.substr(0, size).c_str());
            QVERIFY2(json.error().code == Code::Interrupted, text.substr(0, size).c_str());
        }
    }

    void depthIsBounded()
    {
        const auto lists = [](int depth) { return std::string(std::size_t(depth), '[') + std::string(std::size_t(depth), ']'); };
        const auto maps = [](int depth) {
            std::string text;
            for (int i = 0; i < depth; ++i)
                text += "{\"a\":";
            return text + "1" + std::string(std::size_t(depth), '}');
        };
        QVERIFY(Json::parse(lists(Json::depthLimit)));
        QVERIFY(Json::parse(maps(Json::depthLimit)));
        for (const std::string &text : {lists(Json::depthLimit + 1), maps(Json::depthLimit + 1), lists(1'000'000)}) {
            const auto json = Json::parse(text);
            QVERIFY(!json);
            QCOMPARE(json.error().code, Code::Unsupported);
        }
        QVERIFY(!Json::parse(std::string(1'000'000, '['))); // cut as well
    }
};

QTEST_APPLESS_MAIN(JsonTest)
#include "tst_json.moc"
