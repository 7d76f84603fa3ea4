// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/jsontext.h"

#include "recording/jsoncursor.h"

#include <cstddef>

namespace fairlead::recording {
namespace {

std::uint32_t hexValue(std::string_view digits)
{
    std::uint32_t value = 0;
    for (const char c : digits) {
        const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
        value = value << 4 | (static_cast<std::uint32_t>(digit) & 15);
    }
    return value;
}

void appendUtf8(std::string &out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xc0 | code >> 6);
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xe0 | code >> 12);
        out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    } else {
        out += static_cast<char>(0xf0 | code >> 18);
        out += static_cast<char>(0x80 | (code >> 12 & 0x3f));
        out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

// The character of the escape at `at`, which is moved behind it.
std::uint32_t readEscape(std::string_view raw, std::size_t &at)
{
    const char escape = at + 1 < raw.size() ? raw[at + 1] : '\\';
    at += 2;
    switch (escape) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'u':
        break;
    default:
        return static_cast<unsigned char>(escape);
    }
    const std::uint32_t high = hexValue(raw.substr(at, 4));
    at += 4;
    if (high < 0xd800 || high > 0xdfff)
        return high;
    if (high < 0xdc00 && raw.substr(at, 2) == "\\u") {
        const std::uint32_t low = hexValue(raw.substr(at + 2, 4));
        if (low >= 0xdc00 && low <= 0xdfff) {
            at += 6;
            return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
        }
    }
    return 0xfffd;
}

} // namespace

std::string unescaped(std::string_view raw)
{
    std::string out;
    out.reserve(raw.size());
    std::size_t at = 0;
    while (at < raw.size()) {
        const std::size_t next = raw.find('\\', at);
        out.append(raw.substr(at, next - at));
        if (next == std::string_view::npos)
            break;
        at = next;
        appendUtf8(out, readEscape(raw, at));
    }
    return out;
}

std::string unescaped(std::string_view raw, std::vector<std::uint32_t> &places)
{
    std::string out;
    out.reserve(raw.size());
    places.clear();
    places.reserve(raw.size() + 1);
    std::size_t at = 0;
    while (at < raw.size()) {
        const auto from = static_cast<std::uint32_t>(at);
        if (raw[at] == '\\')
            appendUtf8(out, readEscape(raw, at));
        else
            out += raw[at++];
        places.resize(out.size(), from);
    }
    places.push_back(static_cast<std::uint32_t>(raw.size()));
    return out;
}

void appendQuoted(std::string &json, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    json += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            json += "\\u00";
            json += digits[static_cast<unsigned char>(c) >> 4];
            json += digits[static_cast<unsigned char>(c) & 15];
        } else {
            json += c;
        }
    }
    json += '"';
}

std::string_view valueAt(std::string_view json, std::initializer_list<std::string_view> path)
{
    return valueAt(json, std::vector<std::string_view>(path));
}

std::string_view valueAt(std::string_view json, const std::vector<std::string_view> &path)
{
    using Token = JsonCursor::Token;
    JsonCursor cursor(json);
    cursor.next();
    for (const std::string_view name : path) {
        if (cursor.token() != Token::MapBegin)
            return {};
        bool found = false;
        while (!found && cursor.next() == Token::Key) {
            const std::string_view raw = cursor.raw();
            found = raw.find('\\') == std::string_view::npos ? raw == name : unescaped(raw) == name;
            cursor.next();
            if (!found)
                (void)cursor.value();
        }
        if (!found)
            return {};
    }
    return cursor.value();
}

std::string textAt(std::string_view json, const std::vector<std::string_view> &path)
{
    const std::string_view value = valueAt(json, path);
    if (value.size() >= 2 && value.front() == '"')
        return unescaped(value.substr(1, value.size() - 2));
    if (value.empty() || value.front() == '{' || value.front() == '[' || value == "null")
        return {};
    return std::string(value);
}

std::vector<std::string_view> elementsOf(std::string_view list)
{
    std::vector<std::string_view> out;
    JsonCursor cursor(list);
    if (cursor.next() != JsonCursor::Token::ListBegin)
        return out;
    for (cursor.next(); cursor.isValue(); cursor.next())
        out.push_back(cursor.value());
    return out;
}

} // namespace fairlead::recording
