// SPDX-License-Identifier: GPL-3.0-or-later
// What the program remembers: seen at once, in the file soon, never at the cost of what was there.
#include "base/settings.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace fairlead {

class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isSeenAtOnceAndKept();
    void isInTheFileWithoutBeingClosed();
    void undefinedRemoves();
    void damagedFileIsPutAside_data();
    void damagedFileIsPutAside();
    void twoProgramsKeepEachOthersKeys();
    void withoutAFileNothingIsWritten();
    void whatCannotBeWrittenIsSaidOnce();
    void onlyTheOwnerReadsIt();

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(QStringLiteral("deep/settings.json")); }
    [[nodiscard]] QJsonObject onDisk() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(in.readAll()).object() : QJsonObject();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSettings::isSeenAtOnceAndKept()
{
    {
        Settings settings(file());
        QVERIFY(settings.readProblem().isEmpty());
        settings.set(QStringLiteral("a/b"), QJsonArray{1, 2});
        QCOMPARE(settings.value(QStringLiteral("a/b")), QJsonValue(QJsonArray{1, 2}));
    }
    const Settings again(file());
    QCOMPARE(again.value(QStringLiteral("a/b")), QJsonValue(QJsonArray{1, 2}));
    QVERIFY(again.value(QStringLiteral("other")).isUndefined());
}

void TestSettings::isInTheFileWithoutBeingClosed()
{
    // As after a crash: the object is never destroyed while the file is read.
    Settings settings(file());
    settings.set(QStringLiteral("tabs"), QStringLiteral("pods"));
    settings.set(QStringLiteral("tabs"), QStringLiteral("jobs"));
    QTRY_COMPARE_WITH_TIMEOUT(onDisk().value(QStringLiteral("tabs")), QJsonValue(QStringLiteral("jobs")), 20'000);
    settings.set(QStringLiteral("more"), true);
    QTRY_COMPARE_WITH_TIMEOUT(onDisk().value(QStringLiteral("more")), QJsonValue(true), 20'000);
}

void TestSettings::undefinedRemoves()
{
    {
        Settings settings(file());
        settings.set(QStringLiteral("a"), 1);
        settings.set(QStringLiteral("b"), 2);
        settings.flush();
        settings.set(QStringLiteral("a"), QJsonValue::Undefined);
        QVERIFY(settings.value(QStringLiteral("a")).isUndefined());
    }
    QCOMPARE(onDisk(), (QJsonObject{{QStringLiteral("b"), 2}}));
}

void TestSettings::damagedFileIsPutAside_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("half") << QByteArray("{\"a\": 1, \"b\":");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("binary") << QByteArray("\0\xff\xfe\x01", 4);
    QTest::newRow("a list") << QByteArray("[1, 2]");
}

void TestSettings::damagedFileIsPutAside()
{
    QFETCH(QByteArray, text);
    const QString name = m_folder->filePath(QStringLiteral("settings.json"));
    QFile out(name);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text);
    out.close();
    Settings settings(name);
    QVERIFY(settings.readProblem().contains(name));
    settings.set(QStringLiteral("a"), 2);
    settings.flush();
    QFile aside(name + QStringLiteral(".damaged"));
    QVERIFY(aside.open(QIODevice::ReadOnly));
    QCOMPARE(aside.readAll(), text);
    QCOMPARE(Settings(name).value(QStringLiteral("a")), QJsonValue(2));
}

void TestSettings::twoProgramsKeepEachOthersKeys()
{
    Settings one(file());
    Settings other(file());
    one.set(QStringLiteral("one"), 1);
    one.flush();
    other.set(QStringLiteral("other"), 2);
    other.flush();
    QCOMPARE(onDisk(), (QJsonObject{{QStringLiteral("one"), 1}, {QStringLiteral("other"), 2}}));
}

void TestSettings::withoutAFileNothingIsWritten()
{
    Settings settings{QString()};
    settings.set(QStringLiteral("a"), 1);
    settings.flush();
    QCOMPARE(settings.value(QStringLiteral("a")), QJsonValue(1));
    QVERIFY(!QFile::exists(file()));
}

void TestSettings::whatCannotBeWrittenIsSaidOnce()
{
    // A file stands where the folder should be: root, too, cannot write there.
    QFile out(m_folder->filePath(QStringLiteral("deep")));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.close();
    Settings settings(file());
    QSignalSpy failed(&settings, &Settings::writeFailed);
    settings.set(QStringLiteral("a"), 1);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20'000);
    QVERIFY(failed.at(0).at(0).toString().contains(QStringLiteral("deep")));
    settings.set(QStringLiteral("a"), 2);
    settings.flush();
    QTRY_COMPARE(settings.value(QStringLiteral("a")), QJsonValue(2));
    QCOMPARE(failed.size(), 1);
}

void TestSettings::onlyTheOwnerReadsIt()
{
    Settings settings(file());
    settings.set(QStringLiteral("a"), 1);
    settings.flush();
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(file()) & others));
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestSettings)
#include "tst_settings.moc"
