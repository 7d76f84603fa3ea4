// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/cron/field.h"

#include <charconv>
#include <optional>
#include <string>
#include <vector>

namespace fairlead::kinds::cron {

namespace {

std::vector<std::string_view> split(std::string_view text, char at)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t found = text.find(at);
        parts.push_back(text.substr(0, found));
        if (found == std::string_view::npos)
            return parts;
        text.remove_prefix(found + 1);
    }
}

// Go's strings.ToLower makes an "i" of the Turkish capital with a dot, and nothing else that could stand in a name.
std::string lowerCase(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.substr(i).starts_with("\xC4\xB0")) {
            out += 'i';
            ++i;
        } else {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return out;
}

// Go's strconv.Atoi; a minus never gets here, since ranges are cut at it.
std::optional<std::uint64_t> number(std::string_view text)
{
    if (text.starts_with('+'))
        text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || text[0] == '-' || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return static_cast<std::uint64_t>(value);
}

std::optional<std::uint64_t> value(const Field &field, std::string_view text)
{
    if (!field.words.empty()) {
        const std::string word = lowerCase(text);
        for (std::size_t i = 0; i < field.words.size(); ++i) {
            if (field.words[i] == word)
                return field.firstWord + i;
        }
    }
    return number(text);
}

tl::unexpected<Error> refuse(const Field &field, std::string_view text, const std::string &why)
{
    return failure({.code = Code::Invalid,
        .message = "schedule: " + std::string(field.name) + " \"" + std::string(text) + "\": " + why,
        .remedy = "The field " + std::string(field.name) + " holds " + std::to_string(field.min) + " to " + std::to_string(field.max) +
                  (field.words.empty() ? "" : ", or names from " + std::string(field.words.front()) + " to " + std::string(field.words.back())) +
                  ": one, a list \"a,b\", a range \"a-b\", \"*\", each with a step \"/n\"."});
}

std::string quoted(std::string_view text)
{
    return '"' + std::string(text) + '"';
}

Result<std::uint64_t> parseRange(const Field &field, std::string_view text)
{
    const std::vector<std::string_view> rangeAndStep = split(text, '/');
    const std::vector<std::string_view> ends = split(rangeAndStep[0], '-');
    std::uint64_t first = field.min;
    std::uint64_t last = field.max;
    std::uint64_t any = 0;
    if (ends[0] == "*" || ends[0] == "?") {
        any = anyBit;
    } else {
        if (ends.size() > 2)
            return refuse(field, text, "a range has one hyphen");
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const auto read = value(field, ends[i]);
            if (!read)
                return refuse(field, text, quoted(ends[i]) + (field.words.empty() ? " is no number" : " is neither a number nor a name"));
            (i == 0 ? first : last) = *read;
        }
        if (ends.size() == 1)
            last = first;
    }

    std::uint64_t step = 1;
    if (rangeAndStep.size() > 2)
        return refuse(field, text, "a step has one slash");
    if (rangeAndStep.size() == 2) {
        const auto read = number(rangeAndStep[1]);
        if (!read)
            return refuse(field, text, "the step " + quoted(rangeAndStep[1]) + " is no number");
        step = *read;
        if (ends.size() == 1)
            last = field.max;
        if (step > 1)
            any = 0;
    }
    if (first < field.min)
        return refuse(field, text, std::to_string(first) + " is below " + std::to_string(field.min));
    if (last > field.max)
        return refuse(field, text, std::to_string(last) + " is above " + std::to_string(field.max));
    if (first > last)
        return refuse(field, text, std::to_string(first) + " is beyond the end of its range, " + std::to_string(last));
    if (step == 0)
        return refuse(field, text, "a step of 0 leads nowhere");

    std::uint64_t bits = any;
    for (std::uint64_t i = first; i <= last; i += step)
        bits |= std::uint64_t(1) << i;
    return bits;
}

} // namespace

Result<std::uint64_t> parseField(const Field &field, std::string_view text)
{
    std::uint64_t bits = 0;
    for (const std::string_view part : split(text, ',')) {
        if (part.empty())
            continue;
        const Result<std::uint64_t> range = parseRange(field, part);
        if (!range)
            return range;
        bits |= *range;
    }
    return bits;
}

} // namespace fairlead::kinds::cron
