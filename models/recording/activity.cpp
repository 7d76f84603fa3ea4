// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/activity.h"

#include "recording/change.h"
#include "recording/entryreader.h"
#include "recording/markgatherer.h"

#include <algorithm>

namespace fairlead::recording {
namespace {

// Times that nobody vouches for lie in the first or the last piece.
std::size_t pieceOf(const Activity &activity, Moment time)
{
    const auto span = (activity.last - activity.first).count();
    if (span <= 0 || time <= activity.first)
        return 0;
    // Less than 2^48 ms times 2^14 pieces.
    const auto at = (std::min(time, activity.last) - activity.first).count() * static_cast<std::int64_t>(activity.pieces.size()) / span;
    return std::min(static_cast<std::size_t>(at), activity.pieces.size() - 1);
}

} // namespace

Result<Activity> Activity::of(Reader &reader, std::size_t pieces, const std::stop_token &stop)
{
    Activity activity;
    activity.first = reader.first();
    activity.last = reader.last();
    activity.pieces.resize(std::clamp<std::size_t>(pieces, 1, mostPieces));
    MarkGatherer gatherer(reader.index().streams, mostMarks);
    std::uint64_t changes = 0;
    activity.changesBefore.reserve(reader.index().blocks.size() + 1);
    for (const BlockPlace &block : reader.index().blocks) {
        activity.changesBefore.push_back(changes);
        const auto plain = reader.file().read(block);
        if (!plain) {
            ++activity.damaged;
            continue;
        }
        EntryReader entries(*plain);
        while (const auto entry = entries.next()) {
            if (stop.stop_requested())
                return failure({.code = Code::Cancelled, .message = "the recording was not read to its end"});
            gatherer.take(*entry);
            if (!isChange(*entry))
                continue;
            ++changes;
            ++activity.pieces[pieceOf(activity, entry->time)];
        }
    }
    activity.changesBefore.push_back(changes);
    activity.marksLeftOut = gatherer.leftOut();
    activity.marks = gatherer.takeMarks();
    return activity;
}

} // namespace fairlead::recording
