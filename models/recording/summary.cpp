// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/summary.h"

#include <algorithm>
#include <utility>

namespace fairlead::recording {
namespace {

std::string resourceName(const Stream &stream)
{
    return stream.names[2] + (stream.names[0].empty() ? "" : "." + stream.names[0]);
}

} // namespace

Summary Summary::withGaps(Reader &reader)
{
    std::map<std::string, std::uint64_t> gaps;
    const auto name = [&reader](std::uint32_t number) {
        const auto stream = reader.index().streams.find(number);
        return stream == reader.index().streams.end() ? std::string() : resourceName(stream->second);
    };
    (void)reader
        .visit(Moment(Moment::duration(-1)), Moment::max(), std::nullopt,
            [&](const Entry &entry) {
                if (entry.type == EntryType::Gap)
                    ++gaps[name(entry.stream)];
                return true;
            })
        .has_value();
    Summary summary = of(reader);
    for (Kind &kind : summary.kinds)
        kind.gaps = gaps[kind.resource];
    return summary;
}

Summary Summary::of(Reader &reader)
{
    const Index &index = reader.index();
    Summary summary;
    summary.about = index.about;
    summary.first = reader.first();
    summary.last = reader.last();
    std::map<std::uint32_t, Kind> kinds;
    for (const auto &[number, stream] : index.streams) {
        switch (stream.kind) {
        case StreamKind::Resource:
            kinds[number] = {.resource = resourceName(stream), .version = stream.names[1], .kind = stream.names[3]};
            break;
        case StreamKind::Log:
            ++summary.logs;
            break;
        case StreamKind::Document:
            ++summary.documents;
            break;
        case StreamKind::None:
            break;
        }
    }
    for (const BlockPlace &block : index.blocks) {
        summary.plain += block.plain;
        for (const StreamShare &share : block.shares) {
            if (const auto kind = kinds.find(share.stream); kind != kinds.end())
                kind->second.events += share.events;
        }
    }
    for (const ListPlace &list : index.lists) {
        const auto kind = kinds.find(list.stream);
        if (kind == kinds.end())
            continue;
        ++(list.cause == ListCause::Keyframe ? kind->second.keyframes : kind->second.lists);
        kind->second.rows = list.rows;
    }
    for (auto &[number, kind] : kinds)
        summary.kinds.push_back(std::move(kind));
    std::sort(summary.kinds.begin(), summary.kinds.end(), [](const Kind &a, const Kind &b) { return a.resource < b.resource; });
    summary.blocks = index.blocks.size();
    summary.stored = reader.file().size();
    summary.redactions = index.redactions;
    summary.damages = reader.file().damages();
    summary.damageCount = reader.file().damageCount();
    summary.isClosed = reader.file().isClosed();
    summary.isBeingWritten = reader.file().isBeingWritten();
    return summary;
}

} // namespace fairlead::recording
