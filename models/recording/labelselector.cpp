// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/labelselector.h"

#include "recording/jsontext.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace fairlead::recording {
namespace {

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

bool isName(std::string_view text)
{
    constexpr std::string_view others = "-_./";
    return std::all_of(text.begin(), text.end(), [others](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
    });
}

std::optional<long long> integerOf(std::string_view text)
{
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

tl::unexpected<Error> wrong(std::string_view text)
{
    return failure({.code = Code::Invalid, .message = "unable to parse requirement: \"" + std::string(text) + "\""});
}

// At commas that stand in no brackets.
std::vector<std::string_view> parts(std::string_view text)
{
    std::vector<std::string_view> out;
    std::size_t begin = 0;
    int open = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        if (at == text.size() || (text[at] == ',' && open == 0)) {
            out.push_back(text.substr(begin, at - begin));
            begin = at + 1;
        } else {
            open += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
        }
    }
    return out;
}

} // namespace

Result<LabelSelector> LabelSelector::parse(std::string_view text)
{
    LabelSelector selector;
    if (trimmed(text).empty())
        return selector;
    for (const std::string_view part : parts(text)) {
        auto term = parseTerm(trimmed(part));
        if (!term)
            return failure(std::move(term.error()));
        selector.m_terms.push_back(std::move(*term));
    }
    return selector;
}

Result<LabelSelector::Term> LabelSelector::parseTerm(std::string_view text)
{
    Term term;
    if (text.starts_with('!')) {
        term.op = Operator::Absent;
        term.key = trimmed(text.substr(1));
        return term.key.empty() || !isName(term.key) ? Result<Term>(wrong(text)) : Result<Term>(std::move(term));
    }
    const std::size_t sign = text.find_first_of("=!<> (");
    term.key = text.substr(0, sign);
    if (term.key.empty() || !isName(term.key))
        return wrong(text);
    const std::string_view rest = sign == std::string_view::npos ? std::string_view() : trimmed(text.substr(sign));
    if (rest.empty())
        return term;
    const auto one = [&](Operator op, std::size_t length) -> Result<Term> {
        const std::string_view value = trimmed(rest.substr(length));
        const bool isNumeric = op == Operator::Greater || op == Operator::Less;
        if (!isName(value) || (isNumeric && !integerOf(value)))
            return wrong(text);
        term.op = op;
        term.values.emplace_back(value);
        return term;
    };
    if (rest.starts_with("=="))
        return one(Operator::In, 2);
    if (rest.starts_with("="))
        return one(Operator::In, 1);
    if (rest.starts_with("!="))
        return one(Operator::NotIn, 2);
    if (rest.starts_with(">"))
        return one(Operator::Greater, 1);
    if (rest.starts_with("<"))
        return one(Operator::Less, 1);
    const bool isNot = rest.starts_with("notin");
    const std::string_view list = trimmed(rest.substr(isNot ? 5 : std::min<std::size_t>(rest.size(), 2)));
    if ((!isNot && !rest.starts_with("in")) || !list.starts_with('(') || !list.ends_with(')'))
        return wrong(text);
    term.op = isNot ? Operator::NotIn : Operator::In;
    for (const std::string_view value : parts(list.substr(1, list.size() - 2))) {
        if (!isName(trimmed(value)))
            return wrong(text);
        term.values.emplace_back(trimmed(value));
    }
    return term;
}

bool LabelSelector::matches(std::string_view labels) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [labels](const Term &term) {
        const bool has = !labels.empty() && !valueAt(labels, {term.key}).empty();
        const std::string value = has ? textAt(labels, {term.key}) : std::string();
        const bool isOne = has && std::find(term.values.begin(), term.values.end(), value) != term.values.end();
        switch (term.op) {
        case Operator::In:
            return isOne;
        case Operator::NotIn:
            return !isOne;
        case Operator::Exists:
            return has;
        case Operator::Absent:
            return !has;
        case Operator::Greater:
        case Operator::Less:
            break;
        }
        const auto number = integerOf(value);
        const auto bound = integerOf(term.values.front());
        return number && bound && (term.op == Operator::Greater ? *number > *bound : *number < *bound);
    });
}

} // namespace fairlead::recording
