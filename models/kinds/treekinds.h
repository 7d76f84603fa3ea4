// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/kind.h"

#include <cstdint>
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

/// The kinds that a tree of one kind is made of, by what kinds own and select: pods with replica sets, deployments, …, services; deployments
/// with their replica sets and pods. Own first. Kinds that say nothing of health (controller revisions) are no part of it. Of a kind
/// that the registry does not know, what operators usually make for their own kinds stands below. `group` and `resource` outlive the result.
/// Thread: any.
[[nodiscard]] std::vector<TreeKind> treeKinds(std::string_view group, std::string_view resource);

/// Whether objects of a kind select pods, whom they do not own: a service's stand below it all the same. Its fact "selector" says which.
[[nodiscard]] bool selectsPods(const Kind &kind);
/// Whether this is the kind that they select, and that has containers.
[[nodiscard]] bool isPod(const Kind &kind);

} // namespace fairlead::kinds
