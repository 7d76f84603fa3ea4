// SPDX-License-Identifier: GPL-3.0-or-later
#include "kinds/kinds.h"

#include "kinds/families.h"
#include "kinds/jsonpath.h"

#include <algorithm>
#include <unordered_map>

namespace fairlead::kinds {

namespace {

std::string keyText(std::string_view group, std::string_view name)
{
    return std::string(name) + '.' + std::string(group);
}

using Index = std::unordered_map<std::string, const Kind *>;

const Index &byResource()
{
    static const Index index = [] {
        Index made;
        for (const Kind *kind : allKinds())
            made.emplace(keyText(kind->id.group, kind->id.resource), kind);
        return made;
    }();
    return index;
}

const Index &byKind()
{
    static const Index index = [] {
        Index made;
        for (const Kind *kind : allKinds())
            made.emplace(keyText(kind->id.group, kind->id.kind), kind);
        return made;
    }();
    return index;
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
    return result;
}

// "HTTPRoute" to "HTTP", "Route".
std::vector<std::string_view> words(std::string_view kind)
{
    std::vector<std::string_view> result;
    std::size_t begin = 0;
    for (std::size_t i = 1; i <= kind.size(); ++i) {
        const bool ends = i == kind.size() || (isUpper(kind[i]) && (!isUpper(kind[i - 1]) || (i + 1 < kind.size() && !isUpper(kind[i + 1]))));
        if (ends) {
            result.push_back(kind.substr(begin, i - begin));
            begin = i;
        }
    }
    return result;
}

// Groups of others that belong to a part of the side bar all the same.
constexpr std::pair<std::string_view, Group> homes[] = {
    {"gateway.networking.k8s.io", Group::Network},
    {"snapshot.storage.k8s.io", Group::ConfigAndStorage},
    {"metrics.k8s.io", Group::Cluster},
};

std::string_view groupOfVersion(std::string_view apiVersion)
{
    const std::size_t slash = apiVersion.find('/');
    return slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
}

// An event is asked for by its object's namespace; a subject by its own; the rest by the object's own.
Reference byReference(const kube::Json &value, std::string_view space)
{
    Reference found;
    const std::string_view group = value["apiGroup"].text();
    found.group = group.empty() ? groupOfVersion(value["apiVersion"].text()) : group;
    found.kind = value["kind"].text();
    found.name = value["name"].text();
    const std::string_view own = value["namespace"].text();
    found.space = own.empty() ? space : own;
    if (const Kind *kind = kindNamed(found.group, found.kind))
        found.resource = kind->id.resource;
    return found;
}

void add(std::vector<Reference> &list, Reference reference)
{
    if ((reference.name.empty() && reference.labels.empty()) || std::find(list.begin(), list.end(), reference) != list.end())
        return;
    list.push_back(std::move(reference));
}

void follow(const Link &link, const kube::Json &root, std::string_view space, std::vector<Reference> &into)
{
    for (const kube::Json *value : valuesAt(root, link.path)) {
        if (link.by == Link::By::Reference) {
            add(into, byReference(*value, space));
            continue;
        }
        Reference found{std::string(link.target.group), std::string(link.target.resource), {}, std::string(space), {}, {}};
        found.kind = kindOf(link.target.group, link.target.resource).id.kind;
        if (link.by == Link::By::Name) {
            found.name = value->text();
        } else {
            const bool selector = (*value)["matchLabels"].type() == kube::Json::Type::Map;
            if (!(*value)["matchExpressions"].list().empty())
                continue;
            for (const auto &[key, label] : (selector ? (*value)["matchLabels"] : *value).map())
                found.labels.emplace_back(key, label.text());
        }
        add(into, std::move(found));
    }
}

} // namespace

const std::vector<const Kind *> &allKinds()
{
    static const std::vector<const Kind *> all = [] {
        std::vector<const Kind *> list;
        for (const auto family :
            {podKinds(), workloadKinds(), jobKinds(), networkKinds(), configKinds(), storageKinds(), accessKinds(), clusterKinds()}) {
            for (const Kind &kind : family)
                list.push_back(&kind);
        }
        std::stable_sort(list.begin(), list.end(), [](const Kind *a, const Kind *b) { return a->group < b->group; });
        return list;
    }();
    return all;
}

const Kind &kindOf(std::string_view group, std::string_view resource)
{
    const auto found = byResource().find(keyText(group, resource));
    return found == byResource().end() ? customKind() : *found->second;
}

const Kind *kindNamed(std::string_view group, std::string_view kind)
{
    const auto found = byKind().find(keyText(group, kind));
    return found == byKind().end() ? nullptr : found->second;
}

std::string titleOf(const kube::Resource &resource)
{
    const Kind &kind = kindOf(resource.id.group, resource.id.resource);
    if (!kind.title.empty())
        return std::string(kind.title);
    const auto parts = words(resource.kind);
    if (parts.empty())
        return resource.id.resource;
    // The plural's end is the last word's plural: "certificate" + "requests".
    const std::size_t before = resource.kind.size() - parts.back().size();
    std::string last = lower(parts.back());
    if (lower(resource.kind).substr(0, before) == resource.id.resource.substr(0, before))
        last = resource.id.resource.substr(before);
    std::string title;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool acronym = parts[i].size() > 1 && isUpper(parts[i][1]);
        std::string word = i + 1 == parts.size() ? last : acronym ? std::string(parts[i]) : lower(parts[i]);
        if (i == 0 && !word.empty() && word[0] >= 'a' && word[0] <= 'z')
            word[0] = static_cast<char>(word[0] - 'a' + 'A');
        title += i == 0 ? word : " " + word;
    }
    return title;
}

Group groupOf(const kube::Resource &resource)
{
    const Kind &kind = kindOf(resource.id.group, resource.id.resource);
    if (!kind.title.empty())
        return kind.group;
    for (const auto &[group, home] : homes) {
        if (group == resource.id.group)
            return home;
    }
    // What a newer server brings of its own.
    const std::string_view group = resource.id.group;
    return group.find('.') == std::string_view::npos || (group.ends_with(".k8s.io") && !group.ends_with(".x-k8s.io")) ? Group::Cluster
                                                                                                                      : Group::Custom;
}

NameParts splitName(const Kind &kind, const kube::Row &row)
{
    return kind.id.kind == "Event" ? splitEventName(row.name()) : splitName(row);
}

std::vector<Reference> references(const Kind &kind, const kube::Json &object)
{
    std::vector<Reference> found;
    const std::string_view space = object["metadata"]["namespace"].text();
    for (const Link &link : kind.uses)
        follow(link, object, space, found);
    if (kind.podSpec.empty())
        return found;
    for (const kube::Json *spec : valuesAt(object, kind.podSpec)) {
        for (const Link &link : podSpecLinks())
            follow(link, *spec, space, found);
    }
    return found;
}

} // namespace fairlead::kinds
