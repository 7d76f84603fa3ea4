// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fairlead::kinds {

/// Why a kind has a part in a tree by owner.
enum class TreePart : std::uint8_t {
    Own,   ///< the tree is of this kind
    Above, ///< its objects make, own or select those of the tree's kind
    Below, ///< its objects are made by those of the tree's kind, directly or not
    Met,   ///< the owner of an object that is here, of a kind that nobody would have asked for
};

struct TreeKind {
    KindKey key;
    TreePart part = TreePart::Own;

    bool operator==(const TreeKind &) const = default;
};

/// The kinds that a tree of one kind is made of, by what kinds own and show: pods with replica sets, deployments, …, services, ingresses; deployments
/// with their replica sets and pods. Own first. Kinds that say nothing of health (controller revisions) are no part of it. Of a kind
/// that the registry does not know, what operators usually make for their own kinds stands below. `group` and `resource` outlive the result.
/// Thread: any.
[[nodiscard]] std::vector<TreeKind> treeKinds(std::string_view group, std::string_view resource);

/// Whose objects others show beneath them, though they do not own them.
struct TreeLink {
    enum class By : std::uint8_t {
        Selector, ///< the host selects them: its fact "selector"
        Service,  ///< they bear the host's name in the label of endpoint slices
        Uid,      ///< the host's endpoints name them
        Name,     ///< the host's links name them
    };
    KindKey host;
    KindKey guest;
    By by = By::Name;
};

/// Ingress > service > endpoint slice > pod. A pod that stands in a slice of a service is not shown a second time right below the service.
[[nodiscard]] std::span<const TreeLink> treeLinks();

/// Whether objects of a kind select pods, whom they do not own: a service's stand below it all the same. Its fact "selector" says which.
[[nodiscard]] bool selectsPods(const Kind &kind);
/// Whether what an object of a kind is about are pods that it does not own, directly or not: services, their slices, ingresses.
[[nodiscard]] bool showsPods(const Kind &kind);
/// Whether an object of a kind has no place of its own at the top while another shows it: a service of an ingress, a slice of a service.
[[nodiscard]] bool standsBeneath(const Kind &kind);
/// Whether this is the kind that they select, and that has containers.
[[nodiscard]] bool isPod(const Kind &kind);

} // namespace fairlead::kinds
