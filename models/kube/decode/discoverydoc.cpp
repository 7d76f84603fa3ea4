// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/decode/discoverydoc.h"

#include "kube/decode/json.h"

#include <algorithm>
#include <set>
#include <utility>

namespace fairlead::kube {
namespace {

void appendEscaped(std::string &path, std::string_view part)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : part) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
        if (plain) {
            path += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            path += '%';
            path += digits[byte >> 4];
            path += digits[byte & 15];
        }
    }
}

std::vector<std::string> texts(const Json &list)
{
    std::vector<std::string> out;
    out.reserve(list.list().size());
    for (const Json &element : list.list())
        out.emplace_back(element.text());
    return out;
}

tl::unexpected<Error> notDiscovery(Error why)
{
    // Cut is cut; all else means that whoever answered does not speak this language.
    if (why.code != Code::Interrupted) {
        why.code = Code::NotKubernetes;
        why.remedy = "Check the server's address in the kubeconfig, and whether a proxy or a sign-in page stands in between.";
    }
    why.place = {};
    why.message = "the server's list of what it offers could not be read: " + why.message;
    return failure(std::move(why));
}

Error staleError(const GroupVersion &version)
{
    return {.code = Code::Unavailable,
        .message = version.text() + ": the server behind this API did not answer the cluster",
        .remedy =
            "Its kinds are missing until it does: look at the APIService " + version.version + "." + version.group + " and the service behind it."};
}

void readAggregatedVersion(DiscoveryDoc &doc, const std::string &group, const Json &entry)
{
    GroupVersion version{group, std::string(entry["version"].text())};
    if (version.version.empty())
        return;
    if (entry["freshness"].text() == "Stale") {
        doc.broken.push_back(staleError(version));
        return;
    }
    for (const Json &each : entry["resources"].list()) {
        Resource resource;
        resource.id = {version.group, version.version, std::string(each["resource"].text())};
        resource.kind = each["responseKind"]["kind"].text();
        if (resource.id.resource.empty() || resource.kind.empty())
            continue; // only there to carry its subresources
        resource.singular = each["singularResource"].text();
        resource.shortNames = texts(each["shortNames"]);
        resource.categories = texts(each["categories"]);
        resource.verbs = texts(each["verbs"]);
        resource.namespaced = each["scope"].text() == "Namespaced";
        doc.resources.push_back(std::move(resource));
    }
    doc.versions.push_back(std::move(version));
}

void readGroup(DiscoveryDoc &doc, const Json &group)
{
    const std::string name(group["name"].text());
    const std::size_t first = doc.versions.size();
    for (const Json &each : group["versions"].list()) {
        if (!each["version"].text().empty())
            doc.versions.push_back({name, std::string(each["version"].text())});
    }
    const auto begin = doc.versions.begin() + static_cast<std::ptrdiff_t>(first);
    const auto preferred = std::find(begin, doc.versions.end(), GroupVersion{name, std::string(group["preferredVersion"]["version"].text())});
    if (preferred != doc.versions.end())
        std::rotate(begin, preferred, preferred + 1);
}

} // namespace

std::string GroupVersion::text() const
{
    return group.empty() ? version : group + "/" + version;
}

std::string GroupVersion::path() const
{
    std::string path = group.empty() ? "/api/" : "/apis/";
    if (!group.empty()) {
        appendEscaped(path, group);
        path += '/';
    }
    appendEscaped(path, version);
    return path;
}

Result<DiscoveryDoc> decodeDiscovery(std::string_view json)
{
    const auto parsed = Json::parse(json);
    if (!parsed)
        return notDiscovery(parsed.error());
    const Json &root = *parsed;
    DiscoveryDoc doc;
    // The body says what it is; proxies have been seen to change the content type.
    const auto kind = root["kind"].text();
    if (kind == "APIGroupDiscoveryList") {
        doc.aggregated = true;
        for (const Json &group : root["items"].list()) {
            for (const Json &version : group["versions"].list())
                readAggregatedVersion(doc, std::string(group["metadata"]["name"].text()), version);
        }
        return doc;
    }
    if (kind == "APIGroupList") {
        for (const Json &group : root["groups"].list())
            readGroup(doc, group);
        return doc;
    }
    if (kind == "APIVersions") {
        for (const Json &version : root["versions"].list()) {
            if (!version.text().empty())
                doc.versions.push_back({{}, std::string(version.text())});
        }
        return doc;
    }
    return notDiscovery({.message = kind.empty() ? std::string("it is not one") : "it is of the kind " + std::string(kind.substr(0, 100))});
}

Result<std::vector<Resource>> decodeResourceList(std::string_view json, const GroupVersion &version)
{
    const auto parsed = Json::parse(json);
    if (!parsed)
        return notDiscovery(parsed.error());
    if ((*parsed)["kind"].text() != "APIResourceList")
        return notDiscovery({.message = "the answer for " + version.text() + " is not an APIResourceList"});
    std::vector<Resource> out;
    for (const Json &each : (*parsed)["resources"].list()) {
        Resource resource;
        resource.id = {version.group, version.version, std::string(each["name"].text())};
        resource.kind = each["kind"].text();
        if (resource.id.resource.empty() || resource.kind.empty() || resource.id.resource.find('/') != std::string::npos)
            continue;
        resource.singular = each["singularName"].text();
        resource.shortNames = texts(each["shortNames"]);
        resource.categories = texts(each["categories"]);
        resource.verbs = texts(each["verbs"]);
        resource.namespaced = each["namespaced"].boolean();
        out.push_back(std::move(resource));
    }
    return out;
}

void markPreferred(std::vector<Resource> &resources)
{
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (Resource &resource : resources)
        resource.preferred = seen.emplace(resource.id.group, resource.id.resource).second;
}

} // namespace fairlead::kube
