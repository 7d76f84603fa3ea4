// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/json.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <simdjson.h>

namespace fairlead::kube {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::size_t digits(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    return at;
}

// The library checks a number only when it converts it, and then refuses what does not fit 64 bits.
bool isNumber(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const std::size_t whole = at;
    at = digits(text, at);
    if (at == whole || (text[whole] == '0' && at > whole + 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        const std::size_t fraction = ++at;
        at = digits(text, at);
        if (at == fraction)
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const std::size_t exponent = at;
        at = digits(text, at);
        if (at == exponent)
            return false;
    }
    return at == text.size();
}

// Whether the text stops inside a string, list or map: then it was cut, and is not merely wrong.
bool endsTooEarly(std::string_view text)
{
    std::size_t open = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            ++open;
        } else if ((c == '}' || c == ']') && open > 0) {
            --open;
        }
    }
    return inString || open > 0;
}

std::string_view reason(simdjson::error_code error)
{
    switch (error) {
    case simdjson::UTF8_ERROR:
        return "bytes that are not UTF-8";
    case simdjson::STRING_ERROR:
        return "a wrong escape in a string, or half of a surrogate pair";
    case simdjson::UNESCAPED_CHARS:
        return "a control character in a string";
    case simdjson::NUMBER_ERROR:
        return "a wrong number";
    case simdjson::EMPTY:
        return "it is empty";
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY:
        return "it is too large";
    default:
        return "a comma, colon, quote or bracket is wrong";
    }
}

} // namespace

/// Walks the library's cursor once, in the text's order, and remembers where it was.
class JsonBuilder {
public:
    explicit JsonBuilder(std::string_view text)
        : m_text(text)
    {
    }

    Result<Json> build()
    {
        if (trimmed(m_text).empty())
            return failed(simdjson::EMPTY);
        // As the one element of a list: a scalar at the root then needs no rules of its own.
        std::string padded;
        const std::size_t size = m_text.size() + 2;
        padded.reserve(size + simdjson::SIMDJSON_PADDING);
        padded.append("[").append(m_text).append("]").append(simdjson::SIMDJSON_PADDING, '\0');
        m_begin = padded.data() + 1;
        ondemand::parser parser;
        ondemand::document document;
        if (const auto error = parser.iterate(padded.data(), size, padded.size()).get(document))
            return failed(error);
        ondemand::array outer;
        if (const auto error = document.get_array().get(outer))
            return failed(error);
        Json out;
        int count = 0;
        for (auto element : outer) {
            ondemand::value value;
            auto error = element.get(value);
            if (!error)
                error = ++count > 1 ? simdjson::TAPE_ERROR : fill(out, value, 1);
            if (error)
                return failed(error);
        }
        // This version has no at_end(): out of bounds is how it says that nothing follows.
        if (count != 1 || document.current_location().error() != simdjson::OUT_OF_BOUNDS)
            return failed(simdjson::TAPE_ERROR);
        return out;
    }

private:
    // Recursive, and bounded by depthLimit.
    simdjson::error_code fill(Json &out, ondemand::value value, int depth)
    {
        const std::string_view token = value.raw_json_token();
        m_at = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(token.data() - m_begin, 0, static_cast<std::ptrdiff_t>(m_text.size())));
        switch (token.empty() ? '\0' : token.front()) {
        case '{':
            return depth > Json::depthLimit ? simdjson::DEPTH_ERROR : fillMap(out, value, depth);
        case '[':
            return depth > Json::depthLimit ? simdjson::DEPTH_ERROR : fillList(out, value, depth);
        case '"': {
            std::string_view text;
            if (const auto error = value.get_string().get(text))
                return error;
            out.m_type = Json::Type::String;
            out.m_text = text;
            return simdjson::SUCCESS;
        }
        default:
            return fillAtom(out, trimmed(token));
        }
    }

    static simdjson::error_code fillAtom(Json &out, std::string_view token)
    {
        if (token == "null") {
            out.m_type = Json::Type::Null;
            return simdjson::SUCCESS;
        }
        if (token == "true" || token == "false")
            out.m_type = Json::Type::Boolean;
        else if (isNumber(token))
            out.m_type = Json::Type::Number;
        else
            return !token.empty() && (token.front() == '-' || (token.front() >= '0' && token.front() <= '9')) ? simdjson::NUMBER_ERROR
                                                                                                              : simdjson::TAPE_ERROR;
        out.m_text = token;
        return simdjson::SUCCESS;
    }

    simdjson::error_code fillList(Json &out, ondemand::value value, int depth)
    {
        out.m_type = Json::Type::List;
        ondemand::array list;
        if (const auto error = value.get_array().get(list))
            return error;
        for (auto element : list) {
            ondemand::value each;
            if (const auto error = element.get(each))
                return error;
            if (const auto error = fill(out.m_list.emplace_back(), each, depth + 1))
                return error;
        }
        return simdjson::SUCCESS;
    }

    simdjson::error_code fillMap(Json &out, ondemand::value value, int depth)
    {
        out.m_type = Json::Type::Map;
        ondemand::object map;
        if (const auto error = value.get_object().get(map))
            return error;
        for (auto member : map) {
            ondemand::field field;
            if (const auto error = std::move(member).get(field))
                return error;
            std::string_view key;
            if (const auto error = field.unescaped_key().get(key))
                return error;
            auto &slot = out.m_map.emplace_back(std::string(key), Json());
            if (const auto error = fill(slot.second, field.value(), depth + 1))
                return error;
        }
        return simdjson::SUCCESS;
    }

    [[nodiscard]] tl::unexpected<Error> failed(simdjson::error_code error) const
    {
        Error out{.code = Code::BadInput};
        out.place.line = 1 + static_cast<int>(std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(m_at), '\n'));
        const auto lineBegin = m_text.substr(0, m_at).rfind('\n');
        out.place.column = static_cast<int>(m_at - (lineBegin == std::string_view::npos ? 0 : lineBegin + 1)) + 1;
        if (error == simdjson::DEPTH_ERROR) {
            out.code = Code::Unsupported;
            out.message = "the JSON is nested deeper than " + std::to_string(Json::depthLimit) + " levels";
        } else if (error != simdjson::EMPTY && error != simdjson::UTF8_ERROR && endsTooEarly(m_text)) {
            out.code = Code::Interrupted;
            out.message = "the JSON ends in the middle, after " + std::to_string(m_text.size()) + " bytes";
        } else {
            out.message = "not JSON: ";
            out.message += reason(error);
            if (error != simdjson::EMPTY)
                out.message += " near line " + std::to_string(out.place.line) + ", column " + std::to_string(out.place.column);
        }
        return failure(std::move(out));
    }

    std::string_view m_text;
    const char *m_begin = nullptr; // of the text in the library's copy
    std::size_t m_at = 0;          // of the last value begun
};

Result<Json> Json::parse(std::string_view text)
{
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    return JsonBuilder(text).build();
}

std::int64_t Json::integer(std::int64_t otherwise) const
{
    if (m_type != Type::Number)
        return otherwise;
    std::int64_t value = 0;
    const auto end = m_text.data() + m_text.size();
    const auto [at, error] = std::from_chars(m_text.data(), end, value);
    return error == std::errc() && at == end ? value : otherwise;
}

const Json &Json::operator[](std::string_view key) const
{
    static const Json none;
    const auto found = std::find_if(m_map.rbegin(), m_map.rend(), [key](const auto &member) { return member.first == key; });
    return found == m_map.rend() ? none : found->second;
}

} // namespace fairlead::kube
