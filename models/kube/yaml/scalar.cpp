// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/yaml/scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace fairlead::yaml {
namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

template<std::size_t N>
bool isOneOf(std::string_view text, const std::array<std::string_view, N> &words)
{
    return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<std::string_view, 11> trueWords = {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"};
constexpr std::array<std::string_view, 11> falseWords = {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"};
constexpr std::array<std::string_view, 5> nullWords = {"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> nanWords = {".nan", ".NaN", ".NAN"};
constexpr std::array<std::string_view, 6> infinityWords = {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"};
constexpr std::array<std::string_view, 3> minusInfinityWords = {"-.inf", "-.Inf", "-.INF"};

Value stringValue(std::string_view text)
{
    return {.type = Type::String, .string = std::string(text)};
}

Value floatValue(double number)
{
    return {.type = Type::Float, .number = number};
}

// Go's ParseInt and ParseUint with base 0: 0x, 0b, 0o, a leading 0 is octal.
std::optional<Value> parseInteger(std::string_view text)
{
    bool negative = false;
    bool sign = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        sign = true;
        text.remove_prefix(1);
    }
    int base = 10;
    if (text.size() > 1 && text[0] == '0') {
        const char kind = static_cast<char>(text[1] | 0x20);
        if (kind == 'x' || kind == 'b' || kind == 'o') {
            base = kind == 'x' ? 16 : kind == 'b' ? 2 : 8;
            text.remove_prefix(2);
        } else {
            base = 8;
            text.remove_prefix(1);
        }
    }
    if (text.empty() || text[0] == '-')
        return std::nullopt;
    std::uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), magnitude, base);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    constexpr std::uint64_t top = std::uint64_t{1} << 63;
    if (negative) {
        if (magnitude > top)
            return std::nullopt;
        return Value{.type = Type::Integer, .integer = static_cast<std::int64_t>(0 - magnitude)};
    }
    if (magnitude < top)
        return Value{.type = Type::Integer, .integer = static_cast<std::int64_t>(magnitude)};
    if (sign)
        return std::nullopt; // the unsigned reader takes no sign
    return Value{.type = Type::Unsigned, .unsignedInteger = magnitude};
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool looksLikeFloat(std::string_view text)
{
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t from = i;
        while (i < text.size() && isDigit(text[i]))
            ++i;
        return i > from;
    };
    if (i < text.size() && (text[i] == '-' || text[i] == '+'))
        ++i;
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (!digits())
            return false;
    } else {
        if (!digits())
            return false;
        if (i < text.size() && text[i] == '.') {
            ++i;
            digits();
        }
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+'))
            ++i;
        if (!digits())
            return false;
    }
    return i == text.size();
}

// from_chars says "out of range" for too large and for too small alike; Go reads the latter as 0.
bool isTooSmall(std::string_view text)
{
    long exponent = 0;
    const std::size_t mark = text.find_first_of("eE");
    if (mark != std::string_view::npos) {
        std::string_view digits = text.substr(mark + 1);
        if (!digits.empty() && digits[0] == '+')
            digits.remove_prefix(1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (error == std::errc::result_out_of_range)
            return digits[0] == '-';
        text = text.substr(0, mark);
    }
    const std::size_t point = std::min(text.find('.'), text.size());
    const std::size_t first = text.find_first_of("123456789");
    if (first == std::string_view::npos)
        return true;
    const long place = first < point ? static_cast<long>(point - first) : -static_cast<long>(first - point - 1);
    return exponent + place < 0;
}

std::optional<double> parseFloat(std::string_view text)
{
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) {
        if (!isTooSmall(text))
            return std::nullopt;
        number = 0;
    } else if (error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return negative ? -number : number;
}

bool isMapWordStart(char c)
{
    return std::string_view("yYnNtTfFoO~.+-").find(c) != std::string_view::npos;
}

// YYYY-M-D, alone or before T or blanks and the digit of a time. A little too generous: that costs no more than a pair of
// quotes on writing, and on reading dates are strings anyway.
bool looksLikeDate(std::string_view text)
{
    std::size_t i = 0;
    const auto digits = [&](std::size_t least, std::size_t most) {
        const std::size_t from = i;
        while (i < text.size() && isDigit(text[i]) && i - from < most)
            ++i;
        return i - from >= least;
    };
    const auto dash = [&] { return i < text.size() && text[i++] == '-'; };
    if (!digits(4, 4) || !dash() || !digits(1, 2) || !dash() || !digits(1, 2))
        return false;
    if (i == text.size())
        return true;
    if (text[i] == 'T' || text[i] == 't')
        ++i;
    else if (text[i] != ' ' && text[i] != '\t')
        return false;
    while (i < text.size() && (text[i] == ' ' || text[i] == '\t'))
        ++i;
    return i < text.size() && isDigit(text[i]);
}

// Numbers that other readers of YAML 1.1 know and Kubernetes' does not: with underscores anywhere behind the first digit, and
// hexadecimal or binary ones of more than 64 bits.
bool looksLikeLooseNumber(std::string_view text)
{
    std::string digits(text);
    std::erase(digits, '_');
    if (digits.empty() || text[0] == '_')
        return false;
    if (looksLikeFloat(digits) || parseInteger(digits))
        return true;
    if (digits[0] == '-' || digits[0] == '+')
        digits.erase(0, 1);
    const std::string_view allowed = digits.starts_with("0x") ? "0123456789abcdefABCDEF" : digits.starts_with("0b") ? "01" : "";
    return digits.size() > 2 && !allowed.empty() && digits.find_first_not_of(allowed, 2) == std::string::npos;
}

// [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
bool looksLikeBase60(std::string_view text)
{
    std::size_t i = 0;
    if (i < text.size() && (text[i] == '-' || text[i] == '+'))
        ++i;
    if (i >= text.size() || !isDigit(text[i]))
        return false;
    while (i < text.size() && (isDigit(text[i]) || text[i] == '_'))
        ++i;
    int parts = 0;
    while (i < text.size() && text[i] == ':') {
        ++i;
        const std::size_t from = i;
        while (i < text.size() && isDigit(text[i]) && i - from < 2)
            ++i;
        if (i == from || (i - from == 2 && text[from] > '5'))
            return false;
        ++parts;
    }
    if (i < text.size() && text[i] == '.') {
        ++i;
        while (i < text.size() && (isDigit(text[i]) || text[i] == '_'))
            ++i;
    }
    return parts > 0 && i == text.size();
}

// As Go's strconv writes the shortest 'g': with an exponent below 1e-4 and from 1e6 on (1234567.5 is 1.2345675e+06).
template<typename Number>
std::string goShortest(Number number)
{
    if (std::isnan(number))
        return ".nan";
    if (std::isinf(number))
        return number < 0 ? "-.inf" : ".inf";
    if (number == 0)
        return std::signbit(number) ? "-0" : "0";
    std::array<char, 64> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    std::string_view text(buffer.data(), static_cast<std::size_t>(result.ptr - buffer.data()));
    std::string out;
    if (text[0] == '-') {
        out += '-';
        text.remove_prefix(1);
    }
    const std::size_t mark = text.find('e');
    std::string digits;
    for (const char c : text.substr(0, mark)) {
        if (c != '.')
            digits += c;
    }
    int exponent = 0;
    std::string_view exponentText = text.substr(mark + 1);
    if (exponentText[0] == '+')
        exponentText.remove_prefix(1);
    std::from_chars(exponentText.data(), exponentText.data() + exponentText.size(), exponent);
    if (exponent < -4 || exponent >= 6) {
        out += digits[0];
        if (digits.size() > 1)
            out += "." + digits.substr(1);
        out += exponent < 0 ? "e-" : "e+";
        const int magnitude = exponent < 0 ? -exponent : exponent;
        if (magnitude < 10)
            out += '0';
        return out + std::to_string(magnitude);
    }
    if (exponent < 0)
        return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole)
        return out + digits + std::string(whole - digits.size(), '0');
    return out + digits.substr(0, whole) + "." + digits.substr(whole);
}

} // namespace

Value resolvePlain(std::string_view text)
{
    if (isOneOf(text, nullWords))
        return {};
    const char first = text[0];
    if (isMapWordStart(first)) {
        if (isOneOf(text, trueWords))
            return {.type = Type::Boolean, .boolean = true};
        if (isOneOf(text, falseWords))
            return {.type = Type::Boolean, .boolean = false};
        if (isOneOf(text, nanWords))
            return floatValue(std::numeric_limits<double>::quiet_NaN());
        if (isOneOf(text, infinityWords))
            return floatValue(std::numeric_limits<double>::infinity());
        if (isOneOf(text, minusInfinityWords))
            return floatValue(-std::numeric_limits<double>::infinity());
    }
    if (first == '.') {
        if (looksLikeFloat(text)) {
            if (const std::optional<double> number = parseFloat(text))
                return floatValue(*number);
        }
        return stringValue(text);
    }
    if (!isDigit(first) && first != '+' && first != '-')
        return stringValue(text);
    std::string digits(text);
    std::erase(digits, '_');
    if (const std::optional<Value> integer = parseInteger(digits))
        return *integer;
    if (looksLikeFloat(digits)) {
        if (const std::optional<double> number = parseFloat(digits))
            return floatValue(*number);
    }
    return stringValue(text);
}

Result<Value> resolveTagged(std::string_view tag, std::string_view text)
{
    constexpr std::string_view prefix = "tag:yaml.org,2002:";
    if (tag == "?" || tag.empty())
        return resolvePlain(text);
    if (!tag.starts_with(prefix))
        return stringValue(text);
    const std::string_view name = tag.substr(prefix.size());
    if (name == "binary") {
        Result<std::string> bytes = decodeBase64(text);
        if (!bytes)
            return failure(std::move(bytes.error()));
        return Value{.type = Type::String, .string = std::move(*bytes)};
    }
    if (name != "bool" && name != "int" && name != "float" && name != "null" && name != "timestamp")
        return stringValue(text);
    Value value = resolvePlain(text);
    const bool whole = value.type == Type::Integer || value.type == Type::Unsigned;
    if (name == "float" && value.type == Type::Integer)
        return floatValue(static_cast<double>(value.integer));
    const bool fits = (name == "bool" && value.type == Type::Boolean) || (name == "int" && whole) || (name == "float" && value.type == Type::Float) ||
                      (name == "null" && value.type == Type::Null) || (name == "timestamp" && value.type == Type::String && looksLikeDate(text));
    if (!fits)
        return failure({.code = Code::BadInput,
            .message = "the value is not of the type that its tag !!" + std::string(name) + " names",
            .remedy = "Remove the tag, or write a value of that type."});
    return value;
}

bool plainIsNotString(std::string_view text)
{
    return text == "<<" || text == "=" || resolvePlain(text).type != Type::String || looksLikeDate(text) || looksLikeBase60(text) ||
           looksLikeLooseNumber(text);
}

std::string keyText(const Value &value)
{
    switch (value.type) {
    case Type::Null:
        break;
    case Type::Boolean:
        return value.boolean ? "true" : "false";
    case Type::Integer:
        return std::to_string(value.integer);
    case Type::Unsigned:
        return std::to_string(value.unsignedInteger);
    case Type::Float:
        return shortest(static_cast<float>(value.number));
    case Type::String:
        return value.string;
    }
    return {};
}

std::string shortest(double number)
{
    return goShortest(number);
}

std::string shortest(float number)
{
    return goShortest(number);
}

Result<std::string> decodeBase64(std::string_view text)
{
    const auto wrong = [](std::size_t at) {
        return failure({.code = Code::BadInput,
            .message = "the value is not base64: byte " + std::to_string(at + 1) + " of it is wrong",
            .remedy = "Copy the value again as one line; a file can be encoded with `base64 -w0 FILE`."});
    };
    std::string out;
    out.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    int count = 0;   // characters of the running group of four
    int padding = 0; // '=' seen
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' || c == '\r')
            continue;
        std::uint32_t six = 0;
        if (c >= 'A' && c <= 'Z')
            six = static_cast<std::uint32_t>(c - 'A');
        else if (c >= 'a' && c <= 'z')
            six = static_cast<std::uint32_t>(c - 'a' + 26);
        else if (isDigit(c))
            six = static_cast<std::uint32_t>(c - '0' + 52);
        else if (c == '+')
            six = 62;
        else if (c == '/')
            six = 63;
        else if (c == '=' && count >= 2 && count + padding < 4)
            ++padding;
        else
            return wrong(i);
        if (c == '=') {
            if (count + padding == 4) {
                const auto rest = text.find_first_not_of("\r\n", i + 1);
                if (rest != std::string_view::npos)
                    return wrong(rest);
                out += static_cast<char>(bits >> (count == 2 ? 4 : 10));
                if (count == 3)
                    out += static_cast<char>(bits >> 2);
                return out;
            }
            continue;
        }
        if (padding > 0)
            return wrong(i);
        bits = bits << 6 | six;
        if (++count == 4) {
            out += static_cast<char>(bits >> 16);
            out += static_cast<char>(bits >> 8);
            out += static_cast<char>(bits);
            bits = 0;
            count = 0;
        }
    }
    if (count + padding != 0)
        return failure({.code = Code::BadInput,
            .message = "the base64 value is cut: its length is not a multiple of four",
            .remedy = "Copy the value again as one line; a file can be encoded with `base64 -w0 FILE`."});
    return out;
}

} // namespace fairlead::yaml
