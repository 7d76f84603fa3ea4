// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/watchlines.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fairlead::kube;

// The first byte says where the stream is cut: both ways must come to the same events.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    const std::string_view text(reinterpret_cast<const char *>(data) + 1, size - 1);
    WatchLines whole(Detail::Meta, {});
    const auto all = whole.feed(text);
    const std::size_t cut = text.size() * data[0] / 256;
    WatchLines parts(Detail::Meta, {});
    auto first = parts.feed(text.substr(0, cut));
    if (first.broken)
        return 0; // who reads a stream stops there
    const auto second = parts.feed(text.substr(cut));
    if (first.events.size() + second.events.size() != all.events.size() || second.broken.has_value() != all.broken.has_value())
        std::abort();
    for (const auto &event : all.events) {
        if (event.type == WatchEvent::Type::Bookmark && !event.rows.empty())
            std::abort();
    }
    return 0;
}
