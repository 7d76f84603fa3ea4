// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/jsonprinter.h"

#include <QTest>

#include <string>

using namespace fairlead;

namespace {

std::string printed(const std::string &text, bool asObject = false)
{
    const auto json = kube::Json::parse(text);
    if (!json)
        return "not JSON";
    std::string out;
    asObject ? app::appendObjectJson(out, *json) : app::appendJson(out, *json);
    return out;
}

std::string printedString(const std::string &text)
{
    std::string out;
    app::appendJsonString(out, text);
    return out;
}

} // namespace

class JsonPrinterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void indentsAndSortsAsGo()
    {
        QCOMPARE(printed(R"({"b":[1,{"z":null,"a":true},[],{}],"a":{"x-y":"1","x":"2"},"B":false})"), std::string("{\n"
                                                                                                                  "    \"B\": false,\n"
                                                                                                                  "    \"a\": {\n"
                                                                                                                  "        \"x\": \"2\",\n"
                                                                                                                  "        \"x-y\": \"1\"\n"
                                                                                                                  "    },\n"
                                                                                                                  "    \"b\": [\n"
                                                                                                                  "        1,\n"
                                                                                                                  "        {\n"
                                                                                                                  "            \"a\": true,\n"
                                                                                                                  "            \"z\": null\n"
                                                                                                                  "        },\n"
                                                                                                                  "        [],\n"
                                                                                                                  "        {}\n"
                                                                                                                  "    ]\n"
                                                                                                                  "}"));
    }

    void ofARepeatedKeyTheLastCounts() { QCOMPARE(printed(R"({"a":1,"b":2,"a":3})"), std::string("{\n    \"a\": 3,\n    \"b\": 2\n}")); }

    void numbersKeepTheirDigits()
    {
        QCOMPARE(printed("[9007199254740993,1.50,1E+400,-0]"), std::string("[\n    9007199254740993,\n    1.50,\n    1E+400,\n    -0\n]"));
    }

    void managedFieldsAreLeftOutOfMetadataOnly()
    {
        QCOMPARE(printed(R"({"managedFields":1,"metadata":{"managedFields":[{"x":1}],"name":"a"},"spec":{"metadata":{"managedFields":2}}})", true),
            std::string("{\n"
                        "    \"managedFields\": 1,\n"
                        "    \"metadata\": {\n"
                        "        \"name\": \"a\"\n"
                        "    },\n"
                        "    \"spec\": {\n"
                        "        \"metadata\": {\n"
                        "            \"managedFields\": 2\n"
                        "        }\n"
                        "    }\n"
                        "}"));
        QCOMPARE(printed(R"({"metadata":{"managedFields":[]}})", true), std::string("{\n    \"metadata\": {}\n}"));
        QVERIFY(printed(R"({"metadata":{"managedFields":[]}})").find("managedFields") != std::string::npos);
    }

    void escapesAsGo_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("quote and backslash") << QByteArray("a\"b\\c") << QByteArray("\"a\\\"b\\\\c\"");
        QTest::newRow("short escapes") << QByteArray("\n\r\t\b\f") << QByteArray(R"("\n\r\t\b\f")");
        QTest::newRow("other controls") << QByteArray("\x01\x1b[0m\0", 6) << QByteArray("\"\\u0001\\u001b[0m\\u0000\"");
        QTest::newRow("markup") << QByteArray("<a href='x'>&") << QByteArray("\"\\u003ca href='x'\\u003e\\u0026\"");
        QTest::newRow("line separators") << QByteArray("\xE2\x80\xA8\xE2\x80\xA9") << QByteArray(R"("\u2028\u2029")");
        QTest::newRow("not ASCII") << QByteArray("ä漢😀") << QByteArray("\"ä漢😀\"");
        QTest::newRow("not UTF-8") << QByteArray("a\xFF"
                                                 "b")
                                   << QByteArray("\"a\\ufffdb\"");
        QTest::newRow("slash") << QByteArray("a/b") << QByteArray("\"a/b\"");
        // Beyond Go: these would reach the terminal.
        QTest::newRow("delete and C1") << QByteArray("\x7f\xC2\x80\xC2\x9b\xC2\x9f") << QByteArray(R"("\u007f\u0080\u009b\u009f")");
    }
    void escapesAsGo()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(printedString(text.toStdString())), expected);
    }

    void keysAreEscapedToo() { QCOMPARE(printed("{\"<\\u001b\":1}"), std::string("{\n    \"\\u003c\\u001b\": 1\n}")); }
};

QTEST_GUILESS_MAIN(JsonPrinterTest)
#include "tst_jsonprinter.moc"
