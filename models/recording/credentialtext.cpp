// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/credentialtext.h"

#include "recording/credentialnames.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace fairlead::recording {
namespace {

using Found = std::optional<Hidden>;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

bool isTokenByte(char c)
{
    return isWordByte(c) || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool startsWord(std::string_view text, std::size_t at)
{
    return at == 0 || !isWordByte(text[at - 1]);
}

std::size_t tokenEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isTokenByte(text[at]))
        ++at;
    return at;
}

std::size_t wordEnd(std::string_view text, std::size_t at)
{
    while (at < text.size() && isWordByte(text[at]))
        ++at;
    return at;
}

bool holdsAt(std::string_view text, std::size_t at, std::string_view lowerCase)
{
    if (text.size() - at < lowerCase.size())
        return false;
    for (std::size_t i = 0; i < lowerCase.size(); ++i) {
        const char c = text[at + i];
        if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != lowerCase[i])
            return false;
    }
    return true;
}

// "-----BEGIN RSA PRIVATE KEY-----" to the end of its last line; to the text's end where that is missing.
Found privateKey(std::string_view text, std::size_t at)
{
    constexpr std::string_view begin = "-----BEGIN ";
    if (text.substr(at, begin.size()) != begin)
        return std::nullopt;
    const std::string_view title = text.substr(at, 80);
    if (title.find("PRIVATE KEY") == std::string_view::npos)
        return std::nullopt;
    const std::size_t end = text.find("-----END ", at);
    const std::size_t close = end == std::string_view::npos ? end : text.find("-----", end + 9);
    return Hidden{at, close == std::string_view::npos ? text.size() : close + 5, Reason::PrivateKey};
}

std::string decodedStart(std::string_view base64)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : base64.substr(0, 64)) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos)
            break;
        bits = (bits << 6 | static_cast<std::uint32_t>(value)) & 0xffff;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xff);
        }
    }
    return out;
}

// The same in base64, as kubeconfigs and many custom resources hold it; certificates look alike, and stay.
Found encodedKey(std::string_view text, std::size_t at)
{
    constexpr std::string_view begin = "LS0tLS1CRUdJTi"; // "-----BEGIN"
    if (text.substr(at, begin.size()) != begin || decodedStart(text.substr(at)).find("PRIVATE") == std::string::npos)
        return std::nullopt;
    return Hidden{at, tokenEnd(text, at), Reason::PrivateKey};
}

// header.payload.signature of base64url, whose first begins like a JSON object; a part of one is enough.
Found webToken(std::string_view text, std::size_t at)
{
    if (text.substr(at, 3) != "eyJ" || !startsWord(text, at))
        return std::nullopt;
    // Looked for within a bound first: the whole is linear only if what is no token costs little.
    const std::size_t dot = text.substr(at, 2048).find('.');
    if (dot == std::string_view::npos || wordEnd(text, at) != at + dot)
        return std::nullopt;
    const std::size_t end = tokenEnd(text, at);
    return end - at >= 20 ? Found(Hidden{at, end, Reason::Token}) : std::nullopt;
}

Found knownToken(std::string_view text, std::size_t at)
{
    struct Form {
        std::string_view begin;
        std::size_t least; // bytes behind it
    };
    constexpr std::array<Form, 15> forms = {{{"AKIA", 12}, {"ASIA", 12}, {"AIza", 30}, {"ghp_", 20}, {"gho_", 20}, {"ghu_", 20}, {"ghs_", 20},
        {"ghr_", 20}, {"github_pat_", 20}, {"glpat-", 16}, {"xoxb-", 10}, {"xoxp-", 10}, {"xoxa-", 10}, {"sk_live_", 10}, {"hvs.", 16}}};
    if (!startsWord(text, at))
        return std::nullopt;
    for (const Form &form : forms) {
        if (text.substr(at, form.begin.size()) != form.begin)
            continue;
        const std::size_t end = wordEnd(text, at + form.begin.size());
        if (end - at - form.begin.size() >= form.least)
            return Hidden{at, end, Reason::Token};
    }
    return std::nullopt;
}

constexpr std::size_t longestAddress = 1024; // what is looked at for one sign: the whole stays linear

// An "@" with a host behind it: "name:tag@sha256:…" is an image.
bool isHostSign(std::string_view text, std::size_t at)
{
    const std::string_view next = text.substr(at + 1, 4);
    return text[at] == '@' && !next.empty() && !isBlank(next.front()) && next != "sha2" && next != "sha5";
}

// The last such sign before a blank or one of the ends: passwords hold an "@", too.
std::size_t lastHostSign(std::string_view text, std::size_t at, std::string_view ends)
{
    std::size_t last = std::string_view::npos;
    for (const std::size_t from = at; at < text.size() && at - from < longestAddress; ++at) {
        if (isBlank(text[at]) || ends.find(text[at]) != std::string_view::npos)
            break;
        if (isHostSign(text, at))
            last = at;
    }
    return last;
}

// "scheme://user:password@host". A password may hold whatever an address may not: it ends at the last "@" of the word, or of what is quoted.
Found afterScheme(std::string_view text, std::size_t at)
{
    if (text.substr(at, 3) != "://")
        return std::nullopt;
    std::size_t scheme = at;
    while (scheme > 0 && at - scheme < 32 && (isWordByte(text[scheme - 1]) || text[scheme - 1] == '+' || text[scheme - 1] == '.'))
        --scheme;
    const char before = scheme > 0 ? text[scheme - 1] : '\0';
    const std::string_view ends = before == '\'' ? "\"'" : before == '`' ? "\"`" : before == '<' ? "\">" : "\"";
    const std::size_t user = at + 3;
    const std::size_t sign = lastHostSign(text, user, ends);
    if (sign == std::string_view::npos)
        return std::nullopt;
    const std::size_t first = text.find('@', user);
    const std::size_t colon = user + std::min(text.substr(user, sign - user).find(':'), sign - user); // the sign, where there is none
    if (colon < first)
        return colon + 1 < sign ? Found(Hidden{colon + 1, sign, Reason::Url}) : std::nullopt;
    // A token without a name; a path with a version is none.
    if (first == user || text.substr(user, first - user).find('/') != std::string_view::npos)
        return std::nullopt;
    return Hidden{user, first, Reason::Url};
}

// user:password@host without a scheme, as in a data source's name.
Found inUrl(std::string_view text, std::size_t sign, std::size_t notBefore)
{
    if (!isHostSign(text, sign))
        return std::nullopt;
    std::size_t from = sign;
    while (from > notBefore && sign - from < 512 && !isBlank(text[from - 1]) && text[from - 1] != '"')
        --from;
    std::string_view before = text.substr(from, sign - from);
    const std::size_t scheme = before.find("://");
    std::size_t user = scheme == std::string_view::npos ? 0 : scheme + 3;
    if (scheme == std::string_view::npos) {
        if (const std::size_t equals = before.find('='); equals < before.find(':'))
            user = equals + 1;
    }
    const std::size_t colon = before.find(':', user);
    if (colon == std::string_view::npos && (scheme == std::string_view::npos || before.find('/', user) != std::string_view::npos))
        return std::nullopt; // an e-mail's address, a path with a version
    if (scheme == std::string_view::npos && before.substr(user, colon - user).find('/') != std::string_view::npos)
        return std::nullopt; // a path
    const std::size_t begin = from + (colon == std::string_view::npos ? user : colon + 1);
    if (begin >= sign)
        return std::nullopt;
    return Hidden{begin, lastHostSign(text, sign, "\""), Reason::Url};
}

// Punctuation belongs to a value but at its end, or where another name follows: "a,b;c" is one, "a&user=b" is not.
bool endsAt(std::string_view text, std::size_t after)
{
    if (after >= text.size() || isBlank(text[after]))
        return true;
    const std::size_t end = wordEnd(text.substr(0, std::min(text.size(), after + 64)), after);
    return end > after && end < text.size() && (text[end] == '=' || text[end] == ':');
}

std::size_t valueEnd(std::string_view text, std::size_t at)
{
    const char quote = text[at];
    if (quote == '"' || quote == '\'') {
        for (std::size_t i = at + 1; i < text.size(); ++i) {
            if (text[i] == '\\')
                ++i;
            else if (text[i] == quote)
                return i;
        }
        return text.size();
    }
    std::size_t end = at;
    while (end < text.size() && !isBlank(text[end]) && text[end] != '"') {
        const std::size_t after = std::min(text.find_first_not_of(",;&'`)]}", end), text.size());
        if (after > end && (endsAt(text, after) || text[after] == '"' || text[after] == '\\'))
            break;
        end = std::max(after, end + 1);
    }
    return end;
}

Found schemeToken(std::string_view text, std::size_t at)
{
    for (const std::string_view scheme : {std::string_view("bearer "), std::string_view("basic ")}) {
        if (!startsWord(text, at) || !holdsAt(text, at, scheme))
            continue;
        const std::size_t from = at + scheme.size();
        if (from >= text.size() || isBlank(text[from]))
            continue;
        const std::size_t end = valueEnd(text, from);
        if (end >= from + 6)
            return Hidden{from, end, Reason::Token};
    }
    return std::nullopt;
}

bool isReference(std::string_view value)
{
    return (value.starts_with("$(") && value.find(')') != std::string_view::npos) || (value.starts_with("${") && value.ends_with('}')) ||
           (value.starts_with("{{") && value.find("}}") != std::string_view::npos);
}

// A value behind a name, from `at` on, blanks and all; not over the line's end.
Found valueFrom(std::string_view text, std::size_t at, Reason reason)
{
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t'))
        ++at;
    // In a JSON text that stands in another one its quotes have slashes before them.
    if (const std::size_t quote = std::min(text.find_first_not_of('\\', at), text.size()); quote > at && quote < text.size() && text[quote] == '"') {
        const std::size_t end = std::min(text.find_first_of("\\\"", quote + 1), text.size());
        return end > quote + 1 ? Found(Hidden{quote + 1, end, reason}) : std::nullopt;
    }
    if (at >= text.size() || isBlank(text[at]))
        return std::nullopt;
    // "$(" ends at its bracket and not before it.
    const std::string_view start = text.substr(at, 256);
    if (isReference(start.substr(0, start.find_first_of(" \t\r\n\"'"))))
        return std::nullopt;
    const std::size_t end = valueEnd(text, at);
    const std::size_t begin = text[at] == '"' || text[at] == '\'' ? at + 1 : at;
    if (end <= begin || (end - begin < 256 && isReference(text.substr(begin, end - begin))))
        return std::nullopt;
    // "Authorization: Bearer abc": the word is no secret, what follows it is.
    for (const std::string_view scheme : {std::string_view("bearer "), std::string_view("basic ")}) {
        if (holdsAt(text, begin, scheme))
            return valueFrom(text, begin + scheme.size(), reason);
    }
    return Hidden{begin, end, reason};
}

// password=x, "token": "x", secret-key: x. In prose a colon after "secret" says little, so that it wants a field's name.
Found named(std::string_view text, std::size_t sign, std::size_t notBefore)
{
    std::size_t end = sign;
    while (end > notBefore && (text[end - 1] == ' ' || text[end - 1] == '"' || text[end - 1] == '\'' || text[end - 1] == '\\'))
        --end;
    std::size_t begin = end;
    while (begin > notBefore && end - begin < 100 && (isWordByte(text[begin - 1]) || text[begin - 1] == '.'))
        --begin;
    const std::string_view name = text.substr(begin, end - begin);
    if (name.empty() || !(text[sign] == '=' ? isCredentialName(name) : isCredentialField(name)))
        return std::nullopt;
    return valueFrom(text, sign + 1, Reason::Named);
}

// "--password x", "-u user:x": in a line of a shell.
Found option(std::string_view text, std::size_t at)
{
    if (at > 0 && !isBlank(text[at - 1]) && text[at - 1] != '"' && text[at - 1] != '\'')
        return std::nullopt;
    const std::size_t end = wordEnd(text, at);
    if (end == at + 1 || end >= text.size() || (text[end] != ' ' && text[end] != '='))
        return std::nullopt;
    const std::string_view name = text.substr(at, end - at);
    if (name == "-u" || name == "--user" || name == "--proxy-user") {
        const auto value = valueFrom(text, end + 1, Reason::Argument);
        const std::size_t colon = value ? text.substr(value->begin, value->end - value->begin).find(':') : std::string_view::npos;
        if (colon == std::string_view::npos || value->begin + colon + 1 >= value->end)
            return std::nullopt;
        return Hidden{value->begin + colon + 1, value->end, Reason::Argument};
    }
    if (text[end] != ' ' || !isCredentialName(name))
        return std::nullopt;
    const auto value = valueFrom(text, end, Reason::Argument);
    return value && text[value->begin] != '-' ? value : std::nullopt;
}

Found startingAt(std::string_view text, std::size_t at, std::size_t notBefore)
{
    switch (text[at]) {
    case '-':
        if (const auto found = privateKey(text, at))
            return found;
        return option(text, at);
    case 'L':
        return encodedKey(text, at);
    case 'e':
        return webToken(text, at);
    case 'b':
    case 'B':
        return schemeToken(text, at);
    case 'A':
    case 'g':
    case 'x':
    case 's':
    case 'h':
        return knownToken(text, at);
    case '@':
        return inUrl(text, at, notBefore);
    case ':':
        if (const auto found = afterScheme(text, at))
            return found;
        return named(text, at, notBefore);
    case '=':
        return named(text, at, notBefore);
    default:
        return std::nullopt;
    }
}

} // namespace

std::vector<Hidden> findCredentials(std::string_view text)
{
    std::vector<Hidden> found;
    std::size_t done = 0; // of what was found
    for (std::size_t at = 0; at < text.size();) {
        const Found hidden = startingAt(text, at, done);
        if (!hidden) {
            ++at;
            continue;
        }
        found.push_back(*hidden);
        at = done = std::max(hidden->end, at + 1);
    }
    return found;
}

} // namespace fairlead::recording
