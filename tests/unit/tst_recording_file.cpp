// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/platform/file.h"
#include "recording/block.h"
#include "recording/bytewriter.h"
#include "recording/checksum.h"
#include "recording/entryreader.h"
#include "recording/format.h"
#include "recording/indexpart.h"
#include "recording/recordingfile.h"
#include "recording/writer.h"
#include "support/good.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <map>
#include <random>
#include <set>

#include <sys/resource.h>

using namespace fairlead;
using namespace fairlead::recording;
using namespace std::chrono_literals;
using test::good;

namespace {

constexpr Moment start{std::chrono::milliseconds(1'764'000'000'000)};

std::string contentOf(const std::string &path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

void put(const std::string &path, std::string_view bytes)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), static_cast<qint64>(bytes.size())) != static_cast<qint64>(bytes.size()))
        qFatal("cannot write %s", path.c_str());
}

template<typename T>
QString wordsOf(const Result<T> &result)
{
    return result ? QStringLiteral("no error")
                  : QString::fromUtf8(name(result.error().code).data()) + QStringLiteral(": ") + QString::fromStdString(result.error().message);
}

// Small blocks and index parts, so that there are many of both.
constexpr Writer::Options manyBlocks{.blockSize = 600, .blockSpan = 5s, .blocksPerIndex = 7, .level = 1};

// `steps` entries of some streams with now and then a list.
std::string makeRecording(const std::string &path, int steps, bool close = true, Writer::Options options = manyBlocks)
{
    Writer writer = good(Writer::create(path, platform::File::Existing::Replace, start, {{"context", "here"}}, options));
    std::mt19937 random(7);
    for (int i = 0; i < steps; ++i) {
        const Moment now = start + i * 100ms;
        const auto stream = good(
            writer.stream({.kind = StreamKind::Resource, .names = {"", "v1", "kind-" + std::to_string(random() % 9), "Kind"}, .flag = true}, now));
        if (random() % 6 == 0) {
            const std::uint32_t rows = random() % 5;
            good(writer.append({.type = EntryType::List, .detail = 1, .stream = stream, .time = now, .body = bodyOf(ListHead{"7", "[]"})}));
            for (std::uint32_t row = 0; row < rows; ++row)
                good(writer.append({.type = EntryType::Row, .stream = stream, .time = now, .body = bodyOf(RowText{"a", "b", "1", "{}"})}));
            std::string end;
            ByteWriter(end).put32(rows);
            good(writer.append({.type = EntryType::ListEnd, .stream = stream, .time = now, .body = end}));
        }
        const std::string json = R"({"step":)" + std::to_string(i) + R"(,"noise":")" + std::to_string(random()) + R"("})";
        good(writer.append({.type = EntryType::Event,
            .detail = 2,
            .stream = stream,
            .time = now,
            .body = bodyOf(RowText{"space", "name", std::to_string(i), json})}));
    }
    Redactions redactions;
    redactions.counts[2] = 5;
    writer.setRedactions(redactions);
    good(close ? writer.close() : writer.flush());
    return contentOf(path);
}

// All entries that can be read, in words.
std::vector<std::string> entriesOf(RecordingFile &file)
{
    std::vector<std::string> out;
    for (const BlockPlace &block : std::vector<BlockPlace>(file.index().blocks)) {
        const auto plain = file.read(block);
        if (!plain)
            continue;
        EntryReader entries(*plain);
        while (const auto entry = entries.next())
            out.push_back(std::to_string(static_cast<int>(entry->type)) + "/" + std::to_string(entry->stream) + "@" +
                          std::to_string(entry->time.time_since_epoch().count()) + " " + std::string(entry->body));
    }
    return out;
}

// Where blocks begin and end, trailer too.
std::vector<std::size_t> bordersOf(const std::string &bytes)
{
    std::vector<std::size_t> borders;
    std::size_t at = format::headSize;
    while (const auto head = readBlockHead(std::string_view(bytes).substr(std::min(at, bytes.size())))) {
        borders.push_back(at);
        at += head->size();
    }
    borders.push_back(at);
    return borders;
}

std::string patched(std::string bytes, std::size_t at, std::string_view with)
{
    return bytes.replace(at, with.size(), with);
}

std::string number(std::uint64_t value, int bytes)
{
    std::string out;
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(value >> (8 * i) & 0xff);
    return out;
}

} // namespace

class RecordingFileTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    [[nodiscard]] std::string path(const char *name = "a.flrec") const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    [[nodiscard]] QString refusal(std::string_view bytes) const
    {
        put(path("refused"), bytes);
        return wordsOf(RecordingFile::open(path("refused")));
    }

private Q_SLOTS:
    // The examples of RFC 3720, B.4, and the usual one.
    void checksumIsCastagnolis()
    {
        QCOMPARE(checksum("123456789"), 0xe3069283u);
        QCOMPARE(checksum(std::string(32, '\0')), 0x8a9136aau);
        QCOMPARE(checksum(std::string(32, '\xff')), 0x62a8ab43u);
        QCOMPARE(checksum(""), 0u);
    }

    void blockComesBack()
    {
        for (const std::size_t size : {std::size_t(0), std::size_t(1), std::size_t(100'000)}) {
            std::string plain(size, 'a');
            for (std::size_t i = 0; i < size; ++i)
                plain[i] = static_cast<char>(i * i / 7);
            const std::string packed = good(packBlock(BlockKind::Entries, start, plain, 3));
            const auto head = readBlockHead(packed);
            QVERIFY(head && head->first == start && head->plain == size && head->size() == packed.size());
            QCOMPARE(good(unpackBlock(*head, std::string_view(packed).substr(format::blockHeadSize))), plain);
        }
        QVERIFY(!packBlock(BlockKind::Entries, start, std::string(format::largestPlain + 1, 'a'), 1));
    }

    // A frame that would become a gigabyte is not given more room than its head says, and a head may not say more than the bound.
    void bombIsBounded()
    {
        const std::string large = good(packBlock(BlockKind::Entries, start, std::string(format::largestPlain, 'a'), 1));
        const auto said = [](std::string block, std::uint32_t plain) {
            block = patched(std::move(block), 12, number(plain, 4));
            return patched(block, 28, number(checksum(std::string_view(block).substr(0, 28)), 4));
        };
        QVERIFY(readBlockHead(said(large, format::largestPlain)));
        QVERIFY(!readBlockHead(said(large, format::largestPlain + 1)));
        for (const std::uint32_t wrong : {1000u, format::largestPlain - 1}) {
            const std::string block = said(large, wrong);
            const auto head = readBlockHead(block);
            QVERIFY(head);
            QVERIFY(!unpackBlock(*head, std::string_view(block).substr(format::blockHeadSize)));
        }
    }

    void allThatWasWrittenIsRead()
    {
        makeRecording(path(), 300);
        RecordingFile file = good(RecordingFile::open(path()));
        QVERIFY(file.isClosed() && !file.isBeingWritten() && file.damages().empty());
        QCOMPARE(file.index().about.at("context"), std::string("here"));
        QCOMPARE(file.index().streams.size(), std::size_t(9));
        QCOMPARE(file.index().redactions.of(Reason::Named), std::uint64_t(5));
        const auto entries = entriesOf(file);
        QCOMPARE(std::count_if(entries.begin(), entries.end(), [](const std::string &entry) { return entry.starts_with("6/"); }), 300);
        QVERIFY(file.index().blocks.size() > 30 && file.index().lists.size() > 30);
        std::uint64_t events = 0;
        for (const BlockPlace &block : file.index().blocks) {
            for (const StreamShare &share : block.shares)
                events += share.events;
        }
        QCOMPARE(events, std::uint64_t(300));
    }

    // Without the trailer the blocks are gone through, index parts and all; without index parts each block is read.
    void indexIsMadeAgain()
    {
        const std::string bytes = makeRecording(path(), 300);
        const Index whole = good(RecordingFile::open(path())).index();
        put(path("b"), bytes.substr(0, bytes.size() - format::trailerSize));
        QVERIFY(good(RecordingFile::open(path("b"))).index() == whole);

        std::string bare = bytes;
        int parts = 0;
        for (const std::size_t border : bordersOf(bytes)) {
            const auto head = readBlockHead(std::string_view(bytes).substr(border));
            if (head && head->kind == BlockKind::Index) {
                bare[border + format::blockHeadSize] ^= 1;
                ++parts;
            }
        }
        QVERIFY(parts > 4);
        put(path("c"), bare);
        RecordingFile file = good(RecordingFile::open(path("c")));
        QVERIFY(file.index() == whole);
        QCOMPARE(file.damageCount(), std::uint64_t(parts));
    }

    // After a crash: cut anywhere, what lies before the cut is there, and nothing else.
    void cutIsReadUpToItsLastBlock()
    {
        const std::string bytes = makeRecording(path(), 120);
        RecordingFile whole = good(RecordingFile::open(path()));
        const auto all = entriesOf(whole);
        std::set<std::size_t> cuts;
        for (const std::size_t border : bordersOf(bytes))
            cuts.insert({border, border + 1, border + format::blockHeadSize - 1, border + format::blockHeadSize, border + 50});
        int read = 0;
        for (const std::size_t cut : cuts) {
            if (cut >= bytes.size())
                continue;
            put(path("cut"), std::string_view(bytes).substr(0, cut));
            RecordingFile file = good(RecordingFile::open(path("cut")));
            const auto entries = entriesOf(file);
            QVERIFY(entries.size() <= all.size() && std::equal(entries.begin(), entries.end(), all.begin()));
            std::size_t expected = 0;
            for (const BlockPlace &block : whole.index().blocks)
                expected += block.offset + format::blockHeadSize + block.stored <= cut ? block.entries : 0;
            QCOMPARE(entries.size(), expected);
            const auto borders = bordersOf(bytes);
            const bool isBorder = std::find(borders.begin(), borders.end(), cut) != borders.end();
            QCOMPARE(file.damageCount(), std::uint64_t(isBorder ? 0 : 1));
            ++read;
        }
        QVERIFY(read > 50);
    }

    void flippedBitsCostTheirBlock()
    {
        const std::string bytes = makeRecording(path(), 120);
        RecordingFile whole = good(RecordingFile::open(path()));
        const auto all = entriesOf(whole);
        const std::multiset<std::string> known(all.begin(), all.end());
        std::size_t largest = 0;
        for (const BlockPlace &block : whole.index().blocks)
            largest = std::max<std::size_t>(largest, block.entries);
        std::mt19937 random(11);
        for (int i = 0; i < 1000; ++i) {
            std::string flipped = bytes;
            const std::size_t at = random() % flipped.size();
            flipped[at] = static_cast<char>(flipped[at] ^ (1 << random() % 8));
            put(path("flipped"), flipped);
            RecordingFile file = good(RecordingFile::open(path("flipped")));
            const auto entries = entriesOf(file);
            QVERIFY2(entries.size() + largest >= all.size(), qPrintable(QString::number(at)));
            for (const std::string &entry : entries)
                QVERIFY(known.contains(entry));
        }
    }

    void whatIsNoRecordingIsRefused()
    {
        const std::string bytes = makeRecording(path(), 3);
        QCOMPARE(refusal(""), QStringLiteral("BadInput: is empty: nothing was recorded in it"));
        QCOMPARE(refusal("apiVersion: v1\nkind: Config\n"), QStringLiteral("BadInput: is not a recording"));
        QCOMPARE(refusal(bytes.substr(0, 5)), QStringLiteral("BadInput: is not a recording"));
        QCOMPARE(refusal(bytes.substr(0, 20)), QStringLiteral("BadInput: is cut: it ends within its first bytes"));
        QCOMPARE(refusal(std::string(1 << 20, '\0')), QStringLiteral("BadInput: is not a recording"));
        std::string newer = patched(bytes, 8, number(2, 2));
        newer = patched(newer, 28, number(checksum(std::string_view(newer).substr(0, 28)), 4));
        QCOMPARE(refusal(newer), QStringLiteral("Unsupported: is a recording of a newer form (2; this program reads up to 1)"));
        QCOMPARE(wordsOf(RecordingFile::open(m_folder.path().toStdString())), QStringLiteral("BadInput: is not a file"));
        QVERIFY(wordsOf(RecordingFile::open(path("nowhere"))).startsWith(QStringLiteral("NotFound: cannot be opened")));
    }

    // A head alone, as it stands right after the start.
    void nothingRecordedYet()
    {
        const std::string bytes = makeRecording(path(), 3);
        put(path("b"), std::string_view(bytes).substr(0, format::headSize));
        const RecordingFile file = good(RecordingFile::open(path("b")));
        QVERIFY(file.index().blocks.empty() && file.damages().empty() && !file.isClosed());
    }

    void twoWritersAreToldApart()
    {
        Writer one = good(Writer::create(path(), platform::File::Existing::Replace, start, {}));
        const auto other = Writer::create(path(), platform::File::Existing::Replace, start, {});
        QCOMPARE(wordsOf(other), QStringLiteral("Conflict: is being written by someone else"));
        QCOMPARE(QString::fromStdString(other.error().remedy), QStringLiteral("Name another file for this recording."));
        QVERIFY(good(RecordingFile::open(path())).isBeingWritten()); // and nothing of it was lost
        good(one.close());
        QVERIFY(!good(RecordingFile::open(path())).isBeingWritten());
        QCOMPARE(wordsOf(Writer::create(path(), platform::File::Existing::Refuse, start, {})),
            QStringLiteral("Conflict: is being written by someone else"));
    }

    void fileThatIsThereIsNotOverwritten()
    {
        put(path(), "notes");
        QCOMPARE(wordsOf(Writer::create(path(), platform::File::Existing::Refuse, start, {})), QStringLiteral("Conflict: is there already"));
        QCOMPARE(contentOf(path()), std::string("notes"));
    }

    void growsWhileItIsOpen()
    {
        Writer writer = good(Writer::create(path(), platform::File::Existing::Replace, start, {}, manyBlocks));
        good(writer.flush());
        RecordingFile file = good(RecordingFile::open(path()));
        QVERIFY(file.isBeingWritten());
        const auto stream = good(writer.stream({.kind = StreamKind::Log, .names = {"a", "b", "c", ""}, .flag = false}, start));
        std::size_t blocks = file.index().blocks.size();
        for (int i = 0; i < 40; ++i) {
            const std::string body = "line " + std::to_string(i) + "\n";
            good(writer.append({.type = EntryType::Log, .stream = stream, .time = start + i * 1s, .body = body}));
            QVERIFY(!good(file.refresh()) || i % 5 == 4 || file.index().blocks.size() > blocks);
            good(writer.flush());
            QVERIFY(good(file.refresh()));
            QCOMPARE(file.index().blocks.size(), ++blocks);
        }
        good(writer.close());
        QVERIFY(!good(file.refresh()));
        QVERIFY(file.isClosed() && file.damages().empty());
        QVERIFY(good(RecordingFile::open(path())).index() == file.index());
    }

    void nameIsTakenAwayWhileItIsOpen()
    {
        makeRecording(path(), 50);
        RecordingFile file = good(RecordingFile::open(path()));
        QVERIFY(QFile::remove(QString::fromStdString(path())));
        QVERIFY(entriesOf(file).size() > 50);
    }

    void becomesShorterWhileItIsOpen()
    {
        makeRecording(path(), 50);
        RecordingFile file = good(RecordingFile::open(path()));
        const auto all = entriesOf(file);
        QVERIFY(QFile::resize(QString::fromStdString(path()), 600));
        QVERIFY(entriesOf(file).size() < all.size());
        QVERIFY(file.damageCount() > 0);
        QCOMPARE(wordsOf(file.refresh()), QStringLiteral("BadInput: became shorter while it was open"));
    }

    // Places beyond 32 bits: the same blocks behind a hole of 5 GB.
    void largeFile()
    {
        const std::string bytes = makeRecording(path(), 40, true, {.blockSize = 600, .blocksPerIndex = 1000, .level = 1});
        RecordingFile file = good(RecordingFile::open(path()));
        const auto all = entriesOf(file);
        constexpr std::uint64_t hole = 5'000'000'000;
        Index moved = file.index();
        for (BlockPlace &block : moved.blocks)
            block.offset += hole;
        for (ListPlace &list : moved.lists)
            list.block += hole;
        const std::uint64_t end = moved.blocks.back().offset + format::blockHeadSize + moved.blocks.back().stored;
        std::string tail = bytes.substr(format::headSize, end - hole - format::headSize);
        tail += good(packBlock(BlockKind::Index, start, IndexPart::encode(moved, {}, 0), 1));
        std::string trailer = std::string(format::endMagic) + number(end, 8) + number(0, 4);
        trailer += number(checksum(trailer), 4);
        put(path("large"), std::string_view(bytes).substr(0, format::headSize));
        QFile large(QString::fromStdString(path("large")));
        QVERIFY(large.open(QIODevice::ReadWrite) && large.seek(static_cast<qint64>(hole + format::headSize)));
        large.write(QByteArray::fromStdString(tail + trailer));
        large.close();
        RecordingFile opened = good(RecordingFile::open(path("large")));
        QVERIFY(opened.isClosed() && opened.size() > hole);
        QCOMPARE(entriesOf(opened), all);
    }

    // What an index says is not believed beyond the file and the bounds.
    void hostileIndexIsMadeAgain()
    {
        const std::string bytes = makeRecording(path(), 40, true, {.blockSize = 600, .blocksPerIndex = 1000, .level = 1});
        RecordingFile whole = good(RecordingFile::open(path()));
        const std::uint64_t end = whole.index().blocks.back().offset + format::blockHeadSize + whole.index().blocks.back().stored;
        const auto with = [&](std::string_view index, std::uint64_t at) {
            std::string trailer = std::string(format::endMagic) + number(at, 8) + number(0, 4);
            trailer += number(checksum(trailer), 4);
            put(path("hostile"), bytes.substr(0, end) + good(packBlock(BlockKind::Index, start, index, 1)) + trailer);
            RecordingFile file = good(RecordingFile::open(path("hostile")));
            return file.index() == whole.index();
        };
        const std::string sound = IndexPart::encode(whole.index(), {}, 0);
        QVERIFY(with(sound, end));
        QVERIFY(with(sound, end + 1));
        QVERIFY(with(sound, ~std::uint64_t(0)));
        QVERIFY(with(IndexPart::encode(whole.index(), {}, end), end)); // a chain that leads back to itself
        QVERIFY(with(IndexPart::encode(whole.index(), {}, end + 5), end));
        QVERIFY(with(sound.substr(0, sound.size() / 2), end));
        QVERIFY(with(patched(sound, 8, number(0xffffffff, 4)), end));
        Index far = whole.index();
        far.blocks.back().offset = end + 1;
        QVERIFY(with(IndexPart::encode(far, {}, 0), end));
        Index backwards = whole.index();
        std::swap(backwards.blocks[1], backwards.blocks[2]);
        QVERIFY(with(IndexPart::encode(backwards, {}, 0), end));
    }

    void fullDiskIsTold()
    {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        Writer writer = good(Writer::create(path(), platform::File::Existing::Replace, start, {}, manyBlocks));
        const rlimit small{2000, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        Result<void> last;
        std::mt19937 random(3);
        for (int i = 0; i < 200 && last; ++i) {
            const std::string noise = std::to_string(random()) + std::to_string(random());
            last = writer.append({.type = EntryType::Log, .stream = 1, .time = start + i * 1s, .body = noise});
        }
        const auto again = writer.flush();
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
        QVERIFY2(wordsOf(last).startsWith(QStringLiteral("Interrupted: cannot be written")), qPrintable(wordsOf(last)));
        QCOMPARE(wordsOf(again), wordsOf(last));
        QCOMPARE(wordsOf(writer.append({.time = start})), wordsOf(last)); // room again, and still nothing after what is missing
        {
            const Writer gone = std::move(writer); // else the rest would only count as not written yet
        }
        RecordingFile file = good(RecordingFile::open(path()));
        QVERIFY(!file.index().blocks.empty());
        QVERIFY2(file.damages().empty(), "what was written of the last block is cut off again");
    }

    void timesNeverFall()
    {
        {
            Writer writer = good(Writer::create(path(), platform::File::Existing::Replace, start, {}));
            good(writer.append({.type = EntryType::Log, .stream = 1, .time = start + 5s, .body = "a"}));
            good(writer.append({.type = EntryType::Log, .stream = 1, .time = start + 2s, .body = "b"}));
            good(writer.close());
        }
        RecordingFile file = good(RecordingFile::open(path()));
        QCOMPARE(entriesOf(file).back(), "8/1@" + std::to_string((start + 5s).time_since_epoch().count()) + " b");
    }

    void tooLargeAnEntryIsRefusedAlone()
    {
        Writer writer = good(Writer::create(path(), platform::File::Existing::Replace, start, {}));
        const std::string large(format::largestPlain, 'a');
        QCOMPARE(wordsOf(writer.append({.type = EntryType::Log, .stream = 1, .time = start, .body = large})),
            QStringLiteral("Invalid: an object is too large to be recorded"));
        good(writer.append({.type = EntryType::Log, .stream = 1, .time = start, .body = "small"}));
        good(writer.close());
        RecordingFile file = good(RecordingFile::open(path()));
        QCOMPARE(entriesOf(file).size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(RecordingFileTest)
#include "tst_recording_file.moc"
