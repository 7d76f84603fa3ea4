// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/print/terminaltext.h"

#include "app/print/utf8.h"

#include <QChar>
#include <QString>

namespace fairlead::app {
namespace {

constexpr char hexDigits[] = "0123456789abcdef";

void appendHex(std::string &out, char32_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        out += hexDigits[value >> shift & 0xF];
}

bool isBidiControl(char32_t c)
{
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

enum class LineEnds { Keep, Escape };

void appendVisible(std::string &out, std::string_view text, LineEnds lineEnds)
{
    std::size_t plainFrom = 0; // what needs no change is copied in runs
    std::size_t at = 0;
    const auto flush = [&] { out += text.substr(plainFrom, at - plainFrom); };
    while (at < text.size()) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x20 && byte < 0x7F) {
            ++at;
            continue;
        }
        const Rune rune = runeAt(text, at);
        const bool control = rune.value < 0x20 || (rune.value >= 0x7F && rune.value < 0xA0) || isBidiControl(rune.value);
        if ((rune.valid && !control) || (byte == '\n' && lineEnds == LineEnds::Keep)) {
            at += rune.size;
            continue;
        }
        flush();
        if (byte == 0x1B) {
            out += "^[";
        } else if (byte == '\r') {
            out += "\\r";
        } else if (!rune.valid || rune.value < 0x80) {
            out += "\\x";
            appendHex(out, byte, 2);
        } else {
            out += "\\u";
            appendHex(out, rune.value, 4);
        }
        at += rune.size;
        plainFrom = at;
    }
    flush();
}

} // namespace

void appendCell(std::string &out, std::string_view text)
{
    const std::size_t end = text.find_first_of("\f\n\r");
    appendVisible(out, text.substr(0, end), LineEnds::Escape);
    if (end != std::string_view::npos)
        out += "...";
}

std::string visible(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    appendVisible(out, text, LineEnds::Keep);
    return out;
}

std::size_t runeCount(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); at += runeAt(text, at).size)
        ++count;
    return count;
}

std::string upperCase(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const Rune rune = runeAt(text, at);
        if (rune.valid && rune.value >= 0x80) {
            const char32_t upper = QChar::toUpper(rune.value);
            out += QString::fromUcs4(&upper, 1).toStdString();
        } else {
            const char c = text[at];
            out += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        at += rune.size;
    }
    return out;
}

} // namespace fairlead::app
