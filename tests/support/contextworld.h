// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contexts/contextlist.h"
#include "contexts/reach.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace fairlead::test {

/// What the clock says in these worlds: a Tuesday, 14:02:11 UTC.
inline constexpr std::chrono::system_clock::time_point contextsNow{std::chrono::seconds(1'795'528'931)};

/// Contexts as a developer has them, made by hand: colours, tags, a broken one, one that is not done yet.
inline contexts::ContextList someContexts()
{
    using contexts::ContextFacts;
    using contexts::Searched;
    using contexts::Standing;
    using By = kube::SignIn::By;
    using std::chrono::hours;
    contexts::ContextList list;
    list.home = "/home/mara";
    const std::string config = "/home/mara/.kube/config";
    const std::string lab = "/home/mara/.kube/lab.yaml";
    const auto add = [&list](ContextFacts facts) { list.contexts.push_back(std::move(facts)); };
    add({.name = "staging-eu",
        .cluster = "staging-eu",
        .server = "https://api.staging-eu.example.com:6443",
        .user = "dev@staging",
        .signIn = {.by = By::Token, .ends = contextsNow + hours(7)},
        .nameSpace = "payments",
        .current = true,
        .place = {config, 62, 3}});
    add({.name = "production-eu",
        .cluster = "production-eu",
        .server = "https://api.prod-eu.example.com:6443",
        .user = "dev-oidc",
        .signIn = {.by = By::Plugin, .program = "kubelogin"},
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
        .signIn = {.by = By::Certificate, .ends = contextsNow + hours(51 * 24)},
        .nameSpace = "payments",
        .place = {config, 72, 3}});
    add({.name = "dev-local",
        .cluster = "kind-dev",
        .server = "https://127.0.0.1:38401",
        .user = "kind-dev",
        .signIn = {.by = By::Certificate, .ends = contextsNow + hours(291 * 24)},
        .place = {config, 77, 3}});
    add({.name = "lab-k3s",
        .cluster = "lab",
        .server = "https://192.168.44.10:6443",
        .user = "default",
        .signIn = {.by = By::Certificate, .ends = contextsNow + hours(74 * 24)},
        .place = {lab, 14, 3}});
    add({.name = "kubeadm-lab",
        .cluster = "kubernetes",
        .server = "https://10.8.0.21:6443",
        .user = "kubernetes-admin",
        .signIn = {.by = By::Certificate, .ends = contextsNow + hours(11 * 24)},
        .nameSpace = "kube-system",
        .place = {lab, 19, 3}});
    add({.name = "edge-berlin",
        .cluster = "edge",
        .user = "kubernetes-admin",
        .signIn = {.by = By::Certificate},
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
        .signIn = {.by = By::TokenFile},
        .nameSpace = "team-a",
        .place = {"/home/mara/.kube/ci.yaml", 9, 3}});
    add({.name = "analytics-west-9x6t",
        .cluster = "aks-analytics",
        .server = "https://aks-analytics-9f2c.example.io:443",
        .user = "dev-aad",
        .signIn = {.by = By::Certificate, .ends = contextsNow - hours(2)},
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

/// What their servers told.
inline std::map<std::string, contexts::Reach> someReaches()
{
    using contexts::Reach;
    using std::chrono::milliseconds;
    using std::chrono::seconds;
    const auto up = [](int time, const char *version, int age) {
        Reach reach;
        reach.state = Reach::State::Reachable;
        reach.roundTrip = milliseconds(time);
        for (const int share : {100, 108, 92, 100, 117, 100, 83, 92, 100, 108, 100}) // of the last one's time
            reach.trips.emplace_back(milliseconds(std::max(1, time * share / 100)));
        reach.trips.emplace_back(milliseconds(time));
        reach.version = version;
        reach.checkedAt = contextsNow - seconds(age);
        reach.since = contextsNow - std::chrono::hours(3);
        return reach;
    };
    std::map<std::string, Reach> reaches{{"staging-eu", up(12, "v1.34.4", 4)}, {"production-us", up(118, "v1.33.6-gke.1100", 5)},
        {"dev-local", up(2, "v1.34.4", 4)}, {"kubeadm-lab", up(31, "v1.32.9", 6)}};
    // One has become slow, one had been away.
    Reach &slow = reaches["production-us"];
    for (std::size_t at = 0; at + 2 < slow.trips.size(); ++at)
        *slow.trips[at] /= 4;
    reaches["kubeadm-lab"].trips[6] = reaches["kubeadm-lab"].trips[7] = std::nullopt;
    Reach &dead = reaches["lab-k3s"];
    dead.state = Reach::State::Failed;
    dead.version = "v1.31.2";
    dead.checkedAt = contextsNow - seconds(3);
    dead.since = contextsNow - seconds(5'291);
    dead.error = Error{.code = Code::Unreachable,
        .message = "there is no way to https://192.168.44.10:6443 (no route to host)",
        .remedy = "Check the network and the VPN.",
        .server = "https://192.168.44.10:6443",
        .place = {"/home/mara/.kube/lab.yaml", 6, 13}};
    Reach &refused = reaches["analytics-west-9x6t"];
    refused.state = Reach::State::Refused;
    refused.version = "v1.32.9";
    refused.checkedAt = contextsNow - seconds(2);
    refused.since = contextsNow - seconds(7'200);
    refused.error = Error{.code = Code::Unauthorized,
        .http = 401,
        .reason = "Unauthorized",
        .message = "Unauthorized",
        .remedy = "The server does not know who you are: the client certificate may have expired. Sign in again, or fetch the kubeconfig again."};
    Reach &checking = reaches["ci-readonly"];
    checking.checking = true;
    return reaches;
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
