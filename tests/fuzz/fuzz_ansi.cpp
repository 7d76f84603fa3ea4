// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a log: never a crash, never a control character in what is shown, the same rows for every cut.
#include "logs/logreader.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

using namespace fairlead::logs;

namespace {

std::vector<std::string> rows(const std::vector<std::string_view> &pieces)
{
    LogReader reader;
    for (const std::string_view piece : pieces)
        reader.feed(piece);
    reader.finish();
    std::vector<std::string> out;
    for (const LogBlockPtr &block : reader.take().blocks) {
        for (const LogRow &row : block->rows) {
            for (const Span &span : block->spansOf(row)) {
                if (span.begin >= row.length)
                    std::abort();
            }
            out.emplace_back(block->textOf(row));
        }
    }
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::string_view bytes(reinterpret_cast<const char *>(data + 1), size - 1);
    const std::size_t cut = bytes.empty() ? 0 : data[0] % bytes.size();
    const auto whole = rows({bytes});
    if (whole != rows({bytes.substr(0, cut), bytes.substr(cut)}))
        std::abort();
    for (const std::string &row : whole) {
        for (const char c : row) {
            const auto byte = static_cast<unsigned char>(c);
            if ((byte < 0x20 && c != '\t') || byte == 0x7f)
                std::abort();
        }
    }
    return 0;
}
