// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/startrecording.h"

#include <map>
#include <utility>

namespace fairlead::recording {

Error withRecordingRemedy(Error error)
{
    if (!error.remedy.empty() || error.place.file.empty())
        return error;
    switch (error.code) {
    case Code::NotFound:
        error.remedy = "Make the folder first, or name a file in another one.";
        break;
    case Code::Forbidden:
        error.remedy = "Name a file in a folder that you may write to.";
        break;
    case Code::BadInput:
    case Code::Conflict:
        error.remedy = "Name a file that is not there yet.";
        break;
    default:
        error.remedy = "Make room, or name a file on another disk.";
        break;
    }
    return error;
}

Result<Writer> createRecording(const RecordOrder &order, Moment now)
{
    std::map<std::string, std::string> about = {
        {"program", "fairlead " FAIRLEAD_VERSION}, {"context", order.context}, {"namespace", order.contextSpace}};
    if (!order.wish.space.empty())
        about.emplace("only namespace", order.wish.space);
    auto writer = Writer::create(order.file, platform::File::Existing::Refuse, now, about);
    if (!writer)
        return failure(withRecordingRemedy(std::move(writer.error())));
    return writer;
}

std::optional<Error> nothingRecorded(const RecordRun::Progress &progress, const RecordRun::Wish &wish, const std::string &server)
{
    if (progress.listed > 0 || progress.resources == 0 || progress.refused.size() < progress.resources)
        return std::nullopt;
    const bool all = wish.space.empty();
    return Error{.code = Code::Forbidden,
        .message = all ? "you may list nothing of it in all namespaces" : "you may list nothing in the namespace " + wish.space,
        .remedy = all ? "Choose a namespace in which you may: -n NAME." : "Choose a namespace in which you may, or ask an administrator.",
        .server = server};
}

} // namespace fairlead::recording
