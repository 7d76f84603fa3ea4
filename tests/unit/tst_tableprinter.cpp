// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/tableprinter.h"

#include "app/print/columnwidths.h"
#include "app/print/output.h"
#include "app/print/terminaltext.h"
#include "kube/decode/table.h"

#include <QTest>

#include <csignal>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

using namespace fairlead;
using app::TablePrinter;

namespace {

// Columns: Name (the name's), Count (integer), Load (number), Node (wide only).
kube::TablePage page(const std::string &rows, const std::string &columns = {})
{
    const std::string usual = R"([{"name":"Name","type":"string","format":"name","priority":0},{"name":"Count","type":"integer","priority":0},)"
                              R"({"name":"Load","type":"number","priority":0},{"name":"Node","type":"string","priority":1}])";
    const std::string text = R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"1"},"columnDefinitions":)" +
                             (columns.empty() ? usual : columns) + R"(,"rows":[)" + rows + "]}";
    auto decoded = kube::decodeTable(text, kube::Detail::Meta, {});
    return decoded ? std::move(*decoded) : kube::TablePage();
}

std::string row(const std::string &name, const std::string &cells, const std::string &space = "team-a")
{
    return R"({"cells":[)" + cells + R"(],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":")" + name +
           R"(","namespace":")" + space + R"(","uid":")" + name + R"(","resourceVersion":"1"}}})";
}

std::string printed(TablePrinter &printer, const kube::TablePage &page)
{
    std::vector<const kube::Row *> rows;
    for (const kube::Row &one : page.rows)
        rows.push_back(&one);
    std::string out;
    printer.print(out, page.columns, rows);
    return out;
}

std::string cell(const std::string &text)
{
    std::string out;
    app::appendCell(out, text);
    return out;
}

} // namespace

class TablePrinterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesUpAsKubectl()
    {
        const auto table = page(row("a", R"("a",1,0.5,"node1")") + "," + row("longer-name", R"("longer-name",12345678,3,null)"));
        TablePrinter plain({});
        QCOMPARE(printed(plain, table), std::string("NAME          COUNT      LOAD\n"
                                                    "a             1          0.5\n"
                                                    "longer-name   12345678   3\n"));
        TablePrinter wide({.wide = true});
        // The blanks after the last but one cell stay, also where the last is empty.
        QCOMPARE(printed(wide, table), std::string("NAME          COUNT      LOAD   NODE\n"
                                                   "a             1          0.5    node1\n"
                                                   "longer-name   12345678   3      \n"));
        TablePrinter all({.withNamespace = true, .kindPrefix = "deployment.apps"});
        QCOMPARE(printed(all, table), std::string("NAMESPACE   NAME                          COUNT      LOAD\n"
                                                  "team-a      deployment.apps/a             1          0.5\n"
                                                  "team-a      deployment.apps/longer-name   12345678   3\n"));
        TablePrinter bare({.headers = false});
        QCOMPARE(printed(bare, table), std::string("a             1          0.5\n"
                                                   "longer-name   12345678   3\n"));
    }

    void headersComeOnceAndWidthsStay()
    {
        TablePrinter printer({});
        QCOMPARE(printed(printer, page({})), std::string());
        QCOMPARE(printed(printer, page(row("long-name-here", R"("long-name-here",1,1,"x")"))), std::string("NAME             COUNT   LOAD\n"
                                                                                                           "long-name-here   1       1\n"));
        auto later = page(row("b", R"("b",2,2,"x")"));
        later.columns.clear(); // as in the events of a watch
        QCOMPARE(printed(printer, later), std::string("b                2       2\n"));
        const auto other = page(row("b", R"("b",2)"), R"([{"name":"Name","type":"string","format":"name"},{"name":"New","type":"integer"}])");
        QCOMPARE(printed(printer, other), std::string("NAME             NEW\n"
                                                      "b                2\n"));
    }

    void fewerCellsThanColumnsAreEmpty()
    {
        TablePrinter printer({.wide = true});
        const std::string out = printed(printer, page(row("a", R"("a")") + "," + row("b", R"("b",2,3,"n","extra","more")")));
        QCOMPARE(out, std::string("NAME   COUNT   LOAD   NODE\n"
                                  "a                     \n"
                                  "b      2       3      n\n"));
    }

    void columnNamesAreForeignTextToo()
    {
        TablePrinter printer({});
        const auto table =
            page(row("a", R"("a",2)"), "[{\"name\":\"Gr\\u00f6\\u00dfe\\u001b[2J\",\"type\":\"string\"},{\"name\":\"x\",\"type\":\"integer\"}]");
        QCOMPARE(printed(printer, table), std::string("GRÖßE^[[2J   X\n"
                                                      "a            2\n"));
    }

    void widthsCountCodePoints()
    {
        QCOMPARE(app::runeCount("größe"), std::size_t(5));
        QCOMPARE(app::runeCount("\xF0\x9F\x98\x80"), std::size_t(1));
        QCOMPARE(app::runeCount("a\xCC\x81"), std::size_t(2)); // a combining accent is a code point
        QCOMPARE(app::runeCount("\xFF\xC3"), std::size_t(2));  // bytes that are no UTF-8
        TablePrinter printer({});
        QCOMPARE(
            printed(printer, page(row("a", R"("größe",1,1,"x")") + "," + row("b", R"("groesse",1,1,"x")"))), std::string("NAME      COUNT   LOAD\n"
                                                                                                                         "größe     1       1\n"
                                                                                                                         "groesse   1       1\n"));
    }

    void noControlReachesTheTerminal_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        // As kubectl.
        QTest::newRow("plain") << QByteArray("pod-1") << QByteArray("pod-1");
        QTest::newRow("escape") << QByteArray("\x1b[31mred\x1b[0m") << QByteArray("^[[31mred^[[0m");
        QTest::newRow("line feed") << QByteArray("one\ntwo") << QByteArray("one...");
        QTest::newRow("carriage return") << QByteArray("one\rtwo") << QByteArray("one...");
        QTest::newRow("form feed") << QByteArray("one\ftwo") << QByteArray("one...");
        QTest::newRow("nothing before") << QByteArray("\ntwo") << QByteArray("...");
        QTest::newRow("not ASCII") << QByteArray("äöü € 漢字 😀") << QByteArray("äöü € 漢字 😀");
        QTest::newRow("markup") << QByteArray("<b>&amp;") << QByteArray("<b>&amp;");
        // Beyond kubectl.
        QTest::newRow("tab") << QByteArray("a\tb") << QByteArray("a\\x09b");
        QTest::newRow("bell, backspace, delete") << QByteArray("\a\b\x7f") << QByteArray("\\x07\\x08\\x7f");
        QTest::newRow("vertical tab") << QByteArray("a\vb") << QByteArray("a\\x0bb");
        QTest::newRow("zero") << QByteArray("a\0b", 3) << QByteArray("a\\x00b");
        QTest::newRow("C1: CSI") << QByteArray("\xC2\x9b[31m") << QByteArray("\\u009b[31m");
        QTest::newRow("C1: first and last") << QByteArray("\xC2\x80\xC2\x9f") << QByteArray("\\u0080\\u009f");
        QTest::newRow("after C1") << QByteArray("\xC2\xA0") << QByteArray("\xC2\xA0");
        QTest::newRow("bidi override") << QByteArray("a\xE2\x80\xAE"
                                                     "cba")
                                       << QByteArray("a\\u202ecba");
        QTest::newRow("bidi isolates") << QByteArray("\xE2\x81\xA6\xE2\x81\xA9") << QByteArray("\\u2066\\u2069");
        QTest::newRow("bidi marks") << QByteArray("\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C") << QByteArray("\\u200e\\u200f\\u061c");
        QTest::newRow("raw C1 byte") << QByteArray("a\x9b"
                                                   "b")
                                     << QByteArray("a\\x9bb");
        QTest::newRow("overlong escape") << QByteArray("\xC0\x9B") << QByteArray("\\xc0\\x9b");
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << QByteArray("\\xed\\xa0\\x80");
        QTest::newRow("cut in the middle") << QByteArray("a\xE2\x80") << QByteArray("a\\xe2\\x80");
    }
    void noControlReachesTheTerminal()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(QByteArray::fromStdString(cell(text.toStdString())), expected);
    }

    void messagesKeepTheirLines() { QCOMPARE(app::visible("one\ntwo\r\x1b[0m\t"), std::string("one\ntwo\\r^[[0m\\x09")); }

    void numbersLookAsGoPrintsThem_data()
    {
        QTest::addColumn<QString>("digits");
        QTest::addColumn<QString>("expected");
        const auto add = [](const char *digits, const char *expected) {
            QTest::newRow(digits) << QString::fromLatin1(digits) << QString::fromLatin1(expected);
        };
        add("0.5", "0.5");
        add("1.50", "1.5");
        add("-0.25", "-0.25");
        add("12345678.5", "1.23456785e+07");
        add("999999.5", "999999.5");
        add("1000000.5", "1.0000005e+06");
        add("0.0001", "0.0001");
        add("0.00001", "1e-05");
        add("1e21", "1e+21");
        add("5.0", "5");
        add("not a number", "not a number");
    }
    void numbersLookAsGoPrintsThem()
    {
        QFETCH(QString, digits);
        QFETCH(QString, expected);
        QCOMPARE(QString::fromStdString(app::goNumber(digits.toStdString())), expected);
    }

    void aReaderThatIsGoneIsNoFailure()
    {
        std::signal(SIGPIPE, SIG_IGN);
        int ends[2];
        QCOMPARE(::pipe(ends), 0);
        ::close(ends[0]);
        app::Output output(ends[1]);
        output.write("text");
        QVERIFY(output.wroteAnything());
        QVERIFY(output.flush());
        QVERIFY(output.closed());
        ::close(ends[1]);
    }

    void aFullDiskIsAFailure()
    {
        const int full = ::open("/dev/full", O_WRONLY);
        if (full < 0)
            QSKIP("no /dev/full");
        app::Output output(full);
        output.write(std::string(100'000, 'x')); // more than it gathers: the failure comes before the flush
        const auto written = output.flush();
        QVERIFY(!written);
        QVERIFY(!written.error().remedy.empty());
        ::close(full);
    }
};

QTEST_GUILESS_MAIN(TablePrinterTest)
#include "tst_tableprinter.moc"
