// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/jsonprinter.h"

#include "app/print/utf8.h"

#include <algorithm>
#include <vector>

namespace fairlead::app {
namespace {

constexpr std::string_view nothing{};
constexpr char hexDigits[] = "0123456789abcdef";

void newLine(std::string &out, int depth)
{
    out += '\n';
    out.append(static_cast<std::size_t>(depth) * 4, ' ');
}

using Member = std::pair<std::string, kube::Json>;

// Sorted by key; of a repeated key the last one, as every reader of such objects takes it.
std::vector<const Member *> sortedMembers(const kube::Json &map, std::string_view leftOut)
{
    std::vector<const Member *> members;
    members.reserve(map.map().size());
    for (const Member &member : map.map()) {
        if (leftOut.empty() || member.first != leftOut)
            members.push_back(&member);
    }
    std::stable_sort(members.begin(), members.end(), [](const Member *a, const Member *b) { return a->first < b->first; });
    std::vector<const Member *> unique;
    unique.reserve(members.size());
    for (const Member *member : members) {
        if (!unique.empty() && unique.back()->first == member->first)
            unique.back() = member;
        else
            unique.push_back(member);
    }
    return unique;
}

// `path` says where we are: 0 the object itself, 1 its metadata, 2 anywhere else.
void append(std::string &out, const kube::Json &value, int depth, int path)
{
    switch (value.type()) {
    case kube::Json::Type::Null:
        out += "null";
        return;
    case kube::Json::Type::Boolean:
        out += value.boolean() ? "true" : "false";
        return;
    case kube::Json::Type::Number:
        out += value.text();
        return;
    case kube::Json::Type::String:
        appendJsonString(out, value.text());
        return;
    case kube::Json::Type::List: {
        if (value.list().empty()) {
            out += "[]";
            return;
        }
        out += '[';
        bool first = true;
        for (const kube::Json &element : value.list()) {
            if (!first)
                out += ',';
            first = false;
            newLine(out, depth + 1);
            append(out, element, depth + 1, 2);
        }
        newLine(out, depth);
        out += ']';
        return;
    }
    case kube::Json::Type::Map: {
        const auto members = sortedMembers(value, path == 1 ? std::string_view("managedFields") : nothing);
        if (members.empty()) {
            out += "{}";
            return;
        }
        out += '{';
        bool first = true;
        for (const Member *member : members) {
            if (!first)
                out += ',';
            first = false;
            newLine(out, depth + 1);
            appendJsonString(out, member->first);
            out += ": ";
            append(out, member->second, depth + 1, path == 0 && member->first == "metadata" ? 1 : 2);
        }
        newLine(out, depth);
        out += '}';
        return;
    }
    }
}

void appendUnicodeEscape(std::string &out, char32_t value)
{
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += hexDigits[value >> shift & 0xF];
}

} // namespace

void appendJson(std::string &out, const kube::Json &value, int depth)
{
    append(out, value, depth, 2);
}

void appendObjectJson(std::string &out, const kube::Json &object, int depth)
{
    append(out, object, depth, 0);
}

void appendJsonString(std::string &out, std::string_view text)
{
    out += '"';
    std::size_t plainFrom = 0; // what needs no change is copied in runs
    std::size_t at = 0;
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\' && byte != '<' && byte != '>' && byte != '&') {
            ++at;
            continue;
        }
        const Rune rune = runeAt(text, at);
        if (rune.valid && rune.value >= 0xA0 && rune.value != 0x2028 && rune.value != 0x2029) {
            at += rune.size;
            continue;
        }
        out += text.substr(plainFrom, at - plainFrom);
        switch (rune.value) {
        case '"':
        case '\\':
            out += '\\';
            out += static_cast<char>(byte);
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        default:
            appendUnicodeEscape(out, rune.valid ? rune.value : 0xFFFD);
        }
        at += rune.size;
        plainFrom = at;
    }
    out += text.substr(plainFrom);
    out += '"';
}

} // namespace fairlead::app
