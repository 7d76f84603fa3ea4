// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/scalarstyle.h"

#include "kube/yaml/scalar.h"
#include "kube/yaml/text.h"

#include <array>

namespace fairlead::yaml {

Style scalarStyle(std::string_view text, bool simpleKey)
{
    if (text.empty())
        return Style::DoubleQuoted;
    bool escapes = false;
    bool spaceBeforeBreak = false;
    for (std::size_t i = 0; i < text.size();) {
        const CodePoint c = codePointAt(text, i);
        escapes = escapes || (c.value != '\n' && needsEscape(c.value));
        spaceBeforeBreak = spaceBeforeBreak || (c.value == '\n' && i > 0 && text[i - 1] == ' ');
        i += c.length;
    }
    if (escapes)
        return Style::DoubleQuoted;
    if (text.find('\n') != std::string_view::npos)
        return simpleKey || spaceBeforeBreak || text.back() == ' ' ? Style::DoubleQuoted : Style::Literal;
    if (plainIsNotString(text))
        return Style::DoubleQuoted;

    const char first = text.front();
    const bool blankAfterFirst = text.size() == 1 || text[1] == ' ';
    const bool indicator = std::string_view("#,[]{}&*!|>'\"%@`").find(first) != std::string_view::npos ||
                           ((first == '?' || first == ':' || first == '-') && blankAfterFirst) || text.starts_with("---") || text.starts_with("...");
    if (indicator || first == ' ' || text.back() == ' ' || text.back() == ':' || text.find(": ") != std::string_view::npos ||
        text.find(" #") != std::string_view::npos)
        return Style::SingleQuoted;
    return Style::Plain;
}

bool needsEscape(char32_t c)
{
    if (c < 0x20)
        return c != '\n';
    if (c < 0x7F)
        return false;
    if (c < 0xA0)
        return true;
    const bool bidi = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return bidi || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c >= 0xFFFE;
}

std::string escaped(char32_t c)
{
    switch (c) {
    case 0x00:
        return "\\0";
    case 0x07:
        return "\\a";
    case 0x08:
        return "\\b";
    case 0x09:
        return "\\t";
    case 0x0A:
        return "\\n";
    case 0x0B:
        return "\\v";
    case 0x0C:
        return "\\f";
    case 0x0D:
        return "\\r";
    case 0x1B:
        return "\\e";
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case 0x85:
        return "\\N";
    case 0x2028:
        return "\\L";
    case 0x2029:
        return "\\P";
    default:
        break;
    }
    constexpr std::string_view hex = "0123456789ABCDEF";
    const int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
    std::string out = digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += hex[c >> shift & 0xF];
    return out;
}

} // namespace fairlead::yaml
