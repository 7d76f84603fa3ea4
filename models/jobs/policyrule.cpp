// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/policyrule.h"

#include <charconv>

namespace fairlead::jobs {

using kube::Json;

namespace {

std::optional<std::int64_t> indexIn(std::string_view message)
{
    for (const std::string_view mark : {std::string_view("rule at index "), std::string_view("rules at index ")}) {
        const std::size_t at = message.rfind(mark);
        if (at == std::string_view::npos)
            continue;
        const std::string_view rest = message.substr(at + mark.size());
        std::int64_t index = 0;
        if (std::from_chars(rest.data(), rest.data() + rest.size(), index).ec == std::errc() && index >= 0)
            return index;
    }
    return std::nullopt;
}

std::string joined(const Json &list)
{
    std::string out;
    for (const Json &each : list.list())
        out += (out.empty() ? "" : ", ") + std::string(each.text());
    return out;
}

std::string failureWords(const Json &rule)
{
    std::string out(rule["action"].text());
    if (const Json &exits = rule["onExitCodes"]; exits.type() == Json::Type::Map) {
        out += exits["operator"].text() == "NotIn" ? " on exit codes other than " : " on exit code ";
        out += joined(exits["values"]);
        if (const std::string_view container = exits["containerName"].text(); !container.empty())
            out += " of container " + std::string(container);
    }
    std::string conditions;
    for (const Json &each : rule["onPodConditions"].list())
        conditions += (conditions.empty() ? " on the pod's condition " : ", ") + std::string(each["type"].text()) + "=" +
                      std::string(each["status"].text().empty() ? "True" : each["status"].text());
    return out + conditions;
}

std::string successWords(const Json &rule)
{
    std::string out;
    if (const std::string_view count = rule["succeededCount"].text(); !count.empty())
        out = std::string(count) + " succeeded";
    if (const std::string_view indexes = rule["succeededIndexes"].text(); !indexes.empty())
        out += (out.empty() ? "all of the indexes " : " of the indexes ") + std::string(indexes);
    return out;
}

} // namespace

std::optional<PolicyRule> ruleThatFired(const Json &conditions, const Json &podFailurePolicy, const Json &successPolicy)
{
    for (const Json &each : conditions.list()) {
        if (each["status"].text() != "True")
            continue;
        const std::string_view reason = each["reason"].text();
        const bool failure = reason == "PodFailurePolicy";
        if (!failure && reason != "SuccessPolicy")
            continue;
        const auto index = indexIn(each["message"].text());
        if (!index)
            continue;
        PolicyRule fired{
            .policy = failure ? "podFailurePolicy" : "successPolicy", .index = *index, .words = {}, .message = std::string(each["message"].text())};
        const std::vector<Json> &rules = (failure ? podFailurePolicy : successPolicy)["rules"].list();
        if (static_cast<std::size_t>(*index) < rules.size())
            fired.words = failure ? failureWords(rules[static_cast<std::size_t>(*index)]) : successWords(rules[static_cast<std::size_t>(*index)]);
        return fired;
    }
    return std::nullopt;
}

} // namespace fairlead::jobs
