// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"

#include <array>
#include <cctype>

namespace fairlead {
namespace {

constexpr std::string_view mask = "[redacted]";

bool isTokenByte(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.' || c == '~' || c == '+' || c == '/' || c == '=';
}

bool startsWithAt(std::string_view text, std::size_t at, std::string_view word)
{
    if (text.size() - at < word.size())
        return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (std::tolower(static_cast<unsigned char>(text[at + i])) != word[i])
            return false;
    }
    return true;
}

// Field names whose value is a secret, lower case. Matched as a whole word before ':' or '='.
constexpr std::array<std::string_view, 12> secretFields = {"authorization", "token", "id-token", "access-token", "refresh-token", "client-secret",
    "password", "client-key-data", "private_key", "access_token", "refresh_token", "id_token"};

bool isWordByte(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_';
}

// The end of the value that starts at `at`: a quoted string whole, else up to the line's end or a delimiter.
std::size_t valueEnd(std::string_view text, std::size_t at, bool wholeLine)
{
    if (at < text.size() && (text[at] == '"' || text[at] == '\'')) {
        const char quote = text[at];
        for (std::size_t i = at + 1; i < text.size(); ++i) {
            if (text[i] == '\\')
                ++i;
            else if (text[i] == quote)
                return i + 1;
        }
        return text.size();
    }
    std::size_t i = at;
    while (i < text.size() && text[i] != '\n' && text[i] != '\r' &&
           (wholeLine || (text[i] != ' ' && text[i] != ',' && text[i] != '}' && text[i] != '&')))
        ++i;
    return i;
}

// A header.payload.signature of three base64url parts whose first begins like a JSON object: "eyJ".
std::size_t webTokenEnd(std::string_view text, std::size_t at)
{
    if (text.substr(at, 3) != "eyJ")
        return at;
    std::size_t i = at;
    int dots = 0;
    while (i < text.size() && isTokenByte(text[i]))
        dots += text[i++] == '.';
    return dots >= 2 && i - at > 20 ? i : at;
}

std::size_t privateKeyEnd(std::string_view text, std::size_t at)
{
    constexpr std::string_view begin = "-----BEGIN ";
    if (text.substr(at, begin.size()) != begin)
        return at;
    const std::size_t lineEnd = text.find("-----", at + begin.size());
    if (lineEnd == std::string_view::npos || text.substr(at, lineEnd - at).find("PRIVATE KEY") == std::string_view::npos)
        return at;
    const std::size_t end = text.find("-----END ", lineEnd);
    if (end == std::string_view::npos)
        return text.size();
    const std::size_t close = text.find("-----", end + 9);
    return close == std::string_view::npos ? text.size() : close + 5;
}

} // namespace

std::string redacted(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    std::size_t at = 0;
    while (at < text.size()) {
        const bool wordStart = at == 0 || !isWordByte(text[at - 1]);
        if (const std::size_t end = privateKeyEnd(text, at); end != at) {
            out += mask;
            at = end;
            continue;
        }
        if (wordStart) {
            if (const std::size_t end = webTokenEnd(text, at); end != at) {
                out += mask;
                at = end;
                continue;
            }
            bool masked = false;
            for (const std::string_view scheme : {std::string_view("bearer "), std::string_view("basic ")}) {
                if (!startsWithAt(text, at, scheme))
                    continue;
                std::size_t end = at + scheme.size();
                while (end < text.size() && isTokenByte(text[end]))
                    ++end;
                if (end - at - scheme.size() < 6)
                    continue; // an ordinary word, as in "bearer token"
                out += text.substr(at, scheme.size());
                out += mask;
                at = end;
                masked = true;
                break;
            }
            for (const std::string_view field : secretFields) {
                if (masked || !startsWithAt(text, at, field))
                    continue;
                std::size_t i = at + field.size();
                if (i < text.size() && (text[i] == '"' || text[i] == '\''))
                    ++i;
                while (i < text.size() && text[i] == ' ')
                    ++i;
                if (i >= text.size() || (text[i] != ':' && text[i] != '='))
                    continue;
                const bool header = field == "authorization";
                ++i;
                while (i < text.size() && text[i] == ' ')
                    ++i;
                const std::size_t end = valueEnd(text, i, header);
                if (end == i)
                    continue;
                out += text.substr(at, i - at);
                out += mask;
                at = end;
                masked = true;
            }
            if (masked)
                continue;
        }
        // scheme://user:password@host
        if (text.substr(at, 3) == "://") {
            const std::size_t hostEnd = text.find_first_of("/ \n\"'", at + 3);
            const std::size_t sign = text.substr(0, hostEnd).rfind('@');
            if (sign != std::string_view::npos && sign > at) {
                out += "://";
                out += mask;
                at = sign;
                continue;
            }
        }
        out += text[at++];
    }
    return out;
}

} // namespace fairlead
