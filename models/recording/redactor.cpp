// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/redactor.h"

#include "recording/credentialnames.h"
#include "recording/credentialtext.h"
#include "recording/jsoncursor.h"
#include "recording/jsontext.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace fairlead::recording {
namespace {

using Token = JsonCursor::Token;

constexpr int deepestText = 4; // JSON in a string in JSON …
constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";

// What the texts of a value are.
enum class Place : std::uint8_t {
    Ordinary,
    SecretData,        // all of them are secret
    SecretAnnotations, // the same
    Hidden,            // the same, because of the value's name
    Named,             // a map in whose names people are free: data of a ConfigMap, annotations
    Copy,              // a copy of the object in an annotation: where it cannot be looked into, it is hidden
    Words,             // of a command line
};

bool looksLikeJson(std::string_view text)
{
    const std::size_t at = text.find_first_not_of(" \t\r\n");
    return at != std::string_view::npos && (text[at] == '{' || text[at] == '[');
}

std::optional<Reason> reasonOf(Place place)
{
    switch (place) {
    case Place::SecretData:
        return Reason::SecretValue;
    case Place::SecretAnnotations:
        return Reason::SecretAnnotation;
    case Place::Hidden:
        return Reason::Named;
    default:
        return std::nullopt;
    }
}

// Rising, without overlaps; of two that overlap the one that begins first counts, as long as both.
std::vector<Hidden> sorted(std::vector<Hidden> found)
{
    std::stable_sort(found.begin(), found.end(), [](const Hidden &a, const Hidden &b) { return a.begin < b.begin; });
    std::vector<Hidden> out;
    for (const Hidden &each : found) {
        if (!out.empty() && each.begin < out.back().end)
            out.back().end = std::max(out.back().end, each.end);
        else
            out.push_back(each);
    }
    return out;
}

// Finds in one JSON text what must be hidden; changes nothing. Of a text within it, in a scan of its own.
class Scan {
public:
    Scan(std::string_view text, bool isSecret, int depth)
        : m_text(text)
        , m_cursor(text)
        , m_mayHoldSecrets(isSecret || text.find("Secret\"") != std::string_view::npos)
        , m_depth(depth)
    {
    }

    // False: no JSON.
    bool run(bool isSecret)
    {
        m_cursor.next();
        return m_cursor.isValue() && value(Place::Ordinary, isSecret) && m_cursor.next() == Token::End;
    }
    [[nodiscard]] std::vector<Hidden> &found() { return m_found; }

private:
    // From a value's first token to its last.
    bool value(Place place, bool isSecret)
    {
        switch (m_cursor.token()) {
        case Token::MapBegin:
            return map(place, isSecret);
        case Token::ListBegin:
            return list(place, isSecret);
        case Token::Text:
            text(place);
            return true;
        case Token::Number:
            if (const auto reason = reasonOf(place))
                hide(m_cursor.begin(), m_cursor.end(), *reason);
            return true;
        default:
            return m_cursor.isValue();
        }
    }

    bool list(Place place, bool isSecret)
    {
        bool isNextSecret = false; // the word before was an option with a credential's name
        while (m_cursor.next() != Token::ListEnd) {
            if (place == Place::Words && m_cursor.token() == Token::Text) {
                const std::string word = unescaped(m_cursor.raw());
                const bool isOption = word.starts_with('-') && word.find('=') == std::string::npos && word.find(' ') == std::string::npos;
                if (isNextSecret && !isOption && !word.starts_with("$("))
                    hide(m_cursor.begin() + 1, m_cursor.end() - 1, Reason::Argument);
                else if (!pair())
                    wordOfPair(word);
                isNextSecret = isOption && isCredentialName(word);
                m_isUser = word == "-u" || word == "--user" || word == "--proxy-user";
            } else if (!value(place, isSecret)) {
                return false;
            }
        }
        return true;
    }

    // "--password=x" is one word, whatever is in it; so is "PASSWORD=x" without blanks, else a line of a shell.
    bool pair()
    {
        std::vector<std::uint32_t> places;
        const std::string word = unescaped(m_cursor.raw(), places);
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || (!word.starts_with('-') && word.find(' ') != std::string::npos))
            return false;
        const std::string_view name = std::string_view(word).substr(0, equals);
        const std::string_view text = std::string_view(word).substr(equals + 1);
        const bool isName =
            std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
        if (!isName || !isCredentialName(name) || (text.starts_with("$(") && text.ends_with(')')))
            return false;
        hide(m_cursor.begin() + 1 + places[equals + 1], m_cursor.end() - 1, Reason::Named);
        return true;
    }

    // "-u", "user:password"
    void wordOfPair(const std::string &word)
    {
        if (!m_isUser || word.find(':') == std::string::npos)
            return text(Place::Ordinary);
        const std::size_t colon = m_cursor.raw().find(':');
        hide(m_cursor.begin() + 1 + (colon == std::string_view::npos ? 0 : colon + 1), m_cursor.end() - 1, Reason::Argument);
    }

    bool map(Place place, bool isSecret)
    {
        // A Secret says so in a member that may come last.
        if (m_mayHoldSecrets && !isSecret) {
            const std::size_t begin = m_cursor.begin();
            isSecret = textAt(m_text.substr(begin), {"kind"}) == "Secret";
        }
        std::string name;
        Hidden held; // the text of the member "value"
        while (m_cursor.next() == Token::Key) {
            const std::string key = unescaped(m_cursor.raw());
            m_cursor.next();
            const bool isText = m_cursor.token() == Token::Text;
            if (isText && key == "name")
                name = unescaped(m_cursor.raw());
            if (isText && key == "value")
                held = {m_cursor.begin() + 1, m_cursor.end() - 1, Reason::Named};
            if (!value(placeOf(key, place, isSecret), isSecret && isOwn(key)))
                return false;
        }
        if (held.end > held.begin && isCredentialName(name))
            hide(held.begin, held.end, Reason::Named);
        return m_cursor.token() == Token::MapEnd;
    }

    // Within a Secret these lead to what is its own.
    static bool isOwn(std::string_view key) { return key == "metadata" || key == "object"; }

    Place placeOf(const std::string &key, Place place, bool isSecret)
    {
        if (reasonOf(place))
            return place;
        const bool isMap = m_cursor.token() == Token::MapBegin;
        if (isSecret && (key == "data" || key == "stringData"))
            return Place::SecretData;
        if (isSecret && key == "annotations")
            return Place::SecretAnnotations;
        if (place == Place::Named && m_cursor.token() == Token::Text)
            return isCredentialName(key) ? Place::Hidden : key == lastApplied ? Place::Copy : Place::Ordinary;
        if (isMap && (key == "data" || key == "binaryData" || key == "stringData" || key == "annotations"))
            return Place::Named;
        if ((key == "args" || key == "command") && m_cursor.token() == Token::ListBegin)
            return Place::Words;
        if (!isMap && isCredentialField(key))
            return Place::Hidden;
        return Place::Ordinary;
    }

    void text(Place place)
    {
        const std::size_t begin = m_cursor.begin() + 1;
        const std::string_view raw = m_cursor.raw();
        if (raw.empty())
            return;
        if (const auto reason = reasonOf(place)) {
            hide(begin, begin + raw.size(), *reason);
            return;
        }
        if (raw.find('\\') == std::string_view::npos) {
            for (const Hidden &each : within(raw))
                hide(begin + each.begin, begin + each.end, each.reason);
            return;
        }
        std::vector<std::uint32_t> places;
        const std::string plain = unescaped(raw, places);
        auto hidden = within(plain);
        if (place == Place::Copy && !isSound(plain))
            hidden = {{0, plain.size(), Reason::Named}};
        for (const Hidden &each : hidden)
            hide(begin + places[each.begin], begin + places[each.end], each.reason);
    }

    static bool isSound(std::string_view text)
    {
        JsonCursor cursor(text);
        while (cursor.next() != Token::End) {
            if (cursor.token() == Token::Broken)
                return false;
        }
        return true;
    }

    // A text's own credentials; of JSON by its names, and else by what it looks like.
    [[nodiscard]] std::vector<Hidden> within(std::string_view text) const
    {
        if (m_depth < deepestText && looksLikeJson(text)) {
            Scan inner(text, false, m_depth + 1);
            if (inner.run(false))
                return sorted(std::move(inner.found()));
        }
        return findCredentials(text);
    }

    void hide(std::size_t begin, std::size_t end, Reason reason)
    {
        if (begin < end)
            m_found.push_back({begin, end, reason});
    }

    std::string_view m_text;
    JsonCursor m_cursor;
    const bool m_mayHoldSecrets;
    const int m_depth;
    bool m_isUser = false;
    std::vector<Hidden> m_found;
};

bool isNumber(std::string_view json, const Hidden &hidden)
{
    return hidden.begin > 0 && json[hidden.begin - 1] != '"' && hidden.end < json.size() && json[hidden.end] != '"' &&
           json.substr(hidden.begin, hidden.end - hidden.begin).find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

void fill(std::string &json, const Hidden &hidden)
{
    const std::string_view was = std::string_view(json).substr(hidden.begin, hidden.end - hidden.begin);
    // Values of Secrets are base64, and stay it: that of as many x.
    if (hidden.reason == Reason::SecretValue && was.size() % 4 == 0 && was.find('\\') == std::string_view::npos) {
        const std::string_view last = was.ends_with("==") ? "eA==" : was.ends_with('=') ? "eHg=" : "eHh4";
        for (std::size_t at = hidden.begin; at < hidden.end; at += 4)
            json.replace(at, 4, at + 4 < hidden.end ? std::string_view("eHh4") : last);
        return;
    }
    std::fill(json.begin() + static_cast<std::ptrdiff_t>(hidden.begin), json.begin() + static_cast<std::ptrdiff_t>(hidden.end),
        isNumber(json, hidden) ? '1' : 'x');
}

// A column of a custom resource may show what its object hides.
std::vector<Hidden> inCells(std::string_view json, const std::vector<Hidden> &found)
{
    constexpr std::size_t shortest = 4;
    std::vector<Hidden> more;
    const std::string_view cells = found.empty() ? std::string_view() : valueAt(json, {"cells"});
    if (cells.empty())
        return more;
    const auto offset = static_cast<std::size_t>(cells.data() - json.data());
    JsonCursor cursor(cells);
    bool isFirst = true; // the name
    while (cursor.next() != Token::End && cursor.token() != Token::Broken) {
        if (cursor.token() != Token::Text)
            continue;
        if (std::exchange(isFirst, false))
            continue;
        for (const Hidden &hidden : found) {
            const std::string_view secret = json.substr(hidden.begin, hidden.end - hidden.begin);
            const std::size_t at = secret.size() < shortest ? std::string_view::npos : cursor.raw().find(secret);
            if (at != std::string_view::npos) {
                const std::size_t begin = offset + cursor.begin() + 1 + at;
                more.push_back({begin, begin + secret.size(), hidden.reason});
            }
        }
    }
    return more;
}

} // namespace

bool Redactor::redactJson(std::string &json, Subject subject)
{
    const bool isSecret = subject == Subject::Secret;
    Scan scan(json, isSecret, 0);
    if (!scan.run(isSecret))
        return false;
    std::vector<Hidden> found = sorted(std::move(scan.found()));
    const std::vector<Hidden> cells = inCells(json, found);
    found.insert(found.end(), cells.begin(), cells.end());
    for (const Hidden &hidden : sorted(std::move(found))) {
        fill(json, hidden);
        ++m_redactions.counts[static_cast<std::size_t>(hidden.reason)];
    }
    return true;
}

void Redactor::redactText(std::string &text, Piece &before)
{
    constexpr std::string_view keyEnd = "-----END ";
    constexpr std::uint32_t longestKey = 200; // lines; one without an end must not hide the rest of a log
    const auto hide = [&text](std::size_t begin, std::size_t end) {
        std::replace_if(
            text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), [](char c) { return c != '\n'; },
            'x');
        return static_cast<std::uint32_t>(
            std::count(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    };
    std::size_t from = 0;
    if (before.keyLines > 0) {
        const std::size_t end = text.find(keyEnd);
        from = end == std::string::npos ? text.size() : std::min(text.find('\n', end), text.size());
        before.keyLines += hide(0, from) + 1;
        if (end != std::string::npos || before.keyLines > longestKey)
            before.keyLines = 0;
    }
    for (const Hidden &hidden : findCredentials(std::string_view(text).substr(from))) {
        const bool isOpen = hidden.reason == Reason::PrivateKey && from + hidden.end == text.size() &&
                            text.find(keyEnd, from + hidden.begin) == std::string::npos && text.compare(from + hidden.begin, 5, "-----") == 0;
        const std::uint32_t lines = hide(from + hidden.begin, from + hidden.end);
        if (isOpen)
            before.keyLines = lines + 1;
        ++m_redactions.counts[static_cast<std::size_t>(hidden.reason)];
    }
}

void Redactor::redactText(std::string &text)
{
    Piece whole;
    redactText(text, whole);
}

} // namespace fairlead::recording
