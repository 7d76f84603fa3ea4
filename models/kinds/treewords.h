// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/age.h"
#include "kinds/ownergraph.h"
#include "kinds/selector.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a tree by owner says of an object, kind by kind: pure functions of a graph's node and of its store's columns. Texts hold what the
/// cluster sent, UTF-8. Where facts are not held they say less, never something else. Thread: any.
namespace fairlead::kinds {

/// Small words beside a name: "revision 41", "0 * * * *"; a job of a cron job has the time that it was made for.
struct Aside {
    std::string text;
    std::optional<Moment> at;

    bool operator==(const Aside &) const = default;
};

[[nodiscard]] Aside asideOf(const OwnerNode &node);
/// "2/3" of pods, of containers, of completions; empty where a kind has no such number.
[[nodiscard]] std::string readyOf(const OwnerNode &node, const std::vector<kube::Column> &columns);
/// The server's own word where the kind's row has one; of owners a short sentence about what is below them: "1 of 3 pods: api runs out of
/// memory", "Rolling out", "Complete in 4m12s". Empty where the owner above says it.
[[nodiscard]] std::string statusOf(const OwnerNode &node, const std::vector<kube::Column> &columns);
/// The restarts that a pod's row tells of; none: it is no pod.
[[nodiscard]] std::optional<std::int64_t> restartsOf(const OwnerNode &node, const std::vector<kube::Column> &columns);

/// The shape before a name. What a controller calls whole, on its way or switched off stays so, whatever is left over below it (pods of
/// earlier attempts); else the worse of its own and what is below. On its way to nothing but failed pods it has failed. A kind without
/// health has that of what is below.
[[nodiscard]] std::optional<Health> treeHealth(std::optional<Health> own, const HealthCounts &below);
/// An owner that has nothing below it and wants nothing: a replica set of an earlier revision. Such stand at the end of their owner's.
[[nodiscard]] bool isSpent(const OwnerNode &node);

/// The pods that a service, a slice or an ingress leads to. Those that have ended are not counted.
struct Selected {
    bool asks = false; ///< it has a selector
    std::uint32_t all = 0;
    std::uint32_t ready = 0;
};
/// "2 of 3 pods take traffic"
[[nodiscard]] std::string selectedStatus(const Selected &selected);
[[nodiscard]] Health selectedHealth(const Selected &selected);
/// The endpoints of a slice that are no pods, such as addresses that a person wrote; none of any other kind.
[[nodiscard]] Selected otherEndpoints(const OwnerNode &node);
/// Of how many do how: "2 of 9 fail", "1 degraded", "Healthy".
[[nodiscard]] std::string groupStatus(const HealthCounts &counts);
/// The labels that an object of a selecting kind asks for; none: it asks for none.
[[nodiscard]] std::optional<Labels> selectorOf(const OwnerNode &node, const std::vector<kube::Column> &columns);
/// Whether a pod takes traffic, as its endpoints would have it: it is ready, and does not go away.
[[nodiscard]] bool takesTraffic(const OwnerNode &pod);

} // namespace fairlead::kinds
