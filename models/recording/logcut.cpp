// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/logcut.h"

#include "recording/replayform.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace fairlead::recording {
namespace {

std::optional<std::uint64_t> numberOf(const std::string &text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(value) : std::nullopt;
}

} // namespace

LogCut LogCut::of(const net::Request &request, Moment now)
{
    LogCut cut;
    const std::string times = queryValue(request, "timestamps");
    cut.hasTimes = times == "true" || times == "1";
    cut.since = parseTime(queryValue(request, "sinceTime"));
    if (const auto seconds = numberOf(queryValue(request, "sinceSeconds")); seconds && *seconds < 1'000'000'000)
        cut.since = now - std::chrono::seconds(*seconds);
    cut.tail = numberOf(queryValue(request, "tailLines"));
    cut.limit = numberOf(queryValue(request, "limitBytes"));
    return cut;
}

std::string LogCut::apply(std::string_view lines) const
{
    if (tail) {
        std::size_t at = lines.size();
        std::uint64_t left = *tail;
        while (at > 0 && left > 0) {
            const std::size_t before = at < 2 ? std::string_view::npos : lines.rfind('\n', at - 2);
            at = before == std::string_view::npos ? 0 : before + 1;
            --left;
        }
        lines.remove_prefix(at);
    }
    std::string out;
    while (!lines.empty()) {
        const std::size_t size = std::min(lines.find('\n'), lines.size() - 1) + 1;
        std::string_view line = lines.substr(0, size);
        lines.remove_prefix(size);
        const std::size_t blank = std::min(line.find(' '), line.size());
        const auto time = since || !hasTimes ? parseTime(line.substr(0, blank)) : std::nullopt;
        if (since && time && *time < *since)
            continue;
        if (!hasTimes && time)
            line.remove_prefix(std::min(blank + 1, line.size()));
        out += line;
    }
    if (limit && out.size() > *limit)
        out.resize(*limit);
    return out;
}

} // namespace fairlead::recording
