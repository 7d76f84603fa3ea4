// SPDX-License-Identifier: GPL-3.0-or-later
// What a time bar shows of a recording, against what was written, change by change.
#include "recording/activity.h"
#include "recording/changefinder.h"
#include "recording/markgatherer.h"
#include "recording/recorder.h"
#include "support/good.h"
#include "support/recordedworld.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

using namespace fairlead;
using namespace fairlead::recording;
using namespace fairlead::test;
using namespace std::chrono_literals;

namespace {

using Weight = ActivityMark::Weight;

constexpr Moment start{std::chrono::milliseconds(1'764'000'000'000)};
const kube::GroupVersionResource pods{"", "v1", "pods"};
const kube::GroupVersionResource nodes{"", "v1", "nodes"};
const kube::GroupVersionResource jobs{"batch", "v1", "jobs"};
const kube::GroupVersionResource events{"", "v1", "events"};
const kube::GroupVersionResource newEvents{"events.k8s.io", "v1", "events"};

// With ` for quotation marks: moc cannot read all that the compiler can.
std::string json(std::string text)
{
    std::replace(text.begin(), text.end(), '`', '"');
    return text;
}

std::string after(const std::string &text, const std::string &word)
{
    const std::size_t at = text.find(word);
    return at == std::string::npos ? std::string() : text.substr(at + word.size(), text.find('"', at + word.size()) - at - word.size());
}

// An object whose status is this JSON, or whatever else comes behind its spec.
test::RowText object(const std::string &name, const std::string &rest, const std::string &space = "team")
{
    return {.name = name, .space = space, .uid = "u", .version = "1", .status = "", .spec = json("{}," + rest)};
}

std::string waiting(const std::string &reason)
{
    return "`status`:{`phase`:`Running`,`containerStatuses`:[{`name`:`ok`,`state`:{`running`:{}}},"
           "{`name`:`cart`,`state`:{`waiting`:{`reason`:`" +
           reason + "`}}}]}";
}

std::string initWaiting(const std::string &reason)
{
    return "`status`:{`phase`:`Pending`,`initContainerStatuses`:[{`name`:`init`,`state`:{`waiting`:{`reason`:`" + reason + "`}}}]}";
}

const std::string well = "`status`:{`phase`:`Running`,`containerStatuses`:[{`name`:`cart`,`state`:{`running`:{}}}]}";
const std::string failed = "`status`:{`phase`:`Failed`,`reason`:`Evicted`,`message`:`The node was low on memory`}";

std::string condition(const std::string &type, const std::string &status, const std::string &reason)
{
    return "`status`:{`conditions`:[{`type`:`Other`,`status`:`True`},{`type`:`" + type + "`,`status`:`" + status + "`,`reason`:`" + reason +
           "`,`message`:`said`}]}";
}

std::string warning(const std::string &name, const std::string &reason, const std::string &type = "Warning")
{
    return "`type`:`" + type + "`,`reason`:`" + reason + "`,`message`:`it failed`,`involvedObject`:{`kind`:`Pod`,`namespace`:`team`,`name`:`" + name +
           "`}";
}

// "12s failure team/web CrashLoopBackOff x1"
QString wordsOf(const std::vector<ActivityMark> &marks)
{
    QStringList all;
    for (const ActivityMark &mark : marks)
        all << QStringLiteral("%1s %2 %3/%4 %5 x%6")
                   .arg((mark.time - start) / 1s)
                   .arg(mark.weight == Weight::Failure ? QStringLiteral("failure") : QStringLiteral("warning"), QString::fromStdString(mark.space),
                       QString::fromStdString(mark.name), QString::fromStdString(mark.reason))
                   .arg(mark.times);
    return all.join(QLatin1Char('\n'));
}

} // namespace

class RecordingActivityTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    [[nodiscard]] std::string path() const { return m_folder.filePath(QStringLiteral("a.flrec")).toStdString(); }
    [[nodiscard]] Recorder recorder(Recorder::Keyframes keyframes = {}, Writer::Options options = {}) const
    {
        return Recorder(good(Writer::create(path(), platform::File::Existing::Replace, start, {{"context", "here"}}, options)), keyframes);
    }
    static void list(Recorder &recorder, std::uint32_t resource, const std::vector<test::RowText> &rows, Moment now)
    {
        recorder.beginList(resource);
        good(recorder.addPage(resource, tableText(rows, "5"), now));
        good(recorder.endList(resource, now));
    }
    // Of one resource: told at these seconds.
    struct Told {
        int second = 0;
        std::string type; // as on the wire; LIST: a list of this object
        test::RowText row;
    };
    [[nodiscard]] std::vector<ActivityMark> marksOf(
        const kube::GroupVersionResource &resource, const std::string &kind, const std::vector<Told> &told)
    {
        {
            Recorder writer = recorder();
            const auto stream = good(writer.addResource(resource, kind, true, start));
            for (const Told &each : told) {
                const Moment now = start + std::chrono::seconds(each.second);
                if (each.type == "LIST") {
                    if (each.second > 0)
                        good(writer.addGap(stream, "lost", now - 1s));
                    list(writer, stream, each.row.name.empty() ? std::vector<test::RowText>() : std::vector{each.row}, now);
                } else {
                    good(writer.addEvent(stream, eventText(each.type, each.row), now));
                }
            }
            good(writer.close());
        }
        Reader reader = good(Reader::open(path()));
        return good(Activity::of(reader, 10, {})).marks;
    }

    // Two kinds that change at random, with bookmarks and keyframes between.
    std::vector<Change> m_truth;
    void record(std::size_t blockSize)
    {
        m_truth.clear();
        std::array<RecordedWorld, 2> worlds = {RecordedWorld(5, 30), RecordedWorld(6, 3)};
        const std::array<std::string, 2> kinds = {"Pod", "Deployment"};
        Recorder writer =
            recorder({.events = 40, .perRow = 0, .span = 1000min}, {.blockSize = blockSize, .blockSpan = 3s, .blocksPerIndex = 20, .level = 1});
        const std::array streams = {
            good(writer.addResource(pods, "Pod", true, start)), good(writer.addResource({"apps", "v1", "deployments"}, "Deployment", true, start))};
        for (std::size_t i = 0; i < 2; ++i) {
            writer.beginList(streams[i]);
            good(writer.addPage(streams[i], worlds[i].table(), start));
            good(writer.endList(streams[i], start));
        }
        std::mt19937 random(1);
        Moment now = start + 5s;
        for (int i = 0; i < 400; ++i) {
            const std::size_t which = random() % 5 == 0 ? 1 : 0;
            // Several at one time, and once nothing for long.
            now += std::chrono::milliseconds(random() % 3 == 0 ? 0 : random() % 2000) + (i == 200 ? 300s : 0s);
            const std::string line = worlds[which].step();
            good(writer.addEvent(streams[which], line, now));
            const std::string type = after(line, json("`type`:`"));
            m_truth.push_back({.number = m_truth.size() + 1,
                .time = now,
                .what = type == "ADDED"     ? EventKind::Added
                        : type == "DELETED" ? EventKind::Deleted
                                            : EventKind::Modified,
                .kind = kinds[which],
                .space = after(line, json("`namespace`:`")),
                .name = after(line, json("`name`:`"))});
            if (i % 7 == 0)
                good(writer.addEvent(streams[which], bookmarkText(std::to_string(100'000 + i)), now));
        }
        good(writer.addDocument("/version", "application/json", "{}", now + 20s)); // time goes on, nothing changes
        good(writer.close());
    }
    [[nodiscard]] const Change *last(const std::function<bool(const Change &)> &wanted) const
    {
        const auto found = std::find_if(m_truth.rbegin(), m_truth.rend(), wanted);
        return found == m_truth.rend() ? nullptr : &*found;
    }

private Q_SLOTS:
    void countsAreThoseOfWhatWasWritten_data()
    {
        QTest::addColumn<int>("blockSize");
        QTest::addColumn<int>("pieces");
        for (const int blockSize : {900, 20'000, 256 << 10}) {
            for (const int pieces : {1, 7, 4096})
                QTest::addRow("%d bytes, %d pieces", blockSize, pieces) << blockSize << pieces;
        }
    }
    void countsAreThoseOfWhatWasWritten()
    {
        QFETCH(const int, blockSize);
        QFETCH(const int, pieces);
        record(static_cast<std::size_t>(blockSize));
        Reader reader = good(Reader::open(path()));
        const Activity activity = good(Activity::of(reader, static_cast<std::size_t>(pieces), {}));
        QCOMPARE(activity.changes(), std::uint64_t(400));
        QVERIFY(activity.first == start && activity.last == m_truth.back().time + 20s);
        QCOMPARE(activity.damaged, std::uint64_t(0));
        std::vector<std::uint32_t> expected(static_cast<std::size_t>(pieces), 0);
        const double span = double((activity.last - activity.first).count());
        for (const Change &change : m_truth) {
            const double share = double((change.time - activity.first).count()) / span;
            ++expected[std::min(std::size_t(share * pieces), expected.size() - 1)];
        }
        QVERIFY(activity.pieces == expected);
        // What is held grows with blocks, not with changes.
        QCOMPARE(activity.changesBefore.size(), reader.index().blocks.size() + 1);
        QVERIFY(blockSize > 1000 || reader.index().blocks.size() > 100);
    }

    void stepsGoFromMomentToMoment_data()
    {
        QTest::addColumn<int>("blockSize");
        QTest::newRow("many blocks") << 900;
        QTest::newRow("few blocks") << 20'000;
    }
    void stepsGoFromMomentToMoment()
    {
        QFETCH(const int, blockSize);
        record(static_cast<std::size_t>(blockSize));
        Reader reader = good(Reader::open(path()));
        auto activity = std::make_shared<const Activity>(good(Activity::of(reader, 10, {})));
        ChangeFinder finder(good(Reader::open(path())), activity);
        std::set<Moment> moments = {start, start - 1s, activity->last, activity->last + 1h};
        for (const Change &change : m_truth)
            moments.insert({change.time - 1ms, change.time, change.time + 1ms});
        for (const Moment moment : moments) {
            const Change *const until = last([moment](const Change &each) { return each.time <= moment; });
            const Change *const before = last([moment](const Change &each) { return each.time < moment; });
            const auto next = std::find_if(m_truth.begin(), m_truth.end(), [moment](const Change &each) { return each.time > moment; });
            const Change *const later = next == m_truth.end() ? nullptr : last([time = next->time](const Change &each) { return each.time == time; });
            const auto same = [](const std::optional<Change> &found, const Change *wanted) {
                return found.has_value() == (wanted != nullptr) && (!found || *found == *wanted);
            };
            const QByteArray where = QByteArray::number(qint64((moment - start).count()));
            QVERIFY2(same(good(finder.at(moment)), until), where.constData());
            QVERIFY2(same(good(finder.before(moment)), before), where.constData());
            QVERIFY2(same(good(finder.after(moment)), later), where.constData());
        }
        // All of them, one by one.
        std::set<Moment> times;
        for (const Change &change : m_truth)
            times.insert(change.time);
        std::size_t steps = 0;
        Moment at = start;
        while (const auto found = good(finder.after(at))) {
            at = found->time;
            ++steps;
        }
        QCOMPARE(steps, times.size());
    }

    // A damaged block's changes are not counted, here and there, and steps go past it.
    void damagedBlocksArePassedOver()
    {
        record(20'000);
        std::uint64_t offset = 0;
        {
            Reader reader = good(Reader::open(path()));
            const auto &blocks = reader.index().blocks;
            QVERIFY(blocks.size() >= 5);
            offset = blocks[blocks.size() / 2].offset + 32 + blocks[blocks.size() / 2].stored / 2;
        }
        QFile bytes(QString::fromStdString(path()));
        QVERIFY(bytes.open(QIODevice::ReadWrite) && bytes.seek(static_cast<qint64>(offset)));
        char byte = 0;
        QVERIFY(bytes.getChar(&byte) && bytes.seek(static_cast<qint64>(offset)) && bytes.putChar(static_cast<char>(byte ^ 0x55)));
        bytes.close();
        Reader reader = good(Reader::open(path()));
        auto activity = std::make_shared<const Activity>(good(Activity::of(reader, 10, {})));
        QCOMPARE(activity->damaged, std::uint64_t(1));
        QVERIFY(activity->changes() < 400 && activity->changes() > 200);
        ChangeFinder finder(good(Reader::open(path())), activity);
        Moment at = start;
        std::uint64_t number = 0;
        while (const auto found = good(finder.after(at))) {
            at = found->time;
            number = found->number;
        }
        QCOMPARE(number, activity->changes());
        QVERIFY(at == m_truth.back().time);
    }

    void stopEndsIt()
    {
        record(20'000);
        Reader reader = good(Reader::open(path()));
        std::stop_source stop;
        stop.request_stop();
        const auto activity = Activity::of(reader, 10, stop.get_token());
        QVERIFY(!activity && activity.error().code == Code::Cancelled);
    }

    void nothingChanged()
    {
        {
            Recorder writer = recorder();
            good(writer.close());
        }
        Reader reader = good(Reader::open(path()));
        auto activity = std::make_shared<const Activity>(good(Activity::of(reader, 0, {})));
        QCOMPARE(activity->pieces.size(), std::size_t(1));
        QVERIFY(activity->changes() == 0 && activity->marks.empty());
        ChangeFinder finder(good(Reader::open(path())), activity);
        QVERIFY(!good(finder.at(start + 1h)) && !good(finder.after(Moment())) && !good(finder.before(start + 1h)));
    }

    void failures_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QList<QPair<int, QString>>>("told"); // second, "ADDED " and what comes behind the spec
        QTest::addColumn<QString>("marks");
        using All = QList<QPair<int, QString>>;
        const auto says = [](const char *type, const std::string &rest) { return QString::fromStdString(type + (" " + rest)); };
        const std::string crash = waiting("CrashLoopBackOff");
        QTest::newRow("a pod that fails") << "Pod" << All{{1, says("ADDED", well)}, {5, says("MODIFIED", failed)}} << "5s failure team/a Evicted x1";
        QTest::newRow("without a reason") << "Pod" << All{{5, says("MODIFIED", "`status`:{`phase`:`Failed`}")}} << "5s failure team/a Failed x1";
        QTest::newRow("a container that crashes") << "Pod" << All{{5, says("MODIFIED", crash)}} << "5s failure team/a CrashLoopBackOff x1";
        QTest::newRow("an image that is not there")
            << "Pod" << All{{5, says("ADDED", waiting("ErrImagePull"))}, {9, says("MODIFIED", waiting("ImagePullBackOff"))}}
            << "5s failure team/a ErrImagePull x1";
        QTest::newRow("a container before the others")
            << "Pod" << All{{5, says("MODIFIED", initWaiting("CreateContainerConfigError"))}} << "5s failure team/a CreateContainerConfigError x1";
        QTest::newRow("one that starts") << "Pod" << All{{5, says("ADDED", waiting("ContainerCreating"))}} << "";
        QTest::newRow("crash after crash is one") << "Pod"
                                                  << All{{5, says("MODIFIED", crash)}, {10, says("MODIFIED", well)}, {70, says("MODIFIED", crash)},
                                                         {80, says("MODIFIED", well)}, {670, says("MODIFIED", crash)}}
                                                  << "5s failure team/a CrashLoopBackOff x1";
        QTest::newRow("well for long, then again") << "Pod"
                                                   << All{{5, says("MODIFIED", crash)}, {10, says("MODIFIED", well)}, {611, says("MODIFIED", crash)}}
                                                   << "5s failure team/a CrashLoopBackOff x1\n611s failure team/a CrashLoopBackOff x1";
        QTest::newRow("in another way") << "Pod" << All{{5, says("MODIFIED", crash)}, {9, says("MODIFIED", failed)}}
                                        << "5s failure team/a CrashLoopBackOff x1\n9s failure team/a Evicted x1";
        QTest::newRow("made anew") << "Pod" << All{{5, says("MODIFIED", crash)}, {9, says("DELETED", crash)}, {20, says("ADDED", crash)}}
                                   << "5s failure team/a CrashLoopBackOff x1\n20s failure team/a CrashLoopBackOff x1";
        QTest::newRow("one that goes away") << "Pod" << All{{5, says("DELETED", failed)}} << "";
        QTest::newRow("so in the first list") << "Pod" << All{{0, says("LIST", crash)}, {5, says("MODIFIED", crash)}} << "";
        QTest::newRow("so first, then well, then again")
            << "Pod" << All{{0, says("LIST", crash)}, {5, says("MODIFIED", well)}, {9, says("MODIFIED", crash)}}
            << "9s failure team/a CrashLoopBackOff x1";
        QTest::newRow("so after a gap") << "Pod" << All{{0, says("LIST", well)}, {60, says("LIST", crash)}, {61, says("MODIFIED", crash)}}
                                        << "60s failure team/a CrashLoopBackOff x1";
        QTest::newRow("goes on in the next list") << "Pod" << All{{0, says("LIST", well)}, {5, says("MODIFIED", crash)}, {60, says("LIST", crash)}}
                                                  << "5s failure team/a CrashLoopBackOff x1";
        QTest::newRow("gone in a list, then again") << "Pod" << All{{5, says("MODIFIED", crash)}, {60, says("LIST", "")}, {700, says("ADDED", crash)}}
                                                    << "5s failure team/a CrashLoopBackOff x1\n700s failure team/a CrashLoopBackOff x1";
        QTest::newRow("a job that fails") << "Job"
                                          << All{{1, says("ADDED", condition("Complete", "False", ""))},
                                                 {5, says("MODIFIED", condition("Failed", "True", "BackoffLimitExceeded"))}}
                                          << "5s failure team/a BackoffLimitExceeded x1";
        QTest::newRow("a job that does not") << "Job" << All{{5, says("MODIFIED", condition("Failed", "False", ""))}} << "";
        QTest::newRow("a node that is lost") << "Node"
                                             << All{{0, says("LIST", condition("Ready", "True", "KubeletReady"))},
                                                    {5, says("MODIFIED", condition("Ready", "Unknown", "NodeStatusUnknown"))}}
                                             << "5s failure team/a NodeStatusUnknown x1";
        QTest::newRow("a node that starts, and is lost soon") << "Node"
                                                              << All{{1, says("ADDED", condition("Ready", "False", "KubeletNotReady"))},
                                                                     {5, says("MODIFIED", condition("Ready", "False", "KubeletNotReady"))},
                                                                     {9, says("MODIFIED", condition("Ready", "True", "KubeletReady"))},
                                                                     {20, says("MODIFIED", condition("Ready", "False", "KubeletNotReady"))}}
                                                              << "20s failure team/a KubeletNotReady x1";
        QTest::newRow("a kind without rules") << "Deployment" << All{{5, says("MODIFIED", failed)}} << "";
    }
    void failures()
    {
        QFETCH(const QString, kind);
        using All = QList<QPair<int, QString>>;
        QFETCH(const All, told);
        QFETCH(const QString, marks);
        std::vector<Told> all;
        for (const auto &[second, what] : told) {
            const std::string text = what.toStdString();
            const std::size_t blank = text.find(' ');
            const std::string rest = text.substr(blank + 1);
            all.push_back({second, text.substr(0, blank), rest.empty() ? test::RowText() : object("a", rest)});
        }
        const kube::GroupVersionResource resource = kind == QLatin1String("Pod")    ? pods
                                                    : kind == QLatin1String("Job")  ? jobs
                                                    : kind == QLatin1String("Node") ? nodes
                                                                                    : kube::GroupVersionResource{"apps", "v1", "deployments"};
        const auto found = marksOf(resource, kind.toStdString(), all);
        QCOMPARE(wordsOf(found), marks);
        for (const ActivityMark &mark : found)
            QCOMPARE(QString::fromStdString(mark.kind), kind);
    }

    void wordsOfAFailure()
    {
        const auto crash = marksOf(pods, "Pod", {{5, "MODIFIED", object("a", waiting("CrashLoopBackOff"))}});
        QCOMPARE(crash.at(0).message, std::string("container cart"));
        const auto evicted = marksOf(pods, "Pod", {{5, "MODIFIED", object("a", failed)}});
        QCOMPARE(evicted.at(0).message, std::string("The node was low on memory"));
        const auto lost = marksOf(nodes, "Node", {{5, "MODIFIED", object("a", condition("Ready", "False", ""), "")}});
        QCOMPARE(lost.at(0).reason + ", " + lost.at(0).message, std::string("Ready is False, said"));
    }

    void warningsAreFolded()
    {
        const auto found = marksOf(events, "Event",
            {{1, "ADDED", object("e1", warning("web", "BackOff"))}, {10, "MODIFIED", object("e1", warning("web", "BackOff"))},
                {15, "ADDED", object("e2", warning("web", "BackOff"))}, {20, "ADDED", object("e3", warning("web", "Unhealthy"))},
                {25, "ADDED", object("e4", warning("api", "BackOff"))}, {30, "ADDED", object("e5", warning("api", "Pulled", "Normal"))},
                {40, "DELETED", object("e1", warning("web", "BackOff"))}, {615, "MODIFIED", object("e2", warning("web", "BackOff"))},
                {1300, "ADDED", object("e6", warning("web", "BackOff"))}});
        QCOMPARE(wordsOf(found), QStringLiteral("1s warning team/web BackOff x4\n20s warning team/web Unhealthy x1\n25s warning team/api BackOff x1\n"
                                                "1300s warning team/web BackOff x1"));
        QVERIFY(found[0].last == start + 615s && found[0].kind == "Pod" && found[0].message == "it failed");
    }

    // The server gives the same events under two names; where both were recorded, the core's are read.
    void eventsOfBothGroupsAreOne()
    {
        const std::string regarding = "`type`:`Warning`,`reason`:`BackOff`,`note`:`noted`,`regarding`:{`kind`:`Pod`,`namespace`:`team`,`name`:`web`}";
        const auto alone = marksOf(newEvents, "Event", {{1, "ADDED", object("e1", regarding)}});
        QCOMPARE(wordsOf(alone), QStringLiteral("1s warning team/web BackOff x1"));
        QCOMPARE(alone[0].message, std::string("noted"));
        {
            Recorder writer = recorder();
            const auto core = good(writer.addResource(events, "Event", true, start));
            const auto other = good(writer.addResource(newEvents, "Event", true, start));
            good(writer.addEvent(core, eventText("ADDED", object("e1", warning("web", "BackOff"))), start + 1s));
            good(writer.addEvent(other, eventText("ADDED", object("e1", regarding)), start + 1s));
            good(writer.close());
        }
        Reader reader = good(Reader::open(path()));
        QCOMPARE(wordsOf(good(Activity::of(reader, 10, {})).marks), QStringLiteral("1s warning team/web BackOff x1"));
    }

    // Whatever a file holds: so many marks, so long texts, and it is said that there are more.
    void marksAreBounded()
    {
        const std::map<std::uint32_t, Stream> streams = {
            {1, {StreamKind::Resource, {"", "v1", "pods", "Pod"}, true}}, {2, {StreamKind::Resource, {"", "v1", "events", "Event"}, true}}};
        MarkGatherer gatherer(streams, 3);
        const std::string pod = json("{`object`:{`status`:{`phase`:`Failed`,`message`:`" + std::string(10'000, 'm') + "`}}}");
        const std::string umlauts = [] {
            std::string all = "x"; // so that the bound lies within a character
            for (int i = 0; i < 1000; ++i)
                all += "ä";
            return all;
        }();
        for (int i = 0; i < 5; ++i) {
            const std::string name = std::string(5'000, 'n') + std::to_string(i);
            const std::string body = bodyOf(recording::RowText{"team", name, "1", pod});
            gatherer.take({EntryType::Event, 2, 1, start + i * 1s, body});
            const std::string event = json("{`object`:{`type`:`Warning`,`reason`:`r" + std::to_string(i) + "`,`message`:`" + umlauts + "`}}");
            const std::string told = bodyOf(recording::RowText{"team", name, "1", event});
            gatherer.take({EntryType::Event, 1, 2, start + i * 1s, told});
        }
        QCOMPARE(gatherer.leftOut(), std::uint64_t(4));
        const auto marks = gatherer.takeMarks();
        QCOMPARE(marks.size(), std::size_t(6));
        for (const ActivityMark &mark : marks) {
            QVERIFY(mark.name.size() <= MarkGatherer::longestName + 3 && mark.message.size() <= MarkGatherer::longestMessage + 3);
            QVERIFY(mark.message.size() > 200);
            QVERIFY(QString::fromStdString(mark.message).count(QChar::ReplacementCharacter) == 0);
        }
    }

    // What is no JSON, no row or of no known stream is nothing.
    void nonsenseIsPassedOver()
    {
        const std::map<std::uint32_t, Stream> streams = {
            {1, {StreamKind::Resource, {"", "v1", "pods", "Pod"}, true}}, {2, {StreamKind::Resource, {"", "v1", "events", "Event"}, true}}};
        MarkGatherer gatherer(streams, 3);
        for (const std::string &row : {std::string("{"), std::string(), json("{`object`:[]}"), json("{`object`:{`status`:{`containerStatuses`:{}}}}"),
                 json("{`object`:{`status`:{`containerStatuses`:[[],3,{`state`:7}]}}}"), json("{`object`:{`type`:7}}")}) {
            const std::string body = bodyOf(recording::RowText{"team", "a", "1", row});
            for (const std::uint32_t stream : {1U, 2U, 3U}) {
                for (const std::uint8_t detail : {0, 1, 2, 3, 4, 200})
                    gatherer.take({EntryType::Event, detail, stream, start, body});
                gatherer.take({EntryType::ListEnd, 0, stream, start, body});
                gatherer.take({EntryType::Event, 1, stream, start, "xx"});
            }
        }
        QVERIFY(gatherer.takeMarks().empty());
    }
};

QTEST_GUILESS_MAIN(RecordingActivityTest)
#include "tst_recording_activity.moc"
