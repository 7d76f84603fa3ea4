// SPDX-License-Identifier: GPL-3.0-or-later
// From bytes of a log to rows, across cuts of every kind, and the ring that keeps the last of them.
#include "logs/linetime.h"
#include "logs/logreader.h"
#include "logs/logring.h"

#include <QTest>

#include <random>
#include <string>
#include <vector>

using namespace fairlead::logs;
using namespace std::string_literals;

namespace {

constexpr LineTime second = 1'000'000'000;
const LineTime start = stampOf("2026-11-24T14:38:11Z x").time;

std::string line(LineTime time, std::string_view text)
{
    return stampText(time) + " " + std::string(text) + "\n";
}

struct Read {
    std::vector<std::string> rows;
    std::uint64_t known = 0;
    std::uint64_t skipped = 0;
    bool gap = false;
};

Read taken(LogReader &reader)
{
    Read out;
    const auto taken = reader.take();
    for (const LogBlockPtr &block : taken.blocks) {
        for (const LogRow &row : block->rows)
            out.rows.emplace_back((row.kind == LogRow::Kind::Continued ? "+" : "") + std::string(block->textOf(row)));
    }
    out.known = taken.known;
    out.skipped = taken.skipped;
    out.gap = taken.gap;
    return out;
}

LogBlockPtr lines(int count, int from = 0, std::size_t length = 8)
{
    auto block = std::make_shared<LogBlock>();
    for (int i = 0; i < count; ++i) {
        std::string text = std::to_string(from + i);
        text.resize(length, '.');
        block->rows.push_back({.time = start + (from + i) * second, .text = std::uint32_t(block->text.size()), .length = std::uint32_t(text.size())});
        block->text += text;
    }
    return block;
}

} // namespace

class LogReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stamps()
    {
        const auto time = [](std::string_view text) { return stampOf(text).time; };
        QCOMPARE(time("2026-11-24T14:38:11.902000000Z x") - start, LineTime(902'000'000));
        QCOMPARE(time("2026-11-24T15:38:11.902+01:00 x") - start, LineTime(902'000'000));
        QCOMPARE(time("2026-11-24T12:08:11-02:30 x"), start);
        QCOMPARE(stampOf("2026-11-24T14:38:11.902000000Z text").length, std::size_t(31));
        QCOMPARE(stampOf("2026-11-24T14:38:11Z").length, std::size_t(20)); // an empty line may have lost its blank
        for (const char *none : {"", "text", "2026-11-24", "2026-13-24T14:38:11Z x", "2026-02-30T14:38:11Z x", "2026-11-24T14:38:11 x",
                 "2026-11-24T14:38:11Zx", "2026-11-24T14:38:11.", "2026-11-24T25:38:11Z x", "2026-11-24T14:38:11+1 x"})
            QCOMPARE(stampOf(none).length, std::size_t(0));
        QCOMPARE(stampText(start + 54'331'200), "2026-11-24T14:38:11.054331200Z"s);
        QCOMPARE(sinceText(start + 999'999'999), "2026-11-24T14:38:11Z"s);
    }

    void linesBecomeRows()
    {
        LogReader reader;
        reader.feed(line(start, "INFO one") + line(start + 1, "\x1b[31mtwo\x1b[0m\r") + line(start + 2, "") + "kubelet says so\n" +
                    "2026-11-24T14:38:12Z half");
        auto taken = reader.take();
        QCOMPARE(taken.blocks.size(), std::size_t(1));
        const LogBlock &block = *taken.blocks[0];
        QCOMPARE(block.rows.size(), std::size_t(4));
        QCOMPARE(block.textOf(block.rows[0]), "INFO one");
        QCOMPARE(block.rows[0].time, start);
        QCOMPARE(int(block.rows[0].level), int(Level::Info));
        QCOMPARE(block.textOf(block.rows[1]), "two"); // CR LF is a line end
        QCOMPARE(block.spansOf(block.rows[1]).size(), std::size_t(1));
        QCOMPARE(block.textOf(block.rows[2]), "");
        QCOMPARE(block.textOf(block.rows[3]), "kubelet says so");
        QCOMPARE(block.rows[3].time, LineTime(0));
        QCOMPARE(reader.resumeFrom(), start);
        reader.finish();
        QCOMPARE(::taken(reader).rows, std::vector<std::string>{"half"});
    }

    void everyCutGivesTheSameRows()
    {
        const std::string bytes = line(start, "a \xc3\xbc") + line(start + 1, "\x1b[1;31mbold\x1b[0m") + "no stamp\n" + line(start + 2, "z");
        LogReader whole;
        whole.feed(bytes);
        const Read expected = taken(whole);
        QCOMPARE(expected.rows.size(), std::size_t(4));
        for (std::size_t i = 0; i <= bytes.size(); ++i) {
            LogReader cut;
            cut.feed(std::string_view(bytes).substr(0, i));
            cut.feed(std::string_view(bytes).substr(i));
            QCOMPARE(taken(cut).rows, expected.rows);
        }
    }

    void aLongLineGoesOnInFurtherRows()
    {
        constexpr std::size_t piece = LogReader::longestPiece;
        const std::string text(2 * piece + 100, 'x');
        const std::string bytes = line(start, text) + line(start + 1, "next");
        std::mt19937 random(7);
        std::vector<std::string> first;
        for (int round = 0; round < 20; ++round) {
            LogReader reader;
            for (std::string_view rest = bytes; !rest.empty();) {
                const std::size_t n = round == 0 ? rest.size() : std::min<std::size_t>(rest.size(), 1 + random() % 20'000);
                reader.feed(rest.substr(0, n));
                rest.remove_prefix(n);
            }
            const Read read = taken(reader);
            QCOMPARE(read.rows.size(), std::size_t(4));
            QVERIFY(read.rows[1].starts_with("+x") && read.rows[2].starts_with("+x"));
            QCOMPARE(read.rows[0].size() + read.rows[1].size() + read.rows[2].size() - 2, text.size());
            QCOMPARE(read.rows[3], "next"s);
            if (round == 0)
                first = read.rows;
            QVERIFY(read.rows == first);
        }
    }

    // What a node sends when it is asked again: all lines of the second of the last one.
    void resumedStreamsNeitherRepeatNorLose()
    {
        std::mt19937 random(
            qEnvironmentVariableIsSet("FAIRLEAD_SEED") ? unsigned(qEnvironmentVariableIntValue("FAIRLEAD_SEED")) : std::random_device{}());
        for (int round = 0; round < 300; ++round) {
            std::vector<std::pair<LineTime, std::string>> log;
            LineTime time = start;
            for (int i = 0; i < 60; ++i) {
                const int step = int(random() % 10);
                if (step > 2) // else another line at the very same time, sometimes with the same text
                    time += step == 3 ? LineTime(random() % (3 * second)) : LineTime(random() % (second / 4));
                log.emplace_back(time, random() % 3 == 0 ? "same"s : std::to_string(i));
            }
            LogReader reader;
            std::vector<std::string> seen;
            std::size_t complete = 0; // lines that came whole
            bool lost = false;
            for (int stream = 0; complete < log.size(); ++stream) {
                if (stream > 0)
                    reader.resume();
                std::string bytes;
                std::vector<std::size_t> ends;
                std::size_t first = 0;
                while (first < log.size() && log[first].first < reader.resumeFrom())
                    ++first;
                for (std::size_t i = first; i < log.size(); ++i) {
                    bytes += line(log[i].first, log[i].second);
                    ends.push_back(bytes.size());
                }
                // Cut anywhere, also in the middle of a line, but beyond what had come: else the test would not end.
                const std::size_t least = complete > first ? ends[complete - first - 1] : 0;
                const std::size_t cut = least + 1 + random() % (bytes.size() - least);
                for (std::string_view rest = std::string_view(bytes).substr(0, cut); !rest.empty();) {
                    const std::size_t n = 1 + random() % rest.size();
                    reader.feed(rest.substr(0, n));
                    rest.remove_prefix(n);
                }
                for (std::size_t i = 0; i < ends.size(); ++i) {
                    if (ends[i] <= cut)
                        complete = std::max(complete, first + i + 1);
                }
                const Read read = taken(reader);
                seen.insert(seen.end(), read.rows.begin(), read.rows.end());
                lost = lost || read.gap;
            }
            std::vector<std::string> expected;
            for (const auto &[when, text] : log)
                expected.push_back(text);
            QCOMPARE(seen, expected);
            QVERIFY(!lost);
        }
    }

    void aTailIsNotFilledUpByAResume()
    {
        LogReader reader;
        reader.feed(line(start + 500, "c") + line(start + 600, "d")); // tailLines=2
        (void)reader.take();
        reader.resume();
        reader.feed(line(start + 300, "a") + line(start + 400, "b") + line(start + 500, "c") + line(start + 600, "d") + line(start + 700, "e"));
        const Read read = taken(reader);
        QCOMPARE(read.rows, std::vector<std::string>{"e"});
        QCOMPARE(read.known, std::uint64_t(4));
    }

    void aNodeThatLetGoOfLinesIsNoticed()
    {
        LogReader reader;
        reader.feed(line(start, "a"));
        (void)reader.take();
        reader.resume();
        reader.feed(line(start + 5 * second, "much later")); // its file was rotated away
        QVERIFY(taken(reader).gap);
    }

    void theNextInstanceStartsAnew()
    {
        LogReader reader;
        reader.feed(line(start, "\x1b[31mred") + "2026-11-24T14:38:11.5Z unfinished");
        reader.finish();
        (void)reader.take();
        reader.startInstance();
        reader.feed(line(start + 600'000'000, "fresh"));
        const auto taken = reader.take();
        QVERIFY(!taken.gap);
        QCOMPARE(taken.blocks.at(0)->textOf(taken.blocks[0]->rows.at(0)), "fresh");
        QVERIFY(taken.blocks[0]->spans.empty()); // and not in red
        // The instance was already the one that was read: nothing comes twice.
        reader.startInstance();
        reader.feed(line(start, "\x1b[31mred") + line(start + 600'000'000, "fresh") + line(start + 700'000'000, "more"));
        QCOMPARE(::taken(reader).rows, std::vector<std::string>{"more"});
    }

    void skippedBytesBeginAtALine()
    {
        LogReader reader;
        reader.feed("2026-11-24T14:38:11Z half a l");
        reader.feed(line(start + second, "whole"), 17);
        const Read read = taken(reader);
        QCOMPARE(read.rows, std::vector<std::string>{"whole"});
        QCOMPARE(read.skipped, std::uint64_t(17));
    }

    void whatNobodyTakesIsBounded()
    {
        LogReader reader;
        std::string bytes;
        for (int i = 0; i < 1000; ++i)
            bytes += line(start + i, "0123456789");
        for (int i = 0; i < 250; ++i)
            reader.feed(bytes);
        const auto taken = reader.take();
        std::size_t rows = 0;
        for (const auto &block : taken.blocks)
            rows += block->rows.size();
        QVERIFY(rows >= LogReader::mostRows && rows <= LogReader::mostRows + 2048);
        QCOMPARE(rows + taken.skipped, std::size_t(250'000));
    }

    void theRingKeepsTheLast()
    {
        LogRing ring(1000);
        for (int i = 0; i < 50; ++i)
            ring.append(lines(70, i * 70));
        QCOMPARE(ring.size(), std::size_t(1000));
        QCOMPARE(ring.dropped(), std::uint64_t(2500));
        QCOMPARE(ring.begin(), RowNumber(2500));
        QCOMPARE(ring.end(), RowNumber(3500));
        QCOMPARE(ring.oldestTime(), start + 2500 * second);
        for (RowNumber n = ring.begin(); n < ring.end(); ++n)
            QVERIFY(ring.text(n).starts_with(std::to_string(n) + "."));
        const auto some = ring.snapshot(3490);
        QVERIFY(some.front().first <= 3490 && some.size() <= 2);
    }

    void bytesAreBoundedToo()
    {
        LogRing ring(LogRing::mostRows, 1u << 20);
        for (int i = 0; i < 100; ++i)
            ring.append(lines(10, i * 10, 10'000)); // 100 kB a block
        QVERIFY(ring.bytes() <= (1u << 20));
        QVERIFY(ring.size() >= 60);
        QCOMPARE(ring.end(), RowNumber(1000));
        QCOMPARE(ring.dropped(), 1000 - ring.size());
        ring.append(lines(1, 5000, 5u << 20)); // larger than the bound: it stays, alone
        QCOMPARE(ring.size(), std::size_t(1));
    }

    void singleLinesDoNotMakeSingleBlocks()
    {
        LogRing ring;
        for (int i = 0; i < 5000; ++i)
            ring.append(lines(1, i));
        QVERIFY(ring.snapshot().size() < 50);
        for (RowNumber n = 0; n < 5000; ++n)
            QVERIFY(ring.text(n).starts_with(std::to_string(n) + "."));
    }

    void ourRowsAndErrorsAreKnown()
    {
        LogReader reader;
        reader.feed(line(start, "INFO a") + line(start + 1, "ERROR b"));
        LogRing ring(4);
        for (const auto &block : reader.take().blocks)
            ring.append(block);
        ring.append(blockOf(LogRow::Kind::Gap, "no lines for 12 s \x1b[31m", start + 2, "x"));
        QCOMPARE(std::vector<RowNumber>(ring.errors().begin(), ring.errors().end()), std::vector<RowNumber>{1});
        QCOMPARE(std::vector<RowNumber>(ring.ours().begin(), ring.ours().end()), std::vector<RowNumber>{2});
        QCOMPARE(ring.text(2), "no lines for 12 s x");
        QCOMPARE(int(ring.row(2).word), 18);
        ring.append(lines(4));
        QVERIFY(ring.errors().empty() && ring.ours().empty());
        QCOMPARE(ring.dropped(), std::uint64_t(2)); // ours is no line of the log
        const auto generation = ring.generation();
        ring.clear();
        QCOMPARE(ring.size(), std::size_t(0));
        QVERIFY(ring.generation() != generation);
    }
};

QTEST_GUILESS_MAIN(LogReaderTest)
#include "tst_log_reader.moc"
