// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/recordingmoment.h"

#include "app/print/jsonwriter.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace fairlead::app {

using namespace std::chrono_literals;

Result<Moment> momentIn(std::string_view text, Moment first, Moment last)
{
    if (text.empty())
        return last;
    std::optional<Moment> moment;
    if (text.front() == '+' || text.front() == '-') {
        // A century is longer than any recording; larger numbers would overflow.
        if (const auto offset = parseAge(text.substr(1)); offset && *offset >= 0s && *offset < std::chrono::years(100))
            moment = text.front() == '+' ? first + *offset : last - *offset;
    } else {
        moment = parseTime(text);
    }
    const std::string given = "--at \"" + std::string(text) + "\"";
    if (!moment)
        return failure({.code = Code::Invalid,
            .message = given + ": this is no moment of a recording",
            .remedy = "It looks like 2026-03-29T00:30:00Z, like +5m (after its begin), or like -30s (before its end)."});
    const bool isBefore = *moment + 1s <= first;
    if (isBefore || *moment >= last + 1s)
        return failure({.code = Code::Invalid,
            .message = given + (isBefore ? ": the recording begins later" : ": the recording ends earlier"),
            .remedy = "It is from " + utcText(first) + " to " + utcText(last) + "."});
    return std::clamp(*moment, first, last);
}

} // namespace fairlead::app
