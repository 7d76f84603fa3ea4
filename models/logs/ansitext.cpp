// SPDX-License-Identifier: GPL-3.0-or-later
#include "logs/ansitext.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairlead::logs {
namespace {

constexpr unsigned char escape = 0x1b;

bool isPlainAscii(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

// Controls, and what is invisible or turns the direction of writing: the same set as in tables.
bool isHidden(char32_t c)
{
    return (c < 0x20 && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0x061c || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

void appendUtf8(char32_t c, std::string &text)
{
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xc0 | (c >> 6));
        text += static_cast<char>(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        text += static_cast<char>(0xe0 | (c >> 12));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        text += static_cast<char>(0x80 | (c & 0x3f));
    } else {
        text += static_cast<char>(0xf0 | (c >> 18));
        text += static_cast<char>(0x80 | ((c >> 12) & 0x3f));
        text += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        text += static_cast<char>(0x80 | (c & 0x3f));
    }
}

// The nearest of the sixteen, by hue: a logger that says orange means a warning, and which of a hundred oranges does not matter.
std::uint8_t nearest(int red, int green, int blue)
{
    const int most = std::max({red, green, blue});
    const int least = std::min({red, green, blue});
    if (most - least < 40) // grey
        return most < 64 ? 1 : most < 160 ? 9 : 8;
    const int half = least + (most - least) / 2;
    const int hue = (red > half ? 1 : 0) | (green > half ? 2 : 0) | (blue > half ? 4 : 0);
    return static_cast<std::uint8_t>(1 + hue + (least > 96 ? 8 : 0));
}

// 0 to 255.
std::uint8_t ofPalette(int index)
{
    if (index < 16)
        return static_cast<std::uint8_t>(index + 1);
    if (index >= 232) {
        const int grey = 8 + (index - 232) * 10;
        return nearest(grey, grey, grey);
    }
    constexpr std::array<int, 6> steps = {0, 95, 135, 175, 215, 255};
    const int cube = index - 16;
    return nearest(steps.at(static_cast<std::size_t>(cube / 36)), steps.at(static_cast<std::size_t>(cube / 6 % 6)),
        steps.at(static_cast<std::size_t>(cube % 6)));
}

int number(std::string_view text)
{
    int value = -1; // left out
    for (const char c : text)
        value = std::min(std::max(value, 0) * 10 + (c - '0'), 100'000);
    return value;
}

// The parts of a text between separators.
template<typename Visit>
void forEachPart(std::string_view text, char separator, Visit visit)
{
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t end = std::min(text.find(separator, from), text.size());
        visit(text.substr(from, end - from));
        from = end + 1;
    }
}

// ECMA-48 8.3.117. Sub-parameters after colons (ITU-T T.416) come out as if semicolons had been written.
std::vector<int> parameters(std::string_view text)
{
    std::vector<int> out;
    forEachPart(text, ';', [&out](std::string_view group) {
        std::vector<int> parts;
        forEachPart(group, ':', [&parts](std::string_view part) { parts.push_back(number(part)); });
        if (parts.size() > 1 && parts[0] == 4) {
            parts = {parts[1] == 0 ? 24 : 4}; // a kind of underline
        } else if (parts.size() > 1 && parts[0] != 38 && parts[0] != 48) {
            parts.resize(1);
        } else if (parts.size() > 5 && parts[1] == 2) {
            parts.erase(parts.begin() + 2); // a colour space
            parts.resize(5);
        }
        out.insert(out.end(), parts.begin(), parts.end());
    });
    return out;
}

// Reads the colour that follows 38 or 48 at `i`, and leaves `i` on its last parameter.
std::uint8_t extended(const std::vector<int> &values, std::size_t &i)
{
    const auto at = [&values](std::size_t n) { return n < values.size() ? std::clamp(values[n], 0, 255) : 0; };
    if (at(i + 1) == 5) {
        i += 2;
        return ofPalette(at(i));
    }
    if (at(i + 1) == 2) {
        i += 4;
        return nearest(at(i - 2), at(i - 1), at(i));
    }
    i = values.size();
    return 0;
}

} // namespace

void AnsiText::feed(std::string_view bytes, std::string &text, std::size_t rowStart, std::vector<Span> &spans)
{
    Out out{text, rowStart, spans};
    std::size_t i = 0;
    while (i < bytes.size()) {
        if (m_part == Part::Text && m_missing == 0) {
            // Almost all of almost every log.
            std::size_t end = i;
            while (end < bytes.size() && isPlainAscii(static_cast<unsigned char>(bytes[end])))
                ++end;
            if (end > i) {
                mark(m_ink, out);
                text.append(bytes.substr(i, end - i));
                i = end;
                continue;
            }
        }
        take(static_cast<unsigned char>(bytes[i++]), out);
    }
}

void AnsiText::endLine(std::string &text, std::size_t rowStart, std::vector<Span> &spans)
{
    Out out{text, rowStart, spans};
    if (m_part != Part::Text)
        giveUp(out);
    if (std::exchange(m_missing, 0) > 0)
        replacement(out);
}

void AnsiText::cut()
{
    m_part = Part::Text;
    m_sequence.clear();
    m_missing = 0;
}

void AnsiText::take(unsigned char byte, Out &out)
{
    if (m_part == Part::Text)
        takeText(byte, out);
    else
        sequenceByte(byte, out);
}

// Unicode 15, table 3-7: which second bytes are allowed depends on the first.
void AnsiText::takeText(unsigned char byte, Out &out)
{
    if (m_missing > 0) {
        if (byte >= m_least && byte <= m_most) {
            m_character = (m_character << 6) | (byte & 0x3f);
            m_least = 0x80;
            m_most = 0xbf;
            if (--m_missing == 0)
                show(m_character, out);
            return;
        }
        m_missing = 0;
        replacement(out);
    }
    m_least = 0x80;
    m_most = 0xbf;
    if (byte == escape) {
        m_part = Part::Escape;
        m_sequence.assign(1, static_cast<char>(byte));
    } else if (byte < 0x80) {
        show(byte, out);
    } else if (byte >= 0xc2 && byte <= 0xdf) {
        m_character = byte & 0x1f;
        m_missing = 1;
    } else if (byte >= 0xe0 && byte <= 0xef) {
        m_character = byte & 0x0f;
        m_missing = 2;
        m_least = byte == 0xe0 ? 0xa0 : 0x80;
        m_most = byte == 0xed ? 0x9f : 0xbf;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
        m_character = byte & 0x07;
        m_missing = 3;
        m_least = byte == 0xf0 ? 0x90 : 0x80;
        m_most = byte == 0xf4 ? 0x8f : 0xbf;
    } else {
        replacement(out);
    }
}

// ECMA-48 5.3 to 5.6, ECMA-35 13.2.
void AnsiText::sequenceByte(unsigned char byte, Out &out)
{
    const auto is = [byte](unsigned char least, unsigned char most) { return byte >= least && byte <= most; };
    const auto finish = [this] {
        m_part = Part::Text;
        m_sequence.clear();
    };
    const auto refuse = [&] {
        giveUp(out);
        take(byte, out); // it begins something of its own
    };
    if (m_sequence.size() >= longestSequence)
        return refuse();
    const auto keep = [&](Part part) {
        m_sequence += static_cast<char>(byte);
        m_part = part;
    };
    switch (m_part) {
    case Part::Text:
        return;
    case Part::Escape:
        if (byte == '[')
            return keep(Part::Csi);
        if (byte == ']' || byte == 'P' || byte == 'X' || byte == '^' || byte == '_')
            return keep(Part::String);
        if (is(0x20, 0x2f))
            return keep(Part::Intermediate);
        return is(0x30, 0x7e) ? finish() : refuse();
    case Part::Intermediate:
        if (is(0x20, 0x2f))
            return keep(Part::Intermediate);
        return is(0x30, 0x7e) ? finish() : refuse();
    case Part::Csi:
        if (is(0x20, 0x3f))
            return keep(Part::Csi);
        if (!is(0x40, 0x7e))
            return refuse();
        if (byte == 'm')
            applySgr();
        return finish();
    case Part::String:
        if (byte == 0x07)
            return finish();
        if (byte == escape)
            return keep(Part::StringEscape);
        return byte == 0x18 || byte == 0x1a ? refuse() : keep(Part::String);
    case Part::StringEscape:
        return byte == '\\' ? finish() : refuse();
    }
}

// The escape character as an escape, and all that followed it as text.
void AnsiText::giveUp(Out &out)
{
    const std::string sequence = std::exchange(m_sequence, {});
    m_part = Part::Text;
    escaped(escape, out);
    for (const char c : std::string_view(sequence).substr(1)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == escape)
            escaped(escape, out); // not the start of another: its end was taken for this one's
        else
            takeText(byte, out);
    }
}

void AnsiText::show(char32_t character, Out &out)
{
    if (isHidden(character))
        return escaped(character, out);
    mark(m_ink, out);
    appendUtf8(character, out.text);
}

void AnsiText::replacement(Out &out)
{
    mark(m_ink, out);
    out.text += "\xef\xbf\xbd";
}

void AnsiText::escaped(char32_t character, Out &out)
{
    constexpr std::string_view digits = "0123456789abcdef";
    Ink ink = m_ink;
    ink.flags |= Ink::Escaped;
    mark(ink, out);
    if (character == '\r') {
        out.text += "\\r";
        return;
    }
    const int width = character < 0x100 ? 2 : character < 0x10000 ? 4 : 8;
    out.text += width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U";
    for (int shift = (width - 1) * 4; shift >= 0; shift -= 4)
        out.text += digits[(character >> shift) & 15];
}

// Of the text that is appended next.
void AnsiText::mark(const Ink &ink, Out &out) const
{
    const auto begin = static_cast<std::uint32_t>(out.text.size() - out.rowStart);
    if (out.spans.empty() ? ink == Ink{} : out.spans.back().ink == ink)
        return;
    if (!out.spans.empty() && out.spans.back().begin == begin)
        out.spans.back().ink = ink;
    else
        out.spans.push_back({begin, ink});
}

void AnsiText::applySgr()
{
    const std::string_view body = std::string_view(m_sequence).substr(2);
    // "ESC [ > 4 ; 2 m" and its like are settings of a keyboard.
    if (std::any_of(body.begin(), body.end(), [](char c) { return (c < '0' || c > ';'); }))
        return;
    const std::vector<int> values = parameters(body);
    const auto set = [this](std::uint8_t flag) { m_ink.flags |= flag; };
    const auto clear = [this](std::uint8_t flags) { m_ink.flags &= static_cast<std::uint8_t>(~flags); };
    for (std::size_t i = 0; i < values.size(); ++i) {
        const int value = std::max(values[i], 0);
        if (value == 0)
            m_ink = {};
        else if (value == 1)
            set(Ink::Bold);
        else if (value == 2)
            set(Ink::Dim);
        else if (value == 3)
            set(Ink::Italic);
        else if (value == 4 || value == 21)
            set(Ink::Underlined);
        else if (value == 7)
            set(Ink::Inverse);
        else if (value == 9)
            set(Ink::Struck);
        else if (value == 22)
            clear(Ink::Bold | Ink::Dim);
        else if (value == 23)
            clear(Ink::Italic);
        else if (value == 24)
            clear(Ink::Underlined);
        else if (value == 27)
            clear(Ink::Inverse);
        else if (value == 29)
            clear(Ink::Struck);
        else if (value >= 30 && value <= 37)
            m_ink.front = static_cast<std::uint8_t>(value - 29);
        else if (value == 38)
            m_ink.front = extended(values, i);
        else if (value == 39)
            m_ink.front = 0;
        else if (value >= 40 && value <= 47)
            m_ink.back = static_cast<std::uint8_t>(value - 39);
        else if (value == 48)
            m_ink.back = extended(values, i);
        else if (value == 49)
            m_ink.back = 0;
        else if (value >= 90 && value <= 97)
            m_ink.front = static_cast<std::uint8_t>(value - 81);
        else if (value >= 100 && value <= 107)
            m_ink.back = static_cast<std::uint8_t>(value - 91);
        // 5, 6 (blinking) and 8 (hidden) are what a reader of a log does not want.
    }
}

} // namespace fairlead::logs
