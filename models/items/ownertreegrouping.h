// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "kinds/ownergraph.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairlead::items {

/// What the rows at the top of a tree by owner are gathered by. A value; pure. Thread: any.
struct OwnerTreeGrouping {
    enum class By : std::uint8_t {
        Nothing,   ///< no groups
        Namespace, ///< of what stands at the top
        Node,      ///< of pods, which stand right below it: who owns them may have pods on several nodes
        Label,     ///< of what stands at the top; where it has none, of the pods that it makes
    };

    By by = By::Nothing;
    std::string label; ///< its key

    /// "namespace", "node", "label:KEY", as settings have it; "" and whatever else: nothing.
    [[nodiscard]] static OwnerTreeGrouping named(std::string_view name);
    [[nodiscard]] std::string name() const;

    [[nodiscard]] bool isOn() const { return by != By::Nothing; }
    /// Which group an object is in; none: that of those without. Only of those that are grouped.
    [[nodiscard]] std::optional<std::string> groupOf(const kinds::OwnerNode &object) const;
    /// Whether it stands right below a group: what would stand at the top, or by node every pod.
    [[nodiscard]] bool takes(const kinds::OwnerNode &object) const;

    bool operator==(const OwnerTreeGrouping &) const = default;
};

} // namespace fairlead::items
