// SPDX-License-Identifier: GPL-3.0-or-later
// What a program wrote for a terminal, as text and ink: at every cut, and for bytes that nobody would write.
#include "logs/ansitext.h"
#include "logs/level.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

using namespace fairlead::logs;
using namespace std::string_literals;

namespace {

struct Drawn {
    std::string text;
    std::vector<Span> spans;
    bool operator==(const Drawn &) const = default;
};

Drawn drawn(const std::vector<std::string_view> &pieces)
{
    Drawn out;
    AnsiText parser;
    for (const std::string_view piece : pieces)
        parser.feed(piece, out.text, 0, out.spans);
    parser.endLine(out.text, 0, out.spans);
    return out;
}

Drawn drawn(std::string_view whole)
{
    return drawn(std::vector<std::string_view>{whole});
}

std::string text(std::string_view whole)
{
    return drawn(whole).text;
}

// "begin:front,back,flags" of each span.
QString spans(std::string_view whole)
{
    QStringList out;
    for (const Span &span : drawn(whole).spans)
        out << QStringLiteral("%1:%2,%3,%4").arg(span.begin).arg(span.ink.front).arg(span.ink.back).arg(span.ink.flags);
    return out.join(QLatin1Char(' '));
}

bool isUtf8(const std::string &text)
{
    const QByteArray bytes = QByteArray::fromStdString(text);
    return QString::fromUtf8(bytes).toUtf8() == bytes;
}

const std::vector<std::string> samples = {
    "plain",
    "\x1b[32mINFO\x1b[0m http \x1b[1;36mPOST\x1b[22m /v1\x1b[39m end",
    "gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x9a\x80 \xff\xc3 \xe2\x82 end\xe2\x82",
    "\x1b]0;title\x07shown\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\.",
    "\x1b[38;5;208morange\x1b[38;2;10;200;30mgreen\x1b[48:2::200:0:0mback\x1b[m.",
    "a\x1b[2Kb\x1b[1Ac\x1b(Bd\x1b"
    "7e\x1b[?25lf\x1bPq#0\x1b\\g",
    "\x1b]never ended \x1b[31m red",
    "10%\r50%\r100%\a\b\x7f\xc2\x9b"
    "31m\xe2\x80\xae"
    "evil\xe2\x80\xac",
    "\x1b\x1b[31m\x1b[\x1b[32mx\x1b",
    "tab\tstays\x00nul"s,
    "\x1b[\xc3\xbc"
    "m\x1b]\xe6\x97",
    "\x1b[4:3mcurly\x1b[4:0m\x1b[7minverse\x1b[27;9mstruck\x1b[58:5:1m",
};

} // namespace

class LogTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void coloursBecomeInk()
    {
        QCOMPARE(text("\x1b[32mINFO\x1b[0m http"), "INFO http"s);
        QCOMPARE(spans("\x1b[32mINFO\x1b[0m http"), QStringLiteral("0:3,0,0 4:0,0,0"));
        QCOMPARE(spans("a\x1b[1;31mb\x1b[22mc\x1b[39md"), QStringLiteral("1:2,0,1 2:2,0,0 3:0,0,0"));
        QCOMPARE(spans("\x1b[91;104mx"), QStringLiteral("0:10,13,0"));
        QCOMPARE(spans("\x1b[2;3;4;7;9mx\x1b[0m"), QStringLiteral("0:0,0,62"));
        QCOMPARE(spans("\x1b[31m\x1b[32mx"), QStringLiteral("0:3,0,0")); // never an empty stretch
        QCOMPARE(spans("\x1b[mx"), QString());
    }

    void manyColoursBecomeTheNearest()
    {
        QCOMPARE(spans("\x1b[38;5;1mx"), QStringLiteral("0:2,0,0"));
        QCOMPARE(spans("\x1b[38;5;9mx"), QStringLiteral("0:10,0,0"));
        QCOMPARE(spans("\x1b[38;5;196mx"), QStringLiteral("0:2,0,0"));      // red of the cube
        QCOMPARE(spans("\x1b[38;2;0;200;0mx"), QStringLiteral("0:3,0,0"));  // green
        QCOMPARE(spans("\x1b[38:2::0:200:0mx"), QStringLiteral("0:3,0,0")); // with a colour space
        QCOMPARE(spans("\x1b[38:2:0:200:0mx"), QStringLiteral("0:3,0,0"));  // without
        QCOMPARE(spans("\x1b[38;5;240mx"), QStringLiteral("0:9,0,0"));      // grey
        QCOMPARE(spans("\x1b[38;5;196;1mx"), QStringLiteral("0:2,0,1"));    // and what follows still counts
        QCOMPARE(spans("\x1b[38;9;1mx"), QString());                        // unknown: nothing is guessed
        QCOMPARE(spans("\x1b[999999999999;31mx"), QStringLiteral("0:2,0,0"));
    }

    void otherSequencesAreNotShown()
    {
        QCOMPARE(text("a\x1b[2Kb\x1b[1;1Hc\x1b(Bd\x1b"
                      "7e\x1b[?25lf"),
            "abcdef"s);
        QCOMPARE(text("\x1b]0;title\x07shown\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\."), "shownlink."s);
        QCOMPARE(text("\x1bPq#0;2;0;0;0\x1b\\after"), "after"s);
        QCOMPARE(spans("\x1b[>4;2mx"), QString()); // a keyboard's setting, no ink
    }

    void controlsAreVisible()
    {
        QCOMPARE(text("10%\r100%"), "10%\\r100%"s);
        QCOMPARE(text("\a\b\x7f"), "\\x07\\x08\\x7f"s);
        QCOMPARE(text("\x00"s), "\\x00"s);
        QCOMPARE(text("\xc2\x9b"
                      "31mx"),
            "\\x9b31mx"s); // a C1 introducer starts nothing
        QCOMPARE(text("\xe2\x80\xae"
                      "evil"),
            "\\u202eevil"s);
        QCOMPARE(text("\xe2\x80\xa8"), "\\u2028"s);
        QCOMPARE(text("\xef\xbb\xbfx"), "\\ufeffx"s);
        QCOMPARE(text("\xf3\xa0\x80\x81x"), "\\U000e0001x"s); // tags: text that nobody sees
        QCOMPARE(text("a\tb"), "a\tb"s);
        QCOMPARE(spans("a\rb"), QStringLiteral("1:0,0,64 3:0,0,0"));
    }

    void whatIsNoUtf8IsReplaced()
    {
        QCOMPARE(text("\xff"), "\xef\xbf\xbd"s);
        QCOMPARE(text("\xc3(\xe2\x82"), "\xef\xbf\xbd(\xef\xbf\xbd"s);
        QCOMPARE(text("\xed\xa0\x80"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"s); // half of a surrogate pair
        QCOMPARE(text("\xf4\x90\x80\x80x"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdx"s);
        QCOMPARE(text("\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd"s); // a slash in disguise
        QCOMPARE(text("gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f"s);
    }

    void aSequenceWithoutAnEndHidesNothing()
    {
        QCOMPARE(text("\x1b]all of this is seen"), "\\x1b]all of this is seen"s);
        QCOMPARE(text("\x1b[31"), "\\x1b[31"s);
        QCOMPARE(text("x\x1b"), "x\\x1b"s);
        QCOMPARE(text("\x1b[3\x07m"), "\\x1b[3\\x07m"s);
        const std::string longer = "\x1b]" + std::string(3 * AnsiText::longestSequence, 'x') + "\x07 end";
        QVERIFY(text(longer).ends_with("x\\x07 end"));
        QCOMPARE(text(longer).size(), longer.size() + 6); // the two escapes are four letters each
        // The next line starts anew, its ink does not.
        Drawn two;
        AnsiText parser;
        parser.feed("\x1b[31ma\x1b]", two.text, 0, two.spans);
        parser.endLine(two.text, 0, two.spans);
        std::vector<Span> next;
        const std::size_t start = two.text.size();
        parser.feed("b", two.text, start, next);
        QCOMPARE(two.text, "a\\x1b]b"s);
        QCOMPARE(next.size(), std::size_t(1));
        QCOMPARE(int(next[0].ink.front), 2);
    }

    void everyCutGivesTheSame()
    {
        for (const std::string &sample : samples) {
            const Drawn whole = drawn(sample);
            QVERIFY(isUtf8(whole.text));
            for (std::size_t i = 0; i <= sample.size(); ++i) {
                const std::string_view view = sample;
                QVERIFY2(drawn({view.substr(0, i), view.substr(i)}) == whole, qPrintable(QString::fromStdString(sample) + QString::number(i)));
            }
            std::vector<std::string_view> bytes;
            for (std::size_t i = 0; i < sample.size(); ++i)
                bytes.push_back(std::string_view(sample).substr(i, 1));
            QVERIFY(drawn(bytes) == whole);
        }
    }

    void randomBytesAtRandomCuts()
    {
        std::mt19937 random(
            qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? unsigned(qEnvironmentVariableIntValue("FAIRLEAD_SEED")) : std::random_device{}());
        const std::string alphabet = "\x1b\x1b\x1b[[]();:m0123456789?PX^_\\ \a\r\tabc\x18\x7f\xc2\x9b\xe2\x80\xae\xf0\x9f\x9a\x80\xff";
        for (int round = 0; round < 3000; ++round) {
            std::string bytes(random() % 60, ' ');
            for (char &c : bytes)
                c = alphabet[random() % alphabet.size()];
            const Drawn whole = drawn(bytes);
            std::vector<std::string_view> pieces;
            for (std::string_view rest = bytes; !rest.empty();) {
                const std::size_t n = 1 + random() % rest.size();
                pieces.push_back(rest.substr(0, n));
                rest.remove_prefix(n);
            }
            QVERIFY2(drawn(pieces) == whole, QByteArray::fromStdString(bytes).toHex().constData());
            QVERIFY2(isUtf8(whole.text), QByteArray::fromStdString(bytes).toHex().constData());
            for (const char c : whole.text)
                QVERIFY(static_cast<unsigned char>(c) >= 0x20 || c == '\t');
            std::uint32_t last = 0;
            for (const Span &span : whole.spans) {
                QVERIFY(span.begin < whole.text.size() && (span.begin > last || &span == whole.spans.data()));
                last = span.begin;
            }
        }
    }

    void levels_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("level");
        QTest::addColumn<QString>("word");
        const auto add = [](const char *line, Level level, const char *word) {
            QTest::newRow(line) << QString::fromUtf8(line) << int(level) << QString::fromLatin1(word);
        };
        add("INFO  http POST /v1/charges", Level::Info, "INFO");
        add("2026-11-24 14:38:11,902 [main] ERROR c.e.App - it broke", Level::Error, "ERROR");
        add("[WARN] pool at 190", Level::Warning, "WARN");
        add("DEBUG: x", Level::Debug, "DEBUG");
        add("AUDIT charges", Level::Notice, "AUDIT");
        add("time=2026 level=warning msg=\"ERROR in words\"", Level::Error, "ERROR");
        add("ts=1 level=warning msg=\"slow\"", Level::Warning, "warning");
        add("{\"ts\":1,\"level\":\"error\",\"msg\":\"x\"}", Level::Error, "error");
        add("{\"severity\": \"Info\"}", Level::Info, "Info");
        add("E1124 14:38:11.902345       1 server.go:42] failed", Level::Error, "E");
        add("I1124 14:38:11.902345       1 server.go:42] fine", Level::Info, "I");
        add("ERRORS were found", Level::None, "");
        add("no error here", Level::None, "");
        add("PREFIX_ERROR x", Level::None, "");
        add("level of service", Level::None, "");
        add("", Level::None, "");
    }

    void levels()
    {
        QFETCH(QString, line);
        const std::string text = line.toStdString();
        const LevelWord found = levelOf(text);
        QTEST(int(found.level), "level");
        QTEST(QString::fromStdString(text.substr(found.begin, found.length)), "word");
    }
};

QTEST_GUILESS_MAIN(LogTextTest)
#include "tst_log_text.moc"
