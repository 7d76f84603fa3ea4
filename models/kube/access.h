// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/reply.h"
#include "kube/source.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

namespace fairlead::kube {

class Client;

// What the session's user may do, by the server's own judgement: reviews of one's own rights, which every user may ask for and
// which change nothing. Nothing is kept: rights are given and taken while the program runs.
// Thread: the GUI thread, or the only thread of a command; `client` outlives the asking.
// Errors: NotFound from a server without these reviews; Forbidden, Unreachable, …
// Source: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access

/// To do something to objects of a kind.
struct Right {
    std::string verb; ///< as RBAC names it: "list", "watch", "delete"
    GroupVersionResource resource;
    std::string space;       ///< empty: in all namespaces, or the kind has none
    std::string name;        ///< empty: whatever its name
    std::string subresource; ///< "log"; empty: the object itself
};

/// The rights in one namespace, as far as they can be told.
struct Rights {
    struct Rule {
        std::vector<std::string> verbs;     ///< "*" is all, here and below
        std::vector<std::string> groups;    ///< "" is the core group
        std::vector<std::string> resources; ///< "pods", "pods/log"
        std::vector<std::string> names;     ///< of the objects; empty: all
    };
    std::vector<Rule> rules;
    /// Something else than RBAC judges too and cannot list what it allows: what is not told may be allowed all the same.
    bool incomplete = false;

    /// True: by a rule that is not bound to names.
    [[nodiscard]] bool allow(const Right &right) const;
    /// The objects that may be had one by one where not all may: "get" of "namespaces".
    [[nodiscard]] std::set<std::string> namesFor(const Right &right) const;
};

/// Whether the server would let the user do it.
[[nodiscard]] Reply<bool> may(Client &client, const Right &right);

/// All that the user may do in a namespace.
[[nodiscard]] Reply<Rights> rightsIn(Client &client, const std::string &space);

/// Those of `candidates` in which the user may do it: what to offer who may not do it in all of them. The right's own namespace
/// does not count. A few are asked at a time, `mostCandidates` at the most. Error: only where none could be asked.
[[nodiscard]] Reply<std::set<std::string>> spacesWith(Client &client, const Right &right, const std::set<std::string> &candidates);

inline constexpr std::size_t mostCandidates = 200;

} // namespace fairlead::kube
