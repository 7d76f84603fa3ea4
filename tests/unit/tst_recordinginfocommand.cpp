// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recordinginfocommand.h"

#include "app/recordingwords.h"
#include "support/smallrecording.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <string>
#include <utility>
#include <vector>

using namespace fairlead;
using namespace std::chrono_literals;
using recording::Reason;
using recording::Redactions;
using recording::Summary;
using test::SmallRecording;

namespace {

struct Run {
    int exitCode = -1;
    QByteArray output;
    QByteArray messages;

    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
};

Run run(const std::string &path, app::Format format = app::Format::Table)
{
    app::Arguments arguments;
    arguments.operands = {path};
    arguments.format = format;
    QTemporaryFile output;
    QTemporaryFile messages;
    Run result;
    if (!output.open() || !messages.open())
        return result;
    {
        app::Output out(output.handle());
        app::Output err(messages.handle());
        result.exitCode = app::runRecordingInfo(arguments, out, err);
    }
    output.seek(0);
    messages.seek(0);
    result.output = output.readAll();
    result.messages = messages.readAll();
    return result;
}

Redactions redactions(std::initializer_list<std::pair<Reason, std::uint64_t>> counts)
{
    Redactions out;
    for (const auto &[reason, count] : counts)
        out.counts[static_cast<std::size_t>(reason)] = count;
    return out;
}

Summary summary()
{
    Summary out;
    out.about = {{"context", "shop"}, {"program", "fairlead 9.9"}, {"only namespace", "team-a"}};
    out.first = SmallRecording::start;
    out.last = SmallRecording::start + 754s + 999ms;
    out.kinds = {{"deployments.apps", "v1", "Deployment", 3, 1, 2, 7, 0}, {"pods", "v1", "Pod", 1204, 2, 5, 34, 3}};
    out.logs = 4;
    out.documents = 66;
    out.blocks = 1;
    out.stored = 1'300'000;
    out.plain = 2'000'000'000;
    out.redactions = redactions({{Reason::SecretValue, 34}, {Reason::Url, 1}});
    out.isClosed = true;
    return out;
}

} // namespace

class RecordingInfoCommandTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    [[nodiscard]] std::string path(const char *name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    // A copy of the small recording with other bytes.
    [[nodiscard]] std::string changed(const char *name, const std::function<void(QByteArray &)> &change) const
    {
        QFile source(QString::fromStdString(path("a.flrec")));
        QByteArray bytes = source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
        change(bytes);
        QFile copy(QString::fromStdString(path(name)));
        if (!copy.open(QIODevice::WriteOnly) || copy.write(bytes) != bytes.size())
            qFatal("cannot be written");
        return path(name);
    }

private Q_SLOTS:
    void initTestCase() { (void)SmallRecording{.path = path("a.flrec")}.write(); }

    void tableSaysAll()
    {
        Summary whole = summary();
        whole.damages = {{4096, 200, "a block is damaged"}};
        whole.damageCount = 12;
        const QString text = QString::fromStdString(app::infoTable("dir/x.flrec", whole, "v1.34.4"));
        QCOMPARE(text, QStringLiteral("FILE          dir/x.flrec\n"
                                      "CONTEXT       shop\n"
                                      "OF            the namespace team-a\n"
                                      "SERVER        v1.34.4\n"
                                      "RECORDED BY   fairlead 9.9\n"
                                      "BEGIN         2026-01-02T03:06:40Z\n"
                                      "END           2026-01-02T03:19:14Z\n"
                                      "LENGTH        12m\n"
                                      "STATE         complete\n"
                                      "SIZE          1.2 MiB, unpacked 1.9 GiB, in 1 block\n"
                                      "DOCUMENTS     66\n"
                                      "LOGS          4\n"
                                      "UNREADABLE    34 values of secrets, 1 passwords in URLs\n"
                                      "DAMAGED       12 parts\n"
                                      "\n"
                                      "RESOURCE           VERSION   KIND         ROWS   EVENTS   LISTS   KEYFRAMES   GAPS\n"
                                      "deployments.apps   v1        Deployment   7      3        1       2           0\n"
                                      "pods               v1        Pod          34     1204     2       5           3\n"
                                      "\n"
                                      "OFFSET   BYTES   DAMAGE\n"
                                      "4096     200     a block is damaged\n"));
    }

    void emptyFactsAreLeftOut()
    {
        Summary bare;
        const QString text =
            QString::fromStdString(app::infoTable("x", bare, "")).replace(QRegularExpression(QStringLiteral(" +")), QStringLiteral(" "));
        QVERIFY(!text.contains(u"CONTEXT") && !text.contains(u"SERVER") && !text.contains(u"RESOURCE") && !text.contains(u"OFFSET"));
        QVERIFY(text.contains(u"UNREADABLE nothing") && text.contains(u"DAMAGED nothing") && text.contains(u"all namespaces"));
    }

    void whatAFileSaysCannotReachATerminal()
    {
        Summary hostile = summary();
        hostile.about["context"] = "a\x1b[2Jb";
        hostile.kinds[0].kind = "K\ni\x07";
        const std::string text = app::infoTable("x", hostile, "\x9b");
        QVERIFY(text.find('\x1b') == std::string::npos && text.find('\x07') == std::string::npos && text.find('\x9b') == std::string::npos);
    }

    void jsonSaysAll()
    {
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(app::infoJson("x.flrec", summary(), "v1.34.4"))).object();
        QCOMPARE(json[QStringLiteral("context")].toString(), QStringLiteral("shop"));
        QCOMPARE(json[QStringLiteral("namespace")].toString(), QStringLiteral("team-a"));
        QCOMPARE(json[QStringLiteral("server")].toString(), QStringLiteral("v1.34.4"));
        QCOMPARE(json[QStringLiteral("begin")].toString(), QStringLiteral("2026-01-02T03:06:40Z"));
        QCOMPARE(json[QStringLiteral("end")].toString(), QStringLiteral("2026-01-02T03:19:14Z"));
        QCOMPARE(json[QStringLiteral("endMilliseconds")].toInteger(), SmallRecording::start.time_since_epoch().count() + 754'999);
        QCOMPARE(json[QStringLiteral("state")].toString(), QStringLiteral("complete"));
        QCOMPARE(json[QStringLiteral("bytes")].toInteger(), 1'300'000);
        QCOMPARE(json[QStringLiteral("unpackedBytes")].toInteger(), 2'000'000'000);
        QCOMPARE(json[QStringLiteral("logs")].toInteger(), 4);
        const QJsonArray kinds = json[QStringLiteral("kinds")].toArray();
        QCOMPARE(kinds.size(), 2);
        QCOMPARE(QJsonDocument(kinds[1].toObject()).toJson(QJsonDocument::Compact),
            QByteArray("{'events':1204,'gaps':3,'keyframes':5,'kind':'Pod','lists':2,'resource':'pods','rows':34,'version':'v1'}")
                .replace('\'', '"'));
        const QJsonArray unreadable = json[QStringLiteral("unreadable")].toArray();
        QCOMPARE(unreadable.size(), qsizetype(recording::reasons));
        QCOMPARE(unreadable[0].toObject()[QStringLiteral("count")].toInteger(), 34);
        QCOMPARE(json[QStringLiteral("damagedParts")].toInteger(), 0);
    }

    void aCompleteFile()
    {
        const Run table = run(path("a.flrec"));
        QCOMPARE(table.messages, QByteArray());
        QCOMPARE(table.exitCode, 0);
        QVERIFY2(table.output.contains("v1.34.4") && table.output.contains("here") && table.output.contains("\npods "), table.output.constData());
        const Run json = run(path("a.flrec"), app::Format::Json);
        QCOMPARE(json.exitCode, 0);
        QCOMPARE(json.json()[QStringLiteral("bytes")].toInteger(), QFile(QString::fromStdString(path("a.flrec"))).size());
        const QJsonObject pods = json.json()[QStringLiteral("kinds")].toArray()[1].toObject();
        QCOMPARE(pods[QStringLiteral("events")].toInteger(), 600);
        QCOMPARE(pods[QStringLiteral("lists")].toInteger(), 1);
    }

    void aKilledRecordersFile()
    {
        (void)SmallRecording{.path = path("killed.flrec"), .isClosed = false}.write();
        const Run ran = run(path("killed.flrec"));
        QCOMPARE(ran.exitCode, 0);
        QVERIFY2(ran.output.contains("unfinished") && ran.output.contains("DAMAGED       nothing"), ran.output.constData());
    }

    void damagedPartsAreTold()
    {
        const std::string damaged =
            changed("damaged.flrec", [](QByteArray &bytes) { bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 0x55); });
        // The index at the file's end is whole; the block is read by the first who needs it.
        const Run ran = run(damaged, app::Format::Json);
        QCOMPARE(ran.json()[QStringLiteral("damagedParts")].toInteger(), 1);
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.messages.startsWith("error: " + QByteArray::fromStdString(damaged) + ": 1 part of the recording cannot be read\n"),
            ran.messages.constData());
    }

    void whatIsNoRecording_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("words");
        QFile source(QString::fromStdString(path("a.flrec")));
        QVERIFY(source.open(QIODevice::ReadOnly));
        const QByteArray head = source.read(32);
        QTest::newRow("empty") << QByteArray() << QByteArray("is empty: nothing was recorded in it");
        QTest::newRow("another type") << QByteArray("apiVersion: v1\n").repeated(10) << QByteArray("is not a recording");
        QTest::newRow("cut") << head.left(20) << QByteArray("is cut: it ends within its first bytes");
    }
    void whatIsNoRecording()
    {
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, words);
        const std::string file = changed("wrong.flrec", [&](QByteArray &bytes) { bytes = content; });
        const Run ran = run(file);
        QCOMPARE(ran.exitCode, 1);
        QCOMPARE(ran.output, QByteArray());
        QVERIFY2(ran.messages.startsWith("error: " + QByteArray::fromStdString(file) + ": " + words + "\n"), ran.messages.constData());
    }

    void aFileThatIsNotThere()
    {
        const Run ran = run(path("none.flrec"));
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.messages.contains("none.flrec: cannot be opened: No such file or directory"), ran.messages.constData());
    }

    void aTruncatedFile()
    {
        const std::string cut = changed("cut.flrec", [](QByteArray &bytes) { bytes.truncate(bytes.size() * 3 / 4); });
        const Run ran = run(cut);
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2(ran.output.contains("unfinished") && ran.output.contains("the file ends in the middle of a block") && ran.output.contains("\npods "),
            ran.output.constData());
    }

    void sizes_data()
    {
        QTest::addColumn<quint64>("bytes");
        QTest::addColumn<QString>("text");
        const auto row = [](quint64 bytes, const char *text) { QTest::newRow(text) << bytes << QString::fromLatin1(text); };
        row(0, "0 B");
        row(1023, "1023 B");
        row(1024, "1.0 KiB");
        row(1234, "1.2 KiB");
        row(10'239, "10 KiB");
        row(1'048'575, "1.0 MiB");
        row(3 * 1024 * 1024, "3.0 MiB");
        row(5ull << 30, "5.0 GiB");
        row(UINT64_MAX, "16777216 TiB");
    }
    void sizes()
    {
        QFETCH(quint64, bytes);
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(app::sizeText(bytes)), text);
    }
};

QTEST_GUILESS_MAIN(RecordingInfoCommandTest)
#include "tst_recordinginfocommand.moc"
