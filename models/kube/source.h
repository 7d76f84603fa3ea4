// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace fairlead::kube {

/// The group is empty for the core group.
struct GroupVersionResource {
    std::string group;
    std::string version;
    std::string resource; ///< plural, as it stands in paths

    auto operator<=>(const GroupVersionResource &) const = default;
};

/// All namespaces (also: a kind without namespaces), or a set of them.
struct Scope {
    std::set<std::string> namespaces; ///< empty: all

    [[nodiscard]] static Scope all() { return {}; }
    [[nodiscard]] static Scope of(std::set<std::string> some) { return {std::move(some)}; }
    [[nodiscard]] bool isAll() const { return namespaces.empty(); }
    auto operator<=>(const Scope &) const = default;
};

/// In the server's own syntax; the server judges it.
struct Selector {
    std::string labels;
    std::string fields;

    auto operator<=>(const Selector &) const = default;
};

/// The key of a reflector and of its store, within one session (one cluster as one user).
struct Source {
    GroupVersionResource resource;
    Scope scope;
    Selector selector;

    auto operator<=>(const Source &) const = default;
};

/// "/apis/apps/v1/namespaces/team-a/deployments"; without a namespace the whole collection.
[[nodiscard]] std::string collectionPath(const GroupVersionResource &resource, std::string_view space = {});
/// The path of one object; parts are percent-escaped.
[[nodiscard]] std::string objectPath(const GroupVersionResource &resource, std::string_view space, std::string_view name);

} // namespace fairlead::kube
