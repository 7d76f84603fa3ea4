// SPDX-License-Identifier: GPL-3.0-or-later
// The contexts as the program keeps them: read, watched, added to, remembered. Files that change are real ones.
#include "support/clustersworld.h"

#include "contexts/configwatch.h"
#include "contexts/contextbook.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileSystemWatcher>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace fairlead {

using contexts::ConfigWatch;
using contexts::ContextBook;
using contexts::ContextFacts;
using contexts::ContextList;
using contexts::Searched;
using test::ClustersWorld;
using test::FakeClock;
using namespace std::chrono_literals;

namespace {

ContextList listOf(const std::vector<std::string> &names, const std::string &file)
{
    ContextList list;
    for (const std::string &name : names) {
        ContextFacts facts;
        facts.name = name;
        facts.place.file = file;
        list.contexts.push_back(facts);
    }
    list.searched.push_back({Searched::What::Home, file, Searched::Found::Read, int(names.size())});
    return list;
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

QStringList remembered(const Settings &settings)
{
    QStringList files;
    for (const QJsonValue &file : settings.value(QLatin1String(ContextBook::filesKey)).toArray())
        files << file.toString();
    return files;
}

} // namespace

class TestContextBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isReadWhenItIsMade();
    void reloadReadsAndAsks();
    void addedFilesAreRemembered();
    void badFilesAreRefused_data();
    void badFilesAreRefused();
    void whatIsRememberedCanBeLeft();
    void recordingsAreNotRemembered();
    void changedFilesAreReadAgain();
    void watchSeesEveryKindOfChange_data();
    void watchSeesEveryKindOfChange();
    void manyWritesAreOneChange();
};

void TestContextBook::isReadWhenItIsMade()
{
    FakeClock clock;
    ClustersWorld world(clock);
    Settings settings{QString()};
    world.list = listOf({"a", "b"}, "/nowhere/config");
    ContextBook book(world, clock, settings);
    QSignalSpy read(&book, &ContextBook::listRead);
    QVERIFY(!book.isRead());
    QVERIFY(book.list().contexts.empty());
    world.settle();
    QVERIFY(book.isRead());
    QCOMPARE(read.size(), 1);
    QCOMPARE(book.list().contexts.size(), std::size_t(2));
    QCOMPARE(world.opens, 0); // nobody looks
}

void TestContextBook::reloadReadsAndAsks()
{
    FakeClock clock;
    ClustersWorld world(clock);
    Settings settings{QString()};
    world.list = listOf({"a"}, "/nowhere/config");
    ContextBook book(world, clock, settings);
    world.settle();
    book.reachability().beginWatch();
    world.answer("a", "v1.34.4", 1ms);
    QCOMPARE(world.opens, 1);
    world.list = listOf({"a", "b"}, "/nowhere/config");
    book.reload();
    world.settle();
    QCOMPARE(world.reads, 2);
    QCOMPARE(book.list().contexts.size(), std::size_t(2));
    QCOMPARE(world.asked(), (std::vector<std::string>{"a", "b"}));
}

void TestContextBook::addedFilesAreRemembered()
{
    FakeClock clock;
    ClustersWorld world(clock);
    Settings settings{QString()};
    world.files["/x/one"] = listOf({"one"}, "/x/one");
    ContextBook book(world, clock, settings);
    world.settle();
    std::optional<Result<ContextList>> answer;
    book.add("/x/one").then(this, [&answer](Result<ContextList> alone) { answer = std::move(alone); });
    world.settle();
    QVERIFY(answer && *answer);
    QCOMPARE((*answer)->contexts.front().name, std::string("one"));
    QCOMPARE(world.added, std::vector<std::string>{"/x/one"});
    QCOMPARE(world.reads, 2);
    QCOMPARE(remembered(settings), QStringList{QStringLiteral("/x/one")});
    // Twice is once.
    book.add("/x/one").then(this, [](const Result<ContextList> &) {});
    world.settle();
    QCOMPARE(remembered(settings).size(), 1);
    QCOMPARE(world.added.size(), std::size_t(1));
    // The next start knows it before it reads.
    ContextBook next(world, clock, settings);
    QCOMPARE(world.added, std::vector<std::string>{"/x/one"});
    next.forget("/x/one");
    QVERIFY(world.added.empty());
    QVERIFY(remembered(settings).isEmpty());
}

void TestContextBook::badFilesAreRefused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("line");
    QTest::newRow("missing") << QStringLiteral("/x/gone") << 0;
    QTest::newRow("not YAML") << QStringLiteral("/x/broken") << 7;
    QTest::newRow("partly") << QStringLiteral("/x/partly") << 9;
    QTest::newRow("no context") << QStringLiteral("/x/empty") << 0;
}

void TestContextBook::badFilesAreRefused()
{
    QFETCH(QString, file);
    QFETCH(int, line);
    FakeClock clock;
    ClustersWorld world(clock);
    Settings settings{QString()};
    world.files["/x/broken"].failure = Error{.code = Code::BadInput, .message = "tab", .place = {"/x/broken", 7, 1}};
    world.files["/x/partly"] = listOf({"one"}, "/x/partly");
    world.files["/x/partly"].problems.push_back({.code = Code::BadInput, .message = "twice", .place = {"/x/partly", 9, 1}});
    world.files["/x/empty"] = ContextList{};
    ContextBook book(world, clock, settings);
    world.settle();
    std::optional<Result<ContextList>> answer;
    book.add(file.toStdString()).then(this, [&answer](Result<ContextList> alone) { answer = std::move(alone); });
    world.settle();
    QVERIFY(answer && !*answer);
    QCOMPARE(QString::fromStdString(answer->error().place.file), file);
    QCOMPARE(answer->error().place.line, line);
    QVERIFY(!answer->error().message.empty());
    QVERIFY(world.added.empty());
    QVERIFY(remembered(settings).isEmpty());
    QCOMPARE(world.reads, 1);
}

void TestContextBook::whatIsRememberedCanBeLeft()
{
    FakeClock clock;
    ClustersWorld world(clock);
    Settings settings{QString()};
    settings.set(QLatin1String(ContextBook::filesKey), QJsonArray{QStringLiteral("/x/old"), 5, QString()});
    world.files["/x/new"] = listOf({"new"}, "/x/new");
    ContextBook book(world, clock, settings, ContextBook::Remembered::Left);
    QVERIFY(world.added.empty());
    book.add("/x/new").then(this, [](const Result<ContextList> &) {});
    world.settle();
    QCOMPARE(world.added, std::vector<std::string>{"/x/new"});
    QVERIFY(remembered(settings).contains(QStringLiteral("/x/old")));
    QVERIFY(remembered(settings).contains(QStringLiteral("/x/new")));
    ContextBook next(world, clock, settings);
    QCOMPARE(world.added, (std::vector<std::string>{"/x/old", "/x/new"}));
}

void TestContextBook::changedFilesAreReadAgain()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("config"));
    write(file, "one");
    FakeClock clock;
    ClustersWorld world(clock);
    Settings settings{QString()};
    world.list = listOf({"a"}, file.toStdString());
    ContextBook book(world, clock, settings);
    world.settle();
    QCOMPARE(world.reads, 1);
    for (int round = 2; round < 5; ++round) {
        write(file + QStringLiteral(".new"), QByteArray::number(round));
        QVERIFY(QFile::remove(file));
        QVERIFY(QFile::rename(file + QStringLiteral(".new"), file)); // as editors and kubectl do
        QTRY_VERIFY(clock.timers() > 0);
        clock.advance(ConfigWatch::calm);
        world.settle();
        QVERIFY(world.reads >= round);
        // Whatever else the system had to say about it.
        QCoreApplication::processEvents();
        clock.advance(ConfigWatch::longest);
        world.settle();
    }
}

void TestContextBook::watchSeesEveryKindOfChange_data()
{
    QTest::addColumn<QString>("how");
    for (const char *how : {"written", "replaced", "removed", "comes", "comes with its folder", "replaced twice"})
        QTest::newRow(how) << QString::fromLatin1(how);
}

void TestContextBook::watchSeesEveryKindOfChange()
{
    QFETCH(QString, how);
    QTemporaryDir folder;
    const bool deep = how == QLatin1String("comes with its folder");
    const QString file = folder.filePath(deep ? QStringLiteral(".kube/config") : QStringLiteral("config"));
    if (!how.startsWith(QLatin1String("comes")))
        write(file, "one");
    FakeClock clock;
    ConfigWatch watch(clock);
    QSignalSpy changed(&watch, &ConfigWatch::changed);
    watch.setFiles({file.toStdString(), "/nowhere/at/all/config", ""});
    QCOMPARE(changed.size(), 0);
    const auto replace = [&file] {
        write(file + QStringLiteral(".new"), "other");
        QCOMPARE(std::rename(qPrintable(file + QStringLiteral(".new")), qPrintable(file)), 0);
    };
    const auto noticed = [&](int times) {
        QTRY_VERIFY(clock.timers() > 0);
        QCoreApplication::processEvents();
        clock.advance(ConfigWatch::longest);
        QVERIFY(changed.size() >= times);
    };
    if (how == QLatin1String("written")) {
        write(file, "other");
        noticed(1);
        write(file, "third");
        noticed(2);
    } else if (how.startsWith(QLatin1String("replaced"))) {
        replace();
        noticed(1);
        if (how.endsWith(QLatin1String("twice"))) {
            // The watcher has lost the file that was replaced, and must have found the new one.
            write(file, "in place");
            noticed(2);
            replace();
            noticed(3);
        }
    } else if (how == QLatin1String("removed")) {
        QVERIFY(QFile::remove(file));
        noticed(1);
        write(file, "back");
        noticed(2);
    } else {
        if (deep) {
            QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral(".kube"))));
            noticed(1);
        }
        write(file, "new");
        noticed(deep ? 2 : 1);
    }
}

void TestContextBook::manyWritesAreOneChange()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("config"));
    write(file, "one");
    FakeClock clock;
    ConfigWatch watch(clock);
    QSignalSpy changed(&watch, &ConfigWatch::changed);
    watch.setFiles({file.toStdString()});
    QFileSystemWatcher other; // so that we know when the system has told of a write
    other.addPath(file);
    QSignalSpy told(&other, &QFileSystemWatcher::fileChanged);
    const auto before = clock.steady();
    for (int i = 0; changed.isEmpty() && i < 100; ++i) {
        const qsizetype known = told.size();
        write(file, QByteArray::number(i));
        QTRY_VERIFY(told.size() > known && clock.timers() > 0);
        QCoreApplication::processEvents();
        clock.advance(100ms); // shorter than what counts as calm
    }
    QCOMPARE(changed.size(), 1);
    // Not for each, and not never.
    QVERIFY(clock.steady() - before >= ConfigWatch::longest - 100ms);
}

void TestContextBook::recordingsAreNotRemembered()
{
    FakeClock clock;
    ClustersWorld world(clock);
    Settings settings{QString()};
    ContextBook book(world, clock, settings);
    world.settle();
    const int reads = world.reads;
    QCOMPARE(book.addRecording("/x/night.flrec"), std::string("night.flrec"));
    world.settle();
    QCOMPARE(world.recordings, std::vector<std::string>{"/x/night.flrec"});
    QCOMPARE(world.reads, reads + 1); // the list has it now
    QVERIFY(remembered(settings).isEmpty());
    QVERIFY(!book.hasDemo());
    world.demo = true;
    QVERIFY(book.hasDemo());
}

} // namespace fairlead

QTEST_GUILESS_MAIN(fairlead::TestContextBook)
#include "tst_contextbook.moc"
