// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/resourcenames.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace fairlead::kube {
namespace {

std::string lowered(std::string_view text)
{
    std::string out(text);
    for (char &c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// What kubectl guesses where a server names no singular, and for the kinds of lists.
std::pair<std::string, std::string> guessedPluralAndSingular(std::string_view kind)
{
    const std::string singular = lowered(kind);
    if (singular.ends_with("endpoints"))
        return {singular, singular};
    if (singular.ends_with('s'))
        return {singular + "es", singular};
    if (singular.ends_with('y'))
        return {singular.substr(0, singular.size() - 1) + "ies", singular};
    return {singular + "s", singular};
}

/// The names of one group version. Later entries win, as in kubectl, where a kind stands twice.
struct Version {
    struct Target {
        std::string plural;
        bool namespaced = false;
    };
    std::string group;
    std::string version;
    std::vector<const Resource *> resources;
    std::unordered_map<std::string, std::string> kindOf; // of a plural or singular
    std::unordered_map<std::string, Target> targetOf;    // of a kind, also in lower case

    void add(const std::string &kind, const std::string &plural, const std::string &singular, bool namespaced)
    {
        kindOf[singular] = kind;
        kindOf[plural] = kind;
        targetOf[kind] = {plural, namespaced};
    }

    void add(const Resource &resource)
    {
        resources.push_back(&resource);
        const std::string singular = resource.singular.empty() ? guessedPluralAndSingular(resource.kind).second : resource.singular;
        add(lowered(resource.kind), resource.id.resource, singular, resource.namespaced);
        add(resource.kind, resource.id.resource, singular, resource.namespaced);
        addGuessed(resource.kind + "List", resource.namespaced);
    }

    void addGuessed(const std::string &kind, bool namespaced)
    {
        const auto [plural, singular] = guessedPluralAndSingular(kind);
        add(kind, plural, singular, namespaced);
    }
};

struct Wanted {
    std::string group;
    std::string version;
    std::string name;
};

/// kubectl's chain: shortcut expander over a mapper that takes the first group version with a match.
class Names {
public:
    explicit Names(const Offer &offer)
        : m_offer(offer)
    {
        for (const Resource &resource : offer.resources) {
            if (m_versions.empty() || m_versions.back().group != resource.id.group || m_versions.back().version != resource.id.version)
                m_versions.push_back({.group = resource.id.group, .version = resource.id.version, .resources = {}, .kindOf = {}, .targetOf = {}});
            m_versions.back().add(resource);
        }
        for (Version &version : m_versions)
            version.addGuessed("List", false);
    }

    [[nodiscard]] std::optional<Resource> find(std::string_view typed) const
    {
        const auto first = typed.find('.');
        const std::string name(typed.substr(0, first));
        const std::string rest(first == std::string_view::npos ? std::string_view() : typed.substr(first + 1));
        const auto second = rest.find('.');
        const bool full = second != std::string::npos;
        const Wanted withVersion = full ? Wanted{rest.substr(second + 1), rest.substr(0, second), name} : Wanted{};
        const Wanted withoutVersion{rest, {}, name};
        if (full) {
            if (auto found = byName(withVersion))
                return found;
        }
        if (auto found = byName(withoutVersion))
            return found;
        if (full) {
            if (auto found = byKind(withVersion))
                return found;
        }
        return byKind(withoutVersion);
    }

    /// What else a short name stands for, besides the one that find() takes it for: "plural.group".
    [[nodiscard]] std::vector<std::string> passedOver(std::string_view typed) const
    {
        const auto first = typed.find('.');
        const std::string name(typed.substr(0, first));
        const std::string rest(first == std::string_view::npos ? std::string_view() : typed.substr(first + 1));
        const auto second = rest.find('.');
        if (second != std::string::npos) {
            const std::string group = rest.substr(second + 1);
            if (byName({group, rest.substr(0, second), name}))
                return othersOf(name, group);
        }
        return othersOf(name, rest);
    }

    /// The category's resources in the server's order, as "plural.group".
    [[nodiscard]] std::vector<std::string> ofCategory(std::string_view category) const
    {
        std::vector<std::string> out;
        for (const Resource &resource : m_offer.resources) {
            if (std::find(resource.categories.begin(), resource.categories.end(), category) != resource.categories.end())
                out.push_back(resource.qualifiedName());
        }
        return out;
    }

private:
    // A plural or singular in any case, or a short name as it is written.
    [[nodiscard]] std::optional<Resource> byName(const Wanted &typed) const
    {
        const Wanted wanted = expanded(typed);
        const std::string name = lowered(wanted.name);
        if (name.empty())
            return {};
        for (const Version &version : m_versions) {
            const bool inVersion = wanted.version.empty() || version.version == wanted.version;
            // With a version the group is meant whole (none: any group); without one its beginning is enough.
            const bool inGroup =
                wanted.group.empty() || (wanted.version.empty() ? version.group.starts_with(wanted.group) : version.group == wanted.group);
            if (!inVersion || !inGroup)
                continue;
            const auto found = version.kindOf.find(name);
            if (found != version.kindOf.end())
                return target(version, found->second);
        }
        return {};
    }

    // The kind itself, where it is not just the singular in capitals; the group is meant whole.
    [[nodiscard]] std::optional<Resource> byKind(const Wanted &wanted) const
    {
        for (const Version &version : m_versions) {
            if (version.group != wanted.group || (!wanted.version.empty() && version.version != wanted.version))
                continue;
            if (version.targetOf.contains(wanted.name))
                return target(version, wanted.name);
        }
        return {};
    }

    [[nodiscard]] Wanted expanded(const Wanted &typed) const
    {
        const auto &resources = m_offer.resources;
        const auto inGroup = [&](const Resource &resource) { return typed.group.empty() || resource.id.group == typed.group; };
        const auto isShort = [&](const Resource &resource) {
            return std::find(resource.shortNames.begin(), resource.shortNames.end(), typed.name) != resource.shortNames.end();
        };
        // A full name is never taken for a short one.
        for (const Resource &resource : resources) {
            if (inGroup(resource) && (resource.id.resource == typed.name || resource.singular == typed.name))
                return typed;
        }
        for (const Resource &resource : resources) {
            if (inGroup(resource) && isShort(resource))
                return {resource.id.group, {}, resource.id.resource}; // kubectl forgets the version here, and so do we
        }
        if (typed.group.empty())
            return typed;
        for (const Resource &resource : resources) {
            if (resource.id.group.starts_with(typed.group) && isShort(resource))
                return {resource.id.group, typed.version, resource.id.resource};
        }
        return typed;
    }

    [[nodiscard]] std::vector<std::string> othersOf(const std::string &name, const std::string &group) const
    {
        std::vector<std::string> found;
        for (const Resource &resource : m_offer.resources) {
            if (!group.empty() && resource.id.group != group)
                continue;
            if (resource.id.resource == name || resource.singular == name)
                return {}; // a full name
            const bool isShort = std::find(resource.shortNames.begin(), resource.shortNames.end(), name) != resource.shortNames.end();
            const std::string full = resource.qualifiedName();
            if (isShort && std::find(found.begin(), found.end(), full) == found.end()) // another version is no other kind
                found.push_back(full);
        }
        if (!found.empty())
            found.erase(found.begin());
        return found;
    }

    [[nodiscard]] static Resource target(const Version &version, const std::string &kind)
    {
        const Version::Target &target = version.targetOf.at(kind);
        for (const Resource *resource : version.resources) {
            if (resource->id.resource == target.plural)
                return *resource;
        }
        Resource guessed;
        guessed.id = {version.group, version.version, target.plural};
        guessed.kind = kind;
        guessed.namespaced = target.namespaced;
        return guessed;
    }

    const Offer &m_offer;
    std::vector<Version> m_versions;
};

std::vector<std::string> splitAtCommas(std::string_view text)
{
    std::vector<std::string> out;
    for (;;) {
        const auto comma = text.find(',');
        out.emplace_back(text.substr(0, comma));
        if (comma == std::string_view::npos)
            return out;
        text.remove_prefix(comma + 1);
    }
}

// As Go's %q quotes, for what people type.
std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

tl::unexpected<Error> unknown(const Offer &offer, std::string_view typed)
{
    Error error{.code = Code::NotFound, .message = "the server doesn't have a resource type " + quoted(typed.substr(0, typed.find('.')))};
    if (!offer.broken.empty())
        error.remedy = "It may be one of an API that could not be read: " + offer.broken.front().message + ".";
    return failure(std::move(error));
}

} // namespace

Result<std::vector<Resource>> resolveResources(const Offer &offer, std::string_view typed)
{
    const Names names(offer);
    std::vector<std::string> parts;
    const auto add = [&parts](std::string part) {
        if (std::find(parts.begin(), parts.end(), part) == parts.end())
            parts.push_back(std::move(part));
    };
    for (std::string &part : splitAtCommas(typed)) {
        auto inCategory = names.ofCategory(part);
        if (inCategory.empty())
            add(std::move(part));
        for (std::string &name : inCategory)
            add(std::move(name));
    }
    std::vector<Resource> out;
    for (const std::string &part : parts) {
        auto found = names.find(part);
        if (!found)
            return unknown(offer, part);
        const bool seen = std::any_of(out.begin(), out.end(), [&](const Resource &resource) {
            return resource.id.group == found->id.group && resource.id.version == found->id.version && resource.kind == found->kind;
        });
        if (!seen)
            out.push_back(std::move(*found));
    }
    return out;
}

std::vector<std::string> ambiguities(const Offer &offer, std::string_view typed)
{
    const Names names(offer);
    std::vector<std::string> out;
    for (const std::string &part : splitAtCommas(typed)) {
        if (!names.ofCategory(part).empty())
            continue;
        if (!names.find(part))
            break; // it is said to be unknown, and the rest is not looked at
        for (const std::string &other : names.passedOver(part)) {
            std::string text = "short name " + quoted(part.substr(0, part.find('.'))) + " could also match lower priority resource " + other;
            if (std::find(out.begin(), out.end(), text) == out.end())
                out.push_back(std::move(text));
        }
    }
    return out;
}

Result<Resource> resolveResource(const Offer &offer, std::string_view typed)
{
    if (auto found = Names(offer).find(typed))
        return std::move(*found);
    return unknown(offer, typed);
}

} // namespace fairlead::kube
