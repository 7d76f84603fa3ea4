// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairlead::logs {

/// How a stretch of text wants to be drawn. A fact of the program that wrote it, not yet a colour.
struct Ink {
    enum Flag : std::uint8_t {
        Bold = 1,
        Dim = 2,
        Italic = 4,
        Underlined = 8,
        Inverse = 16,
        Struck = 32,
        Escaped = 64, ///< ours: stands for a character that is not shown as itself
    };

    std::uint8_t front = 0; ///< 0 none; 1 to 8 black, red, green, yellow, blue, magenta, cyan, white; 9 to 16 the same, bright
    std::uint8_t back = 0;
    std::uint8_t flags = 0;

    bool operator==(const Ink &) const = default;
};

/// From `begin` (bytes of the row's text) to the next span's, or the row's end.
struct Span {
    std::uint32_t begin = 0;
    Ink ink;

    bool operator==(const Span &) const = default;
};

/// Bytes that a program wrote for a terminal, as text that may be shown: UTF-8 without control characters.
///
/// Promises, for any bytes and however they are cut into pieces:
///  - the text is valid UTF-8; what was none stands as U+FFFD;
///  - SGR ("ESC [ … m") becomes ink, 256 and 16 million colours the nearest of the sixteen; every other control sequence of ECMA-48
///    is left out;
///  - every other control character (C0 but tab, DEL, C1) and every character that is invisible or turns the direction of writing stands
///    as \x1b or \u202e, with Ink::Escaped;
///  - a sequence that does not end within its line or within `longestSequence` bytes is none: it stands as text. Nothing can be hidden
///    by a sequence that never ends.
/// Ink carries on into the next line, as in a terminal.
/// Thread: any, one at a time.
class AnsiText {
public:
    static constexpr std::size_t longestSequence = 4096;

    /// Appends to the row under way; `spans` are relative to `rowStart`, the size of `text` when the row began.
    void feed(std::string_view bytes, std::string &text, std::size_t rowStart, std::vector<Span> &spans);
    /// The row ends here: what is still unfinished is shown as it is. (A row that only continues in the next one does not end.)
    void endLine(std::string &text, std::size_t rowStart, std::vector<Span> &spans);
    /// Forgets what is unfinished; the ink stays.
    void cut();

private:
    enum class Part : std::uint8_t { Text, Escape, Intermediate, Csi, String, StringEscape };
    struct Out {
        std::string &text;
        std::size_t rowStart;
        std::vector<Span> &spans;
    };

    void take(unsigned char byte, Out &out);
    void takeText(unsigned char byte, Out &out);
    void sequenceByte(unsigned char byte, Out &out);
    void giveUp(Out &out);
    void show(char32_t character, Out &out);
    void replacement(Out &out);
    void escaped(char32_t character, Out &out);
    void mark(const Ink &ink, Out &out) const;
    void applySgr();

    Ink m_ink;
    Part m_part = Part::Text;
    std::string m_sequence; ///< of the escape sequence under way, ESC included
    char32_t m_character = 0;
    int m_missing = 0; ///< bytes of a UTF-8 character under way
    unsigned char m_least = 0x80;
    unsigned char m_most = 0xbf;
};

} // namespace fairlead::logs
