// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/summary.h"

#include "kinds/jsonpath.h"
#include "kube/yaml/scalar.h"

#include <algorithm>

namespace fairlead::kinds {

namespace {

using kube::Json;

constexpr std::string_view lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
constexpr std::size_t mostValues = 12;       // in one line
constexpr std::size_t mostGenericLines = 14; // of a kind without a table, of spec and of status

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isThere(const Json &value)
{
    return value.type() != Json::Type::Null;
}

void append(std::string &line, std::string_view text, std::string_view between = ", ")
{
    if (text.empty())
        return;
    if (!line.empty())
        line += between;
    line += text;
}

std::string plainValue(const Json &value)
{
    if (value.type() == Json::Type::Boolean)
        return value.boolean() ? "true" : "false";
    return std::string(value.text());
}

std::string yesOrNo(const Json &value)
{
    return value.type() == Json::Type::Boolean ? (value.boolean() ? "yes" : "no") : std::string();
}

// One of a selector's expressions as kubectl writes it.
std::string expression(const Json &each)
{
    const std::string key(each["key"].text());
    const std::string_view how = each["operator"].text();
    if (how == "Exists")
        return key;
    if (how == "DoesNotExist")
        return "!" + key;
    std::string values;
    for (const Json &value : each["values"].list())
        append(values, value.text(), ",");
    return key + (how == "In" ? " in (" : " not in (") + values + ")";
}

std::string pairs(const Json &map)
{
    const bool selector = isThere(map["matchLabels"]) || isThere(map["matchExpressions"]);
    std::string line;
    for (const auto &[key, value] : (selector ? map["matchLabels"] : map).map())
        append(line, key + "=" + plainValue(value));
    for (const Json &each : selector ? map["matchExpressions"].list() : std::vector<Json>())
        append(line, expression(each));
    return line;
}

std::string seconds(const Json &value)
{
    return value.type() == Json::Type::Number ? formatAge(std::chrono::seconds(value.integer())) : std::string();
}

// Many are counted: a role of two hundred rules is no line.
std::string joined(const std::vector<std::string> &texts)
{
    std::string line;
    for (std::size_t i = 0; i < std::min(texts.size(), mostValues); ++i)
        append(line, texts[i]);
    if (texts.size() > mostValues)
        line += " and " + std::to_string(texts.size() - mostValues) + " more";
    return line;
}

Reference named(const KindKey &target, std::string_view space, std::string_view name)
{
    return {std::string(target.group), std::string(target.resource), std::string(kindOf(target.group, target.resource).id.kind), std::string(space),
        std::string(name), {}};
}

Reference kinded(const Json &value, std::string_view space)
{
    const std::string_view apiVersion = value["apiVersion"].text();
    const std::size_t slash = apiVersion.find('/');
    std::string group(value["apiGroup"].text());
    if (group.empty() && slash != std::string_view::npos)
        group = apiVersion.substr(0, slash);
    const std::string_view own = value["namespace"].text();
    Reference found{group, {}, std::string(value["kind"].text()), std::string(own.empty() ? space : own), std::string(value["name"].text()), {}};
    if (const Kind *kind = kindNamed(found.group, found.kind))
        found.resource = kind->id.resource;
    return found;
}

class Lines {
public:
    Lines(const Json &object, std::vector<SummaryLine> &into)
        : m_object(object)
        , m_space(object["metadata"]["namespace"].text())
        , m_into(into)
    {
    }

    void add(const SummaryField &field)
    {
        const auto values = valuesAt(m_object, field.path);
        switch (field.format) {
        case Format::Name:
        case Format::Kinded:
            references(field, values);
            return;
        case Format::Time:
            for (const Json *value : values) {
                if (const auto moment = parseTime(value->text()))
                    m_into.push_back({.label = std::string(field.label), .text = {}, .moment = moment, .target = {}});
            }
            return;
        case Format::Of:
            of(field, values);
            return;
        default:
            break;
        }
        std::vector<std::string> texts;
        for (const Json *value : values) {
            std::string text = textOf(field.format, *value);
            // "get, list" once, however many rules have it.
            if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end())
                texts.push_back(std::move(text));
        }
        std::string line = joined(texts);
        if (!line.empty() && field.format == Format::Text && !field.of.empty())
            behind(line, field.of);
        push(field.label, std::move(line));
    }

    /// Of a kind that has no table: what stands right below, where it is one value.
    void addPlain(std::string_view below)
    {
        std::size_t left = mostGenericLines;
        for (const auto &[key, value] : m_object[below].map()) {
            if (left == 0)
                return;
            std::string text = plainValue(value);
            if (value.type() == Json::Type::List) {
                std::vector<std::string> texts;
                for (const Json &each : value.list())
                    texts.push_back(plainValue(each));
                std::erase(texts, std::string());
                text = joined(texts);
            }
            if (text.empty() || key == "conditions" || key == "observedGeneration")
                continue;
            --left;
            const auto moment = value.type() == Json::Type::String ? parseTime(text) : std::nullopt;
            m_into.push_back({.label = labelOf(key), .text = moment ? std::string() : std::move(text), .moment = moment, .target = {}});
        }
    }

private:
    static std::string textOf(Format format, const Json &value)
    {
        switch (format) {
        case Format::Seconds:
            return seconds(value);
        case Format::Flag:
            return yesOrNo(value);
        case Format::Count:
            return isThere(value) ? std::to_string(value.type() == Json::Type::Map ? value.map().size() : value.list().size()) : std::string();
        case Format::Pairs:
            return pairs(value);
        case Format::Ports:
            return portText(value, "port");
        default:
            return plainValue(value);
        }
    }

    void push(std::string_view label, std::string text)
    {
        if (!text.empty())
            m_into.push_back({.label = std::string(label), .text = std::move(text), .moment = {}, .target = {}});
    }

    void behind(std::string &line, std::string_view path) const
    {
        for (const Json *value : valuesAt(m_object, path)) {
            if (!value->text().empty() && value->text() != line)
                line += " of " + std::string(value->text());
        }
    }

    void of(const SummaryField &field, const std::vector<const Json *> &values)
    {
        const auto whole = valuesAt(m_object, field.of);
        if (whole.empty() || whole.front()->type() != Json::Type::Number)
            return;
        const std::string part = values.empty() || values.front()->text().empty() ? "0" : std::string(values.front()->text());
        push(field.label, part + " of " + std::string(whole.front()->text()));
    }

    void references(const SummaryField &field, const std::vector<const Json *> &values)
    {
        std::vector<Reference> targets;
        const auto spaces = field.of.empty() ? std::vector<const Json *>() : valuesAt(m_object, field.of);
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::string_view space = i < spaces.size() ? spaces[i]->text() : std::string_view(m_space);
            Reference target = field.format == Format::Name ? named(field.target, space, values[i]->text()) : kinded(*values[i], space);
            if (!target.name.empty() && std::find(targets.begin(), targets.end(), target) == targets.end())
                targets.push_back(std::move(target));
        }
        for (std::size_t i = 0; i < std::min(targets.size(), mostValues); ++i) {
            std::string text = field.format == Format::Kinded ? targets[i].kind + " " + targets[i].name : targets[i].name;
            // The label once; the others stand below the first.
            m_into.push_back(
                {.label = i == 0 ? std::string(field.label) : std::string(), .text = std::move(text), .moment = {}, .target = targets[i]});
        }
        if (targets.size() > mostValues)
            m_into.push_back({.label = {}, .text = "and " + std::to_string(targets.size() - mostValues) + " more", .moment = {}, .target = {}});
    }

    const Json &m_object;
    std::string m_space;
    std::vector<SummaryLine> &m_into;
};

bool isText(std::string_view bytes)
{
    return std::none_of(
        bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r'; });
}

void dataOf(const Json &object, std::span<const std::string_view> secrets, std::vector<DataLine> &into)
{
    const bool secret = std::find(secrets.begin(), secrets.end(), "/data") != secrets.end();
    const auto add = [&into, secret](const std::string &key, const Json &value, bool encoded) {
        DataLine line{.key = key, .value = std::string(value.text()), .bytes = 0, .binary = false, .secret = secret};
        if (encoded) {
            auto decoded = yaml::decodeBase64(line.value);
            line.value = decoded ? std::move(*decoded) : std::string();
        }
        line.bytes = line.value.size();
        line.binary = !isText(line.value);
        if (line.binary)
            line.value.clear();
        into.push_back(std::move(line));
    };
    for (const auto &[key, value] : object["data"].map())
        add(key, value, secret);
    for (const auto &[key, value] : object["binaryData"].map())
        add(key, value, true);
}

} // namespace

std::string labelOf(std::string_view member)
{
    std::string label;
    for (std::size_t i = 0; i < member.size(); ++i) {
        const char c = member[i];
        const bool first = isUpper(c) && i > 0 && !isUpper(member[i - 1]);
        // "IPFamilies": the last of several begins a word; "podCIDRs" and "clusterIPs" end in a plural.
        const bool last = isUpper(c) && i > 0 && isUpper(member[i - 1]) && i + 1 < member.size() && !isUpper(member[i + 1]) &&
                          !(member[i + 1] == 's' && i + 2 == member.size());
        const bool acronym =
            i + 1 < member.size() ? isUpper(member[i + 1]) || (member[i + 1] == 's' && i + 2 == member.size()) : i > 0 && isUpper(member[i - 1]);
        if (first || last)
            label += ' ';
        if (i == 0)
            label += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        else if (isUpper(c) && !(acronym || (i > 0 && isUpper(member[i - 1]) && !last)))
            label += static_cast<char>(c - 'A' + 'a');
        else
            label += c;
    }
    return label;
}

Summary summarize(const Kind &kind, const Json &object)
{
    Summary summary;
    const Json &metadata = object["metadata"];
    summary.apiVersion = object["apiVersion"].text();
    summary.kind = object["kind"].text();
    summary.name = metadata["name"].text();
    summary.space = metadata["namespace"].text();
    summary.uid = metadata["uid"].text();
    summary.created = parseTime(metadata["creationTimestamp"].text());
    summary.deleted = parseTime(metadata["deletionTimestamp"].text());

    const SummaryKind *known = summaryKind(kind);
    Lines lines(object, summary.lines);
    if (known != nullptr) {
        for (const SummaryField &field : known->fields)
            lines.add(field);
    } else {
        lines.addPlain("spec");
        lines.addPlain("status");
    }
    if (kind.podSpec == "/spec")
        summary.containers = containersOf(object);
    const auto secrets = secretPaths(kind);
    if (known != nullptr && (!secrets.empty() || isThere(object["binaryData"]) || isThere(object["data"])))
        dataOf(object, secrets, summary.data);

    for (const Json &each : object["status"]["conditions"].list()) {
        ConditionLine line{.type = std::string(each["type"].text()),
            .status = std::string(each["status"].text()),
            .reason = std::string(each["reason"].text()),
            .message = std::string(each["message"].text()),
            .since = parseTime(each["lastTransitionTime"].text()),
            .health = {}};
        line.health = healthOfCondition(each);
        summary.conditions.push_back(std::move(line));
    }
    const Json &selector = object["spec"]["selector"];
    if (!kind.podSpec.empty() && selector["matchExpressions"].list().empty()) {
        for (const auto &[key, value] : (isThere(selector["matchLabels"]) ? selector["matchLabels"] : selector).map())
            summary.selector.emplace_back(key, value.text());
    }
    for (const auto &[key, value] : metadata["labels"].map())
        summary.labels.emplace_back(key, value.text());
    for (const auto &[key, value] : metadata["annotations"].map()) {
        if (key != lastApplied)
            summary.annotations.emplace_back(key, value.text());
    }
    for (const Json &each : metadata["ownerReferences"].list()) {
        Reference owner = kinded(each, summary.space);
        if (each["controller"].boolean())
            summary.owners.insert(summary.owners.begin(), std::move(owner));
        else
            summary.owners.push_back(std::move(owner));
    }
    for (Reference &each : references(kind, object)) {
        const bool said = std::any_of(summary.lines.begin(), summary.lines.end(), [&each](const SummaryLine &line) {
            return line.target && line.target->resource == each.resource && line.target->group == each.group && line.target->name == each.name &&
                   line.target->kind == each.kind;
        });
        if (!said)
            summary.uses.push_back(std::move(each));
    }
    summary.problems = problemsOf(object);
    return summary;
}

} // namespace fairlead::kinds
