// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fairlead::recording {

/// Goes through a JSON text token by token and says where each stands: for what changes bytes in place, or takes parts out as they are.
/// The decoders' library gives values, and no places.
///
/// Strict (RFC 8259): all that the text may not hold is Broken, but for bytes that are not UTF-8 and half surrogate pairs, which are left
/// to whoever reads values. Deeper than `depthLimit` is Broken. Thread: one at a time; the text outlives it.
class JsonCursor {
public:
    enum class Token : std::uint8_t { Start, MapBegin, MapEnd, ListBegin, ListEnd, Key, Text, Number, Word, End, Broken };
    static constexpr std::size_t depthLimit = 256;

    explicit JsonCursor(std::string_view text)
        : m_text(text)
    {
    }

    Token next();
    [[nodiscard]] Token token() const { return m_token; }
    /// Of Key and Text what stands between the quotes, escapes as they are; else the token.
    [[nodiscard]] std::string_view raw() const;
    [[nodiscard]] std::size_t begin() const { return m_begin; } ///< the token's place in the text, with quotes
    [[nodiscard]] std::size_t end() const { return m_end; }
    /// The text of the value that begins with the present token; goes to its last token. Empty, and Broken, where it has no end.
    std::string_view value();
    [[nodiscard]] bool isValue() const;

private:
    enum class Wants : std::uint8_t { Value, ValueOrEnd, KeyOrEnd, Key, CommaOrEnd, Nothing };

    Token broken();
    Token open(Token token, char kind, Wants wants);
    Token close(Token token, char kind);
    Token readString(Token token);
    Token readNumber();
    Token readWord();
    void afterValue();
    void skipBlanks();

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    Token m_token = Token::Start;
    Wants m_wants = Wants::Value;
    std::string m_open; // '{' and '[' that are not closed yet
};

} // namespace fairlead::recording
