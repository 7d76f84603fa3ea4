// SPDX-License-Identifier: GPL-3.0-or-later
// recording_corpus FOLDER: writes the seeds of fuzz_recording into it: small recordings, whole and damaged, a block's entries, an index.
#include "recording/block.h"
#include "recording/format.h"
#include "recording/indexpart.h"
#include "recording/reader.h"
#include "recording/recorder.h"
#include "support/recordedworld.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace {

using namespace fairlead;
using namespace fairlead::recording;
using namespace std::chrono_literals;

constexpr Moment start{std::chrono::milliseconds(1'764'000'000'000)};

template<typename T>
T good(Result<T> result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().text().c_str());
        std::exit(1);
    }
    return std::move(*result);
}

void good(const Result<void> &result)
{
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().text().c_str());
        std::exit(1);
    }
}

void record(const std::string &path)
{
    test::RecordedWorld world(3, 3);
    Recorder recorder(good(Writer::create(path, platform::File::Existing::Replace, start, {{"context", "here"}},
                          {.blockSize = 900, .blockSpan = 5s, .blocksPerIndex = 3, .level = 1})),
        {.events = 5, .perRow = 0});
    const auto pods = good(recorder.addResource({"", "v1", "pods"}, "Pod", true, start));
    good(recorder.addDocument("/version", "application/json", "{}", start));
    recorder.beginList(pods);
    good(recorder.addPage(pods, world.table(), start));
    good(recorder.endList(pods, start));
    const auto log = good(recorder.addLog("team-a", "web", "main", false, start));
    for (int i = 1; i <= 12; ++i) {
        good(recorder.addEvent(pods, world.step(), start + i * 1s));
        good(recorder.addLines(log, "a line\n", start + i * 1s));
    }
    good(recorder.addGap(pods, "why", start + 13s));
    good(recorder.close());
}

std::string contentOf(const std::string &path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fputs("recording_corpus FOLDER\n", stderr);
        return 2;
    }
    const std::filesystem::path folder = argv[1];
    std::filesystem::create_directories(folder);
    const auto put = [&folder](const char *name, char form, const std::string &bytes) {
        std::ofstream out(folder / name, std::ios::binary | std::ios::trunc);
        out.put(form);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    };
    const std::string path = (folder / "made.flrec").string();
    record(path);
    const std::string bytes = contentOf(path);
    RecordingFile file = good(RecordingFile::open(path));
    put("whole", 0, bytes);
    put("crashed", 0, bytes.substr(0, bytes.size() - 200));
    put("head", 0, bytes.substr(0, format::headSize));
    put("nothing", 0, "");
    std::string damaged = bytes;
    damaged[file.index().blocks.at(1).offset + 40] ^= 1;
    put("damaged-block", 0, damaged);
    damaged = bytes;
    damaged[5] ^= 1;
    put("damaged-head", 0, damaged);
    put("bomb", 0, bytes.substr(0, format::headSize) + good(packBlock(BlockKind::Entries, start, std::string(format::largestPlain, '\0'), 19)));
    put("entries", 1, good(file.read(file.index().blocks.at(0))));
    put("more-entries", 1, good(file.read(file.index().blocks.back())));
    put("index", 2, IndexPart::encode(file.index(), {}, 0));
    std::filesystem::remove(path);
    return 0;
}
