// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"

#include <string>
#include <vector>

namespace fairlead::test {

/// Contexts as a developer has them, made by hand: colours, tags, a broken one, one that is not done yet.
inline contexts::ContextList someContexts()
{
    using contexts::ContextFacts;
    using contexts::Searched;
    using contexts::Standing;
    contexts::ContextList list;
    list.home = "/home/mara";
    const std::string config = "/home/mara/.kube/config";
    const std::string lab = "/home/mara/.kube/lab.yaml";
    const auto add = [&list](ContextFacts facts) { list.contexts.push_back(std::move(facts)); };
    add({.name = "staging-eu",
        .cluster = "staging-eu",
        .server = "https://api.staging-eu.example.com:6443",
        .user = "dev@staging",
        .nameSpace = "payments",
        .current = true,
        .place = {config, 62, 3}});
    add({.name = "production-eu",
        .cluster = "production-eu",
        .server = "https://api.prod-eu.example.com:6443",
        .user = "dev-oidc",
        .nameSpace = "payments",
        .place = {config, 67, 3},
        .standing = Standing::NotYet,
        .problem = Error{.code = Code::Unsupported,
            .message = "user \"dev-oidc\" signs in with the plugin kubelogin, and plugins are not run yet",
            .remedy = "Use a token or a client certificate.",
            .place = {config, 118, 7}}});
    add({.name = "production-us",
        .cluster = "production-us",
        .server = "https://34.118.20.7:443",
        .user = "dev@example.com",
        .nameSpace = "payments",
        .place = {config, 72, 3}});
    add({.name = "dev-local", .cluster = "kind-dev", .server = "https://127.0.0.1:38401", .user = "kind-dev", .place = {config, 77, 3}});
    add({.name = "lab-k3s", .cluster = "lab", .server = "https://192.168.44.10:6443", .user = "default", .place = {lab, 14, 3}});
    add({.name = "kubeadm-lab",
        .cluster = "kubernetes",
        .server = "https://10.8.0.21:6443",
        .user = "kubernetes-admin",
        .nameSpace = "kube-system",
        .place = {lab, 19, 3}});
    add({.name = "edge-berlin",
        .cluster = "edge",
        .user = "kubernetes-admin",
        .place = {lab, 24, 3},
        .standing = Standing::Broken,
        .problem = Error{.code = Code::NotFound,
            .message = "context \"edge-berlin\" names the cluster \"edge\", and no file defines it",
            .remedy = "There is: lab, kubernetes.",
            .place = {lab, 25, 5}}});
    add({.name = "ci-readonly",
        .cluster = "staging-eu",
        .server = "https://api.staging-eu.example.com:6443",
        .user = "ci-bot",
        .nameSpace = "team-a",
        .place = {"/home/mara/.kube/ci.yaml", 9, 3}});
    add({.name = "analytics-west-9x6t",
        .cluster = "aks-analytics",
        .server = "https://aks-analytics-9f2c.example.io:443",
        .user = "dev-aad",
        .nameSpace = "etl",
        .place = {config, 82, 3}});
    list.searched = {{Searched::What::Variable, "KUBECONFIG", Searched::Found::Read, 0}, {Searched::What::Listed, config, Searched::Found::Read, 5},
        {Searched::What::Listed, lab, Searched::Found::Read, 3}, {Searched::What::Listed, "/home/mara/.kube/ci.yaml", Searched::Found::Read, 1},
        {Searched::What::Listed, "/home/mara/.kube/gone.yaml", Searched::Found::Missing, 0}};
    list.currentContext = "staging-eu";
    list.warnings.push_back({.code = Code::BadInput,
        .message = "the key server stands twice, also in line 8; the last one counts, as for kubectl",
        .place = {config, 6, 5}});
    list.tellApart(list.currentContext);
    return list;
}

/// Nothing was found, as at the first start.
inline contexts::ContextList noContexts()
{
    using contexts::Searched;
    contexts::ContextList list;
    list.home = "/home/mara";
    list.searched = {{Searched::What::Variable, "KUBECONFIG", Searched::Found::NotSet, 0},
        {Searched::What::Home, "/home/mara/.kube/config", Searched::Found::Missing, 0}};
    return list;
}

/// A file that cannot be read as YAML.
inline contexts::ContextList unreadableContexts()
{
    using contexts::Searched;
    contexts::ContextList list;
    list.home = "/home/mara";
    list.searched = {{Searched::What::Variable, "KUBECONFIG", Searched::Found::NotSet, 0},
        {Searched::What::Home, "/home/mara/.kube/config", Searched::Found::Unreadable, 0}};
    list.failure = Error{.code = Code::BadInput,
        .message = "a mapping is indented less than the list that it belongs to",
        .remedy = "Indent the line as far as the one above it.",
        .place = {"/home/mara/.kube/config", 23, 4}};
    return list;
}

} // namespace fairlead::test
