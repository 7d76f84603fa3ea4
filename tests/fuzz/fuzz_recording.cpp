// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/activity.h"
#include "recording/block.h"
#include "recording/changefinder.h"
#include "recording/format.h"
#include "recording/reader.h"
#include "support/recordingbytes.h"

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace {

using namespace fairlead;
using namespace fairlead::recording;

std::string placeOfFile()
{
    return (std::filesystem::temp_directory_path() / "fuzz_recording.flrec").string();
}

void put(const std::string &path, std::string_view bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

} // namespace

// The first byte says what the others are: a file as it is (0); the entries of a block (1) or an index (2) in an otherwise sound file, since
// a checksum lets hardly anything through that a fuzzer thinks of. An error in words, or answers within their bounds about any moment.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data) + 1, size - 1);
    const std::string path = placeOfFile();
    put(path, data[0] % 3 == 0 ? std::string(bytes) : data[0] % 3 == 1 ? test::fileOfEntries(bytes) : test::fileOfIndex(bytes));
    auto reader = Reader::open(path, {.state = 1u << 20, .log = 1u << 16});
    if (!reader) {
        if (reader.error().message.empty() || reader.error().place.file.empty())
            std::abort();
        return 0;
    }
    const Moment first = reader->first();
    const Moment last = reader->last();
    std::size_t asked = 0;
    for (const auto &[number, stream] : reader->index().streams) {
        if (++asked > 8)
            break;
        for (const Moment at : {first, first + (last - first) / 2, last}) {
            if (const auto state = reader->state(number, at); state && state->bytes() > (1u << 20))
                std::abort();
            if (const auto log = reader->log(number, at); log && log->size() > (1u << 16))
                std::abort();
            (void)reader->document(number, at).has_value();
        }
    }
    std::size_t entries = 0;
    (void)reader->visit(first - std::chrono::milliseconds(1), last, std::nullopt, [&entries](const Entry &) { return ++entries < 10'000; })
        .has_value();
    if (const auto activity = Activity::of(*reader, 100, {})) {
        if (activity->pieces.size() != 100 || activity->changesBefore.size() != reader->index().blocks.size() + 1 ||
            activity->marks.size() > 2 * Activity::mostMarks)
            std::abort();
        if (auto again = Reader::open(path)) {
            ChangeFinder finder(std::move(*again), std::make_shared<const Activity>(*activity));
            for (const Moment at : {first, first + (last - first) / 2, last}) {
                (void)finder.before(at).has_value();
                if (const auto next = finder.after(at); next && *next && (*next)->time <= at)
                    std::abort();
            }
        }
    } else {
        std::abort(); // nobody stopped it
    }
    (void)reader->file().refresh().has_value();
    return 0;
}
