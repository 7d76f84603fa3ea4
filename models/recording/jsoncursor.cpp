// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/jsoncursor.h"

namespace fairlead::recording {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

std::string_view JsonCursor::raw() const
{
    if (m_token == Token::Key || m_token == Token::Text)
        return m_text.substr(m_begin + 1, m_end - m_begin - 2);
    return m_text.substr(m_begin, m_end - m_begin);
}

bool JsonCursor::isValue() const
{
    return m_token == Token::MapBegin || m_token == Token::ListBegin || m_token == Token::Text || m_token == Token::Number || m_token == Token::Word;
}

JsonCursor::Token JsonCursor::broken()
{
    m_begin = m_end = m_at;
    return m_token = Token::Broken;
}

void JsonCursor::skipBlanks()
{
    while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
        ++m_at;
}

void JsonCursor::afterValue()
{
    m_wants = m_open.empty() ? Wants::Nothing : Wants::CommaOrEnd;
}

JsonCursor::Token JsonCursor::next()
{
    if (m_token == Token::Broken || m_token == Token::End)
        return m_token;
    skipBlanks();
    if (m_wants == Wants::CommaOrEnd && m_at < m_text.size() && m_text[m_at] == ',') {
        ++m_at;
        skipBlanks();
        m_wants = m_open.back() == '{' ? Wants::Key : Wants::Value;
    }
    if (m_at >= m_text.size()) {
        if (m_wants != Wants::Nothing)
            return broken();
        m_begin = m_end = m_at;
        return m_token = Token::End;
    }
    const char c = m_text[m_at];
    if (c == '}')
        return close(Token::MapEnd, '{');
    if (c == ']')
        return close(Token::ListEnd, '[');
    if (m_wants == Wants::KeyOrEnd || m_wants == Wants::Key) {
        if (c != '"' || readString(Token::Key) == Token::Broken)
            return broken();
        skipBlanks();
        if (m_at >= m_text.size() || m_text[m_at] != ':')
            return broken();
        ++m_at;
        m_wants = Wants::Value;
        return m_token;
    }
    if (m_wants != Wants::Value && m_wants != Wants::ValueOrEnd)
        return broken();
    switch (c) {
    case '{':
        return open(Token::MapBegin, c, Wants::KeyOrEnd);
    case '[':
        return open(Token::ListBegin, c, Wants::ValueOrEnd);
    case '"':
        if (readString(Token::Text) != Token::Broken)
            afterValue();
        return m_token;
    default:
        return c == '-' || isDigit(c) ? readNumber() : readWord();
    }
}

JsonCursor::Token JsonCursor::open(Token token, char kind, Wants wants)
{
    if (m_open.size() >= depthLimit)
        return broken();
    m_open += kind;
    m_begin = m_at++;
    m_end = m_at;
    m_wants = wants;
    return m_token = token;
}

JsonCursor::Token JsonCursor::close(Token token, char kind)
{
    const bool may = m_wants == Wants::CommaOrEnd || m_wants == (kind == '{' ? Wants::KeyOrEnd : Wants::ValueOrEnd);
    if (!may || m_open.empty() || m_open.back() != kind)
        return broken();
    m_open.pop_back();
    m_begin = m_at++;
    m_end = m_at;
    afterValue();
    return m_token = token;
}

JsonCursor::Token JsonCursor::readString(Token token)
{
    std::size_t at = m_at + 1;
    while (at < m_text.size() && m_text[at] != '"') {
        if (static_cast<unsigned char>(m_text[at]) < 0x20)
            return broken();
        if (m_text[at++] != '\\')
            continue;
        if (at >= m_text.size())
            return broken();
        const char escape = m_text[at++];
        if (escape == 'u') {
            for (int i = 0; i < 4; ++i) {
                if (at >= m_text.size() || !isHex(m_text[at++]))
                    return broken();
            }
        } else if (std::string_view("\"\\/bfnrt").find(escape) == std::string_view::npos) {
            return broken();
        }
    }
    if (at >= m_text.size())
        return broken();
    m_begin = m_at;
    m_at = m_end = at + 1;
    return m_token = token;
}

JsonCursor::Token JsonCursor::readNumber()
{
    std::size_t at = m_at;
    const auto digits = [&] {
        const std::size_t from = at;
        while (at < m_text.size() && isDigit(m_text[at]))
            ++at;
        return at - from;
    };
    at += m_text[at] == '-' ? 1 : 0;
    const std::size_t first = at;
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && m_text[first] == '0'))
        return broken();
    if (at < m_text.size() && m_text[at] == '.') {
        ++at;
        if (digits() == 0)
            return broken();
    }
    if (at < m_text.size() && (m_text[at] == 'e' || m_text[at] == 'E')) {
        ++at;
        if (at < m_text.size() && (m_text[at] == '+' || m_text[at] == '-'))
            ++at;
        if (digits() == 0)
            return broken();
    }
    m_begin = m_at;
    m_at = m_end = at;
    afterValue();
    return m_token = Token::Number;
}

JsonCursor::Token JsonCursor::readWord()
{
    for (const std::string_view word : {std::string_view("true"), std::string_view("false"), std::string_view("null")}) {
        if (m_text.substr(m_at, word.size()) != word)
            continue;
        m_begin = m_at;
        m_at = m_end = m_at + word.size();
        afterValue();
        return m_token = Token::Word;
    }
    return broken();
}

std::string_view JsonCursor::value()
{
    if (!isValue())
        return {};
    const std::size_t from = m_begin;
    if (m_token == Token::MapBegin || m_token == Token::ListBegin) {
        const std::size_t depth = m_open.size();
        while (m_open.size() >= depth) {
            if (next() == Token::Broken)
                return {};
        }
    }
    return m_text.substr(from, m_end - from);
}

} // namespace fairlead::recording
