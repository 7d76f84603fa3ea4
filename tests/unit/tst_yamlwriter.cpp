// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/reader.h"
#include "kube/yaml/yamlwriter.h"
#include "support/paths.h"
#include "support/yamljson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

#include <string>
#include <vector>

using namespace fairlead;

namespace {

std::string written(const QJsonValue &value)
{
    yaml::YamlWriter writer;
    test::write(writer, value);
    return writer.take();
}

std::string writtenText(const std::string &text)
{
    yaml::YamlWriter writer;
    writer.beginMap();
    writer.key("a");
    writer.string(text);
    writer.endMap();
    return writer.take();
}

QByteArray compact(const QJsonValue &value)
{
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
}

/// What YAML 1.1 reads as something else, what needs quotes, and what must not reach a terminal.
const std::vector<QString> &awkward()
{
    static const std::vector<QString> texts = [] {
        std::vector<QString> out;
        for (const char *text : {"", "y", "N", "yes", "No", "on", "OFF", "true", "False", "~", "null", "NULL", "<<", "=", "0x1F", "014", "0o14", "08",
                 "1_000", "1__0", "_1", "0b11", "0b11111111111111111111111111111111111111111111111111111111111111111", "12:30", "190:20:30.15",
                 "-1:20", "1e3", "1e400", ".5", ".5_0", ".inf", "-.INF", ".NaN", "2001-01-01", "2001-1-1", "2001-01-01T00:00:00Z",
                 "2001-01-01 10:00:00", "2001-12-14 21:59:43.10 -5", "1.", "+1", "-0", "- ", "-", "--", "---", "--- a", "...", "- a", "-a", "? x",
                 "?x", ": x", ":x", "a: b", "a:", "a:b", "a #b", "a#b", "#a", "[a", "]", "{a", "{{ .x }}", "}a", "a,b", ",a", "&a", "*a", "!a", "|",
                 "|a", ">", "'a'", "\"a\"", "%a", "@a", "`a", "\ta", "a\t", " a", "a ", " ", "a\nb", "a\nb\n", "a\nb\n\n", "\n", "\n\n", "\na",
                 "\n a", " a\nb", "a \nb", "a\n b", "a\nb ", "a\n---\nb", "a\r\nb", "\r", "\x1b[31m", "\x7f", "\\n", "it's", "'", "\"", "v1",
                 "127.0.0.1", "100m", "<none>", "a  b", "9223372036854775808", "0x1F9223372036854775808"})
            out.push_back(QString::fromUtf8(text));
        for (const char16_t *text : {u"\u0085", u"\u009b31m", u"\u200e", u"\u202eevil", u"\u2066x\u2069", u"\u2028", u"\ufeffx", u"\u00e9: \u00f6",
                 u"\U0001F600", u"a\u00a0b"})
            out.push_back(QString::fromUtf16(text));
        out.push_back(QString(QChar(0)));
        out.push_back(QStringLiteral("word ").repeated(40));
        out.push_back(QStringLiteral("word  two ").repeated(30).trimmed());
        out.push_back(QStringLiteral("it's: ").repeated(40).trimmed());
        out.push_back(QStringLiteral("\\ \" \t").repeated(40).trimmed());
        out.push_back(QStringLiteral("\u00e9 ").repeated(100).trimmed());
        out.push_back(QStringLiteral("line\n") + QStringLiteral("word ").repeated(40).trimmed());
        out.push_back(QStringLiteral("k").repeated(200));
        return out;
    }();
    return texts;
}

class Worlds {
public:
    explicit Worlds(quint32 seed)
        : m_random(seed)
    {
    }

    QJsonValue value(int depth)
    {
        const int kind = int(m_random.bounded(10));
        if (depth > 0 && kind < 3) {
            QJsonObject object;
            for (int i = int(m_random.bounded(5)); i > 0; --i)
                object.insert(m_random.bounded(3) == 0 ? text() : QStringLiteral("key%1").arg(m_random.bounded(20)), value(depth - 1));
            return object;
        }
        if (depth > 0 && kind < 5) {
            QJsonArray array;
            for (int i = int(m_random.bounded(4)); i > 0; --i)
                array.append(value(depth - 1));
            return array;
        }
        if (kind == 5) {
            static const std::vector<double> numbers = {0, 1, -5, 1.5, 1e6, 1234567.5, 0.001, 123456789012345, -0.25, 100000.5};
            return numbers[m_random.bounded(quint32(numbers.size()))];
        }
        if (kind == 6)
            return m_random.bounded(3) == 0 ? QJsonValue() : QJsonValue(m_random.bounded(2) == 0);
        return text();
    }

private:
    QString text()
    {
        const std::vector<QString> &texts = awkward();
        const QString text = texts[m_random.bounded(quint32(texts.size()))];
        return m_random.bounded(4) == 0 ? text + texts[m_random.bounded(quint32(texts.size()))] : text;
    }

    QRandomGenerator m_random;
};

} // namespace

class YamlWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void printsAsKubectlDoes()
    {
        const QByteArray json =
            R"({"kind":"List","apiVersion":"v1","items":[{"metadata":{"name":"a","labels":{"item10":"x","item2":"y","B":"1","a.b/c":"true"},"annotations":{}},
            "data":{"script":"set -e\n  run\n","cut":"a\nb","note":"a: b","dash":"- x","empty":""},"list":[],"nested":[["a","b"],[{"c":1,"d":[2]}]],"n":null,"f":1.5,"big":1e6,
            "t":false}]})";
        // As kubectl 1.34 prints this object.
        const std::string expected = R"(apiVersion: v1
items:
- big: 1000000
  data:
    cut: |-
      a
      b
    dash: '- x'
    empty: ""
    note: 'a: b'
    script: |
      set -e
        run
  f: 1.5
  list: []
  metadata:
    annotations: {}
    labels:
      B: "1"
      a.b/c: "true"
      item2: "y"
      item10: x
    name: a
  "n": null
  nested:
  - - a
    - b
  - - c: 1
      d:
      - 2
  t: false
kind: List
)";
        QCOMPARE(QByteArray(written(QJsonDocument::fromJson(json).object()).c_str()), QByteArray(expected.c_str()));
    }

    void textKeepsItsMeaning_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("yaml"); // as kubectl prints it, but for the last rows
        const auto row = [](const char *text, const char *yaml) { QTest::newRow(text) << QByteArray(text) << QByteArray(yaml); };
        row("x", "x");
        row("1", "\"1\"");
        row("y", "\"y\"");
        row("0x1F", "\"0x1F\"");
        row("12:30", "\"12:30\"");
        row("2001-01-01", "\"2001-01-01\"");
        row("1e400", "\"1e400\""); // kubectl writes it plain: no double holds it, but other readers make it infinite
        row("# x", "'# x'");
        row("it's", "it's");
        row("it's: x", "'it''s: x'");
        row("\t", "\"\\t\"");
        row("a\n", "|\n    a");
        row("a", "a");
        row("\na", "|2-\n\n    a");
        row("a\n\n", "|+\n    a\n");
        row("a \nb", "\"a \\nb\"");
        row("\x1b[1m", "\"\\e[1m\"");
        row("\xF0\x9F\x98\x80", "\"\\U0001F600\"");
        row("\xE2\x80\xAE", "\"\\u202E\""); // kubectl prints bidi controls raw
        row("\xC2\x9B", "\"\\x9B\"");
        row("a\xFF", "a\xEF\xBF\xBD"); // no text
    }
    void textKeepsItsMeaning()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, yaml);
        const std::string expected = "a: " + yaml.replace("\n    ", "\n  ").toStdString() + "\n";
        QCOMPARE(QByteArray(writtenText(text.toStdString()).c_str()), QByteArray(expected.c_str()));
    }

    void longLinesAreFoldedBehindColumn80()
    {
        std::string text;
        for (int i = 0; i < 20; ++i)
            text += "word" + std::to_string(i) + " ";
        text += "end";
        QCOMPARE(QByteArray(writtenText(text).c_str()),
            QByteArray(
                "a: word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12\n  word13 word14 word15 word16 word17 word18 word19 end\n"));
    }

    // In this order kubectl 1.34 prints them: a number within a key by its value, other characters before letters.
    void keysAreSortedAsKubectlSortsThem()
    {
        const QByteArrayList order = {"-a", "1", "2", "10", "A", "a", "a-b", "a/b", "a05", "a6", "a10", "a10b", "ab", "b", "\xC3\xA4"};
        yaml::YamlWriter writer;
        writer.beginMap();
        for (auto key = order.rbegin(); key != order.rend(); ++key) {
            writer.key(key->toStdString());
            writer.null();
        }
        writer.endMap();
        QByteArrayList printed;
        for (const QByteArray &line : QByteArray::fromStdString(writer.take()).trimmed().split('\n'))
            printed.append(line.left(line.lastIndexOf(':')).replace("\"", ""));
        QCOMPARE(printed, order);
    }

    void longKeysStandAlone()
    {
        const std::string key(129, 'k');
        yaml::YamlWriter writer;
        writer.beginMap();
        writer.key(key);
        writer.beginMap();
        writer.key("x");
        writer.number("1");
        writer.key("x");
        writer.number("2"); // the last one counts
        writer.endMap();
        writer.endMap();
        QCOMPARE(QByteArray(writer.take().c_str()), QByteArray(("? " + key + "\n: x: 2\n").c_str()));
        QCOMPARE(writer.take(), std::string());
    }

    // The property: whatever the text, two readers of YAML 1.1 give the same value back, and nothing raw can act on a terminal.
    void everythingReadsBackEqual()
    {
        const quint32 seed = qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? quint32(qEnvironmentVariableIntValue("FAIRLEAD_SEED")) : 1;
        const int rounds = qEnvironmentVariableIsSet("FAIRLEAD_ROUNDS") ? qEnvironmentVariableIntValue("FAIRLEAD_ROUNDS") : 300;
        Worlds worlds(seed);
        std::vector<QJsonValue> values;
        for (const QString &text : awkward())
            values.push_back(QJsonObject{{text, QJsonArray{text, QJsonObject{{QStringLiteral("k"), text}}}}});
        for (int i = 0; i < rounds; ++i)
            values.push_back(QJsonObject{{QStringLiteral("root"), worlds.value(5)}});

        QByteArray all;
        for (const QJsonValue &value : values) {
            const std::string text = written(value);
            const QByteArray context = "seed " + QByteArray::number(seed) + ": " + compact(value) + "\n" + QByteArray(text.c_str());
            for (const QChar c : QString::fromStdString(text)) {
                const ushort u = c.unicode();
                const bool raw = (u < 0x20 && u != '\n') || (u >= 0x7f && u < 0xa0) || (u >= 0x200e && u <= 0x200f) || (u >= 0x2028 && u <= 0x202e) ||
                                 (u >= 0x2066 && u <= 0x2069);
                QVERIFY2(!raw, context.constData());
            }
            const Result<std::vector<yaml::Document>> back = yaml::parse(text, "written");
            QVERIFY2(back && back->size() == 1, context.constData());
            QVERIFY2(test::toJson(back->front().root()) == value, context.constData());
            all += QByteArray(text.c_str()) + '\0';
        }

        QProcess reader;
        reader.start(
            QStringLiteral("/usr/bin/python3"), {QStringLiteral("-B"), QString::fromStdString(test::sourcePath("tests/support/readyaml.py"))});
        QVERIFY(reader.waitForStarted());
        reader.write(all);
        reader.closeWriteChannel();
        QVERIFY(reader.waitForFinished());
        const QByteArrayList lines = reader.readAllStandardOutput().split('\n');
        QVERIFY2(lines.size() == qsizetype(values.size()) + 1, reader.readAllStandardError().constData());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const QJsonValue back = QJsonDocument::fromJson(lines[qsizetype(i)]).object();
            const QByteArray context = "seed " + QByteArray::number(seed) + ": " + compact(values[i]) + "\nread " + lines[qsizetype(i)] + "\n" +
                                       QByteArray(written(values[i]).c_str());
            QVERIFY2(back == values[i], context.constData());
        }
    }
};

QTEST_APPLESS_MAIN(YamlWriterTest)
#include "tst_yamlwriter.moc"
