// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/level.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairlead::logs {
namespace {

constexpr std::size_t searched = 96;       // a word in capitals stands after a date, a thread and the like
constexpr std::size_t searchedField = 240; // JSON puts what it likes first

struct Word {
    std::string_view text; // lower case
    Level level;
};

constexpr std::array<Word, 22> words = {{
    {"trace", Level::Debug},
    {"debug", Level::Debug},
    {"dbg", Level::Debug},
    {"verbose", Level::Debug},
    {"info", Level::Info},
    {"inf", Level::Info},
    {"information", Level::Info},
    {"notice", Level::Notice},
    {"audit", Level::Notice},
    {"warn", Level::Warning},
    {"warning", Level::Warning},
    {"wrn", Level::Warning},
    {"error", Level::Error},
    {"err", Level::Error},
    {"fatal", Level::Error},
    {"ftl", Level::Error},
    {"panic", Level::Error},
    {"critical", Level::Error},
    {"crit", Level::Error},
    {"severe", Level::Error},
    {"alert", Level::Error},
    {"emergency", Level::Error},
}};

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isLetter(char c)
{
    return isUpper(c) || (c >= 'a' && c <= 'z');
}

bool isWordPart(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c + 32) : c;
}

bool equals(std::string_view text, std::string_view lowered)
{
    return text.size() == lowered.size() && std::equal(text.begin(), text.end(), lowered.begin(), [](char a, char b) { return lower(a) == b; });
}

Level known(std::string_view word)
{
    const auto found = std::find_if(words.begin(), words.end(), [word](const Word &each) { return equals(word, each.text); });
    return found == words.end() ? Level::None : found->level;
}

// k8s.io/klog: "I1124 14:38:11.902345       1 file.go:42] …"
LevelWord ofKlog(std::string_view line)
{
    constexpr std::string_view letters = "IWEF";
    constexpr std::array<Level, 4> levels = {Level::Info, Level::Warning, Level::Error, Level::Error};
    if (line.size() < 15 || line[5] != ' ' || line[8] != ':' || line[11] != ':')
        return {};
    const auto letter = letters.find(line[0]);
    const auto digits = line.substr(1, 4);
    if (letter == std::string_view::npos || !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return {};
    return {levels.at(letter), 0, 1};
}

LevelWord ofField(std::string_view line)
{
    const std::string_view head = line.substr(0, searchedField);
    for (std::size_t i = 0; i < head.size(); ++i) {
        if ((i > 0 && isWordPart(head[i - 1])) || (lower(head[i]) != 'l' && lower(head[i]) != 's'))
            continue;
        std::size_t end = 0;
        for (const std::string_view key : {"level", "lvl", "severity", "loglevel"}) {
            if (equals(head.substr(i, key.size()), key))
                end = i + key.size();
        }
        if (end == 0)
            continue;
        // `": "` of JSON, `=` of logfmt; at least one of them.
        std::size_t at = end;
        bool separated = false;
        while (at < head.size() && (head[at] == '"' || head[at] == ' ' || head[at] == ':' || head[at] == '=')) {
            separated = separated || head[at] == ':' || head[at] == '=';
            ++at;
        }
        std::size_t stop = at;
        while (stop < head.size() && isLetter(head[stop]))
            ++stop;
        if (const Level level = known(head.substr(at, stop - at)); separated && level != Level::None)
            return {level, at, stop - at};
    }
    return {};
}

LevelWord ofCapitals(std::string_view line)
{
    const std::string_view head = line.substr(0, searched);
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (!isUpper(head[i]) || (i > 0 && isWordPart(head[i - 1])))
            continue;
        std::size_t stop = i;
        while (stop < head.size() && isUpper(head[stop]))
            ++stop;
        const bool whole = stop == line.size() || !isWordPart(line[stop]);
        if (const Level level = whole ? known(head.substr(i, stop - i)) : Level::None; level != Level::None)
            return {level, i, stop - i};
        i = stop;
    }
    return {};
}

} // namespace

LevelWord levelOf(std::string_view line)
{
    if (const LevelWord word = ofKlog(line); word.level != Level::None)
        return word;
    if (const LevelWord word = ofCapitals(line); word.level != Level::None)
        return word;
    return ofField(line);
}

} // namespace fairlead::logs
