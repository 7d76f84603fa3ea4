// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/text.h"

#include <cstdint>

namespace fairlead::yaml {
namespace {

void append(std::string &out, char32_t c)
{
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | c >> 6);
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | c >> 12);
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | c >> 18);
        out += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        out += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

Result<std::string> fromUtf16(std::string_view bytes, bool bigEndian)
{
    const auto wrong = [] { return failure({.code = Code::BadInput, .message = "the file is UTF-16 and not whole", .remedy = "Save it as UTF-8."}); };
    if (bytes.size() % 2 != 0)
        return wrong();
    const auto unit = [&](std::size_t at) {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(bigEndian ? first << 8 | second : second << 8 | first);
    };
    std::string out;
    out.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        const char32_t c = unit(i);
        if (c >= 0xD800 && c < 0xE000) {
            if (c >= 0xDC00 || i + 3 >= bytes.size())
                return wrong();
            const char32_t low = unit(i + 2);
            if (low < 0xDC00 || low >= 0xE000)
                return wrong();
            append(out, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
            i += 2;
        } else {
            append(out, c);
        }
    }
    return out;
}

} // namespace

CodePoint codePointAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80)
        return {first, 1};
    std::size_t length = 0;
    char32_t value = 0;
    char32_t least = 0;
    if (first >= 0xC2 && first < 0xE0) {
        length = 2;
        value = first & 0x1F;
        least = 0x80;
    } else if (first >= 0xE0 && first < 0xF0) {
        length = 3;
        value = first & 0x0F;
        least = 0x800;
    } else if (first >= 0xF0 && first < 0xF5) {
        length = 4;
        value = first & 0x07;
        least = 0x10000;
    } else {
        return {};
    }
    if (text.size() - at < length)
        return {};
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80)
            return {};
        value = value << 6 | (byte(at + i) & 0x3F);
    }
    if (value < least || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
        return {};
    return {value, length};
}

Result<std::string> asUtf8(std::string bytes)
{
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.erase(0, 3);
    else if (bytes.starts_with("\xFF\xFE"))
        return fromUtf16(std::string_view(bytes).substr(2), false);
    else if (bytes.starts_with("\xFE\xFF"))
        return fromUtf16(std::string_view(bytes).substr(2), true);
    return bytes;
}

} // namespace fairlead::yaml
