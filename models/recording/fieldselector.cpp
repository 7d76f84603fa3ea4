// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/fieldselector.h"

#include "recording/jsontext.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairlead::recording {
namespace {

// What the server calls otherwise than the object does: k8s.io/kubernetes/pkg/apis/*/v1/conversion.go, pkg/registry/*/strategy.go.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> otherNames = {{
    {"status.successful", "status.succeeded"},
    {"source", "source.component"},
    {"status.podIPs", "status.podIP"},
}};
// What an object leaves out where it is false.
constexpr std::array<std::string_view, 2> flags = {"spec.unschedulable", "spec.hostNetwork"};

// "\\,", "\\=" and "\\\\" stand for themselves.
std::string unescapedValue(std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\' && at + 1 < text.size())
            ++at;
        out += text[at];
    }
    return out;
}

std::vector<std::string> split(std::string_view path)
{
    std::vector<std::string> out;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('.', begin), path.size());
        out.emplace_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return out;
}

} // namespace

Result<FieldSelector> FieldSelector::parse(std::string_view text)
{
    FieldSelector selector;
    std::size_t begin = 0;
    while (begin < text.size()) {
        std::size_t end = begin;
        while (end < text.size() && text[end] != ',')
            end += text[end] == '\\' ? 2 : 1;
        end = std::min(end, text.size());
        const std::string_view part = text.substr(begin, end - begin);
        begin = end + 1;
        if (part.empty())
            continue;
        const std::size_t sign = part.find('=');
        const bool isNot = sign != std::string_view::npos && sign > 0 && part[sign - 1] == '!';
        if (sign == std::string_view::npos || sign == (isNot ? 1u : 0u))
            return failure({.code = Code::Invalid, .message = "invalid selector: '" + std::string(part) + "'; can't understand it"});
        std::string_view name = part.substr(0, sign - (isNot ? 1 : 0));
        const std::string_view value = part.substr(sign + (!isNot && part.substr(sign, 2) == "==" ? 2 : 1));
        for (const auto &[other, own] : otherNames)
            name = name == other ? own : name;
        selector.m_terms.push_back({split(name), unescapedValue(value), !isNot});
    }
    return selector;
}

bool FieldSelector::matches(std::string_view object) const
{
    return std::all_of(m_terms.begin(), m_terms.end(), [object](const Term &term) {
        const std::vector<std::string_view> path(term.path.begin(), term.path.end());
        std::string value = textAt(object, path);
        if (value.empty()) {
            const std::string name = term.path.front() + "." + term.path.back();
            if (std::find(flags.begin(), flags.end(), name) != flags.end())
                value = "false";
        }
        return (value == term.value) == term.isEqual;
    });
}

} // namespace fairlead::recording
